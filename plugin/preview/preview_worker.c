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
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview_worker.h"

#include "core/nst.h"
#include "joined_thread.h"
#include "plugin/forecast_text.h"
#include "ui/words.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>

enum {
    FRAME_US = 100000,        /* between two pictures */
    FRAME_SHARE = 10,         /* and at least this many times what making one takes */
    ROOM = 400,               /* each way, until the true one is known */
    ROOM_BITS = 15,           /* for the room's width and its height, which are kept in one number */
    ROOM_MOST = (1 << 15) - 1 /* pixels each way */
};

/* Windows, GIMP's own included, take precedence over the painting. Linux applies it to the calling thread and
 * the threads it starts; elsewhere it may be the whole process's. */
enum { NICE = 5 };

/* What is painted, shared by requests that need the same; only the thread touches it. */
typedef struct Painted {
    NstImage small; /* the small preview when it is done; empty before */
    NstImage finer; /* the finest scale beyond it; empty: none yet */
    char *forecast; /* as posted; NULL: not yet */
} Painted;

typedef struct Request Request;
struct Request {
    PreviewWorker *worker;
    PreviewJob job; /* its settings: the next */
    NstSettings settings;
    Painted *painted;
    bool again; /* only to be shown in another room */
    gint stop;  /* atomic: the answer is no longer wanted */

    /* The thread's alone. */
    PreviewSize small;
    ShownScene *scene; /* NULL: not yet */
    int room;          /* for which the scene was made */
    bool on_part;      /* the part is being painted */
    bool on_finer;     /* a finer scale is, and not shown before it is done */
    gint64 due;        /* when the next picture may be posted, monotonic time in µs; 0: none was yet */
};

struct PreviewWorker {
    PreviewWorkerListener listener;
    Request *current;    /* the one whose news counts; NULL: none */
    Request *kept;       /* the last that has painted anything; NULL: none has */
    Request *waiting;    /* for the thread to be free; NULL: none */
    JoinedThread thread; /* at work on a request */
    NstNetwork *network; /* kept for the next request; the thread's while it runs; NULL: not open */
    gint room;           /* atomic: width and height */
};

typedef enum NewsKind {
    NEWS_BEGUN,
    NEWS_ORIGINAL,
    NEWS_PAINTED,
    NEWS_SETTLED,
    NEWS_AGAIN,
    NEWS_FINER,
    NEWS_FORECAST,
    NEWS_FAILED,
    NEWS_ENDED
} NewsKind;

typedef struct News {
    Request *request;
    NewsKind kind;
    NstSize size, next;
    ShownPixels *picture;
    char *text;
} News;

/* ---- Requests ------------------------------------------------------------------------------------------ */

static Thumbnail *keep(Thumbnail *picture)
{
    return picture ? thumbnail_ref(picture) : NULL;
}

static void painted_clear(gpointer data)
{
    Painted *painted = data;
    nst_image_free(&painted->small);
    nst_image_free(&painted->finer);
    g_free(painted->forecast);
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
    keep(job->mask);
    keep(job->part);
    keep(job->part_style);
    request->settings = *job->settings;
    request->job.settings = &request->settings;
    return request;
}

static void request_clear(gpointer data)
{
    Request *request = data;
    if (request->painted)
        g_atomic_rc_box_release_full(request->painted, painted_clear);
    shown_scene_free(request->scene);
    thumbnail_unref(request->job.part);
    thumbnail_unref(request->job.part_style);
    thumbnail_unref(request->job.content);
    thumbnail_unref(request->job.style);
    thumbnail_unref(request->job.start);
    thumbnail_unref(request->job.selection);
    thumbnail_unref(request->job.mask);
}

static void request_unref(Request *request)
{
    if (request)
        g_atomic_rc_box_release_full(request, request_clear);
}

/* Whether what `old` paints is what this one needs. */
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
    static const PreviewState states[] = {
        [NEWS_PAINTED] = PREVIEW_PAINTING, [NEWS_SETTLED] = PREVIEW_SETTLED, [NEWS_AGAIN] = PREVIEW_AGAIN};
    switch (news->kind) {
    case NEWS_BEGUN:
        listener->begun(kind_of(news->request), news->size.width, news->size.height, listener->data);
        break;
    case NEWS_ORIGINAL:
        listener->original(news->picture, listener->data);
        break;
    case NEWS_PAINTED:
    case NEWS_SETTLED:
    case NEWS_AGAIN:
        listener->painted(news->picture, states[news->kind], listener->data);
        break;
    case NEWS_FINER:
        listener->finer(news->size, news->next, listener->data);
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
    shown_pixels_free(news->picture);
    g_free(news->text);
    g_free(news);
    return G_SOURCE_REMOVE;
}

