/* canvas.c: what covers a point is found by asking each point around: nothing here is drawn often enough to
 * be worth a scan converter. */
#include "canvas.h"

#include "core/memory.h"

#include <math.h>
#include <stdlib.h>

static float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

void canvas_scene_at(const Scene *scene, float x, float y, float rgb[3])
{
    scene_at(scene, 0.5f * x, 0.5f * y, rgb);
}

static float *point(const Canvas *canvas, int x, int y)
{
    return canvas->rgb + 3 * ((size_t)y * (size_t)canvas->side + (size_t)x);
}

NstStatus canvas_new(Canvas *canvas, const Scene *scene, int side, NstError *error)
{
    *canvas = (Canvas){2 * side, floats_new(12 * (size_t)side * (size_t)side)};
    if (!canvas->rgb)
        return nst_fail_memory(error, "a drawing", 48.0 * side * side);
    for (int y = 0; y < canvas->side; y++)
        for (int x = 0; x < canvas->side; x++)
            canvas_scene_at(scene, (float)x + 0.5f, (float)y + 0.5f, point(canvas, x, y));
    return NST_OK;
}

void canvas_free(Canvas *canvas)
{
    free(canvas->rgb);
    *canvas = (Canvas){0};
}

void canvas_picture(const Canvas *canvas, float *rgb)
{
    for (int y = 0; y < canvas->side; y += 2)
        for (int x = 0; x < canvas->side; x += 2)
            for (int c = 0; c < 3; c++)
                *rgb++ = 0.25f * (point(canvas, x, y)[c] + point(canvas, x + 1, y)[c] +
                                  point(canvas, x, y + 1)[c] + point(canvas, x + 1, y + 1)[c]);
}

/* The points from `low` to `high` that there are. */
typedef struct Span {
    int first, end;
} Span;

static Span span(const Canvas *canvas, float low, float high)
{
    float side = (float)canvas->side;
    return (Span){(int)fminf(side, fmaxf(0, floorf(low))), (int)fminf(side, fmaxf(0, ceilf(high)))};
}

/* The brush pressed down from (x0, y0) to (x1, y1): a bar with round ends. */
static void press(Canvas *canvas, const Brush *b, float x0, float y0, float x1, float y1)
{
    float dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy + 1e-6f, length = sqrtf(square);
    Span across = span(canvas, fminf(x0, x1) - b->half, fmaxf(x0, x1) + b->half);
    Span down = span(canvas, fminf(y0, y1) - b->half, fmaxf(y0, y1) + b->half);
    for (int y = down.first; y < down.end; y++)
        for (int x = across.first; x < across.end; x++) {
            float px = (float)x + 0.5f - x0, py = (float)y + 0.5f - y0;
            float along = fminf(1, fmaxf(0, (px * dx + py * dy) / square));
            if (hypotf(px - along * dx, py - along * dy) > b->half)
                continue;
            float side = (px * dy - py * dx) / (length * b->half); /* -1 to 1 from edge to edge */
            float light = b->slope * side + b->bristle * sinf(b->frequency * side + b->phase);
            for (int c = 0; c < 3; c++)
                point(canvas, x, y)[c] = clamp01(b->rgb[c] + light);
        }
}

void canvas_stroke(Canvas *canvas, const Brush *brush, const Flow *flow, float x, float y, float length)
{
    float step = fmaxf(1, brush->half);
    for (float gone = 0; gone < length; gone += step) {
        float angle = flow->base + flow->swing * noise_at(&flow->noise, x, y);
        float to_x = x + step * cosf(angle), to_y = y + step * sinf(angle);
        press(canvas, brush, x, y, to_x, to_y);
        x = to_x;
        y = to_y;
    }
}

/* How far out (u, v) lies, along both axes and in halves of them: 1 is the rim. */
static float reach(LeafKind kind, float u, float v)
{
    switch (kind) {
    case LEAF_BOX:
        return 1.2f * fmaxf(fabsf(u), fabsf(v));
    case LEAF_TRIANGLE:
        return 1.7f * fmaxf(-v, 0.87f * fabsf(u) + 0.5f * v);
    default:
        return hypotf(u, v);
    }
}

static void leaf_point(const Leaf *leaf, float x, float y, float *rgb)
{
    float px = x - leaf->x, py = y - leaf->y;
    float u = (px * leaf->cosine + py * leaf->sine) / leaf->radius;
    float v = (py * leaf->cosine - px * leaf->sine) / (leaf->radius * leaf->squeeze);
    float out = reach(leaf->kind, u, v), colour[3] = {leaf->rgb[0], leaf->rgb[1], leaf->rgb[2]};
    const float dark = 0.25f;
    if (out > 1)
        return;
    if (leaf->filling)
        canvas_scene_at(leaf->filling, x, y, colour);
    float light = leaf->slope[0] * u + leaf->slope[1] * v;
    float ink = (1 - out) * leaf->radius * leaf->squeeze < leaf->outline ? dark : 1;
    for (int c = 0; c < 3; c++)
        rgb[c] = clamp01((colour[c] + leaf->shift[c] + light) * ink);
}

void canvas_leaf(Canvas *canvas, const Leaf *leaf)
{
    Span across = span(canvas, leaf->x - leaf->radius, leaf->x + leaf->radius);
    Span down = span(canvas, leaf->y - leaf->radius, leaf->y + leaf->radius);
    for (int y = down.first; y < down.end; y++)
        for (int x = across.first; x < across.end; x++)
            leaf_point(leaf, (float)x + 0.5f, (float)y + 0.5f, point(canvas, x, y));
}
