/* figures.h: core's forecast of a run, and what the run then took, measured in a child process and passed on
 * as a line. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include "core/nst.h"

typedef struct Figures {
    NstForecast forecast;
    /* Only for a run that was painted: */
    double iteration_seconds; /* the median of the times between two of its progress callbacks */
    double peak_mib;          /* of the process */
} Figures;

/* A whole run (figures_of_run) or only its forecast (figures_of_plan); both pictures are width x height, and
 * the settings are "name=value name=value". `threads` workers, the built-in weights. */
Figures figures_of_run(int width, int height, const char *settings);
Figures figures_of_plan(int width, int height, const char *settings);

const char *optimizer_name(const NstForecast *forecast);

/* The child's side: arguments are WIDTHxHEIGHT SETTINGS. */
int serve_run(int count, char **arguments);
int serve_plan(int count, char **arguments);

#endif
