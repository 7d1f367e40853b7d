/* run.c: the course of one run: check the call, read the pictures, let core paint, put the result into the
 * image.
 *
 * GIMP's Cancel kills the process without warning, and the user may go on editing meanwhile. So everything
 * needed from the image, its selection included, is read before the painting starts; nothing in the image is
 * touched before the painting is done; and then what must still be there is checked once more. */
#define G_LOG_DOMAIN "neural-style"

#include "run.h"

#include "again.h"
#include "call_check.h"
#include "call_network.h"
#include "host.h"
#include "paint_thread.h"
#include "painting_name.h"
#include "pixels.h"
#include "result.h"
#include "roles.h"
#include "run_record.h"
#include "style.h"
#include "thumbnail.h"
#include "ui/words.h"

#include <stdlib.h>

/* What a run reads. All zero: nothing yet. */
typedef struct Pictures {
    GeglRectangle area; /* the part of the content to paint, in its coordinates */
    Pixels content, style, start;
    GeglBuffer *mask; /* for a new layer, over the area; NULL: nothing is selected */
    char *name;       /* of the painting */
    Record record;    /* of what it is painted from; the rest of it is known when it is done */

    Thumbnail *content_seen, *mask_seen, *selection_seen; /* for the window; NULL: there is none to show */
} Pictures;

/* The least that these are reduced to on the longer side: as much as any window shows of them. */
enum { SEEN_SIDE = 1024 };

static NstStatus read_style(const PluginCall *call, Pixels *pixels, NstError *error)
{
    GeglBuffer *buffer;
    NstStatus status = style_pixels(call, &buffer, error);
    if (status != NST_OK)
        return status;
    char *title = style_title(call);
    GeglRectangle whole = *gegl_buffer_get_extent(buffer);
    status = pixels_read(buffer, &whole, title, pixels, error);
    g_free(title);
    g_object_unref(buffer);
    return status;
}

static NstStatus read_layer(Role role, int layer, const GeglRectangle *area, Pixels *pixels, NstError *error)
{
    char *title = role_title(role, layer);
    GeglBuffer *buffer = host_pixels(layer);
    NstStatus status =
        buffer ? pixels_read(buffer, area, title, pixels, error)
               : nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
    g_clear_object(&buffer);
    g_free(title);
    return status;
}

static NstStatus read_whole_layer(Role role, int layer, Pixels *pixels, NstError *error)
{
    GeglRectangle place = host_place(layer), whole = {0, 0, place.width, place.height};
    return read_layer(role, layer, &whole, pixels, error);
}

static char *name_of(const PluginCall *call)
{
    char *content = host_name(call->content), *style = style_name(call);
    const char *title = call->style == -1 ? painting_name_title(call->settings.style_file) : NULL;
    char *name = painting_name_new(title ? title : style, content);
    g_free(style);
    g_free(content);
    return name;
}

static void read_selection(const PluginCall *call, Pictures *pictures)
{
    GeglBuffer *selection = host_selection(call->image);
    if (!selection)
        return;
    GeglRectangle place = host_place(call->content), area = pictures->area;
    area.x += place.x;
    area.y += place.y;
    pictures->mask = pixels_copy(selection, &area);
    g_object_unref(selection);
}

/* A further painting beside one gets a copy of its mask. */
static void read_mask_of(int painting, Pictures *pictures)
{
    GeglRectangle whole = {0, 0, pictures->area.width, pictures->area.height}, place = host_place(painting);
    GeglBuffer *mask =
        place.width == whole.width && place.height == whole.height ? host_mask(painting) : NULL;
    if (mask)
        pictures->mask = pixels_copy(mask, &whole);
    g_clear_object(&mask);
}

/* With dials the mask is their group's. */
static void read_mask(const PluginCall *call, Pictures *pictures)
{
    if (!call->again)
        read_selection(call, pictures);
    if (!call->again || !call->again->as_new)
        return;
    read_mask_of(call->again->painting, pictures);
    if (!pictures->mask)
        read_mask_of(again_named(call->again), pictures);
}

/* buffer: NULL: there is nothing to see. */
static NstStatus see(GeglBuffer *buffer, const GeglRectangle *area, const Babl *format, Thumbnail **seen,
                     NstError *error)
{
    return !buffer
               ? NST_OK
               : thumbnail_new(
                     seen,
                     &(ThumbnailWanted){
                         .buffer = buffer, .area = *area, .format = format, .side = SEEN_SIDE, .what = ""},
                     error);
}

/* What the window shows the painting with. The content has been read, so it isn't empty. */
static NstStatus read_seen(const PluginCall *call, Pictures *pictures, NstError *error)
{
    const GeglRectangle *area = &pictures->area, here = {0, 0, area->width, area->height};
    GeglBuffer *content = host_pixels(call->content), *mask = host_mask(call->content);
    NstStatus status = see(content, area, pixels_colors(), &pictures->content_seen, error);
    if (status == NST_OK)
        status = see(mask, area, pixels_light(), &pictures->mask_seen, error);
    if (status == NST_OK)
        status = see(pictures->mask, &here, pixels_light(), &pictures->selection_seen, error);
    g_clear_object(&mask);
    g_clear_object(&content);
    return status;
}

/* pictures->area is set. */
static NstStatus read_pictures(const PluginCall *call, Pictures *pictures, NstError *error)
{
    NstStatus status = read_layer(ROLE_CONTENT, call->content, &pictures->area, &pictures->content, error);
    if (status == NST_OK)
        status = read_style(call, &pictures->style, error);
    if (status == NST_OK && call->settings.start == NST_START_LAYER)
        status = read_whole_layer(ROLE_START, call->settings.start_layer, &pictures->start, error);
    if (status != NST_OK)
        return status;
    read_mask(call, pictures);
    pictures->name = name_of(call);
    run_record_fill(call, &pictures->area, &pictures->style.image, &pictures->record);
    return NST_OK;
}

