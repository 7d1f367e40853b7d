/* im2col.h: a 3x3 correlation as one matrix product over written-out neighbourhoods. It serves any number of
 * channels; conv3x3.c takes it where Winograd's transforms have too little to work on. */
#ifndef NST_IM2COL_H
#define NST_IM2COL_H

#include "workers.h"

#include <stddef.h>

typedef struct Im2col {
    int in_channels, out_channels;
    const float *kernels; /* [9, IC, OC], the caller's */
} Im2col;

size_t im2col_scratch(int in_channels);

/* in: [H, W, IC] -> out: [H, W, OC]. bias: [OC], added before a ReLU; NULL: neither. */
void im2col_run(const Im2col *im2col, Workers *workers, int height, int width, const float *in,
                const float *bias, float *out);

#endif
