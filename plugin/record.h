/* record.h: how a layer was painted, as a text that is kept with it: enough to paint it again. Knows no GIMP;
 * any thread.
 *
 * A layer is found again by its tattoo, which survives saving but is unique only within its image; by its id,
 * which is unique but only as long as GIMP runs; or by its name. record_sources.h says how. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_H
#define RECORD_H

#include "core/settings/settings.h"

#define RECORD_NAME "neural-style" /* the parasite that holds it */

/* A layer that was painted from. */
typedef struct RecordSource {
    char *name;  /* NULL: there was none, or it isn't known */
    char *image; /* the file or the name of another image that it is in; NULL: the painting's own */
    int tattoo;  /* 0: not known */
    int id;      /* in the record's session; -1: not known */
} RecordSource;

typedef struct RecordArea {
    int x, y, width, height;
} RecordArea;

/* Texts belong to the record; NULL: not known. */
typedef struct Record {
    NstSettings settings; /* start_layer is -1, for its id would mean another layer some day */
    char *session;        /* a name for the run of GIMP in which the ids are valid */
    char *layer;          /* the name that the painting was given */
    int tattoo;           /* the painting's own; 0: not known */
    RecordSource content, style, start;
    int width, height; /* of the content; 0: not known */
    RecordArea area;   /* the part of the content that was painted, in its coordinates; width 0: not known */
    char *style_path;  /* of a style file; NULL: the style was a layer */
    char *style_hash;  /* SHA-256: of the style file, or of the style layer's pixels */
    char *weights, *weights_hash; /* their name, and their file's SHA-256 */
    char *course;                 /* where the user stopped or continued the run; NULL: neither */
} Record;

/* All defaults, nothing known. The caller ends it with record_clear. */
void record_init(Record *record);
void record_clear(Record *record);

/* Lines "name: value". The settings are as nst_settings_parse reads them, with the weights by the name they
 * were found under. The caller frees the text with g_free. */
char *record_print(const Record *record);

/* Reads what this version or another has written; what it doesn't say stays unknown. A setting, or a value of
 * one, that this version doesn't have is left out. False: the text is no record. */
bool record_parse(const char *text, Record *record);

/* SHA-256 in hexadecimal, which the caller frees with g_free; of a file: NULL where it can't be read. */
char *record_file_hash(const char *path);
char *record_bytes_hash(const void *bytes, size_t count);

#endif
