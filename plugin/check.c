/* check.c: whatever can't be repainted is refused before anything is read, by a message that names it. */
#include "plugin/check.h"

#include "core/nst.h"
#include "plugin/host.h"

char *check_title(const char *role, int layer)
{
    char *name = host_name(layer);
    char *title = g_strdup_printf("The %s layer “%s”", role, name);
    g_free(name);
    return title;
}

static NstStatus too_small(const char *title, const char *part, int width, int height, NstError *error)
{
    return nst_fail(error, NST_BAD_ARGUMENT, "%s is too small%s: %d×%d pixels, and at least %d×%d are needed",
                    title, part, width, height, NST_MIN_SIDE, NST_MIN_SIDE);
}

static NstStatus check_size(const char *role, int layer, const char *part, int width, int height,
                            NstError *error)
{
    if (width >= NST_MIN_SIDE && height >= NST_MIN_SIDE)
        return NST_OK;
    char *title = check_title(role, layer);
    NstStatus status = too_small(title, part, width, height, error);
    g_free(title);
    return status;
}

static NstStatus check_file(const PluginCall *call, NstError *error)
{
    GeglBuffer *pixels = style_pixels(call, error);
    if (!pixels)
        return error->status;
    int width = gegl_buffer_get_width(pixels), height = gegl_buffer_get_height(pixels);
    g_object_unref(pixels);
    if (width >= NST_MIN_SIDE && height >= NST_MIN_SIDE)
        return NST_OK;
    char *title = style_title(call);
    NstStatus status = too_small(title, "", width, height, error);
    g_free(title);
    return status;
}

/* role: "content", "style" or "start", as in messages. */
static NstStatus check_layer(const char *role, int layer, NstError *error)
{
    if (layer == -1)
        return nst_fail(error, NST_BAD_ARGUMENT, "The %s layer is missing: none was given", role);
    switch (host_kind(layer)) {
    case HOST_MISSING:
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "The %s layer is gone, deleted or closed with its image: none has the id %d", role,
                        layer);
    case HOST_OTHER: {
        char *title = check_title(role, layer);
        nst_fail(error, NST_BAD_ARGUMENT, "%s is no layer but a channel, a mask or a path", title);
        g_free(title);
        return NST_BAD_ARGUMENT;
    }
    case HOST_LAYER:
        break;
    }
    GeglRectangle place = host_place(layer);
    return check_size(role, layer, "", place.width, place.height, error);
}

NstStatus check_content(const PluginCall *call, NstError *error)
{
    NstStatus status = check_layer("content", call->content, error);
    if (status != NST_OK)
        return status;
    if (host_image(call->content) != call->image)
        return nst_fail(error, NST_BAD_ARGUMENT, "The content layer belongs to another image");
    if (host_image_is_indexed(call->image))
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "The image is indexed: convert it to RGB or grayscale first (Image ▸ Mode)");
    return NST_OK;
}

NstStatus check_area(const PluginCall *call, GeglRectangle *area, NstError *error)
{
    NstStatus status = check_content(call, error);
    if (status != NST_OK)
        return status;
    if (!host_selected_area(call->content, area))
        return nst_fail(error, NST_BAD_ARGUMENT, "The selection does not touch the content layer");
    return check_size("content", call->content, " where it is selected", area->width, area->height, error);
}

/* The file is read to be checked; it is kept for the run. */
static NstStatus check_style(const PluginCall *call, NstError *error)
{
    if (!call->settings.style_file[0])
        return check_layer("style", call->style, error);
    if (call->style != -1)
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "Both a style layer and the setting “style-file” are given: leave one of them out");
    return check_file(call, error);
}

NstStatus check_call(const PluginCall *call, GeglRectangle *area, NstError *error)
{
    NstStatus status = check_area(call, area, error);
    if (status == NST_OK)
        status = nst_settings_check(&call->settings, error);
    if (status == NST_OK)
        status = check_style(call, error);
    if (status == NST_OK && call->settings.start == NST_START_LAYER)
        status = check_layer("start", call->settings.start_layer, error);
    return status;
}
