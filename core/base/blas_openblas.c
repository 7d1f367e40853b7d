/* blas_openblas.c: OpenBLAS for the Gram matrices, and the memory that it needs for each thread that calls
 * it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "blas.h"

#include <cblas.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

const bool blas_is_openblas = true;

/* A square on the diagonal, and what is right of it. */
void blas_add_square(size_t rows, size_t depth, size_t columns, const float *f, size_t f_step, float *c,
                     size_t c_step)
{
    int high = (int)rows, right = (int)(columns - rows), deep = (int)depth, from = (int)f_step,
        to = (int)c_step;
    cblas_ssyrk(CblasRowMajor, CblasUpper, CblasTrans, high, deep, 1, f, from, 1, c, to);
    if (right > 0)
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, high, right, deep, 1, f, from, f + rows, from, 1,
                    c + rows, to);
}

/* A thread that calls OpenBLAS needs a block of address space (of which the Gram matrices touch little). It
 * is mapped by the first call that finds none free, and if the system refuses, OpenBLAS retries forever. So
 * the blocks are made here, each after checking that there is room: as many as all crews' workers need at
 * once, and one for each of OpenBLAS's own threads, which are idle but hold one. OpenBLAS keeps them for
 * good, so that a crew no larger than one before it finds its own.
 *
 * These two are exported, though not in cblas.h; if a build of OpenBLAS hides them, nothing can be done. */
extern void *blas_memory_alloc(int unused) __attribute__((weak));
extern void blas_memory_free(void *block) __attribute__((weak));

enum { BLOCK_BYTES = 128 << 20 }; /* at least as large as in any build for common 64-bit machines */
const double blas_thread_bytes = BLOCK_BYTES;

static pthread_mutex_t blocks_lock = PTHREAD_MUTEX_INITIALIZER;
static int blocks_needed; /* by the workers of all crews there are */
static int blocks_made;   /* the most that have been needed so far, with those of OpenBLAS's threads */

/* Mapped rather than allocated, of which AddressSanitizer would mark each byte: half of what a sanitized test
 * took. */
static bool room_for_block(void)
{
    size_t bytes = 2 * (size_t)BLOCK_BYTES; /* double, for its alignment */
    void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return block != MAP_FAILED && munmap(block, bytes) == 0;
}

/* Are there `count` blocks? Taking them all at once makes those that are missing. */
static bool make_blocks(int count)
{
    void **block = calloc((size_t)count, sizeof *block);
    bool ok = block;
    for (int i = 0; ok && i < count; i++)
        ok = room_for_block() && (block[i] = blas_memory_alloc(0));
    for (int i = 0; block && i < count && block[i]; i++)
        blas_memory_free(block[i]);
    free(block);
    return ok;
}

bool blas_join(int threads)
{
    bool ok = true;
    pthread_mutex_lock(&blocks_lock);
    int all = blocks_needed + threads + openblas_get_num_procs();
    if (blas_memory_alloc && blas_memory_free && all > blocks_made) {
        ok = make_blocks(all);
        blocks_made = ok ? all : blocks_made;
    }
    blocks_needed += ok ? threads : 0;
    pthread_mutex_unlock(&blocks_lock);
    if (ok)
        openblas_set_num_threads(1); /* if its threads have yet to start, they find their blocks */
    return ok;
}

void blas_leave(int threads)
{
    pthread_mutex_lock(&blocks_lock);
    blocks_needed -= threads;
    pthread_mutex_unlock(&blocks_lock);
}
