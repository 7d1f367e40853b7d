/* job.h: what a run is given and what it reports back: the types of core's door (nst.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_JOB_H
#define NST_JOB_H

#include "core/base/status.h"
#include "core/loss/losses.h"
#include "core/picture/image.h"
#include "core/settings/settings.h"

#include <stdbool.h>

/* A run paints at this many scales at most. */
enum { NST_SCALES_MAX = 8 };

typedef struct NstSize {
    int width, height; /* in pixels */
} NstSize;

/* A picture while it is being painted; opaque. */
typedef struct NstPainting NstPainting;

/* How far a run has come, after each iteration. */
typedef struct NstProgress {
    double fraction;           /* of the whole run's work, 0..1; it falls when `more` adds iterations */
    int scale, scales;         /* which scale this is, from 1, and how many there are */
    int width, height;         /* of this scale, in pixels */
    bool matching;             /* the painter is still finding each spot's place in the painting: width and
                                * height are of what is laid so far, iteration is 0, and there is no loss */
    int iteration, iterations; /* steps done at this scale, and how many there will be */
    double loss;               /* weighted total, of the best so far at this scale; so are */
    double content_loss, style_loss, tv_loss; /* these, each before its weight */
    const NstPainting *painting;              /* for nst_progress_picture, during the callback only */
} NstProgress;

/* What a run will take, estimated before it paints. */
typedef struct NstForecast {
    double seconds;  /* of the whole run, from a short measurement on this machine */
    double bytes;    /* of the whole process at its peak */
    double limit;    /* bytes that the process may use: the setting memory-limit, or what is free */
    int evaluations; /* of the loss and its gradient, over all scales */
    int tiles;       /* into which the finest scale is cut; 1: it is painted whole */
    NstOptimizer
        optimizer; /* at the finest scale: as set, or Adam where there is too little memory for L-BFGS */
    int history;   /* there: steps that L-BFGS remembers, at most NST_HISTORY; 0 with Adam */
    char weights[NST_TEXT_SIZE];    /* path of the weights file, cut off if it is longer */
    char provenance[NST_TEXT_SIZE]; /* what that file says of its origin; likewise */
} NstForecast;

/* A scale that has been painted. */
typedef struct NstScale {
    int scale, scales;             /* which one, from 1, and how many there are */
    int width, height;             /* in pixels */
    int style_width, style_height; /* size at which the network looked at the style */
    int tiles;                     /* these three as in NstForecast, */
    NstOptimizer optimizer;        /* but of this scale */
    int history;
    int iterations, evaluations; /* done; fewer iterations than set where the loss stopped falling */
    double seconds;              /* time it took */
    Losses start, end;           /* at its start, and of the best picture, with which it ended */
} NstScale;

/* Has painting it lowered the loss, or was there none to lower? */
static inline bool nst_scale_improved(const NstScale *scale)
{
    return scale->end.total < scale->start.total || scale->start.total <= 0;
}

/* Called after each iteration. A return value other than zero stops the run. */
typedef int (*NstProgressFunc)(const NstProgress *progress, void *data);

/* The pictures, the settings, and whom to tell. All callbacks are optional and are called in the thread that
 * called nst_run. */
typedef struct NstJob {
    const NstImage *content, *style; /* at least NST_MIN_SIDE on each side */
    const NstImage *start;           /* resized to the content's size; needed where settings->start says so */
    const NstSettings *settings;     /* of these, weights and threads are nst_open's business, not a run's */

    /* Once, when the run is planned and before painting starts, unless it is stopped before that. NULL also
     * saves the measurement. */
    void (*forecast)(const NstForecast *forecast, void *data);
    NstProgressFunc progress;
    /* After each scale that was painted, to its end or until the run was stopped. */
    void (*scale)(const NstScale *scale, void *data);
    /* When all iterations of the last scale are done: how many more to do, >= 0, continuing from the
     * optimiser's state; 0: enough. It may block. Not called where the loss has stopped falling. NULL:
     * enough. */
    int (*more)(void *data);
    /* Many times in an iteration, and while the speed is measured: true stops the run as if progress had done
     * so after the last whole iteration, without waiting for the end of the current one. It must not call
     * core. */
    bool (*stop)(void *data);
    void *data; /* passed to all five */
} NstJob;

/* A run cut short to what a preview needs: it ends with the coarsest scale whose longer side has at least
 * `side` pixels, and its result, of that scale's size, is what the whole run has there, to the bit. If none
 * has, it ends with the last scale, and is enlarged to `side`, as a whole run would be to the content's size,
 * which is never exceeded. With side = 0 it is not cut short, and the result has the content's size.
 *
 * A preview needs no full-size pictures, so the job's may be reduced ones. The scales are then still those of
 * the whole run, given the whole pictures' sizes here; a width of 0 means that the picture is whole. */
typedef struct NstPreview {
    int side;
    NstSize content, style;
} NstPreview;

/* A part of the content at full size, painted as the last scales of the whole run would paint it, at most two
 * of them, after a preview. The job's content and the preview's sizes are still those of the whole picture:
 * they decide the colours and the scales; the job's style is the whole style, not reduced. */
typedef struct NstPart {
    const NstImage *content; /* the part; the result has its size */
    const NstImage
        *start; /* what the preview painted there, with pixels; NULL: nothing, and the part starts from its
                              * content, or from noise where settings->start is not the content */
    NstPreview after; /* the preview */
    /* Where the part lies in the whole content, as shares 0..1 of its sides; the painter asks, all zeros mean
     * that the part is the whole. */
    double left, top, right, bottom;
} NstPart;

#endif
