/* match_cost.c: what match.h's functions take, from the pictures' sizes alone. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match.h"

#include "cost.h"
#include "detail.h"
#include "lay.h"
#include "nearest.h"
#include "subspace.h"
#include "tone.h"

#include <math.h>

static double picture_bytes(int width, int height)
{
    return 3.0 * width * height * sizeof(float);
}

/* What resizing keeps between its two axes, and its result. */
static double resize_bytes(int height, int to_width, int to_height)
{
    return picture_bytes(to_width, height) + picture_bytes(to_width, to_height);
}

static double finest_bytes(CellGrid grid, int height)
{
    return resize_bytes(height, cells_pixels(grid.width), cells_pixels(grid.height));
}

size_t match_scratch(void)
{
    size_t search = nearest_scratch(), subspace = subspace_scratch();
    return search > subspace ? search : subspace;
}

double match_bytes(const Vgg16 *net, const MatchSpec *spec, int width, int height, int style_width,
                   int style_height)
{
    MatchScale finest = match_scale(spec, MATCH_SCALES - 1, width, height, style_width, style_height);
    double crew =
        net ? (double)workers_count(vgg16_workers(net)) * (double)match_scratch() * sizeof(float) : 0;
    double begin = finest_bytes(finest.content, height) + finest_bytes(finest.painting, style_height);
    double kept = finest_bytes(finest.content, 0) + finest_bytes(finest.painting, 0);
    return crew + fmax(begin, kept + cost_scale_bytes(finest));
}

double match_guide_bytes(const MatchSpec *spec, int width, int height, int style_width, int style_height)
{
    MatchScale grid = match_scale(spec, MATCH_SCALES - 1, width, height, style_width, style_height);
    LayPart whole = {width, height, 0, 0};
    int painting_width, painting_height;
    lay_painting_size(grid, &whole, &painting_width, &painting_height);
    double laying =
        lay_bytes(grid.content) + windows_bytes(WINDOWS_REACH, width) + windows_bytes(WINDOWS_REACH, height);
    double resizing = resize_bytes(style_height, painting_width, painting_height),
           painting = picture_bytes(painting_width, painting_height), guide = picture_bytes(width, height);
    return laying + fmax(resizing, guide + fmax(painting, fmax(detail_bytes((double)width * height),
                                                               tone_bytes((double)width * height))));
}

void match_style_size(const MatchSpec *spec, int width, int height, int *style_width, int *style_height)
{
    MatchScale grid = match_scale(spec, MATCH_SCALES - 1, width, height, *style_width, *style_height);
    LayPart whole = {width, height, 0, 0};
    lay_painting_size(grid, &whole, style_width, style_height);
    *style_width = int_max(*style_width, cells_pixels(grid.painting.width));
    *style_height = int_max(*style_height, cells_pixels(grid.painting.height));
}

typedef double (*ScaleWork)(MatchScale grid);

static double work_of_scales(ScaleWork work, const MatchSpec *spec, int width, int height, int style_width,
                             int style_height)
{
    double sum = 0;
    for (int scale = 0; scale < MATCH_SCALES; scale++)
        sum += work(match_scale(spec, scale, width, height, style_width, style_height));
    return sum;
}

double match_network_work(const MatchSpec *spec, int width, int height, int style_width, int style_height)
{
    return work_of_scales(cost_network_work, spec, width, height, style_width, style_height);
}

double match_search_work(const MatchSpec *spec, int width, int height, int style_width, int style_height)
{
    return work_of_scales(cost_search_work, spec, width, height, style_width, style_height);
}
