/* call_check.c: what can't be repainted is refused before anything is read, with a message that names it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "call_check.h"

#include "again.h"
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

/* What a script writes to give another layer in its place. */
static const char *replacement(Role role)
{
    static const char *const words[] = {[ROLE_CONTENT] = "content=ID",
                                        [ROLE_STYLE] = "style=ID, style-file=FILE",
                                        [ROLE_START] = "start-layer=ID"};
    return words[role];
}

/* A layer that a painting was painted from, and that is needed to paint it again. */
static NstStatus missing(const PluginCall *call, Role role, NstError *error)
{
    char *title = again_missing(call, role);
    if (!title)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s is missing: none was given", role_name(role));
    if (call->unwatched)
        nst_fail(error, NST_BAD_ARGUMENT, "%s of this painting can't be found: give another one (%s)", title,
                 replacement(role));
    else
        nst_fail(error, NST_BAD_ARGUMENT, "%s of this painting can't be found: choose another one", title);
    g_free(title);
    return NST_BAD_ARGUMENT;
}

static NstStatus check_layer(const PluginCall *call, Role role, int layer, NstError *error)
{
    if (layer == -1)
        return missing(call, role, error);
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

/* What can keep GIMP from taking a new layer. A lock of a group can't: the layer has its place before it goes
 * in. */
static NstStatus check_image(int image, NstError *error)
{
    if (host_image_is_indexed(image))
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "The image is indexed: convert it to RGB or grayscale first (Image ▸ Mode)");
    if (host_floats(image))
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "A floating selection, such as something just pasted, is not yet part of the image: "
                        "anchor it or make it a layer first");
    return NST_OK;
}

static NstStatus check_content(const PluginCall *call, NstError *error)
{
    NstStatus status = check_layer(call, ROLE_CONTENT, call->content, error);
    if (status != NST_OK)
        return status;
    if (host_image(call->content) != call->image)
        return nst_fail(error, NST_BAD_ARGUMENT, "The content layer belongs to another image");
    return check_image(call->image, error);
}

/* A new layer above it only needs it to be there. */
NstStatus check_painting(const PluginCall *call, NstError *error)
{
    if (!call->again)
        return NST_OK;
    int painting = call->again->painting;
    if (host_kind(painting) != HOST_LAYER)
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "The painting no longer exists: it was deleted, or its image was closed");
    if (host_image(painting) != call->image)
        return nst_fail(error, NST_BAD_ARGUMENT, "The painting belongs to another image");
    if (call->content == painting)
        return nst_fail(error, NST_BAD_ARGUMENT, "A painting can't be its own original");
    if (!call->again->as_new && host_is_locked(painting))
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "The painting is locked: unlock its pixels and its position first");
    return NST_OK;
}

static NstStatus find_area(const PluginCall *call, GeglRectangle *area, NstError *error)
{
    if (call->again && !again_area(call, area))
        return nst_fail(error, NST_BAD_ARGUMENT, "The content layer does not lie below the painting");
    if (!call->again && !host_selected_area(call->content, area))
        return nst_fail(error, NST_BAD_ARGUMENT, "The selection does not touch the content layer");
    return NST_OK;
}

NstStatus check_area(const PluginCall *call, GeglRectangle *area, NstError *error)
{
    NstStatus status = check_painting(call, error);
    if (status == NST_OK)
        status = check_content(call, error);
    if (status == NST_OK)
        status = find_area(call, area, error);
    if (status != NST_OK || large_enough(area->width, area->height))
        return status;
    char *title = role_title(ROLE_CONTENT, call->content);
    if (call->again)
        return too_small(title, area->width, area->height, error);
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
        return check_layer(call, ROLE_STYLE, call->style, error);
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
        status = check_layer(call, ROLE_START, call->settings.start_layer, error);
    return status;
}

static bool has_mask(int layer)
{
    GeglBuffer *mask = host_kind(layer) == HOST_LAYER ? host_mask(layer) : NULL;
    bool has = mask;
    g_clear_object(&mask);
    return has;
}

bool check_cut(const PluginCall *call)
{
    if (!call->again || host_kind(call->again->painting) != HOST_LAYER)
        return true;
    return has_mask(call->again->painting) || has_mask(again_named(call->again));
}
