/* match.c: matches coarse to fine. At each scale the content, relit, is mixed with what the coarser one has
 * laid, so that the next spots suit those around them and not the photograph alone. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match.h"

#include "content.h"
#include "core/base/memory.h"
#include "core/picture/enlarge.h"
#include "cost.h"
#include "field.h"
#include "lay.h"
#include "matched.h"
#include "price.h"

#include <stdlib.h>
#include <string.h>

/* The content's share in what is matched, beside what has been laid so far. */
static const float CONTENT_SHARE = 0.65F;

typedef struct Matching {
    const Vgg16 *net;
    Workers *workers;
    const MatchSpec *spec;
    NstImage content, style; /* at the finest scale */
    Match *match;            /* what the scales so far have given; NULL: nothing yet */
    NstImage laid;           /* laid from it */
} Matching;

/* One scale. */
typedef struct Scale {
    MatchScale grid;
    NstImage content, style, mixed;
    Coding coding;
    Palette palette; /* of the painting */
    Relighting relighting;
    float *codes, *spots, *packed, *price, *used, *room;
    float *plain, *scratch;
    int *nearest, *inherited, *spot, *other;
} Scale;

/* ---- What a scale works with --------------------------------------------------------------------------- */

static bool has_room(Scale *s)
{
    size_t cells = grid_cells(s->grid.content), spots = grid_cells(s->grid.painting);
    s->codes = memory_floats(cells * CODE);
    s->plain = memory_floats(cells);
    s->scratch = memory_floats(cells);
    s->spots = memory_floats(spots * CODE);
    s->price = memory_floats(spots);
    s->used = memory_floats(spots);
    s->room = memory_floats(spots);
    s->nearest = memory_new(cells * NEAREST * sizeof(int));
    s->inherited = memory_new(cells * sizeof(int));
    s->spot = memory_new(cells * sizeof(int));
    s->other = memory_new(cells * sizeof(int));
    return s->codes && s->plain && s->scratch && s->spots && s->price && s->used && s->room && s->nearest &&
           s->inherited && s->spot && s->other;
}

static NstStatus at_scale(const NstImage *picture, CellGrid grid, NstImage *out, NstError *error)
{
    return nst_image_resample(picture, cells_pixels(grid.width), cells_pixels(grid.height), out, error);
}

static NstStatus scale_new(Scale *s, const Matching *m, MatchScale grid, NstError *error)
{
    *s = (Scale){.grid = grid};
    NstStatus status =
        has_room(s) ? NST_OK : nst_fail_memory(error, "working space", cost_arrays_bytes(grid));
    if (status == NST_OK)
        status = at_scale(&m->content, grid.content, &s->content, error);
    if (status == NST_OK)
        status = at_scale(&m->style, grid.painting, &s->style, error);
    return status;
}

static void scale_free(Scale *s)
{
    void *arrays[] = {s->codes, s->spots,   s->packed,  s->price,     s->used, s->room,
                      s->plain, s->scratch, s->nearest, s->inherited, s->spot, s->other};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
    coding_free(&s->coding);
    nst_image_free(&s->content);
    nst_image_free(&s->style);
    nst_image_free(&s->mixed);
}

/* ---- The painting and the content as codes ------------------------------------------------------------- */

static NstStatus study_painting(Scale *s, const Matching *m, NstError *error)
{
    Cells cells;
    NstStatus status = cells_new(&cells, m->net, &s->style, error);
    if (status != NST_OK)
        return status;
    s->palette = content_palette(&s->style);
    status = coding_new(&s->coding, m->workers, &cells, s->spots, error);
    cells_free(&cells);
    return status == NST_OK ? nearest_pack(grid_cells(s->grid.painting), s->spots, &s->packed, error)
                            : status;
}

static NstStatus study_content(Scale *s, const Matching *m, NstError *error)
{
    Cells cells;
    NstStatus status = cells_new(&cells, m->net, &s->mixed, error);
    if (status != NST_OK)
        return status;
    coding_apply(&s->coding, m->workers, &cells, s->codes);
    cells_free(&cells);
    return NST_OK;
}

static void mix(NstImage *mixed, const NstImage *laid)
{
    for (size_t i = 0; i < nst_image_floats(mixed); i++)
        mixed->rgb[i] = CONTENT_SHARE * mixed->rgb[i] + (1 - CONTENT_SHARE) * laid->rgb[i];
}

/* What is matched at this scale: the relit content, and what has been laid, which comes to this scale with
 * the content's details that its own was too small for. */
static NstStatus mix_content(Scale *s, Matching *m, NstError *error)
{
    NstStatus status = at_scale(&s->content, s->grid.content, &s->mixed, error);
    if (status != NST_OK)
        return status;
    s->relighting = content_relighting(&s->content, &s->palette);
    content_relight(&s->relighting, &s->mixed);
    content_plain(&s->content, s->grid.content, s->plain, s->scratch);
    if (!m->match)
        return NST_OK;
    status = picture_enlarge(&m->laid, &s->content, s->content.width, s->content.height, error);
    if (status == NST_OK)
        mix(&s->mixed, &m->laid);
    return status;
}

/* ---- The spots ----------------------------------------------------------------------------------------- */

static NstStatus search(Scale *s, const Matching *m)
{
    NearestSearch search = {.spots = grid_cells(s->grid.painting),
                            .packed = s->packed,
                            .price = s->price,
                            .cells = grid_cells(s->grid.content),
                            .codes = s->codes,
                            .best = NEAREST};
    NstStatus status = price_find(search, m->workers, m->spec->variety, s->grid.painting, s->price, s->used,
                                  s->room, s->other);
    return status == NST_OK ? nearest_find(&search, m->workers, s->nearest) : status;
}

