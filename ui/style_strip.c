/* style_strip.c: an icon view, which both GTKs have, with keyboard and marking. Reading twelve pictures
 * takes longer than a window may stand still, so a thread reads them, and hands each over to the main
 * loop.
 *
 * Rejected: small copies of the pictures beside the large ones, which would be quicker to read but one
 * more thing to keep alike, and the user's own pictures have none. */
#define G_LOG_DOMAIN "neural-style"

#include "style_strip.h"

enum { WIDTH = 56, HEIGHT = 45, COLUMNS = 6, PADDING = 4, MARGIN = 2 };

enum { COLUMN_NAME, COLUMN_PICTURE, COLUMN_TITLE, COLUMN_COUNT };

typedef struct StyleStrip {
    GtkWidget *view;
    GtkListStore *list;
    GPtrArray *readers; /* threads; one for the first pictures, and one for each that was dropped */
    int stop;           /* atomic */
    bool quiet;
    StyleStripChosen chosen;
    StyleStripDropped dropped;
    void *data;
} StyleStrip;

static const char key[] = "style-strip";

/* ---- Reading ------------------------------------------------------------------------------------------- */

/* One file to read, for one row; the main loop's half of it owns it. */
typedef struct Reading {
    GtkListStore *list;
    int row;
    char *path;
    GdkPixbuf *picture;
} Reading;

/* What the reader has to do: it owns the array of Reading. */
typedef struct Work {
    GPtrArray *readings;
    int *stop;
} Work;

static void reading_free(gpointer data)
{
    Reading *reading = data;
    g_clear_object(&reading->picture);
    g_object_unref(reading->list);
    g_free(reading->path);
    g_free(reading);
}

/* The middle of it, in the strip's proportions: what sticks out on one pair of sides is cut off. */
static GdkPixbuf *read_picture(const char *path)
{
    int width, height;
    if (!gdk_pixbuf_get_file_info(path, &width, &height) || width < 1 || height < 1)
        return NULL;
    bool wide = (gint64)width * HEIGHT > (gint64)height * WIDTH;
    GdkPixbuf *whole =
        gdk_pixbuf_new_from_file_at_scale(path, wide ? -1 : WIDTH, wide ? HEIGHT : -1, TRUE, NULL);
    if (!whole)
        return NULL;
    int across = MIN(WIDTH, gdk_pixbuf_get_width(whole)), down = MIN(HEIGHT, gdk_pixbuf_get_height(whole));
    GdkPixbuf *part = gdk_pixbuf_new_subpixbuf(whole, (gdk_pixbuf_get_width(whole) - across) / 2,
                                               (gdk_pixbuf_get_height(whole) - down) / 2, across, down);
    g_object_unref(whole);
    return part;
}

static gboolean hand_over(gpointer data)
{
    Reading *reading = data;
    GtkTreeIter iter;
    if (gtk_tree_model_iter_nth_child(GTK_TREE_MODEL(reading->list), &iter, NULL, reading->row))
        gtk_list_store_set(reading->list, &iter, COLUMN_PICTURE, reading->picture, -1);
    return G_SOURCE_REMOVE;
}

static gpointer read_all(gpointer data)
{
    Work *work = data;
    for (guint i = 0; i < work->readings->len && !g_atomic_int_get(work->stop); i++) {
        Reading *reading = work->readings->pdata[i];
        reading->picture = read_picture(reading->path);
        if (reading->picture) {
            work->readings->pdata[i] = NULL;
            g_idle_add_full(G_PRIORITY_LOW, hand_over, reading, reading_free);
        }
    }
    for (guint i = 0; i < work->readings->len; i++)
        if (work->readings->pdata[i])
            reading_free(work->readings->pdata[i]);
    g_ptr_array_unref(work->readings);
    g_free(work);
    return NULL;
}

