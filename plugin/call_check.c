/* call_check.c: whatever can't be repainted is refused before anything is read, by a message that names it. */
#include "call_check.h"

#include "core/nst.h"
#include "host.h"
#include "ui/words.h"

/* Whole phrases: in other languages an article and an ending hang on the word between them. */
static const struct {
    const char *layer, *title;
} roles[] = {
    [CHECK_CONTENT] = {N_("The content layer"), N_("The content layer “%s”")},
    [CHECK_STYLE] = {N_("The style layer"), N_("The style layer “%s”")},
    [CHECK_START] = {N_("The start layer"), N_("The start layer “%s”")},
};

const char *check_role(CheckRole role)
{
    return _(roles[role].layer);
}

char *check_title(CheckRole role, int layer)
{
    char *name = host_name(layer);
    char *title = g_strdup_printf(_(roles[role].title), name);
    g_free(name);
    return title;
}

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
    GeglBuffer *pixels = style_pixels(call, error);
    if (!pixels)
        return error->status;
    int width = gegl_buffer_get_width(pixels), height = gegl_buffer_get_height(pixels);
    g_object_unref(pixels);
    return large_enough(width, height) ? NST_OK : too_small(style_title(call), width, height, error);
}

static NstStatus check_layer(CheckRole role, int layer, NstError *error)
{
    if (layer == -1)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s is missing: none was given", check_role(role));
    switch (host_kind(layer)) {
    case HOST_MISSING:
        return nst_fail(
            error, NST_BAD_ARGUMENT,
            "%s no longer exists: it was deleted, or its image was closed (there is no layer with the ID %d)",
            check_role(role), layer);
    case HOST_OTHER: {
        char *title = check_title(role, layer);
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
               : too_small(check_title(role, layer), place.width, place.height, error);
}

NstStatus check_content(const PluginCall *call, NstError *error)
{
    NstStatus status = check_layer(CHECK_CONTENT, call->content, error);
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
    char *title = check_title(CHECK_CONTENT, call->content);
    nst_fail(error, NST_BAD_ARGUMENT,
             "%s is too small within the selection: %d×%d pixels; at least %d×%d are needed", title,
             area->width, area->height, NST_MIN_SIDE, NST_MIN_SIDE);
    g_free(title);
    return NST_BAD_ARGUMENT;
}

/* The file is read to be checked; it is kept for the run. */
static NstStatus check_style(const PluginCall *call, NstError *error)
{
    if (!call->settings.style_file[0])
        return check_layer(CHECK_STYLE, call->style, error);
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
        status = check_layer(CHECK_START, call->settings.start_layer, error);
    return status;
}
