/* test_product.c: the matrix products inside convolutions and Gram matrices, on every vector unit, against a
 * double loop. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a build without OpenBLAS has, beside this one's. */
#define blas_is_openblas  none_is_openblas
#define blas_thread_bytes none_thread_bytes
#define blas_add_square   none_add_square
#define blas_join         none_join
#define blas_leave        none_leave
#include "core/base/blas_none.c"

#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/units.h"

#include <math.h>
#include <string.h>

enum { UNTOUCHED = 12345 };

/* One product, in arrays with room to spare: the rows of a and c are further apart than their lengths. */
typedef struct Sides {
    size_t rows, depth, columns, a_step, c_step;
    float *a, *b, *c;
} Sides;

static Sides sides_new(size_t rows, size_t depth, size_t columns, size_t more)
{
    Sides s = {.rows = rows, .depth = depth, .columns = columns, .a_step = depth + more};
    s.c_step = product_columns(columns) + more;
    s.a = new_signed(1, 1, rows * s.a_step);
    for (size_t i = 0; i < rows * s.a_step; i++)
        if (i % s.a_step >= depth)
            s.a[i] = NAN; /* between the rows: reading it would show */
    s.b = new_signed(2, 1, depth * columns);
    s.c = g_new(float, rows *s.c_step);
    return s;
}

static void sides_free(Sides *s)
{
    g_free(s->a);
    g_free(s->b);
    g_free(s->c);
}

static float *packed_new(const Sides *s, const Product *product)
{
    size_t count = product_floats(s->depth, s->columns);
    float *packed = g_new(float, count);
    memset(packed, 0xff, count * sizeof(float));
    product->pack(s->depth, s->columns, s->b, packed);
    return packed;
}

static void fill_untouched(Sides *s)
{
    for (size_t i = 0; i < s->rows * s->c_step; i++)
        s->c[i] = UNTOUCHED;
}

/* [rows, columns], by definition. */
static float *product_by_hand(const Sides *s)
{
    float *want = g_new(float, s->rows * s->columns);
    for (size_t i = 0; i < s->rows; i++)
        for (size_t j = 0; j < s->columns; j++) {
            double sum = 0;
            for (size_t k = 0; k < s->depth; k++)
                sum += (double)s->a[i * s->a_step + k] * s->b[k * s->columns + j];
            want[i * s->columns + j] = (float)sum;
        }
    return want;
}

/* Compares columns from .. end, which c begins with, and checks that nothing next to them was written. */
static void check_part(const char *name, const Sides *s, const float *want, size_t from, size_t end)
{
    double difference = 0, norm = 0;
    for (size_t i = 0; i < s->rows; i++)
        for (size_t j = 0; j < s->c_step; j++) {
            float got = s->c[i * s->c_step + j];
            if (j >= end - from) {
                g_assert_cmpfloat(got, ==, UNTOUCHED);
            } else if (from + j >= s->columns) {
                g_assert_cmpfloat(got, ==, 0);
            } else {
                double right = want[i * s->columns + from + j], d = got - right;
                difference += d * d;
                norm += right * right;
            }
        }
    if (!(difference <= 1e-6 * 1e-6 * norm)) /* NaN fails */
        g_error("%s: %zu rows, depth %zu, columns %zu to %zu of %zu: relative error %.2g", name, s->rows,
                s->depth, from, end, s->columns, sqrt(difference / norm));
}

/* All columns, and a hashed part of them. */
static void check_unit(const Simd *simd, Sides *s, const float *want, unsigned drawn)
{
    float *packed = packed_new(s, simd->product);
    size_t all = product_columns(s->columns), panels = all / PRODUCT_COLUMNS;
    size_t from = drawn % panels, count = 1 + (drawn >> 8) % (panels - from);
    size_t parts[2][2] = {{0, all}, {from * PRODUCT_COLUMNS, (from + count) * PRODUCT_COLUMNS}};
    for (int k = 0; k < 2; k++) {
        fill_untouched(s);
        simd->product->multiply(s->rows, s->depth, parts[k][0], parts[k][1], s->a, s->a_step, packed, s->c,
                                s->c_step);
        check_part(simd->name, s, want, parts[k][0], parts[k][1]);
    }
    g_free(packed);
}

/* Guards the rows left over after whole blocks of rows, depths of any length, columns padded with zeros, a
 * part's place in the packed matrix, and steps mistaken for lengths. */
