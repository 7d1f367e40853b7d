/* torch_state.h: what PyTorch's two file formats share. The pickle of a state dict describes tensors as views
 * of storages, which are arrays of numbers elsewhere in the file; here that becomes a list of tensors. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_TORCH_STATE_H
#define NST_TORCH_STATE_H

#include "core/weights/numbers.h"
#include "pickle.h"
#include "tensor_file.h"

#include <glib.h>

typedef struct TorchStorage {
    char *key; /* its name in the file */
    NumberType type;
    size_t count; /* of numbers. Their bytes may exceed a size_t: torch_storage_bytes checks */
    size_t place; /* where the format found it, in the format's own terms; before that TORCH_NOWHERE */
} TorchStorage;

#define TORCH_NOWHERE SIZE_MAX

typedef struct TorchTensor {
    size_t storage;
    size_t begin;                   /* its first number in the storage */
    size_t stride[TENSOR_RANK_MAX]; /* in numbers */
} TorchTensor;

typedef struct TorchState {
    GArray *storages;   /* of TorchStorage */
    GHashTable *by_key; /* a storage's key -> its index + 1 */
    GArray *tensors;    /* of TorchTensor, as the file's entries */
} TorchState;

/* The names that a state dict's pickle may mention; see pickle_read. */
extern const char *const torch_names[];

TorchState *torch_state_new(void);
void torch_state_free(TorchState *state); /* NULL is fine */

/* First: lists all storages that the pickle mentions, including those that no tensor uses. The format then
 * finds each in the file and sets its place, once it is sure that all its bytes are there. */
NstStatus torch_list_storages(TorchState *state, const char *path, const Pickle *pickle, NstError *error);
TorchStorage *torch_storage(const TorchState *state, size_t index);
TorchStorage *torch_find_storage(const TorchState *state, const PickleValue *key); /* NULL: none */
bool torch_storage_bytes(const TorchStorage *storage, size_t *bytes);              /* false: too many */

/* Then: adds the state dict's tensors to the file, each within its storage's bounds. The state dict is the
 * pickle's own dict, or the one inside it under state_dict, model_state_dict or model. */
NstStatus torch_list_tensors(TorchState *state, TensorFile *file, const Pickle *pickle, NstError *error);

/* The storage in which the numbers of entry[index] lie. */
const TorchStorage *torch_storage_of(const TorchState *state, size_t index);

/* values [count]: the numbers of entry[index]. bytes: all of its storage's. */
NstStatus torch_read(const TorchState *state, const TensorFile *file, size_t index, const uint8_t *bytes,
                     float *values, NstError *error);

#endif
