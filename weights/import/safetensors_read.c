/* safetensors_read.c: published safetensors files, by core's reader. Tensors of types that weights don't have
 * are left out: the integers of a batch norm's num_batches_tracked. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor_file.h"

#include "core/weights/safetensors.h"

#include <glib.h>

/* The container, and which of its tensors each entry is. */
typedef struct State {
    Safetensors *file;
    GArray *tensor; /* of const SafetensorsTensor * */
} State;

/* 8 bytes of header length, the upper four of them 0, then JSON. No other format begins like that. */
static bool safetensors_recognises(const unsigned char *begin, size_t count)
{
    return count > 8 && begin[8] == '{' && begin[4] == 0 && begin[5] == 0 && begin[6] == 0 && begin[7] == 0;
}

static void safetensors_close_file(TensorFile *file)
{
    State *state = file->state;
    if (!state)
        return;
    safetensors_close(state->file);
    g_array_unref(state->tensor);
    g_free(state);
    file->state = NULL;
}

static NstStatus safetensors_open_file(TensorFile *file, NstError *error)
{
    Safetensors *container;
    NstStatus status = safetensors_open_reader(&container, file->source, file->path, error);
    if (status != NST_OK)
        return status;
    State *state = file->state = g_new0(State, 1);
    state->file = container;
    state->tensor = g_array_new(FALSE, FALSE, sizeof(const SafetensorsTensor *));
    for (size_t i = 0; i < safetensors_count(container) && status == NST_OK; i++) {
        const SafetensorsTensor *tensor = safetensors_tensor(container, i);
        if (!safetensors_readable(tensor))
            continue;
        status = tensor_file_add(file, tensor->name, tensor->rank, tensor->side, error);
        g_array_append_val(state->tensor, tensor);
    }
    return status;
}

/* Values that are not finite pass: the importer refuses them, whatever the format. */
static NstStatus safetensors_read_values(TensorFile *file, size_t index, float *values, NstError *error)
{
    const State *state = file->state;
    return safetensors_values(g_array_index(state->tensor, const SafetensorsTensor *, index), values, error);
}

const TensorFormat safetensors_format = {
    .name = "safetensors",
    .recognises = safetensors_recognises,
    .open = safetensors_open_file,
    .read = safetensors_read_values,
    .close = safetensors_close_file,
};
