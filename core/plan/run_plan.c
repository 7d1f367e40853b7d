/* run_plan.c: the schedule, then a memory plan for each of its scales, then the sum of what they take.
 *
 * A picture that doesn't fit into the memory is refused here: the system would hand out the memory and then
 * swap, or kill the process. */
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

/* The style's size beside the last scales of the whole run, as many as the plan has. */
static void fit_style(const NstJob *job, NstSize style, const ScheduleScale *beside, RunPlan *plan)
{
    for (int scale = 0; scale < plan->schedule.scales; scale++) {
        NstSize *size = &plan->at[scale].style;
        *size = style;
        schedule_fit(&beside[scale], job->settings->style_scale, &size->width, &size->height);
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

void run_plan_whole(const NstJob *job, RunPlan *plan)
{
    *plan = (RunPlan){
        .content = job->content, .painted_over = painted_over(job), .result = size_of(job->content)};
    schedule_plan(&plan->schedule, plan->result.width, plan->result.height, job->settings);
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
        const ScheduleScale *last = &plan->schedule.scale[plan->schedule.scales - 1];
        plan->result = (NstSize){last->width, last->height};
    }
    fit_style(job, whole_size(job->style, preview->style), plan->schedule.scale, plan);
}

static int part_side(double factor, int side)
{
    return (int)fmax(NST_MIN_SIDE, round(factor * side));
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
    fit_style(job, whole_size(job->style, part->after.style), &all.scale[all.scales - plan->schedule.scales],
              plan);
}

/* ---- How it is held in memory -------------------------------------------------------------------------- */

static MemoryTask task_of(const NstJob *job, const ObjectiveSpec *spec, int workers, const RunPlan *plan,
                          int scale)
{
    const ScheduleScale *s = &plan->schedule.scale[scale];
    const NstImage *content = plan->content, *style = job->style;
    NstSize style_size = plan->at[scale].style;
    NstColor color = (NstColor)job->settings->color;
    return (MemoryTask){
        .spec = spec,
        .optimizer = job->settings->optimizer,
        .iterations = s->iterations + (job->more ? NST_HISTORY : 0),
        .workers = workers,
        .width = s->width,
        .height = s->height,
        .style_width = style_size.width,
        .style_height = style_size.height,
        .copies_content =
            s->width != content->width || s->height != content->height || color == NST_COLOR_LUMINANCE,
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

NstStatus run_plan_fit(const NstJob *job, const ObjectiveSpec *spec, int workers, const MemoryRoom *room,
                       RunPlan *plan, NstForecast *forecast, NstError *error)
{
    NstForecast *f = forecast;
    double asked = job->settings->memory_limit * MIB;
    bool fits = true;
    f->limit = asked > 0 ? asked : room->taken + FREE_SHARE * room->free;
    for (int scale = 0; scale < plan->schedule.scales; scale++) {
        MemoryPlan *p = &plan->at[scale].memory;
        MemoryTask task = task_of(job, spec, workers, plan, scale);
        fits = memory_plan_make(&task, f->limit - room->taken, p) && fits;
        f->bytes = fmax(f->bytes, room->taken + p->bytes);
        f->evaluations += (int)ceil(evaluations_of(&plan->schedule.scale[scale], &p->optimizer));
        f->tiles = objective_work(spec, &p->objective, task.width, task.height).tiles;
        f->optimizer = p->optimizer.kind;
        f->history = p->optimizer.history;
    }
    double finishing = room->taken + vgg16_kernel_bytes(objective_depth(spec)) + finishing_bytes(plan);
    fits = fits && finishing <= f->limit;
    f->bytes = fmax(f->bytes, finishing);
    return fits ? NST_OK : refuse_memory(job, plan->result, f, error);
}

double run_plan_seconds(const ObjectiveSpec *spec, const RunPlan *plan, const Speed *speed)
{
    double seconds = 0;
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
