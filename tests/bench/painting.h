/* painting.h: a run of core on two pictures in files, as the command line asks for it: what transfer and
 * trace do, each in its own way. */
#ifndef BENCH_PAINTING_H
#define BENCH_PAINTING_H

#include "core/nst.h"

typedef struct Painting {
    NstJob job; /* points at the rest, and so must stay where it is */
    NstSettings settings;
    NstImage content, style;
    char *weights;
    const char *out; /* one of the arguments */
} Painting;

/* Arguments: CONTENT.ppm STYLE.ppm OUT.ppm [SETTING=VALUE...]; the built-in weights unless they say
 * otherwise, and as many threads as there are processors. Never fails: the program ends with a message, which
 * names `command`. */
void painting_read(Painting *painting, const char *command, int count, char **arguments);
void painting_free(Painting *painting);

#endif
