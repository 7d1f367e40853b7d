/* motif_ink.c: the pen drawing's composition: gabled houses along a quay, an arched bridge, a boat on the
 * canal, and a tree on the near bank. Light comes from the left. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_ink.h"

#include "noise.h"
#include "vec3.h"

#include <stddef.h>

static const PlanPoint cloud_a[] = {{420, 190}, {470, 150}, {540, 150}, {580, 104}, {660, 96},
                                    {712, 128}, {790, 130}, {830, 168}, {900, 186}, {700, 206}};
static const PlanPoint cloud_b[] = {{900, 70}, {960, 36},  {1040, 44},  {1100, 10}, {1190, 22},
                                    {1300, 0}, {1300, 96}, {1150, 104}, {1000, 96}};
static const PlanPoint hill[] = {{-20, 430}, {200, 400}, {380, 420}, {520, 455},
                                 {640, 440}, {900, 420}, {900, 640}, {-20, 640}};
static const PlanPoint bridge[] = {{-20, 530}, {120, 492}, {280, 470}, {330, 468}, {400, 474},
                                   {540, 500}, {640, 540}, {640, 790}, {-20, 790}};
static const PlanPoint parapet[] = {{-20, 552}, {120, 514}, {280, 492}, {330, 490}, {400, 496},
                                    {540, 522}, {640, 562}, {640, 540}, {540, 500}, {400, 474},
                                    {330, 468}, {280, 470}, {120, 492}, {-20, 530}};
static const PlanPoint arch_a[] = {{262, 790}, {262, 790}, {266, 660}, {300, 584}, {362, 552},
                                   {424, 580}, {462, 660}, {468, 790}, {468, 790}};
static const PlanPoint arch_b[] = {{40, 790},  {40, 790},  {46, 670},  {78, 604}, {130, 580},
                                   {182, 606}, {212, 670}, {216, 790}, {216, 790}};
static const PlanPoint arch_c[] = {{516, 790}, {516, 790}, {520, 700}, {544, 640}, {580, 622},
                                   {612, 640}, {632, 700}, {636, 790}, {636, 790}};
static const PlanPoint quay[] = {{600, 628}, {900, 640}, {1300, 668}, {1300, 800}, {900, 752}, {600, 726}};
static const PlanPoint water[] = {{-20, 760},  {300, 735},   {600, 724}, {900, 752},
                                  {1300, 800}, {1300, 1060}, {-20, 1060}};
static const PlanPoint shadow[] = {{-20, 740},  {300, 734},  {620, 726}, {900, 753}, {1300, 800}, {1300, 930},
                                   {1180, 890}, {1060, 905}, {960, 850}, {850, 850}, {760, 806},  {620, 800},
                                   {480, 812},  {330, 796},  {200, 815}, {-20, 800}};
static const PlanPoint bank[] = {{-20, 770}, {120, 766}, {260, 800},  {370, 850},
                                 {420, 905}, {400, 960}, {470, 1060}, {-20, 1060}};
static const PlanPoint hull[] = {{610, 868}, {610, 868}, {660, 890}, {760, 904}, {880, 896}, {990, 858},
                                 {990, 858}, {960, 920}, {890, 956}, {780, 968}, {680, 950}, {632, 912}};
static const PlanPoint inside[] = {{628, 872}, {628, 872}, {740, 858}, {880, 856}, {974, 862},
                                   {974, 862}, {880, 890}, {762, 896}, {670, 884}};
static const PlanPoint trunk[] = {{96, 300},  {112, 470}, {104, 620}, {82, 740},  {30, 812},  {100, 800},
                                  {126, 840}, {160, 802}, {230, 826}, {186, 740}, {172, 620}, {178, 470},
                                  {214, 330}, {290, 250}, {270, 236}, {190, 300}, {160, 220}, {130, 230}};

static void plan_window(Plan *plan, float x, float y, float width, float height)
{
    const PlanPoint frame[] = {
        {x - 7, y - 7}, {x + width + 7, y - 7}, {x + width + 7, y + height + 9}, {x - 7, y + height + 9}};
    plan_straight(plan, INK_FRAME, plan_flat(1), frame, 4);
    for (int i = 0; i < 4; i++) { /* four panes */
        float left = x + (float)(i % 2) * 0.54f * width, top = y + (float)(i / 2) * 0.54f * height;
        const PlanPoint pane[] = {{left, top},
                                  {left + 0.46f * width, top},
                                  {left + 0.46f * width, top + 0.46f * height},
                                  {left, top + 0.46f * height}};
        plan_straight(plan, INK_HOLE, plan_flat(i == 0 ? 0.30f : 0.04f), pane, 4);
    }
}

