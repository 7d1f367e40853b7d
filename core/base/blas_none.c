/* blas_none.c: the same without OpenBLAS. Only maps with a number of channels that product.c's loops don't
 * serve come here, of which VGG16 has none: so it is short rather than fast. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blas.h"

const bool blas_is_openblas = false;
const double blas_thread_bytes = 0;

void blas_add_square(size_t rows, size_t depth, size_t columns, const float *f, size_t f_step, float *c,
                     size_t c_step)
{
    for (size_t k = 0; k < depth; k++, f += f_step)
        for (size_t i = 0; i < rows; i++)
            for (size_t j = i; j < columns; j++)
                c[i * c_step + j] += f[i] * f[j];
}

bool blas_join(int threads)
{
    (void)threads;
    return true;
}

void blas_leave(int threads)
{
    (void)threads;
}