static void test_shapes(void)
{
    enum { ROWS = 40, DEPTHS = 70, MOST_COLUMNS = 140 };
    for (unsigned rows = 1; rows <= ROWS; rows++)
        for (unsigned depth = 1; depth <= DEPTHS; depth++) {
            unsigned drawn = hash32(3, rows * DEPTHS + depth) >> 4;
            Sides s = sides_new(rows, depth, 1 + drawn % MOST_COLUMNS, drawn >> 8 & 7);
            float *want = product_by_hand(&s);
            for (int unit = 0; unit < UNITS; unit++)
                check_unit(unit_choose(unit), &s, want, drawn);
            g_free(want);
            sides_free(&s);
        }
    unit_forget();
}

/* Guards winograd.c, which writes kernels straight into the packed matrix, by product_index. */
static void test_index(void)
{
    Sides s = sides_new(1, 37, 101, 0);
    for (int unit = 0; unit < UNITS; unit++) {
        const Product *product = unit_choose(unit)->product;
        float *packed = packed_new(&s, product);
        g_assert_cmpuint(product->panel % PRODUCT_RUN, ==, 0);
        g_assert_cmpuint(PRODUCT_COLUMNS % product->panel, ==, 0);
        for (size_t k = 0; k < s.depth; k++)
            for (size_t j = 0; j < product_columns(s.columns); j++) {
                size_t run = j - j % PRODUCT_RUN;
                float want = j < s.columns ? s.b[k * s.columns + j] : 0;
                g_assert_cmpfloat(packed[product_index(product, s.depth, k, j)], ==, want);
                g_assert_cmpfloat(packed[product_index(product, s.depth, k, run) + j % PRODUCT_RUN], ==,
                                  want);
            }
        g_free(packed);
    }
    unit_forget();
    sides_free(&s);
}

/* The product in pieces of this many rows and columns, each put in its place. */
static void multiply_pieces(const Sides *s, const Product *product, const float *packed, size_t rows,
                            size_t columns, float *c)
{
    size_t all = product_columns(s->columns);
    for (size_t i = 0; i < s->rows; i += rows)
        for (size_t j = 0; j < all; j += columns)
            product->multiply(MIN(rows, s->rows - i), s->depth, j, MIN(j + columns, all),
                              s->a + i * s->a_step, s->a_step, packed, c + i * s->c_step + j, s->c_step);
}

/* Guards determinism: how many rows and columns are computed together depends on the workers, and must not
 * show. */
static void test_pieces(void)
{
    static const size_t pieces[][2] = {{1, 160}, {2, 32},  {3, 64},   {5, 96},
                                       {7, 160}, {12, 32}, {24, 128}, {41, 32}};
    Sides s = sides_new(41, 512, 150, 5);
    size_t count = s.rows * s.c_step;
    float *c = g_new(float, count);
    for (int unit = 0; unit < UNITS; unit++) {
        const Product *product = unit_choose(unit)->product;
        float *packed = packed_new(&s, product);
        fill_untouched(&s);
        multiply_pieces(&s, product, packed, s.rows, product_columns(s.columns), s.c);
        for (size_t k = 0; k < G_N_ELEMENTS(pieces); k++) {
            for (size_t i = 0; i < count; i++)
                c[i] = UNTOUCHED;
            multiply_pieces(&s, product, packed, pieces[k][0], pieces[k][1], c);
            g_assert_cmpmem(c, count * sizeof(float), s.c, count * sizeof(float));
        }
        g_free(packed);
    }
    unit_forget();
    g_free(c);
    sides_free(&s);
}

static const float THERE = 0.5f; /* what the sums are added to */

/* Features f [depth, columns] with rows `step` apart, squared and added to c. */
typedef struct Square {
    size_t rows, depth, columns, step;
} Square;

static void check_square(const char *name, const Square *s, const float *f, const float *c)
{
    double difference = 0, norm = 0;
    for (size_t i = 0; i < s->rows; i++)
        for (size_t j = 0; j < s->step; j++) {
            double want = THERE;
            for (size_t k = 0; k < s->depth && j < s->columns; k++)
                want += (double)f[k * s->step + i] * f[k * s->step + j];
            if (j >= s->columns)
                g_assert_cmpfloat(c[i * s->step + j], ==, UNTOUCHED);
            else if (j >= i) {
                difference += pow(c[i * s->step + j] - want, 2);
                norm += want * want;
            }
        }
    if (!(difference <= 1e-6 * 1e-6 * norm)) /* NaN fails */
        g_error("%s: %zu rows, depth %zu, %zu columns: relative error %.2g", name, s->rows, s->depth,
                s->columns, sqrt(difference / norm));
}

