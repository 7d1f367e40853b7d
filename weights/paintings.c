/* paintings.c: the two habits of pictures that textures don't have: strokes, which are textures with ends and
 * edges, and things in front of other things.
 *
 * Random numbers are drawn one a statement: C doesn't say in which order the parts of an expression are. */
#include "paintings.h"

#include <math.h>
#include <stddef.h>

static const float turn = 6.2831853f;

static float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* Anywhere on the canvas. */
static float random_place(const Canvas *canvas, Rng *rng)
{
    return (float)canvas->side * rng_uniform(rng);
}

/* ---- Strokes ------------------------------------------------------------------------------------------ */

typedef struct Manner {
    Flow flow;
    float width, length;       /* of the first layer's strokes; length in widths */
    float jitter, grey_jitter; /* how colours stray, and how much of that is common to all three */
    float slope, bristle;
} Manner;

static void random_manner(Manner *m, Rng *rng, int side)
{
    float waves = rng_between(rng, 0.3f, 2.0f);
    noise_all_ways(&m->flow.noise, rng, waves / (float)side, 0.4f);
    m->flow.base = turn * rng_uniform(rng);
    m->flow.swing = rng_between(rng, 0.2f, 1.5f);
    m->width = powf(2, rng_between(rng, 2.5f, 4.6f)); /* 3 to 12 pixels */
    m->length = rng_between(rng, 2, 9);
    m->jitter = rng_between(rng, 0.02f, 0.15f);
    m->grey_jitter = rng_uniform(rng);
    m->slope = rng_uniform(rng) < 0.6f ? rng_between(rng, 0, 0.15f) : 0;
    m->bristle = rng_uniform(rng) < 0.5f ? rng_between(rng, 0, 0.1f) : 0;
}

static void random_stroke(Canvas *canvas, Rng *rng, const Scene *scene, const Manner *m, float width)
{
    Brush brush = {.slope = m->slope, .bristle = m->bristle};
    brush.half = 0.5f * width * rng_between(rng, 0.7f, 1.3f);
    brush.frequency = rng_between(rng, 4, 12);
    brush.phase = turn * rng_uniform(rng);
    float x = random_place(canvas, rng), y = random_place(canvas, rng);
    float grey = m->grey_jitter * m->jitter * rng_normal(rng);
    canvas_scene_at(scene, x, y, brush.rgb);
    for (int c = 0; c < 3; c++)
        brush.rgb[c] = clamp01(brush.rgb[c] + grey + (1 - m->grey_jitter) * m->jitter * rng_normal(rng));
    canvas_stroke(canvas, &brush, &m->flow, x, y, width * m->length * rng_between(rng, 0.5f, 1.5f));
}

void paint_strokes(Canvas *canvas, Rng *rng, const Scene *scene)
{
    enum { LAYERS = 3 };
    const float thinnest = 3, cover[LAYERS] = {2.5f, 0.8f, 0.8f}; /* of the canvas, counted with overlaps */
    Manner m;
    random_manner(&m, rng, canvas->side);
    float area = (float)canvas->side * (float)canvas->side, width = m.width;
    for (int layer = 0; layer < LAYERS && width >= thinnest; layer++, width *= 0.5f) {
        int strokes = (int)(cover[layer] * area / (width * width * m.length));
        for (int i = 0; i < strokes; i++)
            random_stroke(canvas, rng, scene, &m, width);
    }
}

/* ---- Dead leaves -------------------------------------------------------------------------------------- */

/* What the leaves of one picture have in common. */
typedef struct Tree {
    float least, most; /* radius */
    float outline, shade;
    int plain; /* each of one colour */
} Tree;

static void random_tree(Tree *tree, Rng *rng, int side)
{
    tree->least = rng_between(rng, 3, 8);
    tree->most = 0.35f * (float)side;
    tree->outline = rng_uniform(rng) < 0.3f ? rng_between(rng, 1, 3) : 0;
    tree->shade = rng_uniform(rng) < 0.5f ? 0.25f : 0;
    tree->plain = rng_uniform(rng) < 0.7f;
}

static void random_leaf(Leaf *leaf, Rng *rng, const Tree *tree, const Canvas *canvas, const Scene scenes[2])
{
    float u = rng_uniform(rng), least = tree->least * tree->least, most = tree->most * tree->most;
    leaf->radius = 1 / sqrtf(u / least + (1 - u) / most); /* a density of r^-3 between the two */
    leaf->squeeze = rng_between(rng, 0.3f, 1);
    float angle = 0.5f * turn * rng_uniform(rng);
    leaf->cosine = cosf(angle);
    leaf->sine = sinf(angle);
    leaf->x = random_place(canvas, rng);
    leaf->y = random_place(canvas, rng);
    leaf->kind = (LeafKind)rng_below(rng, LEAF_KINDS);
    for (int i = 0; i < 2; i++)
        leaf->slope[i] = tree->shade * rng_normal(rng);
    const Scene *colours = &scenes[rng_below(rng, 2)];
    float x = random_place(canvas, rng), y = random_place(canvas, rng);
    canvas_scene_at(colours, x, y, leaf->rgb);
    leaf->filling = tree->plain ? NULL : colours;
    for (int c = 0; c < 3; c++)
        leaf->shift[c] = 0.08f * rng_normal(rng);
    leaf->outline = tree->outline;
}

void paint_leaves(Canvas *canvas, Rng *rng, const Scene scenes[2])
{
    const float cover = 3; /* times the canvas: next to nothing shows of what was there */
    float area = (float)canvas->side * (float)canvas->side, covered = 0;
    Tree tree;
    random_tree(&tree, rng, canvas->side);
    while (covered < cover * area) {
        Leaf leaf;
        random_leaf(&leaf, rng, &tree, canvas, scenes);
        canvas_leaf(canvas, &leaf);
        covered += 2.5f * leaf.radius * leaf.radius * leaf.squeeze;
    }
}
