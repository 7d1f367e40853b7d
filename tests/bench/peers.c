/* peers.c: the same evaluation by core and by PyTorch (peer.py), in turn. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "evaluator.h"
#include "figures.h"
#include "measure.h"
#include "scene.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdio.h>

static Child *start_peer(int side, int threads)
{
    char *script = source_path("tests/bench/peer.py"), *weights = built_in_weights();
    char *side_text = g_strdup_printf("%d", side), *threads_text = g_strdup_printf("%d", threads);
    char *bench = g_file_read_link("/proc/self/exe", NULL); /* for its "pictures" */
    if (!bench)
        die("this program can't find itself in /proc/self/exe");
    Child *child = child_start((const char *[]){script, side_text, threads_text, weights, bench, NULL});
    g_free(script);
    g_free(weights);
    g_free(side_text);
    g_free(threads_text);
    g_free(bench);
    return child;
}

/* The times are comparable only if both have computed the same thing; float32 sums differ with their
 * order. */
static void check_same(Child *ours, Child *peer)
{
    double our_loss = child_ask(ours, "loss"), its_loss = child_ask(peer, "loss");
    if (!(fabs(our_loss - its_loss) <= 1e-3 * fabs(our_loss)))
        die("the losses differ, ours is %.9g and PyTorch's %.9g: their times can't be compared", our_loss,
            its_loss);
}

static void print_row(int side)
{
    enum { OURS, PYTORCH };
    int threads = (int)g_get_num_processors();
    double seconds[2];
    Child *both[] = {evaluator_start(side, threads), NULL};
    child_ask(both[OURS], "evaluate"); /* if ours refuses the size, PyTorch needn't start */
    both[PYTORCH] = start_peer(side, threads);
    children_medians(2, both, "evaluate", seconds);
    check_same(both[OURS], both[PYTORCH]);
    double its_mib = child_ask(both[PYTORCH], "peak");
    child_end(both[OURS]);
    child_end(both[PYTORCH]);

    /* Ours for a whole run, including the optimiser's memory; PyTorch's for evaluations only. */
    Figures figures = figures_of_run(side, side, DEEP_LAYERS " scales=1 iterations=3");
    printf("%d,%.4f,%.4f,%.3f,%.0f,%.0f\n", side, seconds[OURS], seconds[PYTORCH],
           seconds[OURS] / seconds[PYTORCH], figures.peak_mib, its_mib);
}

int peers(int count, char **arguments)
{
    puts("size,ours_s,pytorch_s,ratio,ours_mib,pytorch_mib");
    for_each_side(count, arguments, "128 256 512 1024", print_row);
    return 0;
}