static void end_readers(StyleStrip *strip)
{
    g_atomic_int_set(&strip->stop, 1);
    for (guint i = 0; i < strip->readers->len; i++)
        g_thread_join(strip->readers->pdata[i]);
    g_ptr_array_unref(strip->readers);
}

static void begin_reader(StyleStrip *strip, GPtrArray *readings)
{
    Work *work = g_new(Work, 1);
    *work = (Work){readings, &strip->stop};
    g_ptr_array_add(strip->readers, g_thread_new("styles", read_all, work));
}

/* ---- Rows ---------------------------------------------------------------------------------------------- */

static GdkPixbuf *blank(void)
{
    GdkPixbuf *picture = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
    if (picture)
        gdk_pixbuf_fill(picture, 0x80808000);
    return picture;
}

static void add_row(StyleStrip *strip, const DialogStyle *style, GPtrArray *readings)
{
    GdkPixbuf *picture = blank();
    char *title = g_markup_escape_text(style->title, -1);
    Reading *reading = g_new0(Reading, 1);
    reading->list = g_object_ref(strip->list);
    reading->row = gtk_tree_model_iter_n_children(GTK_TREE_MODEL(strip->list), NULL);
    reading->path = g_strdup(style->path);
    g_ptr_array_add(readings, reading);
    gtk_list_store_insert_with_values(strip->list, NULL, G_MAXINT, COLUMN_NAME, style->name, COLUMN_PICTURE,
                                      picture, COLUMN_TITLE, title, -1);
    g_clear_object(&picture);
    g_free(title);
}

/* The row's name, to be freed with g_free. */
static char *name_at(const StyleStrip *strip, GtkTreePath *path)
{
    GtkTreeIter iter;
    char *name = NULL;
    if (gtk_tree_model_get_iter(GTK_TREE_MODEL(strip->list), &iter, path))
        gtk_tree_model_get(GTK_TREE_MODEL(strip->list), &iter, COLUMN_NAME, &name, -1);
    return name;
}

static void selection_changed(StyleStrip *strip)
{
    GList *selected = gtk_icon_view_get_selected_items(GTK_ICON_VIEW(strip->view));
    char *name = selected && !strip->quiet ? name_at(strip, selected->data) : NULL;
    if (name)
        strip->chosen(name, strip->data);
    g_free(name);
    g_list_free_full(selected, (GDestroyNotify)gtk_tree_path_free);
}

/* A double click, and Return, mean OK as everywhere in the dialog. */
static void activated(GtkIconView *view, GtkTreePath *path, gpointer data)
{
    (void)path, (void)data;
    GtkWidget *window = gtk_widget_get_toplevel(GTK_WIDGET(view));
    if (GTK_IS_WINDOW(window))
        gtk_window_activate_default(GTK_WINDOW(window));
}

static void mark(StyleStrip *strip, const char *name)
{
    GtkIconView *view = GTK_ICON_VIEW(strip->view);
    gtk_icon_view_unselect_all(view);
    for (int row = 0; row < gtk_tree_model_iter_n_children(GTK_TREE_MODEL(strip->list), NULL); row++) {
        GtkTreePath *path = gtk_tree_path_new_from_indices(row, -1);
        char *here = name_at(strip, path);
        if (g_strcmp0(here, name) == 0) {
            gtk_icon_view_select_path(view, path);
            gtk_icon_view_set_cursor(view, path, NULL, FALSE);
            gtk_icon_view_scroll_to_path(view, path, FALSE, 0, 0);
        }
        g_free(here);
        gtk_tree_path_free(path);
    }
}

void style_strip_show(GtkWidget *widget, const char *name)
{
    StyleStrip *strip = g_object_get_data(G_OBJECT(widget), key);
    strip->quiet = true;
    mark(strip, name);
    strip->quiet = false;
}

/* ---- Dropping ------------------------------------------------------------------------------------------ */

