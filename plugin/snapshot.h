/* snapshot.h: a picture made small enough to be handed around: bytes for a window, of a picture that core has
 * or works on. Knows core, no GIMP and no GTK; any thread. */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include "core/nst.h"

/* rgb: [height, width, 3] bytes, sRGB. */
typedef struct Snapshot {
    int width, height;
    unsigned char *rgb;
} Snapshot;

/* Of a picture, or (within core's progress callback alone) of what is painted so far, reduced to `side`
 * pixels on the longer side where it has more. NULL without memory: a picture not shown is no failure. Free
 * it with snapshot_free. */
Snapshot *snapshot_of(const NstImage *picture, int side);
Snapshot *snapshot_of_progress(const NstProgress *progress, int side);
void snapshot_free(Snapshot *snapshot); /* NULL is fine */

#endif
