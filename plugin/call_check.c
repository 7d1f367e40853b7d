/* call_check.c: what can't be repainted is refused before anything is read, with a message that names it. */
#include "call_check.h"

#include "core/picture/image.h"
#include "host.h"
#include "roles.h"
#include "style.h"

static bool large_enough(int width, int height)
{
    return width >= NST_MIN_SIDE && height >= NST_MIN_SIDE;
}

/* Frees the title. */
static NstStatus too_small(char *title, int width, int height, NstError *error)
{
    nst_fail(error, NST_BAD_ARGUMENT, "%s is too small: %d×%d pixels; at least %d×%d are needed", title,
             width, height, NST_MIN_SIDE, NST_MIN_SIDE);
    g_free(title);
    return NST_BAD_ARGUMENT;
}

static NstStatus check_file(const PluginCall *call, NstError *error)
{
    GeglBuffer *pixels;
    NstStatus status = style_pixels(call, &pixels, error);
    if (status != NST_OK)
        return status;
    int width = gegl_buffer_get_width(pixels), height = gegl_buffer_get_height(pixels);
    g_object_unref(pixels);
    return large_enough(width, height) ? NST_OK : too_small(style_title(call), width, height, error);
}

static NstStatus check_layer(Role role, int layer, NstError *error)
{
    if (layer == -1)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s is missing: none was given", role_name(role));
    switch (host_kind(layer)) {
    case HOST_MISSING:
        return nst_fail(
            error, NST_BAD_ARGUMENT,
            "%s no longer exists: it was deleted, or its image was closed (there is no layer with the ID %d)",
            role_name(role), layer);
    case HOST_OTHER: {
        char *title = role_title(role, layer);
        nst_fail(error, NST_BAD_ARGUMENT, "%s is not a layer but a channel, a mask or a path", title);
        g_free(title);
        return NST_BAD_ARGUMENT;
    }
    case HOST_LAYER:
        break;
    }
    GeglRectangle place = host_place(layer);
    return large_enough(place.width, place.height)
               ? NST_OK
               : too_small(role_title(role, layer), place.width, place.height, error);
}

NstStatus check_content(const PluginCall *call, NstError *error)
{
    NstStatus status = check_layer(ROLE_CONTENT, call->content, error);
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
    if (large_enough(area->width, area->height))
        return NST_OK;
    char *title = role_title(ROLE_CONTENT, call->content);
    nst_fail(error, NST_BAD_ARGUMENT,
             "%s is too small within the selection: %d×%d pixels; at least %d×%d are needed", title,
             area->width, area->height, NST_MIN_SIDE, NST_MIN_SIDE);
    g_free(title);
    return NST_BAD_ARGUMENT;
}

/* A file has to be read to be checked; it is cached for the run. */
static NstStatus check_style(const PluginCall *call, NstError *error)
{
    if (!call->settings.style_file[0])
        return check_layer(ROLE_STYLE, call->style, error);
    if (call->style != -1)
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "Both a style layer and the setting “style-file” are given: leave one out");
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
        status = check_layer(ROLE_START, call->settings.start_layer, error);
    return status;
}
