/* test_preview_worker.c: what the listener hears of previews that are asked for faster than they are painted,
 * and that it is the run's own coarse scale that is painted. With the built-in weights, without any GIMP.
 *
 * A request that is to be stopped has iterations for minutes, and the test a time limit: so one that isn't
 * stopped is found. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/preview/preview_worker.h"

#include "core/nst.h"
#include "plugin/pixels.h"
#include "plugin/shown_pixels.h"
#include "tests/support/check.h"

#include <gegl.h>
#include <malloc.h>
#include <math.h>
#include <string.h>

enum { FEW = 3, ENDLESS = 5000, THREADS = 2 };

static const char *weights;
static GThread *main_thread;

/* ---- What the listener hears --------------------------------------------------------------------------- */

typedef struct Heard {
    int begun, painted, settled, again, forecast, failed; /* how often */
    int width, height;                                    /* at which it is painted */
    PreviewKind kind;
    int finer, ended;                /* the width last announced; how often nothing finer was to come */
    NstSize original_at, picture_at; /* the sizes of these, */
    GByteArray *original, *picture;  /* the last of each: [H, W] in cairo's format */
    char *text;                      /* the last */
} Heard;

static void copy(const ShownPixels *pixels, GByteArray *array, NstSize *size)
{
    guint count = (guint)pixels->width * (guint)pixels->height * (guint)sizeof *pixels->argb;
    *size = (NstSize){pixels->width, pixels->height};
    g_byte_array_set_size(array, 0);
    g_byte_array_append(array, (const guint8 *)pixels->argb, count);
}

/* Alpha, red, green, blue: channel 0 to 3 of a pixel. */
static int channel(const GByteArray *array, NstSize size, int x, int y, int channel)
{
    const uint32_t *argb = (const uint32_t *)(const void *)array->data;
    return (int)(argb[(size_t)y * (size_t)size.width + (size_t)x] >> (24 - 8 * channel) & 255);
}

static void begun(PreviewKind kind, int width, int height, void *data)
{
    Heard *heard = data;
    g_assert_true(g_thread_self() == main_thread);
    heard->begun++;
    heard->width = width;
    heard->height = height;
    heard->kind = kind;
}

static void original(const ShownPixels *picture, void *data)
{
    Heard *heard = data;
    g_assert_true(g_thread_self() == main_thread);
    g_assert_cmpint(heard->begun, >, 0);
    copy(picture, heard->original, &heard->original_at);
}

static void painted(const ShownPixels *picture, PreviewState state, void *data)
{
    Heard *heard = data;
    g_assert_true(g_thread_self() == main_thread);
    heard->painted += state != PREVIEW_AGAIN;
    heard->settled += state == PREVIEW_SETTLED;
    heard->again += state == PREVIEW_AGAIN;
    copy(picture, heard->picture, &heard->picture_at);
    g_assert_cmpint(heard->original_at.width, ==, heard->picture_at.width);
    g_assert_cmpint(heard->original_at.height, ==, heard->picture_at.height);
}

static void finer(NstSize now, NstSize next, void *data)
{
    Heard *heard = data;
    g_assert_cmpint(heard->settled, >, 0);
    heard->width = now.width;
    heard->height = now.height;
    heard->finer = MAX(heard->finer, next.width);
    heard->ended += next.width == 0;
}

static void note(Heard *heard, int *times, const char *text)
{
    g_assert_true(g_thread_self() == main_thread);
    ++*times;
    g_free(heard->text);
    heard->text = g_strdup(text);
}

static void forecast(const char *text, void *data)
{
    Heard *heard = data;
    note(heard, &heard->forecast, text);
}

static void failed(const char *text, void *data)
{
    Heard *heard = data;
    note(heard, &heard->failed, text);
}

static PreviewWorker *begin(Heard *heard)
{
    *heard = (Heard){.original = g_byte_array_new(), .picture = g_byte_array_new()};
    return preview_worker_new(&(PreviewWorkerListener){.begun = begun,
                                                       .original = original,
                                                       .painted = painted,
                                                       .finer = finer,
                                                       .forecast = forecast,
                                                       .failed = failed,
                                                       .data = heard});
}

static void end(PreviewWorker *worker, Heard *heard)
{
    preview_worker_free(worker);
    g_byte_array_unref(heard->original);
    g_byte_array_unref(heard->picture);
    g_free(heard->text);
}

