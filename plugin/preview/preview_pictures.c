/* preview_pictures.c: a slot for each picture, filled one after the other by an idle source. A slot keeps its
 * picture as long as the same part of the same layer is wanted, so a change of a setting reads nothing, and a
 * change of the style only the style. Before a slot is read for the first time babl has to have its
 * conversion ready, which a thread sees to (babl_warmup.h). The content comes first: all pictures are read in
 * its own colours, which it is painted in.
 *
 * GIMP ends a plug-in that asks for pixels of a layer that is gone; so each step first checks that it
 * isn't. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview_pictures.h"

#include "babl_warmup.h"
#include "plugin/host.h"
#include "plugin/pixels.h"
#include "plugin/roles.h"
#include "preview_size.h"
#include "ui/words.h"

#include <math.h>

/* The length of one step: the main loop can be blocked for so long without anyone noticing. */
enum { STEP_US = 10000 };

typedef enum SlotKind { CONTENT, SELECTION, MASK, STYLE, START, PART, PART_STYLE, SLOTS } SlotKind;

typedef struct Slot {
    /* What is wanted: a layer (for the selection and the mask, the content), or the picture of a file. -1
     * and NULL: nothing is. */
    int layer;
    GeglBuffer *file;
    GeglRectangle area; /* in the layer's coordinates */

    bool fresh;              /* the picture is the wanted one */
    Thumbnail *picture;      /* NULL: there is none, not even an old one */
    ThumbnailReader *reader; /* NULL: it isn't being read */
    const Babl *colors;      /* the format that it is being read in, and */
    const Babl *from, *to;   /* those of the conversion */
} Slot;

/* A layer with its filters, which takes GIMP too long to compute for every part that is looked at. */
typedef struct Filtered {
    int layer;
    GeglBuffer *pixels; /* NULL: none is kept */
} Filtered;

struct PreviewPictures {
    PreviewPicturesListener listener;
    PreviewPicturesWanted wanted; /* its style's pointers are not valid */
    char *style_title;
    Slot slots[SLOTS];
    Filtered filtered[2]; /* without and with its mask, until it may have changed */
    BablWarmup *warmup;
    bool changed; /* since `ready` was called last */
    bool waiting; /* for a conversion to become ready */
    guint idle;   /* 0: there is nothing to do, or not yet */
};

static const Role roles[SLOTS] = {
    [CONTENT] = ROLE_CONTENT, [SELECTION] = ROLE_CONTENT, [MASK] = ROLE_CONTENT,    [STYLE] = ROLE_STYLE,
    [START] = ROLE_START,     [PART] = ROLE_CONTENT,      [PART_STYLE] = ROLE_STYLE};

/* An amount for each pixel, which there need not be. */
static bool is_amount(SlotKind kind)
{
    return kind == SELECTION || kind == MASK;
}

static bool is_content(SlotKind kind)
{
    return kind == CONTENT || kind == PART;
}

static void close_reader(Slot *slot)
{
    thumbnail_end(g_steal_pointer(&slot->reader));
}

static bool is_unused(const Slot *slot)
{
    return slot->layer == -1 && !slot->file;
}

/* What was read beside a content of other colours has to be read again. */
static void distrust_other_colors(PreviewPictures *pictures, const Babl *colors)
{
    for (int kind = 0; kind < SLOTS; kind++) {
        Slot *slot = &pictures->slots[kind];
        bool other = slot->reader ? slot->colors != colors : slot->picture && slot->picture->format != colors;
        if (kind == CONTENT || is_amount((SlotKind)kind) || !other)
            continue;
        close_reader(slot);
        slot->fresh = is_unused(slot);
    }
}

/* Takes the reference to the picture. */
static void fill(PreviewPictures *pictures, Slot *slot, Thumbnail *picture)
{
    slot->fresh = true;
    if (slot == &pictures->slots[CONTENT])
        distrust_other_colors(pictures, picture->format);
    pictures->changed = pictures->changed || picture != slot->picture;
    thumbnail_unref(slot->picture);
    slot->picture = picture;
}

static void want(Slot *slot, int layer, GeglBuffer *file, const GeglRectangle *area)
{
    if (slot->layer == layer && slot->file == file && gegl_rectangle_equal(&slot->area, area))
        return;
    close_reader(slot);
    slot->layer = layer;
    g_set_object(&slot->file, file);
    slot->area = *area;
    slot->fresh = is_unused(slot);
    if (slot->fresh)
        g_clear_pointer(&slot->picture, thumbnail_unref);
}

static GeglBuffer *open_selection(const PreviewPictures *pictures, GeglRectangle *area)
{
    GeglRectangle place = host_place(pictures->wanted.content);
    area->x += place.x;
    area->y += place.y;
    return pictures->wanted.image == -1 ? NULL : host_selection(pictures->wanted.image);
}

