/* preview_pictures.c: a slot for each picture, filled one after the other by an idle source. A slot keeps its picture
 * as long as the same part of the same layer is wanted of it, so a change of a setting reads nothing, and one
 * of the style only the style. Before a slot is read for the first time babl has to know its format, which a
 * thread sees to (babl_warmup.h).
 *
 * GIMP ends a plug-in that asks for pixels of a layer that is gone; so each step first asks whether it is. */
#include "preview_pictures.h"

#include "babl_warmup.h"
#include "plugin/call_check.h"
#include "plugin/host.h"
#include "plugin/pixels.h"
#include "preview_worker.h"
#include "ui/words.h"

/* Of one step, which a main loop can be held without anybody seeing it. */
enum { STEP_US = 10000 };

typedef enum SlotKind { CONTENT, SELECTION, STYLE, START, PART, PART_STYLE, SLOTS } SlotKind;

typedef struct Slot {
    int layer;          /* of the selection it is the content; -1: none */
    GeglBuffer *file;   /* a file's picture in place of a layer; NULL: none. Of neither: nothing is wanted */
    GeglRectangle area; /* in the layer's coordinates */
    bool fresh;         /* the picture is what is wanted */
    Thumbnail *picture; /* NULL: there is none, not even an old one */
    ThumbnailReader *reader; /* NULL: it isn't being read */
    const Babl *from, *to;   /* the formats it is read in, as long as it is */
} Slot;

struct PreviewPictures {
    PreviewPicturesListener listener;
    PreviewPicturesWanted wanted; /* but for the style's pointers */
    char *style_title;
    Slot slots[SLOTS];
    BablWarmup *formats;
    bool changed; /* since `ready` was told last */
    bool waiting; /* for a format to be known */
    guint idle;   /* 0: nothing is to be done, or it can't be yet */
};

static const CheckRole roles[SLOTS] = {CHECK_CONTENT, CHECK_CONTENT, CHECK_STYLE,
                                       CHECK_START,   CHECK_CONTENT, CHECK_STYLE};

/* The picture is the slot's then. */
static void fill(PreviewPictures *sources, Slot *slot, Thumbnail *picture)
{
    slot->fresh = true;
    sources->changed = sources->changed || picture != slot->picture;
    thumbnail_unref(slot->picture);
    slot->picture = picture;
}

static void close_reader(Slot *slot)
{
    thumbnail_end(g_steal_pointer(&slot->reader));
}

static bool is_idle(const Slot *slot)
{
    return slot->layer == -1 && !slot->file;
}

static void want(Slot *slot, int layer, GeglBuffer *file, const GeglRectangle *area)
{
    if (slot->layer == layer && slot->file == file && gegl_rectangle_equal(&slot->area, area))
        return;
    close_reader(slot);
    slot->layer = layer;
    g_set_object(&slot->file, file);
    slot->area = *area;
    slot->fresh = is_idle(slot);
    if (slot->fresh)
        g_clear_pointer(&slot->picture, thumbnail_unref);
}

static GeglBuffer *open_selection(const PreviewPictures *sources, GeglRectangle *area)
{
    GeglRectangle place = host_place(sources->wanted.content);
    area->x += place.x;
    area->y += place.y;
    return host_selection(sources->wanted.image);
}

static GeglBuffer *open_buffer(const PreviewPictures *sources, SlotKind kind, GeglRectangle *area)
{
    const Slot *slot = &sources->slots[kind];
    if (slot->file)
        return g_object_ref(slot->file);
    return kind == SELECTION ? open_selection(sources, area) : host_pixels(slot->layer);
}

/* GIMP keeps the selection as an amount of light, without a curve. */
static NstStatus begin_reader(Slot *slot, SlotKind kind, GeglBuffer *buffer, const GeglRectangle *area,
                              const char *title, NstError *error)
{
    slot->from = gegl_buffer_get_format(buffer);
    slot->to = kind == SELECTION ? pixels_light() : pixels_colors();
    slot->reader = thumbnail_begin(
        &(ThumbnailWanted){.buffer = buffer,
                           .area = *area,
                           .format = slot->to,
                           .side = kind == PART || kind == PART_STYLE ? G_MAXINT : PREVIEW_SIDE,
                           .before = slot->picture,
                           .what = title},
        error);
    return slot->reader ? NST_OK : NST_NO_MEMORY;
}

static NstStatus open_reader(PreviewPictures *sources, SlotKind kind, NstError *error)
{
    Slot *slot = &sources->slots[kind];
    GeglRectangle area = slot->area;
    GeglBuffer *buffer = open_buffer(sources, kind, &area);
    char *title =
        roles[kind] == CHECK_STYLE ? g_strdup(sources->style_title) : check_title(roles[kind], slot->layer);
    NstStatus status = NST_OK;
    if (buffer) {
        status = begin_reader(slot, kind, buffer, &area, title, error);
        g_object_unref(buffer);
    } else if (kind == SELECTION) {
        fill(sources, slot, NULL);
    } else {
        status = nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
    }
    g_free(title);
    return status;
}

