/* pictures.h: pictures to measure with: smooth noise, the same on every machine. Smooth, because white noise
 * would leave the deeper layers with activations that no photograph gives. */
#ifndef BENCH_PICTURES_H
#define BENCH_PICTURES_H

#include "core/picture/image.h"

/* Which of them; each looks different. */
enum { CONTENT_PICTURE, STYLE_PICTURE, PAINTED_PICTURE, PICTURES };

/* The caller frees it with nst_image_free. Never fails: without memory the program ends. */
NstImage picture_new(int which, int width, int height);

#endif
