/* test_preconditioner.c: the preconditioner against its definition in preconditioner.h, and what L-BFGS needs
 * of it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/optimizer/preconditioner.h"
#include "tests/support/check.h"
#include "tests/support/made.h"

#include <math.h>
#include <string.h>

enum { HEIGHT = 19, WIDTH = 90, COUNT = HEIGHT * WIDTH * 3 }; /* rows longer than one strip of columns */

static Workers *crew;

static double at(const double *v, int height, int width, int y, int x, int c)
{
    y = CLAMP(y, 0, height - 1);
    x = CLAMP(x, 0, width - 1);
    return v[(y * width + x) * 3 + c];
}

/* What a preconditioner should have learned, by the definition: the mean squares of its steps in each
 * cell. */
typedef struct Plain {
    int height, width, rows, columns;
    double *s, *y; /* [rows, columns], faded */
    double weight;
} Plain;

static Plain plain_new(int height, int width)
{
    Plain plain = {height,
                   width,
                   (height + PRECONDITIONER_CELL - 1) / PRECONDITIONER_CELL,
                   (width + PRECONDITIONER_CELL - 1) / PRECONDITIONER_CELL,
                   NULL,
                   NULL,
                   0};
    plain.s = g_new0(double, plain.rows *plain.columns);
    plain.y = g_new0(double, plain.rows *plain.columns);
    return plain;
}

static void plain_free(Plain *plain)
{
    g_free(plain->s);
    g_free(plain->y);
}

static double mean_square(const Plain *plain, const float *v, int row, int column)
{
    double sum = 0, count = 0;
    for (int y = row * PRECONDITIONER_CELL; y < MIN((row + 1) * PRECONDITIONER_CELL, plain->height); y++)
        for (int x = column * PRECONDITIONER_CELL; x < MIN((column + 1) * PRECONDITIONER_CELL, plain->width);
             x++, count++)
            for (int c = 0; c < 3; c++)
                sum += pow(v[(y * plain->width + x) * 3 + c], 2);
    return sum / count;
}

static void plain_fade(const Plain *plain, const float *v, double *faded)
{
    int cells = plain->rows * plain->columns;
    double all = 0;
    for (int i = 0; i < cells; i++)
        all += mean_square(plain, v, i / plain->columns, i % plain->columns) / cells;
    for (int i = 0; i < cells; i++)
        faded[i] =
            0.85 * faded[i] + 0.15 * mean_square(plain, v, i / plain->columns, i % plain->columns) / all;
}

static void plain_learn(Plain *plain, const float *s, const float *y)
{
    plain_fade(plain, s, plain->s);
    plain_fade(plain, y, plain->y);
    plain->weight = 0.85 * plain->weight + 0.15;
}

/* L of a cell; outside the grid, that of the nearest cell. */
static double plain_cell(const Plain *plain, int row, int column)
{
    int i = CLAMP(row, 0, plain->rows - 1) * plain->columns + CLAMP(column, 0, plain->columns - 1);
    if (plain->weight == 0)
        return 1;
    return pow((plain->s[i] / plain->weight + 0.05) / (plain->y[i] / plain->weight + 0.05), 0.25);
}

static double plain_factor(const Plain *plain, int y, int x)
{
    double v = (y + 0.5) / PRECONDITIONER_CELL - 0.5, u = (x + 0.5) / PRECONDITIONER_CELL - 0.5;
    int row = (int)floor(v), column = (int)floor(u);
    double down = v - row, across = u - column;
    return (1 - down) *
               ((1 - across) * plain_cell(plain, row, column) + across * plain_cell(plain, row, column + 1)) +
           down * ((1 - across) * plain_cell(plain, row + 1, column) +
                   across * plain_cell(plain, row + 1, column + 1));
}

/* M v in double, straight from the definition. */
static void plain_apply(const Plain *plain, bool smooth, const float *v, float *out)
{
    int height = plain->height, width = plain->width;
    double *coloured = g_new(double, height *width * 3);
    for (int i = 0; i < height * width * 3; i++) {
        const float *pixel = v + i / 3 * 3;
        coloured[i] = (v[i] - ((double)pixel[0] + pixel[1] + pixel[2]) / 6) *
                      plain_factor(plain, i / 3 / width, i / 3 % width);
    }
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                        sum += (smooth ? (dy ? 0.25 : 1) * (dx ? 0.25 : 1) : !dy && !dx) *
                               at(coloured, height, width, y + dy, x + dx, c);
                out[(y * width + x) * 3 + c] = (float)(sum * plain_factor(plain, y, x));
            }
    g_free(coloured);
}

static Preconditioner preconditioner_of(int height, int width, Workers *workers)
{
    Preconditioner preconditioner;
    g_assert_cmpint(preconditioner_new(&preconditioner, height, width, workers, NULL), ==, NST_OK);
    return preconditioner;
}

/* A step that is large in one half of the picture, or a change of the gradient that is large in the other.
 * `seed` sets its length too, down to the limit of float. */
static float *new_step(unsigned seed, int height, int width, bool left)
{
    float *step = new_signed(seed, 1, (size_t)(height * width * 3));
    for (int i = 0; i < height * width * 3; i++)
        step[i] *= (float)(pow(1e-9, seed % 5) * ((i / 3 % width < width / 2) == left ? 1 : 0.02));
    return step;
}

static void check_applied(const Preconditioner *preconditioner, const Plain *plain)
{
    size_t count = (size_t)(plain->height * plain->width * 3);
    for (int smooth = 0; smooth < 2; smooth++) {
        float *v = new_signed(1, 1, count), *want = g_new(float, count);
        plain_apply(plain, smooth, v, want);
        preconditioner_apply(preconditioner, smooth, v);
        check_close("M v", count, v, want, 1e-6);
        g_free(v);
        g_free(want);
    }
}

