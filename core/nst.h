/* nst.h: the one public door of core. A content picture and a style picture go in, the content repainted
 * in that style comes out, by the method of Gatys, Ecker and Bethge, "Image Style Transfer Using
 * Convolutional Neural Networks" (CVPR 2016):
 *
 *     minimise over G:  content_weight * content_loss(G, C) + style_weight * style_loss(G, S) + tv_weight *
 * tv(G)
 *
 * where all three pictures pass through VGG16 at every iteration.
 *
 * There is no global state, bar one: OpenBLAS is told, for the whole process, to compute each product in
 * the thread that asks (core brings its own workers), and keeps the memory that it needs for that. Several
 * runs may go on at once in several threads. The result depends on the pictures, the settings and the
 * weights, never on the number of threads; tiles change its rounding, and where memory is so short that
 * L-BFGS has to remember fewer steps or give way to Adam, that changes it: the forecast tells. So does
 * another vector unit, and without AVX2 another OpenBLAS, whose rounding grows over the iterations, to 5 /
 * 255 on average where it was measured (tests/bench/RESULTS.md), without being better or worse. */
#ifndef NST_H
#define NST_H

#include "core/base/status.h"
#include "core/loss/losses.h"
#include "core/picture/image.h"
#include "core/settings/settings.h"

/* Pictures smaller than this on either side are refused. */
enum { NST_MIN_SIDE = 16 };

typedef struct NstProgress {
    double fraction;                          /* of the whole run's work, 0..1 */
    int scale, scales;                        /* which scale this is, from 1, of how many */
    int width, height;                        /* of this scale, in pixels */
    int iteration, iterations;                /* steps done at this scale, of how many */
    double loss;                              /* weighted total */
    double content_loss, style_loss, tv_loss; /* each before its weight */
    const struct Run *run;                    /* nst.c's own, for nst_progress_picture */
} NstProgress;

/* Called in the thread of nst_run, after each iteration. A return value other than zero stops the run. */
typedef int (*NstProgressFunc)(const NstProgress *progress, void *data);

/* Within an NstProgressFunc alone: fills `picture` with what is painted so far, as a run that ended now would
 * hand it back, but at the scale's size, or reduced to `side` on the longer side where that is less. Values
 * in 0..1; the caller frees it with nst_image_free. With Adam it is where the search stands, not always the
 * best so far. */
NstStatus nst_progress_picture(const NstProgress *progress, int side, NstImage *picture, NstError *error);

/* What a run will take, told before it paints. */
typedef struct NstForecast {
    double seconds;         /* of the whole run, from a short measurement on this machine */
    double bytes;           /* of the whole process at its peak */
    double limit;           /* bytes that the process may take: the setting memory-limit, or what is free */
    int evaluations;        /* of the loss and its gradient, over all scales */
    int tiles;              /* that the finest scale is cut into; 1: it is painted whole */
    NstOptimizer optimizer; /* as set, or Adam where the memory is too short for L-BFGS */
    int history;            /* steps that L-BFGS remembers, NST_HISTORY at the most; 0 with Adam */
    char weights[NST_TEXT_SIZE], provenance[NST_TEXT_SIZE]; /* the file in use, and what it says of its
                                                             * origin; cut off where they are longer */
} NstForecast;

/* A scale that has been painted. */
typedef struct NstScale {
    int scale, scales;             /* which one, from 1, of how many */
    int width, height;             /* in pixels */
    int style_width, style_height; /* at which the style was looked at */
    int tiles;                     /* as in NstForecast, of this scale; */
    NstOptimizer optimizer;        /* so is this */
    int history;                   /* and this */
    int iterations, evaluations;   /* done; fewer iterations than set where nothing more was to be gained */
    double seconds;                /* that it took */
    Losses start, end;             /* of what it began with, and of the best, which it ended with */
} NstScale;

typedef struct NstJob {
    const NstImage *content, *style; /* at least NST_MIN_SIDE on each side */
    const NstImage *start;           /* resized to the content's size; needed where settings->start says so */
    const NstSettings *settings;
    const char *default_weights; /* path of the weights, used where settings->weights is empty */
    int threads;                 /* used where settings->threads is 0; at least 1 */
    NstProgressFunc progress;    /* NULL: none */
    /* 0: the whole run. Otherwise it ends with the coarsest scale whose longer side has so many pixels, or
     * with the last if none has, and the result is of that scale's size: what the whole run has there, to
     * the bit. */
    int preview;
    /* The whole pictures' sizes, where content and style come reduced because a preview is all that is
     * wanted: its scales are then the whole run's all the same. 0: they come whole. */
    int content_width, content_height, style_width, style_height;
    /* Not NULL: a part of the content at its full size, painted in place of it as the whole run's last scales
     * would, two of them at the most. It starts from `part_start`, what `preview` has painted there, where
     * there is any; the style's sizes and all colours are those of the whole run. The result has the part's
     * size. */
    const NstImage *part, *part_start;
    /* Called in the thread of nst_run when all iterations of the last scale are done: how many more to do,
     * going on from the optimiser's state; 0: enough. It may block. Not called where nothing more was to be
     * gained. NULL: enough. */
    int (*more)(void *data);
    /* Called once in the thread of nst_run, when the plan is made and before painting starts. NULL: the
     * measurement that it takes is not made. */
    void (*forecast)(const NstForecast *forecast, void *data);
    /* Called in the thread of nst_run, after each scale that was painted, to its end or until progress
     * stopped it. NULL: none. */
    void (*scale)(const NstScale *scale, void *data);
    /* Asked in the thread of nst_run, many times in an iteration: true stops the run as if progress had said
     * so after the last whole iteration, but without waiting for the end of the one under way.
     * NULL: never. */
    bool (*stop)(void *data);
    void *data; /* handed to all five */
} NstJob;

/* Runs the job in the calling thread and its own workers, all of which have ended when it returns.
 * NST_OK and NST_CANCELLED fill `result` with a picture of the content's size (or the preview's), values in
 * 0..1, which the caller frees with nst_image_free; after any other status `result` is empty and `error` says
 * why. */
NstStatus nst_run(const NstJob *job, NstImage *result, NstError *error);

/* Tells what nst_run would take, and fails as it would before painting: with settings that can't be used, a
 * file that can't be read, or (NST_NO_MEMORY, both figures in the message and in the forecast) where no plan
 * fits into the limit. Of the pictures only the sizes are looked at; their rgb may be NULL. Takes about a
 * second, since it opens the network and times it. */
NstStatus nst_forecast(const NstJob *job, NstForecast *forecast, NstError *error);

#endif
