/* guide.c: lays a guide from a match, at any size and for any part of the picture.
 *
 * A part is laid by the pixels' places in the whole picture, as integers, so that it agrees with its
 * neighbours. */
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
    Windows across, down;
} Laying;

static NstStatus make_windows(Laying *laying, const NstImage *content, NstError *error)
{
    const LayPart *part = &laying->part;
    CellGrid cells = laying->match->grid.content;
    NstStatus status =
        windows_new(&laying->across, cells.width, part->width, part->left, content->width, error);
    return status == NST_OK
               ? windows_new(&laying->down, cells.height, part->height, part->top, content->height, error)
               : status;
}

static NstStatus lay_guide(const Laying *laying, const NstImage *style, NstImage *guide, NstError *error)
{
    NstImage painting;
    int width, height;
    lay_painting_size(laying->match->grid, &laying->part, &width, &height);
    NstStatus status = nst_image_resample(style, width, height, &painting, error);
    if (status != NST_OK)
        return status;
    status = lay(laying->match->grid, laying->match->spot, &laying->part, &laying->across, &laying->down,
                 &painting, laying->workers, guide, error);
    nst_image_free(&painting);
    return status;
}

/* Windows of so many cells. */
static int window_radius(double radius, int pixels, int cells)
{
    return int_max(1, (int)lround(radius * pixels / cells));
}

/* What is large, in cells; and as much of it as of the detail, up to a share of 1. */
static const double LARGE = 1.5, TONE = 1.2;

static NstStatus restore_tone(const Laying *laying, const NstImage *content, double share, NstImage *guide,
                              NstError *error)
{
    const Match *match = laying->match;
    CellGrid cells = match->grid.content;
    Tone tone = {.share = fmin(1, TONE * share),
                 .content = match->content,
                 .painting = match->painting,
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
    Detail detail = {.share = share,
                     .contrast = content_contrast(match->content, match->painting),
                     .plain = match->plain,
                     .grid = cells,
                     .across = &laying->across,
                     .down = &laying->down,
                     .radius_x = window_radius(AROUND_EDGES, laying->part.width, cells.width),
                     .radius_y = window_radius(AROUND_EDGES, laying->part.height, cells.height)};
    return share > 0 ? detail_restore(&detail, content, laying->workers, guide, error) : NST_OK;
}

NstStatus match_guide(const Match *match, Workers *workers, const NstImage *content, const MatchPlace *place,
                      const NstImage *style, double detail, NstImage *guide, NstError *error)
{
    Laying laying = {.match = match, .workers = workers, .part = part_of(content, place)};
    NstStatus status = nst_image_new(guide, content->width, content->height, error);
    if (status == NST_OK)
        status = make_windows(&laying, content, error);
    if (status == NST_OK)
        status = workers_ask_stop(workers) ? NST_CANCELLED : lay_guide(&laying, style, guide, error);
    if (status == NST_OK)
        status = restore_tone(&laying, content, detail, guide, error);
    if (status == NST_OK)
        status = restore_detail(&laying, content, detail, guide, error);
    windows_free(&laying.across);
    windows_free(&laying.down);
    if (status != NST_OK)
        nst_image_free(guide);
    return status;
}
