/* loss.c: the three losses as sums over elements, each worker on a run of them. */
#include "loss.h"

typedef struct Difference {
    const float *values, *target;
    float *gradient; /* NULL: value alone */
    double factor;   /* gradient += factor * difference */
} Difference;

static double squares_range(void *data, size_t begin, size_t end)
{
    const float *values = data;
    double sum = 0;
    for (size_t i = begin; i < end; i++)
        sum += (double)values[i] * values[i];
    return sum;
}

double sum_of_squares(Workers *workers, size_t count, const float *values)
{
    return workers_sum(workers, count, squares_range, (void *)values);
}

static double difference_range(void *data, size_t begin, size_t end)
{
    const Difference *d = data;
    double sum = 0;
    for (size_t i = begin; i < end; i++) {
        double difference = (double)d->values[i] - d->target[i];
        sum += difference * difference;
        if (d->gradient)
            d->gradient[i] += (float)(d->factor * difference);
    }
    return sum;
}

double content_loss(Workers *workers, size_t count, const float *features, const float *target, double norm,
                    double weight, float *dfeatures)
{
    Difference d = {features, target, dfeatures, 2 * weight / norm};
    return workers_sum(workers, count, difference_range, &d) / norm;
}

double style_loss(size_t count, const float *gram, const float *target, double norm, double weight,
                  float *dgram)
{
    double sum = 0, factor = 2 * weight / norm;
    for (size_t i = 0; i < count; i++) {
        double difference = (double)gram[i] - target[i];
        sum += difference * difference;
        dgram[i] = (float)(factor * difference);
    }
    return sum / norm;
}

typedef struct Variation {
    int height, width;
    const float *image;
    float *dimage;
    double factor;
} Variation;

/* Rows begin .. end-1: each value gathers the gradient from its four neighbours, and counts the two
 * differences to the right and below it. */
static double variation_rows(void *data, size_t begin, size_t end)
{
    const Variation *v = data;
    size_t line = 3 * (size_t)v->width, rows = (size_t)v->height;
    double sum = 0;
    for (size_t y = begin; y < end; y++)
        for (size_t i = 0; i < line; i++) {
            const float *at = v->image + y * line + i;
            double left = i >= 3 ? (double)at[0] - at[-3] : 0, up = y > 0 ? (double)at[0] - *(at - line) : 0;
            double right = i + 3 < line ? (double)at[0] - at[3] : 0,
                   down = y + 1 < rows ? (double)at[0] - at[line] : 0;
            sum += right * right + down * down;
            v->dimage[y * line + i] += (float)(v->factor * (left + right + up + down));
        }
    return sum;
}

double tv_loss(Workers *workers, int height, int width, const float *image, double weight, float *dimage)
{
    double pixels = (double)height * width;
    Variation v = {height, width, image, dimage, 2 * weight / pixels};
    return workers_sum(workers, (size_t)height, variation_rows, &v) / pixels;
}
