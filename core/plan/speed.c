/* speed.c: evaluates the objective itself at two small sizes. The difference gives the time for a pixel, the
 * rest the time for an evaluation of any size: deep layers read megabytes of kernels for a handful of
 * positions. Each figure is the best of a few, since other work can only add to it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speed.h"

#include "core/base/memory.h"
#include "core/base/random.h"
#include "core/base/vector.h"
#include "core/loss/objective.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/* Sides of the larger picture: no larger than the smallest tile, so that measuring never takes more memory
 * than the run itself. The smaller picture has a third of it; all are multiples of sixteen. */
enum { SIDE = 144, ROUGH_SIDE = 48, TRIES = 2, VALUES = 1 << 20 };

/* The forward pass's share of the network's time for a pixel: measured. */
static const double FORWARD = 0.45;
/* Floats that a step of the optimiser reads or writes for each variable: L-BFGS's two loops take ten for each
 * pair, and the rest of it 25. */
static const double LBFGS_PAIR = 10, LBFGS_STEP = 25, ADAM_STEP = 14;

double speed_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static NstStatus noise(NstImage *picture, int side, uint32_t seed, NstError *error)
{
    NstStatus status = nst_image_new(picture, side, side, error);
    for (size_t i = 0; status == NST_OK && i < nst_image_floats(picture); i++)
        picture->rgb[i] = random_uniform(seed, i);
    return status;
}

static double best_evaluation(Objective *objective, const NstImage *picture, float *gradient)
{
    double best = INFINITY;
    for (int i = 0; i < TRIES; i++) {
        Losses losses;
        double began = speed_clock();
        objective_evaluate(objective, picture->rgb, &losses, gradient);
        best = fmin(best, speed_clock() - began);
    }
    return best;
}

/* Seconds of one evaluation of a square picture. */
static NstStatus time_evaluation(const Vgg16 *net, const ObjectiveSpec *spec, int side, double *seconds,
                                 NstError *error)
{
    NstImage content = {0}, style = {0};
    Objective *objective = NULL;
    float *gradient = memory_floats(3 * (size_t)side * (size_t)side);
    NstStatus status = gradient ? noise(&content, side, 1, error)
                                : nst_fail_memory(error, "a measurement", 12.0 * side * side);
    if (status == NST_OK)
        status = noise(&style, side, 2, error);
    if (status == NST_OK)
        status = objective_new(&objective, net, spec, &objective_whole, &content, &style, error);
    if (status == NST_OK)
        *seconds = best_evaluation(objective, &style, gradient);
    objective_free(objective);
    free(gradient);
    nst_image_free(&content);
    nst_image_free(&style);
    return status;
}

static NstStatus time_vectors(Workers *workers, size_t values, double *seconds, NstError *error)
{
    float *x = calloc(values, sizeof *x), *y = calloc(values, sizeof *y);
    NstStatus status = NST_OK;
    if (x && y) {
        *seconds = INFINITY;
        for (int i = 0; i < TRIES; i++) {
            double began = speed_clock();
            vector_update(workers, values, 1, y, 1, x, NULL);
            *seconds =
                fmin(*seconds, (speed_clock() - began) / (3.0 * (double)values)); /* two read, one written */
        }
    } else {
        status = nst_fail_memory(error, "a measurement", 2.0 * (double)values * sizeof(float));
    }
    free(x);
    free(y);
    return status;
}

NstStatus speed_measure(const Vgg16 *net, const ObjectiveSpec *spec, bool roughly, Speed *speed,
                        NstError *error)
{
    int side = roughly ? ROUGH_SIDE : SIDE, third = side / 3;
    double small = 0, large = 0, value = 0;
    NstStatus status = time_evaluation(net, spec, third, &small, error);
    if (status == NST_OK)
        status = time_evaluation(net, spec, side, &large, error);
    if (status == NST_OK)
        status = time_vectors(vgg16_workers(net), roughly ? VALUES / 8 : VALUES, &value, error);
    speed->pixel = fmax(large - small, 0) / (side * side - third * third);
    speed->evaluation = fmax(small - speed->pixel * third * third, 0);
    speed->value = value;
    return status;
}

Speed speed_better(const Speed *a, const Speed *b)
{
    return (Speed){.evaluation = fmin(a->evaluation, b->evaluation),
                   .pixel = fmin(a->pixel, b->pixel),
                   .value = fmin(a->value, b->value)};
}

static bool same_layers(const double a[VGG16_LAYERS], double weight_a, const double b[VGG16_LAYERS],
                        double weight_b)
{
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if ((weight_a > 0 && a[layer] > 0) != (weight_b > 0 && b[layer] > 0))
            return false;
    return true;
}

bool speed_holds(const ObjectiveSpec *measured, const ObjectiveSpec *spec)
{
    return measured->statistics == spec->statistics && measured->pooling == spec->pooling &&
           same_layers(measured->content_layers, measured->content_weight, spec->content_layers,
                       spec->content_weight) &&
           same_layers(measured->style_layers, measured->style_weight, spec->style_layers,
                       spec->style_weight);
}

static double pixels_seconds(const Speed *speed, double forward, double backward)
{
    return (FORWARD * forward + (1 - FORWARD) * backward) * speed->pixel;
}

/* The content and the style go forward once. They are taken to be equally large and deep. */
double speed_making(const Speed *speed, const ObjectiveWork *work)
{
    return work->tiles * speed->evaluation + pixels_seconds(speed, 2 * work->backward, 0);
}

double speed_evaluation(const Speed *speed, const ObjectiveWork *work)
{
    return work->tiles * speed->evaluation + pixels_seconds(speed, work->forward, work->backward);
}

double speed_step(const Speed *speed, const OptimizerPlan *optimizer, double n)
{
    double values =
        optimizer->kind == NST_OPTIMIZER_ADAM ? ADAM_STEP : LBFGS_PAIR * optimizer->history + LBFGS_STEP;
    return values * n * speed->value;
}

double speed_forward(const Speed *speed, const ObjectiveSpec *spec, double multiplications)
{
    return pixels_seconds(speed, multiplications / tiling_pixel_work(objective_depth(spec)), 0);
}

/* Winograd's convolutions do about as many of the definition's multiplications in a second as a plain
 * product does, times this: measured. */
static const double WINOGRAD = 2;

double speed_search(const Speed *speed, const ObjectiveSpec *spec, double multiplications)
{
    return WINOGRAD * speed_forward(speed, spec, multiplications);
}
