/* nst.c: a run, as a page of named steps: check, open the network, then paint scale after scale. */
#include "nst.h"

#include "core/base/random.h"
#include "core/loss/objective.h"
#include "core/optimizer/optimizer.h"
#include "core/optimizer/preconditioner.h"
#include "core/picture/color.h"
#include "core/picture/enlarge.h"
#include "core/picture/resample.h"
#include "core/plan/run_plan.h"
#include "core/plan/speed.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct Run {
    const NstJob *job;
    ObjectiveSpec spec;
    RunPlan plan;
    NstForecast forecast;
    Workers *workers;
    Vgg16 *net;
    const ColorMap *content_map, *style_map; /* what becomes of the pictures' colours; NULL: nothing */
    ColorMap maps[2];

    NstImage picture;              /* what is being painted, at the current scale */
    int scale;                     /* from 0 */
    Preconditioner preconditioner; /* at the current scale */
    Objective *objective;
    Losses losses, first, best;  /* of the last evaluation, and of the first and the best at this scale */
    int evaluations, iterations; /* done at this scale */
    int asked;                   /* iterations of this scale, so far */
} Run;

/* pixels: must the picture itself be there, and not its size alone? */
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
    if (status == NST_OK && job->part)
        status = check_picture(job->part, pixels, NST_N_("part of the content"), error);
    if (status == NST_OK && job->settings->start == NST_START_LAYER)
        status = check_picture(job->start, pixels, NST_N_("layer to start from"), error);
    if (status == NST_OK && !job->settings->weights[0] && !job->default_weights)
        status =
            nst_fail(error, NST_BAD_ARGUMENT, "There is no weights file: the setting “weights” is empty");
    return status;
}

/* The strength is a lever on the style weight: 25 points are a factor of ten. */
static double strength_factor(double strength)
{
    return pow(10, (strength - 50) / 25);
}

static int threads_of(const NstJob *job)
{
    int threads = job->settings->threads > 0 ? job->settings->threads : job->threads;
    return threads > 0 ? threads : 1;
}

static const char *weights_of(const NstJob *job)
{
    return job->settings->weights[0] ? job->settings->weights : job->default_weights;
}

static NstStatus read_settings(Run *run, const Weights *weights, NstError *error)
{
    const NstSettings *s = run->job->settings;
    const char *content_layers = s->content_layers[0] ? s->content_layers : weights_content_layers(weights);
    run->spec.content_weight = s->content_weight;
    run->spec.style_weight = s->style_weight * strength_factor(s->strength);
    run->spec.tv_weight = s->tv_weight;
    run->spec.statistics = (NstStatistics)s->statistics;
    NstStatus status = vgg16_layers_parse(content_layers, run->spec.content_layers, error);
    if (status == NST_OK)
        status = vgg16_layers_parse(s->style_layers, run->spec.style_layers, error);
    return status;
}

/* error is not NULL here: it tells what kind of failure there was. */
static NstStatus open_weights(Run *run, Weights **weights, NstError *error)
{
    *weights = weights_open(weights_of(run->job), error);
    if (!*weights)
        return error->status;
    snprintf(run->forecast.weights, NST_TEXT_SIZE, "%s", weights_path(*weights));
    snprintf(run->forecast.provenance, NST_TEXT_SIZE, "%s", weights_provenance(*weights));
    return NST_OK;
}

static NstStatus make_network(Run *run, const Weights *weights, NstError *error)
{
    const NstJob *job = run->job;
    run->workers = workers_new(threads_of(job), error);
    if (!run->workers)
        return NST_NO_MEMORY;
    workers_stop_when(run->workers, job->stop, job->data);
    run->net = vgg16_new(weights, objective_depth(&run->spec), job->settings->pooling, run->workers, error);
    return run->net ? NST_OK : error->status;
}

static NstStatus tell_forecast(Run *run, NstError *error)
{
    if (!run->job->forecast)
        return NST_OK;
    NstStatus status = run_plan_time(&run->spec, &run->plan, run->net, &run->forecast, error);
    if (status == NST_OK)
        run->job->forecast(&run->forecast, run->job->data);
    return status;
}

