/* content.c: the content is relit before it is matched, since of a painting that is darker throughout it
 * would otherwise use the few bright spots alone. Its colours go half the way to the painting's: left as
 * they are, they ask for the few spots that happen to have them, and the palette becomes timid; brought
 * all the way, a face asks for what the painting has most of. */
#include "content.h"

#include <math.h>

/* What edges are, and how far the light may be bent. */
static const struct {
    double edge;             /* slope of the light, 0..1 a pixel, at which plainness falls to 1/e */
    double least_deviation;  /* of the content's light; below it there is only noise to amplify */
    double contrast[2];      /* the least and most that its spread is multiplied by */
    double darkest;          /* light that colours are scaled from and to; black has no hue to keep */
    double most_brightening; /* of a colour */
    double towards;          /* share of the way from the content's chroma to the painting's */
    double spread[2];        /* the least and most ratio of the spreads that counts */
} LIMITS = {.edge = 0.02,
            .least_deviation = 0.02,
            .contrast = {0.5, 2},
            .darkest = 0.02,
            .most_brightening = 3,
            .towards = 0.5,
            .spread = {0.33, 3}};

/* ---- Light and dark ------------------------------------------------------------------------------------ */

static LightSpread spread_of(double sum, double squares, double count)
{
    double mean = sum / count;
    return (LightSpread){mean, sqrt(fmax(0, squares / count - mean * mean))};
}

LightSpread content_spread(const NstImage *picture)
{
    size_t pixels = nst_image_floats(picture) / 3;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < pixels; i++) {
        double light = (double)content_light(picture->rgb + 3 * i) - 0.5; /* loses no digits to the mean */
        sum += light;
        squares += light * light;
    }
    LightSpread spread = spread_of(sum, squares, (double)pixels);
    return (LightSpread){spread.mean + 0.5, spread.deviation};
}

static double chroma_of(const float *rgb, int which)
{
    return (double)(rgb[2 * which] - content_light(rgb));
}

static LightSpread chroma_spread(const NstImage *picture, int which)
{
    size_t floats = nst_image_floats(picture);
    double sum = 0, squares = 0;
    for (size_t i = 0; i < floats; i += 3) {
        double chroma = chroma_of(picture->rgb + i, which);
        sum += chroma;
        squares += chroma * chroma;
    }
    return spread_of(sum, squares, (double)(floats / 3));
}

Palette content_palette(const NstImage *picture)
{
    return (Palette){content_spread(picture), {chroma_spread(picture, 0), chroma_spread(picture, 1)}};
}

double content_contrast(LightSpread content, LightSpread painting)
{
    double factor = painting.deviation / fmax(content.deviation, LIMITS.least_deviation);
    factor = fmax(factor, sqrt(factor));
    return fmin(LIMITS.contrast[1], fmax(LIMITS.contrast[0], factor));
}

static float within_one(double value)
{
    return (float)fmin(1, fmax(0, value));
}

static void relight_pixel(float *rgb, LightSpread from, LightSpread to, double contrast)
{
    double light = content_light(rgb), wanted = (light - from.mean) * contrast + to.mean;
    wanted = fmin(1, fmax(LIMITS.darkest, wanted));
    double factor = fmin(LIMITS.most_brightening, wanted / fmax(light, LIMITS.darkest));
    for (int c = 0; c < 3; c++)
        rgb[c] = within_one(rgb[c] * factor);
}

/* How chroma is moved: z becomes factor * z + offset. */
typedef struct ChromaMove {
    double factor, offset;
} ChromaMove;

static ChromaMove chroma_move(LightSpread from, LightSpread to)
{
    double ratio = to.deviation / fmax(from.deviation, 1e-4);
    ratio = fmin(LIMITS.spread[1], fmax(LIMITS.spread[0], ratio));
    double factor = pow(ratio, LIMITS.towards);
    return (ChromaMove){factor, (1 - factor) * from.mean + LIMITS.towards * (to.mean - from.mean)};
}