static NstStatus read_on(PreviewPictures *sources, SlotKind kind, NstError *error)
{
    Slot *slot = &sources->slots[kind];
    Thumbnail *picture;
    if (!thumbnail_read(slot->reader, g_get_monotonic_time() + STEP_US, &picture, error))
        return NST_OK;
    close_reader(slot);
    if (!picture)
        return error->status;
    fill(sources, slot, picture);
    return NST_OK;
}

static NstStatus step(PreviewPictures *sources, SlotKind kind, NstError *error)
{
    const Slot *slot = &sources->slots[kind];
    if (!slot->file && host_kind(slot->layer) != HOST_LAYER)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s no longer exists", check_role(roles[kind]));
    Thumbnail *style = sources->slots[STYLE].picture;
    if (kind == PART_STYLE && style->factor == 1) {
        fill(sources, &sources->slots[PART_STYLE], thumbnail_ref(style));
        return NST_OK;
    }
    return slot->reader ? read_on(sources, kind, error) : open_reader(sources, kind, error);
}

static void tell_ready(PreviewPictures *sources)
{
    const Slot *slots = sources->slots;
    PreviewPictureSet pictures = {.content = slots[CONTENT].picture,
                                  .style = slots[STYLE].picture,
                                  .start = slots[START].picture,
                                  .selection = slots[SELECTION].picture,
                                  .part = slots[PART].picture,
                                  .part_style = slots[PART_STYLE].picture};
    bool changed = sources->changed;
    sources->changed = false;
    sources->listener.ready(&pictures, changed, sources->listener.data);
}

/* That can be read only when babl knows its format. */
static bool has_to_wait(const PreviewPictures *sources, const Slot *slot)
{
    return slot->reader && !babl_warmup_know(sources->formats, slot->from, slot->to);
}

static gboolean idle(gpointer data)
{
    PreviewPictures *sources = data;
    NstError error = WORDS_ERROR;
    int kind = 0;
    while (kind < SLOTS && sources->slots[kind].fresh)
        kind++;
    sources->waiting = kind < SLOTS && has_to_wait(sources, &sources->slots[kind]);
    if (sources->waiting) {
        sources->idle = 0;
        return G_SOURCE_REMOVE;
    }
    if (kind < SLOTS && step(sources, (SlotKind)kind, &error) == NST_OK)
        return G_SOURCE_CONTINUE;
    sources->idle = 0;
    if (kind < SLOTS)
        sources->listener.failed(error.message, sources->listener.data);
    else
        tell_ready(sources);
    return G_SOURCE_REMOVE;
}

static void begin(PreviewPictures *sources)
{
    if (!sources->idle)
        sources->idle = g_idle_add(idle, sources);
}

static void format_found(void *data)
{
    PreviewPictures *sources = data;
    if (sources->waiting)
        begin(sources);
}

PreviewPictures *preview_pictures_new(const PreviewPicturesListener *listener)
{
    PreviewPictures *sources = g_new0(PreviewPictures, 1);
    sources->listener = *listener;
    sources->formats = babl_warmup_new(format_found, sources);
    for (int kind = 0; kind < SLOTS; kind++)
        sources->slots[kind] = (Slot){.layer = -1, .fresh = true};
    return sources;
}

void preview_pictures_forget(PreviewPictures *sources)
{
    if (sources->idle)
        g_source_remove(sources->idle);
    sources->idle = 0;
    sources->waiting = false;
}

void preview_pictures_free(PreviewPictures *sources)
{
    preview_pictures_forget(sources);
    babl_warmup_free(sources->formats);
    for (int kind = 0; kind < SLOTS; kind++) {
        close_reader(&sources->slots[kind]);
        thumbnail_unref(sources->slots[kind].picture);
        g_clear_object(&sources->slots[kind].file);
    }
    g_free(sources->style_title);
    g_free(sources);
}

static GeglRectangle whole(int layer)
{
    GeglRectangle place = layer == -1 ? (GeglRectangle){0} : host_place(layer);
    return (GeglRectangle){0, 0, place.width, place.height};
}

void preview_pictures_read(PreviewPictures *sources, const PreviewPicturesWanted *wanted)
{
    GeglBuffer *file = wanted->style_file;
    GeglRectangle start = whole(wanted->start);
    GeglRectangle style = file ? *gegl_buffer_get_extent(file) : whole(wanted->style);
    bool part = wanted->part.width > 0;
    sources->wanted = *wanted;
    g_free(sources->style_title);
    sources->style_title = g_strdup(wanted->style_title);
    want(&sources->slots[CONTENT], wanted->content, NULL, &wanted->area);
    want(&sources->slots[SELECTION], wanted->content, NULL, &wanted->area);
    want(&sources->slots[STYLE], wanted->style, file, &style);
    want(&sources->slots[START], wanted->start, NULL, &start);
    want(&sources->slots[PART], part ? wanted->content : -1, NULL, &wanted->part);
    want(&sources->slots[PART_STYLE], part ? wanted->style : -1, part ? file : NULL, &style);
    begin(sources);
}

void preview_pictures_refresh(PreviewPictures *sources)
{
    for (int kind = 0; kind < SLOTS; kind++) {
        Slot *slot = &sources->slots[kind];
        close_reader(slot);
        slot->fresh = is_idle(slot);
    }
    begin(sources);
}
