/* babl_warmup.h: prepares conversions between pixel formats in the background. The first time babl converts
 * from one format to another it measures the ways to do so, which takes a tenth of a second and holds up the
 * reader; a main loop that must not block asks here before it reads. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BABL_WARMUP_H
#define BABL_WARMUP_H

#include <gegl.h>
#include <stdbool.h>

typedef struct BablWarmup BablWarmup;

/* The main loop calls `ready` each time a conversion has become ready. The caller frees it with
 * babl_warmup_free. */
BablWarmup *babl_warmup_new(void (*ready)(void *data), void *data);

/* Is the conversion ready? If not, it is prepared, one at a time, and the caller has to ask again once
 * `ready` was called. */
bool babl_warmup_is_ready(BablWarmup *warmup, const Babl *from, const Babl *to);

/* Waits until the conversion under way is ready, at most a tenth of a second, without calling `ready`. */
void babl_warmup_free(BablWarmup *warmup);

#endif
