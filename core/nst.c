/* nst.c: the door. It keeps what outlasts a run: the crew of threads, the layers read so far, and how fast
 * this machine is at them. What a run consists of is in plan/ (decided beforehand) and paint.c (done).
 *
 * Layers are read when a job needs them and then kept. Rejected: reading all thirteen at once, which takes
 * four times the memory of the shallow ones that most jobs use; and keeping the file mapped for later, since
 * a mapped file that is cut short kills the process that reads it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nst.h"

#include "core/base/memory.h"
#include "core/base/workers.h"
#include "core/network/simd.h"
#include "core/network/vgg16.h"
#include "core/plan/run_plan.h"
#include "core/plan/speed.h"
#include "core/weights/weights.h"
#include "paint.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct NstNetwork {
    char *path;
    WeightsStamp stamp; /* of the file there when it was opened */
    char provenance[NST_TEXT_SIZE];
    const char *content_layers; /* where the settings name none */
    int threads;                /* asked for; the system may have granted fewer */
    Workers *workers;
    Vgg16 *vgg16; /* the layers read so far; NULL: none yet */

    Speed speed;
    ObjectiveSpec timed; /* what the speed was measured with */
    double timed_at;     /* when, by speed_clock */
    bool has_speed;
    bool rough_speed; /* measured roughly */

    bool painting;     /* a run is under way */
    MemoryRoom before; /* when it began: memory without this network */
};

/* ---- Opening ------------------------------------------------------------------------------------------- */

static int workers_asked(const NstNetwork *n)
{
    return n->threads > 0 ? n->threads : 1;
}

NstStatus nst_open(NstNetwork **network, const char *weights, int threads, NstError *error)
{
    *network = NULL;
    if (!weights || !weights[0])
        return nst_fail(error, NST_BAD_ARGUMENT, "There is no weights file: the setting “weights” is empty");
    NstNetwork *n = calloc(1, sizeof *n);
    char *path = strdup(weights);
    if (!n || !path) {
        free(n);
        free(path);
        return nst_fail_memory(error, "the network", sizeof *n);
    }
    n->path = path;
    n->threads = threads;
    Weights *file = NULL;
    NstStatus status = weights_open(&file, path, error);
    if (status == NST_OK) {
        n->stamp = weights_stamp(file);
        n->content_layers = weights_content_layers(file);
        g_strlcpy(n->provenance, weights_provenance(file), NST_TEXT_SIZE);
    }
    weights_close(file);
    if (status == NST_OK)
        status = workers_new(&n->workers, workers_asked(n), error);
    if (status == NST_OK)
        *network = n;
    else
        nst_close(n);
    return status;
}

bool nst_is_current(const NstNetwork *network, const char *weights, int threads)
{
    return network && weights && strcmp(network->path, weights) == 0 && network->threads == threads &&
           weights_stamp_matches(&network->stamp, weights);
}

void nst_close(NstNetwork *network)
{
    if (!network)
        return;
    vgg16_free(network->vgg16);
    workers_free(network->workers);
    free(network->path);
    free(network);
}

/* Reads layers until there are so many. */
static NstStatus deepen(NstNetwork *n, int layers, NstError *error)
{
    if (n->vgg16 && vgg16_depth(n->vgg16) >= layers)
        return NST_OK;
    Weights *file = NULL;
    NstStatus status = weights_open(&file, n->path, error);
    if (status == NST_OK && !weights_stamp_matches(&n->stamp, n->path))
        status = nst_fail(error, NST_BAD_FILE,
                          "The weights file “%s” has been replaced while it was in use: try again", n->path);
    if (status == NST_OK)
        status = n->vgg16 ? vgg16_deepen(n->vgg16, file, layers, error)
                          : vgg16_new(&n->vgg16, file, layers, n->workers, error);
    weights_close(file);
    return status;
}

/* ---- Checking and planning ----------------------------------------------------------------------------- */

/* pixels: must the picture itself be there, and not only its size? */
static NstStatus check_picture(const NstImage *picture, bool pixels, const char *what, NstError *error)
{
    if (!picture || (pixels && !picture->rgb))
        return nst_fail(error, NST_BAD_ARGUMENT, "There is no %s", nst_translated(error, what));
    if (picture->width < NST_MIN_SIDE || picture->height < NST_MIN_SIDE)
        return nst_fail(
            error, NST_BAD_ARGUMENT, "The %s is too small: %d × %d pixels; at least %d × %d are needed",
            nst_translated(error, what), picture->width, picture->height, NST_MIN_SIDE, NST_MIN_SIDE);
    return NST_OK;
}

static NstStatus check(const NstJob *job, bool pixels, NstError *error)
{
    NstStatus status = nst_settings_check(job->settings, error);
    if (status == NST_OK)
        status = check_picture(job->content, pixels, NST_N_("content"), error);
    if (status == NST_OK)
        status = check_picture(job->style, pixels, NST_N_("style"), error);
    if (status == NST_OK && job->settings->start == NST_START_LAYER)
        status = check_picture(job->start, pixels, NST_N_("layer to start from"), error);
    return status;
}