static void forget_filtered(PreviewPictures *pictures)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pictures->filtered); i++)
        g_clear_object(&pictures->filtered[i].pixels);
}

static GeglBuffer *open_seen(PreviewPictures *pictures, int layer, bool masked)
{
    Filtered *kept = &pictures->filtered[masked];
    if (kept->pixels && kept->layer == layer)
        return g_object_ref(kept->pixels);
    GeglBuffer *pixels = host_seen(layer, masked);
    g_clear_object(&kept->pixels);
    if (pixels && host_has_filters(layer))
        *kept = (Filtered){layer, g_object_ref(pixels)};
    return pixels;
}

static GeglBuffer *open_buffer(PreviewPictures *pictures, SlotKind kind, GeglRectangle *area)
{
    const Slot *slot = &pictures->slots[kind];
    if (slot->file)
        return g_object_ref(slot->file);
    if (kind == SELECTION)
        return open_selection(pictures, area);
    return kind == MASK ? host_mask(slot->layer)
                        : open_seen(pictures, slot->layer, roles[kind] == ROLE_STYLE);
}

/* As in thumbnail.h. A style may be far larger than any picture. */
static int side_for(const PreviewPictures *pictures, SlotKind kind, const GeglRectangle *area)
{
    if (kind != PART && kind != PART_STYLE)
        return PREVIEW_SIDE;
    double bytes = 4.0 * sizeof(float) * area->width * area->height;
    if (kind == PART || bytes <= pictures->wanted.room)
        return G_MAXINT;
    double side = MAX(area->width, area->height) * sqrt(fmax(pictures->wanted.room, 0) / bytes);
    return MAX((int)side / 2, PREVIEW_SIDE); /* it stays below twice that */
}

/* GIMP stores selections and masks as amounts of light, without a curve. */
static NstStatus begin_reader(Slot *slot, SlotKind kind, GeglBuffer *buffer, const GeglRectangle *area,
                              int side, const Babl *colors, const char *title, NstError *error)
{
    slot->from = gegl_buffer_get_format(buffer);
    slot->colors = is_amount(kind) ? pixels_light() : colors;
    slot->to = pixels_converted(buffer, slot->colors);
    return thumbnail_begin(&slot->reader,
                           &(ThumbnailWanted){.buffer = buffer,
                                              .area = *area,
                                              .format = slot->colors,
                                              .beyond = is_content(kind),
                                              .side = side,
                                              .before = slot->picture,
                                              .what = title},
                           error);
}

/* What a picture is read in. */
static const Babl *colors_for(const PreviewPictures *pictures, SlotKind kind, GeglBuffer *buffer)
{
    return kind == CONTENT ? pixels_colors(buffer) : pictures->slots[CONTENT].picture->format;
}

/* The caller frees it with g_free. */
static char *title_of(const PreviewPictures *pictures, SlotKind kind)
{
    const Slot *slot = &pictures->slots[kind];
    if (roles[kind] == ROLE_STYLE)
        return g_strdup(pictures->style_title);
    return kind == START ? role_title(ROLE_START, slot->layer)
                         : role_title_of_area(slot->layer, &slot->area, kind == CONTENT);
}

static NstStatus open_reader(PreviewPictures *pictures, SlotKind kind, NstError *error)
{
    Slot *slot = &pictures->slots[kind];
    GeglRectangle area = slot->area;
    GeglBuffer *buffer = open_buffer(pictures, kind, &area);
    char *title = title_of(pictures, kind);
    NstStatus status = NST_OK;
    if (buffer) {
        status = begin_reader(slot, kind, buffer, &area, side_for(pictures, kind, &area),
                              colors_for(pictures, kind, buffer), title, error);
        g_object_unref(buffer);
    } else if (is_amount(kind)) {
        fill(pictures, slot, NULL);
    } else {
        status = nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
    }
    g_free(title);
    return status;
}

static NstStatus read_on(PreviewPictures *pictures, SlotKind kind, NstError *error)
{
    Slot *slot = &pictures->slots[kind];
    Thumbnail *picture;
    NstStatus status = thumbnail_read(slot->reader, g_get_monotonic_time() + STEP_US, &picture, error);
    if (picture || status != NST_OK)
        close_reader(slot);
    if (picture)
        fill(pictures, slot, picture);
    return status;
}

static NstStatus step(PreviewPictures *pictures, SlotKind kind, NstError *error)
{
    const Slot *slot = &pictures->slots[kind];
    if (!slot->file && host_kind(slot->layer) != HOST_LAYER)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s no longer exists", role_name(roles[kind]));
    Thumbnail *style = pictures->slots[STYLE].picture;
    if (kind == PART_STYLE && style->factor == 1) {
        fill(pictures, &pictures->slots[PART_STYLE], thumbnail_ref(style));
        return NST_OK;
    }
    return slot->reader ? read_on(pictures, kind, error) : open_reader(pictures, kind, error);
}