static void wait_until(const int *times, int least)
{
    while (*times < least)
        g_main_context_iteration(NULL, TRUE);
}

/* ---- What is asked for --------------------------------------------------------------------------------- */

static Thumbnail *read_all(const ThumbnailWanted *wanted)
{
    Thumbnail *picture;
    g_assert_cmpint(thumbnail_new(&picture, wanted, NULL), ==, NST_OK);
    return picture;
}

/* A picture with shapes and grain. */
static Thumbnail *picture(int width, int height, int seed)
{
    GeglRectangle area = {0, 0, width, height};
    const Babl *format = babl_format("R'G'B'A float");
    GeglBuffer *buffer = gegl_buffer_new(&area, format);
    float *values = g_new(float, 4 * (gsize)width * (gsize)height), *value = values;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint32 grain = (guint32)x * 73856093 ^ (guint32)y * 19349663 ^ (guint32)seed * 83492791;
            for (int c = 0; c < 3; c++)
                *value++ = 0.2f + 0.3f * (float)((x / (16 + c) + y / (24 - c) + seed) % 2) +
                           0.3f * (float)(grain % 1009) / 1009;
            *value++ = 1;
        }
    gegl_buffer_set(buffer, &area, 0, format, values, GEGL_AUTO_ROWSTRIDE);
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = area, .format = pixels_srgb(), .side = PREVIEW_SIDE, .what = "It"};
    Thumbnail *picture = read_all(&wanted);
    g_object_unref(buffer);
    g_free(values);
    return picture;
}

static NstSettings deep_settings_of(int iterations)
{
    NstSettings settings;
    nst_settings_default(&settings);
    settings.method = NST_METHOD_GATYS; /* what a preview shows can be told from runs of its scales */
    settings.iterations = iterations;
    g_strlcpy(settings.weights, weights, sizeof settings.weights);
    return settings;
}

/* So many scales up to the picture's own size, whatever the brush. */
static NstSettings with_scales(NstSettings settings, int scales)
{
    settings.scales = scales;
    return settings;
}

/* Deep layers take their time, and where what is painted is compared with nothing, or with a run alike,
 * any do. */
static NstSettings settings_of(int iterations)
{
    NstSettings settings = deep_settings_of(iterations);
    g_strlcpy(settings.content_layers, "relu1_1", sizeof settings.content_layers);
    g_strlcpy(settings.style_layers, SANITIZED ? "relu1_1" : "relu1_1,relu2_1", sizeof settings.style_layers);
    return settings;
}

/* Everything passed is gone as soon as the request is made. */
static void ask_with(PreviewWorker *worker, int width, int height, NstSettings settings, Thumbnail *selection)
{
    Thumbnail *content = picture(width, height, 1), *style = picture(200, 150, 2);
    preview_worker_ask(worker, &(PreviewJob){.content = content,
                                             .style = style,
                                             .selection = selection,
                                             .settings = &settings,
                                             .threads = THREADS});
    thumbnail_unref(content);
    thumbnail_unref(style);
    memset(&settings, 0, sizeof settings);
}

static void ask(PreviewWorker *worker, int iterations)
{
    ask_with(worker, 320, 240, settings_of(iterations), NULL);
}

/* ---- The run's own coarse scale ------------------------------------------------------------------------ */

typedef struct Capture {
    int scale; /* from 1 */
    NstImage picture;
} Capture;

static int capture(const NstProgress *progress, void *data)
{
    Capture *capture = data;
    if (progress->scale != capture->scale)
        return progress->scale > capture->scale; /* that is enough */
    nst_image_free(&capture->picture);
    g_assert_cmpint(
        nst_progress_picture(progress, progress->width + progress->height, &capture->picture, NULL), ==,
        NST_OK);
    return progress->iteration == progress->iterations;
}

