/* run.c: the course of one run: check the call, read the pictures, let core paint, put the result into the
 * image.
 *
 * GIMP's Cancel kills the process without warning, and the user may go on editing meanwhile. So everything
 * needed from the image, its selection included, is read before the painting starts; nothing in the image is
 * touched before the painting is done; and what has changed by then costs no painting (result.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "run.h"

#include "again.h"
#include "call_check.h"
#include "call_network.h"
#include "host.h"
#include "mask.h"
#include "paint_thread.h"
#include "painting_name.h"
#include "pixels.h"
#include "result.h"
#include "roles.h"
#include "run_record.h"
#include "style.h"
#include "style_size.h"
#include "thumbnail.h"
#include "ui/words.h"

#include <stdlib.h>

/* What a run reads. All zero: nothing yet. */
typedef struct Pictures {
    GeglRectangle area; /* the part of the content to paint, in its coordinates */
    Pixels content, style, start;
    StyleSource source;  /* of the style, until it is known to fit */
    GeglRectangle place; /* where that lies on the canvas, */
    HostFormat format;   /* and how the image stores its pixels */
    GeglBuffer *mask;    /* for a new layer, over the area; NULL: it covers all of it */
    char *name;          /* of the painting */
    Record record;       /* of what it is painted from; the rest of it is known when it is done */

    Thumbnail *content_seen, *mask_seen, *selection_seen; /* for the window; NULL: there is none to show */
} Pictures;

/* The least that these are reduced to on the longer side: as much as any window shows of them. */
enum { SEEN_SIDE = 1024 };

/* The picture is painted in the content's own colours, and the style is what it looks like in them. Its
 * source stays until the run is known to have room for it. */
static NstStatus read_style(const PluginCall *call, Pictures *pictures, NstError *error)
{
    const NstImage *content = &pictures->content.image;
    StyleSource *source = &pictures->source;
    NstStatus status = style_pixels(call, &source->buffer, error);
    if (status != NST_OK)
        return status;
    source->title = style_title(call);
    source->colors = pictures->content.colors;
    style_size_begin(source, &call->settings, (NstSize){content->width, content->height});
    return style_size_read(source, &pictures->style, error);
}

/* A file's pixels have been read, and are not needed again either. */
static void forget_source(const PluginCall *call, StyleSource *source)
{
    g_clear_object(&source->buffer);
    g_clear_pointer(&source->title, g_free);
    if (call->style_file)
        style_file_clear(call->style_file);
    nst_memory_give_back();
}

/* Where the run has no room for a large style, it is read once more, smaller. */
static NstStatus fit_style(const PluginCall *call, NstNetwork *network, const NstJob *job, Pictures *pictures,
                           NstError *error)
{
    StyleSource *source = &pictures->source;
    NstStatus status = NST_OK;
    NstForecast forecast;
    while (status == NST_OK && style_size_is_large(source, &call->settings) &&
           nst_forecast(network, job, &forecast, NULL) == NST_NO_MEMORY) {
        source->factor++;
        pixels_free(&pictures->style);
        status = style_size_read(source, &pictures->style, error);
    }
    forget_source(call, source);
    return status;
}

/* Frees the title. colors: the format; NULL: the layer's own. */
static NstStatus read_layer(char *title, int layer, const GeglRectangle *area, const Babl *colors,
                            Pixels *pixels, NstError *error)
{
    GeglBuffer *buffer = host_seen(layer, false);
    NstStatus status =
        buffer ? pixels_read(buffer, area, colors ? colors : pixels_colors(buffer), title, pixels, error)
               : nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
    g_clear_object(&buffer);
    g_free(title);
    return status;
}

static NstStatus read_content(const PluginCall *call, const GeglRectangle *area, Pixels *pixels,
                              NstError *error)
{
    char *title = role_title_of_area(call->content, area, !call->again);
    return read_layer(title, call->content, area, NULL, pixels, error);
}

