/* snapshot.c: reduced first and made bytes after, in the thread that has the picture: one of 24 megapixels is
 * read once, and what goes to the main thread is less than a megabyte. */
#include "snapshot.h"

#include <glib.h>
#include <math.h>

/* Frees the picture. */
static Snapshot *bytes_of(NstImage *picture)
{
    unsigned char *rgb = g_try_malloc(nst_image_floats(picture));
    if (!rgb) {
        nst_image_free(picture);
        return NULL;
    }
    nst_image_bytes(picture, rgb);
    Snapshot *snapshot = g_new(Snapshot, 1);
    *snapshot = (Snapshot){picture->width, picture->height, rgb};
    nst_image_free(picture);
    return snapshot;
}

Snapshot *snapshot_of(const NstImage *picture, int side)
{
    double factor = MIN(1, (double)side / MAX(picture->width, picture->height));
    int width = MAX((int)lround(picture->width * factor), 1);
    int height = MAX((int)lround(picture->height * factor), 1);
    NstImage small;
    return nst_image_resample(picture, width, height, &small, NULL) == NST_OK ? bytes_of(&small) : NULL;
}

Snapshot *snapshot_of_progress(const NstProgress *progress, int side)
{
    NstImage small;
    return nst_progress_picture(progress, side, &small, NULL) == NST_OK ? bytes_of(&small) : NULL;
}

void snapshot_free(Snapshot *snapshot)
{
    if (!snapshot)
        return;
    g_free(snapshot->rgb);
    g_free(snapshot);
}