static void free_pictures(Pictures *pictures)
{
    pixels_free(&pictures->content);
    pixels_free(&pictures->style);
    pixels_free(&pictures->start);
    thumbnail_unref(pictures->content_seen);
    thumbnail_unref(pictures->mask_seen);
    thumbnail_unref(pictures->selection_seen);
    g_clear_object(&pictures->mask);
    g_free(pictures->name);
    record_clear(&pictures->record);
}

/* Where its progress is shown. Repeat gets a window too, where GIMP has any. */
static RunFeedbackKind feedback_of(const PluginCall *call)
{
    if (call->unwatched)
        return RUN_FEEDBACK_SCRIPT;
    return host_has_display() ? RUN_FEEDBACK_WINDOW : RUN_FEEDBACK_BAR;
}

/* What a run has made. All zero: nothing. */
typedef struct Painting {
    NstImage image;
    Report *report; /* NULL: none was asked for */
    char *course;   /* as in paint_thread.h */
    char *weights_hash;
} Painting;

static void free_painting(Painting *painting)
{
    nst_image_free(&painting->image);
    report_free(painting->report);
    g_free(painting->course);
    g_free(painting->weights_hash);
}

/* The SHA-256 of the weights file; NULL if it has been replaced, or written to, since the network was read
 * from it: then nobody can tell any more. */
static char *hash_of_used(const NstNetwork *network, const char *path, int threads)
{
    char *hash = record_file_hash(path);
    if (!nst_is_current(network, path, threads))
        g_clear_pointer(&hash, g_free);
    return hash;
}

/* settings: with the path of the weights. */
static NstStatus paint(const PluginCall *call, const NstSettings *settings, const Pictures *pictures,
                       Painting *painting, NstError *error)
{
    NstJob job = {
        .content = &pictures->content.image,
        .style = &pictures->style.image,
        .start = pictures->start.image.rgb ? &pictures->start.image : NULL,
        .settings = settings,
    };
    const ShownWith with = {.content = pictures->content_seen,
                            .selection = pictures->selection_seen,
                            .mask = pictures->mask_seen,
                            .gray = host_image_is_gray(call->image)};
    int threads = call_threads(settings);
    NstNetwork *network;
    painting->report = call->settings.report[0] ? report_new(&job, threads) : NULL;
    NstStatus status = nst_open(&network, settings->weights, threads, error);
    if (status == NST_OK)
        status = paint_thread_run(network, &job, feedback_of(call), &with, painting->report, &painting->image,
                                  &painting->course, error);
    if (status == NST_OK || status == NST_CANCELLED)
        painting->weights_hash = hash_of_used(network, settings->weights, threads);
    nst_close(network);
    return status;
}

/* report_check has found beforehand that it can be written. If it can't after all, the layer is worth more
 * than the report: it stays, and the user gets a message. */
static void write_report(const PluginCall *call, const Report *report)
{
    NstError error = WORDS_ERROR;
    char *version = host_version();
    if (report_write(report, version, call->settings.report, &error) != NST_OK)
        host_warn(error.message);
    g_free(version);
}

static NstStatus add_result(const PluginCall *call, const WeightsFound *weights, Pictures *pictures,
                            Painting *painting, int *layer, NstError *error)
{
    Record *record = &pictures->record;
    record->weights = g_strdup(weights->name);
    record->weights_hash = g_steal_pointer(&painting->weights_hash);
    record->course = g_steal_pointer(&painting->course);
    Result result = {.image = painting->image,
                     .content = &pictures->content.image,
                     .alpha = pictures->content.alpha,
                     .area = pictures->area,
                     .mask = pictures->mask,
                     .name = pictures->name,
                     .record = record};
    return result_add(call, &result, layer, error);
}

/* The call has been checked and its weights found; settings: with their path. */
static NstStatus run_with(const PluginCall *call, const NstSettings *settings, const WeightsFound *weights,
                          Pictures *pictures, int *layer, NstError *error)
{
    Painting painting = {0};
    NstStatus status = read_pictures(call, pictures, error);
    if (status == NST_OK && feedback_of(call) == RUN_FEEDBACK_WINDOW)
        status = read_seen(call, pictures, error);
    if (status == NST_OK)
        status = paint(call, settings, pictures, &painting, error);
    if (status == NST_OK)
        status = add_result(call, weights, pictures, &painting, layer, error);
    if (status == NST_OK && painting.report)
        write_report(call, painting.report);
    free_painting(&painting);
    return status;
}

/* Shown with G_MESSAGES_DEBUG=neural-style. */
static void log_settings(const PluginCall *call)
{
    char *line = nst_settings_print(&call->settings);
    g_debug("runs with style=%d %s", call->style, line);
    free(line);
}

NstStatus run_call(const PluginCall *call, int *layer, NstError *error)
{
    Pictures pictures = {0};
    record_init(&pictures.record);
    NstSettings settings;
    WeightsFound weights = {0};
    nst_memory_give_back();
    NstStatus status = check_call(call, &pictures.area, error);

    *layer = -1;
    log_settings(call);
    if (status == NST_OK && call->settings.report[0])
        status = report_check(call->settings.report, error);
    if (status == NST_OK)
        status = call_weights(&call->settings, &weights, &settings, error);
    if (status == NST_OK)
        status = run_with(call, &settings, &weights, &pictures, layer, error);
    weights_found_clear(&weights);
    free_pictures(&pictures);
    return status;
}