/* The strength is a lever on the style weight: 25 points are a factor of ten. */
static double strength_factor(double strength)
{
    return pow(10, (strength - 50) / 25);
}

/* The painter's guide has the strokes already, and the losses only paint over its joints: what they add
 * beyond that takes back a part of what matching has won, and smoothing blurs it (tests/bench/RESULTS.md).
 * There the strength says how much of the content's detail the guide keeps. */
static const double LIGHT_TOUCH = 0.01, LIGHT_SMOOTHING = 0.05;

static double style_factor(const NstSettings *s)
{
    return s->method == NST_METHOD_PAINTER ? LIGHT_TOUCH * run_plan_opacity(s->strength)
                                           : strength_factor(s->strength);
}

static double tv_factor(const NstSettings *s)
{
    return s->method == NST_METHOD_PAINTER ? LIGHT_SMOOTHING : 1;
}

static NstStatus read_settings(const NstNetwork *n, const NstSettings *s, ObjectiveSpec *spec,
                               NstError *error)
{
    *spec = (ObjectiveSpec){.content_weight = s->content_weight,
                            .style_weight = s->style_weight * style_factor(s),
                            .tv_weight = s->tv_weight * tv_factor(s),
                            .statistics = (NstStatistics)s->statistics,
                            .pooling = (NstPooling)s->pooling};
    NstStatus status = vgg16_layers_parse(s->content_layers[0] ? s->content_layers : n->content_layers,
                                          spec->content_layers, error);
    if (status == NST_OK)
        status = vgg16_layers_parse(s->style_layers, spec->style_layers, error);
    return status;
}

/* Bytes of the layers held, or of the first `layers` of them. */
static double held_bytes(const NstNetwork *n, int layers)
{
    int depth = n->vgg16 ? MIN(vgg16_depth(n->vgg16), layers) : 0;
    double scratch = depth > 0 ? (double)vgg16_scratch(depth) * sizeof(float) : 0;
    return vgg16_kernel_bytes(depth) + workers_count(n->workers) * scratch;
}

static MemoryRoom room_without_network(const NstNetwork *n)
{
    double held = held_bytes(n, VGG16_LAYERS);
    return (MemoryRoom){fmax(memory_resident() - held, 0), memory_available() + held};
}

/* The memory there is for a run that needs so many layers. Deeper ones that are held stay where they are. */
static MemoryRoom room_for(const NstNetwork *n, int layers)
{
    MemoryRoom room = n->painting ? n->before : room_without_network(n);
    double surplus = held_bytes(n, VGG16_LAYERS) - held_bytes(n, layers);
    return (MemoryRoom){room.taken + surplus, room.free - surplus};
}

/* Completes a plan that has been begun, and gets the network ready for it. */
static NstStatus prepare(NstNetwork *n, const NstJob *job, RunPlan *plan, ObjectiveSpec *spec,
                         NstForecast *forecast, NstError *error)
{
    *forecast = (NstForecast){0};
    g_strlcpy(forecast->weights, n->path, NST_TEXT_SIZE);
    g_strlcpy(forecast->provenance, n->provenance, NST_TEXT_SIZE);
    NstStatus status = read_settings(n, job->settings, spec, error);
    if (status == NST_OK) {
        MemoryRoom room = room_for(n, run_plan_depth(spec, plan));
        status = run_plan_fit(job, spec, workers_asked(n), &room, plan, forecast, error);
    }
    if (status == NST_OK)
        status = deepen(n, run_plan_depth(spec, plan), error);
    return status;
}

/* A measurement is repeated after so many seconds: the machine may have been busy with something else at the
 * time, which a dialog would otherwise show for as long as it is open. */
static const double SPEED_SECONDS = 15;

/* A run that is expected to take less is timed roughly: measuring the speed would take a good part of it. */
static const double SHORT_RUN = 2;

/* Measures the speed unless it is known for these layers. What was measured well is never replaced by less.
 * NST_CANCELLED: the run that this is a part of was stopped, and what was measured is void. */
static NstStatus time_network(NstNetwork *n, const ObjectiveSpec *spec, bool roughly, NstError *error)
{
    bool known = n->has_speed && speed_holds(&n->timed, spec);
    bool holds = known && (roughly || !n->rough_speed);
    double now = speed_clock();
    if (holds && now - n->timed_at < SPEED_SECONDS)
        return NST_OK;
    Speed measured;
    roughly = roughly && !(known && !n->rough_speed);
    NstStatus status = speed_measure(n->vgg16, spec, roughly, &measured, error);
    if (status == NST_OK && workers_stopped(n->workers))
        status = NST_CANCELLED;
    if (status != NST_OK)
        return status;
    n->speed = holds ? speed_better(&n->speed, &measured) : measured;
    n->has_speed = true;
    n->rough_speed = roughly;
    n->timed = *spec;
    n->timed_at = now;
    return NST_OK;
}

