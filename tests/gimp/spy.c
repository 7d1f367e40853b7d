/* spy.c: a GTK module (GTK_MODULES=this) that tells what a program's windows say, for tests that read.
 *
 * Into $NST_SPY/PROGRAM.PID it writes a line for each text: what kind it is, the title of its window, and the
 * text, parted by tabs; anew whenever it has changed. Menus are told too, opened or not. When a file
 * $NST_SPY/activate appears and holds the text of a menu item, that item is activated as if it were clicked.
 *
 * Rejected: accessibility (AT-SPI), which needs a session bus and knows no mnemonics. */
#include <gdk/gdkkeysyms.h>
#include <gtk/gtk.h>

#include <string.h>
#include <unistd.h>

enum { PERIOD_MS = 100 };

int gtk_module_init(gint *argc, gchar ***argv);

typedef struct Look {
    GString *said;
    const char *window; /* the title of the one looked at */
    char *wanted;       /* the item to activate; NULL: none */
    GtkWidget *found;   /* the item itself */
} Look;

static void say(Look *look, const char *kind, const char *text)
{
    if (!text || !*text)
        return;
    char *line = g_strdelimit(g_strdup(text), "\n\t", ' ');
    g_string_append_printf(look->said, "%s\t%s\t%s\n", kind, look->window, line);
    g_free(line);
}

static void look_at(GtkWidget *widget, gpointer data);

static void look_at_label(GtkLabel *label, Look *look)
{
    guint key = gtk_label_get_mnemonic_keyval(label);
    say(look, "label", gtk_label_get_text(label));
    if (key != GDK_KEY_VoidSymbol && gtk_widget_get_mapped(GTK_WIDGET(label)))
        say(look, "mnemonic", gdk_keyval_name(gdk_keyval_to_lower(key)));
}

static gboolean look_at_row(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *row, gpointer look)
{
    (void)path;
    for (int column = 0; column < gtk_tree_model_get_n_columns(model); column++)
        if (gtk_tree_model_get_column_type(model, column) == G_TYPE_STRING) {
            char *text = NULL;
            gtk_tree_model_get(model, row, column, &text, -1);
            say(look, "choice", text);
            g_free(text);
        }
    return FALSE;
}

static void look_at_view(GtkTextView *view, Look *look)
{
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(view);
    GtkTextIter start, end;
    gtk_text_buffer_get_bounds(buffer, &start, &end);
    char *text = gtk_text_buffer_get_text(buffer, &start, &end, FALSE);
    say(look, "text", text);
    g_free(text);
}

/* GIMP 2.10's items have an action, which knows their tooltips. */
static void look_at_action(GtkWidget *item, Look *look)
{
    GObject *action = NULL;
    char *tooltip = NULL;
    if (g_object_class_find_property(G_OBJECT_GET_CLASS(item), "related-action"))
        g_object_get(item, "related-action", &action, NULL);
    if (action && g_object_class_find_property(G_OBJECT_GET_CLASS(action), "tooltip"))
        g_object_get(action, "tooltip", &tooltip, NULL);
    say(look, "blurb", tooltip);
    g_free(tooltip);
    g_clear_object(&action);
}

static void look_at_item(GtkMenuItem *item, Look *look)
{
    GtkWidget *submenu = gtk_menu_item_get_submenu(item);
    const char *label = gtk_menu_item_get_label(item);
    say(look, "item", label);
    look_at_action(GTK_WIDGET(item), look);
    if (look->wanted && label && strcmp(label, look->wanted) == 0)
        look->found = GTK_WIDGET(item);
    if (submenu)
        look_at(submenu, look);
}

static void look_at(GtkWidget *widget, gpointer data)
{
    Look *look = data;
    char *tooltip = gtk_widget_get_tooltip_text(widget);
    say(look, "tooltip", tooltip);
    g_free(tooltip);
    if (GTK_IS_LABEL(widget))
        look_at_label(GTK_LABEL(widget), look);
    else if (GTK_IS_COMBO_BOX(widget) && gtk_combo_box_get_model(GTK_COMBO_BOX(widget)))
        gtk_tree_model_foreach(gtk_combo_box_get_model(GTK_COMBO_BOX(widget)), look_at_row, look);
    else if (GTK_IS_TEXT_VIEW(widget))
        look_at_view(GTK_TEXT_VIEW(widget), look);
    else if (GTK_IS_MENU_ITEM(widget))
        look_at_item(GTK_MENU_ITEM(widget), look);
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), look_at, look);
}

static void look_at_windows(Look *look)
{
    GList *windows = gtk_window_list_toplevels();
    for (GList *window = windows; window; window = window->next) {
        const char *title = gtk_window_get_title(window->data);
        if (!gtk_widget_get_visible(window->data))
            continue;
        look->window = title ? title : "";
        say(look, "title", title);
        look_at(window->data, look);
    }
    g_list_free(windows);
}

static gboolean tick(gpointer data)
{
    static char *before;
    const char *folder = data;
    char *name = g_strdup_printf("%s.%d", g_get_prgname(), (int)getpid());
    char *file = g_build_filename(folder, name, NULL), *order = g_build_filename(folder, "activate", NULL);
    Look look = {.said = g_string_new(NULL)};

    g_file_get_contents(order, &look.wanted, NULL, NULL);
    look_at_windows(&look);
    if (g_strcmp0(before, look.said->str) != 0)
        g_file_set_contents(file, look.said->str, -1, NULL);
    g_free(before);
    before = g_string_free(look.said, FALSE);
    if (look.found && unlink(order) == 0)
        gtk_menu_item_activate(GTK_MENU_ITEM(look.found));
    g_free(look.wanted);
    g_free(order);
    g_free(file);
    g_free(name);
    return G_SOURCE_CONTINUE;
}

int gtk_module_init(gint *argc, gchar ***argv)
{
    const char *folder = g_getenv("NST_SPY");
    (void)argc;
    (void)argv;
    if (folder)
        g_timeout_add(PERIOD_MS, tick, g_strdup(folder));
    return 0;
}
