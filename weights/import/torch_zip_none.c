/* torch_zip_none.c: takes torch_zip.c's place where libzip is missing. */
#include "tensor_file.h"

#include <string.h>

static bool recognises_zip(const unsigned char *begin, size_t count)
{
    return count >= 4 && memcmp(begin, "PK\3\4", 4) == 0;
}

static NstStatus open_zip(TensorFile *file, NstError *error)
{
    return nst_fail(
        error, NST_BAD_FILE,
        "The weights file “%s” can't be read: this build has no libzip; install libzip-dev and build "
        "again",
        file->path);
}

static NstStatus read_zip(TensorFile *file, size_t index, float *values, NstError *error)
{
    (void)index;
    (void)values;
    return open_zip(file, error);
}

static void close_zip(TensorFile *file)
{
    (void)file;
}

const TensorFormat torch_zip_format = {
    .name = "PyTorch",
    .recognises = recognises_zip,
    .open = open_zip,
    .read = read_zip,
    .close = close_zip,
};
