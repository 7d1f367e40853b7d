/* figures.h: what core says of a run beforehand, and what the run then took: taken in a child's process of
 * its own, and handed over as a line. */
#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include "core/nst.h"

typedef struct Figures {
    NstForecast forecast;
    /* Of a run that was painted: */
    double iteration_seconds; /* the median of the times between two of its progress callbacks */
    double peak_mib;          /* of the process */
} Figures;

/* A whole run (figures_of_run) or only the forecast of it (figures_of_plan), pictures of width x height both,
 * with settings as "name=value name=value". `threads` workers, the built-in weights. */
Figures figures_of_run(int width, int height, const char *settings);
Figures figures_of_plan(int width, int height, const char *settings);

const char *optimizer_name(const NstForecast *forecast);

/* The child's side: arguments are WIDTHxHEIGHT SETTINGS. */
int serve_run(int count, char **arguments);
int serve_plan(int count, char **arguments);

#endif
