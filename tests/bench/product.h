/* product.h: the machine's best: OpenBLAS's own product of large square matrices. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_PRODUCT_H
#define BENCH_PRODUCT_H

/* GFLOP/s of one product of 2048 x 2048 matrices on that many OpenBLAS threads. Leaves OpenBLAS with one
 * thread, as core's workers need it. Never fails: the program ends with a message. */
double product_gflops(int threads);

#endif