typedef struct House {
    float left, right, eave, peak, foot, tone;
    int storeys, windows;
} House;

/* A gable towards us, its roof seen as a thin dark edge. */
static void plan_house(Plan *plan, const House *h, InkPart wall)
{
    float middle = 0.5f * (h->left + h->right), width = h->right - h->left;
    const PlanPoint front[] = {{h->left, h->foot},
                               {h->left, h->eave},
                               {middle, h->peak},
                               {h->right, h->eave},
                               {h->right, h->foot + 10}};
    const PlanPoint roof[] = {{h->left - 16, h->eave + 14},  {h->left - 12, h->eave - 6},
                              {middle, h->peak - 24},        {h->right + 12, h->eave - 6},
                              {h->right + 16, h->eave + 14}, {middle, h->peak + 6}};
    PlanFade shade = {h->left, 0, h->tone + 0.10f, h->right, 0, h->tone - 0.14f};
    plan_straight(plan, wall, shade, front, 5);
    plan_straight(plan, INK_ROOF, plan_flat(0.16f), roof, 6);
    float storey = (h->foot - h->eave) / (float)h->storeys, bay = width / (float)h->windows;
    for (int s = 0; s < h->storeys; s++)
        for (int w = 0; w < h->windows; w++)
            plan_window(plan, h->left + bay * ((float)w + 0.28f), h->eave + storey * ((float)s + 0.22f),
                        0.44f * bay, 0.50f * storey);
    plan_window(plan, middle - 0.09f * width, h->eave - 0.42f * (h->eave - h->peak), 0.18f * width,
                0.26f * (h->eave - h->peak));
}

static void plan_houses(Plan *plan)
{
    static const House houses[] = {{1085, 1310, 300, 160, 664, 0.52f, 4, 3},
                                   {690, 872, 372, 246, 636, 0.92f, 3, 2},
                                   {872, 1085, 330, 150, 648, 0.70f, 3, 3}};
    const PlanPoint low[] = {{584, 632}, {584, 486}, {694, 486}, {694, 634}};
    const PlanPoint low_roof[] = {{566, 492}, {604, 404}, {700, 400}, {700, 492}};
    const PlanPoint chimney[] = {{640, 410}, {640, 356}, {668, 356}, {668, 410}};
    plan_straight(plan, INK_WALL, plan_flat(0.66f), chimney, 4);
    plan_straight(plan, INK_WALL, plan_flat(0.86f), low, 4);
    plan_straight(plan, INK_ROOF, (PlanFade){0, 400, 0.55f, 0, 490, 0.30f}, low_roof, 4);
    for (int i = 0; i < 4; i++) { /* rows of tiles, each shaded by the next */
        float top = 404 + 22 * (float)i, slant = 19 - 4.75f * (float)i;
        const PlanPoint row[] = {
            {566 + 2 * slant, top}, {700, top}, {700, top + 22}, {566 + 2 * slant - 9, top + 22}};
        plan_straight(plan, i % 2 ? INK_ROOF : INK_ROOF_TOO, (PlanFade){0, top, 0.70f, 0, top + 22, 0.20f},
                      row, 4);
    }
    plan_window(plan, 606, 524, 26, 50);
    plan_window(plan, 650, 524, 26, 50);
    for (int i = 0; i < 3; i++)
        plan_house(plan, &houses[i], i == 1 ? INK_WALL : INK_WALL_TOO);
}