static NstStatus settle(Scale *s, const Matching *m)
{
    Field field = {.content = s->grid.content,
                   .painting = s->grid.painting,
                   .codes = s->codes,
                   .spots = s->spots,
                   .price = s->price,
                   .plain = s->plain,
                   .nearest = s->nearest,
                   .inherited = m->match ? s->inherited : NULL};
    if (m->match)
        field_inherit(m->match->grid.content, m->match->grid.painting, m->match->spot, s->grid.content,
                      s->grid.painting, s->inherited);
    field_start(&field, s->spot);
    return field_settle(&field, m->workers, s->spot, s->other);
}

/* Takes over what the scale has found. */
static NstStatus keep(Scale *s, Matching *m, NstError *error)
{
    if (!m->match && !(m->match = calloc(1, sizeof *m->match)))
        return nst_fail_memory(error, "working space", sizeof *m->match);
    free(m->match->spot);
    free(m->match->plain);
    *m->match = (Match){s->grid, s->spot, s->plain, s->relighting};
    s->spot = NULL;
    s->plain = NULL;
    return NST_OK;
}

/* By the windows' places alone: what is matched next should be what has been chosen, with its strokes, and
 * not the content once more. */
static NstStatus lay_scale(const Scale *s, const Matching *m, NstImage *laid, NstError *error)
{
    int width = s->content.width, height = s->content.height;
    Windows across, down = {0};
    LayTask task = {.grid = s->grid,
                    .spot = s->spot,
                    .part = {width, height, 0, 0},
                    .across = &across,
                    .down = &down,
                    .painting = &s->style};
    NstStatus status = windows_new(&across, 1, s->grid.content.width, width, 0, width, error);
    if (status == NST_OK)
        status = windows_new(&down, 1, s->grid.content.height, height, 0, height, error);
    if (status == NST_OK)
        status = lay(&task, m->workers, laid, error);
    windows_free(&across);
    windows_free(&down);
    return status;
}

/* In this order, so that a match that is kept has been laid, too. */
static NstStatus lay_and_keep(Scale *s, Matching *m, NstError *error)
{
    NstImage laid;
    NstStatus status = nst_image_new(&laid, s->content.width, s->content.height, error);
    if (status == NST_OK)
        status = lay_scale(s, m, &laid, error);
    if (status == NST_OK)
        status = keep(s, m, error);
    nst_image_free(status == NST_OK ? &m->laid : &laid);
    if (status == NST_OK)
        m->laid = laid;
    return status;
}

static NstStatus match_at(Matching *m, MatchScale grid, NstError *error)
{
    Scale scale;
    NstStatus status = scale_new(&scale, m, grid, error);
    if (status == NST_OK)
        status = study_painting(&scale, m, error);
    if (status == NST_OK)
        status = mix_content(&scale, m, error);
    if (status == NST_OK)
        status = study_content(&scale, m, error);
    if (status == NST_OK)
        status = search(&scale, m);
    if (status == NST_OK)
        status = settle(&scale, m);
    if (status == NST_OK)
        status = lay_and_keep(&scale, m, error);
    scale_free(&scale);
    return status;
}

/* ---- All scales ---------------------------------------------------------------------------------------- */

static double work_at(MatchScale grid)
{
    return cost_network_work(grid) + cost_search_work(grid);
}

static NstStatus match_scales(Matching *m, const MatchScale grid[MATCH_SCALES], MatchProgress progress,
                              void *data, NstError *error)
{
    double all = 0, done = 0;
    NstStatus status = NST_OK;
    for (int scale = 0; scale < MATCH_SCALES; scale++)
        all += work_at(grid[scale]);
    for (int scale = 0; scale < MATCH_SCALES && status == NST_OK; scale++) {
        status = match_at(m, grid[scale], error);
        done += work_at(grid[scale]);
        if (status == NST_OK && progress)
            progress(data, done / all, &m->laid);
    }
    return status;
}

/* Coarser scales are made from the finest: a large picture is read only once. */
static NstStatus begin(Matching *m, const NstImage *content, const NstImage *style, MatchScale finest,
                       NstError *error)
{
    NstStatus status = workers_reserve(m->workers, match_scratch(), error);
    if (status == NST_OK)
        status = at_scale(content, finest.content, &m->content, error);
    return status == NST_OK ? at_scale(style, finest.painting, &m->style, error) : status;
}

NstStatus match_new(Match **out, const Vgg16 *net, const MatchSpec *spec, const NstImage *content,
                    const NstImage *style, MatchProgress progress, void *data, NstError *error)
{
    Matching m = {.net = net, .workers = vgg16_workers(net), .spec = spec};
    MatchScale grid[MATCH_SCALES];
    for (int i = 0; i < MATCH_SCALES; i++)
        grid[i] = match_scale(spec, i, content->width, content->height, style->width, style->height);
    NstStatus status = begin(&m, content, style, grid[MATCH_SCALES - 1], error);
    if (status == NST_OK)
        status = match_scales(&m, grid, progress, data, error);
    if (status != NST_OK && status != NST_CANCELLED) {
        match_free(m.match);
        m.match = NULL;
    }
    nst_image_free(&m.content);
    nst_image_free(&m.style);
    nst_image_free(&m.laid);
    *out = m.match;
    return status;
}

void match_free(Match *match)
{
    if (!match)
        return;
    free(match->spot);
    free(match->plain);
    free(match);
}