static void call_ready(PreviewPictures *pictures)
{
    const Slot *slots = pictures->slots;
    PreviewPictureSet set = {.content = slots[CONTENT].picture,
                             .style = slots[STYLE].picture,
                             .start = slots[START].picture,
                             .selection = slots[SELECTION].picture,
                             .mask = slots[MASK].picture,
                             .part = slots[PART].picture,
                             .part_style = slots[PART_STYLE].picture};
    bool changed = pictures->changed;
    pictures->changed = false;
    pictures->listener.ready(&set, changed, pictures->listener.data);
}

/* A slot is read only when babl has its conversion ready. */
static bool has_to_wait(const PreviewPictures *pictures, const Slot *slot)
{
    return slot->reader && !babl_warmup_is_ready(pictures->warmup, slot->from, slot->to);
}

static gboolean idle(gpointer data)
{
    PreviewPictures *pictures = data;
    NstError error = WORDS_ERROR;
    int kind = 0;
    while (kind < SLOTS && pictures->slots[kind].fresh)
        kind++;
    pictures->waiting = kind < SLOTS && has_to_wait(pictures, &pictures->slots[kind]);
    if (pictures->waiting) {
        pictures->idle = 0;
        return G_SOURCE_REMOVE;
    }
    if (kind < SLOTS && step(pictures, (SlotKind)kind, &error) == NST_OK)
        return G_SOURCE_CONTINUE;
    pictures->idle = 0;
    if (kind < SLOTS)
        pictures->listener.failed(error.message, pictures->listener.data);
    else
        call_ready(pictures);
    return G_SOURCE_REMOVE;
}

static void begin(PreviewPictures *pictures)
{
    if (!pictures->idle)
        pictures->idle = g_idle_add(idle, pictures);
}

static void conversion_ready(void *data)
{
    PreviewPictures *pictures = data;
    if (pictures->waiting)
        begin(pictures);
}

PreviewPictures *preview_pictures_new(const PreviewPicturesListener *listener)
{
    PreviewPictures *pictures = g_new0(PreviewPictures, 1);
    pictures->listener = *listener;
    pictures->warmup = babl_warmup_new(conversion_ready, pictures);
    for (int kind = 0; kind < SLOTS; kind++)
        pictures->slots[kind] = (Slot){.layer = -1, .fresh = true};
    return pictures;
}

void preview_pictures_forget(PreviewPictures *pictures)
{
    if (pictures->idle)
        g_source_remove(pictures->idle);
    pictures->idle = 0;
    pictures->waiting = false;
}

void preview_pictures_free(PreviewPictures *pictures)
{
    preview_pictures_forget(pictures);
    babl_warmup_free(pictures->warmup);
    for (int kind = 0; kind < SLOTS; kind++) {
        close_reader(&pictures->slots[kind]);
        thumbnail_unref(pictures->slots[kind].picture);
        g_clear_object(&pictures->slots[kind].file);
    }
    forget_filtered(pictures);
    g_free(pictures->style_title);
    g_free(pictures);
}

static GeglRectangle whole(int layer)
{
    GeglRectangle place = layer == -1 ? (GeglRectangle){0} : host_place(layer);
    return (GeglRectangle){0, 0, place.width, place.height};
}

void preview_pictures_read(PreviewPictures *pictures, const PreviewPicturesWanted *wanted)
{
    GeglBuffer *file = wanted->style_file;
    GeglRectangle start = whole(wanted->start);
    GeglRectangle style = file ? *gegl_buffer_get_extent(file) : whole(wanted->style);
    bool part = wanted->part.width > 0;
    pictures->wanted = *wanted;
    g_free(pictures->style_title);
    pictures->style_title = g_strdup(wanted->style_title);
    want(&pictures->slots[CONTENT], wanted->content, NULL, &wanted->area);
    want(&pictures->slots[SELECTION], wanted->content, NULL, &wanted->area);
    want(&pictures->slots[MASK], wanted->content, NULL, &wanted->area);
    want(&pictures->slots[STYLE], wanted->style, file, &style);
    want(&pictures->slots[START], wanted->start, NULL, &start);
    want(&pictures->slots[PART], part ? wanted->content : -1, NULL, &wanted->part);
    want(&pictures->slots[PART_STYLE], part ? wanted->style : -1, part ? file : NULL, &style);
    begin(pictures);
}

void preview_pictures_refresh(PreviewPictures *pictures)
{
    forget_filtered(pictures);
    for (int kind = 0; kind < SLOTS; kind++) {
        Slot *slot = &pictures->slots[kind];
        close_reader(slot);
        slot->fresh = is_unused(slot);
    }
    begin(pictures);
}