static void plan_tower(Plan *plan)
{
    const PlanPoint tower[] = {{486, 480}, {488, 262}, {556, 262}, {558, 480}};
    const PlanPoint spire[] = {{478, 268}, {522, 96}, {566, 268}};
    const PlanPoint slit[] = {{512, 340}, {512, 300}, {522, 286}, {532, 300}, {532, 340}};
    plan_straight(plan, INK_TOWER, (PlanFade){486, 0, 0.97f, 558, 0, 0.40f}, tower, 4);
    plan_straight(plan, INK_ROOF, (PlanFade){490, 0, 0.55f, 556, 0, 0.12f}, spire, 3);
    plan_straight(plan, INK_HOLE, plan_flat(0.05f), slit, 5);
}

/* An opening of the bridge, with the ring of stones around it. */
static void plan_arch(Plan *plan, const PlanPoint *points, int count)
{
    enum { MOST = 12 };
    PlanPoint ring[MOST];
    float middle = 0.5f * (points[0].x + points[count - 1].x), foot = points[0].y;
    for (int i = 0; i < count && i < MOST; i++)
        ring[i] = (PlanPoint){middle + 1.17f * (points[i].x - middle), foot + 1.09f * (points[i].y - foot)};
    plan_round(plan, INK_FRAME, plan_flat(0.94f), ring, count);
    PlanFade dark = {points[0].x, 0, 0.06f, points[count - 1].x, 0, 0.34f};
    plan_round(plan, INK_ARCH, dark, points, count);
}

static void plan_bridge(Plan *plan)
{
    plan_round(plan, INK_BRIDGE, (PlanFade){0, 480, 0.96f, 0, 740, 0.42f}, bridge, PLAN_COUNT(bridge));
    plan_round(plan, INK_FRAME, plan_flat(0.97f), parapet, PLAN_COUNT(parapet));
    plan_arch(plan, arch_a, PLAN_COUNT(arch_a));
    plan_arch(plan, arch_b, PLAN_COUNT(arch_b));
    plan_arch(plan, arch_c, PLAN_COUNT(arch_c));
}

/* Clumps of leaves, each lit from the upper left; front ones last. */
static void plan_tree(Plan *plan)
{
    static const float clumps[][3] = {{60, 260, 110}, {300, 250, 84},  {200, 290, 78}, {20, 150, 120},
                                      {330, 160, 96}, {180, 190, 110}, {90, 60, 130},  {260, 70, 110},
                                      {370, 70, 72},  {20, 330, 74},   {130, 150, 76}, {190, 20, 90}};
    plan_round(plan, INK_TRUNK, (PlanFade){90, 0, 0.74f, 180, 0, 0.14f}, trunk, PLAN_COUNT(trunk));
    for (int i = 0; i < 12; i++) {
        const float *c = clumps[i];
        PlanFade lit = {c[0] - 0.5f * c[2], c[1] - 0.6f * c[2], 0.96f,
                        c[0] + 0.4f * c[2], c[1] + 0.7f * c[2], 0.08f};
        plan_oval(plan, i % 2 ? INK_LEAVES : INK_LEAVES_TOO, lit, c[0], c[1], c[2], 0.78f * c[2]);
    }
}

