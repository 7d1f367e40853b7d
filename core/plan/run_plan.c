/* run_plan.c: the schedule, then a memory plan for each of its scales, then the sum of what they take.
 *
 * A picture that doesn't fit into the memory is refused here: the system would hand out the memory and then
 * swap, or kill the process. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_plan.h"

#include <math.h>
#include <stdbool.h>

/* The share of the memory now free that a run may use unless the user says otherwise: the rest is for the
 * host, whose image grows by a layer, and for the page cache. */
static const double FREE_SHARE = 0.6, MIB = 1 << 20;

/* A part goes through fewer scales: below half its size it would be smaller than what the network sees. */
enum { PART_SCALES = 2 };

/* ---- What is painted ----------------------------------------------------------------------------------- */

static NstSize size_of(const NstImage *picture)
{
    return (NstSize){picture->width, picture->height};
}

/* The whole size of a picture that may have come reduced. */
static NstSize whole_size(const NstImage *picture, NstSize whole)
{
    return whole.width > 0 ? whole : size_of(picture);
}

/* The painting's longer side beside the picture's. The painter lays its strokes, as large as the brush says,
 * and the losses look at it as it is laid; without them the sizes that are painted make the brush
 * (schedule.c). */
static double style_beside(const NstSettings *s)
{
    return s->style_scale * (s->method == NST_METHOD_PAINTER ? s->brush_size : 1);
}

/* The style's size beside the last scales of the whole run, as many as the plan has. */
static void fit_style(const NstJob *job, NstSize style, const ScheduleScale *beside, RunPlan *plan)
{
    for (int scale = 0; scale < plan->schedule.scales; scale++) {
        NstSize *size = &plan->at[scale].style;
        *size = style;
        schedule_fit(&beside[scale], style_beside(job->settings), &size->width, &size->height);
    }
}

static const NstImage *painted_over(const NstJob *job)
{
    switch ((NstStart)job->settings->start) {
    case NST_START_NOISE:
        return NULL;
    case NST_START_LAYER:
        return job->start;
    case NST_START_CONTENT:
        break;
    }
    return job->content;
}

/* How much of the picture's own detail the guide keeps: all of it where the strength is 0. */
static double guide_detail(double strength)
{
    return 1 - strength / 100;
}

/* Detail alone never leads back to the photograph, whose colours are its own. So the guide fades away
 * where the strength goes to 0; this is where that begins. */
double run_plan_opacity(double strength)
{
    static const double FULL_FROM = 25;
    return fmin(1, strength / FULL_FROM);
}

/* A cell is a share of a stroke, so it goes with the brush. Cells that stay as they are while strokes become
 * finer show through: what one sees is their size, not the strokes'. Below this brush they stay, since there
 * would be four times as many with each halving, and a gibibyte of features at a brush of 0.25. */
static const double FINEST_CELLS = 0.5;

static MatchSpec match_spec(const NstSettings *s)
{
    return (MatchSpec){.brush = fmax(FINEST_CELLS, s->brush_size),
                       .variety = s->variety / 100,
                       .style_scale = style_beside(s)};
}

/* Pixels of the matched pictures, all scales together, in terms of the finest scale's longer side squared;
 * and how much longer a pixel takes there than in an iteration. A progress bar needs no more precision. */
static double guide_share(const MatchSpec *spec, const Schedule *schedule)
{
    static const double MATCHED = 2.0 * 448 * 448;
    double matched = MATCHED / (spec->brush * spec->brush), painted = 0;
    for (int scale = 0; scale < schedule->scales; scale++) {
        const ScheduleScale *s = &schedule->scale[scale];
        painted += (double)s->width * s->height * s->iterations;
    }
    return matched / (matched + painted);
}

/* The guide has the large shapes, so the scales that settle them are left out, unless the user sets how
 * many there are. */
static void plan_guide(const NstJob *job, MatchPlace place, RunPlan *plan)
{
    const NstSettings *s = job->settings;
    if (s->method != NST_METHOD_PAINTER)
        return;
    if (s->scales == 0)
        schedule_last(&plan->schedule, s);
    plan->guide = (GuidePlan){.wanted = true,
                              .spec = match_spec(s),
                              .place = place,
                              .detail = guide_detail(s->strength),
                              .opacity = run_plan_opacity(s->strength)};
    plan->guide.share = guide_share(&plan->guide.spec, &plan->schedule);
}

static const MatchPlace everywhere = {0, 0, 1, 1};

void run_plan_whole(const NstJob *job, RunPlan *plan)
{
    *plan = (RunPlan){
        .content = job->content, .painted_over = painted_over(job), .result = size_of(job->content)};
    schedule_plan(&plan->schedule, plan->result.width, plan->result.height, job->settings);
    plan_guide(job, everywhere, plan);
    fit_style(job, size_of(job->style), plan->schedule.scale, plan);
}

