/* engine.c: the time of one evaluation at each size, compared with the machine's best, and the memory of a
 * run compared with the forecast. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "evaluator.h"
#include "figures.h"
#include "measure.h"
#include "scene.h"

#include <stdio.h>

static void print_row(int side)
{
    double seconds, product;
    /* First the evaluations, then the product: OpenBLAS's threads keep spinning for a while. */
    Child *evaluator = evaluator_start(side, (int)g_get_num_processors());
    children_medians(1, &evaluator, "evaluate", &seconds);
    children_medians(1, &evaluator, "product", &product);
    child_end(evaluator);

    Figures figures = figures_of_run(side, side, DEEP_LAYERS " scales=1 iterations=3");
    printf("%d,%.4f,%.1f,%.1f,%.0f,%.0f\n", side, seconds, scene_flops(side) / seconds / 1e9, product,
           figures.forecast.bytes / MIB, figures.peak_mib);
}

int engine(int count, char **arguments)
{
    puts("size,seconds_per_evaluation,effective_gflops,sgemm_gflops,predicted_mib,peak_mib");
    for_each_side(count, arguments, "128 256 512 1024 2048", print_row);
    return 0;
}
