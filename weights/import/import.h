/* import.h: what neural-style-weights does, as functions: a published VGG16 made one that the plug-in reads,
 * and files looked into. */
#ifndef NST_IMPORT_H
#define NST_IMPORT_H

#include "convention.h"

#include <glib.h>

typedef struct ImportOptions {
    bool half; /* float16, which halves the file; else float32, every number as it was */
    ConventionWishes wishes;
} ImportOptions;

/* Each appends to `said` what a user wants to read, for as far as it came. */

/* Writes `out` whole or not at all. One layer at a time is in memory. */
NstStatus import_file(const char *path, const char *out, const ImportOptions *options, GString *said,
                      NstError *error);

/* Says what a published file holds. Fails where import_file would for its tensors' sake. */
NstStatus import_describe(const char *path, GString *said, NstError *error);

/* Opens a file as the plug-in does, and reads all its layers. */
NstStatus import_verify(const char *path, GString *said, NstError *error);

#endif
