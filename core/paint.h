/* paint.h: paints what has been planned, scale after scale. Core's own; the door is nst.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PAINT_H
#define NST_PAINT_H

#include "core/job.h"
#include "core/loss/objective.h"
#include "core/plan/run_plan.h"

/* All of it must outlive the painting. */
typedef struct PaintTask {
    const NstJob *job;
    const ObjectiveSpec *spec;
    const RunPlan *plan;
    const Vgg16 *net;    /* objective_depth deep, or deeper */
    const char *weights; /* path of its file, for a message */
} PaintTask;

/* As nst_run; *result is empty when called, and stays so after a failure. */
NstStatus paint(const PaintTask *task, NstImage *result, NstError *error);

/* As nst_progress_picture. */
NstStatus paint_progress_picture(const NstPainting *painting, int side, NstImage *picture, NstError *error);

#endif
