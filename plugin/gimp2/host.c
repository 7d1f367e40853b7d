/* host.c: host.h for GIMP 2.10, whose images and items are ids themselves. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/host.h"

#include "plugin/pixels.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <string.h>

HostKind host_kind(int item)
{
    if (item <= 0 || !gimp_item_is_valid(item))
        return HOST_MISSING;
    return gimp_item_is_layer(item) ? HOST_LAYER : HOST_OTHER;
}

char *host_name(int item)
{
    return gimp_item_get_name(item);
}

int host_image(int item)
{
    return gimp_item_get_image(item);
}

bool host_image_exists(int image)
{
    return gimp_image_is_valid(image);
}

bool host_image_is_indexed(int image)
{
    return gimp_image_base_type(image) == GIMP_INDEXED;
}

bool host_image_is_gray(int image)
{
    return gimp_image_base_type(image) == GIMP_GRAY;
}

bool host_floats(int image)
{
    return gimp_image_get_floating_sel(image) != -1;
}

HostFormat host_format(int image)
{
    return (HostFormat){host_image_is_gray(image), (int)gimp_image_get_precision(image),
                        (GObject *)gimp_image_get_color_profile(image)};
}

int host_image_new(const HostFormat *format, int width, int height)
{
    int image = gimp_image_new_with_precision(width, height, format->gray ? GIMP_GRAY : GIMP_RGB,
                                              (GimpPrecision)format->precision);
    if (image != -1 && format->profile)
        gimp_image_set_color_profile(image, (GimpColorProfile *)format->profile);
    return image;
}

void host_show(int image)
{
    gimp_display_new(image);
}

void host_image_delete(int image)
{
    gimp_image_delete(image);
}

GeglRectangle host_place(int layer)
{
    GeglRectangle place = {0, 0, gimp_drawable_width(layer), gimp_drawable_height(layer)};
    gimp_drawable_offsets(layer, &place.x, &place.y);
    return place;
}

bool host_selected_area(int layer, GeglRectangle *area)
{
    return gimp_drawable_mask_intersect(layer, &area->x, &area->y, &area->width, &area->height);
}

GeglBuffer *host_selection(int image)
{
    return gimp_selection_is_empty(image) ? NULL : gimp_drawable_get_buffer(gimp_image_get_selection(image));
}

/* The colour space of the image's profile; NULL: sRGB, or a profile that babl can't use. */
static const Babl *image_space(int image)
{
    GimpColorProfile *profile = gimp_image_get_color_profile(image);
    if (!profile)
        return NULL;
    const Babl *space =
        gimp_color_profile_get_space(profile, GIMP_COLOR_RENDERING_INTENT_RELATIVE_COLORIMETRIC, NULL);
    g_object_unref(profile);
    return space;
}

/* GIMP 2.10 gives its plug-ins formats without a colour space, as if every image were sRGB. An indexed
 * image's format carries its palette and stays as it is. */
GeglBuffer *host_pixels(int layer)
{
    GeglBuffer *buffer = gimp_drawable_get_buffer(layer);
    const Babl *space = gimp_drawable_is_indexed(layer) ? NULL : image_space(gimp_item_get_image(layer));
    if (buffer && space) {
        const char *encoding = babl_format_get_encoding(gegl_buffer_get_format(buffer));
        gegl_buffer_set_format(buffer, babl_format_with_space(encoding, space));
    }
    return buffer;
}

GeglBuffer *host_mask(int layer)
{
    int mask = gimp_layer_get_mask(layer);
    return mask != -1 && gimp_layer_get_apply_mask(layer) ? gimp_drawable_get_buffer(mask) : NULL;
}

int host_file_open(const char *path, char **why)
{
    host_quiet(true);
    int image = gimp_file_load(GIMP_RUN_NONINTERACTIVE, path, path);
    if (image == -1)
        *why = g_strdup(gimp_get_pdb_error());
    host_quiet(false);
    return image;
}

GeglBuffer *host_visible(int image)
{
    GeglRectangle whole = {0, 0, gimp_image_width(image), gimp_image_height(image)};
    int layer = gimp_layer_new_from_visible(image, image, "visible");
    if (layer == -1 || !gimp_image_insert_layer(image, layer, -1, 0))
        return NULL;
    GeglBuffer *pixels = host_pixels(layer), *copy = pixels ? pixels_copy(pixels, &whole) : NULL;
    g_clear_object(&pixels);
    return copy;
}