/* What the whole run has at the end of that scale. */
static NstImage coarse_scale(int width, int height, NstSettings settings, int scale)
{
    Thumbnail *content = picture(width, height, 1), *style = picture(200, 150, 2);
    Capture at = {.scale = scale};
    NstImage result = {0};
    NstJob job = {.content = &content->image,
                  .style = &style->image,
                  .settings = &settings,
                  .progress = capture,
                  .data = &at};
    NstNetwork *network;
    g_assert_cmpint(content->factor, ==, 1);
    g_assert_cmpint(nst_open(&network, weights, THREADS, NULL), ==, NST_OK);
    nst_run(network, &job, &result, NULL);
    nst_close(network);
    nst_image_free(&result);
    thumbnail_unref(content);
    thumbnail_unref(style);
    return at.picture;
}

/* The worker has room for exactly these pixels, so that they are not resized. */
static void assert_shows(const Heard *heard, const NstImage *expected)
{
    const float *value = expected->rgb;
    g_assert_cmpint(heard->width, ==, expected->width);
    g_assert_cmpint(heard->height, ==, expected->height);
    g_assert_cmpint(heard->picture_at.width, ==, expected->width);
    g_assert_cmpint(heard->picture_at.height, ==, expected->height);
    for (int y = 0; y < expected->height; y++)
        for (int x = 0; x < expected->width; x++)
            for (int c = 0; c < 3; c++)
                g_assert_cmpint(channel(heard->picture, heard->picture_at, x, y, c + 1), ==,
                                (int)(*value++ * 255 + 0.5f));
}

static void check_coarse(NstSettings settings)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstImage expected = coarse_scale(640, 480, settings, 1); /* 160 x 120; the next has 76 800 pixels */
    preview_worker_room(worker, (NstSize){160, 120});
    ask_with(worker, 640, 480, settings, NULL);
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.kind, ==, PREVIEW_SCALE);
    assert_shows(&heard, &expected);
    nst_image_free(&expected);
    end(worker, &heard);
}

static void test_coarse(void)
{
    check_coarse(with_scales(SANITIZED ? settings_of(FEW) : deep_settings_of(FEW), 3));
}

/* Colours that depend on the whole pictures' statistics, and are given back at the end. */
static void test_colours(void)
{
    NstSettings settings = with_scales(settings_of(FEW), 3);
    settings.color = NST_COLOR_MATCH;
    check_coarse(settings);
    settings.color = NST_COLOR_LUMINANCE;
    check_coarse(settings);
}

/* The second scale of three, after the first as in the whole run. */
static void test_finest(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstSettings settings = with_scales(settings_of(FEW), 3);
    NstImage expected = coarse_scale(600, 440, settings, 2);
    preview_worker_room(worker, (NstSize){300, 220});
    ask_with(worker, 600, 440, settings, NULL);
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.width, ==, 300);
    assert_shows(&heard, &expected);
    nst_image_free(&expected);
    end(worker, &heard);
}

/* A picture that is read reduced has the scales of the whole one: its own would be 129 and 259 pixels
 * wide. */
static void test_large(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    ask_with(worker, 3100, 2300, with_scales(settings_of(FEW), 5), NULL);
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.kind, ==, PREVIEW_SCALE);
    g_assert_cmpint(heard.width, ==, 194); /* a sixteenth */
    g_assert_cmpint(heard.height, ==, 144);
    end(worker, &heard);
}

/* A broad brush paints at fewer pixels than a preview shows: it is enlarged, as the run will be. */
static void test_broad(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstSettings settings = settings_of(FEW);
    settings.brush_size = 4;
    ask_with(worker, 640, 480, settings, NULL);
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.kind, ==, PREVIEW_SCALE);
    g_assert_cmpint(heard.width, ==, 310);
    g_assert_cmpint(heard.height, ==, 233);
    end(worker, &heard);
}

/* A run of one scale has no small one: a sketch is painted, to the end. */
static void test_sketch(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstSettings settings = settings_of(FEW);
    settings.scales = 1;
    ask_with(worker, 800, 400, settings, NULL);
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.kind, ==, PREVIEW_SKETCH);
    g_assert_cmpint(ABS(heard.width - 2 * heard.height), <=, 1);
    g_assert_cmpint(heard.width * heard.height, <=, 73000);
    end(worker, &heard);
}

/* ---- A part at full size ------------------------------------------------------------------------------- */

static double distance(const NstImage *a, const NstImage *b)
{
    double sum = 0;
    g_assert_cmpint(a->width, ==, b->width);
    g_assert_cmpint(a->height, ==, b->height);
    for (size_t i = 0; i < nst_image_floats(a); i++)
        sum += fabs(a->rgb[i] - b->rgb[i]);
    return sum / (double)nst_image_floats(a);
}

