/* measure.c: see measure.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure.h"

#include "core/nst.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_SIDE = 32768 };

double seconds_now(void)
{
    return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static int ascending(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

double median(int count, double *values)
{
    qsort(values, (size_t)count, sizeof *values, ascending);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* Not getrusage: its maximum survives exec, so it may be the parent's. */
double peak_mib(void)
{
    char line[256];
    long kib = -1;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && kib < 0 && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld kB", &kib) != 1)
            kib = -1;
    if (kib < 0)
        die("this system doesn't report a process's peak memory (VmHWM in /proc/self/status)");
    fclose(file);
    return (double)kib / 1024;
}

void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    fflush(stdout); /* the rows so far come first */
    fprintf(stderr, "bench: %s\n", text);
    g_free(text);
    exit(1);
}

int parse_whole(const char *text, const char *what, int least, int most)
{
    char *end;
    gint64 number = g_ascii_strtoll(text, &end, 10);
    if (end == text || *end || number < least || number > most)
        die("%s must be a whole number from %d to %d, not \"%s\"", what, least, most, text);
    return (int)number;
}

int parse_side(const char *text)
{
    return parse_whole(text, "a picture's side", NST_MIN_SIDE, MOST_SIDE);
}

void parse_sides(const char *text, int *width, int *height)
{
    char **sides = g_strsplit(text, "x", 2);
    if (!sides[0] || !sides[1])
        die("a picture's size must be WIDTHxHEIGHT, not \"%s\"", text);
    *width = parse_side(sides[0]);
    *height = parse_side(sides[1]);
    g_strfreev(sides);
}

void for_each_side(int count, char **arguments, const char *usual, void (*row)(int side))
{
    char **usual_sides = g_strsplit(usual, " ", -1);
    char **texts = count > 0 ? arguments : usual_sides;
    int sides = count > 0 ? count : (int)g_strv_length(usual_sides), *side = g_new(int, sides);
    for (int i = 0; i < sides; i++)
        side[i] = parse_side(texts[i]);
    for (int i = 0; i < sides; i++)
        row(side[i]);
    g_free(side);
    g_strfreev(usual_sides);
}
