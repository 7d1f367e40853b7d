/* preview_control.c: a change waits until the user has paused, then what is chosen is checked, its pictures are read,
 * and the preview is painted; each step begins when the one before tells that it is done, and a new change
 * takes all of them back.
 *
 * GIMP doesn't tell a plug-in what the user does meanwhile to the image. So twice a second it is asked
 * whether what was checked still holds, which finds layers that are gone and selections of other bounds; what
 * else may have changed is read again when the user comes back to the window. */
#define G_LOG_DOMAIN "neural-style"

#include "preview_control.h"

#include "loop_latency.h"
#include "plugin/call_check.h"
#include "plugin/host.h"
#include "preview_pictures.h"
#include "preview_worker.h"
#include "ui/preview_view.h"
#include "ui/words.h"

#include <string.h>

enum { PAUSE_MS = 80, WATCH_MS = 500 };

/* What was found when the choice was looked at. */
typedef struct Finding {
    NstStatus status;
    GeglRectangle area; /* of the content, where the status is NST_OK */
    char message[NST_MESSAGE_SIZE];
} Finding;

struct PreviewControl {
    PreviewControlFunc tell;
    void *data;
    PluginCall call;
    NstSettings settings; /* the call's, with the weights' path */
    Finding finding;
    PreviewPictures *sources;
    PreviewWorker *preview;
    PreviewView *view;
    LoopLatency *pulse;
    guint pause, watch; /* timers; 0: it doesn't run */
    bool wanted;        /* a preview, as soon as the pictures are there */
    gint64 changed;     /* when the choice did, monotonic time in µs */
    bool painted;       /* something was since then */
    bool zoomed;        /* a part at full size is wanted, around this spot: */
    double x, y;        /* 0..1 of the content */
    bool elsewhere;     /* another part is wanted than before */
    PreviewPart part;   /* where that part lies, when its pictures are being read */
};

/* ---- What the steps tell ------------------------------------------------------------------------------- */

static double seconds_since(gint64 time)
{
    return (double)(g_get_monotonic_time() - time) / G_USEC_PER_SEC;
}

static char *caption_of(const PreviewControl *live, PreviewKind kind, int width, int height)
{
    const GeglRectangle *area = &live->finding.area;
    switch (kind) {
    case PREVIEW_SCALE:
        return g_strdup_printf(_("%d×%d of %d×%d pixels"), width, height, area->width, area->height);
    case PREVIEW_SKETCH:
        return g_strdup_printf(_("A sketch of %d×%d pixels"), width, height);
    case PREVIEW_PART:
        break;
    }
    return g_strdup_printf(_("A part at full size, %d×%d pixels"), width, height);
}

static void begun(PreviewKind kind, int width, int height, const unsigned char *content,
                  const unsigned char *coverage, void *data)
{
    PreviewControl *live = data;
    char *caption = caption_of(live, kind, width, height);
    if (live->elsewhere)
        preview_view_clear(live->view); /* what was painted there would be shown here */
    live->elsewhere = false;
    preview_view_before(live->view, width, height, content, coverage);
    preview_view_caption(live->view, caption);
    g_debug("the preview begins: %s", caption);
    g_free(caption);
}

static void painted(const unsigned char *rgb, bool settled, void *data)
{
    PreviewControl *live = data;
    preview_view_painted(live->view, rgb);
    if (!live->painted)
        g_debug("the preview shows something after %.2f s", seconds_since(live->changed));
    live->painted = true;
    if (!settled)
        return;
    g_debug("the preview is settled after %.2f s", seconds_since(live->changed));
    loop_latency_tell(live->pulse, "until then");
}

static void foretold(const char *text, void *data)
{
    const PreviewControl *live = data;
    live->tell(text, live->data);
}

static void failed(const char *message, void *data)
{
    PreviewControl *live = data;
    live->wanted = false;
    preview_view_clear(live->view);
    preview_view_caption(live->view, "");
    g_debug("there is no preview: %s", message);
    live->tell(message, live->data);
}

static void ready(const PreviewPictureSet *pictures, bool changed, void *data)
{
    PreviewControl *live = data;
    if (!live->wanted && !changed)
        return;
    if (!live->wanted) {
        live->changed = g_get_monotonic_time();
        live->painted = false;
    }
    live->wanted = false;
    preview_worker_ask(live->preview, &(PreviewJob){.content = pictures->content,
                                                    .style = pictures->style,
                                                    .start = pictures->start,
                                                    .selection = pictures->selection,
                                                    .part = pictures->part,
                                                    .part_style = pictures->part_style,
                                                    .spot = live->part,
                                                    .settings = &live->settings,
                                                    .threads = host_threads()});
}

/* ---- From a change to the reading of the pictures ------------------------------------------------------ */

static NstStatus look(const PluginCall *call, Finding *finding)
{
    NstError error = WORDS_ERROR;
    memset(finding, 0, sizeof *finding);
    finding->status = check_call(call, &finding->area, &error);
    if (finding->status != NST_OK) {
        finding->area = (GeglRectangle){0};
        g_strlcpy(finding->message, error.message, sizeof finding->message);
    }
    return finding->status;
}

static bool same(const Finding *a, const Finding *b)
{
    return a->status == b->status && gegl_rectangle_equal(&a->area, &b->area) &&
           strcmp(a->message, b->message) == 0;
}

