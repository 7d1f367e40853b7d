/* magic.h: the bytes by which the formats of optional libraries are recognised, with the library and without
 * it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MAGIC_H
#define NST_MAGIC_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* An HDF5 file may have other bytes before these eight; Keras writes none. */
static inline bool is_hdf5(const unsigned char *begin, size_t count)
{
    return count >= 8 && memcmp(begin, "\x89HDF\r\n\x1a\n", 8) == 0;
}

static inline bool is_zip(const unsigned char *begin, size_t count)
{
    return count >= 4 && memcmp(begin, "PK\3\4", 4) == 0;
}

#endif
