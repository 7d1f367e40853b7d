/* preview_worker.c: a thread for each request, one at a time; of the requests that come meanwhile only the
 * newest is kept. A request whose answer is no longer wanted is stopped, which takes effect after the
 * evaluation under way; so two never share the processor, and dragging a slider starts a handful of requests
 * at most.
 *
 * News goes to the main thread as messages for its main loop, each with a reference to its request; news of a
 * request that is no longer the current one is dropped there. So one flag is all that is shared.
 *
 * The same thread measures the forecast, in a pause after the first picture: early enough to be of use, and
 * with nothing running beside it that would falsify it. Rejected: before the first picture, which it would
 * delay; in a thread of its own, where the two would slow each other down.
 *
 * The network stays open from one request to the next, with all that it has read and measured, until the
 * weights or the number of threads change. */
#include "preview_worker.h"

#include "core/nst.h"
#include "joined_thread.h"
#include "plugin/forecast_text.h"
#include "plugin/shown_pixels.h"
#include "ui/words.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>

enum { FRAME_US = 100000 }; /* between two pictures */

/* Windows, GIMP's own included, take precedence over the painting. Linux applies it to the calling thread and
 * the threads it starts; elsewhere it may be the whole process's. */
enum { NICE = 5 };

typedef struct Request Request;
struct Request {
    PreviewWorker *worker;
    PreviewJob job; /* its settings: the next */
    NstSettings settings;
    Request *before; /* has already painted the small preview; NULL: it is still to be painted */
    gint stop;       /* atomic: the answer is no longer wanted */

    /* The thread's alone until it has posted them. */
    PreviewSize small;
    int width, height; /* of what is shown */
    NstImage painted;  /* the small preview when it is done; empty where another request has it */
    char *forecast;    /* as posted; NULL: not yet, or by another request */
    bool on_part;      /* the part is being painted */
    gint64 shown;      /* when the last picture was posted, monotonic time in µs; 0: none was yet */
};

struct PreviewWorker {
    PreviewWorkerListener listener;
    Request *current;    /* the one whose news counts; NULL: none */
    Request *kept;       /* the last that has painted a small preview; NULL: none has */
    Request *waiting;    /* for the thread to be free; NULL: none */
    JoinedThread thread; /* at work on a request */
    NstNetwork *network; /* kept for the next request; the thread's while it runs; NULL: not open */
};

