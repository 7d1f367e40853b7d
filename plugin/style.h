/* style.h: where the style of a call comes from: a layer in GIMP, or a picture file, which is read without
 * staying open in GIMP. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STYLE_H
#define STYLE_H

#include "call.h"
#include "core/base/file_read.h"

#include <gegl.h>

/* Caches the file that was read last. All zero: none was. */
struct StyleFile {
    /* Called with true before GIMP reads a file, which blocks the main thread for as long as that takes, and
     * with false after it. NULL: not called. */
    void (*busy)(bool now, void *data);
    void *data;

    char *path;          /* NULL: nothing is cached */
    FileReader *reader;  /* of the file as GIMP read it; NULL: it can't be opened, or changed meanwhile */
    NstStatus status;    /* of reading it; */
    GeglBuffer *picture; /* NULL where that failed, */
    NstError error;      /* and this says why */
    GeglBuffer *inside;  /* the picture without its frame; the picture itself where it has none */
};

/* Forgets the file; `busy` and its data stay. */
void style_file_clear(StyleFile *file);

/* "sky", or "sky.png"; and "The style layer “sky”", for messages. A style layer must exist. The caller frees
 * them with g_free. */
char *style_name(const PluginCall *call);
char *style_title(const PluginCall *call);

/* The style's pixels: of a layer as host_seen has them, with its mask; of a file without its frame, unless
 * the settings keep that. The caller unrefs *pixels. A file is read again only when it has changed, and is
 * cached in call->style_file; its pixels no longer depend on GIMP. */
NstStatus style_pixels(const PluginCall *call, GeglBuffer **pixels, NstError *error);

/* The SHA-256 of the file that is cached, as it was read, whatever is in its place by now; the caller frees
 * it with g_free. NULL: it isn't known, for somebody has written to the file since. */
char *style_file_hash(const StyleFile *file);

#endif
