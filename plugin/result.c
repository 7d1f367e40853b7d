/* result.c: a new layer is complete, with its name, mask and place, before it becomes part of the image, and
 * new pixels for an old one are first written into a buffer of our own. After that nothing is fatal: what
 * GIMP refuses is left out, or done in the next best way.
 *
 * GIMP is quiet meanwhile: it would report each refusal in its own terms. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result.h"

#include "again.h"
#include "call_check.h"
#include "dials.h"
#include "placement.h"
#include "ui/words.h"

#include <string.h>

/* Where the painting's layer is known, and its name: the record says which it is. */
static void attach_record(int layer, const Result *result, const char *name)
{
    Record record = *result->record;
    record.layer = (char *)name;
    record.tattoo = host_tattoo(layer);
    char *text = record_print(&record);
    if (!host_attach(layer, RECORD_NAME, text))
        host_warn(_("The painting could not be given its record: it can't be changed later"));
    g_free(text);
}

static void add_mask(int layer, GeglBuffer *mask)
{
    if (mask && !host_add_mask(layer, mask))
        host_warn(_("GIMP could not add the layer mask: the painting covers all of its area"));
}

/* Where a new layer belongs: on the content, wherever that is by now. */
static GeglRectangle place_of(const PluginCall *call, const Result *result)
{
    GeglRectangle place = result->place;
    if (host_kind(call->content) != HOST_LAYER || host_image(call->content) != call->image)
        return place;
    GeglRectangle content = host_place(call->content);
    place.x = content.x + result->area.x;
    place.y = content.y + result->area.y;
    return place;
}

/* ---- A new layer --------------------------------------------------------------------------------------- */

static NstStatus fill(int layer, const Result *result, NstError *error)
{
    GeglBuffer *buffer = host_pixels(layer);
    if (!buffer)
        return nst_fail(error, NST_NO_MEMORY, "GIMP gives no access to the new layer's pixels");
    NstStatus status = pixels_write(buffer, &result->image, result->content, error);
    g_object_unref(buffer);
    return status;
}

/* A layer for an image, not yet part of it. */
static NstStatus layer_new(int image, const Result *result, int *layer, NstError *error)
{
    *layer = host_layer_new(image, result->name, result->image.width, result->image.height);
    if (*layer == -1)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not create the new layer");
    attach_record(*layer, result, result->name);
    NstStatus status = fill(*layer, result, error);
    if (status == NST_OK)
        return NST_OK;
    host_delete(*layer);
    *layer = -1;
    return status;
}

/* Without them it is still the painting. False: there are none. */
static bool make_dials(const PluginCall *call, const Result *result, Dials *dials)
{
    if (dials_new(call->image, result->content, dials, NULL) == NST_OK)
        return true;
    host_warn(_("The mixing layers could not be made: the painting is there without them"));
    return false;
}

/* The mask is their group's. */
static void add_dials(Dials *dials, const Result *result, int layer)
{
    int group = dials_add(dials, layer, result->name);
    if (group == -1)
        host_warn(_("The mixing layers could not be added: the painting is there without them"));
    add_mask(group == -1 ? layer : group, result->mask);
}

static bool insert(const PluginCall *call, int layer)
{
    int below = placement_below(call);
    if (below != -1 && host_insert(call->image, layer, below))
        return true;
    if (!host_insert(call->image, layer, -1))
        return false;
    host_warn(_("The layer that was painted from is gone, or its place can't be used any more: the painting "
                "lies on top of all layers"));
    return true;
}

static bool add_to_image(const PluginCall *call, const Result *result, int layer)
{
    Dials dials;
    bool mixing = call->settings.dials == NST_DIALS_YES && make_dials(call, result, &dials);
    GeglRectangle place = place_of(call, result);
    host_move(layer, place.x, place.y);
    if (!mixing)
        add_mask(layer, result->mask);
    host_undo_begin(call->image);
    bool inserted = insert(call, layer);
    if (inserted && mixing)
        add_dials(&dials, result, layer);
    if (inserted)
        host_activate(layer);
    host_undo_end(call->image);
    if (!inserted && mixing)
        dials_delete(&dials);
    return inserted;
}

