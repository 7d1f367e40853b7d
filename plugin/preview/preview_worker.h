/* preview_worker.h: paints in the background, small, what a run would give while the user still chooses, and
 * forecasts what the whole run will take. Knows core, no GIMP and no window. Main thread only; the painting
 * has threads of its own.
 *
 * It paints the run itself, up to the finest of its scales that is still small: with the same seed, settings
 * and statistics, and to the bit where the pictures are not reduced. Only a run without a small scale is
 * painted from a small content instead.
 *
 * A part at full size starts from what the small preview has there and goes through the run's last two
 * scales, with the style and the colours of the whole run: nearly what the run will paint there, which also
 * sees what lies around it, and may have more scales in between. */
#ifndef PREVIEW_WORKER_H
#define PREVIEW_WORKER_H

#include "core/settings/settings.h"
#include "preview_size.h"
#include "thumbnail.h"

typedef struct PreviewWorker PreviewWorker;

typedef struct PreviewJob {
    Thumbnail *content, *style;
    Thumbnail *start;            /* NULL unless settings->start says NST_START_LAYER */
    Thumbnail *selection;        /* over the content, as a gray picture; NULL: nothing is selected */
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

/* Called in the main thread, by its main loop. Pointers are valid during the call. */
typedef struct PreviewWorkerListener {
    /* The preview's size; the content [H, W, 3], and how much of each pixel a run would replace [H, W], 255:
     * all of it; NULL: all of each. */
    void (*begun)(PreviewKind kind, int width, int height, const unsigned char *content,
                  const unsigned char *coverage, void *data);
    /* What is painted so far [H, W, 3], at most ten times a second; settled: nothing follows. */
    void (*painted)(const unsigned char *rgb, bool settled, void *data);
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

/* Stops what was asked for; the listener hears no more of it. */
void preview_worker_forget(PreviewWorker *worker);

/* Stops as preview_worker_forget does. Waits for the painting to stop, which takes as long as an evaluation
 * or a forecast, and runs the main loop meanwhile, so that windows closed before this vanish at once. NULL:
 * nothing happens. */
void preview_worker_free(PreviewWorker *worker);

#endif