void run_plan_preview(const NstJob *job, const NstPreview *preview, RunPlan *plan)
{
    NstSize content = whole_size(job->content, preview->content);
    *plan = (RunPlan){.content = job->content, .painted_over = painted_over(job)};
    schedule_plan(&plan->schedule, content.width, content.height, job->settings);
    plan->result = content;
    if (preview->side > 0) {
        schedule_preview(&plan->schedule, preview->side);
        plan->result = schedule_preview_size(&plan->schedule, preview->side, content);
    }
    plan_guide(job, everywhere, plan);
    fit_style(job, whole_size(job->style, preview->style), plan->schedule.scale, plan);
}

static int part_side(double factor, int side)
{
    return (int)fmax(NST_MIN_SIDE, round(factor * side));
}

static MatchPlace place_of(const NstPart *part)
{
    MatchPlace place = {part->left, part->top, part->right, part->bottom};
    return place.left < place.right && place.top < place.bottom ? place : everywhere;
}

/* A part continues where its preview ended, at the size that it has at the whole run's last scale. Its style
 * has the sizes of the whole run's last scales. The layer that a run may start from comes without such a
 * part, so there only what the preview painted counts. */
void run_plan_part(const NstJob *job, const NstPart *part, RunPlan *plan)
{
    NstSize content = whole_size(job->content, part->after.content);
    Schedule all, previewed;
    schedule_plan(&all, content.width, content.height, job->settings);
    previewed = all;
    if (part->after.side > 0)
        schedule_preview(&previewed, part->after.side);

    *plan = (RunPlan){.schedule = all,
                      .content = part->content,
                      .painted_over = job->settings->start == NST_START_CONTENT ? part->content : NULL,
                      .begun = part->start,
                      .result = size_of(part->content)};
    double factor = (double)all.scale[all.scales - 1].width / content.width;
    int remaining = all.scales - previewed.scales, scales = remaining < PART_SCALES ? remaining : PART_SCALES;
    schedule_part(&plan->schedule, scales > 1 ? scales : 1, part_side(factor, part->content->width),
                  part_side(factor, part->content->height));
    /* Where the preview has painted all there is, only what the whole part shows is added. */
    if (remaining == 0 && part->start)
        plan->schedule.scale[0].iterations = 1;
    plan_guide(job, place_of(part), plan);
    fit_style(job, whole_size(job->style, part->after.style), &all.scale[all.scales - plan->schedule.scales],
              plan);
}

/* ---- How it is held in memory -------------------------------------------------------------------------- */

static MemoryTask task_of(const NstJob *job, const ObjectiveSpec *spec, int workers, const RunPlan *plan,
                          int scale)
{
    const ScheduleScale *s = &plan->schedule.scale[scale];
    const NstImage *content = plan->content, *style = job->style;
    NstSize style_size = plan->at[scale].style,
            repainted = plan->guide.wanted ? plan->result : size_of(content);
    NstColor color = (NstColor)job->settings->color;
    return (MemoryTask){
        .spec = spec,
        .optimizer = job->settings->optimizer,
        .iterations = s->iterations + (job->more ? NST_HISTORY : 0),
        .workers = workers,
        .layers = plan->guide.wanted ? MATCH_LAYERS : 0,
        .width = s->width,
        .height = s->height,
        .style_width = style_size.width,
        .style_height = style_size.height,
        .copies_content =
            s->width != repainted.width || s->height != repainted.height || color == NST_COLOR_LUMINANCE,
        .copies_style = style_size.width != style->width || style_size.height != style->height ||
                        color != NST_COLOR_STYLE,
    };
}

/* The start is evaluated, then each step; now and then L-BFGS has to try a second time. */
static double evaluations_of(const ScheduleScale *scale, const OptimizerPlan *optimizer)
{
    return 1 + scale->iterations * (optimizer->kind == NST_OPTIMIZER_ADAM ? 1 : 1.05);
}

/* Bytes, in addition to the network, while the last scale's picture is enlarged: that picture, and what
 * enlarge.c allocates. */
static double finishing_bytes(const RunPlan *plan)
{
    enum { FULL_SIZE = 5, PAINTED = 2 };
    const ScheduleScale *last = &plan->schedule.scale[plan->schedule.scales - 1];
    NstSize result = plan->result;
    if (last->width == result.width && last->height == result.height)
        return 0;
    return 3 * sizeof(float) *
           (FULL_SIZE * (double)result.width * result.height + PAINTED * (double)last->width * last->height);
}

static double picture_bytes(NstSize size)
{
    return 3.0 * sizeof(float) * size.width * size.height;
}

/* Bytes of the guide, and of what is copied to make it in the colours that are painted with. */
typedef struct GuideBytes {
    double making; /* at the peak, in addition to the network */
    double held;   /* from then on */
} GuideBytes;

static GuideBytes guide_bytes(const NstJob *job, const RunPlan *plan, int workers)
{
    if (!plan->guide.wanted)
        return (GuideBytes){0};
    NstSize content = size_of(job->content), style = size_of(job->style), laid = plan->result;
    double copies = 0;
    if (job->settings->color != NST_COLOR_STYLE)
        copies += picture_bytes(style);
    if (job->settings->color == NST_COLOR_LUMINANCE)
        copies += picture_bytes(content);
    double matching = match_bytes(NULL, &plan->guide.spec, content.width, content.height, style.width,
                                  style.height) +
                      workers * (double)match_scratch() * sizeof(float),
           laying = picture_bytes(laid) +
                    match_guide_bytes(&plan->guide.spec, laid.width, laid.height, style.width, style.height);
    return (GuideBytes){copies + fmax(matching, laying), picture_bytes(laid)};
}

