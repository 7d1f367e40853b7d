/* run_plan.c: the schedule, then a plan for each of its scales, then the sum of what they take.
 *
 * A picture that doesn't fit into the memory is refused here: the system would hand out the memory and then
 * swap, or kill the process. */
#include "run_plan.h"

#include "core/base/memory.h"
#include "speed.h"

#include <math.h>
#include <stdbool.h>

/* Of the memory that is free now, what a run may take unless the user says otherwise: the rest is for GIMP,
 * whose image grows by a layer, and for the page cache. */
static const double FREE_SHARE = 0.6, MIB = 1 << 20;

/* A part goes through fewer scales: below half its size it would be smaller than what the network sees. */
enum { PART_SCALES = 2 };

const NstImage *run_plan_content(const NstJob *job)
{
    return job->part ? job->part : job->content;
}

/* The size of a picture that may have come reduced. */
static NstImage whole(const NstImage *picture, int width, int height)
{
    return width > 0 ? (NstImage){width, height, NULL} : (NstImage){picture->width, picture->height, NULL};
}

static int at_least(double side)
{
    return (int)fmax(NST_MIN_SIDE, round(side));
}

/* A part is painted after what the preview has painted, at the size that it has in the whole run's last. */
static void schedule_the_part(const NstJob *job, const NstImage *content, int previewed, RunPlan *stages)
{
    Schedule *schedule = &stages->schedule;
    const ScheduleScale *last = &schedule->scale[schedule->scales - 1];
    double factor = (double)last->width / content->width;
    int after = schedule->scales - previewed, scales = after < PART_SCALES ? after : PART_SCALES;
    schedule_part(schedule, scales > 1 ? scales : 1, at_least(factor * job->part->width),
                  at_least(factor * job->part->height));
}

/* The scales, the style's size beside each of the whole run's, and the result's size. */
static void schedule(const NstJob *job, RunPlan *stages)
{
    NstImage content = whole(job->content, job->content_width, job->content_height),
             style = whole(job->style, job->style_width, job->style_height);
    Schedule *schedule = &stages->schedule, all, preview;
    schedule_plan(&all, content.width, content.height, job->settings);
    preview = all;
    if (job->preview > 0)
        schedule_preview(&preview, job->preview);
    *schedule = job->part ? all : preview;
    if (job->part)
        schedule_the_part(job, &content, preview.scales, stages);
    for (int scale = 0; scale < schedule->scales; scale++) {
        int beside = job->part ? all.scales - schedule->scales + scale : scale;
        stages->at[scale].style_width = style.width;
        stages->at[scale].style_height = style.height;
        schedule_fit(&all.scale[beside], job->settings->style_scale, &stages->at[scale].style_width,
                     &stages->at[scale].style_height);
    }
    const ScheduleScale *last = &schedule->scale[schedule->scales - 1];
    const NstImage *painted = job->part ? job->part : &content;
    bool reduced = job->preview > 0 && !job->part;
    stages->width = reduced ? last->width : painted->width;
    stages->height = reduced ? last->height : painted->height;
}

static MemoryTask task_of(const NstJob *job, const ObjectiveSpec *spec, int workers, const RunPlan *stages,
                          int scale)
{
    const ScheduleScale *s = &stages->schedule.scale[scale];
    const NstImage *content = run_plan_content(job), *style = job->style;
    NstColor color = (NstColor)job->settings->color;
    int style_width = stages->at[scale].style_width, style_height = stages->at[scale].style_height;
    return (MemoryTask){
        .spec = spec,
        .optimizer = job->settings->optimizer,
        .iterations = s->iterations + (job->more ? NST_HISTORY : 0),
        .workers = workers,
        .width = s->width,
        .height = s->height,
        .style_width = style_width,
        .style_height = style_height,
        .copies_content =
            s->width != content->width || s->height != content->height || color == NST_COLOR_LUMINANCE,
        .copies_style =
            style_width != style->width || style_height != style->height || color != NST_COLOR_STYLE,
    };
}