Plan ink_plan(void)
{
    const PlanPoint all[] = {{-9, -9}, {1289, -9}, {1289, 1033}, {-9, 1033}};
    Plan plan = plan_new(1280, 1024);
    plan_straight(&plan, INK_SKY, (PlanFade){960, 0, 0.42f, 640, 370, 0.95f}, all, 4);
    plan_round(&plan, INK_CLOUD, (PlanFade){0, 100, 1, 0, 200, 0.82f}, cloud_a, PLAN_COUNT(cloud_a));
    plan_round(&plan, INK_CLOUD, (PlanFade){0, 10, 1, 0, 100, 0.82f}, cloud_b, PLAN_COUNT(cloud_b));
    plan_round(&plan, INK_HILL, (PlanFade){0, 400, 0.46f, 0, 520, 0.80f}, hill, PLAN_COUNT(hill));
    plan_tower(&plan);
    plan_houses(&plan);
    plan_bridge(&plan);
    plan_straight(&plan, INK_QUAY, (PlanFade){0, 630, 0.84f, 0, 780, 0.36f}, quay, PLAN_COUNT(quay));
    plan_straight(&plan, INK_WATER, (PlanFade){0, 730, 0.50f, 0, 950, 0.96f}, water, PLAN_COUNT(water));
    plan_round(&plan, INK_WATER, (PlanFade){700, 730, 0.10f, 760, 920, 0.62f}, shadow, PLAN_COUNT(shadow));
    plan_round(&plan, INK_BOAT, (PlanFade){0, 870, 0.66f, 0, 960, 0.20f}, hull, PLAN_COUNT(hull));
    plan_round(&plan, INK_INSIDE, (PlanFade){640, 0, 0.10f, 970, 0, 0.60f}, inside, PLAN_COUNT(inside));
    plan_round(&plan, INK_BANK, (PlanFade){0, 780, 0.92f, 200, 1000, 0.30f}, bank, PLAN_COUNT(bank));
    plan_tree(&plan);
    return plan;
}

/* Each part's direction, radians, and how much it sways. */
static const float directions[INK_PARTS][2] = {
    [INK_SKY] = {-0.22f, 0.10f},    [INK_CLOUD] = {0, 0.3f},        [INK_HILL] = {1.1f, 0.2f},
    [INK_TOWER] = {1.45f, 0.05f},   [INK_FRAME] = {1.45f, 0.05f},   [INK_HOLE] = {1.45f, 0.05f},
    [INK_WALL] = {0.95f, 0.05f},    [INK_WALL_TOO] = {1.5f, 0.04f}, [INK_ROOF] = {1.15f, 0.1f},
    [INK_ROOF_TOO] = {1.15f, 0.1f}, [INK_BRIDGE] = {0.06f, 0.06f},  [INK_ARCH] = {1.2f, 0},
    [INK_QUAY] = {0.06f, 0.03f},    [INK_WATER] = {0.02f, 0.05f},   [INK_BOAT] = {0, 0.06f},
    [INK_INSIDE] = {1.1f, 0},       [INK_BANK] = {-1.2f, 0},        [INK_TRUNK] = {1.75f, 0},
};

/* How far the form turns the lines away from their part's direction. */
static float turn(InkPart part, float x, float y)
{
    switch (part) {
    case INK_CLOUD:
        return 0.5f * sinf(x / 45);
    case INK_BRIDGE:
        return 0.0006f * (x - 330);
    case INK_ARCH:
        return 0.0022f * (x - 360);
    case INK_BOAT: /* planks that bend with the hull */
        return -0.0016f * (x - 790);
    case INK_BANK:
        return 0.5f * noise_smooth(x / 30, y / 30, 73, NULL);
    case INK_TRUNK:
        return 0.4f * noise_smooth(x / 30, y / 80, 74, NULL);
    case INK_LEAVES:
    case INK_LEAVES_TOO: /* curls, each its own way */
        return 4 * noise_smooth(x / 22, y / 22, 75, NULL);
    default:
        return 0;
    }
}

float ink_flow(InkPart part, float x, float y)
{
    float sway = noise_fractal(x / 160, y / 120, 2, 71);
    return directions[part][0] + directions[part][1] * sway + turn(part, x, y);
}
