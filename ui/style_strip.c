/* style_strip.c: an icon view for each section, which both GTKs have, with keyboard and marking; at most one
 * picture in all of them is marked. Pictures of files are read in a thread (style_pictures.h); those of
 * layers come from GIMP, one at a time while the main loop is idle.
 *
 * Rejected: one view with headings among the pictures, which an icon view can't have; and a tab for each
 * section, which hides most of what there is. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style_strip.h"

#include "style_pictures.h"
#include "toolkit.h"
#include "words.h"

#include <string.h>

/* In pixels, but for the columns. LETTERS: the height of a heading or a title; BAR: the width of the
 * scroll bar, generously: an icon view doesn't know its width before it is shown, when the window has got
 * its size. */
enum { COLUMNS = 5, PADDING = 3, MARGIN = 2, LETTERS = 20, BAR = 22 };

enum { COLUMN_LAYER, COLUMN_FILE, COLUMN_PICTURE, COLUMN_TITLE, COLUMN_TOOLTIP, COLUMN_COUNT };

typedef struct Section {
    GtkWidget *box; /* the heading, and below it the view; hidden while there is nothing in it */
    GtkWidget *view;
    GtkListStore *list;
} Section;

struct StyleStrip {
    StyleStripHost host;
    GtkWidget *scroller, *column;
    Section sections[DIALOG_SECTIONS];
    StylePictures *pictures;
    guint idle;      /* reads the layers' pictures; 0: all have been */
    int next_layer;  /* the row to be read next */
    bool quiet;      /* marking is the program's doing */
    guint to_scroll; /* 0: nothing is to be brought into view */
};

/* The views' names, for themes and tests. */
static const char *const view_names[DIALOG_SECTIONS] = {
    [DIALOG_LAYER] = "styles-open",
    [DIALOG_BUILT_IN] = "styles-built-in",
    [DIALOG_OWN] = "styles-own",
    [DIALOG_RECENT] = "styles-recent",
};

static const char *heading_of(int section)
{
    switch (section) {
    case DIALOG_LAYER:
        return _("Open in GIMP");
    case DIALOG_BUILT_IN:
        return _("Built-in");
    case DIALOG_OWN:
        return _("Your own");
    default:
        return _("Used lately");
    }
}

/* ---- Rows ---------------------------------------------------------------------------------------------- */

static bool is_at(GtkTreeModel *list, GtkTreeIter *row, int layer, const char *file)
{
    int here;
    char *name;
    gtk_tree_model_get(list, row, COLUMN_LAYER, &here, COLUMN_FILE, &name, -1);
    bool is = here == layer && strcmp(name, file) == 0;
    g_free(name);
    return is;
}

static bool find(const Section *section, int layer, const char *file, GtkTreeIter *row)
{
    GtkTreeModel *list = GTK_TREE_MODEL(section->list);
    bool there = gtk_tree_model_get_iter_first(list, row);
    while (there && !is_at(list, row, layer, file))
        there = gtk_tree_model_iter_next(list, row);
    return there;
}

static gboolean read_layer(gpointer data)
{
    StyleStrip *strip = data;
    GtkTreeModel *list = GTK_TREE_MODEL(strip->sections[DIALOG_LAYER].list);
    GtkTreeIter row;
    int layer;
    if (!gtk_tree_model_iter_nth_child(list, &row, NULL, strip->next_layer++)) {
        strip->idle = 0;
        return G_SOURCE_REMOVE;
    }
    gtk_tree_model_get(list, &row, COLUMN_LAYER, &layer, -1);
    GdkPixbuf *picture =
        strip->host.layer_picture(layer, STYLE_PICTURE_WIDTH, STYLE_PICTURE_HEIGHT, strip->host.data);
    if (picture)
        gtk_list_store_set(GTK_LIST_STORE(list), &row, COLUMN_PICTURE, picture, -1);
    g_clear_object(&picture);
    return G_SOURCE_CONTINUE;
}

static void read_layers(StyleStrip *strip)
{
    strip->next_layer = 0;
    if (!strip->idle)
        strip->idle = g_idle_add_full(G_PRIORITY_LOW, read_layer, strip, NULL);
}

