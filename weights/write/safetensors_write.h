/* safetensors_write.h: writes a safetensors file, one tensor after the other, so that no more than one need
 * be in memory. The file appears, whole, at the end, or not at all. */
#ifndef NST_SAFETENSORS_WRITE_H
#define NST_SAFETENSORS_WRITE_H

#include "core/base/status.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What the file says of itself, and which tensors follow, in their order. */
typedef struct SafetensorsPlan {
    bool half;           /* float16, else float32 */
    GPtrArray *metadata; /* of char *: name, value, name, value ... */
    GArray *tensors;     /* of SafetensorsPlanTensor */
} SafetensorsPlan;

SafetensorsPlan *safetensors_plan_new(bool half);
void safetensors_plan_free(SafetensorsPlan *plan); /* NULL is fine */
void safetensors_plan_text(SafetensorsPlan *plan, const char *name, const char *value);
void safetensors_plan_number(SafetensorsPlan *plan, const char *name, double value);
void safetensors_plan_numbers(SafetensorsPlan *plan, const char *name, const float value[3]);
/* VGG16's layers as core/weights/weights.h names them, the shallowest `layers` of them: a weight and a bias each. */
void safetensors_plan_layers(SafetensorsPlan *plan, int layers);

typedef struct SafetensorsWriter SafetensorsWriter;

/* Begins a new file beside `path` with the plan's header. The plan stays the caller's and must outlive the
 * writer. NULL: error is filled. */
SafetensorsWriter *safetensors_write_begin(const char *path, const SafetensorsPlan *plan, NstError *error);

/* Appends numbers of the next tensor. A failure is kept, and told by safetensors_write_end. */
void safetensors_write_values(SafetensorsWriter *writer, const float *values, size_t count);

/* Puts the file in its place, or, where keep is false or anything has failed, removes it. Frees
 * the writer. */
NstStatus safetensors_write_end(SafetensorsWriter *writer, bool keep, NstError *error);

#endif
