/* torch_zip_none.c: takes the place of torch_zip.c where libzip is missing: recognises the format, and says
 * what to install. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "magic.h"
#include "tensor_file.h"

static NstStatus none_open(TensorFile *file, NstError *error)
{
    return nst_fail(
        error, NST_BAD_FILE,
        "The weights file “%s” can't be read: this build has no libzip; install libzip-dev and build "
        "again",
        file->path);
}

static void none_close(TensorFile *file)
{
    (void)file;
}

const TensorFormat torch_zip_format = {
    .name = "PyTorch", .recognises = is_zip, .open = none_open, .close = none_close};