/* What is shown; the caller frees it. */
static NstImage shown(const Heard *heard)
{
    NstImage image;
    NstSize size = heard->picture_at;
    g_assert_cmpint(nst_image_new(&image, size.width, size.height, NULL), ==, NST_OK);
    for (int y = 0; y < size.height; y++)
        for (int x = 0; x < size.width; x++)
            for (int c = 0; c < 3; c++)
                image.rgb[3 * ((size_t)y * (size_t)size.width + (size_t)x) + (size_t)c] =
                    (float)channel(heard->picture, size, x, y, c + 1) / 255;
    return image;
}

static NstStatus crop_of(const NstImage *image, const GeglRectangle *area, NstImage *crop)
{
    return shown_crop(image, area->x, area->y, area->width, area->height, crop, NULL);
}

static void ask_part(PreviewWorker *worker, Thumbnail *content, Thumbnail *style, const NstSettings *settings,
                     const PreviewPart *spot)
{
    NstImage crop = {0};
    GeglRectangle all = {0, 0, spot->area.width, spot->area.height};
    g_assert_cmpint(crop_of(&content->image, &spot->area, &crop), ==, NST_OK);
    GeglBuffer *buffer = gegl_buffer_new(&all, babl_format("R'G'B' float"));
    gegl_buffer_set(buffer, &all, 0, babl_format("R'G'B' float"), crop.rgb, GEGL_AUTO_ROWSTRIDE);
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = all, .format = pixels_srgb(), .side = G_MAXINT, .what = "It"};
    Thumbnail *part = read_all(&wanted);
    preview_worker_ask(worker, &(PreviewJob){.content = content,
                                             .style = style,
                                             .settings = settings,
                                             .threads = THREADS,
                                             .part = part,
                                             .part_style = style,
                                             .spot = *spot});
    thumbnail_unref(part);
    g_object_unref(buffer);
    nst_image_free(&crop);
}

/* The part is closer to what the whole run paints there than the small preview enlarged is; and the small
 * preview, once it is painted, serves every part. */
static void test_part(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstSettings settings = with_scales(settings_of(SANITIZED ? FEW : 8), 3);
    Thumbnail *content = picture(640, 480, 1), *style = picture(200, 150, 2);
    PreviewPart spot = preview_part_of(640, 480, &settings, 0.6, 0.5, (NstSize){272, 272});
    NstImage final = coarse_scale(640, 480, settings, 3), small = coarse_scale(640, 480, settings, 1),
             enlarged = {0};
    g_assert_cmpint(spot.area.width, ==, 272);
    g_assert_cmpint(spot.place.width, ==, 68);
    g_assert_cmpint(spot.area.x, ==, 4 * spot.place.x);
    for (int time = 1; time <= 2; time++) {
        ask_part(worker, content, style, &settings, &spot);
        wait_until(&heard.settled, time);
        g_assert_cmpint(heard.kind, ==, PREVIEW_PART);
        g_assert_cmpint(heard.width, ==, 272);
        g_assert_cmpint(heard.forecast, ==, time);
    }
    g_assert_cmpint(nst_image_resample(&small, 640, 480, &enlarged, NULL), ==, NST_OK);
    NstImage before = {0}, after = {0}, part = shown(&heard);
    g_assert_cmpint(crop_of(&enlarged, &spot.area, &before), ==, NST_OK);
    g_assert_cmpint(crop_of(&final, &spot.area, &after), ==, NST_OK);
    double ours = distance(&part, &after), theirs = distance(&before, &after);
    g_test_message("the part differs by %.4f, the small preview by %.4f", ours, theirs);
    g_assert_cmpfloat(ours, <, (SANITIZED ? 1 : 0.5) * theirs);
    nst_image_free(&part);
    nst_image_free(&after);
    nst_image_free(&before);
    nst_image_free(&enlarged);
    nst_image_free(&small);
    nst_image_free(&final);
    thumbnail_unref(content);
    thumbnail_unref(style);
    end(worker, &heard);
}

/* ---- When the listener is called ----------------------------------------------------------------------- */

/* The content comes first; then pictures on the way, the forecast of the whole run, and the end. What isn't
 * selected stays as it is. */
