/* allocations.c: core with failing allocations, in one process: `allocations SEED FIRST SECONDS`. Each trial
 * opens a network, forecasts, paints and closes, while the k-th allocation fails, or all from the k-th on.
 * That must end with an error that says why, or with the picture that there always is. And now and then it
 * is painted without failures, and must be the same to the byte: nothing that failed has left a trace.
 *
 * Prints "lost TRIAL WHAT" for each that is lost, and in the end "trials FAILED", how many allocations
 * failed. What crashes ends the process: the last line "at TRIAL" says where. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/nst.h"
#include "fail_allocation.h"
#include "tests/support/hash.h"
#include "tests/support/run_pictures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const runs[] = {
    "iterations=2 scales=1",
    "method=painter iterations=2",
    "optimizer=adam iterations=2 scales=2",
    "start=noise iterations=1 color=match",
    "iterations=1 color=luminance statistics=covariance",
    "method=painter iterations=1 variety=100 brush-size=2",
    "iterations=1 scales=1 style-layers=relu1_1,relu4_1 content-layers=relu4_2 pooling=average",
};
enum { RUNS = sizeof runs / sizeof *runs, AGAIN_EVERY = 25 };

static NstImage content, style, usual[RUNS];
static unsigned long allocations[RUNS];

static void lost(long trial, const char *what)
{
    printf("lost %ld %s\n", trial, what);
    fflush(stdout);
}

/* All that a caller does with core. */
static NstStatus paint(int which, NstImage *result, NstError *error)
{
    NstSettings settings = settings_of(runs[which]);
    NstJob job = {.content = &content, .style = &style, .settings = &settings};
    NstForecast forecast;
    NstNetwork *network;
    NstStatus status = nst_open(&network, weights_file, 2, error);
    if (status == NST_OK)
        status = nst_forecast(network, &job, &forecast, error);
    if (status == NST_OK)
        status = nst_run(network, &job, result, error);
    nst_close(network);
    return status;
}

static bool as_usual(int which)
{
    NstImage result = {0};
    fail_allocation(0, false);
    bool same = paint(which, &result, NULL) == NST_OK && same_bytes(&result, &usual[which]);
    nst_image_free(&result);
    return same;
}

static void try_trial(long trial, uint32_t seed)
{
    uint32_t stream = seed + (uint32_t)trial;
    int which = (int)(hash_unit(stream, 0) * RUNS);
    unsigned long at = 1 + (unsigned long)((double)allocations[which] * hash_unit(stream, 1));
    bool on = hash_unit(stream, 2) < 0.3f;
    NstError error = {0};
    NstImage result = {0};
    printf("at %ld\n", trial);
    fflush(stdout);
    fail_allocation(at, on);
    NstStatus status = paint(which, &result, &error);
    fail_allocation(0, false);
    if (status == NST_OK && !same_bytes(&result, &usual[which]))
        lost(trial, "another picture");
    if (status != NST_OK && (!error.message[0] || result.rgb))
        lost(trial, error.message[0] ? "a picture beside an error" : "an error without a message");
    nst_image_free(&result);
    if (trial % AGAIN_EVERY == 0 && !as_usual(which))
        lost(trial, "the next run is not as usual");
}

static void prepare(void)
{
    content = scene(40, 32);
    style = texture(32, 36);
    for (int which = 0; which < RUNS; which++) {
        fail_allocation(0, false);
        if (paint(which, &usual[which], NULL) != NST_OK)
            exit(2);
        allocations[which] = fail_allocation_asked();
    }
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    uint32_t seed = (uint32_t)strtoul(argv[1], NULL, 10);
    long trial = strtol(argv[2], NULL, 10), first = trial;
    time_t end = time(NULL) + strtol(argv[3], NULL, 10);
    weights_file = getenv("NST_WEIGHTS");
    prepare();
    do
        try_trial(trial++, seed);
    while (time(NULL) < end);
    printf("trials %ld\n", trial - first);
    return 0;
}
