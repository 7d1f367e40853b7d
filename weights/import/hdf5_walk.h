/* hdf5_walk.h: everything that is asked of libhdf5: the datasets of numbers in a file, and the numbers in
 * one. It changes libhdf5's global state, so it must run in a process of its own (hdf5_read.c says why
 * else). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_HDF5_WALK_H
#define NST_HDF5_WALK_H

#include "core/base/status.h"

#include <stddef.h>

/* Numbers in VGG16's largest kernel; no other of its tensors has more, except the fully connected ones. */
enum { HDF5_COUNT_MAX = 512 * 512 * 3 * 3 };

typedef struct Hdf5Walk Hdf5Walk;

/* Called for each dataset; name: its path without the leading “/”. Any status other than NST_OK ends the
 * walk. */
typedef NstStatus (*Hdf5Found)(void *data, const char *name, int rank, const size_t *side, NstError *error);

/* path: where the file is; name: what the error calls it. A walk is never closed: its process ends with
 * it. */
NstStatus hdf5_walk_open(Hdf5Walk **out, const char *path, const char *name, NstError *error);

/* Calls `found` for every dataset. */
NstStatus hdf5_walk(Hdf5Walk *walk, Hdf5Found found, void *data, NstError *error);

/* values [count]: the dataset's numbers. Fails where count is not the dataset's own, or above
 * HDF5_COUNT_MAX. */
NstStatus hdf5_walk_read(Hdf5Walk *walk, const char *name, size_t count, float *values, NstError *error);

#endif
