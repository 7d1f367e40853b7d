/* import.h: the commands of neural-style-weights as functions: converting a published VGG16 into a file that
 * the plug-in reads, describing such a file, and verifying the result. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_IMPORT_H
#define NST_IMPORT_H

#include "convention.h"

#include <glib.h>

typedef struct ImportOptions {
    bool half; /* float16, which halves the file; else float32, with every number unchanged */
    ConventionWishes wishes;
} ImportOptions;

/* Each appends to `said` what the user should read; after a failure, what it has found up to there. */

/* Writes `out` completely, or not at all. Holds one layer at a time in memory. */
NstStatus import_file(const char *path, const char *out, const ImportOptions *options, GString *said,
                      NstError *error);

/* Says what a published file holds. Fails where import_file would fail because of its tensors. */
NstStatus import_describe(const char *path, GString *said, NstError *error);

/* Opens a file as the plug-in does, and reads all its layers. */
NstStatus import_verify(const char *path, GString *said, NstError *error);

#endif
