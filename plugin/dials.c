/* dials.c: the group and its two layers are known by parasites, since users rename layers. The colours lie on
 * top, so that they are the original's whatever the detail below does. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dials.h"

#include "detail.h"
#include "host.h"
#include "pixels.h"
#include "record.h"
#include "ui/words.h"

#include <string.h>

#define GROUP_NAME "neural-style-dials" /* parasites: of the group; */
#define DIAL_NAME  "neural-style-dial"  /* of a layer in it, which is one of these: */
#define COLOURS    "colours"
#define DETAIL     "detail"
#define PAINTING   N_("Painting") /* what its layer is called in a group that has its name */

static bool has(int layer, const char *name, const char *text)
{
    char *attached = host_attached(layer, name);
    bool same = attached && (!text || strcmp(attached, text) == 0);
    g_free(attached);
    return same;
}

int dials_group(int painting)
{
    int parent = host_parent(painting);
    return parent != -1 && has(parent, GROUP_NAME, NULL) ? parent : -1;
}

/* The layer of a group with such a parasite; -1: there is none. */
static int find(int group, const char *name, const char *text)
{
    int count, found = -1, *layers = host_layers(host_image(group), &count);
    for (int i = 0; found == -1 && i < count; i++)
        if (host_parent(layers[i]) == group && has(layers[i], name, text))
            found = layers[i];
    g_free(layers);
    return found;
}

int dials_painting(int layer)
{
    int painting = has(layer, GROUP_NAME, NULL) ? find(layer, RECORD_NAME, NULL) : -1;
    return painting == -1 ? layer : painting;
}

/* ---- Making them --------------------------------------------------------------------------------------- */

static NstStatus dial_new(int image, const NstImage *picture, const Pixels *like, HostDial mode, int *layer,
                          NstError *error)
{
    const char *name = mode == HOST_DIAL_COLOURS ? _("Colours of the original") : _("Detail of the original");
    *layer = host_layer_new(image, name, picture->width, picture->height);
    GeglBuffer *buffer = *layer == -1 ? NULL : host_pixels(*layer);
    if (!buffer)
        return nst_fail(error, NST_NO_MEMORY, "GIMP could not create the new layer");
    NstStatus status = pixels_write(buffer, picture, like, error);
    g_object_unref(buffer);
    host_make_dial(*layer, mode);
    host_attach(*layer, DIAL_NAME, mode == HOST_DIAL_COLOURS ? COLOURS : DETAIL);
    return status;
}

/* The detail is an amount, and has nothing beyond half. */
NstStatus dials_new(int image, const Pixels *content, Dials *dials, NstError *error)
{
    const Pixels amount = {.alpha = content->alpha, .colors = pixels_srgb()};
    NstImage detail;
    *dials = (Dials){-1, -1};
    NstStatus status = detail_new(&content->image, &detail, error);
    if (status == NST_OK)
        status = dial_new(image, &detail, &amount, HOST_DIAL_DETAIL, &dials->detail, error);
    if (status == NST_OK && !host_image_is_gray(image))
        status = dial_new(image, &content->image, content, HOST_DIAL_COLOURS, &dials->colours, error);
    nst_image_free(&detail);
    if (status != NST_OK)
        dials_delete(dials);
    return status;
}

static void drop(int *dial)
{
    if (*dial != -1)
        host_delete(*dial);
    *dial = -1;
}

void dials_delete(Dials *dials)
{
    drop(&dials->colours);
    drop(&dials->detail);
}

/* ---- Putting them into the image ----------------------------------------------------------------------- */

/* Right above another layer. What can't be inserted is deleted; the painting is there without it. */
static void insert(int *dial, int below, const GeglRectangle *place)
{
    if (*dial == -1)
        return;
    host_move(*dial, place->x, place->y);
    if (!host_insert(host_image(below), *dial, below))
        drop(dial);
}

/* In a group of another name the painting's layer is called what it is. */
static int group_around(int painting, const char *name)
{
    host_rename(painting, _(PAINTING));
    int group = host_group_around(painting, name);
    if (group == -1)
        host_rename(painting, name);
    else
        host_attach(group, GROUP_NAME, COLOURS " " DETAIL);
    return group;
}

/* The colours come last, and so lie on top. */
int dials_add(Dials *dials, int painting, const char *name)
{
    GeglRectangle place = host_place(painting);
    int group = group_around(painting, name);
    if (group == -1) {
        dials_delete(dials);
        return -1;
    }
    insert(&dials->detail, painting, &place);
    insert(&dials->colours, dials->detail == -1 ? painting : dials->detail, &place);
    host_activate(painting);
    return group;
}

static void update(int dial, int from, const GeglRectangle *place)
{
    GeglBuffer *pixels = dial == -1 || from == -1 ? NULL : host_pixels(from);
    if (pixels)
        host_replace_pixels(dial, pixels, place->x, place->y);
    g_clear_object(&pixels);
}

void dials_update(Dials *dials, int painting)
{
    int group = dials_group(painting);
    GeglRectangle place = host_place(painting);
    update(find(group, DIAL_NAME, COLOURS), dials->colours, &place);
    update(find(group, DIAL_NAME, DETAIL), dials->detail, &place);
    dials_delete(dials);
}