void style_strip_add(StyleStrip *strip, const DialogStyle *style)
{
    Section *section = &strip->sections[style->section];
    GdkPixbuf *picture = style_pictures_blank();
    char *tooltip = g_markup_escape_text(style->tooltip, -1);
    GtkTreeIter row;
    gtk_list_store_insert_with_values(section->list, &row, G_MAXINT, COLUMN_LAYER, style->layer, COLUMN_FILE,
                                      style->file, COLUMN_PICTURE, picture, COLUMN_TITLE, style->title,
                                      COLUMN_TOOLTIP, tooltip, -1);
    if (style->path)
        style_pictures_read(strip->pictures, style->path, GTK_TREE_MODEL(section->list), &row,
                            COLUMN_PICTURE);
    else
        read_layers(strip);
    gtk_widget_show(section->box);
    g_free(tooltip);
    g_clear_object(&picture);
}

void style_strip_remove_layers(StyleStrip *strip)
{
    Section *section = &strip->sections[DIALOG_LAYER];
    bool quiet = strip->quiet;
    strip->quiet = true;
    gtk_list_store_clear(section->list);
    strip->quiet = quiet;
    gtk_widget_hide(section->box);
}

/* ---- Marking ------------------------------------------------------------------------------------------- */

static void unmark_all_but(StyleStrip *strip, const GtkWidget *view)
{
    bool quiet = strip->quiet;
    strip->quiet = true;
    for (int i = 0; i < DIALOG_SECTIONS; i++)
        if (strip->sections[i].view != view)
            gtk_icon_view_unselect_all(GTK_ICON_VIEW(strip->sections[i].view));
    strip->quiet = quiet;
}

static Section *marked_section(StyleStrip *strip, GtkTreePath **path)
{
    for (int i = 0; i < DIALOG_SECTIONS; i++) {
        GList *selected = gtk_icon_view_get_selected_items(GTK_ICON_VIEW(strip->sections[i].view));
        if (selected) {
            *path = gtk_tree_path_copy(selected->data);
            g_list_free_full(selected, (GDestroyNotify)gtk_tree_path_free);
            return &strip->sections[i];
        }
    }
    return NULL;
}

/* All rows of a view are equally high. With the first row its heading comes into view. */
static void scroll_to(const StyleStrip *strip, const Section *section, int index)
{
    GtkAllocation place;
    int heading = 0, top = 0, count = gtk_tree_model_iter_n_children(GTK_TREE_MODEL(section->list), NULL);
    int rows = (count + COLUMNS - 1) / COLUMNS, row = index / COLUMNS;
    gtk_widget_get_allocation(section->view, &place);
    if (!gtk_widget_translate_coordinates(section->view, strip->column, 0, 0, NULL, &top) ||
        !gtk_widget_translate_coordinates(section->box, strip->column, 0, 0, NULL, &heading))
        return;
    double height = (double)place.height / rows;
    gtk_adjustment_clamp_page(gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(strip->scroller)),
                              row == 0 ? heading : top + row * height, top + (row + 1) * height);
}

/* Once the views have been laid out. */
static gboolean scroll(gpointer data)
{
    StyleStrip *strip = data;
    GtkTreePath *path = NULL;
    const Section *section = marked_section(strip, &path);
    strip->to_scroll = 0;
    if (section)
        scroll_to(strip, section, gtk_tree_path_get_indices(path)[0]);
    gtk_tree_path_free(path);
    return G_SOURCE_REMOVE;
}

static void bring_into_view(StyleStrip *strip)
{
    if (!strip->to_scroll)
        strip->to_scroll = g_idle_add_full(G_PRIORITY_LOW, scroll, strip, NULL);
}

/* The row's title, to be freed with g_free. */
static char *mark_row(const Section *section, GtkTreeIter *row)
{
    GtkTreeModel *list = GTK_TREE_MODEL(section->list);
    GtkTreePath *path = gtk_tree_model_get_path(list, row);
    char *title;
    gtk_icon_view_select_path(GTK_ICON_VIEW(section->view), path);
    gtk_icon_view_set_cursor(GTK_ICON_VIEW(section->view), path, NULL, FALSE);
    gtk_tree_model_get(list, row, COLUMN_TITLE, &title, -1);
    gtk_tree_path_free(path);
    return title;
}

