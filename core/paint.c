/* paint.c: a run, once it is planned: what it starts from, then scale after scale enlarged, given its
 * objective and minimised. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paint.h"

#include "core/base/random.h"
#include "core/optimizer/optimizer.h"
#include "core/optimizer/preconditioner.h"
#include "core/picture/color.h"
#include "core/picture/enlarge.h"
#include "guide.h"

#include <math.h>

struct NstPainting {
    const NstJob *job;
    const ObjectiveSpec *spec;
    const RunPlan *plan;
    const Vgg16 *net;
    Workers *workers;
    const char *weights;
    const ColorMap *content_map, *style_map; /* applied to the pictures' colours; NULL: none is */
    ColorMap maps[2];

    NstImage guide;               /* where the method is painter, at the result's size */
    const NstImage *content;      /* what is repainted: the guide, or the plan's content */
    const NstImage *painted_over; /* what the painting grows out of: the guide, or the plan's */

    NstImage picture; /* what is being painted, at the current scale */
    int scale;        /* from 0 */
    Preconditioner preconditioner;
    Objective *objective;
    Losses losses, first, best;  /* of the last evaluation, and of the first and the best at this scale */
    int evaluations, iterations; /* done at this scale */
    int asked;                   /* iterations that this scale is to have, so far */
    bool stopped;                /* by the progress callback, while the guide was made */
};

/* ---- The start ----------------------------------------------------------------------------------------- */

/* Decides whose colours are used: once, and from the original pictures, so that all scales agree. */
static void choose_colors(NstPainting *painting)
{
    const NstJob *job = painting->job;
    NstColor color = (NstColor)job->settings->color;
    if (color == NST_COLOR_STYLE)
        return;
    ColorStatistics content = color_statistics(job->content), style = color_statistics(job->style);
    painting->style_map = &painting->maps[0];
    if (color == NST_COLOR_MATCH) {
        painting->maps[0] = color_match(&style, &content);
    } else {
        painting->maps[0] = color_match_gray(&style, &content);
        painting->maps[1] = color_gray();
        painting->content_map = &painting->maps[1];
    }
}

/* Noise around mid-grey, weak enough that every filter of the network responds to a change of it: from noise
 * over the whole range a content came back at 17 dB, from this at 28 (ImageNet's weights, relu2_1, 128 x
 * 128). */
static const float GREY = 0.5f, NOISE = 0.05f;

static NstStatus noise(NstImage *picture, int width, int height, int seed, NstError *error)
{
    NstStatus status = nst_image_new(picture, width, height, error);
    for (size_t i = 0; status == NST_OK && i < nst_image_floats(picture); i++)
        picture->rgb[i] = GREY + NOISE * (2 * random_uniform((uint32_t)seed, i) - 1);
    return status;
}

static NstStatus start_picture(NstPainting *painting, NstError *error)
{
    const RunPlan *plan = painting->plan;
    const ScheduleScale *coarsest = &plan->schedule.scale[0];
    NstImage *picture = &painting->picture;
    NstStatus status;
    if (plan->begun)
        status = nst_image_resample(plan->begun, plan->begun->width, plan->begun->height, picture, error);
    else if (painting->painted_over)
        status =
            nst_image_resample(painting->painted_over, coarsest->width, coarsest->height, picture, error);
    else
        status = noise(picture, coarsest->width, coarsest->height, painting->job->settings->seed, error);
    if (status == NST_OK && painting->content_map)
        color_apply(painting->content_map, picture);
    return status;
}

/* Brings the picture from whatever scale it has to width x height. The details added by it still have their
 * colours; a gray map's weights add up to 1, so what is gray already stays as it is. */
static NstStatus enlarge_picture(NstPainting *painting, int width, int height, NstError *error)
{
    NstImage *picture = &painting->picture;
    if (picture->width == width && picture->height == height)
        return NST_OK;
    NstStatus status = picture_enlarge(picture, painting->painted_over, width, height, error);
    if (status == NST_OK && painting->content_map)
        color_apply(painting->content_map, picture);
    return status;
}

/* A picture at a scale's size and in the colours it is painted with: the picture itself where it has them
 * already, else a copy. */
static NstStatus at_size(const NstImage *picture, const ColorMap *map, int width, int height, NstImage *copy,
                         const NstImage **seen, NstError *error)
{
    *seen = picture;
    if (picture->width == width && picture->height == height && !map)
        return NST_OK;
    *seen = copy;
    NstStatus status = nst_image_resample(picture, width, height, copy, error);
    if (status == NST_OK && map)
        color_apply(map, copy);
    return status;
}

/* ---- The guide ----------------------------------------------------------------------------------------- */

