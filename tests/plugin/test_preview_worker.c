/* test_preview_worker.c: what is told of previews that are asked for faster than they are painted, and that it is
 * the run's own coarse scale which is painted. With the built-in weights, without any GIMP.
 *
 * A request that is to be stopped has iterations for minutes, and the test a time limit: so one that isn't
 * stopped is found. */
#include "plugin/preview/preview_worker.h"

#include "core/base/memory.h"
#include "core/nst.h"
#include "plugin/frame.h"
#include "plugin/pixels.h"
#include "tests/check.h"

#include <gegl.h>
#include <malloc.h>
#include <math.h>
#include <string.h>

enum { FEW = 3, ENDLESS = 5000, THREADS = 2 };

static const char *weights;
static GThread *main_thread;

/* ---- What is told -------------------------------------------------------------------------------------- */

typedef struct Told {
    int begun, painted, settled, foretold, failed; /* how often */
    int width, height;
    PreviewKind kind;
    GByteArray *content, *coverage, *picture; /* the last of each */
    char *text;                               /* the last */
} Told;

static void copy(GByteArray *array, const unsigned char *bytes, int count)
{
    g_byte_array_set_size(array, 0);
    g_byte_array_append(array, bytes, (guint)count);
}

static void begun(PreviewKind kind, int width, int height, const unsigned char *content,
                  const unsigned char *coverage, void *data)
{
    Told *told = data;
    g_assert_true(g_thread_self() == main_thread);
    told->begun++;
    told->width = width;
    told->height = height;
    told->kind = kind;
    copy(told->content, content, 3 * width * height);
    copy(told->coverage, coverage, width * height);
}

static void painted(const unsigned char *rgb, bool settled, void *data)
{
    Told *told = data;
    g_assert_true(g_thread_self() == main_thread);
    g_assert_cmpint(told->begun, >, 0);
    told->painted++;
    told->settled += settled;
    copy(told->picture, rgb, 3 * told->width * told->height);
}

static void say(Told *told, int *times, const char *text)
{
    g_assert_true(g_thread_self() == main_thread);
    ++*times;
    g_free(told->text);
    told->text = g_strdup(text);
}

static void foretold(const char *text, void *data)
{
    Told *told = data;
    say(told, &told->foretold, text);
}

static void failed(const char *text, void *data)
{
    Told *told = data;
    say(told, &told->failed, text);
}

static PreviewWorker *begin(Told *told)
{
    *told =
        (Told){.content = g_byte_array_new(), .coverage = g_byte_array_new(), .picture = g_byte_array_new()};
    return preview_worker_new(&(PreviewWorkerListener){
        .begun = begun, .painted = painted, .foretold = foretold, .failed = failed, .data = told});
}

static void end(PreviewWorker *preview, Told *told)
{
    preview_worker_free(preview);
    g_byte_array_unref(told->content);
    g_byte_array_unref(told->coverage);
    g_byte_array_unref(told->picture);
    g_free(told->text);
}

static void wait_until(const int *times, int least)
{
    while (*times < least)
        g_main_context_iteration(NULL, TRUE);
}

/* ---- What is asked ------------------------------------------------------------------------------------- */

/* A picture with shapes and grain, its left half 0.8 opaque. */
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
            *value++ = x < width / 2 ? 0.8f : 1;
        }
    gegl_buffer_set(buffer, &area, 0, format, values, GEGL_AUTO_ROWSTRIDE);
    NstError error = {0};
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = area, .format = pixels_colors(), .side = PREVIEW_SIDE, .what = "It"};
    ThumbnailReader *reader = thumbnail_begin(&wanted, &error);
    Thumbnail *picture = NULL;
    while (!thumbnail_read(reader, G_MAXINT64, &picture, &error))
        ;
    thumbnail_end(reader);
    g_object_unref(buffer);
    g_free(values);
    return picture;
}

static NstSettings settings_of(int iterations)
{
    NstSettings settings;
    nst_settings_default(&settings);
    settings.iterations = iterations;
    g_strlcpy(settings.weights, weights, sizeof settings.weights);
    if (SANITIZED) { /* deep layers would take minutes, and any will do here */
        g_strlcpy(settings.content_layers, "relu1_1", sizeof settings.content_layers);
        g_strlcpy(settings.style_layers, "relu1_1", sizeof settings.style_layers);
    }
    return settings;
}

