/* scene_things.c: where the things stand. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "things.h"
#include "ui/styles/drawing/noise.h"

#include <stdlib.h>

enum { MOST = 128 };

static int nearer(const void *a, const void *b)
{
    const Thing *thing_a = a, *thing_b = b;
    return (thing_a->depth < thing_b->depth) - (thing_a->depth > thing_b->depth);
}

static Vec3 on_land(float x, float z)
{
    return vec3(x, land_height(x, z) - 0.1f, z);
}

/* A dark grove on the right holds the picture together; golden birches stand before it. */
static size_t plant_trees(Thing *things)
{
    static const struct {
        float x, z, height;
    } conifers[] =
        {
            {28.5f, 71, 21}, {33.5f, 76, 25}, {31, 68, 15},    {36, 84, 28},   {40, 88, 24},
            {25, 78, 17},    {22, 84, 20},    {29, 90, 23},    {26.5f, 66, 9}, {17, 86, 14},
            {13.5f, 78, 8},  {34, 92, 27},    {28, 62.5f, 12}, {11, 82, 5.5f},
        },
      birches[] = {{12.6f, 67, 8.5f}, {27.2f, 59.5f, 7.5f}, {9.6f, 70, 5.5f}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof conifers / sizeof *conifers; i++)
        things[count++] =
            thing_conifer(on_land(conifers[i].x, conifers[i].z), conifers[i].height, 100 + (uint32_t)i);
    for (size_t i = 0; i < sizeof birches / sizeof *birches; i++)
        things[count++] =
            thing_birch(on_land(birches[i].x, birches[i].z), birches[i].height, 200 + (uint32_t)i);
    return count;
}

static size_t sow_grass(Thing *things)
{
    size_t count = 0;
    for (float depth = 37; depth < 72; depth += 1.4f)
        things[count++] = thing_grass(depth, 0, 0.47f * depth, 300 + (uint32_t)depth);
    return count;
}

void things_paint(Picture *picture, const float *land, const View *view)
{
    Thing things[MOST];
    size_t count = plant_trees(things);
    count += sow_grass(things + count);
    things[count++] = thing_house(on_land(19.5f, 61));
    things[count++] = thing_jetty(vec3(9.5f, 0.6f, 46), vec3(-1, 0.6f, 37));
    things[count++] = thing_boat(vec3(-6.6f, 0, 29), 0.42f);
    qsort(things, count, sizeof *things, nearer);
    for (size_t i = 0; i < count; i++) {
        thing_paint(&things[i], picture, land, view);
        thing_free(&things[i]);
    }
}
