/* frame.c: looks at line after line from each side, so that of most pictures, which have no frame, only a few
 * lines are read. Rows first, then columns between them, then rows once more: where only the columns have a
 * frame, or one of another colour, a row shows that it is a frame's only between them.
 *
 * Rejected: cutting whatever is of one colour. That takes the skies of flat prints and the paper of drawings,
 * and each of them is a part of its style. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame.h"

#include "pixels.h"

#include <math.h>
#include <stdbool.h>

static const double NEAR = 0.06, STRAY = 0.01, EDGE = 0.5; /* as in the header; the last two are shares */
enum {
    LEAST_LINES = 2,
    LEAST_SIDE = 32,
    BLOCK = 16,
    MOST = 4,
    MOST_ALONE = 10,
    SOFT = 200
}; /* parts of a side */

/* One side of what is left of the picture. */
typedef struct Side {
    GeglBuffer *picture;
    GeglRectangle area;
    bool across; /* its lines are rows, else columns */
    bool far;    /* it is the lower or the right one */
    float *line; /* the line that is read: [length, 4], premultiplied */
    float colour[4];
} Side;

static int depth_of(const Side *side) /* of the picture, seen from the side */
{
    return side->across ? side->area.height : side->area.width;
}

static int length_of(const Side *side)
{
    return side->across ? side->area.width : side->area.height;
}

static void read_line(const Side *side, int line)
{
    GeglRectangle place = side->area;
    int at = side->far ? depth_of(side) - 1 - line : line;
    if (side->across)
        place = (GeglRectangle){place.x, place.y + at, place.width, 1};
    else
        place = (GeglRectangle){place.x + at, place.y, 1, place.height};
    pixels_rows(side->picture, &place, pixels_srgb(), side->line, NULL);
    for (float *pixel = side->line, *end = pixel + 4 * (size_t)length_of(side); pixel < end; pixel += 4)
        for (int c = 0; c < 3; c++)
            pixel[c] = pixel[3] > 0 ? pixel[c] * pixel[3] : 0;
}

static void learn_colour(Side *side)
{
    int length = length_of(side);
    double sum[4] = {0};
    read_line(side, 0);
    for (int i = 0; i < length; i++)
        for (int c = 0; c < 4; c++)
            sum[c] += side->line[4 * (size_t)i + (size_t)c];
    for (int c = 0; c < 4; c++)
        side->colour[c] = (float)(sum[c] / length);
}

/* The share of a line's pixels that don't have the frame's colour. */
static double other_share(const Side *side, int line)
{
    int length = length_of(side), others = 0;
    read_line(side, line);
    for (int i = 0; i < length; i++) {
        double most = 0;
        for (int c = 0; c < 4; c++)
            most = fmax(most, fabs(side->line[4 * (size_t)i + (size_t)c] - side->colour[c]));
        others += !(most <= NEAR); /* NaN is another colour */
    }
    return (double)others / length;
}

/* The first line from `begin` on, of at most `count`, that is the picture's; -1: none is. */
static int find_edge(const Side *side, int begin, int count)
{
    for (int line = begin; line < begin + count; line++)
        if (other_share(side, line) >= EDGE)
            return line;
    return -1;
}

/* How many lines the side's frame has; 0: there is none. */
static int frame_lines(Side *side)
{
    int depth = depth_of(side), most = depth / MOST, lines = 0;
    learn_colour(side);
    while (lines <= most && other_share(side, lines) <= STRAY)
        lines++;
    if (lines < LEAST_LINES || lines > most)
        return 0;
    int edge = find_edge(side, lines, MAX(BLOCK, depth / SOFT));
    return edge < 0 ? 0 : MIN(edge, most);
}

/* Cuts the rows' or the columns' frames off both ends. */
static void cut(GeglBuffer *picture, GeglRectangle *area, bool across, float *line)
{
    Side near = {picture, *area, across, false, line, {0}}, far = {picture, *area, across, true, line, {0}};
    int before = frame_lines(&near), after = frame_lines(&far), alone = depth_of(&near) / MOST_ALONE;
    if (after == 0 && before > alone)
        before = 0;
    if (before == 0 && after > alone)
        after = 0;
    *(across ? &area->y : &area->x) += before;
    *(across ? &area->height : &area->width) -= before + after;
}

/* Rows are cut only once: at least half of the side must be left. */
GeglRectangle frame_inside(GeglBuffer *picture)
{
    const GeglRectangle whole = *gegl_buffer_get_extent(picture);
    GeglRectangle inside = whole;
    if (MIN(whole.width, whole.height) < LEAST_SIDE)
        return whole;
    float *line = g_new(float, 4 * (gsize)MAX(whole.width, whole.height));
    cut(picture, &inside, true, line);
    cut(picture, &inside, false, line);
    if (inside.height == whole.height)
        cut(picture, &inside, true, line);
    g_free(line);
    return inside;
}
