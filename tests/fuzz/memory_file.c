/* memory_file.c: Linux's memfd, so that a million files a minute never touch a disk. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "memory_file.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

const char *memory_file(const uint8_t *data, size_t size)
{
    static char path[64];
    static int descriptor = -1;
    if (descriptor < 0) {
        descriptor = memfd_create("fuzz", 0);
        g_snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    }
    if (descriptor < 0 || ftruncate(descriptor, 0) != 0 || pwrite(descriptor, data, size, 0) != (ssize_t)size)
        abort();
    return path;
}

/* No number takes less than a byte of the file, so a tensor with more numbers than that is a false
 * promise. */
static void read_all(TensorFile *file, size_t size)
{
    for (size_t i = 0; i < file->count; i++) {
        size_t count = file->entry[i].count;
        NstError error = {0};
        if (count > size)
            abort();
        float *values = malloc(count * sizeof *values + 1); /* so that the sanitizer knows where it ends */
        if (!values)
            abort();
        if (tensor_file_read(file, i, values, &error) != NST_OK && !error.message[0])
            abort();
        free(values);
    }
}

void fuzz_tensors(const TensorFormat *format, const uint8_t *data, size_t size)
{
    NstError error = {0};
    if (!format->recognises(data, MIN(size, TENSOR_FILE_MAGIC)))
        return;
    TensorFile *file;
    NstStatus status = tensor_file_open(&file, memory_file(data, size), &error);
    if (status == NST_OK)
        read_all(file, size);
    else if (status != NST_BAD_FILE || !g_utf8_validate(error.message, -1, NULL) || !error.message[0])
        abort();
    tensor_file_close(file);
}
