/* drawings.c: a drawing is a scene of two textures, or a calmer one covered with strokes or with dead leaves;
 * under uneven light, with a little grain.
 *
 * What photographs and paintings are made of is all there: streaks of every direction and width, flat patches
 * with hard edges, gradients, strokes, things in front of others, and colours that belong together. */
#include "drawings.h"

#include "paintings.h"

typedef enum DrawingKind { DRAWING_TEXTURES, DRAWING_STROKES, DRAWING_LEAVES, DRAWING_KINDS } DrawingKind;

static float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static void paint(Canvas *canvas, Rng *rng, DrawingKind kind, const Scene scenes[2])
{
    switch (kind) {
    case DRAWING_STROKES:
        paint_strokes(canvas, rng, &scenes[0]);
        break;
    case DRAWING_LEAVES:
        paint_leaves(canvas, rng, scenes);
        break;
    default:
        break; /* the scene is on the canvas already */
    }
}

static void shine(Rng *rng, int side, float *rgb)
{
    Noise light;
    noise_all_ways(&light, rng, 0.7f / (float)side, 0.4f);
    float strength = 0.15f * rng_uniform(rng), grain = 0.04f * rng_uniform(rng);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            float factor = 1 + strength * noise_at(&light, (float)x, (float)y);
            for (int c = 0; c < 3; c++, rgb++)
                *rgb = clamp01(*rgb * factor + grain * rng_normal(rng));
        }
}

NstStatus drawing_draw(uint32_t seed, uint32_t number, int side, float *rgb, NstError *error)
{
    Rng rng = rng_stream(seed, number);
    DrawingKind kind = (DrawingKind)rng_below(&rng, DRAWING_KINDS);
    Scene scenes[2];
    Canvas canvas;
    for (int i = 0; i < 2; i++) {
        scene_new(&scenes[i], &rng, side);
        if (kind != DRAWING_TEXTURES)
            scene_calm(&scenes[i], &rng, side);
    }
    NstStatus status = canvas_new(&canvas, &scenes[0], side, error);
    if (status != NST_OK)
        return status;
    paint(&canvas, &rng, kind, scenes);
    canvas_picture(&canvas, rgb);
    canvas_free(&canvas);
    shine(&rng, side, rgb);
    return NST_OK;
}
