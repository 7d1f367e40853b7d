/* dialog_styles.c: names for what host.h and styles_found.h find. A layer is called by its own name alone,
 * since in most images it says enough; the image's is in the tooltip. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialog_styles.h"

#include "host.h"
#include "painting_name.h"
#include "paths.h"
#include "styles_found.h"
#include "ui/small_picture.h"
#include "ui/words.h"

#include <string.h>

struct DialogStyles {
    int never; /* a layer that isn't offered */
    StyleFolders folders;
    GPtrArray *found;   /* of StyleFound */
    GArray *files;      /* of DialogStyle, whose texts are `found`'s */
    GArray *layers;     /* of DialogStyle */
    GStringChunk *text; /* the layers' texts */
    StyleFound added;   /* the last one */
    DialogStyle shown;  /* for the dialog */
};

static const char *title_of(const StyleFound *found)
{
    return found->built_in ? painting_name_title(found->name) : found->name;
}

static DialogStyle style_of(const StyleFound *found)
{
    return (DialogStyle){
        .section = found->built_in ? DIALOG_BUILT_IN : DIALOG_OWN,
        .layer = -1,
        .file = found->name,
        .title = title_of(found),
        .tooltip = found->built_in ? title_of(found) : found->path,
        .path = found->path,
    };
}

DialogStyles *dialog_styles_new(int never)
{
    DialogStyles *styles = g_new0(DialogStyles, 1);
    styles->never = never;
    styles->folders = paths_styles();
    styles->found = styles_found_list(&styles->folders);
    styles->files = g_array_new(TRUE, TRUE, sizeof(DialogStyle));
    styles->layers = g_array_new(TRUE, TRUE, sizeof(DialogStyle));
    styles->text = g_string_chunk_new(256);
    for (guint i = 0; i < styles->found->len; i++) {
        DialogStyle style = style_of(styles->found->pdata[i]);
        g_array_append_val(styles->files, style);
    }
    return styles;
}

void dialog_styles_free(DialogStyles *styles)
{
    styles_found_clear(&styles->added);
    g_string_chunk_free(styles->text);
    g_array_unref(styles->layers);
    g_array_unref(styles->files);
    g_ptr_array_unref(styles->found);
    paths_styles_clear(&styles->folders);
    g_free(styles);
}

const DialogStyle *dialog_styles_files(const DialogStyles *styles)
{
    return (const DialogStyle *)(const void *)styles->files->data;
}

static void add_layer(DialogStyles *styles, int layer, const char *image)
{
    char *name = host_name(layer), *tooltip = g_strdup_printf(_("%s, in the image %s"), name, image);
    DialogStyle style = {.section = DIALOG_LAYER,
                         .layer = layer,
                         .file = "",
                         .title = g_string_chunk_insert(styles->text, name),
                         .tooltip = g_string_chunk_insert(styles->text, tooltip)};
    g_array_append_val(styles->layers, style);
    g_free(tooltip);
    g_free(name);
}

static void add_layers(DialogStyles *styles, int image)
{
    int count, *layers = host_layers(image, &count);
    char *label = host_image_label(image);
    for (int i = 0; i < count; i++)
        if (layers[i] != styles->never)
            add_layer(styles, layers[i], label);
    g_free(label);
    g_free(layers);
}

const DialogStyle *dialog_styles_layers(DialogStyles *styles)
{
    int count, *images = host_images(&count);
    g_array_set_size(styles->layers, 0);
    g_string_chunk_clear(styles->text);
    for (int i = 0; i < count; i++)
        add_layers(styles, images[i]);
    g_free(images);
    return (const DialogStyle *)(const void *)styles->layers->data;
}

GdkPixbuf *dialog_styles_picture(int layer, int width, int height)
{
    if (host_kind(layer) != HOST_LAYER)
        return NULL; /* deleted meanwhile */
    GeglRectangle place = host_place(layer);
    small_picture_cover(&place.width, &place.height, width, height);
    return small_picture_middle(host_layer_picture(layer, place.width, place.height), width, height);
}

const DialogStyle *dialog_styles_add(DialogStyles *styles, const char *path)
{
    StyleFound found;
    if (!styles_found_add(path, &styles->folders, &found))
        return NULL;
    styles_found_clear(&styles->added);
    styles->added = found;
    styles->shown = style_of(&styles->added);
    return &styles->shown;
}