/* An image of its own, for what the one it was painted for can't take. */
static NstStatus add_elsewhere(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    int image = host_image_new(result->format, result->image.width, result->image.height);
    if (image == -1)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not create an image for the painting");
    NstStatus status = layer_new(image, result, layer, error);
    if (status == NST_OK && !host_insert(image, *layer, -1)) {
        host_delete(*layer);
        *layer = -1;
        status = nst_fail(error, NST_NO_MEMORY, "GIMP could not add the new layer");
    }
    if (status != NST_OK) {
        host_image_delete(image);
        return status;
    }
    add_mask(*layer, result->mask);
    if (host_has_display())
        host_show(image);
    host_warn(host_image_exists(call->image)
                  ? _("The image can't take a layer of this kind any more: the painting is in a new image")
                  : _("The image was closed meanwhile: the painting is in a new image"));
    return NST_OK;
}

/* GIMP 3 would put the layer into an indexed image, and reduce its colours to the palette. */
static bool takes_colours(int image)
{
    return host_image_exists(image) && !host_image_is_indexed(image);
}

static NstStatus add_new(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    *layer = -1;
    if (takes_colours(call->image) && layer_new(call->image, result, layer, NULL) == NST_OK) {
        if (add_to_image(call, result, *layer))
            return NST_OK;
        host_delete(*layer);
    }
    return add_elsewhere(call, result, layer, error);
}

/* ---- The layer of a painting that is painted again ----------------------------------------------------- */

/* In the layer's own format, so that what is written is what a new layer would hold. The caller unrefs them;
 * NULL: there is no memory, or no access to the layer. */
static GeglBuffer *pixels_for(int layer, const Result *result)
{
    GeglRectangle whole = {0, 0, result->image.width, result->image.height};
    GeglBuffer *own = host_pixels(layer);
    if (!own)
        return NULL;
    GeglBuffer *pixels = gegl_buffer_new(&whole, gegl_buffer_get_format(own));
    g_object_unref(own);
    if (pixels_write(pixels, &result->image, result->content, NULL) != NST_OK)
        g_clear_object(&pixels);
    return pixels;
}

/* The name follows the style, unless the user has chosen another. */
static void name_again(const Again *again, const Result *result)
{
    const char *before = again->record.layer;
    bool follows = again_has_its_name(again);
    if (follows && strcmp(before, result->name) != 0)
        host_rename(again_named(again), result->name);
    attach_record(again->painting, result, follows ? result->name : before);
}

/* A painting has dials already, or gets them now, and hands its name to their group. */
static void replace_dials(Dials *dials, int painting)
{
    if (dials_group(painting) != -1) {
        dials_update(dials, painting);
        return;
    }
    char *name = host_name(painting);
    if (dials_add(dials, painting, name) == -1)
        host_warn(_("The mixing layers could not be added: the painting is there without them"));
    g_free(name);
}

/* A user who has dissolved the group doesn't get another. */
static bool wants_dials(const PluginCall *call)
{
    return dials_group(call->again->painting) != -1 ||
           (call->settings.dials == NST_DIALS_YES && call->again->record.settings.dials == NST_DIALS_NO);
}

static bool replace_pixels(const PluginCall *call, GeglBuffer *pixels, const Result *result)
{
    const Again *again = call->again;
    GeglRectangle fresh = place_of(call, result), place = again_place(again, &fresh);
    Dials dials;
    bool mixing = wants_dials(call) && make_dials(call, result, &dials);
    host_undo_begin(call->image);
    bool replaced = host_replace_pixels(again->painting, pixels, place.x, place.y);
    if (replaced)
        name_again(again, result);
    if (replaced && mixing)
        replace_dials(&dials, again->painting);
    host_undo_end(call->image);
    if (!replaced && mixing)
        dials_delete(&dials);
    return replaced;
}

/* False: the painting is gone, or locked by now, or GIMP refuses. */
static bool replace(const PluginCall *call, const Result *result, int *layer)
{
    int painting = call->again->painting;
    GeglBuffer *pixels = check_painting(call, NULL) == NST_OK ? pixels_for(painting, result) : NULL;
    bool replaced = pixels && replace_pixels(call, pixels, result);
    g_clear_object(&pixels);
    if (replaced)
        *layer = painting;
    else if (host_image_exists(call->image))
        host_warn(_("The painting can't be changed in its place any more: it is a new layer now"));
    return replaced;
}

NstStatus result_add(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    bool in_place = call->again && !call->again->as_new;
    host_quiet(true);
    NstStatus status =
        in_place && replace(call, result, layer) ? NST_OK : add_new(call, result, layer, error);
    host_quiet(false);
    return status;
}