char *style_strip_mark(StyleStrip *strip, int layer, const char *file)
{
    char *title = NULL;
    strip->quiet = true;
    unmark_all_but(strip, NULL);
    for (int i = 0; i < DIALOG_SECTIONS && !title; i++) {
        GtkTreeIter row;
        if (find(&strip->sections[i], layer, file, &row))
            title = mark_row(&strip->sections[i], &row);
    }
    strip->quiet = false;
    bring_into_view(strip);
    return title;
}

/* The name's mnemonic leads to what is marked, or to the first pictures. */
static gboolean led_to(GtkWidget *scroller, gboolean cycling, gpointer data)
{
    StyleStrip *strip = data;
    GtkTreePath *path = NULL;
    const Section *section = marked_section(strip, &path);
    (void)scroller, (void)cycling;
    for (int i = 0; !section && i < DIALOG_SECTIONS; i++)
        if (gtk_widget_get_visible(strip->sections[i].box))
            section = &strip->sections[i];
    if (section)
        gtk_widget_grab_focus(section->view);
    gtk_tree_path_free(path);
    return TRUE;
}

/* ---- Choosing ------------------------------------------------------------------------------------------ */

static void choose(StyleStrip *strip, GtkWidget *view, GtkTreePath *path)
{
    GtkTreeModel *list = gtk_icon_view_get_model(GTK_ICON_VIEW(view));
    GtkTreeIter row;
    int layer;
    char *file;
    if (!gtk_tree_model_get_iter(list, &row, path))
        return;
    unmark_all_but(strip, view);
    gtk_tree_model_get(list, &row, COLUMN_LAYER, &layer, COLUMN_FILE, &file, -1);
    bring_into_view(strip);
    strip->host.chosen(layer, file, strip->host.data);
    g_free(file);
}

