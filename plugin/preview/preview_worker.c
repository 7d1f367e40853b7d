/* preview_worker.c: a thread for each request, one at a time, and of those that come meanwhile only the newest is
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
#include "preview_worker.h"

#include "core/base/memory.h"
#include "core/nst.h"
#include "plugin/forecast_text.h"
#include "plugin/frame.h"
#include "ui/words.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { FRAME_US = 100000 }; /* between two pictures */

/* Windows, GIMP's own too, come before the painting. Linux takes it for the thread that says it and those it
 * starts; elsewhere it may be the whole process's. */
enum { NICE = 5 };

typedef struct Request Request;
struct Request {
    PreviewWorker *preview;
    PreviewJob job; /* settings: the next */
    NstSettings settings;
    Request *before; /* has painted the small preview already; NULL: it is to be painted */
    gint stop;       /* atomic: nobody waits for it any more */

    /* The worker's alone, until it has told them. */
    PreviewSize small;
    int width, height; /* of what is shown */
    NstImage painted;  /* the small preview when it is done; empty where another request has it */
    char *forecast;    /* what was foretold; NULL: nothing yet, or by another request */
    bool on_part;      /* the part is being painted */
    gint64 told;       /* when the last picture was, monotonic time in µs; 0: none was yet */
    double resident;   /* bytes of the process before it began */
};

