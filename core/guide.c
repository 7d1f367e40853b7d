/* guide.c: match, lay, and mix with the content where little strength is wanted. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guide.h"

/* A resampling to its own size is a copy. */
static NstStatus copy(const NstImage *picture, NstImage *out, NstError *error)
{
    return nst_image_resample(picture, picture->width, picture->height, out, error);
}

static void mix(const NstImage *content, double opacity, NstImage *guide)
{
    float share = (float)opacity;
    if (opacity >= 1)
        return;
    for (size_t i = 0; i < nst_image_floats(guide); i++)
        guide->rgb[i] = share * guide->rgb[i] + (1 - share) * content->rgb[i];
}

static NstStatus lay(const GuideTask *task, const Match *match, NstImage *guide, NstError *error)
{
    const GuidePlan *plan = task->plan;
    if (!match)
        return copy(task->repainted, guide, error);
    NstStatus status = match_guide(match, vgg16_workers(task->net), task->repainted, &plan->place,
                                   task->style, plan->detail, guide, error);
    if (status == NST_CANCELLED)
        return copy(task->repainted, guide, error);
    if (status == NST_OK)
        mix(task->repainted, plan->opacity, guide);
    return status;
}

NstStatus guide_make(const GuideTask *task, NstImage *guide, NstError *error)
{
    Match *match = NULL;
    *guide = (NstImage){0};
    NstStatus status = match_new(&match, task->net, &task->plan->spec, task->content, task->style,
                                 task->progress, task->data, error);
    if (status == NST_OK || status == NST_CANCELLED) {
        NstStatus laid = lay(task, match, guide, error);
        bool stopped = workers_stopped(vgg16_workers(task->net));
        status = laid != NST_OK ? laid : stopped ? NST_CANCELLED : NST_OK;
    }
    match_free(match);
    return status;
}