/* Guards the definition: also at the ends of rows and columns, for cells that the border cuts and sides of a
 * single pixel; before the first step and after several, of any length. */
static void test_definition(void)
{
    static const int sizes[][2] = {{HEIGHT, WIDTH}, {90, 7}, {1, 5}, {5, 1}, {2, 2}, {24, 33}, {41, 16}};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        int height = sizes[i][0], width = sizes[i][1];
        Preconditioner preconditioner = preconditioner_of(height, width, crew);
        Plain plain = plain_new(height, width);
        for (unsigned step = 0; step < 5; step++) {
            check_applied(&preconditioner, &plain);
            float *s = new_step(2 * step, height, width, true),
                  *y = new_step(2 * step + 1, height, width, false);
            preconditioner_learn(&preconditioner, s, y);
            plain_learn(&plain, s, y);
            g_free(s);
            g_free(y);
        }
        check_applied(&preconditioner, &plain);
        preconditioner_free(&preconditioner);
        plain_free(&plain);
    }
}

/* Guards against steps with no information: M stays as it was, to the bit. */
static void test_nothing(void)
{
    float *s = new_step(1, HEIGHT, WIDTH, true), *y = new_step(2, HEIGHT, WIDTH, false),
          *nothing = g_new0(float, COUNT);
    Preconditioner preconditioner = preconditioner_of(HEIGHT, WIDTH, crew);
    preconditioner_learn(&preconditioner, s, y);
    float *want = new_signed(3, 1, COUNT);
    preconditioner_apply(&preconditioner, true, want);
    preconditioner_learn(&preconditioner, s, nothing);
    preconditioner_learn(&preconditioner, nothing, y);
    y[COUNT / 2] = INFINITY;
    preconditioner_learn(&preconditioner, s, y);
    float *got = new_signed(3, 1, COUNT);
    preconditioner_apply(&preconditioner, true, got);
    g_assert_cmpmem(got, COUNT * sizeof *got, want, COUNT * sizeof *want);
    preconditioner_free(&preconditioner);
    g_free(s);
    g_free(y);
    g_free(nothing);
    g_free(want);
    g_free(got);
}

static double product(const float *a, const float *b)
{
    double sum = 0;
    for (int i = 0; i < COUNT; i++)
        sum += (double)a[i] * b[i];
    return sum;
}

static float *new_applied(const Preconditioner *preconditioner, const float *v)
{
    float *out = g_memdup2(v, COUNT * sizeof *v);
    preconditioner_apply(preconditioner, true, out);
    return out;
}

static Preconditioner learned(Workers *workers)
{
    Preconditioner preconditioner = preconditioner_of(HEIGHT, WIDTH, workers);
    float *s = new_step(5, HEIGHT, WIDTH, true), *y = new_step(6, HEIGHT, WIDTH, false);
    preconditioner_learn(&preconditioner, s, y);
    g_free(s);
    g_free(y);
    return preconditioner;
}

/* Guards what makes every direction a descent: u.Mv = Mu.v, and v.Mv > 0. */
static void test_symmetric(void)
{
    Preconditioner preconditioner = learned(crew);
    float *u = new_signed(2, 1, COUNT), *v = new_signed(3, 1, COUNT);
    float *mu = new_applied(&preconditioner, u), *mv = new_applied(&preconditioner, v);
    g_assert_cmpfloat_with_epsilon(product(u, mv), product(mu, v), 1e-6 * product(u, mu));
    g_assert_cmpfloat(product(v, mv), >, 0);
    preconditioner_free(&preconditioner);
    g_free(u);
    g_free(v);
    g_free(mu);
    g_free(mv);
}

/* Guards the smallest eigenvalue: M shrinks the roughest grey there is most, to (1/2)(1/2)(1/2) of its
 * length. */
static void test_roughest(void)
{
    Preconditioner preconditioner = preconditioner_of(HEIGHT, WIDTH, crew);
    float *u = g_new(float, COUNT);
    for (int i = 0; i < COUNT; i++)
        u[i] = (i / 3 % WIDTH + i / 3 / WIDTH) % 2 ? 1 : -1;
    float *mu = new_applied(&preconditioner, u);
    g_assert_cmpfloat(product(u, mu), >=, 0.125 * product(u, u));
    g_assert_cmpfloat(product(u, mu), <=, 0.2 * product(u, u)); /* the ends are a little less rough */
    preconditioner_free(&preconditioner);
    g_free(u);
    g_free(mu);
}

/* Guards determinism: the same bits from any number of workers. */
static void test_worker_counts(void)
{
    Preconditioner preconditioner = learned(crew);
    float *v = new_signed(4, 1, COUNT), *want = new_applied(&preconditioner, v);
    for (int count = 1; count <= 3; count++) {
        Workers *workers = made_workers(count);
        Preconditioner same = learned(workers);
        float *got = new_applied(&same, v);
        g_assert_cmpmem(got, COUNT * sizeof *got, want, COUNT * sizeof *want);
        preconditioner_free(&same);
        g_free(got);
        workers_free(workers);
    }
    preconditioner_free(&preconditioner);
    g_free(v);
    g_free(want);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    g_test_add_func("/preconditioner/definition", test_definition);
    g_test_add_func("/preconditioner/steps without information", test_nothing);
    g_test_add_func("/preconditioner/symmetric, positive definite", test_symmetric);
    g_test_add_func("/preconditioner/roughest", test_roughest);
    g_test_add_func("/preconditioner/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
