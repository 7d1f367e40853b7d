/* product.h: what the machine gives at best: OpenBLAS's own product of large square matrices. */
#ifndef BENCH_PRODUCT_H
#define BENCH_PRODUCT_H

/* GFLOP/s of one product of 2048 x 2048 matrices on as many OpenBLAS threads. OpenBLAS is left with one
 * thread, as core's workers want it. Never fails: the program ends with a message. */
double product_gflops(int threads);

#endif
