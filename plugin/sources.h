/* sources.h: the pictures that a preview is painted from, read out of GIMP a little at a time while the main
 * loop is idle, and kept. Main thread only. */
#ifndef SOURCES_H
#define SOURCES_H

#include "core/status.h"
#include "plugin/reduced.h"

typedef struct Sources Sources;

typedef struct SourcesWanted {
    int image, content;
    GeglRectangle area;      /* of the content, in its coordinates */
    int style;               /* -1: the file's picture */
    GeglBuffer *style_file;  /* NULL: the layer; it is referenced */
    const char *style_title; /* for messages; copied */
    int start;               /* -1: none */
    GeglRectangle part;      /* of the content at full size, in the layer's coordinates; no width: none */
} SourcesWanted;

/* Owned by the Sources; valid until the next call. */
typedef struct SourcesPictures {
    Reduced *content, *style;
    Reduced *start, *selection; /* NULL: none */
    Reduced *part, *part_style; /* with the part: it, and the whole style, both unreduced; else NULL */
} SourcesPictures;

typedef struct SourcesListener {
    /* All are there. changed: one at least is not what it was the last time. */
    void (*ready)(const SourcesPictures *pictures, bool changed, void *data);
    void (*failed)(const char *message, void *data); /* in place of ready */
    void *data;
} SourcesListener;

/* The listener is copied. Free it with sources_free, which tells nothing more. */
Sources *sources_new(const SourcesListener *listener);
void sources_free(Sources *sources);

/* Reads what is not there yet, and tells when it is: by the main loop, never before this returns. What has
 * been wanted before counts no more. All that is named has been checked. */
void sources_read(Sources *sources, const SourcesWanted *wanted);

/* The same once more with what was wanted last, reading all anew: the user may have painted on it, or changed
 * the selection. */
void sources_refresh(Sources *sources);

/* Tells nothing any more of what was wanted before. */
void sources_forget(Sources *sources);

#endif