bool host_has_filters(int layer)
{
    (void)layer;
    return false;
}

bool host_copy_alone(int layer, int image, bool masked)
{
    int copy = gimp_layer_new_from_drawable(layer, image);
    if (copy == -1 || !gimp_image_insert_layer(image, copy, -1, 0))
        return false;
    if (!masked && gimp_layer_get_mask(copy) != -1)
        gimp_layer_remove_mask(copy, GIMP_MASK_DISCARD);
    gimp_layer_set_opacity(copy, 100);
    gimp_layer_set_mode(copy, GIMP_LAYER_MODE_NORMAL);
    gimp_item_set_lock_position(copy, FALSE);
    return gimp_layer_set_offsets(copy, 0, 0) && gimp_item_set_visible(copy, TRUE);
}

int host_layer_new(int image, const char *name, int width, int height)
{
    GimpImageType type = host_image_is_gray(image) ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE;
    return gimp_layer_new(image, name, width, height, type, 100,
                          gimp_image_get_default_new_layer_mode(image));
}

void host_delete(int layer)
{
    gimp_item_delete(layer);
}

void host_move(int layer, int x, int y)
{
    gimp_layer_set_offsets(layer, x, y);
}

bool host_insert(int image, int layer, int below)
{
    return gimp_image_insert_layer(image, layer, below == -1 ? -1 : gimp_item_get_parent(below),
                                   below == -1 ? 0 : gimp_image_get_item_position(image, below));
}

bool host_add_mask(int layer, GeglBuffer *mask)
{
    int added = gimp_layer_create_mask(layer, GIMP_ADD_MASK_WHITE);
    GeglBuffer *buffer = added == -1 ? NULL : gimp_drawable_get_buffer(added);
    if (!buffer)
        return false;
    gegl_buffer_copy(mask, NULL, GEGL_ABYSS_NONE, buffer, NULL);
    g_object_unref(buffer);
    if (!gimp_layer_add_mask(layer, added))
        return false;
    gimp_layer_set_edit_mask(layer, FALSE);
    return true;
}

bool host_attach(int layer, const char *name, const char *text)
{
    GimpParasite *parasite = gimp_parasite_new(name, GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
                                               (guint32)strlen(text), text);
    bool attached = gimp_item_attach_parasite(layer, parasite);
    gimp_parasite_free(parasite);
    return attached;
}

char *host_attached(int layer, const char *name)
{
    GimpParasite *parasite = gimp_item_get_parasite(layer, name);
    if (!parasite)
        return NULL;
    char *text = g_strndup(gimp_parasite_data(parasite), (gsize)gimp_parasite_data_size(parasite));
    gimp_parasite_free(parasite);
    return text;
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
    char *session = g_strndup(gimp_parasite_data(parasite), (gsize)gimp_parasite_data_size(parasite));
    gimp_parasite_free(parasite);
    return session;
}

int host_tattoo(int layer)
{
    return (int)gimp_item_get_tattoo(layer);
}

int *host_images(int *count)
{
    return gimp_image_list(count);
}

static void add_layers(GArray *all, int count, int *layers)
{
    for (int i = 0; i < count; i++) {
        int inside = 0;
        g_array_append_val(all, layers[i]);
        if (gimp_item_is_group(layers[i])) {
            int *children = gimp_item_get_children(layers[i], &inside);
            add_layers(all, inside, children);
        }
    }
    g_free(layers);
}

int *host_layers(int image, int *count)
{
    int top = 0, *layers = gimp_image_get_layers(image, &top);
    GArray *all = g_array_new(FALSE, FALSE, sizeof(int));
    add_layers(all, top, layers);
    *count = (int)all->len;
    return (int *)(void *)g_array_free(all, FALSE);
}

char *host_image_label(int image)
{
    char *path = gimp_image_get_filename(image);
    return path ? path : gimp_image_get_name(image);
}

int host_parent(int layer)
{
    return gimp_item_get_parent(layer);
}

int host_position(int layer)
{
    return gimp_image_get_item_position(gimp_item_get_image(layer), layer);
}

/* Resizing is what can be undone of a layer's pixels as a whole: it keeps the old ones for the undo and gives
 * the layer new ones, into which the rest can be written. To the same size it would do nothing. */