struct PreviewWorker {
    PreviewWorkerListener listener;
    Request *current; /* what is told about; NULL: nothing */
    Request *kept;    /* the last that has painted a small preview; NULL: none has */
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

/* ---- Requests ------------------------------------------------------------------------------------------ */

static Thumbnail *keep(Thumbnail *picture)
{
    return picture ? thumbnail_ref(picture) : NULL;
}

static Request *request_new(PreviewWorker *preview, const PreviewJob *job)
{
    Request *request = g_atomic_rc_box_new0(Request);
    request->preview = preview;
    request->job = *job;
    keep(job->content);
    keep(job->style);
    keep(job->start);
    keep(job->selection);
    keep(job->part);
    keep(job->part_style);
    request->settings = *job->settings;
    request->job.settings = &request->settings;
    return request;
}

static void request_unref(Request *request);

static void request_clear(gpointer data)
{
    Request *request = data;
    request_unref(request->before);
    nst_image_free(&request->painted);
    g_free(request->forecast);
    thumbnail_unref(request->job.part);
    thumbnail_unref(request->job.part_style);
    thumbnail_unref(request->job.content);
    thumbnail_unref(request->job.style);
    thumbnail_unref(request->job.start);
    thumbnail_unref(request->job.selection);
}

static void request_unref(Request *request)
{
    if (request)
        g_atomic_rc_box_release_full(request, request_clear);
}

/* Whether `old` has painted the small preview that this one needs. */
static bool paints_alike(const Request *old, const Request *request)
{
    const PreviewJob *a = &old->job, *b = &request->job;
    return a->content == b->content && a->style == b->style && a->start == b->start &&
           memcmp(&old->settings, &request->settings, sizeof old->settings) == 0;
}

static bool is_stopped(void *data)
{
    Request *request = data;
    return g_atomic_int_get(&request->stop) != 0;
}

/* ---- News ---------------------------------------------------------------------------------------------- */

static void next(PreviewWorker *preview, Request *ended);

static PreviewKind kind_of(const Request *request)
{
    if (request->job.part)
        return PREVIEW_PART;
    return request->small.side > 0 ? PREVIEW_SCALE : PREVIEW_SKETCH;
}

static void tell(const PreviewWorker *preview, const News *news)
{
    const PreviewWorkerListener *listener = &preview->listener;
    const Request *request = news->request;
    switch (news->kind) {
    case NEWS_BEGUN:
        listener->begun(kind_of(request), request->width, request->height, news->rgb, news->coverage,
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
    PreviewWorker *preview = news->request->preview;
    if (news->kind == NEWS_ENDED)
        next(preview, news->request);
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

/* ---- Painting, in the worker --------------------------------------------------------------------------- */

/* `content`: at the size that is shown. */
static NstStatus post_begun(Request *request, const NstImage *content, const GeglRectangle *area,
                            NstError *error)
{
    const PreviewJob *job = &request->job;
    int width = content->width, height = content->height;
    unsigned char *rgb = frame_bytes(content);
    unsigned char *coverage = frame_coverage(job->content, job->selection, area, width, height);
    if (!rgb || !coverage) {
        g_free(rgb);
        g_free(coverage);
        return nst_fail_memory(error, "a picture", 4.0 * width * height);
    }
    request->width = width;
    request->height = height;
    post(request, NEWS_BEGUN, rgb, coverage, NULL);
    return NST_OK;
}

/* Shows a picture of the small preview, or of the part, whichever is being painted. */
static NstStatus show(Request *request, const NstImage *picture, NewsKind kind, NstError *error)
{
    NstImage crop = {0};
    NstStatus status = NST_OK;
    if (request->job.part && !request->on_part) {
        NstImage whole = {0};
        status = nst_image_resample(picture, request->small.width, request->small.height, &whole, error);
        if (status == NST_OK)
            status = frame_crop(&whole, &request->job.spot.place, &crop, error);
        nst_image_free(&whole);
        picture = &crop;
    }
    unsigned char *rgb = status == NST_OK ? frame_resized(picture, request->width, request->height) : NULL;
    if (rgb)
        post(request, kind, rgb, NULL, NULL);
    nst_image_free(&crop);
    return rgb ? NST_OK : nst_fail_memory(error, "a picture", 3.0 * request->width * request->height);
}

static NstImage size_of(const Thumbnail *picture)
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
    NstError error = WORDS_ERROR;
    double own = fmax(memory_resident() - request->resident, 0);
    NstStatus status = nst_forecast(&whole, &forecast, &error);
    forecast.bytes -= own;
    request->forecast = status == NST_OK ? forecast_text_short(&forecast) : g_strdup(error.message);
    post(request, NEWS_FORETOLD, NULL, NULL, g_strdup(request->forecast));
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
    if (nst_progress_picture(progress, MAX(progress->width, progress->height), &picture, NULL) != NST_OK)
        return 0; /* the next may have the memory */
    show(request, &picture, NEWS_PAINTED, NULL);
    nst_image_free(&picture);
    request->told = now;
    if (first && !request->before)
        foretell(request);
    return 0;
}

static NstJob run_of(Request *request)
{
    const PreviewJob *job = &request->job;
    return (NstJob){.content = &job->content->image,
                    .style = &job->style->image,
                    .start = job->start ? &job->start->image : NULL,
                    .settings = &request->settings,
                    .threads = job->threads,
                    .progress = progress,
                    .stop = is_stopped,
                    .preview = request->small.side,
                    .content_width = job->content->width,
                    .content_height = job->content->height,
                    .style_width = job->style->width,
                    .style_height = job->style->height,
                    .data = request};
}

/* small: the content at the preview's size, which a sketch is made of. */
static NstStatus paint_small(Request *request, const NstImage *small, NstError *error)
{
    NstJob run = run_of(request);
    if (request->small.side == 0) {
        run.content = small;
        run.content_width = run.content_height = 0;
    }
    NstImage painted = {0};
    NstStatus status = nst_run(&run, &painted, error);
    if (status == NST_OK)
        request->painted = painted;
    else
        nst_image_free(&painted);
    return status;
}

/* painted: the small preview. Of a sketch the run has nothing to begin with, and of a preview that has the
 * content's own size there is nothing to be added. */
static NstStatus paint_part(Request *request, const NstImage *painted, NstError *error)
{
    const PreviewJob *job = &request->job;
    NstImage start = {0}, result = {0};
    NstJob run = run_of(request);
    if (request->small.width == job->content->width)
        return show(request, painted, NEWS_SETTLED, error);
    NstStatus status = frame_crop(painted, &job->spot.place, &start, error);
    run.style = &job->part_style->image;
    run.part = &job->part->image;
    run.part_start = request->small.side > 0 ? &start : NULL;
    request->on_part = true;
    if (status == NST_OK)
        status = nst_run(&run, &result, error);
    if (status == NST_OK)
        status = show(request, &result, NEWS_SETTLED, error);
    nst_image_free(&start);
    nst_image_free(&result);
    return status;
}

static NstStatus paint(Request *request, NstError *error)
{
    const PreviewJob *job = &request->job;
    const GeglRectangle all = {0, 0, job->content->width, job->content->height};
    NstImage small = {0};
    request->small = preview_size_of(job->content->width, job->content->height, &request->settings);
    NstStatus status =
        nst_image_resample(&job->content->image, request->small.width, request->small.height, &small, error);
    if (status == NST_OK && job->part)
        status = post_begun(request, &job->part->image, &job->spot.area, error);
    else if (status == NST_OK)
        status = post_begun(request, &small, &all, error);
    if (request->before)
        post(request, NEWS_FORETOLD, NULL, NULL, g_strdup(request->before->forecast));
    if (status == NST_OK && is_stopped(request))
        status = NST_CANCELLED;
    if (status == NST_OK && !request->before)
        status = paint_small(request, &small, error);
    const NstImage *painted = request->before ? &request->before->painted : &request->painted;
    if (status == NST_OK)
        status =
            job->part ? paint_part(request, painted, error) : show(request, painted, NEWS_SETTLED, error);
    nst_image_free(&small);
    return status;
}

static gpointer work(gpointer data)
{
    Request *request = data;
    NstError error = WORDS_ERROR;
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + NICE);
    request->resident = memory_resident();
    NstStatus status = paint(request, &error);
    if (status != NST_OK && status != NST_CANCELLED)
        post(request, NEWS_FAILED, NULL, NULL, g_strdup(error.message));
    post(request, NEWS_ENDED, NULL, NULL, NULL);
    request_unref(request);
    return NULL;
}

/* ---- The main thread ----------------------------------------------------------------------------------- */

/* Whose worker is at work. */
static PreviewWorker *painting;

/* When GIMP quits, libgimp calls exit in the middle of whatever the main thread is at; the worker would go on
 * computing with what the libraries then take down. */
static void stop_painting(void)
{
    if (!painting)
        return;
    preview_worker_forget(painting);
    g_thread_join(painting->worker);
}

static void start(PreviewWorker *preview)
{
    static bool registered;
    if (!registered)
        registered = atexit(stop_painting) == 0;
    Request *request = g_steal_pointer(&preview->waiting);
    if (preview->kept && paints_alike(preview->kept, request))
        request->before = g_atomic_rc_box_acquire(preview->kept);
    preview->worker = g_thread_try_new("preview", work, request, NULL);
    painting = preview->worker ? preview : NULL;
    if (preview->worker)
        return;
    preview->listener.failed(_("The preview's thread could not be started"), preview->listener.data);
    request_unref(request);
}

/* The worker has done all but end. */
static void next(PreviewWorker *preview, Request *ended)
{
    g_thread_join(preview->worker);
    preview->worker = NULL;
    painting = NULL;
    if (ended->painted.rgb) {
        request_unref(preview->kept);
        preview->kept = g_atomic_rc_box_acquire(ended);
    }
    if (preview->waiting)
        start(preview);
}

PreviewWorker *preview_worker_new(const PreviewWorkerListener *listener)
{
    PreviewWorker *preview = g_new0(PreviewWorker, 1);
    preview->listener = *listener;
    return preview;
}

void preview_worker_forget(PreviewWorker *preview)
{
    if (preview->current)
        g_atomic_int_set(&preview->current->stop, 1);
    request_unref(g_steal_pointer(&preview->current));
    request_unref(g_steal_pointer(&preview->waiting));
}

void preview_worker_ask(PreviewWorker *preview, const PreviewJob *job)
{
    preview_worker_forget(preview);
    preview->waiting = request_new(preview, job);
    preview->current = g_atomic_rc_box_acquire(preview->waiting);
    if (!preview->worker)
        start(preview);
}

void preview_worker_free(PreviewWorker *preview)
{
    if (!preview)
        return;
    preview_worker_forget(preview);
    while (preview->worker)
        g_main_context_iteration(NULL, TRUE);
    request_unref(preview->kept);
    g_free(preview);
}
