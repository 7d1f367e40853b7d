/* hdf5_none.c: takes the place of hdf5_read.c where libhdf5 is missing: recognises the format, and says what
 * to install. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "magic.h"
#include "tensor_file.h"

static NstStatus none_open(TensorFile *file, NstError *error)
{
    return nst_fail(
        error, NST_BAD_ARGUMENT,
        "“%s” is an HDF5 file, and this build has no libhdf5; install libhdf5-dev and build again",
        file->path);
}

static void none_close(TensorFile *file)
{
    (void)file;
}

const TensorFormat hdf5_format = {
    .name = "HDF5", .recognises = is_hdf5, .open = none_open, .close = none_close};