static void drop(StyleStrip *strip, const char *path)
{
    const DialogStyle *style = strip->dropped(path, strip->data);
    if (!style)
        return;
    GPtrArray *readings = g_ptr_array_new();
    add_row(strip, style, readings);
    begin_reader(strip, readings);
    mark(strip, style->name);
}

static void data_received(GtkWidget *view, GdkDragContext *context, gint x, gint y,
                          GtkSelectionData *selection, guint info, guint time, gpointer data)
{
    (void)view, (void)x, (void)y, (void)info;
    char **uris = gtk_selection_data_get_uris(selection);
    for (char **uri = uris; uri && *uri; uri++) {
        char *path = g_filename_from_uri(*uri, NULL, NULL);
        drop(data, path ? path : *uri); /* what is no file is refused like one that is missing */
        g_free(path);
    }
    gtk_drag_finish(context, uris != NULL, FALSE, time);
    g_strfreev(uris);
}

static void accept_files(StyleStrip *strip)
{
    gtk_drag_dest_set(strip->view, GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets(strip->view);
    g_signal_connect(strip->view, "drag-data-received", G_CALLBACK(data_received), strip);
}

/* ---- Building ------------------------------------------------------------------------------------------ */

static void strip_free(gpointer data)
{
    StyleStrip *strip = data;
    end_readers(strip);
    g_object_unref(strip->list);
    g_free(strip);
}

static GtkWidget *view_new(GtkListStore *list)
{
    GtkWidget *widget = gtk_icon_view_new_with_model(GTK_TREE_MODEL(list));
    GtkIconView *view = GTK_ICON_VIEW(widget);
    gtk_icon_view_set_pixbuf_column(view, COLUMN_PICTURE);
    gtk_icon_view_set_tooltip_column(view, COLUMN_TITLE);
    gtk_icon_view_set_selection_mode(view, GTK_SELECTION_SINGLE);
    gtk_icon_view_set_columns(view, COLUMNS);
    gtk_icon_view_set_item_padding(view, PADDING);
    gtk_icon_view_set_row_spacing(view, 0);
    gtk_icon_view_set_column_spacing(view, 0);
    gtk_icon_view_set_margin(view, MARGIN);
    return widget;
}

/* Those rows and a little of the next, which shows that there are more. */
static GtkWidget *scroller_new(GtkWidget *view, int rows)
{
    GtkWidget *scroller = gtk_scrolled_window_new(NULL, NULL);
    GtkScrolledWindow *window = GTK_SCROLLED_WINDOW(scroller);
    gtk_scrolled_window_set_policy(window, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_shadow_type(window, GTK_SHADOW_IN);
    gtk_container_add(GTK_CONTAINER(window), view);
    gtk_widget_set_size_request(scroller, -1, rows * (HEIGHT + 2 * PADDING) + HEIGHT / 4);
    return scroller;
}

GtkWidget *style_strip_new(const DialogStyle *styles, int rows, StyleStripChosen chosen,
                           StyleStripDropped dropped, void *data)
{
    StyleStrip *strip = g_new0(StyleStrip, 1);
    GPtrArray *readings = g_ptr_array_new();
    strip->list = gtk_list_store_new(COLUMN_COUNT, G_TYPE_STRING, GDK_TYPE_PIXBUF, G_TYPE_STRING);
    strip->view = view_new(strip->list);
    strip->readers = g_ptr_array_new();
    strip->chosen = chosen;
    strip->dropped = dropped;
    strip->data = data;
    for (; styles->name; styles++)
        add_row(strip, styles, readings);
    if (dropped)
        accept_files(strip);
    g_signal_connect_swapped(strip->view, "selection-changed", G_CALLBACK(selection_changed), strip);
    g_signal_connect(strip->view, "item-activated", G_CALLBACK(activated), NULL);
    GtkWidget *scroller = scroller_new(strip->view, rows);
    g_object_set_data_full(G_OBJECT(scroller), key, strip, strip_free);
    begin_reader(strip, readings);
    return scroller;
}
