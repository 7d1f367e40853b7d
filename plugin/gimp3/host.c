/* host.c: host.h for GIMP 3, whose images and items are objects; libgimp keeps them, and finds them by id. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/host.h"

#include "plugin/pixels.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <string.h>

static GimpItem *item_of(int id)
{
    return gimp_item_get_by_id(id);
}

static GimpDrawable *drawable_of(int id)
{
    return GIMP_DRAWABLE(item_of(id));
}

static GimpLayer *layer_of(int id)
{
    return GIMP_LAYER(item_of(id));
}

static GimpImage *image_of(int id)
{
    return gimp_image_get_by_id(id);
}

static int id_of(gpointer item)
{
    return item ? gimp_item_get_id(item) : -1;
}

HostKind host_kind(int item)
{
    if (item <= 0 || !gimp_item_id_is_valid(item))
        return HOST_MISSING;
    return gimp_item_id_is_layer(item) ? HOST_LAYER : HOST_OTHER;
}

char *host_name(int item)
{
    return gimp_item_get_name(item_of(item));
}

int host_image(int item)
{
    return gimp_image_get_id(gimp_item_get_image(item_of(item)));
}

bool host_image_exists(int image)
{
    return gimp_image_id_is_valid(image);
}

bool host_image_is_indexed(int image)
{
    return gimp_image_get_base_type(image_of(image)) == GIMP_INDEXED;
}

bool host_image_is_gray(int image)
{
    return gimp_image_get_base_type(image_of(image)) == GIMP_GRAY;
}

bool host_floats(int image)
{
    return gimp_image_get_floating_sel(image_of(image)) != NULL;
}

HostFormat host_format(int image)
{
    return (HostFormat){host_image_is_gray(image), (int)gimp_image_get_precision(image_of(image)),
                        (GObject *)gimp_image_get_color_profile(image_of(image))};
}

int host_image_new(const HostFormat *format, int width, int height)
{
    GimpImage *image = gimp_image_new_with_precision(width, height, format->gray ? GIMP_GRAY : GIMP_RGB,
                                                     (GimpPrecision)format->precision);
    if (image && format->profile)
        gimp_image_set_color_profile(image, (GimpColorProfile *)format->profile);
    return image ? gimp_image_get_id(image) : -1;
}

void host_show(int image)
{
    gimp_display_new(image_of(image));
}

void host_image_delete(int image)
{
    gimp_image_delete(image_of(image));
}

GeglRectangle host_place(int layer)
{
    GimpDrawable *drawable = drawable_of(layer);
    GeglRectangle place = {0, 0, gimp_drawable_get_width(drawable), gimp_drawable_get_height(drawable)};
    gimp_drawable_get_offsets(drawable, &place.x, &place.y);
    return place;
}

bool host_selected_area(int layer, GeglRectangle *area)
{
    return gimp_drawable_mask_intersect(drawable_of(layer), &area->x, &area->y, &area->width, &area->height);
}

GeglBuffer *host_selection(int image)
{
    GimpSelection *selection = gimp_image_get_selection(image_of(image));
    return gimp_selection_is_empty(image_of(image)) ? NULL
                                                    : gimp_drawable_get_buffer(GIMP_DRAWABLE(selection));
}

GeglBuffer *host_pixels(int layer)
{
    return gimp_drawable_get_buffer(drawable_of(layer));
}

GeglBuffer *host_mask(int layer)
{
    GimpLayerMask *mask = gimp_layer_get_mask(layer_of(layer));
    return mask && gimp_layer_get_apply_mask(layer_of(layer)) ? gimp_drawable_get_buffer(GIMP_DRAWABLE(mask))
                                                              : NULL;
}

int host_file_open(const char *path, char **why)
{
    GFile *file = g_file_new_for_path(path);
    host_quiet(true);
    GimpImage *image = gimp_file_load(GIMP_RUN_NONINTERACTIVE, file);
    if (!image)
        *why = g_strdup(gimp_pdb_get_last_error(gimp_get_pdb()));
    host_quiet(false);
    g_object_unref(file);
    return image ? gimp_image_get_id(image) : -1;
}

GeglBuffer *host_visible(int id)
{
    GimpImage *image = image_of(id);
    GeglRectangle whole = {0, 0, gimp_image_get_width(image), gimp_image_get_height(image)};
    GimpLayer *layer = gimp_layer_new_from_visible(image, image, "visible");
    if (!layer || !gimp_image_insert_layer(image, layer, NULL, 0))
        return NULL;
    GeglBuffer *pixels = host_pixels(id_of(layer)), *copy = pixels ? pixels_copy(pixels, &whole) : NULL;
    g_clear_object(&pixels);
    return copy;
}

bool host_has_filters(int layer)
{
    GimpDrawableFilter **filters = gimp_drawable_get_filters(drawable_of(layer));
    bool visible = false;
    for (int i = 0; filters && filters[i]; i++)
        visible = visible || gimp_drawable_filter_get_visible(filters[i]);
    g_free(filters);
    return visible;
}

bool host_copy_alone(int layer, int image, bool masked)
{
    GimpLayer *copy = gimp_layer_new_from_drawable(drawable_of(layer), image_of(image));
    if (!copy || !gimp_image_insert_layer(image_of(image), copy, NULL, 0))
        return false;
    if (!masked && gimp_layer_get_mask(copy))
        gimp_layer_remove_mask(copy, GIMP_MASK_DISCARD);
    gimp_layer_set_opacity(copy, 100);
    gimp_layer_set_mode(copy, GIMP_LAYER_MODE_NORMAL);
    gimp_item_set_lock_position(GIMP_ITEM(copy), FALSE);
    gimp_item_set_lock_visibility(GIMP_ITEM(copy), FALSE);
    return gimp_layer_set_offsets(copy, 0, 0) && gimp_item_set_visible(GIMP_ITEM(copy), TRUE);
}

int host_layer_new(int image, const char *name, int width, int height)
{
    GimpImage *in = image_of(image);
    GimpImageType type = host_image_is_gray(image) ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE;
    return id_of(
        gimp_layer_new(in, name, width, height, type, 100, gimp_image_get_default_new_layer_mode(in)));
}

void host_delete(int layer)
{
    gimp_item_delete(item_of(layer));
}

void host_move(int layer, int x, int y)
{
    gimp_layer_set_offsets(layer_of(layer), x, y);
}

bool host_insert(int image, int layer, int below)
{
    GimpItem *neighbour = below == -1 ? NULL : item_of(below);
    GimpItem *parent = neighbour ? gimp_item_get_parent(neighbour) : NULL;
    return gimp_image_insert_layer(image_of(image), layer_of(layer), parent ? GIMP_LAYER(parent) : NULL,
                                   neighbour ? gimp_image_get_item_position(image_of(image), neighbour) : 0);
}

bool host_add_mask(int layer, GeglBuffer *mask)
{
    GimpLayerMask *added = gimp_layer_create_mask(layer_of(layer), GIMP_ADD_MASK_WHITE);
    GeglBuffer *buffer = added ? gimp_drawable_get_buffer(GIMP_DRAWABLE(added)) : NULL;
    if (!buffer)
        return false;
    gegl_buffer_copy(mask, NULL, GEGL_ABYSS_NONE, buffer, NULL);
    g_object_unref(buffer);
    if (!gimp_layer_add_mask(layer_of(layer), added))
        return false;
    gimp_layer_set_edit_mask(layer_of(layer), FALSE);
    return true;
}

bool host_attach(int layer, const char *name, const char *text)
{
    GimpParasite *parasite = gimp_parasite_new(name, GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
                                               (guint32)strlen(text), text);
    bool attached = gimp_item_attach_parasite(item_of(layer), parasite);
    gimp_parasite_free(parasite);
    return attached;
}

/* Frees the parasite. The caller frees the text with g_free. */
static char *text_of(GimpParasite *parasite)
{
    guint32 size = 0;
    const char *bytes = gimp_parasite_get_data(parasite, &size);
    char *text = g_strndup(bytes ? bytes : "", size);
    gimp_parasite_free(parasite);
    return text;
}

