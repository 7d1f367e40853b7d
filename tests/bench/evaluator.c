/* evaluator.c: see evaluator.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluator.h"

#include "measure.h"
#include "pictures.h"
#include "product.h"
#include "scene.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

enum { MOST_WORKERS = 256 };

typedef struct Evaluator {
    Scene *scene;
    int workers;
    double loss;
} Evaluator;

Child *evaluator_start(int side, int workers)
{
    char *side_text = g_strdup_printf("%d", side), *workers_text = g_strdup_printf("%d", workers);
    Child *child = child_self((const char *[]){"evaluate", side_text, workers_text, NULL});
    g_free(side_text);
    g_free(workers_text);
    return child;
}

static double answer(void *data, const char *word)
{
    Evaluator *evaluator = data;
    if (strcmp(word, "loss") == 0)
        return evaluator->loss;
    if (strcmp(word, "product") == 0)
        return product_gflops(evaluator->workers);
    if (strcmp(word, "evaluate") != 0)
        die("an evaluator can't \"%s\"", word);
    /* The second of two: in a run each evaluation finds the caches as the previous one left them. */
    scene_evaluate(evaluator->scene);
    double began = seconds_now();
    evaluator->loss = scene_evaluate(evaluator->scene);
    return seconds_now() - began;
}

int serve_evaluations(int count, char **arguments)
{
    if (count != 2)
        die("evaluate takes SIDE WORKERS");
    Evaluator evaluator = {.workers = parse_whole(arguments[1], "the number of workers", 1, MOST_WORKERS)};
    evaluator.scene = scene_new(parse_side(arguments[0]), evaluator.workers);
    child_serve(answer, &evaluator);
    scene_free(evaluator.scene);
    return 0;
}

int write_pictures(int count, char **arguments)
{
    if (count != 1)
        die("pictures takes SIDE");
    int side = parse_side(arguments[0]);
    for (int which = 0; which < PICTURES; which++) {
        NstImage picture = picture_new(which, side, side);
        fwrite(picture.rgb, sizeof(float), nst_image_floats(&picture), stdout); /* main sees to failures */
        nst_image_free(&picture);
    }
    return 0;
}
