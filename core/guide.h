/* guide.h: the picture that takes the content's place where the method is painter: the content laid again
 * from the painting's own spots (core/match). Core's own. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_GUIDE_H
#define NST_GUIDE_H

#include "core/plan/run_plan.h"

typedef struct GuideTask {
    const Vgg16 *net; /* at least MATCH_LAYERS deep */
    const GuidePlan *plan;
    const NstImage *content;   /* the whole content, and */
    const NstImage *style;     /* the whole style; of any size, and in the colours that are painted with: */
    const NstImage *repainted; /* what the guide is for, at the size that is painted */
    MatchProgress progress;    /* NULL: none */
    void *data;
} GuideTask;

/* Makes the guide, which has the size of `repainted`; the caller frees it. NST_CANCELLED where the workers
 * are stopped meanwhile: the guide is then made from what was matched so far, or is a copy of `repainted`.
 * After any other failure it is empty. */
NstStatus guide_make(const GuideTask *task, NstImage *guide, NstError *error);

#endif