/* In the request's thread. */
static void post_news(const News *news)
{
    News *copy = g_memdup2(news, sizeof *news);
    g_atomic_rc_box_acquire(copy->request);
    g_idle_add(deliver, copy);
}

static void post(Request *request, NewsKind kind)
{
    post_news(&(News){.request = request, .kind = kind});
}

static void post_sizes(Request *request, NewsKind kind, NstSize size, NstSize next)
{
    post_news(&(News){.request = request, .kind = kind, .size = size, .next = next});
}

/* Takes over the picture. */
static void post_picture(Request *request, NewsKind kind, ShownPixels *picture)
{
    post_news(&(News){.request = request, .kind = kind, .picture = picture});
}

static void post_text(Request *request, NewsKind kind, const char *text)
{
    post_news(&(News){.request = request, .kind = kind, .text = g_strdup(text)});
}

/* ---- The picture that is shown, in the thread ---------------------------------------------------------- */

static NstSize room_of(int room)
{
    return (NstSize){room >> ROOM_BITS, room & ROOM_MOST};
}

static ShownWith shown_with(const PreviewJob *job)
{
    ShownWith with = {.content = job->content,
                      .selection = job->selection,
                      .mask = job->mask,
                      .cut = job->cut,
                      .gray = job->gray};
    if (job->part) {
        const GeglRectangle *area = &job->spot.area;
        double width = job->content->width, height = job->content->height;
        with.content = job->part;
        with.left = area->x / width;
        with.top = area->y / height;
        with.right = (area->x + area->width) / width;
        with.bottom = (area->y + area->height) / height;
    }
    return with;
}

/* The scene for the room that there is now, and the original in it. A part has its own size. */
static NstStatus make_scene(Request *request, NstError *error)
{
    const PreviewJob *job = &request->job;
    int room = g_atomic_int_get(&request->worker->room);
    ShownWith with = shown_with(job);
    ShownPixels *now = NULL;
    if (request->scene && (room == request->room || job->part))
        return NST_OK;
    NstSize size = job->part ? (NstSize){job->part->width, job->part->height}
                             : shown_fit((NstSize){job->content->width, job->content->height}, room_of(room));
    shown_scene_free(g_steal_pointer(&request->scene));
    request->room = room;
    NstStatus status = shown_scene_new(&request->scene, &with, size.width, size.height, error);
    if (status == NST_OK)
        status = shown_scene_now(request->scene, &now, error);
    if (status == NST_OK)
        post_picture(request, NEWS_ORIGINAL, now);
    return status;
}

/* The part's place in a picture of the small preview, which may be of a coarser scale. */
static NstStatus crop_spot(const Request *request, const NstImage *picture, NstImage *crop, NstError *error)
{
    const GeglRectangle *place = &request->job.spot.place;
    NstImage whole = {0};
    NstStatus status =
        nst_image_resample(picture, request->small.width, request->small.height, &whole, error);
    if (status == NST_OK)
        status = shown_crop(&whole, place->x, place->y, place->width, place->height, crop, error);
    nst_image_free(&whole);
    return status;
}

/* Shows a picture of the whole, or of the part, whichever is being painted. */
static NstStatus show(Request *request, const NstImage *picture, NewsKind kind, NstError *error)
{
    NstImage crop = {0};
    ShownPixels *pixels = NULL;
    NstStatus status = make_scene(request, error);
    if (status == NST_OK && request->job.part && !request->on_part) {
        status = crop_spot(request, picture, &crop, error);
        picture = &crop;
    }
    if (status == NST_OK)
        status = shown_scene_with(request->scene, picture, &pixels, error);
    if (status == NST_OK)
        post_picture(request, kind, pixels);
    nst_image_free(&crop);
    return status;
}

static const NstImage *finest(const Painted *painted)
{
    return painted->finer.rgb ? &painted->finer : &painted->small;
}

static NstSize size_of(const NstImage *picture)
{
    return (NstSize){picture->width, picture->height};
}

/* ---- Painting, in the thread --------------------------------------------------------------------------- */

static NstImage unread(const Thumbnail *picture)
{
    return (NstImage){picture->width, picture->height, NULL};
}

/* Of the whole run. Within a callback core leaves out the memory that this preview holds, which will be free
 * when the run begins. Where the request is stopped meanwhile there is no forecast. */
