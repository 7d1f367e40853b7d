/* subspace.c: subspace iteration (Golub and Van Loan, "Matrix Computations", 8.2.4) on the covariance. Only
 * the subspace matters, since codes are compared by their angles: an eigen-decomposition would turn the
 * axes within it and change no angle, and it can't be shared out among the workers.
 *
 * The covariance is added up in blocks of rows, so its memory doesn't depend on the size of the painting. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subspace.h"

#include "core/base/memory.h"
#include "core/base/random.h"
#include "core/base/ranges.h"
#include "core/network/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    F = CELL_FEATURES,
    D = DIRECTIONS,
    ITERATIONS = 8,
    BLOCK = 512,             /* rows that are added at a time */
    STRIP = PRODUCT_COLUMNS, /* columns of the covariance that are one item of work */
    ROWS = 32,               /* rows of a product that are */
    PANEL = 8,               /* vectors that are made orthogonal before all later ones follow */
    SEED = 7,
};

/* What is left of a vector, once it has lost what it has of those before it, is rounding and no direction
 * where it is shorter than this share of the longest vector. */
static const double DEPENDENT = 1e-5;

typedef struct Finding {
    size_t count; /* rows of this block */
    const float *centred;
    float *turned;     /* [F, BLOCK], the block's transpose */
    float *covariance; /* [F, F] */
    float *packed;     /* the basis */
    float *image;      /* [F, D], the covariance times the basis */
    double *vectors;   /* [D, F] */
    size_t panel;      /* first vector of the panel */
} Finding;

size_t subspace_scratch(void)
{
    return (2 * BLOCK + F) * STRIP;
}

double subspace_bytes(void)
{
    double floats = (double)F * BLOCK + (double)F * F + (double)product_floats(F, D) + (double)F * D;
    return floats * sizeof(float) + (double)F * D * sizeof(double);
}

double subspace_work(double count)
{
    return count * F * F / 2 + ITERATIONS * ((double)F * F * D + (double)F * D * D);
}

/* ---- The covariance ------------------------------------------------------------------------------------ */

static void turn_item(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Finding *f = data;
    for (size_t c = item * STRIP; c < (item + 1) * STRIP; c++)
        for (size_t i = 0; i < f->count; i++)
            f->turned[c * BLOCK + i] = f->centred[i * F + c];
}

/* Adds the block to a strip of columns, from the first row to the strip's end; the rest is its mirror
 * image. */
static void add_item(void *data, size_t item, float *scratch)
{
    const Finding *f = data;
    const Product *product = simd_best()->product;
    size_t from = item * STRIP, end = from + STRIP;
    float *columns = scratch, *packed = columns + BLOCK * STRIP, *sums = packed + BLOCK * STRIP;
    for (size_t i = 0; i < f->count; i++)
        memcpy(columns + i * STRIP, f->centred + i * F + from, STRIP * sizeof *columns);
    product->pack(f->count, STRIP, columns, packed);
    product->multiply(end, f->count, 0, STRIP, f->turned, BLOCK, packed, sums, STRIP);
    for (size_t i = 0; i < end; i++)
        for (size_t j = 0; j < STRIP; j++)
            f->covariance[i * F + from + j] += sums[i * STRIP + j];
}

static void mirror_covariance(float *covariance)
{
    for (size_t i = 0; i < F; i++)
        for (size_t j = 0; j < i; j++)
            covariance[i * F + j] = covariance[j * F + i];
}

static NstStatus add_up(Finding *f, Workers *workers, size_t count, const float *centred)
{
    memset(f->covariance, 0, (size_t)F * F * sizeof(float));
    for (size_t row = 0; row < count; row += BLOCK) {
        if (workers_ask_stop(workers))
            return NST_CANCELLED;
        f->count = count - row < BLOCK ? count - row : BLOCK;
        f->centred = centred + row * F;
        workers_run(workers, F / STRIP, turn_item, f);
        workers_run(workers, F / STRIP, add_item, f);
    }
    mirror_covariance(f->covariance);
    return NST_OK;
}

/* ---- Orthonormal vectors ------------------------------------------------------------------------------- */

