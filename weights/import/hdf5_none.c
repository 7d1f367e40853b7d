/* hdf5_none.c: takes hdf5_read.c's place where libhdf5 is missing: knows the format, and says what is
 * missing. */
#include "tensor_file.h"

#include <string.h>

static bool none_recognises(const unsigned char *begin, size_t count)
{
    return count >= 8 && memcmp(begin, "\x89HDF\r\n\x1a\n", 8) == 0;
}

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
    .name = "HDF5", .recognises = none_recognises, .open = none_open, .close = none_close};