static void post_forecast(Request *request)
{
    const PreviewJob *job = &request->job;
    NstImage content = unread(job->content), style = unread(job->style);
    NstImage start = job->start ? unread(job->start) : (NstImage){0};
    NstJob whole = {.content = &content,
                    .style = &style,
                    .start = job->start ? &start : NULL,
                    .settings = &request->settings};
    NstForecast forecast;
    NstError error = WORDS_ERROR;
    NstStatus status = nst_forecast(request->worker->network, &whole, &forecast, &error);
    if (status == NST_CANCELLED)
        return;
    request->painted->forecast = status == NST_OK ? forecast_text_short(&forecast) : g_strdup(error.message);
    post_text(request, NEWS_FORECAST, request->painted->forecast);
}

/* The room has changed while a finer scale is painted. */
static void show_in_new_room(Request *request)
{
    if (g_atomic_int_get(&request->worker->room) != request->room)
        show(request, finest(request->painted), NEWS_AGAIN, NULL);
}

/* Without the memory for a picture there is none, and the next may have it. */
static void show_progress(Request *request, const NstProgress *progress)
{
    NstImage picture = {0};
    gint64 began = g_get_monotonic_time();
    if (nst_progress_picture(progress, MAX(progress->width, progress->height), &picture, NULL) != NST_OK)
        return;
    show(request, &picture, NEWS_PAINTED, NULL);
    nst_image_free(&picture);
    gint64 took = g_get_monotonic_time() - began;
    request->due = began + MAX(FRAME_US, FRAME_SHARE * took);
}

