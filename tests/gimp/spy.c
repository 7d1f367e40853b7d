/* spy.c: a GTK module (GTK_MODULES=this) that writes down what a program's windows say, for tests to read.
 *
 * $NST_SPY/PROGRAM.PID.now has a line for each text: its kind, the title of its window and the text,
 * separated by tabs; it is rewritten soon after anything has changed. A line "place" says where on the screen
 * a thing is that a test may point the mouse at: its name, x, y, width and height. PROGRAM.PID.ever gathers
 * all such lines there have been, once each. Menus are included, open or not. When a file $NST_SPY/activate
 * appears with the text of a menu item, a button or a fold in it, that is activated as if it were clicked.
 * When a file $NST_SPY/drag appears with the address of a file in it, GIMP's process opens a window, "Drag",
 * from which that file can be dragged, as from a file manager.
 *
 * Rejected: accessibility (AT-SPI), which needs a session bus and knows no mnemonics. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk/gdkkeysyms.h>
#include <gtk/gtk.h>

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    PERIOD_MS = 100,
    LOOK_SHARE =
        30 /* and at least this many times the processor time that a look takes: GIMP's menus are long */
};

int gtk_module_init(gint *argc, gchar ***argv);

typedef struct Look {
    GString *said;
    const char *window; /* the title of the one looked at */
    char *wanted;       /* the text of what is to be activated; NULL: nothing is */
    GtkWidget *found;   /* the menu item, button or fold itself */
} Look;

static void say(Look *look, const char *kind, const char *text)
{
    if (!text || !*text)
        return;
    char *line = g_strdelimit(g_strdup(text), "\n\t", ' ');
    g_string_append_printf(look->said, "%s\t%s\t%s\n", kind, look->window, line);
    g_free(line);
}

/* Where a widget lies on the screen. */
static void say_place(Look *look, GtkWidget *widget, const char *name)
{
    GtkAllocation place;
    GdkWindow *window = gtk_widget_get_window(widget);
    if (!gtk_widget_get_mapped(widget) || !window)
        return;
    int x = 0, y = 0;
    gtk_widget_get_allocation(widget, &place);
    if (place.width <= 1)
        return; /* it is folded away */
    gdk_window_get_origin(window, &x, &y);
    if (!gtk_widget_get_has_window(widget)) {
        x += place.x;
        y += place.y;
    }
    char *text = g_strdup_printf("%s %d %d %d %d", name, x, y, place.width, place.height);
    say(look, "place", text);
    g_free(text);
}

static void look_at(GtkWidget *widget, gpointer data);

static void look_for_owner(GtkWidget *label, Look *look)
{
    GtkWidget *owner = gtk_widget_get_ancestor(label, GTK_TYPE_MENU_ITEM);
    GtkWidget *fold = gtk_widget_get_ancestor(label, GTK_TYPE_EXPANDER);
    if (!owner && fold && gtk_expander_get_label_widget(GTK_EXPANDER(fold)) == label)
        owner = fold;
    if (!owner)
        owner = gtk_widget_get_ancestor(label, GTK_TYPE_BUTTON);
    if (owner)
        look->found = owner;
}

static void activate(GtkWidget *owner)
{
    if (GTK_IS_MENU_ITEM(owner))
        gtk_menu_item_activate(GTK_MENU_ITEM(owner));
    else
        gtk_widget_activate(owner);
}

static void look_at_label(GtkLabel *label, Look *look)
{
    guint key = gtk_label_get_mnemonic_keyval(label);
    const char *text = gtk_label_get_text(label);
    GtkWidget *item = gtk_widget_get_ancestor(GTK_WIDGET(label), GTK_TYPE_MENU_ITEM);
    say(look, "label", text);
    if (look->wanted && strcmp(text, look->wanted) == 0)
        look_for_owner(GTK_WIDGET(label), look);
    if (item)
        say_place(look, item, text);
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
    look_at_action(GTK_WIDGET(item), look);
    if (submenu)
        look_at(submenu, look);
}

/* By its label, without the mark of the mnemonic. */
static void say_place_of_button(Look *look, GtkWidget *button, const char *label)
{
    char **parts = g_strsplit(label, "_", 2), *name = g_strjoinv(NULL, parts);
    say_place(look, button, name);
    g_free(name);
    g_strfreev(parts);
}

