/* thing_plants.c: trees and grass, a stroke per twig or blade. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "things.h"
#include "ui/styles/drawing/noise.h"

static const float TURN = 6.2831853f;

/* Foliage takes light from its side of the crown and lets some through. */
static Vec3 leaf_light(Vec3 albedo, Vec3 outward, float depth_in_crown)
{
    Vec3 sun = sun_direction();
    float facing = fmaxf(0.05f, 0.22f + 0.78f * vec3_dot(outward, sun));
    Vec3 light = vec3_add(sky_light(outward.y), vec3_scale(sun_light(), facing));
    return vec3_scale(vec3_mul(albedo, light), 0.30f + 0.70f * depth_in_crown);
}

/* One branch of a conifer: a bough that droops, and twigs hanging off it. */
static void bough(Thing *tree, Vec3 root, float length, float angle, Dice *dice)
{
    enum { TWIGS = 9 };
    Vec3 outward = vec3(cosf(angle), 0.25f, sinf(angle));
    float droop = dice_between(dice, 0.25f, 0.5f);
    for (int i = 0; i < TWIGS; i++) {
        float along = ((float)i + dice_between(dice, 0.2f, 1.0f)) / TWIGS;
        Vec3 from = vec3_add(root, vec3(outward.x * length * along, -droop * length * along * along,
                                        outward.z * length * along));
        float twig = (0.24f + 0.22f * length) * (1.15f - 0.6f * along),
              swing = angle + dice_between(dice, -1, 1);
        Vec3 to = vec3_add(
            from, vec3(cosf(swing) * twig, -dice_between(dice, 0.25f, 0.8f) * twig, sinf(swing) * twig));
        Vec3 green =
            vec3_mix(vec3(0.030f, 0.055f, 0.028f), vec3(0.085f, 0.090f, 0.026f), dice_between(dice, 0, 1));
        thing_stroke(tree, from, to, dice_between(dice, 0.09f, 0.17f),
                     leaf_light(green, vec3_unit(outward), along));
    }
}

Thing thing_conifer(Vec3 foot, float height, uint32_t seed)
{
    Thing tree = {.depth = foot.z};
    Dice dice = {seed};
    Vec3 top = vec3_add(foot, vec3(dice_between(&dice, -0.02f, 0.02f) * height, height, 0));
    thing_stroke(&tree, foot, vec3_mix(foot, top, 0.93f), 0.016f * height,
                 lit(vec3(0.07f, 0.045f, 0.03f), vec3(-0.6f, 0, -0.8f)));
    float spread = height * dice_between(&dice, 0.17f, 0.21f);
    for (float up = 0.07f; up < 0.995f; up += 0.34f / height) {
        float reach = spread * powf(1 - up, 0.85f) + 0.1f;
        int boughs = 6 + (int)(5 * (1 - up));
        for (int i = 0; i < boughs; i++)
            bough(&tree, vec3_mix(foot, top, up), reach * dice_between(&dice, 0.65f, 1.15f),
                  dice_between(&dice, 0, TURN), &dice);
    }
    return tree;
}

/* A ball of leaves. */
static void leaf_cluster(Thing *tree, Vec3 middle, float radius, Vec3 crown, Dice *dice)
{
    enum { LEAVES = 170 };
    for (int i = 0; i < LEAVES; i++) {
        Vec3 out = vec3_unit(vec3(dice_normal(dice), dice_normal(dice), dice_normal(dice)));
        float share = powf(dice_between(dice, 0, 1), 0.4f);
        Vec3 at = vec3_add(middle, vec3_scale(out, radius * share));
        Vec3 tip = vec3_add(at, vec3(dice_between(dice, -0.14f, 0.14f), -dice_between(dice, 0.02f, 0.2f), 0));
        Vec3 gold = vec3_mix(vec3(0.42f, 0.17f, 0.018f), vec3(0.62f, 0.36f, 0.03f), dice_between(dice, 0, 1));
        Vec3 outward = vec3_unit(vec3_add(vec3_unit(vec3_sub(at, crown)), vec3_scale(out, 0.7f)));
        thing_stroke(tree, at, tip, dice_between(dice, 0.09f, 0.18f), leaf_light(gold, outward, share));
    }
}

Thing thing_birch(Vec3 foot, float height, uint32_t seed)
{
    enum { CLUSTERS = 26 };
    Thing tree = {.depth = foot.z};
    Dice dice = {seed};
    Vec3 crown = vec3_add(foot, vec3(0, 0.64f * height, 0));
    Vec3 bark = lit(vec3(0.48f, 0.44f, 0.38f), vec3(-0.6f, 0, -0.8f));
    thing_stroke(&tree, foot, vec3_add(foot, vec3(0.03f * height, 0.8f * height, 0)), 0.022f * height, bark);
    for (int i = 0; i < CLUSTERS; i++) {
        float up = dice_between(&dice, -1, 1), reach = 0.21f * height * sqrtf(1.02f - up * up * 0.85f);
        float angle = dice_between(&dice, 0, TURN), share = sqrtf(dice_between(&dice, 0.1f, 1));
        Vec3 middle = vec3_add(
            crown, vec3(cosf(angle) * reach * share, 0.33f * height * up, sinf(angle) * reach * share));
        leaf_cluster(&tree, middle, 0.085f * height, crown, &dice);
    }
    return tree;
}

Thing thing_grass(float depth, float left, float right, uint32_t seed)
{
    Thing grass = {.depth = depth};
    Dice dice = {seed};
    int blades = (int)((right - left) * 30);
    for (int i = 0; i < blades; i++) {
        float x = dice_between(&dice, left, right), z = depth + dice_between(&dice, -0.7f, 0.7f);
        float y = land_height(x, z);
        if (y < -0.05f)
            continue;
        float tuft = 0.5f + 1.3f * noise_fractal(x * 0.45f, z * 0.45f, 4, 44);
        if (tuft < 0.30f)
            continue;
        float height = dice_between(&dice, 0.08f, 0.30f) + 0.45f * tuft * dice_between(&dice, 0, 1);
        Vec3 foot = vec3(x, y - 0.05f, z),
             tip = vec3(x + height * dice_between(&dice, -0.3f, 0.45f), y + height, z);
        float dry = clamp01(0.5f + 1.8f * noise_fractal(x * 0.16f, z * 0.16f, 3, 45) +
                            dice_between(&dice, -0.3f, 0.3f));
        Vec3 straw = vec3_mix(vec3(0.040f, 0.060f, 0.018f), vec3(0.20f, 0.125f, 0.035f), dry);
        thing_stroke(&grass, foot, tip, 0.06f,
                     leaf_light(straw, vec3(-0.5f, 0.6f, -0.6f), dice_between(&dice, 0, 1)));
    }
    return grass;
}