char *host_attached(int layer, const char *name)
{
    GimpParasite *parasite = gimp_item_get_parasite(item_of(layer), name);
    return parasite ? text_of(parasite) : NULL;
}

char *host_session(void)
{
    GimpParasite *parasite = gimp_get_parasite(HOST_SESSION);
    if (!parasite) {
        char *name = g_uuid_string_random();
        parasite = gimp_parasite_new(HOST_SESSION, 0, (guint32)strlen(name), name);
        gimp_attach_parasite(parasite);
        g_free(name);
    }
    return text_of(parasite);
}

int host_tattoo(int layer)
{
    return (int)gimp_item_get_tattoo(item_of(layer));
}

int *host_images(int *count)
{
    GimpImage **images = gimp_get_images();
    GArray *all = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; images && images[i]; i++) {
        int id = gimp_image_get_id(images[i]);
        g_array_append_val(all, id);
    }
    g_free(images);
    *count = (int)all->len;
    return (int *)(void *)g_array_free(all, FALSE);
}

static void add_items(GArray *all, GimpItem **items)
{
    for (int i = 0; items && items[i]; i++) {
        int id = id_of(items[i]);
        g_array_append_val(all, id);
        if (gimp_item_is_group(items[i]))
            add_items(all, gimp_item_get_children(items[i]));
    }
    g_free(items);
}