/* `laid` is shown as what has been painted so far. */
static void report_matching(void *data, double fraction, const NstImage *laid)
{
    NstPainting *painting = data;
    const NstJob *job = painting->job;
    const RunPlan *plan = painting->plan;
    NstProgress now = {.fraction = plan->guide.share * fraction,
                       .scale = 1,
                       .scales = plan->schedule.scales,
                       .width = laid->width,
                       .height = laid->height,
                       .matching = true,
                       .iterations = plan->schedule.scale[0].iterations,
                       .painting = painting};
    painting->picture = *laid;
    if (job->progress && job->progress(&now, job->data))
        painting->stopped = true;
    painting->picture = (NstImage){0};
}

/* The pictures that the guide is made from, in the colours that are painted with. */
static NstStatus make_guide_from(NstPainting *painting, const NstImage *content, const NstImage *style,
                                 const NstImage *repainted, NstError *error)
{
    GuideTask task = {.net = painting->net,
                      .plan = &painting->plan->guide,
                      .content = content,
                      .style = style,
                      .repainted = repainted,
                      .progress = report_matching,
                      .data = painting};
    return guide_make(&task, &painting->guide, error);
}

/* The guide takes the place of the content, also as what the painting grows out of, unless that is noise
 * or another layer. */
static NstStatus make_guide(NstPainting *painting, NstError *error)
{
    const RunPlan *plan = painting->plan;
    const NstJob *job = painting->job;
    const NstImage *content, *style, *repainted;
    NstImage content_copy = {0}, style_copy = {0}, repainted_copy = {0};
    painting->content = plan->content;
    painting->painted_over = plan->painted_over;
    if (!plan->guide.wanted)
        return NST_OK;
    NstStatus status = at_size(job->content, painting->content_map, job->content->width, job->content->height,
                               &content_copy, &content, error);
    if (status == NST_OK)
        status = at_size(job->style, painting->style_map, job->style->width, job->style->height, &style_copy,
                         &style, error);
    if (status == NST_OK)
        status = at_size(plan->content, painting->content_map, plan->result.width, plan->result.height,
                         &repainted_copy, &repainted, error);
    if (status == NST_OK)
        status = make_guide_from(painting, content, style, repainted, error);
    nst_image_free(&content_copy);
    nst_image_free(&style_copy);
    nst_image_free(&repainted_copy);
    if (painting->guide.rgb) {
        painting->content = &painting->guide;
        painting->painted_over = plan->painted_over == plan->content ? &painting->guide : plan->painted_over;
    }
    return status;
}

/* ---- What the optimiser asks --------------------------------------------------------------------------- */

static double evaluate(void *data, const float *x, float *gradient)
{
    NstPainting *painting = data;
    objective_evaluate(painting->objective, x, &painting->losses, gradient);
    if (workers_stopped(painting->workers))
        return NAN;
    if (painting->content_map)
        color_gray_gradient(nst_image_floats(&painting->picture) / 3, gradient);
    if (painting->evaluations++ == 0)
        painting->first = painting->losses;
    if (painting->losses.total < painting->best.total)
        painting->best = painting->losses;
    return painting->losses.total;
}

static int progress(void *data, int iteration, double best_f)
{
    (void)best_f;
    NstPainting *painting = data;
    const NstJob *job = painting->job;
    const Schedule *schedule = &painting->plan->schedule;
    double share = painting->plan->guide.share;
    painting->iterations = iteration;
    NstProgress now = {
        .fraction =
            share + (1 - share) * schedule_fraction(schedule, painting->scale, iteration, painting->asked),
        .scale = painting->scale + 1,
        .scales = schedule->scales,
        .width = painting->picture.width,
        .height = painting->picture.height,
        .iteration = iteration,
        .iterations = painting->asked,
        .loss = painting->best.total,
        .content_loss = painting->best.content,
        .style_loss = painting->best.style,
        .tv_loss = painting->best.tv,
        .painting = painting,
    };
    return job->progress ? job->progress(&now, job->data) : 0;
}

/* May iterations be added to this scale? */
static bool may_have_more(const NstPainting *painting)
{
    return painting->job->more && painting->scale == painting->plan->schedule.scales - 1;
}

static int more(void *data)
{
    NstPainting *painting = data;
    int iterations = painting->job->more(painting->job->data);
    painting->asked += iterations;
    return iterations;
}

/* What an enlarged picture lacks are the finest strokes, and its first iterations are for them. */
static void precondition(void *data, float *vector)
{
    enum { FOR_DETAIL = 8 };
    const NstPainting *painting = data;
    preconditioner_apply(&painting->preconditioner, painting->iterations >= FOR_DETAIL, vector);
}