static void look_for_place(GtkWidget *widget, Look *look)
{
    if (GTK_IS_DRAWING_AREA(widget))
        say_place(look, widget, "canvas");
    else if (GTK_IS_ICON_VIEW(widget) || GTK_IS_SCROLLED_WINDOW(widget))
        say_place(look, widget, gtk_widget_get_name(widget));
    else if (GTK_IS_SCALE(widget))
        say_place(look, widget, "slider");
    else if (GTK_IS_COMBO_BOX(widget))
        say_place(look, widget, "box");
    else if (GTK_IS_BUTTON(widget) && gtk_button_get_label(GTK_BUTTON(widget)))
        say_place_of_button(look, widget, gtk_button_get_label(GTK_BUTTON(widget)));
}

static void look_at(GtkWidget *widget, gpointer data)
{
    Look *look = data;
    char *tooltip = gtk_widget_get_tooltip_text(widget);
    say(look, "tooltip", tooltip);
    g_free(tooltip);
    look_for_place(widget, look);
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

/* Adds those lines of `said` that there haven't been yet. */
static void gather(const char *said, const char *file)
{
    static GHashTable *lines;
    FILE *ever = fopen(file, "a");
    char **words = g_strsplit(said, "\n", -1);
    if (!lines)
        lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (char **word = words; ever && *word; word++)
        if (**word && g_hash_table_add(lines, g_strdup(*word)))
            fprintf(ever, "%s\n", *word);
    g_strfreev(words);
    if (ever)
        fclose(ever);
}

/* A reader may come at any time, and finds `now` whole: it is renamed into its place. */
static void write_out(const char *folder, const char *said)
{
    static char *before;
    char *name = g_strdup_printf("%s/%s.%d", folder, g_get_prgname(), (int)getpid());
    char *now = g_strconcat(name, ".now", NULL), *ever = g_strconcat(name, ".ever", NULL);
    if (g_strcmp0(before, said) != 0) {
        g_file_set_contents(now, said, -1, NULL);
        gather(said, ever);
    }
    g_free(before);
    before = g_strdup(said);
    g_free(ever);
    g_free(now);
    g_free(name);
}

/* ---- A file manager ------------------------------------------------------------------------------------ */

static void hand_out(GtkWidget *source, GdkDragContext *context, GtkSelectionData *selection, guint info,
                     guint time, gpointer uri)
{
    char *uris[] = {uri, NULL};
    (void)source, (void)context, (void)info, (void)time;
    gtk_selection_data_set_uris(selection, uris);
}

/* In the upper right corner of a screen of 1400 pixels, where no dialog is. */
static void open_drag_window(char *uri)
{
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL), *source = gtk_event_box_new();
    gtk_window_set_title(GTK_WINDOW(window), "Drag");
    gtk_container_add(GTK_CONTAINER(window), source);
    gtk_widget_set_size_request(source, 60, 40);
    gtk_drag_source_set(source, GDK_BUTTON1_MASK, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_source_add_uri_targets(source);
    g_object_set_data_full(G_OBJECT(source), "uri", uri, g_free);
    g_signal_connect(source, "drag-data-get", G_CALLBACK(hand_out), uri);
    gtk_window_move(GTK_WINDOW(window), 1300, 20);
    gtk_widget_show_all(window);
}

static void look_for_drag(const char *folder)
{
    char *order = g_build_filename(folder, "drag", NULL), *uri = NULL;
    if (g_str_has_prefix(g_get_prgname(), "gimp") && g_file_get_contents(order, &uri, NULL, NULL)) {
        unlink(order);
        open_drag_window(g_strchomp(uri));
    }
    g_free(order);
}

static gint64 processor_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void look_now(const char *folder, const char *order)
{
    Look look = {.said = g_string_new(NULL)};

    g_file_get_contents(order, &look.wanted, NULL, NULL);
    look_at_windows(&look);
    write_out(folder, look.said->str);
    if (look.found && gtk_widget_is_sensitive(look.found) && unlink(order) == 0)
        activate(look.found);
    g_string_free(look.said, TRUE);
    g_free(look.wanted);
}

static gboolean tick(gpointer folder)
{
    static gint64 due; /* for the next look, monotonic time */
    char *order = g_build_filename(folder, "activate", NULL);
    gint64 now = g_get_monotonic_time(), began = processor_us();

    look_for_drag(folder);
    if (now >= due || g_file_test(order, G_FILE_TEST_EXISTS)) {
        look_now(folder, order);
        due = now + LOOK_SHARE * (processor_us() - began);
    }
    g_free(order);
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