int *host_layers(int image, int *count)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(int));
    add_items(all, (GimpItem **)(void *)gimp_image_get_layers(image_of(image)));
    *count = (int)all->len;
    return (int *)(void *)g_array_free(all, FALSE);
}

/* The file belongs to the image. */
char *host_image_label(int image)
{
    GimpImage *of = image_of(image);
    GFile *file = gimp_image_get_file(of);
    if (!file)
        file = gimp_image_get_imported_file(of);
    char *path = file ? g_file_get_path(file) : NULL;
    return path ? path : gimp_image_get_name(of);
}

int host_parent(int layer)
{
    return id_of(gimp_item_get_parent(item_of(layer)));
}

int host_position(int layer)
{
    return gimp_image_get_item_position(gimp_item_get_image(item_of(layer)), item_of(layer));
}

/* Resizing is what can be undone of a layer's pixels as a whole: it keeps the old ones for the undo and gives
 * the layer new ones, into which the rest can be written. To the same size it would do nothing. */
static bool renew_pixels(int layer, int width, int height)
{
    GimpDrawable *drawable = drawable_of(layer);
    bool same = gimp_drawable_get_width(drawable) == width && gimp_drawable_get_height(drawable) == height;
    return (!same || gimp_layer_resize(layer_of(layer), width + 1, height + 1, 0, 0)) &&
           gimp_layer_resize(layer_of(layer), width, height, 0, 0);
}

bool host_replace_pixels(int layer, GeglBuffer *pixels, int x, int y)
{
    int width = gegl_buffer_get_width(pixels), height = gegl_buffer_get_height(pixels);
    if (!renew_pixels(layer, width, height))
        return false;
    GeglBuffer *buffer = host_pixels(layer);
    if (!buffer)
        return false;
    gegl_buffer_copy(pixels, NULL, GEGL_ABYSS_NONE, buffer, NULL);
    g_object_unref(buffer);
    gimp_layer_set_offsets(layer_of(layer), x, y);
    gimp_drawable_update(drawable_of(layer), 0, 0, width, height);
    return true;
}

void host_rename(int layer, const char *name)
{
    gimp_item_set_name(item_of(layer), name);
}

void host_make_dial(int layer, HostDial dial)
{
    gimp_layer_set_mode(layer_of(layer),
                        dial == HOST_DIAL_COLOURS ? GIMP_LAYER_MODE_LCH_COLOR : GIMP_LAYER_MODE_GRAIN_MERGE);
    gimp_item_set_visible(item_of(layer), FALSE);
}

int host_group_around(int layer, const char *name)
{
    GimpItem *item = item_of(layer), *parent = gimp_item_get_parent(item);
    GimpImage *image = gimp_item_get_image(item);
    GimpLayer *group = GIMP_LAYER(gimp_group_layer_new(image, name));
    gimp_layer_set_mode(group, GIMP_LAYER_MODE_NORMAL);
    if (!gimp_image_insert_layer(image, group, parent ? GIMP_LAYER(parent) : NULL,
                                 gimp_image_get_item_position(image, item))) {
        gimp_item_delete(GIMP_ITEM(group));
        return -1;
    }
    if (gimp_image_reorder_item(image, item, GIMP_ITEM(group), 0))
        return id_of(group);
    gimp_image_remove_layer(image, group);
    return -1;
}

