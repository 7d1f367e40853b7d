/* preview.c: a thread for each request, one at a time, and of those that come meanwhile only the newest is
 * kept. A request that nobody waits for any more is told to stop, which it does after the evaluation it is
 * at; so two never share the processor, and a slider that is dragged starts a handful of requests at the
 * most.
 *
 * News goes to the main thread as messages by its main loop, each with a reference to its request; what
 * belongs to a request that is no longer the current one is dropped there. So one flag is all that is shared.
 *
 * The forecast is measured by the same thread, in a pause after the first picture: early enough to be of use,
 * and with nothing beside it that would falsify it. Rejected: before the first picture, which it would delay;
 * in a thread of its own, where the two would slow each other. */
#include "plugin/preview.h"

#include "core/memory.h"
#include "core/nst.h"
#include "core/resample.h"
#include "core/schedule.h"
#include "plugin/figures.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Small is what has so many pixels: some 310 by 230. On two cores it is settled in four to five seconds. */
static const double SMALL = 72000;
enum { FRAME_US = 100000 }; /* between two pictures */

/* Windows, GIMP's own too, come before the painting. Linux takes it for the thread that says it and those it
 * starts; elsewhere it may be the whole process's. */
enum { NICE = 5 };

typedef struct Request {
    Preview *preview;
    PreviewJob job; /* settings: the next */
    NstSettings settings;
    gint stop; /* atomic: nobody waits for it any more */

    /* The worker's alone. */
    int width, height; /* of the preview */
    int side;          /* for NstJob.preview; 0: it is a sketch */
    gint64 told;       /* when the last picture was, monotonic time in µs; 0: none was yet */
    double resident;   /* bytes of the process before it began */
} Request;

struct Preview {
    PreviewListener listener;
    Request *current; /* what is told about; NULL: nothing */
    Request *waiting; /* for the worker to be free; NULL: none */
    GThread *worker;  /* NULL: none is at work */
};

typedef enum NewsKind {
    NEWS_BEGUN,
    NEWS_PAINTED,
    NEWS_SETTLED,
    NEWS_FORETOLD,
    NEWS_FAILED,
    NEWS_ENDED
} NewsKind;

typedef struct News {
    Request *request;
    NewsKind kind;
    unsigned char *rgb, *coverage;
    char *text;
} News;

/* ---- Requests ---------------------------------------------------------------------------------------------
 */

static Reduced *keep(Reduced *picture)
{
    return picture ? reduced_ref(picture) : NULL;
}

static Request *request_new(Preview *preview, const PreviewJob *job)
{
    Request *request = g_atomic_rc_box_new0(Request);
    request->preview = preview;
    request->job = *job;
    keep(job->content);
    keep(job->style);
    keep(job->start);
    keep(job->selection);
    request->settings = *job->settings;
    request->job.settings = &request->settings;
    return request;
}

static void request_clear(gpointer data)
{
    Request *request = data;
    reduced_unref(request->job.content);
    reduced_unref(request->job.style);
    reduced_unref(request->job.start);
    reduced_unref(request->job.selection);
}

static void request_unref(Request *request)
{
    if (request)
        g_atomic_rc_box_release_full(request, request_clear);
}

static bool is_stopped(const Request *request)
{
    return g_atomic_int_get(&request->stop) != 0;
}

/* ---- News -------------------------------------------------------------------------------------------------
 */

static void next(Preview *preview);

static void tell(const Preview *preview, const News *news)
{
    const PreviewListener *listener = &preview->listener;
    const Request *request = news->request;
    switch (news->kind) {
    case NEWS_BEGUN:
        listener->begun(request->width, request->height, news->rgb, news->coverage, request->side > 0,
                        listener->data);
        break;
    case NEWS_PAINTED:
    case NEWS_SETTLED:
        listener->painted(news->rgb, news->kind == NEWS_SETTLED, listener->data);
        break;
    case NEWS_FORETOLD:
        listener->foretold(news->text, listener->data);
        break;
    case NEWS_FAILED:
        listener->failed(news->text, listener->data);
        break;
    case NEWS_ENDED:
        break;
    }
}

