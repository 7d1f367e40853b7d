/* preview_control.c: after a change it waits until the user pauses; then the choice is checked, its pictures
 * are read, and the preview is painted. Each step begins when the one before reports that it is done, and a
 * new change cancels them all.
 *
 * GIMP doesn't tell a plug-in what the user does to the image meanwhile. So twice a second the check is made
 * again, which finds layers that are gone and selections of other bounds; anything else that may have changed
 * is read again when the user comes back to the window. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "preview_control.h"

#include "loop_latency.h"
#include "plugin/call_check.h"
#include "plugin/call_network.h"
#include "plugin/host.h"
#include "plugin/style.h"
#include "preview_pictures.h"
#include "preview_worker.h"
#include "ui/preview_view.h"
#include "ui/words.h"

#include <string.h>

enum { PAUSE_MS = 80, RECHECK_MS = 500 };

enum { ROOM = 400 }; /* pixels each way to show a picture in, until the true ones are known */

/* What the check of a choice has found. */
typedef struct Finding {
    NstStatus status;
    GeglRectangle area; /* of the content, where the status is NST_OK */
    char message[NST_MESSAGE_SIZE];
} Finding;

struct PreviewControl {
    PreviewControlFunc say;
    void *data;
    PluginCall call;
    NstSettings settings; /* the call's, with the path of the weights */
    Finding finding;
    PreviewPictures *pictures;
    PreviewWorker *worker;
    PreviewView *view;
    LoopLatency *latency;
    guint pause, recheck; /* timers; 0: not running */
    bool wanted;          /* a preview, as soon as the pictures are there */
    gint64 changed;       /* when the choice did, monotonic time in µs */
    bool painted;         /* a picture has come since then */
    bool zoomed;          /* a part at full size is wanted, around this spot: */
    double x, y;          /* 0..1 of the content */
    bool elsewhere;       /* another part is wanted than before */
    PreviewPart part;     /* where that part lies, when its pictures are being read */
    NstSize room;         /* the screen's pixels to show it in */
    GeglRectangle seen;   /* the area that is shown */
    PreviewKind kind;     /* what is shown, and the size at which it is painted: */
    NstSize size, finer;  /* `finer`: of what is being painted after that; 0: nothing is */
};

/* ---- What the steps report ----------------------------------------------------------------------------- */

static double seconds_since(gint64 time)
{
    return (double)(g_get_monotonic_time() - time) / G_USEC_PER_SEC;
}

static char *caption_of(const PreviewControl *control)
{
    const GeglRectangle *area = &control->seen;
    int width = control->size.width, height = control->size.height;
    if (control->kind == PREVIEW_SKETCH)
        return g_strdup_printf(_("A sketch of %d×%d pixels"), width, height);
    if (control->kind == PREVIEW_PART)
        return g_strdup_printf(_("A part at full size, %d×%d pixels"), width, height);
    if (control->finer.width > 0)
        return g_strdup_printf(_("%d×%d of %d×%d pixels, becoming sharper…"), width, height, area->width,
                               area->height);
    return g_strdup_printf(_("%d×%d of %d×%d pixels"), width, height, area->width, area->height);
}

static void show_caption(const PreviewControl *control, const char *event)
{
    char *caption = caption_of(control);
    preview_view_caption(control->view, caption);
    g_debug("the preview %s: %s", event, caption);
    g_free(caption);
}

/* What was shown before stays until the first picture, unless it is of another place. */
static void begun(PreviewKind kind, int width, int height, void *data)
{
    PreviewControl *control = data;
    if (control->elsewhere || !gegl_rectangle_equal(&control->seen, &control->finding.area))
        preview_view_clear(control->view);
    control->elsewhere = false;
    control->seen = control->finding.area;
    control->kind = kind;
    control->size = (NstSize){width, height};
    control->finer = (NstSize){0};
    show_caption(control, "begins");
}

static void original(const ShownPixels *picture, void *data)
{
    const PreviewControl *control = data;
    preview_view_before(control->view, picture->width, picture->height, picture->argb);
}

