/* brush.c: bristle brushes.
 *
 * A stroke is a bundle of bristles dragged along a path. Each leaves a groove of its own height and mixture
 * of the two colours, and runs dry at its own moment; paint pushed aside stands up along both edges. The
 * height is kept beside the colour, and light on it (as on a real painting by a window) is what makes the
 * strokes visible as strokes. Stamping one blurred dab along the path was tried first: it
 * looks airbrushed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brush.h"

#include <stdlib.h>

enum { BRISTLES = 64 };

typedef struct Bristle {
    Vec3 colour;
    float height; /* of the ridge it leaves, 0..1 */
    float dry_at; /* share of the way after which it only grazes the weave's tops */
} Bristle;

static float weave(int x, int y)
{
    /* Threads over and under each other, 5 pixels apart, not quite even. */
    float even = 0.8f * noise_fractal((float)x / 23, (float)y / 23, 2, 3);
    float across = sinf(1.2566f * (float)x + even), down = sinf(1.2566f * (float)y - even);
    return 0.5f + 0.25f * (across * across * down + down * down * across) +
           0.12f * noise_smooth((float)x / 1.7f, (float)y / 1.7f, 4, NULL);
}

Canvas canvas_new(int width, int height, Vec3 ground)
{
    Canvas canvas = {.paint = picture_new(width, height)};
    canvas.relief = allocate((size_t)width * (size_t)height, sizeof *canvas.relief);
    canvas.touch = allocate((size_t)width * (size_t)height, sizeof *canvas.touch);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            *picture_at(&canvas.paint, x, y) = vec3_scale(ground, 0.85f + 0.3f * weave(x, y));
            canvas.relief[y * width + x] = 1.2f * weave(x, y);
        }
    return canvas;
}

void canvas_free(Canvas *canvas)
{
    picture_free(&canvas->paint);
    free(canvas->relief);
    free(canvas->touch);
    *canvas = (Canvas){0};
}

static void load_bristles(Bristle bristles[BRISTLES], const Stroke *stroke, Dice *dice)
{
    float phase = dice_between(dice, 0, 1000);
    float balance = dice_between(dice, -0.2f, 0.2f);
    for (int i = 0; i < BRISTLES; i++) {
        float at = stroke->width * (float)i / BRISTLES; /* clumps are as wide as they are, on any brush */
        float streak = noise_fractal(phase + at * 0.15f, 0.5f, 3, 5);
        float mixture = smooth_step(-0.25f, 0.30f, streak + balance);
        float tone = 1 + 0.10f * noise_smooth(phase + at * 0.5f, 7.5f, 6, NULL);
        bristles[i].colour = vec3_scale(vec3_mix(stroke->colour[0], stroke->colour[1], mixture), tone);
        bristles[i].height = clamp01(0.5f + 0.55f * noise_fractal(phase + at * 0.32f, 3.5f, 2, 8));
        bristles[i].dry_at = stroke->load * (0.75f + 0.5f * bristles[i].height);
    }
}

/* Where the brush is, and where it is going. */
typedef struct Walk {
    float x, y, dx, dy, walked;
} Walk;

static const float STEP = 0.6f; /* under a pixel, so that nothing is skipped */

/* One step along the flow (against it, where step is negative); false: the brush is lifted here. */
static bool walk_on(Walk *walk, float turn, float step, BrushFlow flow, void *data)
{
    float angle = flow(data, walk->x, walk->y) + turn;
    if (isnan(angle))
        return false;
    walk->dx = cosf(angle);
    walk->dy = sinf(angle);
    walk->x += step * walk->dx;
    walk->y += step * walk->dy;
    walk->walked += fabsf(step);
    return true;
}