/* In the main thread. */
static gboolean deliver(gpointer data)
{
    News *news = data;
    Preview *preview = news->request->preview;
    if (news->kind == NEWS_ENDED)
        next(preview);
    else if (news->request == preview->current)
        tell(preview, news);
    request_unref(news->request);
    g_free(news->rgb);
    g_free(news->coverage);
    g_free(news->text);
    g_free(news);
    return G_SOURCE_REMOVE;
}

/* In the worker; what is handed over becomes the news's own. */
static void post(Request *request, NewsKind kind, unsigned char *rgb, unsigned char *coverage, char *text)
{
    News *news = g_new(News, 1);
    *news = (News){g_atomic_rc_box_acquire(request), kind, rgb, coverage, text};
    g_idle_add(deliver, news);
}

/* ---- Painting, in the worker ------------------------------------------------------------------------------
 */

static unsigned char byte_of(float value)
{
    return (unsigned char)(CLAMP(value, 0, 1) * 255 + 0.5f);
}

static unsigned char *bytes_of(const NstImage *image)
{
    size_t count = nst_image_floats(image);
    unsigned char *bytes = g_malloc(count);
    for (size_t i = 0; i < count; i++)
        bytes[i] = byte_of(image->rgb[i]);
    return bytes;
}

/* The run's finest scale that is small, or else a small size of the content's shape. */
static void choose_size(Request *request)
{
    const Reduced *content = request->job.content;
    Schedule schedule;
    schedule_plan(&schedule, content->width, content->height, request->settings.scales);
    for (int scale = 0; scale < schedule.scales; scale++) {
        int width = schedule.size[scale].width, height = schedule.size[scale].height;
        if ((double)width * height > SMALL)
            break;
        request->width = width;
        request->height = height;
        request->side = MAX(width, height);
    }
    if (request->side > 0)
        return;
    double least = (double)NST_MIN_SIDE / MIN(content->width, content->height);
    double factor = fmax(sqrt(SMALL / ((double)content->width * content->height)), least);
    request->width = (int)lround(factor * content->width);
    request->height = (int)lround(factor * content->height);
}

/* How much of each pixel is replaced: as far as it is selected, and visible. */
static NstStatus coverage_of(const Request *request, unsigned char **coverage, NstError *error)
{
    const Reduced *content = request->job.content, *selection = request->job.selection;
    NstImage all = {0}, small = {0};
    NstStatus status = nst_image_new(&all, content->image.width, content->image.height, error);
    if (status != NST_OK)
        return status;
    for (size_t i = 0; i < nst_image_floats(&all); i++)
        all.rgb[i] = content->alpha[i / 3] * (selection ? selection->image.rgb[i] : 1);
    status = resample(&all, request->width, request->height, &small, error);
    if (status == NST_OK) {
        size_t count = nst_image_floats(&small) / 3;
        *coverage = g_malloc(count);
        for (size_t i = 0; i < count; i++)
            (*coverage)[i] = byte_of(small.rgb[3 * i]);
    }
    nst_image_free(&all);
    nst_image_free(&small);
    return status;
}

/* `small`: the content at the preview's size. */
static NstStatus begin(Request *request, NstImage *small, NstError *error)
{
    unsigned char *coverage = NULL;
    choose_size(request);
    NstStatus status = resample(&request->job.content->image, request->width, request->height, small, error);
    if (status == NST_OK)
        status = coverage_of(request, &coverage, error);
    if (status == NST_OK)
        post(request, NEWS_BEGUN, bytes_of(small), coverage, NULL);
    return status;
}

static NstImage size_of(const Reduced *picture)
{
    return (NstImage){picture->width, picture->height, NULL};
}

/* Of the whole run, but for the memory that this preview holds: that is gone when the run begins. */
static void foretell(Request *request)
{
    const PreviewJob *job = &request->job;
    NstImage content = size_of(job->content), style = size_of(job->style);
    NstImage start = job->start ? size_of(job->start) : (NstImage){0};
    NstJob whole = {.content = &content,
                    .style = &style,
                    .start = job->start ? &start : NULL,
                    .settings = &request->settings,
                    .threads = job->threads};
    NstForecast forecast;
    NstError error = {0};
    double own = fmax(memory_resident() - request->resident, 0);
    NstStatus status = nst_forecast(&whole, &forecast, &error);
    forecast.bytes -= own;
    post(request, NEWS_FORETOLD, NULL, NULL,
         status == NST_OK ? figures_short(&forecast) : g_strdup(error.message));
}

