/* preview_worker.h: paints what a run would give, small, in the background while the user still chooses, and tells
 * what the whole run will take. Knows core, no GIMP and no window. Main thread only; the painting has threads
 * of its own.
 *
 * What is painted is the run itself, up to the finest of its scales that is still small: with the same seed,
 * settings and statistics, and to the bit where the pictures come whole. Only a run that has no small scale
 * is painted from a small content instead.
 *
 * A part at full size begins with what the small preview has there and goes through the run's last two
 * scales, with the style and the colours of the whole run: nearly what the run will paint there, which sees
 * what lies around it too, and may have more scales in between. */
#ifndef PREVIEW_WORKER_H
#define PREVIEW_WORKER_H

#include "core/settings/settings.h"
#include "preview_size.h"
#include "thumbnail.h"

typedef struct PreviewWorker PreviewWorker;

/* The pictures are read by PREVIEW_SIDE, so that a preview's pixel has at least three by three of theirs. */
enum { PREVIEW_SIDE = 1024 };

typedef struct PreviewJob {
    Thumbnail *content, *style;
    Thumbnail *start;            /* NULL where settings->start doesn't say so */
    Thumbnail *selection;        /* over the content, as a gray picture; NULL: nothing is selected */
    const NstSettings *settings; /* with the weights' path */
    int threads;                 /* as in NstJob */

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

/* Whom to tell, in the main thread, by its main loop. What is handed over is valid during the call. */
typedef struct PreviewWorkerListener {
    /* The preview's size; the content [H, W, 3], and how much of each pixel a run would replace [H, W], 255:
     * all of it; NULL: all of each. */
    void (*begun)(PreviewKind kind, int width, int height, const unsigned char *content,
                  const unsigned char *coverage, void *data);
    /* What is painted so far [H, W, 3], ten times a second at the most; settled: nothing comes after it. */
    void (*painted)(const unsigned char *rgb, bool settled, void *data);
    /* The forecast of the whole run as a line of text, or why there is none. Once, after the
     * first picture. */
    void (*foretold)(const char *text, void *data);
    void (*failed)(const char *message, void *data); /* in place of all that would have come */
    void *data;                                      /* handed to all */
} PreviewWorkerListener;

/* The listener is copied. Free it with preview_worker_free. */
PreviewWorker *preview_worker_new(const PreviewWorkerListener *listener);

/* Asks for a preview and returns at once; of the ones asked for before nothing is told any more, and they are
 * stopped: the last one is the only one that settles. The settings are copied, the pictures referenced. */
void preview_worker_ask(PreviewWorker *preview, const PreviewJob *job);

/* Nobody waits any more for what was asked before. */
void preview_worker_forget(PreviewWorker *preview);

/* Tells nothing more. Waits for the painting to stop, an evaluation or a forecast long, and runs the main
 * loop meanwhile: windows closed before this vanish at once. NULL: nothing happens. */
void preview_worker_free(PreviewWorker *preview);

#endif
