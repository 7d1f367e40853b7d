/* result.c: all that can fail happens before the step to undo begins: a new layer is made and filled before it
 * becomes part of the image, and new pixels for an old one are written into a buffer of our own first. */
#include "result.h"

#include "again.h"
#include "call_check.h"
#include "host.h"
#include "placement.h"

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

static NstStatus fill(int layer, const Result *result, NstError *error)
{
    GeglBuffer *buffer = host_pixels(layer);
    if (!buffer)
        return nst_fail(error, NST_NO_MEMORY, "GIMP gives no access to the new layer's pixels");
    NstStatus status = pixels_write(buffer, &result->image, result->alpha, error);
    g_object_unref(buffer);
    if (status == NST_OK && result->mask && !host_add_mask(layer, result->mask))
        status = nst_fail(error, NST_NO_MEMORY, "GIMP could not add the layer mask");
    return status;
}

static NstStatus insert(const PluginCall *call, int layer, const Result *result, NstError *error)
{
    GeglRectangle place = host_place(call->content);
    host_undo_begin(call->image);
    bool inserted =
        host_insert_above(layer, placement_below(call), place.x + result->area.x, place.y + result->area.y);
    host_undo_end(call->image);
    return inserted ? NST_OK : nst_fail(error, NST_NO_MEMORY, "GIMP could not add the new layer");
}

static NstStatus add_new(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    int made = host_layer_new(call->image, result->name, result->image.width, result->image.height);
    if (made == -1)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not create the new layer");
    attach_record(made, result, result->name);
    NstStatus status = fill(made, result, error);
    if (status == NST_OK)
        status = insert(call, made, result, error);
    if (status == NST_OK)
        *layer = made;
    else
        host_delete(made);
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
    NstStatus status = pixels_write(*pixels, &result->image, result->alpha, error);
    if (status != NST_OK)
        g_clear_object(pixels);
    return status;
}

/* The name follows the style, unless the user has chosen another. */
static void name_again(const Again *again, const Result *result)
{
    if (again_has_its_name(again)) {
        if (g_strcmp0(again->record.layer, result->name) != 0)
            host_rename(again->painting, result->name);
        attach_record(again->painting, result, result->name);
    } else {
        attach_record(again->painting, result, again->record.layer);
    }
}

static NstStatus replace(const PluginCall *call, const Result *result, int *layer, NstError *error)
{
    const Again *again = call->again;
    GeglRectangle place = again_place(call, &result->area);
    GeglBuffer *pixels = NULL;
    NstStatus status = pixels_for(again->painting, result, &pixels, error);
    if (status != NST_OK)
        return status;
    host_undo_begin(call->image);
    bool replaced = host_replace_pixels(again->painting, pixels, place.x, place.y);
    if (replaced)
        name_again(again, result);
    host_undo_end(call->image);
    g_object_unref(pixels);
    if (!replaced)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not change the painting's pixels");
    *layer = again->painting;
    return NST_OK;
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