static void learn(void *data, const float *s, const float *y)
{
    NstPainting *painting = data;
    preconditioner_learn(&painting->preconditioner, s, y);
}

/* ---- One scale ----------------------------------------------------------------------------------------- */

/* Makes the objective from content and style as this scale sees them; the content's copy, if there is one, is
 * kept as long as the objective. */
static NstStatus make_objective(NstPainting *painting, NstImage *content_copy, NstError *error)
{
    const RunPlan *plan = painting->plan;
    const ScheduleScale *scale = &plan->schedule.scale[painting->scale];
    NstSize style_size = plan->at[painting->scale].style;
    const NstImage *content, *style;
    NstImage style_copy = {0};
    NstStatus status = at_size(painting->content, painting->content_map, scale->width, scale->height,
                               content_copy, &content, error);
    if (status == NST_OK)
        status = at_size(painting->job->style, painting->style_map, style_size.width, style_size.height,
                         &style_copy, &style, error);
    if (status == NST_OK)
        status = objective_new(&painting->objective, painting->net, painting->spec,
                               &plan->at[painting->scale].memory.objective, content, style, error);
    nst_image_free(&style_copy);
    return status;
}

/* From where the picture is, with the preconditioner made. */
static NstStatus search(NstPainting *painting, NstError *error)
{
    NstImage *picture = &painting->picture;
    OptimizerProblem problem = {.n = nst_image_floats(picture),
                                .evaluate = evaluate,
                                .progress = progress,
                                .data = painting,
                                .workers = painting->workers,
                                .precondition = precondition,
                                .observe_step = learn,
                                .more = may_have_more(painting) ? more : NULL};
    return optimizer_minimize(painting->plan->at[painting->scale].memory.optimizer, &problem, painting->asked,
                              picture->rgb, error);
}

/* Where all neighbours are alike, as on a white page, the network's maxima are ties. A step away from them
 * raises each, whichever way it goes, so that on a picture with much of that, and a pale style, no step at
 * all lowers the loss, however far it is from its least. */
static bool is_stuck(const NstPainting *painting)
{
    return painting->scale == 0 && painting->iterations == 0 && painting->asked > 0 &&
           painting->best.total > 0 && isfinite(painting->best.total);
}

/* Towards noise, and into the box. */
static void disturb(NstImage *picture, int seed)
{
    static const float SHARE = 0.02f;
    for (size_t i = 0; i < nst_image_floats(picture); i++)
        picture->rgb[i] = (1 - SHARE) * picture->rgb[i] + SHARE * random_uniform((uint32_t)seed, i);
}

/* The start once more, at the first scale. */
static NstStatus restart(NstPainting *painting, NstError *error)
{
    const ScheduleScale *first = &painting->plan->schedule.scale[0];
    nst_image_free(&painting->picture);
    NstStatus status = start_picture(painting, error);
    return status == NST_OK ? enlarge_picture(painting, first->width, first->height, error) : status;
}

/* Searches once more from a start without ties: one that nobody could tell from the first, but after which
 * the loss ends where it does from noise (1.1 instead of 402: white in the style of a wave). The start comes
 * back if nothing better is found.
 *
 * Only where not a single step was found, so that every other run stays as it is. Rejected: moving each start
 * off the bounds, since not they hold the picture (on the white page two thirds of the variables are free to
 * move), and every photograph with clipped lights would be another; sharing a gradient among ties, which
 * takes from plain areas what breaks their symmetry; disturbing only what is plain, since stripes tie too and
 * the loss ends no lower. */
static NstStatus search_disturbed(NstPainting *painting, NstError *error)
{
    NstImage *picture = &painting->picture;
    Losses start = painting->best;
    disturb(picture, painting->job->settings->seed);
    if (painting->content_map)
        color_apply(painting->content_map, picture);
    painting->best.total = INFINITY;
    NstStatus status = search(painting, error);
    bool worse = !(painting->best.total < start.total);
    if (!worse || (status != NST_OK && status != NST_CANCELLED))
        return status;
    painting->best = start;
    painting->iterations = 0;
    NstStatus restored = restart(painting, error);
    return restored == NST_OK ? status : restored;
}

static NstStatus minimize(NstPainting *painting, NstError *error)
{
    const NstImage *picture = &painting->picture;
    NstStatus status = preconditioner_new(&painting->preconditioner, picture->height, picture->width,
                                          painting->workers, error);
    if (status == NST_OK)
        status = search(painting, error);
    if (status == NST_OK && is_stuck(painting))
        status = search_disturbed(painting, error);
    preconditioner_free(&painting->preconditioner);
    if (status == NST_OK && !isfinite(painting->best.total))
        status = nst_fail(
            error, NST_BAD_FILE,
            "The loss is not a finite number: the weights file “%s” contains values that are too large",
            painting->weights);
    return status;
}

