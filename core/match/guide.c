/* guide.c: lays a guide from a match, at any size and for any part of the picture.
 *
 * A part is laid by the pixels' places in the whole picture, as integers, so that it agrees with its
 * neighbours. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detail.h"
#include "lay.h"
#include "match.h"
#include "matched.h"
#include "tone.h"

#include <math.h>

static LayPart part_of(const NstImage *content, const MatchPlace *place)
{
    LayPart part = {.width = (int)lround(content->width / (place->right - place->left)),
                    .height = (int)lround(content->height / (place->bottom - place->top))};
    part.left = (int)lround(place->left * part.width);
    part.top = (int)lround(place->top * part.height);
    return part;
}

/* A guide in the making. */
typedef struct Laying {
    const Match *match;
    Workers *workers;
    LayPart part;
} Laying;

/* Windows over the columns and the rows of the part. */
typedef struct Over {
    Windows across, down;
} Over;

static void over_free(Over *over)
{
    windows_free(&over->across);
    windows_free(&over->down);
}

static NstStatus over_new(Over *over, int reach, const Laying *laying, const NstImage *content,
                          NstError *error)
{
    const LayPart *part = &laying->part;
    CellGrid cells = laying->match->grid.content;
    *over = (Over){0};
    NstStatus status =
        windows_new(&over->across, reach, cells.width, part->width, part->left, content->width, error);
    if (status == NST_OK)
        status =
            windows_new(&over->down, reach, cells.height, part->height, part->top, content->height, error);
    if (status != NST_OK)
        over_free(over);
    return status;
}

static NstStatus lay_painting(const Laying *laying, const NstImage *content, const NstImage *painting,
                              NstImage *guide, NstError *error)
{
    const Match *match = laying->match;
    Over over;
    NstStatus status = over_new(&over, WINDOWS_REACH, laying, content, error);
    LayTask task = {.grid = match->grid,
                    .spot = match->spot,
                    .part = laying->part,
                    .across = &over.across,
                    .down = &over.down,
                    .painting = painting,
                    .content = content,
                    .relighting = &match->relighting};
    if (status == NST_OK)
        status = lay(&task, laying->workers, guide, error);
    over_free(&over);
    return status;
}

static NstStatus lay_guide(const Laying *laying, const NstImage *content, const NstImage *style,
                           NstImage *guide, NstError *error)
{
    NstImage painting;
    int width, height;
    lay_painting_size(laying->match->grid, &laying->part, &width, &height);
    NstStatus status = nst_image_resample(style, width, height, &painting, error);
    if (status != NST_OK)
        return status;
    status = lay_painting(laying, content, &painting, guide, error);
    nst_image_free(&painting);
    return status;
}

/* Windows of so many cells. */
static int window_radius(double radius, int pixels, int cells)
{
    return int_max(1, (int)lround(radius * pixels / cells));
}

/* What is large, in cells; and twice as much of it as of the detail, up to a share of 1: all of it with a
 * strength up to 50. */
static const double LARGE = 0.75, TONE = 2;

static NstStatus restore_tone(const Laying *laying, const NstImage *content, double share, NstImage *guide,
                              NstError *error)
{
    const Match *match = laying->match;
    CellGrid cells = match->grid.content;
    Tone tone = {.share = fmin(1, TONE * share),
                 .relighting = &match->relighting,
                 .radius_x = window_radius(LARGE, laying->part.width, cells.width),
                 .radius_y = window_radius(LARGE, laying->part.height, cells.height)};
    return share > 0 ? tone_restore(&tone, content, laying->workers, guide, error) : NST_OK;
}

/* Three cells to each side see both sides of an edge that was laid in the wrong cell. */
static const double AROUND_EDGES = 3;

static NstStatus restore_detail(const Laying *laying, const NstImage *content, double share, NstImage *guide,
                                NstError *error)
{
    const Match *match = laying->match;
    CellGrid cells = match->grid.content;
    Over over;
    if (share <= 0)
        return NST_OK;
    NstStatus status = over_new(&over, 1, laying, content, error);
    Detail detail = {.share = share,
                     .contrast = match->relighting.contrast,
                     .plain = match->plain,
                     .grid = cells,
                     .across = &over.across,
                     .down = &over.down,
                     .radius_x = window_radius(AROUND_EDGES, laying->part.width, cells.width),
                     .radius_y = window_radius(AROUND_EDGES, laying->part.height, cells.height)};
    if (status == NST_OK)
        status = detail_restore(&detail, content, laying->workers, guide, error);
    over_free(&over);
    return status;
}

NstStatus match_guide(const Match *match, Workers *workers, const NstImage *content, const MatchPlace *place,
                      const NstImage *style, double detail, NstImage *guide, NstError *error)
{
    Laying laying = {.match = match, .workers = workers, .part = part_of(content, place)};
    NstStatus status = nst_image_new(guide, content->width, content->height, error);
    if (status == NST_OK)
        status = workers_ask_stop(workers) ? NST_CANCELLED : lay_guide(&laying, content, style, guide, error);
    if (status == NST_OK)
        status = restore_tone(&laying, content, detail, guide, error);
    if (status == NST_OK)
        status = restore_detail(&laying, content, detail, guide, error);
    if (status != NST_OK)
        nst_image_free(guide);
    return status;
}
