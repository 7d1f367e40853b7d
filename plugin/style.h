/* style.h: where the style of a call comes from: a layer of GIMP's, or a picture file, which is read without
 * becoming one of GIMP's open images. Main thread only. */
#ifndef STYLE_H
#define STYLE_H

#include "core/settings/settings.h"

#include <gegl.h>
#include <stdbool.h>

typedef struct PluginCall PluginCall;

/* Keeps the file that was read last. All zero: none was. */
typedef struct StyleFile {
    /* Told before GIMP reads a file, which holds the main thread for as long as that takes, and after it;
     * NULL: nobody is. */
    void (*busy)(bool now, void *data);
    void *data;

    char *path;          /* NULL: nothing is kept */
    gint64 size, time;   /* of the file when it was read */
    GeglBuffer *picture; /* NULL: it can't be read, and the error says why */
    NstError error;
} StyleFile;

/* Whoever is told stays. */
void style_file_clear(StyleFile *file);

/* "sky", or "sky.png"; and "The style layer “sky”", for messages. The caller frees them with g_free. The
 * layer is one. */
char *style_name(const PluginCall *call);
char *style_title(const PluginCall *call);

/* Its pixels, as host_pixels has them; unref it. A file is read once as long as it doesn't change, and kept
 * in call->style_file; the pixels are then no longer GIMP's. NULL: the error says why not. */
GeglBuffer *style_pixels(const PluginCall *call, NstError *error);

#endif