void host_activate(int layer)
{
    const GimpLayer *active[] = {layer_of(layer), NULL};
    gimp_image_set_selected_layers(gimp_item_get_image(item_of(layer)), active);
}

bool host_is_locked(int layer)
{
    for (GimpItem *item = item_of(layer); item; item = gimp_item_get_parent(item))
        if (gimp_item_get_lock_content(item) || gimp_item_get_lock_position(item))
            return true;
    return false;
}

void host_undo_begin(int image)
{
    gimp_image_undo_group_start(image_of(image));
}

void host_undo_end(int image)
{
    gimp_image_undo_group_end(image_of(image));
}

void host_quiet(bool quiet)
{
    gimp_plug_in_set_pdb_error_handler(gimp_get_plug_in(), quiet ? GIMP_PDB_ERROR_HANDLER_PLUGIN
                                                                 : GIMP_PDB_ERROR_HANDLER_INTERNAL);
}

int host_threads(void)
{
    return MAX(gimp_get_num_processors(), 1);
}

/* The first layer of a NULL-terminated list that isn't `content`; -1: there is none. Frees the list. */
static int first_other(GimpLayer **layers, int content)
{
    int found = -1;
    for (int i = 0; found == -1 && layers && layers[i]; i++) {
        if (id_of(layers[i]) != content)
            found = id_of(layers[i]);
    }
    g_free(layers);
    return found;
}

/* A layer of that image, preferably a selected one; -1: it has none except `content`. */
static int suggest_of_image(GimpImage *image, int content)
{
    int found = first_other(gimp_image_get_selected_layers(image), content);
    return found == -1 ? first_other(gimp_image_get_layers(image), content) : found;
}

/* Then the newest image: it comes first in GIMP's list, and most likely was opened for its style. */
int host_suggest_style(int content)
{
    int found = suggest_of_image(gimp_item_get_image(item_of(content)), content);
    GimpImage **images = gimp_get_images();
    for (int i = 0; found == -1 && images && images[i]; i++)
        found = suggest_of_image(images[i], content);
    g_free(images);
    return found;
}

GdkPixbuf *host_layer_picture(int layer, int width, int height)
{
    return gimp_drawable_get_thumbnail(GIMP_DRAWABLE(item_of(layer)), width, height,
                                       GIMP_PIXBUF_SMALL_CHECKS);
}

bool host_has_display(void)
{
    return gimp_default_display() != NULL;
}

void host_begin_windows(void)
{
    gimp_ui_init("neural-style");
}

static gboolean is_not_content(GimpImage *image, GimpItem *item, gpointer content)
{
    (void)image;
    return id_of(item) != GPOINTER_TO_INT(content);
}

/* gimp_int_combo_box_get_active leaves its target unchanged where nothing is chosen. */
static void keep_choice(GimpIntComboBox *chooser, gpointer layer)
{
    if (!gimp_int_combo_box_get_active(chooser, layer))
        *(int *)layer = -1;
}

/* GIMP binds a cell to a picture and to an icon's name, and for a name that isn't there GTK 3 drops the
 * picture, so the list would show none. Here its cells are bound to the picture alone. */
static void show_pictures(GtkWidget *chooser)
{
    GtkCellLayout *layout = GTK_CELL_LAYOUT(chooser);
    GList *cells = gtk_cell_layout_get_cells(layout);
    for (GList *cell = cells; cell; cell = cell->next)
        if (GTK_IS_CELL_RENDERER_PIXBUF(cell->data)) {
            gtk_cell_layout_clear_attributes(layout, cell->data);
            gtk_cell_layout_add_attribute(layout, cell->data, "pixbuf", GIMP_INT_STORE_PIXBUF);
        }
    g_list_free(cells);
}

GtkWidget *host_layer_chooser(int content, int *layer)
{
    GtkWidget *chooser = gimp_layer_combo_box_new(is_not_content, GINT_TO_POINTER(content), NULL);
    gimp_int_combo_box_connect(GIMP_INT_COMBO_BOX(chooser), *layer, G_CALLBACK(keep_choice), layer, NULL);
    keep_choice(GIMP_INT_COMBO_BOX(chooser), layer);
    show_pictures(chooser);
    return chooser;
}
