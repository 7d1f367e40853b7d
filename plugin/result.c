/* result.c: all that can fail happens before the step to undo begins: a new layer is made and filled before
 * it becomes part of the image, and new pixels for an old one are first written into a buffer of our own. */
#include "result.h"

#include "again.h"
#include "call_check.h"
#include "dials.h"
#include "host.h"
#include "placement.h"
#include "ui/words.h"

#include <string.h>

#define PAINTING N_("Painting") /* what its layer is called in a group that has its name */

/* Where the painting's layer is known, and its name: the record says which it is. */
static void attach_record(int layer, const Result *result, const char *name)
{
    Record record = *result->record;
    record.layer = (char *)name;
    record.tattoo = host_tattoo(layer);
    char *text = record_print(&record);
    host_attach(layer, RECORD_NAME, text);
    g_free(text);
}

/* ---- A new layer --------------------------------------------------------------------------------------- */

static NstStatus fill(int layer, const Result *result, bool mask, NstError *error)
{
    GeglBuffer *buffer = host_pixels(layer);
    if (!buffer)
        return nst_fail(error, NST_NO_MEMORY, "GIMP gives no access to the new layer's pixels");
    NstStatus status = pixels_write(buffer, &result->image, result->content, error);
    g_object_unref(buffer);
    if (status == NST_OK && mask && result->mask && !host_add_mask(layer, result->mask))
        status = nst_fail(error, NST_NO_MEMORY, "GIMP could not add the layer mask");
    return status;
}

/* With dials the mask is their group's. */
static NstStatus insert(const PluginCall *call, int layer, const Dials *dials, const Result *result,
                        NstError *error)
{
    GeglRectangle place = host_place(call->content);
    host_undo_begin(call->image);
    bool inserted =
        host_insert_above(layer, placement_below(call), place.x + result->area.x, place.y + result->area.y);
    if (inserted && dials)
        inserted = dials_add(dials, layer, result->name, result->mask);
    host_undo_end(call->image);
    return inserted ? NST_OK : nst_fail(error, NST_NO_MEMORY, "GIMP could not add the new layer");
}

/* dials: layers that are not yet part of the image; NULL: none. *layer may be part of it after a failure. */
static NstStatus add_with(const PluginCall *call, const Dials *dials, const Result *result, int *layer,
                          NstError *error)
{
    const char *name = dials ? _(PAINTING) : result->name;
    *layer = host_layer_new(call->image, name, result->image.width, result->image.height);
    if (*layer == -1)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not create the new layer");
    attach_record(*layer, result, result->name);
    NstStatus status = fill(*layer, result, !dials, error);
    if (status == NST_OK)
        status = insert(call, *layer, dials, result, error);
    if (status != NST_OK)
        host_delete(*layer);
    return status;
}

static NstStatus add_new(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    Dials dials;
    bool wanted = call->settings.dials == NST_DIALS_YES;
    NstStatus status = wanted ? dials_new(call->image, result->content, &dials, error) : NST_OK;
    if (status != NST_OK)
        return status;
    status = add_with(call, wanted ? &dials : NULL, result, layer, error);
    if (status != NST_OK && wanted)
        dials_delete(&dials);
    if (status != NST_OK)
        *layer = -1;
    return status;
}

/* ---- The layer of a painting that is painted again ----------------------------------------------------- */

/* In the layer's own format, so that what is written is what a new layer would hold. The caller unrefs
 * *pixels. */
static NstStatus pixels_for(int layer, const Result *result, GeglBuffer **pixels, NstError *error)
{
    GeglRectangle whole = {0, 0, result->image.width, result->image.height};
    GeglBuffer *own = host_pixels(layer);
    if (!own)
        return nst_fail(error, NST_NO_MEMORY, "GIMP gives no access to the painting's pixels");
    *pixels = gegl_buffer_new(&whole, gegl_buffer_get_format(own));
    g_object_unref(own);
    NstStatus status = pixels_write(*pixels, &result->image, result->content, error);
    if (status != NST_OK)
        g_clear_object(pixels);
    return status;
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

/* The painting hands its name to the group. */
static bool group(const Dials *dials, int painting)
{
    char *name = host_name(painting);
    host_rename(painting, _(PAINTING));
    bool grouped = dials_add(dials, painting, name, NULL);
    g_free(name);
    return grouped;
}

/* A painting has dials already, gets them now, or has none. */
static bool replace_dials(const Dials *dials, const Again *again)
{
    if (dials_group(again->painting) == -1)
        return group(dials, again->painting);
    dials_update(dials, again->painting);
    return true;
}

static bool replace_with(const PluginCall *call, const Dials *dials, GeglBuffer *pixels, const Result *result)
{
    const Again *again = call->again;
    GeglRectangle place = again_place(call, &result->area);
    host_undo_begin(call->image);
    bool replaced = host_replace_pixels(again->painting, pixels, place.x, place.y);
    if (replaced)
        name_again(again, result);
    if (replaced && dials)
        replaced = replace_dials(dials, again);
    host_undo_end(call->image);
    return replaced;
}

/* A user who has dissolved the group doesn't get another. */
static bool wants_dials(const PluginCall *call)
{
    return dials_group(call->again->painting) != -1 ||
           (call->settings.dials == NST_DIALS_YES && call->again->record.settings.dials == NST_DIALS_NO);
}

static NstStatus replace(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    int painting = call->again->painting;
    bool wanted = wants_dials(call);
    GeglBuffer *pixels = NULL;
    Dials dials;
    NstStatus status = pixels_for(painting, result, &pixels, error);
    if (status == NST_OK && wanted)
        status = dials_new(call->image, result->content, &dials, error);
    if (status == NST_OK && !replace_with(call, wanted ? &dials : NULL, pixels, result))
        status = nst_fail(error, NST_NO_MEMORY, "GIMP could not change the painting's pixels");
    g_clear_object(&pixels);
    if (status == NST_OK)
        *layer = painting;
    return status;
}

NstStatus result_add(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    NstStatus status = check_content(call, error); /* the user may have changed the image for minutes */
    if (status == NST_OK)
        status = check_painting(call, error);
    if (status != NST_OK)
        return status;
    return call->again && !call->again->as_new ? replace(call, result, layer, error)
                                               : add_new(call, result, layer, error);
}
