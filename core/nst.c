/* nst.c: a run, as a page of named steps: check, open the network, then paint scale after scale. */
#include "nst.h"

#include "forecast.h"
#include "memory.h"
#include "objective.h"
#include "optimizer.h"
#include "random.h"
#include "resample.h"
#include "schedule.h"
#include "vector.h"

#include <math.h>
#include <string.h>

typedef struct Run {
    const NstJob *job;
    ObjectiveSpec spec;
    Schedule schedule;
    Weights *weights;
    Workers *workers;
    Vgg16 *net;

    NstImage picture; /* what is being painted, at the current scale */
    int scale;        /* from 0 */
    Objective *objective;
    Losses losses, best; /* of the last evaluation, and of the best at this scale */
} Run;

static NstStatus check_picture(const NstImage *picture, const char *what, NstError *error)
{
    if (!picture || !picture->rgb)
        return nst_fail(error, NST_BAD_ARGUMENT, "There is no %s", what);
    if (picture->width < NST_MIN_SIDE || picture->height < NST_MIN_SIDE)
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "The %s is too small: %d × %d pixels, at least %d × %d are needed", what,
                        picture->width, picture->height, NST_MIN_SIDE, NST_MIN_SIDE);
    return NST_OK;
}

static NstStatus check(const NstJob *job, NstError *error)
{
    NstStatus status = nst_settings_check(job->settings, error);
    if (status == NST_OK)
        status = check_picture(job->content, "content", error);
    if (status == NST_OK)
        status = check_picture(job->style, "style", error);
    if (status == NST_OK && job->settings->start == NST_START_LAYER)
        status = check_picture(job->start, "layer to start from", error);
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

static NstStatus plan(Run *run, NstError *error)
{
    const NstSettings *s = run->job->settings;
    run->spec.content_weight = s->content_weight;
    run->spec.style_weight = s->style_weight * strength_factor(s->strength);
    run->spec.tv_weight = s->tv_weight;
    schedule_plan(&run->schedule, run->job->content->width, run->job->content->height, s->scales);
    NstStatus status = vgg16_layers_parse(s->content_layers, run->spec.content_layers, error);
    if (status == NST_OK)
        status = vgg16_layers_parse(s->style_layers, run->spec.style_layers, error);
    return status;
}

/* A picture that doesn't fit is refused here: the system would hand out the memory and then kill the process.
 */
static NstStatus check_memory(const Run *run, NstError *error)
{
    const NstJob *job = run->job;
    int style_width = job->style->width, style_height = job->style->height;
    schedule_fit(&run->schedule, run->schedule.scales - 1, &style_width, &style_height);
    double needed =
        forecast_bytes(&run->spec, job->settings->optimizer, &run->schedule, style_width, style_height);
    double available = memory_available(), gib = 1 << 30;
    if (needed <= available)
        return NST_OK;
    return nst_fail(
        error, NST_NO_MEMORY,
        "Painting %d × %d pixels takes %.1f GiB of memory, and %.1f GiB are free: select a part of the "
        "layer, or make it smaller",
        job->content->width, job->content->height, needed / gib, available / gib);
}

/* error is not NULL here: it tells what kind of failure there was. */
static NstStatus open_network(Run *run, NstError *error)
{
    const NstJob *job = run->job;
    const NstSettings *s = job->settings;
    int threads = s->threads > 0 ? s->threads : job->threads;
    run->workers = workers_new(threads > 0 ? threads : 1, error);
    if (!run->workers)
        return NST_NO_MEMORY;
    run->weights = weights_open(s->weights[0] ? s->weights : job->default_weights, error);
    if (!run->weights)
        return error->status;
    run->net = vgg16_new(run->weights, objective_depth(&run->spec), s->pooling, run->workers, error);
    return run->net ? NST_OK : error->status;
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

/* What the coarsest scale starts from. */
static NstStatus start_picture(Run *run, NstError *error)
{
    const NstJob *job = run->job;
    int width = run->schedule.size[0].width, height = run->schedule.size[0].height;
    switch ((NstStart)job->settings->start) {
    case NST_START_NOISE:
        return noise(&run->picture, width, height, job->settings->seed, error);
    case NST_START_LAYER:
        return resample(job->start, width, height, &run->picture, error);
    case NST_START_CONTENT:
        break;
    }
    return resample(job->content, width, height, &run->picture, error);
}

/* Brings the picture from whatever scale it has to width x height. */
static NstStatus resize_picture(Run *run, int width, int height, NstError *error)
{
    NstImage resized;
    NstStatus status = resample(&run->picture, width, height, &resized, error);
    if (status == NST_OK) {
        nst_image_free(&run->picture);
        run->picture = resized;
    }
    return status;
}

static double evaluate(void *data, const float *x, float *gradient)
{
    Run *run = data;
    objective_evaluate(run->objective, x, &run->losses, gradient);
    if (run->losses.total < run->best.total)
        run->best = run->losses;
    return run->losses.total;
}

static int progress(void *data, int iteration, double best_f)
{
    (void)best_f;
    Run *run = data;
    const NstJob *job = run->job;
    int iterations = job->settings->iterations;
    NstProgress p = {
        .fraction = schedule_fraction(&run->schedule, run->scale, iteration, iterations),
        .scale = run->scale + 1,
        .scales = run->schedule.scales,
        .width = run->picture.width,
        .height = run->picture.height,
        .iteration = iteration,
        .iterations = iterations,
        .loss = run->best.total,
        .content_loss = run->best.content,
        .style_loss = run->best.style,
        .tv_loss = run->best.tv,
    };
    return job->progress ? job->progress(&p, job->data) : 0;
}

/* Content and style as this scale sees them become its objective. */
static NstStatus make_objective(Run *run, NstError *error)
{
    const NstJob *job = run->job;
    NstImage content = {0}, style = {0};
    int style_width = job->style->width, style_height = job->style->height;
    schedule_fit(&run->schedule, run->scale, &style_width, &style_height);
    NstStatus status = resample(job->content, run->picture.width, run->picture.height, &content, error);
    if (status == NST_OK)
        status = resample(job->style, style_width, style_height, &style, error);
    if (status == NST_OK) {
        run->objective = objective_new(run->net, &run->spec, &content, &style, error);
        status = run->objective ? NST_OK : NST_NO_MEMORY;
    }
    nst_image_free(&content);
    nst_image_free(&style);
    return status;
}

static NstStatus paint_scale(Run *run, int scale, NstError *error)
{
    const NstSettings *s = run->job->settings;
    run->scale = scale;
    run->best.total = INFINITY;
    NstStatus status =
        resize_picture(run, run->schedule.size[scale].width, run->schedule.size[scale].height, error);
    if (status == NST_OK)
        status = make_objective(run, error);
    if (status == NST_OK) {
        OptimizerProblem problem = {nst_image_floats(&run->picture), evaluate, progress, run, run->workers};
        status = optimizer_minimize((OptimizerPlan){s->optimizer, OPTIMIZER_HISTORY_MAX}, &problem,
                                    s->iterations, run->picture.rgb, error);
        if (status == NST_OK && !isfinite(run->best.total))
            status = nst_fail(error, NST_BAD_FILE,
                              "The loss is not a finite number: the weights file “%s” holds values too "
                              "large for it",
                              weights_path(run->weights));
    }
    objective_free(run->objective);
    run->objective = NULL;
    return status;
}

static NstStatus paint(Run *run, NstError *error)
{
    NstStatus status = start_picture(run, error);
    for (int scale = 0; scale < run->schedule.scales && status == NST_OK; scale++)
        status = paint_scale(run, scale, error);
    /* Stopped on a coarse scale: what there is, at the content's size. */
    if (status == NST_CANCELLED &&
        resize_picture(run, run->job->content->width, run->job->content->height, error) != NST_OK)
        status = NST_NO_MEMORY;
    return status;
}

NstStatus nst_run(const NstJob *job, NstImage *result, NstError *error)
{
    Run run = {.job = job};
    NstError unread;
    error = error ? error : &unread;
    *result = (NstImage){0};

    NstStatus status = check(job, error);
    if (status == NST_OK)
        status = plan(&run, error);
    if (status == NST_OK)
        status = check_memory(&run, error);
    if (status == NST_OK)
        status = open_network(&run, error);
    if (status == NST_OK)
        status = paint(&run, error);
    if (status == NST_OK || status == NST_CANCELLED)
        *result = run.picture;
    else
        nst_image_free(&run.picture);

    vgg16_free(run.net);
    weights_close(run.weights);
    workers_free(run.workers);
    return status;
}

NstStatus nst_forecast(const NstJob *job, NstForecast *forecast, NstError *error)
{
    Run run = {.job = job};
    NstStatus status = plan(&run, error);
    int style_width = job->style->width, style_height = job->style->height;
    schedule_fit(&run.schedule, run.schedule.scales - 1, &style_width, &style_height);
    *forecast = (NstForecast){
        .bytes =
            forecast_bytes(&run.spec, job->settings->optimizer, &run.schedule, style_width, style_height),
        .limit = memory_available(),
        .tiles = 1,
    };
    return status;
}
