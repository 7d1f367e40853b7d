/* detail.c: box blurs by running sums, whose cost doesn't grow with the radius, a channel at a time.
 *
 * The planes hold fixed-point numbers. Sums of those are exact in double, so a running sum gives the same
 * bits wherever it began: a part of a picture is what the whole has there. In float a running sum drifts.
 * Rejected: a Gaussian, whose cost grows with the radius, and the guided filter (He et al., "Guided Image
 * Filtering", ECCV 2010), which takes six planes more and measured no better. */
#include "detail.h"

#include "content.h"
#include "core/base/memory.h"

#include <stdint.h>
#include <stdlib.h>

enum { LANES_DOWN = 16 }; /* columns that are summed side by side: a cache line of a plane */

static const double ONE = 1 << 24; /* in fixed point; values lie in -1 .. contrast */

typedef struct Restoring {
    const Detail *detail;
    const NstImage *content;
    NstImage *picture;
    int channel;
    int32_t *plane, *other; /* [pixels] */
    const int32_t *from;    /* what a pass down reads, and */
    int32_t *to;            /* what it writes */
} Restoring;

double detail_bytes(double pixels)
{
    return 2 * pixels * sizeof(int32_t);
}

/* ---- A box along lines --------------------------------------------------------------------------------- */

static int32_t rounded(double value)
{
    return (int32_t)(value + (value < 0 ? -0.5 : 0.5));
}

static size_t mirrored(int place, int count)
{
    return (size_t)(place < 0 ? -1 - place : place >= count ? 2 * count - 1 - place : place);
}

static void add_values(double *sum, double factor, const int32_t *value, int lanes)
{
    for (int lane = 0; lane < lanes; lane++)
        sum[lane] += factor * value[lane];
}

/* Means over a box of 2 radius + 1 along lines of `count` values, `step` apart; `lanes` lines lie side by
 * side. */
static void box(const int32_t *in, int count, size_t step, int lanes, int radius, int32_t *out)
{
    double sum[LANES_DOWN] = {0}, share = 1.0 / (2 * radius + 1);
    for (int i = -radius; i <= radius; i++)
        add_values(sum, 1, in + mirrored(i, count) * step, lanes);
    for (int i = 0; i < count; i++) {
        for (int lane = 0; lane < lanes; lane++)
            out[(size_t)i * step + (size_t)lane] = rounded(sum[lane] * share);
        if (i + 1 < count) {
            add_values(sum, -1, in + mirrored(i - radius, count) * step, lanes);
            add_values(sum, 1, in + mirrored(i + radius + 1, count) * step, lanes);
        }
    }
}

/* ---- A channel ----------------------------------------------------------------------------------------- */

static float seen(float value)
{
    return value > 0 ? value < 1 ? value : 1 : 0;
}

/* The content's light, as strong as the painting's, less the picture's channel. */
static double difference(const Restoring *r, size_t pixel)
{
    const float *rgb = r->content->rgb + 3 * pixel;
    float clamped[3] = {seen(rgb[0]), seen(rgb[1]), seen(rgb[2])};
    return r->detail->contrast * content_light(clamped) - r->picture->rgb[3 * pixel + (size_t)r->channel];
}

/* A mirror shows no more than the side is long. */
static int radius_along(int radius, int side)
{
    return int_min(radius, side);
}

static void blur_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    int width = r->picture->width, radius = radius_along(r->detail->radius_x, width);
    size_t row = y * (size_t)width;
    for (size_t x = 0; x < (size_t)width; x++)
        r->plane[row + x] = rounded(difference(r, row + x) * ONE);
    box(r->plane + row, width, 1, 1, radius, r->other + row);
    box(r->other + row, width, 1, 1, radius, r->plane + row);
}

static void blur_columns(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    int width = r->picture->width, height = r->picture->height, x = (int)item * LANES_DOWN;
    box(r->from + x, height, (size_t)width, int_min(LANES_DOWN, width - x),
        radius_along(r->detail->radius_y, height), r->to + x);
}

/* How much a pixel gets back. */
static double edge_at(const Detail *d, size_t y, size_t x)
{
    float edge = 0;
    for (int k = 0; k < 4; k++) {
        int cell = d->down->cell[k / 2][y] * d->grid.width + d->across->cell[k % 2][x];
        edge += d->down->share[k / 2][y] * d->across->share[k % 2][x] * (1 - d->plain[cell]);
    }
    return d->share * edge;
}

static void restore_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width;
    for (size_t x = 0; x < width; x++) {
        size_t pixel = y * width + x;
        float *value = &r->picture->rgb[3 * pixel + (size_t)r->channel];
        double fine = difference(r, pixel) - r->plane[pixel] / ONE;
        *value = seen((float)(*value + edge_at(r->detail, y, x) * fine));
    }
}

static void pass_down(Restoring *r, Workers *workers, const int32_t *from, int32_t *to)
{
    r->from = from;
    r->to = to;
    workers_run(workers, ((size_t)r->picture->width + LANES_DOWN - 1) / LANES_DOWN, blur_columns, r);
}

static void restore_channel(Restoring *r, Workers *workers)
{
    workers_run(workers, (size_t)r->picture->height, blur_row, r);
    pass_down(r, workers, r->plane, r->other);
    pass_down(r, workers, r->other, r->plane);
    workers_run(workers, (size_t)r->picture->height, restore_row, r);
}

NstStatus detail_restore(const Detail *detail, const NstImage *content, Workers *workers, NstImage *picture,
                         NstError *error)
{
    size_t pixels = nst_image_floats(picture) / 3;
    Restoring r = {.detail = detail,
                   .content = content,
                   .picture = picture,
                   .plane = memory_new(pixels * sizeof(int32_t)),
                   .other = memory_new(pixels * sizeof(int32_t))};
    NstStatus status = NST_OK;
    if (!r.plane || !r.other)
        status = nst_fail_memory(error, "working space", detail_bytes((double)pixels));
    for (r.channel = 0; r.channel < 3 && status == NST_OK; r.channel++)
        status = workers_ask_stop(workers) ? NST_CANCELLED : (restore_channel(&r, workers), NST_OK);
    free(r.plane);
    free(r.other);
    return status;
}