/* The light stays, so green follows from it. */
static void recolour_pixel(float *rgb, const ChromaMove move[2])
{
    double light = content_light(rgb), chroma[2];
    for (int which = 0; which < 2; which++)
        chroma[which] = move[which].factor * chroma_of(rgb, which) + move[which].offset;
    rgb[0] = within_one(light + chroma[0]);
    rgb[1] = within_one(light - (0.299 * chroma[0] + 0.114 * chroma[1]) / 0.587);
    rgb[2] = within_one(light + chroma[1]);
}

void content_relight(NstImage *content, const Palette *painting)
{
    LightSpread own = content_spread(content);
    double contrast = content_contrast(own, painting->light);
    for (size_t i = 0; i < nst_image_floats(content); i += 3)
        relight_pixel(content->rgb + i, own, painting->light, contrast);
    ChromaMove move[2] = {chroma_move(chroma_spread(content, 0), painting->chroma[0]),
                          chroma_move(chroma_spread(content, 1), painting->chroma[1])};
    for (size_t i = 0; i < nst_image_floats(content); i += 3)
        recolour_pixel(content->rgb + i, move);
}

/* ---- Colour -------------------------------------------------------------------------------------------- */

static void cell_chroma(const NstImage *picture, int y, int x, float *chroma)
{
    double sum[3] = {0};
    for (int i = 0; i < CELL_SIDE * CELL_SIDE; i++) {
        size_t row = (size_t)(y * CELL_SIDE + i / CELL_SIDE),
               column = (size_t)(x * CELL_SIDE + i % CELL_SIDE);
        const float *rgb = picture->rgb + 3 * (row * (size_t)picture->width + column);
        for (int c = 0; c < 3; c++)
            sum[c] += rgb[c];
    }
    float mean[3];
    for (int c = 0; c < 3; c++)
        mean[c] = (float)(sum[c] / (CELL_SIDE * CELL_SIDE));
    chroma[0] = mean[0] - content_light(mean);
    chroma[1] = mean[2] - content_light(mean);
}

void content_chroma(const NstImage *picture, CellGrid grid, float *chroma)
{
    for (int y = 0; y < grid.height; y++)
        for (int x = 0; x < grid.width; x++, chroma += 2)
            cell_chroma(picture, y, x, chroma);
}

/* ---- Plainness ----------------------------------------------------------------------------------------- */

static float light_at(const NstImage *picture, int y, int x)
{
    size_t row = (size_t)clamp_int(y, 0, picture->height - 1),
           column = (size_t)clamp_int(x, 0, picture->width - 1);
    return content_light(picture->rgb + 3 * (row * (size_t)picture->width + column));
}

/* Mean square of the light's slope over a cell. */
static float cell_slope(const NstImage *picture, int cell_y, int cell_x)
{
    float sum = 0;
    for (int y = cell_y * CELL_SIDE; y < (cell_y + 1) * CELL_SIDE; y++)
        for (int x = cell_x * CELL_SIDE; x < (cell_x + 1) * CELL_SIDE; x++) {
            float across = (light_at(picture, y, x + 1) - light_at(picture, y, x - 1)) / 2,
                  down = (light_at(picture, y + 1, x) - light_at(picture, y - 1, x)) / 2;
            sum += across * across + down * down;
        }
    return sum / (CELL_SIDE * CELL_SIDE);
}

/* The steepest of a cell and its neighbours. */
static float steepest(CellGrid grid, const float *slope, int y, int x)
{
    float most = 0;
    for (int i = 0; i < 9; i++)
        most = fmaxf(most, slope[grid_cell(grid, y + i / 3 - 1, x + i % 3 - 1)]);
    return most;
}

void content_plain(const NstImage *picture, CellGrid grid, float *plain, float *scratch)
{
    int cells = (int)grid_cells(grid);
    for (int i = 0; i < cells; i++)
        scratch[i] = cell_slope(picture, grid_y(grid, i), grid_x(grid, i));
    for (int i = 0; i < cells; i++) {
        double slope = steepest(grid, scratch, grid_y(grid, i), grid_x(grid, i));
        plain[i] = (float)exp(-slope / (LIMITS.edge * LIMITS.edge));
    }
}
