/* measure.h: the clock, the median, the memory, and die: what every part of the benchmark uses. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <glib.h>

#define MIB (1024.0 * 1024.0)

/* Medians are taken over this many rounds, after one that only warms caches and threads. */
enum { ROUNDS = 5 };

double seconds_now(void); /* on a monotonic clock */

double median(int count, double *values); /* sorts them */

/* The peak memory of this process since it was executed. */
double peak_mib(void);

/* Prints a sentence to standard error and exits with 1: no figure is better than a wrong one. */
void die(const char *format, ...) G_GNUC_PRINTF(1, 2) G_GNUC_NORETURN;

/* Whole numbers from the command line; for anything else the program dies. `what` names the argument. */
int parse_whole(const char *text, const char *what, int least, int most);
int parse_side(const char *text);                            /* of a picture, in pixels */
void parse_sides(const char *text, int *width, int *height); /* "640x480" */

/* Calls row for each side among the arguments or, without arguments, for the usual ones, "128 256". All are
 * parsed before the first is measured, so that a wrong one costs no time. */
void for_each_side(int count, char **arguments, const char *usual, void (*row)(int side));

#endif