typedef enum NewsKind {
    NEWS_BEGUN,
    NEWS_PAINTED,
    NEWS_SETTLED,
    NEWS_FORECAST,
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

static Request *request_new(PreviewWorker *worker, const PreviewJob *job)
{
    Request *request = g_atomic_rc_box_new0(Request);
    request->worker = worker;
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

static void next(PreviewWorker *worker, Request *ended);

static PreviewKind kind_of(const Request *request)
{
    if (request->job.part)
        return PREVIEW_PART;
    return request->small.side > 0 ? PREVIEW_SCALE : PREVIEW_SKETCH;
}

static void call_listener(const PreviewWorker *worker, const News *news)
{
    const PreviewWorkerListener *listener = &worker->listener;
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
    case NEWS_FORECAST:
        listener->forecast(news->text, listener->data);
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
    PreviewWorker *worker = news->request->worker;
    if (news->kind == NEWS_ENDED)
        next(worker, news->request);
    else if (news->request == worker->current)
        call_listener(worker, news);
    request_unref(news->request);
    g_free(news->rgb);
    g_free(news->coverage);
    g_free(news->text);
    g_free(news);
    return G_SOURCE_REMOVE;
}

/* In the request's thread. Takes over the bytes and the text. */
static void post(Request *request, NewsKind kind, unsigned char *rgb, unsigned char *coverage, char *text)
{
    News *news = g_new(News, 1);
    *news = (News){g_atomic_rc_box_acquire(request), kind, rgb, coverage, text};
    g_idle_add(deliver, news);
}

/* ---- Painting, in the thread --------------------------------------------------------------------------- */

/* `content`: at the size that is shown; area: the part of the whole content that it shows. */
static NstStatus post_begun(Request *request, const NstImage *content, const GeglRectangle *area,
                            NstError *error)
{
    const PreviewJob *job = &request->job;
    NstImage covered = {0};
    unsigned char *rgb = NULL, *coverage = NULL;
    NstStatus status = thumbnail_coverage(job->content, job->selection, area, &covered, error);
    if (status == NST_OK)
        status = shown_pixels_gray(&covered, content->width, content->height, &coverage, error);
    if (status == NST_OK)
        status = shown_pixels_bytes(content, &rgb, error);
    nst_image_free(&covered);
    if (status != NST_OK) {
        g_free(coverage);
        return status;
    }
    request->width = content->width;
    request->height = content->height;
    post(request, NEWS_BEGUN, rgb, coverage, NULL);
    return NST_OK;
}

/* The part's place in a picture of the small preview, which may be of a coarser scale. */
static NstStatus crop_spot(const Request *request, const NstImage *picture, NstImage *crop, NstError *error)
{
    const GeglRectangle *place = &request->job.spot.place;
    NstImage whole = {0};
    NstStatus status =
        nst_image_resample(picture, request->small.width, request->small.height, &whole, error);
    if (status == NST_OK)
        status = shown_pixels_crop(&whole, place->x, place->y, place->width, place->height, crop, error);
    nst_image_free(&whole);
    return status;
}

/* Shows a picture of the small preview, or of the part, whichever is being painted. */
static NstStatus show(Request *request, const NstImage *picture, NewsKind kind, NstError *error)
{
    NstImage crop = {0};
    unsigned char *rgb = NULL;
    NstStatus status = NST_OK;
    if (request->job.part && !request->on_part) {
        status = crop_spot(request, picture, &crop, error);
        picture = &crop;
    }
    if (status == NST_OK)
        status = shown_pixels_resized(picture, request->width, request->height, &rgb, error);
    if (status == NST_OK)
        post(request, kind, rgb, NULL, NULL);
    nst_image_free(&crop);
    return status;
}

static NstImage size_of(const Thumbnail *picture)
{
    return (NstImage){picture->width, picture->height, NULL};
}

/* Of the whole run. Within a callback core leaves out the memory that this preview holds, which will be free
 * when the run begins. Where the request is stopped meanwhile there is no forecast. */
static void post_forecast(Request *request)
{
    const PreviewJob *job = &request->job;
    NstImage content = size_of(job->content), style = size_of(job->style);
    NstImage start = job->start ? size_of(job->start) : (NstImage){0};
    NstJob whole = {.content = &content,
                    .style = &style,
                    .start = job->start ? &start : NULL,
                    .settings = &request->settings};
    NstForecast forecast;
    NstError error = WORDS_ERROR;
    NstStatus status = nst_forecast(request->worker->network, &whole, &forecast, &error);
    if (status == NST_CANCELLED)
        return;
    request->forecast = status == NST_OK ? forecast_text_short(&forecast) : g_strdup(error.message);
    post(request, NEWS_FORECAST, NULL, NULL, g_strdup(request->forecast));
}

static int progress(const NstProgress *progress, void *data)
{
    Request *request = data;
    NstImage picture = {0};
    bool first = request->shown == 0;
    gint64 now = g_get_monotonic_time();
    if (is_stopped(request))
        return 1;
    if (!first && now - request->shown < FRAME_US)
        return 0;
    if (nst_progress_picture(progress, MAX(progress->width, progress->height), &picture, NULL) != NST_OK)
        return 0; /* the next may have the memory */
    show(request, &picture, NEWS_PAINTED, NULL);
    nst_image_free(&picture);
    request->shown = now;
    if (first && !request->before)
        post_forecast(request);
    return 0;
}

static NstJob run_of(Request *request)
{
    const PreviewJob *job = &request->job;
    return (NstJob){.content = &job->content->image,
                    .style = &job->style->image,
                    .start = job->start ? &job->start->image : NULL,
                    .settings = &request->settings,
                    .progress = progress,
                    .stop = is_stopped,
                    .data = request};
}

static NstPreview preview_of(const Request *request)
{
    const Thumbnail *content = request->job.content, *style = request->job.style;
    return (NstPreview){.side = request->small.side,
                        .content = {content->width, content->height},
                        .style = {style->width, style->height}};
}

/* small: the content at the preview's size, from which a sketch is painted. */
static NstStatus paint_small(Request *request, const NstImage *small, NstError *error)
{
    NstJob run = run_of(request);
    NstPreview preview = preview_of(request);
    if (request->small.side == 0) {
        run.content = small;
        preview.content = (NstSize){0};
    }
    NstImage painted = {0};
    NstStatus status = nst_run_preview(request->worker->network, &run, &preview, &painted, error);
    if (status == NST_OK)
        request->painted = painted;
    else
        nst_image_free(&painted);
    return status;
}

static NstPart part_of(const PreviewJob *job)
{
    const GeglRectangle *area = &job->spot.area;
    double width = job->content->width, height = job->content->height;
    return (NstPart){.content = &job->part->image,
                     .left = area->x / width,
                     .top = area->y / height,
                     .right = (area->x + area->width) / width,
                     .bottom = (area->y + area->height) / height};
}

/* painted: the small preview. A sketch is nothing for the run to start from; a preview of the content's own
 * size leaves nothing to add. */
static NstStatus paint_part(Request *request, const NstImage *painted, NstError *error)
{
    const PreviewJob *job = &request->job;
    const GeglRectangle *place = &job->spot.place;
    NstImage start = {0}, result = {0};
    if (request->small.width == job->content->width)
        return show(request, painted, NEWS_SETTLED, error);
    NstStatus status =
        shown_pixels_crop(painted, place->x, place->y, place->width, place->height, &start, error);
    NstJob run = run_of(request);
    run.style = &job->part_style->image;
    NstPart part = part_of(job);
    part.start = request->small.side > 0 ? &start : NULL;
    part.after = preview_of(request);
    request->on_part = true;
    if (status == NST_OK)
        status = nst_run_part(request->worker->network, &run, &part, &result, error);
    if (status == NST_OK)
        status = show(request, &result, NEWS_SETTLED, error);
    nst_image_free(&start);
    nst_image_free(&result);
    return status;
}

/* Its threads inherit the priority of this one. */
static NstStatus open_network(const Request *request, NstError *error)
{
    PreviewWorker *worker = request->worker;
    const char *weights = request->settings.weights;
    if (nst_is_current(worker->network, weights, request->job.threads))
        return NST_OK;
    nst_close(worker->network);
    return nst_open(&worker->network, weights, request->job.threads, error);
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
        post(request, NEWS_FORECAST, NULL, NULL, g_strdup(request->before->forecast));
    if (status == NST_OK && is_stopped(request))
        status = NST_CANCELLED;
    if (status == NST_OK)
        status = open_network(request, error);
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
    NstStatus status = paint(request, &error);
    if (status != NST_OK && status != NST_CANCELLED)
        post(request, NEWS_FAILED, NULL, NULL, g_strdup(error.message));
    post(request, NEWS_ENDED, NULL, NULL, NULL);
    request_unref(request);
    return NULL;
}

/* ---- The main thread ----------------------------------------------------------------------------------- */

static void forget(void *worker)
{
    preview_worker_forget(worker);
}

static void start(PreviewWorker *worker)
{
    Request *request = g_steal_pointer(&worker->waiting);
    if (worker->kept && paints_alike(worker->kept, request))
        request->before = g_atomic_rc_box_acquire(worker->kept);
    if (joined_thread_start(&worker->thread, "preview", work, request, forget, worker))
        return;
    worker->listener.failed(_("The preview's thread could not be started"), worker->listener.data);
    request_unref(request);
}

/* The request has posted its last news, and its thread is about to end. */
static void next(PreviewWorker *worker, Request *ended)
{
    joined_thread_join(&worker->thread);
    if (ended->painted.rgb) {
        request_unref(worker->kept);
        worker->kept = g_atomic_rc_box_acquire(ended);
    }
    if (worker->waiting)
        start(worker);
}

PreviewWorker *preview_worker_new(const PreviewWorkerListener *listener)
{
    PreviewWorker *worker = g_new0(PreviewWorker, 1);
    worker->listener = *listener;
    return worker;
}

void preview_worker_forget(PreviewWorker *worker)
{
    if (worker->current)
        g_atomic_int_set(&worker->current->stop, 1);
    request_unref(g_steal_pointer(&worker->current));
    request_unref(g_steal_pointer(&worker->waiting));
}

void preview_worker_ask(PreviewWorker *worker, const PreviewJob *job)
{
    preview_worker_forget(worker);
    worker->waiting = request_new(worker, job);
    worker->current = g_atomic_rc_box_acquire(worker->waiting);
    if (!joined_thread_runs(&worker->thread))
        start(worker);
}

void preview_worker_free(PreviewWorker *worker)
{
    if (!worker)
        return;
    preview_worker_forget(worker);
    while (joined_thread_runs(&worker->thread))
        g_main_context_iteration(NULL, TRUE);
    request_unref(worker->kept);
    nst_close(worker->network);
    g_free(worker);
}