static NstStatus read_start(int layer, const Babl *colors, Pixels *pixels, NstError *error)
{
    GeglRectangle place = host_place(layer), whole = {0, 0, place.width, place.height};
    return read_layer(role_title(ROLE_START, layer), layer, &whole, colors, pixels, error);
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

/* The caller unrefs it; NULL: nothing is selected. */
static GeglBuffer *read_selection(const PluginCall *call, const GeglRectangle *place)
{
    GeglBuffer *selection = host_selection(call->image);
    GeglBuffer *part = selection ? pixels_copy(selection, place) : NULL;
    g_clear_object(&selection);
    return part;
}

/* What a layer's own mask leaves of a part of it. The caller unrefs it; NULL: it has none, or lies
 * elsewhere. */
static GeglBuffer *read_own_mask(int layer, const GeglRectangle *area)
{
    GeglRectangle place = host_place(layer), whole = {0, 0, place.width, place.height};
    GeglBuffer *mask = gegl_rectangle_contains(&whole, area) ? host_mask(layer) : NULL;
    GeglBuffer *part = mask ? pixels_copy(mask, area) : NULL;
    g_clear_object(&mask);
    return part;
}

/* What is cut out of the content is cut out of the painting, too. */
static GeglBuffer *read_mask_new(const PluginCall *call, const Pictures *pictures)
{
    GeglBuffer *selected = read_selection(call, &pictures->place);
    GeglBuffer *own = read_own_mask(call->content, &pictures->area);
    if (selected && own)
        mask_multiply(selected, own);
    if (!selected)
        return own;
    g_clear_object(&own);
    return selected;
}

/* A further painting beside one gets a copy of its mask, and so does one that can't be changed in its place
 * when it is done. With dials the mask is their group's. */
static GeglBuffer *read_mask_again(const Again *again, const Pictures *pictures)
{
    GeglRectangle whole = {0, 0, pictures->area.width, pictures->area.height};
    int layers[] = {again->painting, again_named(again)};
    for (size_t i = 0; i < G_N_ELEMENTS(layers); i++) {
        GeglRectangle place = host_place(layers[i]);
        bool same = place.width == whole.width && place.height == whole.height;
        GeglBuffer *mask = same ? read_own_mask(layers[i], &whole) : NULL;
        if (mask)
            return mask;
    }
    return NULL;
}

/* buffer: NULL: there is nothing to see. */
static NstStatus see(GeglBuffer *buffer, const GeglRectangle *area, const Babl *format, Thumbnail **seen,
                     NstError *error)
{
    return !buffer ? NST_OK
                   : thumbnail_new(seen,
                                   &(ThumbnailWanted){.buffer = buffer,
                                                      .area = *area,
                                                      .format = format,
                                                      .beyond = format != pixels_light(),
                                                      .side = SEEN_SIDE,
                                                      .what = ""},
                                   error);
}

/* What the window shows the painting with. The content has been read, so it isn't empty. */
static NstStatus read_seen(const PluginCall *call, Pictures *pictures, NstError *error)
{
    const GeglRectangle *area = &pictures->area, here = {0, 0, area->width, area->height};
    GeglBuffer *content = host_seen(call->content, false), *mask = host_mask(call->content);
    NstStatus status = see(content, area, pictures->content.colors, &pictures->content_seen, error);
    if (status == NST_OK)
        status = see(mask, area, pixels_light(), &pictures->mask_seen, error);
    if (status == NST_OK)
        status = see(pictures->mask, &here, pixels_light(), &pictures->selection_seen, error);
    g_clear_object(&mask);
    g_clear_object(&content);
    return status;
}

static GeglRectangle place_on_canvas(int layer, const GeglRectangle *area)
{
    GeglRectangle place = host_place(layer);
    return (GeglRectangle){place.x + area->x, place.y + area->y, area->width, area->height};
}

/* pictures->area is set. */
static NstStatus read_pictures(const PluginCall *call, Pictures *pictures, NstError *error)
{
    Pixels *content = &pictures->content;
    NstStatus status = read_content(call, &pictures->area, content, error);
    if (status == NST_OK)
        status = read_style(call, pictures, error);
    if (status == NST_OK && call->settings.start == NST_START_LAYER)
        status = read_start(call->settings.start_layer, content->colors, &pictures->start, error);
    if (status != NST_OK)
        return status;
    pictures->place = place_on_canvas(call->content, &pictures->area);
    pictures->format = host_format(call->image);
    pictures->mask = call->again ? read_mask_again(call->again, pictures) : read_mask_new(call, pictures);
    pictures->name = name_of(call);
    run_record_fill(call, &pictures->area, pictures->source.factor > 1 ? NULL : &pictures->style.image,
                    &pictures->record);
    return NST_OK;
}

static void free_pictures(const PluginCall *call, Pictures *pictures)
{
    forget_source(call, &pictures->source);
    pixels_free(&pictures->content);
    pixels_free(&pictures->style);
    pixels_free(&pictures->start);
    thumbnail_unref(pictures->content_seen);
    thumbnail_unref(pictures->mask_seen);
    thumbnail_unref(pictures->selection_seen);
    g_clear_object(&pictures->mask);
    host_format_clear(&pictures->format);
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
    PaintCourse course;
    char *weights_hash;
} Painting;

static void free_painting(Painting *painting)
{
    nst_image_free(&painting->image);
    report_free(painting->report);
    g_free(painting->course.text);
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
static NstStatus paint(const PluginCall *call, const NstSettings *settings, Pictures *pictures,
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
    NstStatus status = nst_open(&network, settings->weights, threads, error);
    if (status == NST_OK)
        status = fit_style(call, network, &job, pictures, error);
    painting->report = call->settings.report[0] ? report_new(&job, threads) : NULL;
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
    record->course = g_steal_pointer(&painting->course.text);
    Result result = {.image = painting->image,
                     .content = &pictures->content,
                     .area = pictures->area,
                     .place = pictures->place,
                     .format = &pictures->format,
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
    if (status == NST_OK && painting.course.no_better)
        host_warn(_("The painting is what it started from: no change brought it nearer to the style. Another "
                    "style may, or the painter's method, or noise as the start"));
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
    pixels_keep_few_tiles();
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
    free_pictures(call, &pictures);
    return status;
}