static bool renew_pixels(int layer, int width, int height)
{
    bool same = gimp_drawable_width(layer) == width && gimp_drawable_height(layer) == height;
    return (!same || gimp_layer_resize(layer, width + 1, height + 1, 0, 0)) &&
           gimp_layer_resize(layer, width, height, 0, 0);
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
    gimp_layer_set_offsets(layer, x, y);
    gimp_drawable_update(layer, 0, 0, width, height);
    return true;
}

void host_rename(int layer, const char *name)
{
    gimp_item_set_name(layer, name);
}

void host_make_dial(int layer, HostDial dial)
{
    gimp_layer_set_mode(layer,
                        dial == HOST_DIAL_COLOURS ? GIMP_LAYER_MODE_LCH_COLOR : GIMP_LAYER_MODE_GRAIN_MERGE);
    gimp_item_set_visible(layer, FALSE);
}

int host_group_around(int layer, const char *name)
{
    int image = gimp_item_get_image(layer), group = gimp_layer_group_new(image);
    gimp_item_set_name(group, name);
    gimp_layer_set_mode(group, GIMP_LAYER_MODE_NORMAL);
    if (!gimp_image_insert_layer(image, group, gimp_item_get_parent(layer),
                                 gimp_image_get_item_position(image, layer))) {
        gimp_item_delete(group);
        return -1;
    }
    if (gimp_image_reorder_item(image, layer, group, 0))
        return group;
    gimp_image_remove_layer(image, group);
    return -1;
}

void host_activate(int layer)
{
    gimp_image_set_active_layer(gimp_item_get_image(layer), layer);
}

bool host_is_locked(int layer)
{
    for (int item = layer; item != -1; item = gimp_item_get_parent(item))
        if (gimp_item_get_lock_content(item) || gimp_item_get_lock_position(item))
            return true;
    return false;
}

void host_undo_begin(int image)
{
    gimp_image_undo_group_start(image);
}

void host_undo_end(int image)
{
    gimp_image_undo_group_end(image);
}

void host_quiet(bool quiet)
{
    gimp_plugin_set_pdb_error_handler(quiet ? GIMP_PDB_ERROR_HANDLER_PLUGIN
                                            : GIMP_PDB_ERROR_HANDLER_INTERNAL);
}

int host_threads(void)
{
    int threads = 1;
    g_object_get(gegl_config(), "threads", &threads, NULL);
    return MAX(threads, 1);
}

/* A layer of that image, preferably the active one; -1: it has none except `content`. */
static int suggest_of_image(int image, int content)
{
    int count = 0, found = gimp_image_get_active_layer(image);
    int *layers = gimp_image_get_layers(image, &count);
    for (int i = 0; (found == -1 || found == content) && i < count; i++)
        found = layers[i];
    g_free(layers);
    return found == content ? -1 : found;
}

/* Then the newest image: it comes first in GIMP's list, and most likely was opened for its style. */
int host_suggest_style(int content)
{
    int count = 0, own = gimp_item_get_image(content), found = suggest_of_image(own, content);
    int *images = gimp_image_list(&count);
    for (int i = 0; found == -1 && i < count; i++)
        found = suggest_of_image(images[i], content);
    g_free(images);
    return found;
}

GdkPixbuf *host_layer_picture(int layer, int width, int height)
{
    return gimp_drawable_get_thumbnail(layer, width, height, GIMP_PIXBUF_SMALL_CHECKS);
}

bool host_has_display(void)
{
    return gimp_default_display() != -1;
}

void host_begin_windows(void)
{
    gimp_ui_init("neural-style", FALSE);
}

static gboolean is_not_content(gint32 image, gint32 item, gpointer content)
{
    (void)image;
    return item != GPOINTER_TO_INT(content);
}

/* gimp_int_combo_box_get_active leaves its target unchanged where nothing is chosen. */
static void keep_choice(GimpIntComboBox *chooser, gpointer layer)
{
    if (!gimp_int_combo_box_get_active(chooser, layer))
        *(int *)layer = -1;
}

GtkWidget *host_layer_chooser(int content, int *layer)
{
    GtkWidget *chooser = gimp_layer_combo_box_new(is_not_content, GINT_TO_POINTER(content));
    gimp_int_combo_box_connect(GIMP_INT_COMBO_BOX(chooser), *layer, G_CALLBACK(keep_choice), layer);
    keep_choice(GIMP_INT_COMBO_BOX(chooser), layer);
    return chooser;
}
