/* safetensors_write.h: writes a safetensors file one tensor after the other, so that only one need be in
 * memory. The file appears at the end, complete, or not at all: core/base/file_write.h says how. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_SAFETENSORS_WRITE_H
#define NST_SAFETENSORS_WRITE_H

#include "core/base/status.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What the file's header says: metadata, and which tensors follow, in which order. */
typedef struct SafetensorsPlan {
    bool half;           /* float16, else float32 */
    GPtrArray *metadata; /* of char *: name, value, name, value ... */
    GArray *tensors;     /* of PlanTensor (safetensors_write.c) */
} SafetensorsPlan;

SafetensorsPlan *safetensors_plan_new(bool half);
void safetensors_plan_free(SafetensorsPlan *plan); /* NULL is fine */

/* Add to the metadata, whose values are all strings. */
void safetensors_plan_text(SafetensorsPlan *plan, const char *name, const char *value);
void safetensors_plan_number(SafetensorsPlan *plan, const char *name, double value);
void safetensors_plan_numbers(SafetensorsPlan *plan, const char *name, const float value[3]);

/* Adds the tensors of VGG16's shallowest `layers` layers, named as in core/weights/weights.h: a weight and a
 * bias each. */
void safetensors_plan_layers(SafetensorsPlan *plan, int layers);

typedef struct SafetensorsWriter SafetensorsWriter;

/* Begins a new file for `path` with the plan's header. */
NstStatus safetensors_write_begin(SafetensorsWriter **out, const char *path, const SafetensorsPlan *plan,
                                  NstError *error);

/* Appends numbers: the tensors' values, in the plan's order. safetensors_write_end reports a failure. */
void safetensors_write_values(SafetensorsWriter *writer, const float *values, size_t count);

/* Puts the file in its place, unless anything has failed, and frees the writer. */
NstStatus safetensors_write_end(SafetensorsWriter *writer, NstError *error);

/* Leaves everything as it was, and frees the writer; NULL is fine. */
void safetensors_write_abandon(SafetensorsWriter *writer);

#endif