/* All that is handed over is gone as soon as the question is asked. */
static void ask_with(PreviewWorker *preview, int width, int height, NstSettings settings,
                     Thumbnail *selection)
{
    Thumbnail *content = picture(width, height, 1), *style = picture(200, 150, 2);
    preview_worker_ask(preview, &(PreviewJob){.content = content,
                                              .style = style,
                                              .selection = selection,
                                              .settings = &settings,
                                              .threads = THREADS});
    thumbnail_unref(content);
    thumbnail_unref(style);
    memset(&settings, 0, sizeof settings);
}

static void ask(PreviewWorker *preview, int iterations)
{
    ask_with(preview, 320, 240, settings_of(iterations), NULL);
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
    return 0;
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
                  .threads = THREADS,
                  .progress = capture,
                  .data = &at};
    g_assert_cmpint(content->factor, ==, 1);
    nst_run(&job, &result, NULL);
    nst_image_free(&result);
    thumbnail_unref(content);
    thumbnail_unref(style);
    return at.picture;
}

static void assert_shows(const Told *told, const NstImage *expected)
{
    g_assert_cmpint(told->width, ==, expected->width);
    g_assert_cmpint(told->height, ==, expected->height);
    for (size_t i = 0; i < nst_image_floats(expected); i++)
        g_assert_cmpint(told->picture->data[i], ==, (int)(expected->rgb[i] * 255 + 0.5f));
}

static void check_coarse(NstColor color)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    NstSettings settings = settings_of(FEW);
    settings.color = (int)color;
    NstImage expected = coarse_scale(640, 480, settings, 1); /* 160 x 120; the next has 76 800 pixels */
    ask_with(preview, 640, 480, settings, NULL);
    wait_until(&told.settled, 1);
    g_assert_cmpint(told.kind, ==, PREVIEW_SCALE);
    assert_shows(&told, &expected);
    nst_image_free(&expected);
    end(preview, &told);
}

static void test_coarse(void)
{
    check_coarse(NST_COLOR_STYLE);
}

/* Colours that are settled by the whole pictures' statistics, and handed back at the end. */
static void test_colours(void)
{
    check_coarse(NST_COLOR_MATCH);
    check_coarse(NST_COLOR_LUMINANCE);
}

/* The second scale of three: the first is gone through as in the whole run. */
static void test_finest(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    NstImage expected = coarse_scale(600, 440, settings_of(FEW), 2);
    ask_with(preview, 600, 440, settings_of(FEW), NULL);
    wait_until(&told.settled, 1);
    g_assert_cmpint(told.width, ==, 300);
    assert_shows(&told, &expected);
    nst_image_free(&expected);
    end(preview, &told);
}

/* A picture that is read reduced has the scales of the whole: its own would be 129 and 259 pixels wide. */
static void test_large(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    ask_with(preview, 3100, 2300, settings_of(FEW), NULL);
    wait_until(&told.settled, 1);
    g_assert_cmpint(told.kind, ==, PREVIEW_SCALE);
    g_assert_cmpint(told.width, ==, 194); /* a sixteenth */
    g_assert_cmpint(told.height, ==, 144);
    end(preview, &told);
}

/* At one scale there is none that is small: a sketch is painted, to the end. */
static void test_sketch(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    NstSettings settings = settings_of(FEW);
    settings.scales = 1;
    ask_with(preview, 800, 400, settings, NULL);
    wait_until(&told.settled, 1);
    g_assert_cmpint(told.kind, ==, PREVIEW_SKETCH);
    g_assert_cmpint(ABS(told.width - 2 * told.height), <=, 1);
    g_assert_cmpint(told.width * told.height, <=, 73000);
    end(preview, &told);
}

/* ---- A part at full size ------------------------------------------------------------------------------- */

static double distance(const unsigned char *rgb, const NstImage *image, const GeglRectangle *area)
{
    double sum = 0;
    for (int y = 0; y < area->height; y++)
        for (int x = 0; x < 3 * area->width; x++) {
            size_t at = 3 * ((size_t)(area->y + y) * (size_t)image->width + (size_t)area->x) + (size_t)x;
            sum += fabs(rgb[(size_t)y * 3 * (size_t)area->width + (size_t)x] / 255.0 - image->rgb[at]);
        }
    return sum / (3.0 * area->width * area->height);
}