static void test_news(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    Thumbnail *selection = picture(320, 240, 3);
    for (size_t i = 0; i < nst_image_floats(&selection->image); i++)
        selection->image.rgb[i] = i / 3 / 320 < 120 ? 1 : 0;
    ask_with(worker, 320, 240, settings_of(20), selection);
    g_assert_cmpint(heard.begun, ==, 0); /* never before preview_worker_ask has returned */
    wait_until(&heard.begun, 1);
    g_assert_cmpint(heard.painted, ==, 0);
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.begun, ==, 1);
    g_assert_cmpint(heard.painted, >=, 2);
    g_assert_cmpint(heard.forecast, ==, 1);
    g_assert_true(g_str_has_prefix(heard.text, "About "));
    g_assert_cmpint(heard.failed, ==, 0);
    g_assert_cmpint(heard.picture_at.width, ==, 400); /* as large as fits into the room there is at first */
    g_assert_cmpint(heard.picture_at.height, ==, 300);
    guint half = (guint)heard.picture->len / 2, rows = 12 * 400 * 4;
    g_assert_cmpmem(heard.picture->data + half + rows, half - rows, heard.original->data + half + rows,
                    half - rows);
    g_assert_cmpint(memcmp(heard.picture->data, heard.original->data, half - rows), !=, 0);
    thumbnail_unref(selection);
    end(worker, &heard);
}

/* ---- More room ----------------------------------------------------------------------------------------- */

/* Once there is more room the next scales of the run are painted, to the bit, and announced; nothing else is
 * said again. With less room the same is only shown again, and what has been painted is painted no more. */
static void test_finer(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstImage expected = coarse_scale(400, 300, settings_of(FEW), 2);
    preview_worker_room(worker, (NstSize){200, 150});
    ask_with(worker, 400, 300, settings_of(FEW), NULL);
    wait_until(&heard.ended, 1);
    int painted = heard.painted;
    g_assert_cmpint(heard.settled, ==, 1);
    g_assert_cmpint(heard.width, ==, 200);
    g_assert_cmpint(heard.finer, ==, 0);
    preview_worker_room(worker, (NstSize){400, 300});
    wait_until(&heard.ended, 2);
    g_assert_cmpint(heard.again, ==, 2); /* first the same, larger */
    g_assert_cmpint(heard.finer, ==, 400);
    assert_shows(&heard, &expected);
    preview_worker_room(worker, (NstSize){60, 99});
    wait_until(&heard.again, 3);
    g_assert_cmpint(heard.picture_at.width, ==, 60);
    g_assert_cmpint(heard.picture_at.height, ==, 45);
    g_assert_cmpint(heard.width, ==, 400);
    g_assert_cmpint(heard.painted, ==, painted);
    g_assert_cmpint(heard.begun, ==, 1);
    g_assert_cmpint(heard.settled, ==, 1);
    g_assert_cmpint(heard.forecast, ==, 1);
    nst_image_free(&expected);
    end(worker, &heard);
}

/* A finer scale is stopped by the next request, and by the end; nothing more is heard of it. */
static void test_finer_stops(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstSettings settings = settings_of(SANITIZED ? FEW : ENDLESS / 250);
    settings.refinement = 1;
    for (int time = 1; time <= 2; time++) {
        ask_with(worker, 400, 300, settings, NULL);
        wait_until(&heard.settled, time);
        wait_until(&heard.finer, 400);
        heard.finer = 0;
        settings = settings_of(FEW);
    }
    end(worker, &heard);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpint(heard.again, ==, 0);
    g_assert_cmpint(heard.failed, ==, 0);
}

/* Of the requests made while one is painted only the last settles, and nothing else does. */
static void test_newest(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstImage expected = coarse_scale(320, 240, settings_of(FEW), 1);
    preview_worker_room(worker, (NstSize){160, 120});
    ask(worker, ENDLESS);
    wait_until(&heard.painted, 2);
    for (int i = 0; i < 9; i++)
        ask(worker, ENDLESS);
    ask(worker, FEW);
    int before = heard.begun;
    wait_until(&heard.settled, 1);
    g_assert_cmpint(heard.begun, ==, before + 1);
    assert_shows(&heard, &expected);
    end(worker, &heard);
    g_assert_cmpint(heard.settled, ==, 1);
    nst_image_free(&expected);
}