/* All that comes before painting. The weights are open, and mapped, for as long as the network reads them. */
static NstStatus prepare(Run *run, bool pixels, NstError *error)
{
    Weights *weights = NULL;
    NstStatus status = check(run->job, pixels, error);
    if (status == NST_OK)
        status = open_weights(run, &weights, error);
    if (status == NST_OK)
        status = read_settings(run, weights, error);
    if (status == NST_OK)
        status = run_plan_make(run->job, &run->spec, threads_of(run->job), &run->plan, &run->forecast, error);
    if (status == NST_OK)
        status = make_network(run, weights, error);
    weights_close(weights);
    return status;
}

static void release(Run *run)
{
    vgg16_free(run->net);
    workers_free(run->workers);
}

/* ---- Painting ------------------------------------------------------------------------------------------ */

/* Whose colours are painted with, settled once and from the pictures as they came, so that all
 * scales agree. */
static void choose_colors(Run *run)
{
    NstColor color = (NstColor)run->job->settings->color;
    if (color == NST_COLOR_STYLE)
        return;
    ColorStatistics content = color_statistics(run->job->content), style = color_statistics(run->job->style);
    run->style_map = &run->maps[0];
    if (color == NST_COLOR_MATCH) {
        run->maps[0] = color_match(&style, &content);
    } else {
        run->maps[0] = color_match_gray(&style, &content);
        run->maps[1] = color_gray();
        run->content_map = &run->maps[1];
    }
}

/* Noise around mid-grey, weak enough for every filter of the network to answer to what is done to it: from
 * noise over the whole range a content came back at 17 dB, from this at 28 (ImageNet's weights, relu2_1, 128
 * x 128). */
static const float GREY = 0.5f, NOISE = 0.05f;

static NstStatus noise(NstImage *picture, int width, int height, int seed, NstError *error)
{
    NstStatus status = nst_image_new(picture, width, height, error);
    for (size_t i = 0; status == NST_OK && i < nst_image_floats(picture); i++)
        picture->rgb[i] = GREY + NOISE * (2 * random_uniform((uint32_t)seed, i) - 1);
    return status;
}

/* What is painted over; NULL: noise, which holds nothing to come back to. */
static const NstImage *painted_over(const NstJob *job)
{
    switch ((NstStart)job->settings->start) {
    case NST_START_NOISE:
        return NULL;
    case NST_START_LAYER:
        return job->part ? NULL : job->start;
    case NST_START_CONTENT:
        break;
    }
    return run_plan_content(job);
}

/* What the coarsest scale starts from. */
static NstStatus start_picture(Run *run, NstError *error)
{
    const NstImage *start = painted_over(run->job), *painted = run->job->part_start;
    int width = run->plan.schedule.scale[0].width, height = run->plan.schedule.scale[0].height;
    if (painted)
        return resample(painted, painted->width, painted->height, &run->picture, error);
    return start ? resample(start, width, height, &run->picture, error)
                 : noise(&run->picture, width, height, run->job->settings->seed, error);
}

/* Brings the picture from whatever scale it has to width x height. The details that come with it have their
 * colours still; a gray map's weights add up to 1, so what is gray already stays as it is. */
static NstStatus enlarge_picture(Run *run, int width, int height, NstError *error)
{
    if (run->picture.width == width && run->picture.height == height)
        return NST_OK;
    NstStatus status = enlarge(&run->picture, painted_over(run->job), width, height, error);
    if (status == NST_OK && run->content_map)
        color_apply(run->content_map, &run->picture);
    return status;
}

static double evaluate(void *data, const float *x, float *gradient)
{
    Run *run = data;
    objective_evaluate(run->objective, x, &run->losses, gradient);
    if (workers_stopped(run->workers))
        return NAN;
    if (run->content_map)
        color_gray_gradient(nst_image_floats(&run->picture) / 3, gradient);
    if (run->evaluations++ == 0)
        run->first = run->losses;
    if (run->losses.total < run->best.total)
        run->best = run->losses;
    return run->losses.total;
}