static int progress(const NstProgress *progress, void *data)
{
    Request *request = data;
    NstImage picture = {0};
    bool first = request->told == 0;
    gint64 now = g_get_monotonic_time();
    if (is_stopped(request))
        return 1;
    if (!first && now - request->told < FRAME_US)
        return 0;
    int side = MAX(request->width, request->height);
    if (nst_progress_picture(progress, side, &picture, NULL) != NST_OK)
        return 0; /* the next may have the memory */
    NstImage frame = {0};
    if (resample(&picture, request->width, request->height, &frame, NULL) == NST_OK)
        post(request, NEWS_PAINTED, bytes_of(&frame), NULL, NULL);
    nst_image_free(&frame);
    nst_image_free(&picture);
    request->told = now;
    if (first)
        foretell(request);
    return 0;
}

/* small: the content at the preview's size, which a sketch is made of. */
static NstStatus paint(Request *request, const NstImage *small, NstImage *result, NstError *error)
{
    const PreviewJob *job = &request->job;
    NstJob run = {.content = &job->content->image,
                  .style = &job->style->image,
                  .start = job->start ? &job->start->image : NULL,
                  .settings = &request->settings,
                  .threads = job->threads,
                  .progress = progress,
                  .preview = request->side,
                  .content_width = job->content->width,
                  .content_height = job->content->height,
                  .style_width = job->style->width,
                  .style_height = job->style->height,
                  .data = request};
    if (request->side == 0) {
        run.content = small;
        run.content_width = run.content_height = 0;
    }
    return nst_run(&run, result, error);
}

static gpointer work(gpointer data)
{
    Request *request = data;
    NstImage small = {0}, result = {0};
    NstError error = {0};
    setpriority(PRIO_PROCESS, 0, NICE);
    request->resident = memory_resident();
    NstStatus status = begin(request, &small, &error);
    if (status == NST_OK)
        status = paint(request, &small, &result, &error);
    if (status == NST_OK)
        post(request, NEWS_SETTLED, bytes_of(&result), NULL, NULL);
    else if (status != NST_CANCELLED)
        post(request, NEWS_FAILED, NULL, NULL, g_strdup(error.message));
    nst_image_free(&small);
    nst_image_free(&result);
    post(request, NEWS_ENDED, NULL, NULL, NULL);
    request_unref(request);
    return NULL;
}

/* ---- The main thread --------------------------------------------------------------------------------------
 */

/* Whose worker is at work. */
static Preview *painting;

/* When GIMP quits, libgimp calls exit in the middle of whatever the main thread is at; the worker would go on
 * computing with what the libraries then take down. */
static void stop_painting(void)
{
    if (!painting)
        return;
    preview_forget(painting);
    g_thread_join(painting->worker);
}

static void start(Preview *preview)
{
    static bool registered;
    if (!registered)
        registered = atexit(stop_painting) == 0;
    Request *request = g_steal_pointer(&preview->waiting);
    preview->worker = g_thread_try_new("preview", work, request, NULL);
    painting = preview->worker ? preview : NULL;
    if (preview->worker)
        return;
    preview->listener.failed("The system granted no thread to paint a preview in", preview->listener.data);
    request_unref(request);
}

/* The worker has done all but end. */
static void next(Preview *preview)
{
    g_thread_join(preview->worker);
    preview->worker = NULL;
    painting = NULL;
    if (preview->waiting)
        start(preview);
}

Preview *preview_new(const PreviewListener *listener)
{
    Preview *preview = g_new0(Preview, 1);
    preview->listener = *listener;
    return preview;
}

void preview_forget(Preview *preview)
{
    if (preview->current)
        g_atomic_int_set(&preview->current->stop, 1);
    request_unref(g_steal_pointer(&preview->current));
    request_unref(g_steal_pointer(&preview->waiting));
}

void preview_ask(Preview *preview, const PreviewJob *job)
{
    preview_forget(preview);
    preview->waiting = request_new(preview, job);
    preview->current = g_atomic_rc_box_acquire(preview->waiting);
    if (!preview->worker)
        start(preview);
}

void preview_free(Preview *preview)
{
    if (!preview)
        return;
    preview_forget(preview);
    while (preview->worker)
        g_main_context_iteration(NULL, TRUE);
    g_free(preview);
}