static gboolean set(gpointer flag)
{
    *(int *)flag = 1;
    return G_SOURCE_REMOVE;
}

/* Nothing more is heard of it, not even news already under way; a new request is answered as usual. */
static void test_forget(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    ask(worker, ENDLESS);
    wait_until(&heard.painted, 1);
    preview_worker_forget(worker);
    int paused = 0, painted = heard.painted;
    g_timeout_add(300, set, &paused);
    wait_until(&paused, 1);
    g_assert_cmpint(heard.painted, ==, painted);
    ask(worker, FEW);
    wait_until(&heard.settled, 1);
    end(worker, &heard);
}

/* It stops at any time: before the start, at the first picture and later. */
static void test_free(void)
{
    for (int pictures = 0; pictures < 3; pictures++) {
        Heard heard;
        PreviewWorker *worker = begin(&heard);
        ask(worker, ENDLESS);
        ask(worker, ENDLESS);
        wait_until(&heard.painted, pictures);
        end(worker, &heard);
        g_assert_cmpint(heard.settled, ==, 0);
        while (g_main_context_iteration(NULL, FALSE))
            ;
    }
}

/* The number of this process's threads, where the system says. */
static int threads(void)
{
    GDir *tasks = g_dir_open("/proc/self/task", 0, NULL);
    int count = 0;
    while (tasks && g_dir_read_name(tasks))
        count++;
    if (tasks)
        g_dir_close(tasks);
    return count;
}

static void open_and_close(int times)
{
    for (int i = 0; i < times; i++) {
        Heard heard;
        PreviewWorker *worker = begin(&heard);
        ask(worker, ENDLESS);
        wait_until(&heard.painted, i % 3);
        end(worker, &heard);
    }
}

/* Bytes allocated and not freed, in any thread's heap. The process's resident memory would not do: freed
 * pages stay with it, and how many depends on how its threads happened to run. */
static double allocated(void)
{
    struct mallinfo2 heap = mallinfo2();
    return (double)heap.uordblks + (double)heap.hblkhd;
}

/* Nothing stays behind: one content is half a megabyte, and twenty would be kept. */
static void test_many(void)
{
    open_and_close(5);
    int before = threads();
    double kept = allocated();
    open_and_close(SANITIZED ? 8 : 20);
    g_assert_cmpint(threads(), ==, before);
    if (!SANITIZED) /* its allocator reports nothing, and finds leaks itself */
        g_assert_cmpfloat(allocated() - kept, <, 1 << 20);
}

static void test_fails(void)
{
    Heard heard;
    PreviewWorker *worker = begin(&heard);
    NstSettings settings = settings_of(FEW);
    g_strlcpy(settings.weights, "nowhere.safetensors", sizeof settings.weights);
    ask_with(worker, 320, 240, settings, NULL);
    wait_until(&heard.failed, 1);
    g_assert_nonnull(strstr(heard.text, "nowhere.safetensors"));
    g_assert_cmpint(heard.settled, ==, 0);
    ask(worker, FEW);
    wait_until(&heard.settled, 1);
    end(worker, &heard);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    main_thread = g_thread_self();
    nst_memory_give_back();
    weights = g_getenv("NST_WEIGHTS") ? g_getenv("NST_WEIGHTS") : SOURCE_ROOT "/weights/default.safetensors";
    g_test_add_func("/preview/coarse", test_coarse);
    g_test_add_func("/preview/colours", test_colours);
    g_test_add_func("/preview/finest", test_finest);
    g_test_add_func("/preview/large", test_large);
    g_test_add_func("/preview/broad brush", test_broad);
    g_test_add_func("/preview/sketch", test_sketch);
    g_test_add_func("/preview/part", test_part);
    g_test_add_func("/preview/news", test_news);
    g_test_add_func("/preview/finer", test_finer);
    g_test_add_func("/preview/finer-stops", test_finer_stops);
    g_test_add_func("/preview/newest", test_newest);
    g_test_add_func("/preview/forget", test_forget);
    g_test_add_func("/preview/free", test_free);
    g_test_add_func("/preview/many", test_many);
    g_test_add_func("/preview/fails", test_fails);
    int status = g_test_run();
    gegl_exit();
    return status;
}
