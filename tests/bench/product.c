/* product.c: see product.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "product.h"

#include "core/base/memory.h"
#include "measure.h"
#include "tests/support/hash.h"

#include <cblas.h>
#include <stdlib.h>

enum { SIDE = 2048 };

static float *new_matrix(unsigned seed)
{
    float *matrix = memory_floats((size_t)SIDE * SIDE);
    if (!matrix)
        die("there is no memory for a matrix of %d x %d", SIDE, SIDE);
    hash_fill_signed(seed, 1, (size_t)SIDE * SIDE, matrix); /* written to: the system has given the memory */
    return matrix;
}

double product_gflops(int threads)
{
    float *a = new_matrix(1), *b = new_matrix(2), *c = new_matrix(3);
    openblas_set_num_threads(threads);
    if (openblas_get_num_threads() != threads)
        die("OpenBLAS allows %d of %d threads", openblas_get_num_threads(), threads);
    double began = seconds_now();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, SIDE, SIDE, SIDE, 1, a, SIDE, b, SIDE, 0, c, SIDE);
    double seconds = seconds_now() - began;
    openblas_set_num_threads(1);
    free(a);
    free(b);
    free(c);
    return 2.0 * SIDE * SIDE * SIDE / seconds / 1e9;
}