static int progress(const NstProgress *progress, void *data)
{
    Request *request = data;
    bool first = request->due == 0;
    if (is_stopped(request))
        return 1;
    if (request->on_finer)
        show_in_new_room(request);
    else if (first || g_get_monotonic_time() >= request->due)
        show_progress(request, progress);
    if (first && request->due > 0 && !request->painted->forecast)
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

static NstPreview preview_of(const Request *request, int side)
{
    const Thumbnail *content = request->job.content, *style = request->job.style;
    return (NstPreview){
        .side = side, .content = {content->width, content->height}, .style = {style->width, style->height}};
}

/* A sketch is painted from the content at the sketch's size. */
static NstStatus paint_sketch(Request *request, NstImage *painted, NstError *error)
{
    NstImage small = {0};
    NstJob run = run_of(request);
    NstPreview preview = preview_of(request, 0);
    NstStatus status = nst_image_resample(&request->job.content->image, request->small.width,
                                          request->small.height, &small, error);
    run.content = &small;
    preview.content = (NstSize){0};
    if (status == NST_OK)
        status = nst_run_preview(request->worker->network, &run, &preview, painted, error);
    nst_image_free(&small);
    return status;
}

static NstStatus paint_scale(Request *request, int side, NstImage *painted, NstError *error)
{
    NstJob run = run_of(request);
    NstPreview preview = preview_of(request, side);
    return nst_run_preview(request->worker->network, &run, &preview, painted, error);
}

/* What is stopped before its end is no preview. */
static NstStatus paint_small(Request *request, NstError *error)
{
    NstImage painted = {0};
    NstStatus status = request->small.side > 0 ? paint_scale(request, request->small.side, &painted, error)
                                               : paint_sketch(request, &painted, error);
    if (status == NST_OK)
        request->painted->small = painted;
    else
        nst_image_free(&painted);
    return status;
}

/* The next scale after what there is, if there is room and the content was read finely enough; a width of 0:
 * none. */
static PreviewSize finer_of(const Request *request)
{
    const PreviewJob *job = &request->job;
    NstSize size = size_of(finest(request->painted));
    PreviewSize than = {size.width, size.height, MAX(size.width, size.height)};
    PreviewSize next = preview_size_finer(job->content->width, job->content->height, &request->settings,
                                          &than, room_of(g_atomic_int_get(&request->worker->room)));
    return next.width <= job->content->image.width ? next : (PreviewSize){0};
}

static NstStatus paint_and_show(Request *request, int side)
{
    NstImage painted = {0};
    NstStatus status = paint_scale(request, side, &painted, NULL);
    if (status != NST_OK) {
        nst_image_free(&painted);
        return status;
    }
    nst_image_free(&request->painted->finer);
    request->painted->finer = painted;
    return show(request, &painted, NEWS_AGAIN, NULL);
}

/* Where there isn't the memory for it, what is there will do. */
static void paint_finer(Request *request)
{
    PreviewSize next;
    NstStatus status = NST_OK;
    request->on_finer = true;
    while (status == NST_OK && (next = finer_of(request)).width > 0) {
        post_sizes(request, NEWS_FINER, size_of(finest(request->painted)),
                   (NstSize){next.width, next.height});
        status = paint_and_show(request, next.side);
    }
    post_sizes(request, NEWS_FINER, size_of(finest(request->painted)), (NstSize){0});
}

static NstPart part_of(const PreviewJob *job)
{
    ShownWith with = shown_with(job);
    return (NstPart){.content = &job->part->image,
                     .left = with.left,
                     .top = with.top,
                     .right = with.right,
                     .bottom = with.bottom};
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
    NstStatus status = shown_crop(painted, place->x, place->y, place->width, place->height, &start, error);
    NstJob run = run_of(request);
    run.style = &job->part_style->image;
    NstPart part = part_of(job);
    part.start = request->small.side > 0 ? &start : NULL;
    part.after = preview_of(request, request->small.side);
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

/* Says what is painted, and shows what is there already. */
static NstStatus begin(Request *request, NstError *error)
{
    const PreviewJob *job = &request->job;
    const Painted *painted = request->painted;
    NstSize size = {request->small.width, request->small.height};
    if (job->part)
        size = size_of(&job->part->image);
    else if (painted->finer.rgb)
        size = size_of(&painted->finer);
    if (!request->again)
        post_sizes(request, NEWS_BEGUN, size, (NstSize){0});
    if (!request->again && painted->forecast)
        post_text(request, NEWS_FORECAST, painted->forecast);
    NstStatus status = make_scene(request, error);
    return status == NST_OK && is_stopped(request) ? NST_CANCELLED : status;
}

static NstStatus paint(Request *request, NstError *error)
{
    const PreviewJob *job = &request->job;
    Painted *painted = request->painted;
    request->small = preview_size_of(job->content->width, job->content->height, &request->settings);
    NstStatus status = begin(request, error);
    if (status == NST_OK)
        status = open_network(request, error);
    if (status == NST_OK && !painted->small.rgb)
        status = paint_small(request, error);
    if (status == NST_OK && job->part)
        status = paint_part(request, &painted->small, error);
    else if (status == NST_OK)
        status = show(request, finest(painted), request->again ? NEWS_AGAIN : NEWS_SETTLED, error);
    if (status == NST_OK && !job->part && request->small.side > 0)
        paint_finer(request);
    return status;
}

static gpointer work(gpointer data)
{
    Request *request = data;
    NstError error = WORDS_ERROR;
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + NICE);
    NstStatus status = paint(request, &error);
    if (status != NST_OK && status != NST_CANCELLED)
        post_text(request, NEWS_FAILED, error.message);
    post(request, NEWS_ENDED);
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
    bool alike = worker->kept && paints_alike(worker->kept, request);
    request->painted = alike ? g_atomic_rc_box_acquire(worker->kept->painted) : g_atomic_rc_box_new0(Painted);
    if (joined_thread_start(&worker->thread, "preview", work, request, forget, worker))
        return;
    worker->listener.failed(_("The preview's thread could not be started"), worker->listener.data);
    request_unref(request);
}

/* Shows what is settled once more, if the room has changed since. */
static void show_again(PreviewWorker *worker)
{
    Request *request = worker->current;
    if (!request || request != worker->kept || request->room == g_atomic_int_get(&worker->room) ||
        request->job.part)
        return;
    worker->waiting = request_new(worker, &request->job);
    worker->waiting->again = true;
    worker->current = g_atomic_rc_box_acquire(worker->waiting);
    request_unref(request);
    start(worker);
}

/* The request has posted its last news, and its thread is about to end. */
static void next(PreviewWorker *worker, Request *ended)
{
    joined_thread_join(&worker->thread);
    if (ended->painted->small.rgb) {
        request_unref(worker->kept);
        worker->kept = g_atomic_rc_box_acquire(ended);
    }
    if (worker->waiting)
        start(worker);
    else
        show_again(worker);
}

void preview_worker_room(PreviewWorker *worker, NstSize room)
{
    int width = CLAMP(room.width, 1, ROOM_MOST), height = CLAMP(room.height, 1, ROOM_MOST);
    g_atomic_int_set(&worker->room, width << ROOM_BITS | height);
    if (!joined_thread_runs(&worker->thread))
        show_again(worker);
}

PreviewWorker *preview_worker_new(const PreviewWorkerListener *listener)
{
    PreviewWorker *worker = g_new0(PreviewWorker, 1);
    worker->listener = *listener;
    worker->room = ROOM << ROOM_BITS | ROOM;
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
