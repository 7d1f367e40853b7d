/* pool.h: 2x2 pooling, stride 2, between VGG16's blocks. in: [H, W, C] -> out: [H/2, W/2, C].
 * An odd last row or column falls away, as in every published VGG16; its gradient is zero. */
#ifndef NST_POOL_H
#define NST_POOL_H

#include "settings.h"
#include "workers.h"

void pool_forward(NstPooling pooling, Workers *workers, int height, int width, int channels, const float *in,
                  float *out);

/* din: [H, W, C], overwritten. The maximum is found again by comparing in with out (the first of equals, row
 * by row, takes the gradient, as in PyTorch), which costs less than storing where it was. */
void pool_backward(NstPooling pooling, Workers *workers, int height, int width, int channels, const float *in,
                   const float *out, const float *dout, float *din);

#endif
