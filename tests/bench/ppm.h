/* ppm.h: picture files for the programs around core: binary PPM of 8 bits, which needs no library. Nothing
 * here fails: if a file can't be read or written, the program ends with a message. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_PPM_H
#define BENCH_PPM_H

#include "core/picture/image.h"

NstImage ppm_read(const char *path); /* the caller frees it with nst_image_free */
void ppm_write(const char *path, const NstImage *image);

#endif