static void finer(NstSize now, NstSize next, void *data)
{
    PreviewControl *control = data;
    bool news = next.width > 0 || control->finer.width > 0;
    control->size = now;
    control->finer = next;
    if (news)
        show_caption(control, next.width > 0 ? "goes on" : "ends");
}

static void painted(const ShownPixels *picture, PreviewState state, void *data)
{
    PreviewControl *control = data;
    preview_view_painted(control->view, picture->width, picture->height, picture->argb);
    if (state == PREVIEW_AGAIN) {
        g_debug("the preview is shown in %d×%d", picture->width, picture->height);
        return;
    }
    if (!control->painted)
        g_debug("the preview shows something after %.2f s", seconds_since(control->changed));
    control->painted = true;
    if (state != PREVIEW_SETTLED)
        return;
    g_debug("the preview is settled after %.2f s", seconds_since(control->changed));
    loop_latency_log(control->latency, "until then");
}

static void forecast(const char *text, void *data)
{
    const PreviewControl *control = data;
    control->say(text, control->data);
}

static void failed(const char *message, void *data)
{
    PreviewControl *control = data;
    control->wanted = false;
    preview_view_clear(control->view);
    preview_view_caption(control->view, "");
    g_debug("there is no preview: %s", message);
    control->say(message, control->data);
}

static void ready(const PreviewPictureSet *set, bool changed, void *data)
{
    PreviewControl *control = data;
    if (!control->wanted && !changed)
        return;
    if (!control->wanted) {
        control->changed = g_get_monotonic_time();
        control->painted = false;
    }
    control->wanted = false;
    preview_worker_ask(control->worker, &(PreviewJob){.content = set->content,
                                                      .style = set->style,
                                                      .start = set->start,
                                                      .selection = set->selection,
                                                      .mask = set->mask,
                                                      .cut = check_cut(&control->call),
                                                      .gray = host_image_is_gray(control->call.image),
                                                      .part = set->part,
                                                      .part_style = set->part_style,
                                                      .spot = control->part,
                                                      .settings = &control->settings,
                                                      .threads = call_threads(&control->settings)});
}

/* ---- From a change to the reading of the pictures ------------------------------------------------------ */

static NstStatus check(const PluginCall *call, Finding *finding)
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

/* The picture of the style file, which was read when the call was checked and is cached. NULL: the style is a
 * layer. */
static GeglBuffer *style_file(const PluginCall *call)
{
    GeglBuffer *pixels = NULL;
    if (call->settings.style_file[0])
        style_pixels(call, &pixels, NULL);
    return pixels;
}

static void read_pictures(PreviewControl *control)
{
    const PluginCall *call = &control->call;
    char *title = style_title(call);
    const GeglRectangle *area = &control->finding.area;
    PreviewPicturesWanted wanted = {
        .image = call->again ? -1 : call->image, /* a painting is painted again wherever it was */
        .content = call->content,
        .area = *area,
        .style = call->style,
        .style_file = style_file(call),
        .style_title = title,
        .start = call->settings.start == NST_START_LAYER ? call->settings.start_layer : -1,
    };
    if (control->zoomed) {
        control->part = preview_part_of(area->width, area->height, &control->settings, control->x, control->y,
                                        control->room);
        wanted.part = control->part.area;
        wanted.room = nst_memory_room(&control->settings) / 2;
        wanted.part.x += area->x;
        wanted.part.y += area->y;
    }
    control->wanted = true;
    preview_pictures_read(control->pictures, &wanted);
    g_clear_object(&wanted.style_file);
    g_free(title);
}

static gboolean paused(gpointer data)
{
    PreviewControl *control = data;
    WeightsFound weights = {0};
    NstError error = WORDS_ERROR;
    control->pause = 0;
    if (check(&control->call, &control->finding) != NST_OK)
        failed(control->finding.message, control);
    else if (call_weights(&control->call.settings, &weights, &control->settings, &error) != NST_OK)
        failed(error.message, control);
    else
        read_pictures(control);
    weights_found_clear(&weights);
    return G_SOURCE_REMOVE;
}

static void stop(guint *timer)
{
    if (*timer)
        g_source_remove(*timer);
    *timer = 0;
}

/* opening: nobody is dragging a slider yet, so there is no pause to wait for, only the window to be drawn
 * first. */
