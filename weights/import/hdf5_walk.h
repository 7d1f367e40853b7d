/* hdf5_walk.h: what is asked of libhdf5: the datasets of numbers in a file, and the numbers of one. Run in a
 * process of its own (hdf5_read.c says why): it sets libhdf5's global state as it likes. */
#ifndef NST_HDF5_WALK_H
#define NST_HDF5_WALK_H

#include "core/base/status.h"

#include <stddef.h>

/* VGG16's largest kernel, and more than any of its other tensors but the fully connected ones. */
enum { HDF5_COUNT_MAX = 512 * 512 * 3 * 3 };

typedef struct Hdf5Walk Hdf5Walk;

/* Told of each dataset, by its path without the leading “/”. Stops the walk by anything but NST_OK. */
typedef NstStatus (*Hdf5Found)(void *data, const char *name, int rank, const size_t *side, NstError *error);

/* NULL: error is filled and names the file. */
Hdf5Walk *hdf5_walk_open(const char *path, NstError *error);
NstStatus hdf5_walk(Hdf5Walk *walk, Hdf5Found found, void *data, NstError *error);

/* values: [count], which must be the dataset's own count and at most HDF5_COUNT_MAX. */
NstStatus hdf5_walk_read(Hdf5Walk *walk, const char *name, size_t count, float *values, NstError *error);

#endif