static void report_scale(const NstPainting *painting, double seconds)
{
    const RunPlan *plan = painting->plan;
    const MemoryPlan *memory = &plan->at[painting->scale].memory;
    const ScheduleScale *s = &plan->schedule.scale[painting->scale];
    NstSize style = plan->at[painting->scale].style;
    NstScale scale = {
        .scale = painting->scale + 1,
        .scales = plan->schedule.scales,
        .width = s->width,
        .height = s->height,
        .style_width = style.width,
        .style_height = style.height,
        .tiles = objective_work(painting->spec, &memory->objective, s->width, s->height).tiles,
        .optimizer = memory->optimizer.kind,
        .history = memory->optimizer.history,
        .iterations = painting->iterations,
        .evaluations = painting->evaluations,
        .seconds = seconds,
        .start = painting->first,
        .end = painting->best,
    };
    if (painting->job->scale)
        painting->job->scale(&scale, painting->job->data);
}

static NstStatus paint_scale(NstPainting *painting, int scale, NstError *error)
{
    const ScheduleScale *s = &painting->plan->schedule.scale[scale];
    NstImage content = {0};
    double began = speed_clock();
    painting->scale = scale;
    painting->evaluations = painting->iterations = 0;
    painting->asked = s->iterations;
    painting->best.total = INFINITY;
    NstStatus status = enlarge_picture(painting, s->width, s->height, error);
    if (status == NST_OK)
        status = make_objective(painting, &content, error);
    if (status == NST_OK)
        status = minimize(painting, error);
    if ((status == NST_OK || status == NST_CANCELLED) && painting->evaluations > 0)
        report_scale(painting, speed_clock() - began);
    objective_free(painting->objective);
    painting->objective = NULL;
    nst_image_free(&content);
    return status;
}

/* ---- The result ---------------------------------------------------------------------------------------- */

/* Gives a gray painting of any size the content's chroma; frees it on failure. */
static NstStatus restore_colors(const NstPainting *painting, NstImage *picture, NstError *error)
{
    if (!painting->content_map)
        return NST_OK;
    NstImage copy = {0};
    const NstImage *content;
    NstStatus status =
        at_size(painting->plan->content, NULL, picture->width, picture->height, &copy, &content, error);
    if (status == NST_OK)
        color_restore(content, picture);
    else
        nst_image_free(picture);
    nst_image_free(&copy);
    return status;
}

/* The picture to return. A run stopped at a coarse scale returns what there is, at the result's size. */
static NstStatus finish(NstPainting *painting, NstError *error)
{
    NstSize result = painting->plan->result;
    NstStatus status = enlarge_picture(painting, result.width, result.height, error);
    return status == NST_OK ? restore_colors(painting, &painting->picture, error) : status;
}

NstStatus paint_progress_picture(const NstPainting *painting, int side, NstImage *picture, NstError *error)
{
    int width = painting->picture.width, height = painting->picture.height;
    int longer = width > height ? width : height;
    double factor = side < longer ? (double)side / longer : 1;
    width = (int)fmax(1, round(factor * width));
    height = (int)fmax(1, round(factor * height));
    NstStatus status = nst_image_resample(&painting->picture, width, height, picture, error);
    return status == NST_OK ? restore_colors(painting, picture, error) : status;
}

/* Where the run is stopped before anything is painted, it returns what it would have begun with. */
static NstStatus begin(NstPainting *painting, NstError *error)
{
    NstStatus status = make_guide(painting, error);
    if (status != NST_OK && status != NST_CANCELLED)
        return status;
    NstStatus started = start_picture(painting, error);
    bool stopped = status == NST_CANCELLED || painting->stopped;
    return started == NST_OK && stopped ? NST_CANCELLED : started;
}

NstStatus paint(const PaintTask *task, NstImage *result, NstError *error)
{
    NstPainting painting = {.job = task->job,
                            .spec = task->spec,
                            .plan = task->plan,
                            .net = task->net,
                            .workers = vgg16_workers(task->net),
                            .weights = task->weights};
    choose_colors(&painting);
    NstStatus status = begin(&painting, error);
    for (int scale = 0; scale < task->plan->schedule.scales && status == NST_OK; scale++)
        status = paint_scale(&painting, scale, error);
    if (status == NST_OK || status == NST_CANCELLED) {
        NstStatus finished = finish(&painting, error);
        status = finished == NST_OK ? status : finished;
    }
    if (status == NST_OK || status == NST_CANCELLED)
        *result = painting.picture;
    else
        nst_image_free(&painting.picture);
    nst_image_free(&painting.guide);
    return status;
}