static int progress(void *data, int iteration, double best_f)
{
    (void)best_f;
    Run *run = data;
    const NstJob *job = run->job;
    run->iterations = iteration;
    NstProgress p = {
        .fraction = schedule_fraction(&run->plan.schedule, run->scale, iteration, run->asked),
        .scale = run->scale + 1,
        .scales = run->plan.schedule.scales,
        .width = run->picture.width,
        .height = run->picture.height,
        .iteration = iteration,
        .iterations = run->asked,
        .loss = run->best.total,
        .content_loss = run->best.content,
        .style_loss = run->best.style,
        .tv_loss = run->best.tv,
        .run = run,
    };
    return job->progress ? job->progress(&p, job->data) : 0;
}

/* May this scale's iterations be added to? */
static bool goes_on(const Run *run)
{
    return run->job->more && run->scale == run->plan.schedule.scales - 1;
}

static int more(void *data)
{
    Run *run = data;
    int iterations = run->job->more(run->job->data);
    run->asked += iterations;
    return iterations;
}

/* What an enlarged picture lacks are the finest strokes, and its first iterations are for them. */
static void preconditioner(void *data, float *vector)
{
    enum { FOR_DETAIL = 8 };
    const Run *run = data;
    preconditioner_apply(&run->preconditioner, run->iterations >= FOR_DETAIL, vector);
}

static void learn(void *data, const float *s, const float *y)
{
    Run *run = data;
    preconditioner_learn(&run->preconditioner, s, y);
}

/* A picture at a scale's size and in the colours it is painted with: itself where it is that already, else a
 * copy. */
static NstStatus at_size(const NstImage *picture, const ColorMap *map, int width, int height, NstImage *copy,
                         const NstImage **seen, NstError *error)
{
    *seen = picture;
    if (picture->width == width && picture->height == height && !map)
        return NST_OK;
    *seen = copy;
    NstStatus status = resample(picture, width, height, copy, error);
    if (status == NST_OK && map)
        color_apply(map, copy);
    return status;
}

/* Content and style as this scale sees them become its objective; the content stays. */
static NstStatus make_objective(Run *run, NstImage *content_copy, NstError *error)
{
    const NstJob *job = run->job;
    const NstImage *content, *style;
    NstImage style_copy = {0};
    const ScheduleScale *scale = &run->plan.schedule.scale[run->scale];
    int style_width = run->plan.at[run->scale].style_width,
        style_height = run->plan.at[run->scale].style_height;
    NstStatus status = at_size(run_plan_content(job), run->content_map, scale->width, scale->height,
                               content_copy, &content, error);
    if (status == NST_OK)
        status = at_size(job->style, run->style_map, style_width, style_height, &style_copy, &style, error);
    if (status == NST_OK) {
        const ObjectivePlan *objective = &run->plan.at[run->scale].plan.objective;
        run->objective = objective_new(run->net, &run->spec, objective, content, style, error);
        status = run->objective ? NST_OK : NST_NO_MEMORY;
    }
    nst_image_free(&style_copy);
    return status;
}

static NstStatus minimize(Run *run, NstError *error)
{
    OptimizerProblem problem = {.n = nst_image_floats(&run->picture),
                                .evaluate = evaluate,
                                .progress = progress,
                                .data = run,
                                .workers = run->workers,
                                .preconditioner = preconditioner,
                                .learn = learn,
                                .more = goes_on(run) ? more : NULL};
    NstStatus status = preconditioner_new(&run->preconditioner, run->picture.height, run->picture.width,
                                          run->workers, error);
    if (status == NST_OK)
        status = optimizer_minimize(run->plan.at[run->scale].plan.optimizer, &problem, run->asked,
                                    run->picture.rgb, error);
    preconditioner_free(&run->preconditioner);
    if (status == NST_OK && !isfinite(run->best.total))
        status = nst_fail(
            error, NST_BAD_FILE,
            "The loss is not a finite number: the weights file “%s” contains values that are too large",
            weights_of(run->job));
    return status;
}