static void ask_part(PreviewWorker *preview, Thumbnail *content, Thumbnail *style,
                     const NstSettings *settings, const PreviewPart *spot)
{
    NstImage crop = {0};
    GeglRectangle all = {0, 0, spot->area.width, spot->area.height};
    g_assert_cmpint(frame_crop(&content->image, &spot->area, &crop, NULL), ==, NST_OK);
    GeglBuffer *buffer = gegl_buffer_new(&all, babl_format("R'G'B' float"));
    gegl_buffer_set(buffer, &all, 0, babl_format("R'G'B' float"), crop.rgb, GEGL_AUTO_ROWSTRIDE);
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = all, .format = pixels_colors(), .side = G_MAXINT, .what = "It"};
    ThumbnailReader *reader = thumbnail_begin(&wanted, NULL);
    Thumbnail *part = NULL;
    while (!thumbnail_read(reader, G_MAXINT64, &part, NULL))
        ;
    preview_worker_ask(preview, &(PreviewJob){.content = content,
                                              .style = style,
                                              .settings = settings,
                                              .threads = THREADS,
                                              .part = part,
                                              .part_style = style,
                                              .spot = *spot});
    thumbnail_unref(part);
    thumbnail_end(reader);
    g_object_unref(buffer);
    nst_image_free(&crop);
}

/* What the whole run paints there is nearer to the part than to the small preview enlarged; and the small
 * preview, once it is there, serves every part. */
static void test_part(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    NstSettings settings = settings_of(SANITIZED ? FEW : 20);
    Thumbnail *content = picture(640, 480, 1), *style = picture(200, 150, 2);
    PreviewPart spot = preview_part_of(640, 480, &settings, 0.6, 0.5);
    NstImage final = coarse_scale(640, 480, settings, 3), small = coarse_scale(640, 480, settings, 1),
             enlarged = {0};
    g_assert_cmpint(spot.area.width, ==, 272);
    g_assert_cmpint(spot.place.width, ==, 68);
    g_assert_cmpint(spot.area.x, ==, 4 * spot.place.x);
    for (int time = 1; time <= 2; time++) {
        ask_part(preview, content, style, &settings, &spot);
        wait_until(&told.settled, time);
        g_assert_cmpint(told.kind, ==, PREVIEW_PART);
        g_assert_cmpint(told.width, ==, 272);
        g_assert_cmpint(told.foretold, ==, time);
    }
    g_assert_cmpint(nst_image_resample(&small, 640, 480, &enlarged, NULL), ==, NST_OK);
    GeglRectangle all = {0, 0, 272, 272};
    NstImage crop = {0};
    frame_crop(&enlarged, &spot.area, &crop, NULL);
    unsigned char *blurred = frame_resized(&crop, all.width, all.height);
    double ours = distance(told.picture->data, &final, &spot.area),
           theirs = distance(blurred, &final, &spot.area);
    g_test_message("the part differs by %.4f, the small preview by %.4f", ours, theirs);
    g_assert_cmpfloat(ours, <, (SANITIZED ? 1 : 0.5) * theirs);
    g_free(blurred);
    nst_image_free(&crop);
    nst_image_free(&enlarged);
    nst_image_free(&small);
    nst_image_free(&final);
    thumbnail_unref(content);
    thumbnail_unref(style);
    end(preview, &told);
}

/* ---- Who is told, and when ----------------------------------------------------------------------------- */

/* The content comes first, with what of it will be replaced; then there are pictures on the way, the forecast
 * of the whole run, and the end. */
static void test_news(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    Thumbnail *selection = picture(320, 240, 3);
    for (size_t i = 0; i < nst_image_floats(&selection->image); i++)
        selection->image.rgb[i] = i / 3 / 320 < 120 ? 1 : 0;
    ask_with(preview, 320, 240, settings_of(20), selection);
    g_assert_cmpint(told.begun, ==, 0); /* never before the question is put */
    wait_until(&told.begun, 1);
    g_assert_cmpint(told.painted, ==, 0);
    g_assert_cmpint(told.coverage->data[20 * told.width + 20], ==, 204); /* visible to four fifths */
    g_assert_cmpint(told.coverage->data[20 * told.width + told.width - 20], ==, 255);
    g_assert_cmpint(told.coverage->data[(told.height - 20) * told.width + 20], ==, 0);
    wait_until(&told.settled, 1);
    g_assert_cmpint(told.begun, ==, 1);
    g_assert_cmpint(told.painted, >=, 2);
    g_assert_cmpint(told.foretold, ==, 1);
    g_assert_true(g_str_has_prefix(told.text, "About "));
    g_assert_cmpint(told.failed, ==, 0);
    thumbnail_unref(selection);
    end(preview, &told);
}