static NstStatus time_run(NstNetwork *n, const NstJob *job, const RunPlan *plan, const ObjectiveSpec *spec,
                          double *seconds, NstError *error)
{
    NstStatus status = time_network(n, spec, true, error);
    if (status == NST_OK)
        *seconds = run_plan_seconds(job, spec, plan, &n->speed);
    if (status != NST_OK || *seconds < SHORT_RUN)
        return status;
    status = time_network(n, spec, false, error);
    if (status == NST_OK)
        *seconds = run_plan_seconds(job, spec, plan, &n->speed);
    return status;
}

/* ---- Running ------------------------------------------------------------------------------------------- */

/* A run that is stopped meanwhile still has a picture to return, so that is left to paint. */
static NstStatus report_forecast(NstNetwork *n, const NstJob *job, const RunPlan *plan,
                                 const ObjectiveSpec *spec, NstForecast *forecast, NstError *error)
{
    NstStatus status = time_run(n, job, plan, spec, &forecast->seconds, error);
    if (status == NST_CANCELLED)
        return NST_OK;
    if (status != NST_OK)
        return status;
    job->forecast(forecast, job->data);
    return NST_OK;
}

static NstStatus run(NstNetwork *n, const NstJob *job, RunPlan *plan, NstImage *result, NstError *error)
{
    ObjectiveSpec spec;
    NstForecast forecast;
    n->before = room_without_network(n);
    workers_stop_when(n->workers, job->stop, job->data);
    NstStatus status = prepare(n, job, plan, &spec, &forecast, error);
    if (status == NST_OK && job->forecast)
        status = report_forecast(n, job, plan, &spec, &forecast, error);
    if (status == NST_OK) {
        n->painting = true;
        status = paint(&(PaintTask){job, &spec, plan, n->vgg16, n->path}, result, error);
        n->painting = false;
    }
    workers_stop_when(n->workers, NULL, NULL);
    return status;
}

NstStatus nst_run(NstNetwork *network, const NstJob *job, NstImage *result, NstError *error)
{
    RunPlan plan;
    *result = (NstImage){0};
    NstStatus status = check(job, true, error);
    if (status != NST_OK)
        return status;
    run_plan_whole(job, &plan);
    return run(network, job, &plan, result, error);
}

NstStatus nst_run_preview(NstNetwork *network, const NstJob *job, const NstPreview *preview, NstImage *result,
                          NstError *error)
{
    RunPlan plan;
    *result = (NstImage){0};
    NstStatus status = check(job, true, error);
    if (status != NST_OK)
        return status;
    run_plan_preview(job, preview, &plan);
    return run(network, job, &plan, result, error);
}

NstStatus nst_run_part(NstNetwork *network, const NstJob *job, const NstPart *part, NstImage *result,
                       NstError *error)
{
    RunPlan plan;
    *result = (NstImage){0};
    NstStatus status = check(job, true, error);
    if (status == NST_OK)
        status = check_picture(part->content, true, NST_N_("part of the content"), error);
    if (status == NST_OK && part->start && !part->start->rgb)
        status =
            nst_fail(error, NST_BAD_ARGUMENT, "There is no %s", nst_translated(error, "layer to start from"));
    if (status != NST_OK)
        return status;
    run_plan_part(job, part, &plan);
    return run(network, job, &plan, result, error);
}

NstStatus nst_forecast(NstNetwork *network, const NstJob *job, NstForecast *forecast, NstError *error)
{
    RunPlan plan;
    ObjectiveSpec spec;
    *forecast = (NstForecast){0};
    NstStatus status = check(job, false, error);
    if (status != NST_OK)
        return status;
    run_plan_whole(job, &plan);
    status = prepare(network, job, &plan, &spec, forecast, error);
    if (status == NST_OK)
        status = time_run(network, job, &plan, &spec, &forecast->seconds, error);
    return status;
}

NstStatus nst_progress_picture(const NstProgress *progress, int side, NstImage *picture, NstError *error)
{
    return paint_progress_picture(progress->painting, side, picture, error);
}

/* ---- Asides -------------------------------------------------------------------------------------------- */

int nst_scale_sizes(const NstSettings *settings, NstSize picture, NstSize sizes[NST_SCALES_MAX])
{
    Schedule schedule;
    schedule_plan(&schedule, picture.width, picture.height, settings);
    for (int scale = 0; scale < schedule.scales; scale++)
        sizes[scale] = (NstSize){schedule.scale[scale].width, schedule.scale[scale].height};
    return schedule.scales;
}

NstSize nst_preview_size(const NstSettings *settings, NstSize picture, int side)
{
    Schedule schedule;
    schedule_plan(&schedule, picture.width, picture.height, settings);
    schedule_preview(&schedule, side);
    return schedule_preview_size(&schedule, side, picture);
}

int nst_style_side(const NstSettings *settings, NstSize content, NstSize style)
{
    return run_plan_style_side(settings, content, style);
}

double nst_memory_room(const NstSettings *settings)
{
    MemoryRoom room = {memory_resident(), memory_available()};
    return run_plan_limit(settings, &room) - room.taken;
}

double nst_memory_resident(void)
{
    return memory_resident();
}

double nst_memory_peak(void)
{
    return memory_peak();
}

void nst_memory_give_back(void)
{
    memory_give_back();
}

const char *nst_vector_unit(void)
{
    return simd_best()->name;
}
