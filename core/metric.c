/* metric.c: in place, so that it takes no memory: a value is remembered until its neighbours have seen it. */
#include "metric.h"

#include <string.h>

static const float GREY = 0.5f, NEIGHBOUR = 0.25f;

typedef struct Field {
    float *v;
    size_t height, row; /* row: floats of one */
    bool smooth;
} Field;

static void halve_grey(size_t count, float *row)
{
    for (size_t i = 0; i < count; i += 3) {
        float grey = GREY * (row[i] + row[i + 1] + row[i + 2]) / 3;
        for (size_t c = 0; c < 3; c++)
            row[i + c] -= grey;
    }
}

static void smooth_row(size_t count, float *row)
{
    float before[3];
    memcpy(before, row, sizeof before);
    for (size_t i = 0; i < count; i += 3)
        for (size_t c = 0; c < 3; c++) {
            float now = row[i + c], after = i + 3 < count ? row[i + 3 + c] : now;
            row[i + c] = now + NEIGHBOUR * (before[c] + after);
            before[c] = now;
        }
}

static void along_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Field *field = data;
    float *row = field->v + y * field->row;
    halve_grey(field->row, row);
    if (field->smooth)
        smooth_row(field->row, row);
}

enum { STRIP = 256 }; /* columns that a worker goes down at once */

static void along_columns(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Field *field = data;
    size_t first = item * STRIP, count = field->row - first < STRIP ? field->row - first : STRIP;
    float before[STRIP];
    memcpy(before, field->v + first, count * sizeof *before);
    for (size_t y = 0; y < field->height; y++) {
        float *row = field->v + y * field->row + first;
        const float *after = y + 1 < field->height ? row + field->row : row;
        for (size_t i = 0; i < count; i++) {
            float now = row[i];
            row[i] = now + NEIGHBOUR * (before[i] + after[i]);
            before[i] = now;
        }
    }
}

void metric_apply(Workers *workers, int height, int width, bool smooth, float *v)
{
    Field field = {v, (size_t)height, 3 * (size_t)width, smooth};
    workers_run(workers, field.height, along_row, &field);
    if (smooth)
        workers_run(workers, (field.row + STRIP - 1) / STRIP, along_columns, &field);
}