/* Of those that come while one is painted only the last settles, and it alone. */
static void test_newest(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    NstImage expected = coarse_scale(320, 240, settings_of(FEW), 1);
    ask(preview, ENDLESS);
    wait_until(&told.painted, 2);
    for (int i = 0; i < 9; i++)
        ask(preview, ENDLESS);
    ask(preview, FEW);
    int before = told.begun;
    wait_until(&told.settled, 1);
    g_assert_cmpint(told.begun, ==, before + 1);
    assert_shows(&told, &expected);
    end(preview, &told);
    g_assert_cmpint(told.settled, ==, 1);
    nst_image_free(&expected);
}

static gboolean set(gpointer flag)
{
    *(int *)flag = 1;
    return G_SOURCE_REMOVE;
}

/* Nothing is told of it any more, even what was on its way; a new question is answered as ever. */
static void test_forget(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    ask(preview, ENDLESS);
    wait_until(&told.painted, 1);
    preview_worker_forget(preview);
    int paused = 0, painted = told.painted;
    g_timeout_add(300, set, &paused);
    wait_until(&paused, 1);
    g_assert_cmpint(told.painted, ==, painted);
    ask(preview, FEW);
    wait_until(&told.settled, 1);
    end(preview, &told);
}

/* It stops at any time: before it has begun, at the first picture and later. */
static void test_free(void)
{
    for (int pictures = 0; pictures < 3; pictures++) {
        Told told;
        PreviewWorker *preview = begin(&told);
        ask(preview, ENDLESS);
        ask(preview, ENDLESS);
        wait_until(&told.painted, pictures);
        end(preview, &told);
        g_assert_cmpint(told.settled, ==, 0);
        while (g_main_context_iteration(NULL, FALSE))
            ;
    }
}

/* Threads of this process, where the system tells. */
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
        Told told;
        PreviewWorker *preview = begin(&told);
        ask(preview, ENDLESS);
        wait_until(&told.painted, i % 3);
        end(preview, &told);
    }
}

/* What is allocated and not freed, whichever thread's heap it lies in. The process's resident memory would
 * not do: freed pages stay with it, and how many depends on how its threads happened to run. */
static double allocated(void)
{
    struct mallinfo2 heap = mallinfo2();
    return (double)heap.uordblks + (double)heap.hblkhd;
}

/* Nothing stays behind: a content alone is half a megabyte, and would be kept fifty times. */
static void test_fifty(void)
{
    open_and_close(5);
    int before = threads();
    double kept = allocated();
    open_and_close(SANITIZED ? 8 : 50);
    g_assert_cmpint(threads(), ==, before);
    if (!SANITIZED) /* whose allocator tells nothing, and which looks for leaks itself */
        g_assert_cmpfloat(allocated() - kept, <, 1 << 20);
}

static void test_fails(void)
{
    Told told;
    PreviewWorker *preview = begin(&told);
    NstSettings settings = settings_of(FEW);
    g_strlcpy(settings.weights, "nowhere.safetensors", sizeof settings.weights);
    ask_with(preview, 320, 240, settings, NULL);
    wait_until(&told.failed, 1);
    g_assert_nonnull(strstr(told.text, "nowhere.safetensors"));
    g_assert_cmpint(told.settled, ==, 0);
    ask(preview, FEW);
    wait_until(&told.settled, 1);
    end(preview, &told);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    main_thread = g_thread_self();
    memory_give_back();
    weights = g_getenv("NST_WEIGHTS") ? g_getenv("NST_WEIGHTS") : SOURCE_ROOT "/weights/default.safetensors";
    g_test_add_func("/preview/coarse", test_coarse);
    g_test_add_func("/preview/colours", test_colours);
    g_test_add_func("/preview/finest", test_finest);
    g_test_add_func("/preview/large", test_large);
    g_test_add_func("/preview/sketch", test_sketch);
    g_test_add_func("/preview/part", test_part);
    g_test_add_func("/preview/news", test_news);
    g_test_add_func("/preview/newest", test_newest);
    g_test_add_func("/preview/forget", test_forget);
    g_test_add_func("/preview/free", test_free);
    g_test_add_func("/preview/fifty", test_fifty);
    g_test_add_func("/preview/fails", test_fails);
    int status = g_test_run();
    gegl_exit();
    return status;
}