/* The start is evaluated, then each step; now and then L-BFGS has to try a second time. */
static double evaluations_of(const ScheduleScale *scale, const OptimizerPlan *optimizer)
{
    return 1 + scale->iterations * (optimizer->kind == NST_OPTIMIZER_ADAM ? 1 : 1.05);
}

/* Bytes beside the network when the last scale's picture is enlarged: the picture, and enlarge.c's. */
static double finishing_bytes(const RunPlan *stages)
{
    const ScheduleScale *last = &stages->schedule.scale[stages->schedule.scales - 1];
    enum { FULL_SIZE = 5, PAINTED = 2 };
    if (last->width == stages->width && last->height == stages->height)
        return 0;
    return 3 * sizeof(float) *
           (FULL_SIZE * (double)stages->width * stages->height +
            PAINTED * (double)last->width * last->height);
}

static NstStatus refuse_memory(const NstJob *job, const NstForecast *f, NstError *error)
{
    int width = job->content->width, height = job->content->height;
    double needed = ceil(f->bytes / MIB), limit = floor(f->limit / MIB);
    if (job->settings->memory_limit > 0)
        return nst_fail(error, NST_NO_MEMORY,
                        "Painting %d × %d pixels takes at least %.0f MiB of memory, but memory-limit allows "
                        "%.0f MiB: select part of the layer, or scale it down",
                        width, height, needed, limit);
    return nst_fail(error, NST_NO_MEMORY,
                    "Painting %d × %d pixels takes at least %.0f MiB of memory, but only %.0f MiB of the "
                    "free memory may be used: select part of the layer, or scale it down",
                    width, height, needed, limit);
}

NstStatus run_plan_make(const NstJob *job, const ObjectiveSpec *spec, int workers, RunPlan *stages,
                        NstForecast *forecast, NstError *error)
{
    NstForecast *f = forecast;
    double there = memory_resident(), asked = job->settings->memory_limit * MIB;
    bool fits = true;
    f->limit = asked > 0 ? asked : there + FREE_SHARE * memory_available();
    schedule(job, stages);
    for (int scale = 0; scale < stages->schedule.scales; scale++) {
        MemoryPlan *p = &stages->at[scale].plan;
        MemoryTask task = task_of(job, spec, workers, stages, scale);
        fits = memory_plan_make(&task, f->limit - there, p) && fits;
        f->bytes = fmax(f->bytes, there + p->bytes);
        f->evaluations += (int)ceil(evaluations_of(&stages->schedule.scale[scale], &p->optimizer));
        f->tiles = objective_work(spec, &p->objective, task.width, task.height).tiles;
        f->optimizer = p->optimizer.kind;
        f->history = p->optimizer.history;
    }
    double finishing = there + vgg16_kernel_bytes(objective_depth(spec)) + finishing_bytes(stages);
    fits = fits && finishing <= f->limit;
    f->bytes = fmax(f->bytes, finishing);
    return fits ? NST_OK : refuse_memory(job, f, error);
}

NstStatus run_plan_time(const ObjectiveSpec *spec, const RunPlan *stages, const Vgg16 *net,
                        NstForecast *forecast, NstError *error)
{
    Speed speed;
    NstStatus status = speed_measure(net, spec, &speed, error);
    for (int scale = 0; status == NST_OK && scale < stages->schedule.scales; scale++) {
        const ScheduleScale *s = &stages->schedule.scale[scale];
        const MemoryPlan *p = &stages->at[scale].plan;
        ObjectiveWork work = objective_work(spec, &p->objective, s->width, s->height);
        forecast->seconds +=
            speed_making(&speed, &work) + evaluations_of(s, &p->optimizer) *
                                              (speed_evaluation(&speed, &work) +
                                               speed_step(&speed, &p->optimizer, 3.0 * s->width * s->height));
    }
    return status;
}