/* One touch of a bristle, at `across` (-1..1), after `along` (0..1) of the way. */
static void touch(Canvas *canvas, int x, int y, const Bristle *bristle, float across, float along)
{
    if (x < 0 || y < 0 || x >= canvas->paint.width || y >= canvas->paint.height)
        return;
    size_t at = (size_t)y * (size_t)canvas->paint.width + (size_t)x;
    if (canvas->touch[at] == canvas->strokes)
        return;
    canvas->touch[at] = canvas->strokes;
    bool dry = along > bristle->dry_at;
    if (dry && weave(x, y) < 0.45f + 0.5f * (along - bristle->dry_at))
        return;
    float cover = dry ? 0.75f : 0.94f;
    Vec3 *paint = &canvas->paint.pixels[at];
    *paint = vec3_mix(*paint, bristle->colour, cover);
    /* Thick in the middle, ridged at the edges, piled up where the brush was put down and lifted off. */
    float edge = across * across * across * across;
    float ends = smooth_step(0.10f, 0, along) + 0.7f * smooth_step(0.9f, 1, along);
    float body = 0.8f + 1.9f * bristle->height + 0.9f * edge + 0.8f * ends;
    canvas->relief[at] = 0.35f * canvas->relief[at] + (dry ? 0.5f : 1) * body;
}

/* One line of touches across the path. */
static void touch_across(Canvas *canvas, const Stroke *stroke, const Bristle *bristles, const Walk *walk,
                         float length, float ragged)
{
    float along = walk->walked / length, half = 0.5f * stroke->width;
    float press = half * (0.80f + 0.2f * sinf(3.1416f * along)); /* hardest in the middle of the way */
    for (float aside = -press; aside <= press; aside += STEP) {
        float across = aside / press, rounding = 0.35f * half * across * across;
        float tatter = 0.12f * length * noise_hash((int)(ragged + (across + 1) * half * 0.7f), 0, 9);
        if (walk->walked < rounding || walk->walked > length - rounding - tatter)
            continue;
        int bristle = (int)((across + 1) * 0.5f * (BRISTLES - 1) + 0.5f);
        float x = walk->x - walk->dy * aside, y = walk->y + walk->dx * aside;
        touch(canvas, (int)floorf(x), (int)floorf(y), &bristles[bristle], across, along);
    }
}

void canvas_stroke(Canvas *canvas, const Stroke *stroke, BrushFlow flow, void *data, Dice *dice)
{
    Walk back = {.x = stroke->x, .y = stroke->y};
    while (back.walked < 0.5f * stroke->length && walk_on(&back, stroke->turn, -STEP, flow, data))
        ;
    Walk ahead = {.x = back.x, .y = back.y};
    float length = 0; /* until the brush is lifted */
    while (length < stroke->length && walk_on(&ahead, stroke->turn, STEP, flow, data))
        length = ahead.walked;
    if (length < stroke->width * 0.5f)
        return;

    Bristle bristles[BRISTLES];
    load_bristles(bristles, stroke, dice);
    canvas->strokes++;
    float ragged = dice_between(dice, 0, 1000);
    Walk walk = {.x = back.x, .y = back.y};
    while (walk.walked < length && walk_on(&walk, stroke->turn, STEP, flow, data))
        touch_across(canvas, stroke, bristles, &walk, length, ragged);
}

Picture canvas_lit(const Canvas *canvas)
{
    int width = canvas->paint.width, height = canvas->paint.height;
    Picture picture = picture_new(width, height);
    Vec3 lamp = vec3_unit(vec3(-0.55f, -0.65f, 0.75f)), half = vec3_unit(vec3_add(lamp, vec3(0, 0, 1)));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int left = x > 0 ? x - 1 : x, right = x + 1 < width ? x + 1 : x;
            int above = y > 0 ? y - 1 : y, below = y + 1 < height ? y + 1 : y;
            float dx = canvas->relief[y * width + right] - canvas->relief[y * width + left];
            float dy = canvas->relief[below * width + x] - canvas->relief[above * width + x];
            Vec3 normal = vec3_unit(vec3(-0.27f * dx, -0.27f * dy, 1));
            float diffuse = fmaxf(0, vec3_dot(normal, lamp)) / lamp.z; /* a flat place stays as it is */
            float gloss = powf(fmaxf(0, vec3_dot(normal, half)), 60);
            Vec3 paint = *picture_at(&canvas->paint, x, y);
            float shine = 0.05f * (gloss - powf(half.z, 60)); /* only raised paint shines */
            *picture_at(&picture, x, y) =
                vec3_add(vec3_scale(paint, 0.25f + 0.75f * diffuse), vec3(shine, shine, shine));
        }
    return picture;
}
