/* workers.c: the speed-up of more workers: one evaluator for each number of them, in turn. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "evaluator.h"
#include "measure.h"

#include <stdio.h>

int workers(int count, char **arguments)
{
    if (count > 1)
        die("workers takes one SIZE");
    int side = parse_side(count == 1 ? arguments[0] : "512"), cores = (int)g_get_num_processors();
    Child **crew = g_new(Child *, cores);
    double *seconds = g_new(double, cores);
    for (int i = 0; i < cores; i++)
        crew[i] = evaluator_start(side, i + 1);
    children_medians(cores, crew, "evaluate", seconds);
    puts("size,workers,seconds_per_evaluation,speedup");
    for (int i = 0; i < cores; i++) {
        printf("%d,%d,%.4f,%.2f\n", side, i + 1, seconds[i], seconds[0] / seconds[i]);
        child_end(crew[i]);
    }
    g_free(crew);
    g_free(seconds);
    return 0;
}