/* Eight sums side by side, which a vector unit can take. */
UNCHECKED static double product_of(const double *a, const double *b)
{
    range_used(a, F * sizeof *a);
    range_used(b, F * sizeof *b);
    double sum[8] = {0};
    for (size_t i = 0; i < F; i += 8)
        for (size_t lane = 0; lane < 8; lane++)
            sum[lane] += a[i + lane] * b[i + lane];
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

/* Takes from a vector what it has of `unit`. */
UNCHECKED static void take_out(double *vector, const double *unit)
{
    double part = product_of(vector, unit); /* which looks at both ranges */
    for (size_t i = 0; i < F; i++)
        vector[i] -= part * unit[i];
}

static void scale_vector(double *vector, double factor)
{
    for (size_t i = 0; i < F; i++)
        vector[i] *= factor;
}

/* Within a panel whose vectors have lost what they had of all panels before it. */
static void make_panel(double *panel, double least)
{
    for (size_t d = 0; d < PANEL; d++) {
        double *vector = panel + d * F;
        for (size_t before = 0; before < d; before++)
            take_out(vector, panel + before * F);
        double length = sqrt(product_of(vector, vector));
        scale_vector(vector, length > least ? 1 / length : 0);
    }
}

static void follow_item(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Finding *f = data;
    double *vector = f->vectors + (f->panel + PANEL + item) * F;
    for (size_t d = 0; d < PANEL; d++)
        take_out(vector, f->vectors + (f->panel + d) * F);
}

static double longest(const double *vectors)
{
    double most = 0;
    for (size_t d = 0; d < D; d++)
        most = fmax(most, product_of(vectors + d * F, vectors + d * F));
    return sqrt(most);
}

/* Gram and Schmidt's way, modified. */
static void make_orthonormal(Finding *f, Workers *workers)
{
    double least = DEPENDENT * longest(f->vectors);
    for (f->panel = 0; f->panel < D; f->panel += PANEL) {
        make_panel(f->vectors + f->panel * F, least);
        if (f->panel + PANEL < D)
            workers_run(workers, D - f->panel - PANEL, follow_item, f);
    }
}

/* ---- The iteration ------------------------------------------------------------------------------------- */

static void multiply_item(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Finding *f = data;
    size_t row = item * ROWS;
    simd_best()->product->multiply(ROWS, F, 0, D, f->covariance + row * F, F, f->packed, f->image + row * D,
                                   D);
}

static void image_to_vectors(const Finding *f)
{
    for (size_t d = 0; d < D; d++)
        for (size_t i = 0; i < F; i++)
            f->vectors[d * F + i] = f->image[i * D + d];
}

static void vectors_to_basis(const Finding *f, float *basis)
{
    for (size_t d = 0; d < D; d++)
        for (size_t i = 0; i < F; i++)
            basis[i * D + d] = (float)f->vectors[d * F + i];
}

static NstStatus iterate(Finding *f, Workers *workers, float *basis)
{
    for (size_t i = 0; i < (size_t)F * D; i++)
        basis[i] = random_uniform(SEED, i) - 0.5F;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        if (workers_ask_stop(workers))
            return NST_CANCELLED;
        simd_best()->product->pack(F, D, basis, f->packed);
        workers_run(workers, F / ROWS, multiply_item, f);
        image_to_vectors(f);
        make_orthonormal(f, workers);
        vectors_to_basis(f, basis);
    }
    return NST_OK;
}

NstStatus subspace_find(Workers *workers, size_t count, const float *centred, float *basis, NstError *error)
{
    Finding f = {.turned = memory_floats((size_t)F * BLOCK),
                 .covariance = memory_floats((size_t)F * F),
                 .packed = memory_floats(product_floats(F, D)),
                 .image = memory_floats((size_t)F * D),
                 .vectors = memory_new((size_t)F * D * sizeof(double))};
    NstStatus status = NST_OK;
    if (!f.turned || !f.covariance || !f.packed || !f.image || !f.vectors)
        status = nst_fail_memory(error, "working space", subspace_bytes());
    if (status == NST_OK)
        status = add_up(&f, workers, count, centred);
    if (status == NST_OK)
        status = iterate(&f, workers, basis);
    free(f.turned);
    free(f.covariance);
    free(f.packed);
    free(f.image);
    free(f.vectors);
    return status;
}
