/* preconditioner.c: works in place, so that it needs no memory except for the cells: a convolution keeps each
 * original value until its neighbours have used it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preconditioner.h"

#include "core/base/vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float GREY = 0.5f, NEIGHBOUR = 0.25f;
/* Each step multiplies the weight of those before it by KEPT; LEAST is f. Measured on four pairs: KEPT makes
 * no difference from 0.7 to 0.95, nor does f from 0.01 to 0.2. */
static const double KEPT = 0.85, LEAST = 0.05;

static int cells_along(int pixels)
{
    return (pixels + PRECONDITIONER_CELL - 1) / PRECONDITIONER_CELL;
}

double preconditioner_bytes(int height, int width)
{
    return (double)cells_along(height) * cells_along(width) * sizeof(PreconditionerCell);
}

/* The factors of a row. */
size_t preconditioner_scratch(int width)
{
    return (size_t)width;
}

NstStatus preconditioner_new(Preconditioner *preconditioner, int height, int width, Workers *workers,
                             NstError *error)
{
    int rows = cells_along(height), columns = cells_along(width);
    *preconditioner = (Preconditioner){
        .workers = workers, .height = height, .width = width, .rows = rows, .columns = columns};
    NstStatus status = workers_reserve(workers, preconditioner_scratch(width), error);
    if (status != NST_OK)
        return status;
    preconditioner->cell = calloc((size_t)rows * (size_t)columns, sizeof *preconditioner->cell);
    if (!preconditioner->cell)
        return nst_fail_memory(error, "the optimiser", preconditioner_bytes(height, width));
    for (size_t i = 0; i < (size_t)rows * (size_t)columns; i++)
        preconditioner->cell[i].factor = 1;
    return NST_OK;
}

void preconditioner_free(Preconditioner *preconditioner)
{
    free(preconditioner->cell);
    preconditioner->cell = NULL;
}

/* ---- Learning ------------------------------------------------------------------------------------------ */

/* A step to learn from. */
typedef struct Step {
    Preconditioner *preconditioner;
    const float *s, *y;
} Step;

/* One row of cells. */
static void measure_cells(void *data, size_t row, float *scratch)
{
    (void)scratch;
    const Step *step = data;
    const Preconditioner *m = step->preconditioner;
    size_t width = (size_t)m->width, top = row * PRECONDITIONER_CELL, height = (size_t)m->height - top;
    height = height < PRECONDITIONER_CELL ? height : PRECONDITIONER_CELL;
    for (size_t column = 0; column < (size_t)m->columns; column++) {
        size_t left = column * PRECONDITIONER_CELL,
               across = width - left < PRECONDITIONER_CELL ? width - left : PRECONDITIONER_CELL;
        double s = 0, y = 0, pixels = (double)(height * across);
        for (size_t i = top; i < top + height; i++) {
            const float *of_s = step->s + 3 * (i * width + left), *of_y = step->y + 3 * (i * width + left);
            s += vector_block_dot(3 * across, of_s, of_s);
            y += vector_block_dot(3 * across, of_y, of_y);
        }
        PreconditionerCell *cell = &m->cell[row * (size_t)m->columns + column];
        cell->step = s / pixels;
        cell->change = y / pixels;
    }
}

static void update_cell(PreconditionerCell *cell, double step, double change, double weight)
{
    cell->steps = KEPT * cell->steps + (1 - KEPT) * cell->step / step;
    cell->changes = KEPT * cell->changes + (1 - KEPT) * cell->change / change;
    cell->factor = (float)sqrt(sqrt((cell->steps / weight + LEAST) / (cell->changes / weight + LEAST)));
}

void preconditioner_learn(Preconditioner *preconditioner, const float *s, const float *y)
{
    Step of = {preconditioner, s, y};
    size_t cells = (size_t)preconditioner->rows * (size_t)preconditioner->columns;
    double step = 0, change = 0;
    workers_run(preconditioner->workers, (size_t)preconditioner->rows, measure_cells, &of);
    for (size_t i = 0; i < cells; i++) {
        step += preconditioner->cell[i].step / (double)cells;
        change += preconditioner->cell[i].change / (double)cells;
    }
    if (!(step > 0 && change > 0 && isfinite(step) && isfinite(change)))
        return;
    preconditioner->weight = KEPT * preconditioner->weight + (1 - KEPT);
    for (size_t i = 0; i < cells; i++)
        update_cell(&preconditioner->cell[i], step, change, preconditioner->weight);
}

/* ---- Applying ------------------------------------------------------------------------------------------ */

