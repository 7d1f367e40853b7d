/* preview_worker.h: paints in the background, small, what a run would give while the user still chooses, and
 * forecasts what the whole run will take. Knows core, no GIMP and no window. Main thread only; the painting
 * has threads of its own.
 *
 * It paints the run itself, up to the finest of its scales that is still small: with the same seed, settings
 * and statistics, and to the bit where the pictures are not reduced. Only a run without a small scale is
 * painted from a small content instead. When that is settled, and there is room for more pixels, the run's
 * next scales are painted too, one after the other.
 *
 * A part at full size starts from what the small preview has there and goes through the run's last two
 * scales, with the style and the colours of the whole run: nearly what the run will paint there, which also
 * sees what lies around it, and may have more scales in between. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREVIEW_WORKER_H
#define PREVIEW_WORKER_H

#include "core/settings/settings.h"
#include "plugin/shown_pixels.h"
#include "plugin/thumbnail.h"
#include "preview_size.h"

typedef struct PreviewWorker PreviewWorker;

typedef struct PreviewJob {
    Thumbnail *content, *style;
    Thumbnail *start;            /* NULL unless settings->start says NST_START_LAYER */
    Thumbnail *selection, *mask; /* over the content, as gray pictures; NULL: nothing is selected, and it has
                                  * no layer mask that counts */
    bool cut;                    /* the result gets the content's layer mask, too */
    bool gray;                   /* the image is gray, and so will the result be */
    const NstSettings *settings; /* with the path of the weights */
    int threads;                 /* as for nst_open */

    /* The part of the content that is wanted at full size: where it lies, and the part itself and the whole
     * style, both read unreduced. NULL: the whole content is wanted, small. */
    PreviewPart spot;
    Thumbnail *part, *part_style;
} PreviewJob;

typedef enum PreviewKind {
    PREVIEW_SCALE,  /* the run's own small scale */
    PREVIEW_SKETCH, /* a small content, since the run has no small scale */
    PREVIEW_PART,   /* a part at full size */
} PreviewKind;

typedef enum PreviewState {
    PREVIEW_PAINTING,
    PREVIEW_SETTLED, /* that was all of it, once for each request */
    PREVIEW_AGAIN,   /* the same after that, for another room, or a finer one */
} PreviewState;

/* Called in the main thread, by its main loop. Pointers are valid during the call; pictures have the size
 * that the room asks for. */
typedef struct PreviewWorkerListener {
    /* width, height: at which it is painted. */
    void (*begun)(PreviewKind kind, int width, int height, void *data);
    /* The content as it is now: after `begun`, and again whenever the room has changed. */
    void (*original)(const ShownPixels *picture, void *data);
    /* What the image will look like, as far as it is painted, at most ten times a second. */
    void (*painted)(const ShownPixels *picture, PreviewState state, void *data);
    /* After it is settled: what is shown was painted at the size `now`, and a finer one of the size `next` is
     * being painted; it will come with PREVIEW_AGAIN. A width of 0: no more will. */
    void (*finer)(NstSize now, NstSize next, void *data);
    /* The forecast of the whole run as a line of text, or why there is none. Once, after the first
     * picture. */
    void (*forecast)(const char *text, void *data);
    void (*failed)(const char *message, void *data); /* instead of all that would have followed */
    void *data;                                      /* passed to all */
} PreviewWorkerListener;

/* The listener is copied. The caller frees it with preview_worker_free. */
PreviewWorker *preview_worker_new(const PreviewWorkerListener *listener);

/* Asks for a preview and returns at once. Earlier requests are stopped and the listener hears no more of
 * them: only the last one settles. The settings are copied, the pictures referenced. */
void preview_worker_ask(PreviewWorker *worker, const PreviewJob *job);

/* How many pixels there are to show it in, each way; 400 by 400 until then. What is there already is shown
 * again; a part at full size stays as it is. */
void preview_worker_room(PreviewWorker *worker, NstSize room);

/* Stops what was asked for; the listener hears no more of it. */
void preview_worker_forget(PreviewWorker *worker);

/* Stops as preview_worker_forget does. Waits for the painting to stop, which takes as long as an evaluation
 * or a forecast, and runs the main loop meanwhile, so that windows closed before this vanish at once. NULL:
 * nothing happens. */
void preview_worker_free(PreviewWorker *worker);

#endif