static void restart(PreviewControl *control, bool opening)
{
    preview_pictures_forget(control->pictures);
    preview_worker_forget(control->worker);
    control->wanted = control->painted = false;
    control->changed = g_get_monotonic_time();
    control->say(_("Measuring…"), control->data);
    stop(&control->pause);
    control->pause = opening ? g_idle_add_full(G_PRIORITY_LOW, paused, control, NULL)
                             : g_timeout_add(PAUSE_MS, paused, control);
}

static gboolean recheck(gpointer data)
{
    PreviewControl *control = data;
    Finding now;
    if (control->pause)
        return G_SOURCE_CONTINUE;
    check(&control->call, &now);
    if (!same(&now, &control->finding))
        restart(control, false);
    return G_SOURCE_CONTINUE;
}

/* ---- The spot at full size ----------------------------------------------------------------------------- */

/* The settings stay the same, and with them the forecast. */
static void show_part(PreviewControl *control, bool zoomed, double x, double y)
{
    control->zoomed = zoomed;
    control->x = CLAMP(x, 0, 1);
    control->y = CLAMP(y, 0, 1);
    control->elsewhere = true;
    if (control->pause || control->finding.status != NST_OK)
        return; /* the pictures will be read anyway, or can't be */
    preview_worker_forget(control->worker);
    control->painted = false;
    control->changed = g_get_monotonic_time();
    read_pictures(control);
}

static void spot(double x, double y, void *data)
{
    show_part(data, true, x, y);
}

static void moved(double right, double down, void *data)
{
    PreviewControl *control = data;
    const GeglRectangle *area = &control->finding.area;
    if (area->width > 0)
        show_part(control, true, control->x + right / area->width, control->y + down / area->height);
}

static void whole(void *data)
{
    PreviewControl *control = data;
    show_part(control, false, control->x, control->y);
}

/* A part at full size keeps its size until the next one is wanted. */
static void resized(int width, int height, void *data)
{
    PreviewControl *control = data;
    control->room = (NstSize){width, height};
    preview_worker_room(control->worker, control->room);
}

/* ---- The functions of the header ----------------------------------------------------------------------- */

PreviewControl *preview_control_new(PreviewControlFunc say, void *data)
{
    PreviewControl *control = g_new0(PreviewControl, 1);
    control->say = say;
    control->data = data;
    control->pictures =
        preview_pictures_new(&(PreviewPicturesListener){.ready = ready, .failed = failed, .data = control});
    control->worker = preview_worker_new(&(PreviewWorkerListener){.begun = begun,
                                                                  .original = original,
                                                                  .painted = painted,
                                                                  .finer = finer,
                                                                  .forecast = forecast,
                                                                  .failed = failed,
                                                                  .data = control});
    control->view = preview_view_new(&(PreviewViewHost){
        .spot = spot, .moved = moved, .whole = whole, .resized = resized, .data = control});
    control->room = (NstSize){ROOM, ROOM};
    control->latency = loop_latency_new();
    g_signal_connect_swapped(preview_control_widget(control), "map", G_CALLBACK(loop_latency_begin),
                             control->latency);
    return control;
}

GtkWidget *preview_control_widget(PreviewControl *control)
{
    return preview_view_widget(control->view);
}

void preview_control_changed(PreviewControl *control, const PluginCall *call)
{
    bool opening = !control->recheck;
    control->call = *call;
    if (!control->recheck)
        control->recheck = g_timeout_add(RECHECK_MS, recheck, control);
    restart(control, opening);
}

/* Pictures that are being read are up to date anyway. */
void preview_control_look_again(PreviewControl *control)
{
    if (control->recheck && !control->pause && !control->wanted && control->finding.status == NST_OK)
        preview_pictures_refresh(control->pictures);
}

void preview_control_free(PreviewControl *control)
{
    gint64 began = g_get_monotonic_time();
    stop(&control->pause);
    stop(&control->recheck);
    preview_pictures_free(control->pictures);
    loop_latency_free(control->latency, "until the window closed");
    preview_worker_free(control->worker);
    g_debug("the preview has stopped within %.2f s", seconds_since(began));
    g_free(control);
}