int run_plan_depth(const ObjectiveSpec *spec, const RunPlan *plan)
{
    return int_max(objective_depth(spec), plan->guide.wanted ? MATCH_LAYERS : 0);
}

static NstStatus refuse_memory(const NstJob *job, NstSize result, const NstForecast *f, NstError *error)
{
    double needed = ceil(f->bytes / MIB), limit = floor(f->limit / MIB);
    if (job->settings->memory_limit > 0)
        return nst_fail(error, NST_NO_MEMORY,
                        "Painting %d × %d pixels takes at least %.0f MiB of memory, but memory-limit allows "
                        "%.0f MiB: select part of the layer, or scale it down",
                        result.width, result.height, needed, limit);
    return nst_fail(error, NST_NO_MEMORY,
                    "Painting %d × %d pixels takes at least %.0f MiB of memory, but only %.0f MiB of the "
                    "free memory may be used: select part of the layer, or scale it down",
                    result.width, result.height, needed, limit);
}

double run_plan_limit(const NstSettings *settings, const MemoryRoom *room)
{
    double asked = settings->memory_limit * MIB;
    return asked > 0 ? asked : room->taken + FREE_SHARE * room->free;
}

static int longer_side(NstSize size)
{
    return int_max(size.width, size.height);
}

int run_plan_style_side(const NstSettings *settings, NstSize content, NstSize style)
{
    const NstImage content_size = {content.width, content.height, NULL},
                   style_size = {style.width, style.height, NULL};
    RunPlan plan;
    run_plan_whole(&(NstJob){.content = &content_size, .style = &style_size, .settings = settings}, &plan);
    int side = 0;
    for (int scale = 0; scale < plan.schedule.scales; scale++)
        side = int_max(side, longer_side(plan.at[scale].style));
    if (plan.guide.wanted)
        match_style_size(&plan.guide.spec, content.width, content.height, &style.width, &style.height);
    return plan.guide.wanted ? int_max(side, longer_side(style)) : side;
}

NstStatus run_plan_fit(const NstJob *job, const ObjectiveSpec *spec, int workers, const MemoryRoom *room,
                       RunPlan *plan, NstForecast *forecast, NstError *error)
{
    NstForecast *f = forecast;
    GuideBytes guide = guide_bytes(job, plan, workers);
    double network = vgg16_kernel_bytes(run_plan_depth(spec, plan));
    bool fits = true;
    f->limit = run_plan_limit(job->settings, room);
    for (int scale = 0; scale < plan->schedule.scales; scale++) {
        MemoryPlan *p = &plan->at[scale].memory;
        MemoryTask task = task_of(job, spec, workers, plan, scale);
        fits = memory_plan_make(&task, f->limit - room->taken - guide.held, p) && fits;
        f->bytes = fmax(f->bytes, room->taken + guide.held + p->bytes);
        f->evaluations += (int)ceil(evaluations_of(&plan->schedule.scale[scale], &p->optimizer));
        f->tiles = objective_work(spec, &p->objective, task.width, task.height).tiles;
        f->optimizer = p->optimizer.kind;
        f->history = p->optimizer.history;
    }
    double outside = room->taken + network + fmax(guide.making, guide.held + finishing_bytes(plan));
    fits = fits && outside <= f->limit;
    f->bytes = fmax(f->bytes, outside);
    return fits ? NST_OK : refuse_memory(job, plan->result, f, error);
}

static double guide_seconds(const NstJob *job, const ObjectiveSpec *spec, const RunPlan *plan,
                            const Speed *speed)
{
    if (!plan->guide.wanted)
        return 0;
    const MatchSpec *match = &plan->guide.spec;
    NstSize content = size_of(job->content), style = size_of(job->style);
    double network = match_network_work(match, content.width, content.height, style.width, style.height),
           search = match_search_work(match, content.width, content.height, style.width, style.height);
    return speed_forward(speed, spec, network) + speed_search(speed, spec, search);
}

double run_plan_seconds(const NstJob *job, const ObjectiveSpec *spec, const RunPlan *plan, const Speed *speed)
{
    double seconds = guide_seconds(job, spec, plan, speed);
    for (int scale = 0; scale < plan->schedule.scales; scale++) {
        const ScheduleScale *s = &plan->schedule.scale[scale];
        const MemoryPlan *p = &plan->at[scale].memory;
        ObjectiveWork work = objective_work(spec, &p->objective, s->width, s->height);
        seconds +=
            speed_making(speed, &work) +
            evaluations_of(s, &p->optimizer) * (speed_evaluation(speed, &work) +
                                                speed_step(speed, &p->optimizer, 3.0 * s->width * s->height));
    }
    return seconds;
}