typedef void (*AddSquare)(size_t rows, size_t depth, size_t columns, const float *f, size_t f_step, float *c,
                          size_t c_step);

static void try_squares(const char *name, AddSquare add_square)
{
    for (unsigned drawn = 0; drawn < 300; drawn++) {
        size_t panels = 1 + drawn % 4, more = drawn % 3 * 5, high = 1 + drawn / 4 % panels;
        Square s = {
            .rows = high * PRODUCT_COLUMNS, .depth = 1 + drawn / 4, .columns = panels * PRODUCT_COLUMNS};
        s.step = s.columns + more;
        float *f = new_signed(4 + drawn, 1, s.depth * s.step), *c = g_new(float, s.rows *s.step);
        for (size_t k = 0; k < s.depth * s.step; k++)
            if (k % s.step >= s.columns)
                f[k] = NAN;
        for (size_t k = 0; k < s.rows * s.step; k++)
            c[k] = k % s.step < s.columns ? THERE : UNTOUCHED;
        add_square(s.rows, s.depth, s.columns, f, s.step, c, s.step);
        check_square(name, &s, f, c);
        g_free(f);
        g_free(c);
    }
}

/* Guards the Gram matrices' product: on and above the diagonal it adds, and it reads or writes nothing next
 * to the columns, at every depth and with any number of rows left over. */
static void test_squares(void)
{
    for (int unit = 0; unit < UNITS; unit++) {
        const Simd *simd = unit_choose(unit);
        try_squares(simd->name, simd->product->add_square);
    }
    unit_forget();
    try_squares("without OpenBLAS", none_add_square);
}

/* ---- Sanitized ----------------------------------------------------------------------------------------- */

typedef enum Side { SIDE_A, SIDE_PACKED, SIDE_C, SIDE_F, SIDE_SQUARE } Side;

/* Multiplies with one of the sides a number short. */
static void use_short(Side side)
{
    enum { ROWS = 32, DEPTH = 7 };
    size_t floats[] = {ROWS * DEPTH, product_floats(DEPTH, ROWS), ROWS * ROWS, DEPTH * ROWS, ROWS * ROWS};
    float *values[G_N_ELEMENTS(floats)];
    const Product *product = simd_best()->product;
    floats[side]--;
    for (size_t i = 0; i < G_N_ELEMENTS(floats); i++)
        values[i] = g_new0(float, floats[i]);
    product->multiply(ROWS, DEPTH, 0, ROWS, values[SIDE_A], DEPTH, values[SIDE_PACKED], values[SIDE_C], ROWS);
    product->add_square(ROWS, DEPTH, ROWS, values[SIDE_F], ROWS, values[SIDE_SQUARE], ROWS);
    for (size_t i = 0; i < G_N_ELEMENTS(floats); i++)
        g_free(values[i]);
}

/* Guards ranges.h: the loops without the compiler's checks still report an array that is too short. */
static void test_short(const void *side)
{
    Side which = (Side)GPOINTER_TO_INT(side);
    if (g_test_subprocess()) {
        use_short(which);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*AddressSanitizer: heap-buffer-overflow*");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/product/against double, shapes", test_shapes);
    g_test_add_func("/product/the packed matrix's order", test_index);
    g_test_add_func("/product/cut into pieces", test_pieces);
    g_test_add_func("/product/squares", test_squares);
    if (SANITIZED) {
        g_test_add_data_func("/product/short/a", GINT_TO_POINTER(SIDE_A), test_short);
        g_test_add_data_func("/product/short/packed", GINT_TO_POINTER(SIDE_PACKED), test_short);
        g_test_add_data_func("/product/short/c", GINT_TO_POINTER(SIDE_C), test_short);
        g_test_add_data_func("/product/short/f", GINT_TO_POINTER(SIDE_F), test_short);
        g_test_add_data_func("/product/short/square", GINT_TO_POINTER(SIDE_SQUARE), test_short);
    }
    return g_test_run();
}
