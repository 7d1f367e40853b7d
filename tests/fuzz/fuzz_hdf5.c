/* fuzz_hdf5.c: Keras's files. libhdf5 is not built with the sanitizers, and runs in the reader's child. What
 * is tested here is that whatever happens to it, this process gets an answer or a refusal. At the end the
 * program prints how often libhdf5 crashed or never finished. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
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

static void report(void)
{
    unlink(path);
    fprintf(stderr, "%lu files opened, %lu refused; libhdf5 crashed on %lu; %lu tensors read\n", opened,
            refused, broken, numbers);
    if (numbers == 0)
        _exit(1);
}

/* One file for all inputs, through one descriptor. */
static void put_file(const uint8_t *data, size_t size)
{
    static int descriptor = -1;
    if (descriptor < 0) {
        path = g_build_filename(g_get_tmp_dir(), "fuzz-hdf5-XXXXXX", NULL);
        descriptor = g_mkstemp(path);
        if (descriptor < 0 || atexit(report) != 0)
            abort();
    }
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, data, size, 0) != (ssize_t)size)
        abort();
}

/* A refusal says why. */
static void judge(NstStatus status, const NstError *error)
{
    if (status != NST_BAD_FILE || !error->message[0] || !g_utf8_validate(error->message, -1, NULL))
        abort();
    broken += strstr(error->message, "libhdf5 crashed") != NULL;
}

/* The sizes are mere claims of the file; the importer never reads a tensor larger than VGG16's largest
 * kernel. */
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
        NstStatus status = tensor_file_read(file, i, values, &error);
        if (status == NST_OK)
            numbers++;
        else
            judge(status, &error);
        free(values);
        if (strstr(error.message, "libhdf5 crashed"))
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    NstError error = {0};
    put_file(data, size);
    TensorFile *file;
    NstStatus status = tensor_file_open(&file, path, &error);
    if (status == NST_OK) {
        opened++;
        read_all(file);
    } else {
        refused++;
        judge(status, &error);
    }
    tensor_file_close(file);
    return 0;
}
