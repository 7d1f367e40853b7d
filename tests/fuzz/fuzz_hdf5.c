/* fuzz_hdf5.c: Keras's files. libhdf5, built without sanitizers, runs in the reader's child process; this tries
 * whether this process gets an answer or a refusal whatever becomes of the child. How often libhdf5 broke off is
 * printed at the end. */
#include "memory_file.h"
#include "weights/import/hdf5_walk.h"
#include "weights/import/tensor_file.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long opened, refused, broken, numbers;

static char *path;

static void print_breaks(void)
{
    unlink(path);
    fprintf(stderr, "%lu files opened, %lu refused; libhdf5 broke off on %lu; %lu tensors read\n", opened,
            refused, broken, numbers);
    if (numbers == 0)
        _exit(1);
}

/* The same file for all, by its one descriptor. */
static void put_file(const uint8_t *data, size_t size)
{
    static int descriptor = -1;
    if (descriptor < 0) {
        path = g_build_filename(g_get_tmp_dir(), "fuzz-hdf5-XXXXXX", NULL);
        descriptor = g_mkstemp(path);
        if (descriptor < 0 || atexit(print_breaks) != 0)
            abort();
    }
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, data, size, 0) != (ssize_t)size)
        abort();
}

static void judge(const NstError *error)
{
    if (error->status != NST_BAD_FILE || !error->message[0] || !g_utf8_validate(error->message, -1, NULL))
        abort();
    broken += strstr(error->message, "broke off") != NULL;
}

/* Sizes here are claims: the importer asks for no more than VGG16's own. */
static void read_all(TensorFile *file)
{
    for (size_t i = 0; i < file->count; i++) {
        size_t count = file->entry[i].count;
        NstError error = {0};
        if (count > HDF5_COUNT_MAX)
            continue;
        float *values = malloc(count * sizeof *values + 1);
        if (!values)
            abort();
        if (tensor_file_read(file, i, values, &error) == NST_OK)
            numbers++;
        else
            judge(&error);
        free(values);
        if (strstr(error.message, "broke off"))
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    NstError error = {0};
    put_file(data, size);
    TensorFile *file = tensor_file_open(path, &error);
    if (file) {
        opened++;
        read_all(file);
    } else {
        refused++;
        judge(&error);
    }
    tensor_file_close(file);
    return 0;
}
