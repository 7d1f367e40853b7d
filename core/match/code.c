/* code.c: levels the layers, centres, projects, adds the colour, and scales to a length of 1. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code.h"

#include "core/base/memory.h"
#include "core/network/simd.h"
#include "subspace.h"

#include <math.h>
#include <stdlib.h>

/* How much colour counts. */
static const struct {
    double share;        /* of the colour differences beside the features, by their deviations */
    double full_spread;  /* deviation of the chroma, 0..1, from which the share is whole; below it is noise */
    double least_spread; /* bounds the division */
} COLOUR = {.share = 0.12, .full_spread = 0.03, .least_spread = 0.02};

/* A code that is shorter than this (layers have a length of 1) is rounding, and points nowhere. */
static const double LEAST_LENGTH = 1e-4;

enum { F = CELL_FEATURES, STRIP = 64, ROWS = 64 };

_Static_assert((int)CODE == (int)DIRECTIONS, ""); /* the colour takes the place of the last two */

double coding_bytes(void)
{
    return (double)product_floats(F, CODE) * sizeof(float);
}

double coding_new_bytes(void)
{
    return coding_bytes() + (double)F * CODE * sizeof(float) + subspace_bytes();
}

double coding_work(double cells)
{
    return cells * F * CODE;
}

/* ---- Centring ------------------------------------------------------------------------------------------ */

typedef struct Centring {
    const Coding *coding;
    Cells *cells;
} Centring;

static int layer_of(size_t feature)
{
    int layer = MATCH_LAYERS - 1;
    while ((size_t)cell_layer_begin(layer) > feature)
        layer--;
    return layer;
}

/* STRIP features of all cells; they belong to one layer. */
static void centre_item(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Centring *c = data;
    size_t cells = grid_cells(c->cells->grid), begin = item * STRIP;
    float *features = c->cells->features + begin, level = c->coding->level[layer_of(begin)], mean[STRIP];
    double sum[STRIP] = {0};
    for (size_t i = 0; i < cells; i++)
        for (size_t k = 0; k < STRIP; k++)
            sum[k] += features[i * F + k];
    for (size_t k = 0; k < STRIP; k++)
        mean[k] = (float)(sum[k] / (double)cells);
    for (size_t i = 0; i < cells; i++)
        for (size_t k = 0; k < STRIP; k++)
            features[i * F + k] = (features[i * F + k] - mean[k]) * level;
}

static void centre(const Coding *coding, Workers *workers, Cells *cells)
{
    Centring centring = {coding, cells};
    workers_run(workers, F / STRIP, centre_item, &centring);
}

/* ---- Projecting ---------------------------------------------------------------------------------------- */

typedef struct Projecting {
    const Coding *coding;
    const Cells *cells;
    float *codes;
} Projecting;

static void project_item(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Projecting *p = data;
    size_t row = item * ROWS, left = grid_cells(p->cells->grid) - row;
    simd_best()->product->multiply(left < ROWS ? left : ROWS, F, 0, CODE, p->cells->features + row * F, F,
                                   p->coding->packed, p->codes + row * CODE, CODE);
}

static void project(const Coding *coding, Workers *workers, const Cells *cells, float *codes)
{
    Projecting projecting = {coding, cells, codes};
    workers_run(workers, (grid_cells(cells->grid) + ROWS - 1) / ROWS, project_item, &projecting);
}

/* ---- Colour, and the length ---------------------------------------------------------------------------- */

static double power_of(const float *code)
{
    double power = 0;
    for (size_t k = 0; k < CODE; k++)
        power += (double)code[k] * code[k];
    return power;
}

static void finish_item(void *data, size_t i, float *scratch)
{
    (void)scratch;
    const Projecting *p = data;
    float *code = p->codes + i * CODE;
    code[CODE - 2] = p->coding->colour * p->cells->chroma[2 * i];
    code[CODE - 1] = p->coding->colour * p->cells->chroma[2 * i + 1];
    double power = power_of(code);
    float factor = power > LEAST_LENGTH * LEAST_LENGTH ? (float)(1 / sqrt(power)) : 0;
    for (size_t k = 0; k < CODE; k++)
        code[k] *= factor;
}

static void finish(const Coding *coding, Workers *workers, const Cells *cells, float *codes)
{
    Projecting projecting = {coding, cells, codes};
    workers_run(workers, grid_cells(cells->grid), finish_item, &projecting);
}

static double deviation(const float *chroma, size_t cells)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < cells; i++) {
        sum += chroma[2 * i];
        squares += (double)chroma[2 * i] * chroma[2 * i];
    }
    double mean = sum / (double)cells;
    return sqrt(fmax(0, squares / (double)cells - mean * mean));
}

/* Such that the colour differences vary as much as the features do, times the share. */
static float colour_factor(const Cells *painting, const float *codes)
{
    size_t cells = grid_cells(painting->grid);
    double power = 0;
    for (size_t i = 0; i < cells; i++)
        power += power_of(codes + i * CODE);
    double spread = (deviation(painting->chroma, cells) + deviation(painting->chroma + 1, cells)) / 2;
    double trust = fmin(1, spread / COLOUR.full_spread) / fmax(spread, COLOUR.least_spread);
    return (float)(COLOUR.share * sqrt(power / (double)cells) * trust);
}

/* ---- Learning ------------------------------------------------------------------------------------------ */

static void level_layers(Coding *coding, const Cells *painting)
{
    for (int layer = 0; layer < MATCH_LAYERS; layer++)
        coding->level[layer] = (float)(1 / (sqrt(painting->power[layer]) + 1e-8));
}

static void keep_room_for_colour(float *basis)
{
    for (size_t i = 0; i < F; i++)
        basis[i * CODE + CODE - 2] = basis[i * CODE + CODE - 1] = 0;
}

static NstStatus learn_basis(Coding *coding, Workers *workers, const Cells *painting, NstError *error)
{
    float *basis = memory_floats((size_t)F * CODE);
    coding->packed = memory_floats(product_floats(F, CODE));
    NstStatus status = NST_OK;
    if (!basis || !coding->packed)
        status = nst_fail_memory(error, "working space", coding_new_bytes());
    if (status == NST_OK)
        status = subspace_find(workers, grid_cells(painting->grid), painting->features, basis, error);
    if (status == NST_OK) {
        keep_room_for_colour(basis);
        simd_best()->product->pack(F, CODE, basis, coding->packed);
    }
    free(basis);
    return status;
}

NstStatus coding_new(Coding *coding, Workers *workers, Cells *painting, float *codes, NstError *error)
{
    *coding = (Coding){0};
    level_layers(coding, painting);
    centre(coding, workers, painting);
    NstStatus status = learn_basis(coding, workers, painting, error);
    if (status != NST_OK) {
        coding_free(coding);
        return status;
    }
    project(coding, workers, painting, codes);
    coding->colour = colour_factor(painting, codes);
    finish(coding, workers, painting, codes);
    return NST_OK;
}

void coding_apply(const Coding *coding, Workers *workers, Cells *content, float *codes)
{
    centre(coding, workers, content);
    project(coding, workers, content, codes);
    finish(coding, workers, content, codes);
}

void coding_free(Coding *coding)
{
    free(coding->packed);
    *coding = (Coding){0};
}