/* A style file has been read when the call was checked, and is kept with it. */
static GeglBuffer *style_file(const PluginCall *call)
{
    NstError error = WORDS_ERROR;
    return call->settings.style_file[0] ? style_pixels(call, &error) : NULL;
}

static void read_pictures(PreviewControl *live)
{
    const PluginCall *call = &live->call;
    char *title = style_title(call);
    const GeglRectangle *area = &live->finding.area;
    PreviewPicturesWanted wanted = {
        .image = call->image,
        .content = call->content,
        .area = *area,
        .style = call->style,
        .style_file = style_file(call),
        .style_title = title,
        .start = call->settings.start == NST_START_LAYER ? call->settings.start_layer : -1,
    };
    if (live->zoomed) {
        live->part = preview_part_of(area->width, area->height, &live->settings, live->x, live->y);
        wanted.part = live->part.area;
        wanted.part.x += area->x;
        wanted.part.y += area->y;
    }
    live->wanted = true;
    preview_pictures_read(live->sources, &wanted);
    g_clear_object(&wanted.style_file);
    g_free(title);
}

static gboolean paused(gpointer data)
{
    PreviewControl *live = data;
    WeightsFound weights = {0};
    NstError error = WORDS_ERROR;
    live->pause = 0;
    if (look(&live->call, &live->finding) != NST_OK)
        failed(live->finding.message, live);
    else if (plugin_weights(&live->call.settings, &weights, &live->settings, &error) != NST_OK)
        failed(error.message, live);
    else
        read_pictures(live);
    weights_found_clear(&weights);
    return G_SOURCE_REMOVE;
}

static void stop(guint *timer)
{
    if (*timer)
        g_source_remove(*timer);
    *timer = 0;
}

static void restart(PreviewControl *live)
{
    preview_pictures_forget(live->sources);
    preview_worker_forget(live->preview);
    live->wanted = live->painted = false;
    live->changed = g_get_monotonic_time();
    live->tell(_("Measuring…"), live->data);
    stop(&live->pause);
    live->pause = g_timeout_add(PAUSE_MS, paused, live);
}

static gboolean watch(gpointer data)
{
    PreviewControl *live = data;
    Finding now;
    if (live->pause)
        return G_SOURCE_CONTINUE;
    look(&live->call, &now);
    if (!same(&now, &live->finding))
        restart(live);
    return G_SOURCE_CONTINUE;
}

/* ---- The spot at full size ----------------------------------------------------------------------------- */

/* The settings stay, and with them what is said of the run. */
static void show_part(PreviewControl *live, bool zoomed, double x, double y)
{
    live->zoomed = zoomed;
    live->x = CLAMP(x, 0, 1);
    live->y = CLAMP(y, 0, 1);
    live->elsewhere = true;
    if (live->pause || live->finding.status != NST_OK)
        return; /* it will be seen to */
    preview_worker_forget(live->preview);
    live->painted = false;
    live->changed = g_get_monotonic_time();
    read_pictures(live);
}

static void spot(double x, double y, void *data)
{
    show_part(data, true, x, y);
}

static void moved(double right, double down, void *data)
{
    PreviewControl *live = data;
    const GeglRectangle *area = &live->finding.area;
    if (area->width > 0)
        show_part(live, true, live->x + right / area->width, live->y + down / area->height);
}

static void whole(void *data)
{
    PreviewControl *live = data;
    show_part(live, false, live->x, live->y);
}

/* ---- The door ------------------------------------------------------------------------------------------ */

PreviewControl *preview_control_new(PreviewControlFunc tell, void *data)
{
    PreviewControl *live = g_new0(PreviewControl, 1);
    live->tell = tell;
    live->data = data;
    live->sources =
        preview_pictures_new(&(PreviewPicturesListener){.ready = ready, .failed = failed, .data = live});
    live->preview = preview_worker_new(&(PreviewWorkerListener){
        .begun = begun, .painted = painted, .foretold = foretold, .failed = failed, .data = live});
    live->view =
        preview_view_new(&(PreviewViewHost){.spot = spot, .moved = moved, .whole = whole, .data = live});
    live->pulse = loop_latency_new();
    g_signal_connect_swapped(preview_control_widget(live), "map", G_CALLBACK(loop_latency_begin),
                             live->pulse);
    return live;
}

GtkWidget *preview_control_widget(PreviewControl *live)
{
    return preview_view_widget(live->view);
}

void preview_control_changed(PreviewControl *live, const PluginCall *call)
{
    live->call = *call;
    if (!live->watch)
        live->watch = g_timeout_add(WATCH_MS, watch, live);
    restart(live);
}

/* While pictures are read they are new anyway. */
void preview_control_look_again(PreviewControl *live)
{
    if (live->watch && !live->pause && !live->wanted && live->finding.status == NST_OK)
        preview_pictures_refresh(live->sources);
}

void preview_control_free(PreviewControl *live)
{
    gint64 began = g_get_monotonic_time();
    stop(&live->pause);
    stop(&live->watch);
    preview_pictures_free(live->sources);
    loop_latency_free(live->pulse, "until the window closed");
    preview_worker_free(live->preview);
    g_debug("the preview has stopped within %.2f s", seconds_since(began));
    g_free(live);
}