static void tell_scale(const Run *run, double seconds)
{
    const MemoryPlan *p = &run->plan.at[run->scale].plan;
    const ScheduleScale *s = &run->plan.schedule.scale[run->scale];
    NstScale scale = {
        .scale = run->scale + 1,
        .scales = run->plan.schedule.scales,
        .width = s->width,
        .height = s->height,
        .style_width = run->plan.at[run->scale].style_width,
        .style_height = run->plan.at[run->scale].style_height,
        .tiles = objective_work(&run->spec, &p->objective, s->width, s->height).tiles,
        .optimizer = p->optimizer.kind,
        .history = p->optimizer.history,
        .iterations = run->iterations,
        .evaluations = run->evaluations,
        .seconds = seconds,
        .start = run->first,
        .end = run->best,
    };
    if (run->job->scale)
        run->job->scale(&scale, run->job->data);
}

static NstStatus paint_scale(Run *run, int scale, NstError *error)
{
    NstImage content = {0};
    double began = speed_clock();
    run->scale = scale;
    run->evaluations = run->iterations = 0;
    const ScheduleScale *s = &run->plan.schedule.scale[scale];
    run->asked = s->iterations;
    run->best.total = INFINITY;
    NstStatus status = enlarge_picture(run, s->width, s->height, error);
    if (status == NST_OK)
        status = make_objective(run, &content, error);
    if (status == NST_OK)
        status = minimize(run, error);
    if ((status == NST_OK || status == NST_CANCELLED) && run->evaluations > 0)
        tell_scale(run, speed_clock() - began);
    objective_free(run->objective);
    run->objective = NULL;
    nst_image_free(&content);
    return status;
}

/* Gives a gray painting of any size the content's chroma; frees it on failure. */
static NstStatus restore_colors(const Run *run, NstImage *painting, NstError *error)
{
    if (!run->content_map)
        return NST_OK;
    NstImage copy = {0};
    const NstImage *content;
    NstStatus status =
        at_size(run_plan_content(run->job), NULL, painting->width, painting->height, &copy, &content, error);
    if (status == NST_OK)
        color_restore(content, painting);
    else
        nst_image_free(painting);
    nst_image_free(&copy);
    return status;
}

/* The picture to hand back. A run stopped on a coarse scale has what there is, at the result's size. */
static NstStatus finish(Run *run, NstError *error)
{
    NstStatus status = enlarge_picture(run, run->plan.width, run->plan.height, error);
    return status == NST_OK ? restore_colors(run, &run->picture, error) : status;
}

static NstStatus paint(Run *run, NstError *error)
{
    choose_colors(run);
    NstStatus status = start_picture(run, error);
    if (status == NST_OK && run->content_map)
        color_apply(run->content_map, &run->picture);
    for (int scale = 0; scale < run->plan.schedule.scales && status == NST_OK; scale++)
        status = paint_scale(run, scale, error);
    if (status == NST_OK || status == NST_CANCELLED) {
        NstStatus finished = finish(run, error);
        status = finished == NST_OK ? status : finished;
    }
    return status;
}

NstStatus nst_progress_picture(const NstProgress *progress, int side, NstImage *picture, NstError *error)
{
    const Run *run = progress->run;
    int width = run->picture.width, height = run->picture.height;
    int longer = width > height ? width : height;
    double factor = side < longer ? (double)side / longer : 1;
    width = (int)fmax(1, round(factor * width));
    height = (int)fmax(1, round(factor * height));
    NstStatus status = resample(&run->picture, width, height, picture, error);
    return status == NST_OK ? restore_colors(run, picture, error) : status;
}

NstStatus nst_run(const NstJob *job, NstImage *result, NstError *error)
{
    Run run = {.job = job};
    NstError unread = {0};
    error = error ? error : &unread;
    *result = (NstImage){0};

    NstStatus status = prepare(&run, true, error);
    if (status == NST_OK)
        status = tell_forecast(&run, error);
    if (status == NST_OK)
        status = paint(&run, error);
    if (status == NST_OK || status == NST_CANCELLED)
        *result = run.picture;
    else
        nst_image_free(&run.picture);
    release(&run);
    return status;
}

NstStatus nst_forecast(const NstJob *job, NstForecast *forecast, NstError *error)
{
    Run run = {.job = job};
    NstError unread = {0};
    error = error ? error : &unread;

    NstStatus status = prepare(&run, false, error);
    if (status == NST_OK)
        status = run_plan_time(&run.spec, &run.plan, run.net, &run.forecast, error);
    *forecast = run.forecast;
    release(&run);
    return status;
}