/* A vector v to be changed to M v. */
typedef struct Applying {
    const Preconditioner *preconditioner;
    float *v;
    size_t row; /* floats of a row */
    bool smooth;
} Applying;

/* Where pixel number `at` lies on the way from the middle of cell *before to that of *after; void where the
 * two are the same cell, at the picture's ends. */
static float between(int at, int cells, int *before, int *after)
{
    int halves = 2 * at + 1 - PRECONDITIONER_CELL; /* half pixels from the first cell's middle */
    int cell = halves < 0 ? 0 : halves / (2 * PRECONDITIONER_CELL);
    *before = cell;
    *after = cell + 1 < cells && halves > 0 ? cell + 1 : cell;
    return (float)(halves - 2 * PRECONDITIONER_CELL * cell) / (2 * PRECONDITIONER_CELL);
}

/* L along row y. */
static void fill_factors(const Preconditioner *m, int y, float *factor)
{
    int above, below;
    float down = between(y, m->rows, &above, &below);
    const PreconditionerCell *upper = m->cell + (size_t)above * (size_t)m->columns,
                             *lower = m->cell + (size_t)below * (size_t)m->columns;
    for (int x = 0; x < m->width;) {
        int left, right;
        float across = between(x, m->columns, &left, &right);
        float a = upper[left].factor + down * (lower[left].factor - upper[left].factor);
        float b = upper[right].factor + down * (lower[right].factor - upper[right].factor);
        int end = left == right ? x + 1 : PRECONDITIONER_CELL / 2 + right * PRECONDITIONER_CELL;
        end = end < m->width ? end : m->width;
        for (int i = 0; x < end; i++, x++)
            factor[x] = a + (across + (float)i / PRECONDITIONER_CELL) * (b - a);
    }
}

static void stretch(const Applying *a, size_t y, float *row, float *factor)
{
    fill_factors(a->preconditioner, (int)y, factor);
    for (size_t x = 0; x < (size_t)a->preconditioner->width; x++)
        for (size_t c = 0; c < 3; c++)
            row[3 * x + c] *= factor[x];
}

static void halve_grey(size_t count, float *row)
{
    for (size_t i = 0; i < count; i += 3) {
        float grey = GREY * (row[i] + row[i + 1] + row[i + 2]) / 3;
        for (size_t c = 0; c < 3; c++)
            row[i + c] -= grey;
    }
}

static void smooth_row(size_t count, float *row)
{
    float before[3];
    memcpy(before, row, sizeof before);
    for (size_t i = 0; i < count; i += 3)
        for (size_t c = 0; c < 3; c++) {
            float now = row[i + c], after = i + 3 < count ? row[i + 3 + c] : now;
            row[i + c] = now + NEIGHBOUR * (before[c] + after);
            before[c] = now;
        }
}

/* L, C, and S; or without smoothing L, C, L, which is all of M. */
static void along_row(void *data, size_t y, float *scratch)
{
    const Applying *a = data;
    float *row = a->v + y * a->row;
    stretch(a, y, row, scratch);
    halve_grey(a->row, row);
    if (a->smooth)
        smooth_row(a->row, row);
    else
        stretch(a, y, row, scratch);
}

enum { STRIP = 256 }; /* floats of a row that a worker takes down the columns together */

/* S', down a strip of columns. */
static void along_columns(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Applying *a = data;
    size_t first = item * STRIP, count = a->row - first < STRIP ? a->row - first : STRIP;
    size_t height = (size_t)a->preconditioner->height;
    float before[STRIP];
    memcpy(before, a->v + first, count * sizeof *before);
    for (size_t y = 0; y < height; y++) {
        float *row = a->v + y * a->row + first;
        const float *after = y + 1 < height ? row + a->row : row;
        for (size_t i = 0; i < count; i++) {
            float now = row[i];
            row[i] = now + NEIGHBOUR * (before[i] + after[i]);
            before[i] = now;
        }
    }
}

static void stretch_row(void *data, size_t y, float *scratch)
{
    const Applying *a = data;
    stretch(a, y, a->v + y * a->row, scratch);
}

void preconditioner_apply(const Preconditioner *preconditioner, bool smooth, float *v)
{
    Applying a = {preconditioner, v, 3 * (size_t)preconditioner->width, smooth};
    workers_run(preconditioner->workers, (size_t)preconditioner->height, along_row, &a);
    if (!smooth)
        return;
    workers_run(preconditioner->workers, (a.row + STRIP - 1) / STRIP, along_columns, &a);
    workers_run(preconditioner->workers, (size_t)preconditioner->height, stretch_row, &a);
}