/* A click beside the pictures marks none: the style stays what it was. */
static void selection_changed(GtkWidget *view, StyleStrip *strip)
{
    GList *selected = strip->quiet ? NULL : gtk_icon_view_get_selected_items(GTK_ICON_VIEW(view));
    if (selected)
        choose(strip, view, selected->data);
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

/* ---- Dropping ------------------------------------------------------------------------------------------ */

static void data_received(GtkWidget *widget, GdkDragContext *context, gint x, gint y,
                          GtkSelectionData *selection, guint info, guint time, gpointer data)
{
    const StyleStrip *strip = data;
    char **uris = gtk_selection_data_get_uris(selection);
    (void)widget, (void)x, (void)y, (void)info;
    for (char **uri = uris; uri && *uri; uri++) {
        char *path = g_filename_from_uri(*uri, NULL, NULL);
        strip->host.dropped(path ? path : *uri, strip->host.data); /* what is no file is refused like one
                                                                      that is missing */
        g_free(path);
    }
    gtk_drag_finish(context, uris != NULL, FALSE, time);
    g_strfreev(uris);
}

static void accept_files(StyleStrip *strip)
{
    gtk_drag_dest_set(strip->scroller, GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets(strip->scroller);
    g_signal_connect(strip->scroller, "drag-data-received", G_CALLBACK(data_received), strip);
}

/* ---- Building ------------------------------------------------------------------------------------------ */

static void add_cells(GtkCellLayout *layout)
{
    GtkCellRenderer *picture = gtk_cell_renderer_pixbuf_new(), *title = gtk_cell_renderer_text_new();
    g_object_set(title, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.5, "scale", 0.8, NULL);
    gtk_cell_renderer_set_fixed_size(picture, STYLE_PICTURE_WIDTH, STYLE_PICTURE_HEIGHT);
    gtk_cell_renderer_set_fixed_size(title, STYLE_PICTURE_WIDTH, -1);
    gtk_cell_layout_pack_start(layout, picture, FALSE);
    gtk_cell_layout_pack_start(layout, title, FALSE);
    gtk_cell_layout_add_attribute(layout, picture, "pixbuf", COLUMN_PICTURE);
    gtk_cell_layout_add_attribute(layout, title, "text", COLUMN_TITLE);
}

static GtkWidget *view_new(GtkListStore *list)
{
    GtkWidget *widget = gtk_icon_view_new_with_model(GTK_TREE_MODEL(list));
    GtkIconView *view = GTK_ICON_VIEW(widget);
    add_cells(GTK_CELL_LAYOUT(widget));
    gtk_icon_view_set_tooltip_column(view, COLUMN_TOOLTIP);
    gtk_icon_view_set_selection_mode(view, GTK_SELECTION_SINGLE);
    gtk_icon_view_set_columns(view, COLUMNS);
    gtk_icon_view_set_item_padding(view, PADDING);
    gtk_icon_view_set_spacing(view, 0);
    gtk_icon_view_set_row_spacing(view, 0);
    gtk_icon_view_set_column_spacing(view, 0);
    gtk_icon_view_set_margin(view, MARGIN);
    return widget;
}

static GtkWidget *heading_new(const char *text)
{
    GtkWidget *heading = toolkit_name_new("", NULL);
    char *markup = g_markup_printf_escaped(" <small><b>%s</b></small>", text);
    gtk_label_set_markup(GTK_LABEL(heading), markup);
    g_free(markup);
    return heading;
}

static void build_section(StyleStrip *strip, int which)
{
    Section *section = &strip->sections[which];
    section->list = gtk_list_store_new(COLUMN_COUNT, G_TYPE_INT, G_TYPE_STRING, GDK_TYPE_PIXBUF,
                                       G_TYPE_STRING, G_TYPE_STRING);
    section->view = view_new(section->list);
    gtk_widget_set_name(section->view, view_names[which]);
    section->box = toolkit_column_new(0);
    gtk_box_pack_start(GTK_BOX(section->box), heading_new(heading_of(which)), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(section->box), section->view, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(strip->column), section->box, FALSE, FALSE, 0);
    gtk_widget_show_all(section->box);
    gtk_widget_hide(section->box);
    gtk_widget_set_no_show_all(section->box, TRUE);
    g_signal_connect(section->view, "selection-changed", G_CALLBACK(selection_changed), strip);
    g_signal_connect(section->view, "item-activated", G_CALLBACK(activated), NULL);
}

static void stop(guint *source)
{
    if (*source)
        g_source_remove(*source);
    *source = 0;
}

static void destroyed(StyleStrip *strip)
{
    stop(&strip->idle);
    stop(&strip->to_scroll);
    style_pictures_free(strip->pictures);
    for (int i = 0; i < DIALOG_SECTIONS; i++)
        g_object_unref(strip->sections[i].list);
    g_free(strip);
}

/* Those rows with their titles and headings, and a little of the next, which shows that there are more.
 * What has the focus isn't scrolled to: that is a whole section. */
static GtkWidget *scroller_new(GtkWidget *column, int rows)
{
    GtkWidget *scroller = toolkit_scroller_new(column);
    gtk_container_set_focus_vadjustment(GTK_CONTAINER(column), NULL);
    gtk_container_set_focus_vadjustment(GTK_CONTAINER(gtk_bin_get_child(GTK_BIN(scroller))), NULL);
    gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scroller), GTK_SHADOW_IN);
    gtk_widget_set_size_request(scroller, COLUMNS * (STYLE_PICTURE_WIDTH + 2 * PADDING) + 2 * MARGIN + BAR,
                                rows * (STYLE_PICTURE_HEIGHT + 2 * LETTERS) + LETTERS);
    return scroller;
}

StyleStrip *style_strip_new(int rows, const StyleStripHost *host)
{
    StyleStrip *strip = g_new0(StyleStrip, 1);
    strip->host = *host;
    strip->pictures = style_pictures_new();
    strip->column = toolkit_column_new(0);
    for (int i = 0; i < DIALOG_SECTIONS; i++)
        build_section(strip, i);
    strip->scroller = scroller_new(strip->column, rows);
    gtk_widget_set_name(strip->scroller, "styles");
    accept_files(strip);
    g_signal_connect(strip->scroller, "mnemonic-activate", G_CALLBACK(led_to), strip);
    g_object_set_data_full(G_OBJECT(strip->scroller), "style-strip", strip, (GDestroyNotify)destroyed);
    return strip;
}

GtkWidget *style_strip_widget(StyleStrip *strip)
{
    return strip->scroller;
}
