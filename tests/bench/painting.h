/* painting.h: a run of core on two picture files, configured by the command line: shared by transfer and
 * trace. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_PAINTING_H
#define BENCH_PAINTING_H

#include "core/nst.h"

typedef struct Painting {
    NstJob job; /* points to the rest, so the struct must not move */
    NstSettings settings;
    NstImage content, style;
    char *weights;
    const char *out; /* one of the arguments */
} Painting;

/* Arguments: CONTENT.ppm STYLE.ppm OUT.ppm [SETTING=VALUE...]; by default the built-in weights, and as many
 * threads as there are processors. Never fails: on an error the program ends with a message that names
 * `command`. */
void painting_read(Painting *painting, const char *command, int count, char **arguments);
void painting_free(Painting *painting);

#endif
