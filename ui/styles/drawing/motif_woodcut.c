/* motif_woodcut.c: the woodcut's composition: a lit mountain with a dark flank, a forest, a lake, a house on
 * its meadow, and a pine in front of it all. Light comes from the left. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_woodcut.h"

#include "noise.h"

#include "vec3.h"

#include <stddef.h>

static const PlanPoint far_range[] = {
    {-20, 400}, {60, 350},  {130, 372},  {220, 290},  {262, 318},  {330, 268},  {420, 350},  {520, 330},
    {900, 350}, {980, 280}, {1040, 318}, {1120, 240}, {1190, 300}, {1300, 250}, {1300, 640}, {-20, 640}};
static const PlanPoint mountain[] = {{150, 600}, {262, 490}, {318, 462},  {402, 352}, {446, 330}, {520, 232},
                                     {556, 222}, {632, 108}, {668, 132},  {700, 126}, {790, 236}, {838, 254},
                                     {930, 372}, {985, 398}, {1090, 500}, {1240, 600}};
static const PlanPoint flank[] = {{632, 108}, {668, 132},  {700, 126},  {790, 236}, {838, 254}, {930, 372},
                                  {985, 398}, {1090, 500}, {1240, 600}, {640, 620}, {668, 540}, {612, 500},
                                  {690, 430}, {640, 352},  {676, 300},  {628, 236}, {652, 180}};
static const PlanPoint gully[] = {{520, 232}, {560, 300}, {526, 350}, {570, 420}, {520, 480}, {560, 560},
                                  {470, 580}, {486, 470}, {450, 420}, {500, 340}, {486, 300}};
static const PlanPoint lit_rib[] = {{790, 236}, {838, 254}, {930, 372}, {900, 420}, {940, 500},
                                    {870, 560}, {880, 440}, {820, 380}, {836, 310}};
static const PlanPoint cloud_a[] = {{-40, 150}, {60, 112},  {150, 120}, {205, 84},  {300, 92}, {352, 128},
                                    {440, 138}, {470, 164}, {360, 176}, {240, 200}, {90, 192}, {-40, 214}};
static const PlanPoint cloud_b[] = {{760, 70},   {840, 36},   {930, 48},  {1000, 20},
                                    {1110, 34},  {1180, 74},  {1300, 80}, {1300, 150},
                                    {1160, 140}, {1050, 158}, {930, 122}, {830, 116}};
static const PlanPoint forest[] = {{-20, 520}, {100, 510},  {240, 536},  {400, 560},  {560, 590}, {760, 596},
                                   {940, 575}, {1100, 540}, {1300, 505}, {1300, 680}, {-20, 680}};
static const PlanPoint lake[] = {{-20, 660}, {300, 652}, {700, 640}, {1300, 648}, {1300, 900}, {-20, 900}};
static const PlanPoint meadow[] = {{-30, 640}, {60, 628},  {200, 634}, {330, 652}, {440, 690},
                                   {500, 724}, {470, 760}, {400, 800}, {300, 850}, {-30, 900}};
static const PlanPoint ground[] = {{-30, 905}, {120, 850},  {300, 822},  {470, 826},   {640, 862}, {800, 872},
                                   {960, 836}, {1100, 800}, {1310, 778}, {1310, 1060}, {-30, 1060}};
static const PlanPoint path[] = {{330, 1060}, {352, 985}, {330, 930}, {250, 880}, {205, 842},
                                 {190, 800},  {196, 776}, {228, 776}, {232, 806}, {262, 846},
                                 {350, 888},  {452, 950}, {500, 1060}};
static const PlanPoint trunk[] = {{1128, -20}, {1112, 120}, {1090, 300}, {1082, 460}, {1070, 620},
                                  {1040, 760}, {985, 860},  {890, 930},  {1005, 915}, {1060, 985},
                                  {1100, 918}, {1180, 945}, {1270, 920}, {1190, 850}, {1166, 740},
                                  {1160, 600}, {1162, 460}, {1172, 300}, {1190, 120}, {1204, -20}};
static const PlanPoint bough_a[] = {{1120, 190}, {1040, 150}, {960, 140}, {880, 112},  {800, 108},
                                    {800, 114},  {878, 126},  {956, 158}, {1030, 174}, {1110, 240}};
static const PlanPoint bough_b[] = {{1170, 300}, {1210, 250}, {1300, 215},
                                    {1300, 235}, {1220, 276}, {1172, 350}};
static const PlanPoint stub[] = {{1090, 430}, {1050, 400}, {1010, 396},
                                 {1012, 404}, {1048, 414}, {1086, 462}};

static void plan_air(Plan *plan)
{
    cairo_paint(plan->parts);
    PlanFade sky = {0, 0, 0.24f, 0, 360, 0.90f};
    const PlanPoint all[] = {{-9, -9}, {1289, -9}, {1289, 1033}, {-9, 1033}};
    plan_straight(plan, WOODCUT_SKY, sky, all, PLAN_COUNT(all));
    plan_round(plan, WOODCUT_CLOUD, (PlanFade){0, 100, 1, 0, 215, 0.92f}, cloud_a, PLAN_COUNT(cloud_a));
    plan_round(plan, WOODCUT_CLOUD, (PlanFade){0, 40, 1, 0, 165, 0.92f}, cloud_b, PLAN_COUNT(cloud_b));
}

static void plan_mountains(Plan *plan)
{
    plan_straight(plan, WOODCUT_FAR, (PlanFade){0, 260, 0.42f, 0, 480, 0.86f}, far_range,
                  PLAN_COUNT(far_range));
    plan_straight(plan, WOODCUT_LIT, (PlanFade){640, 120, 1, 330, 600, 0.72f}, mountain,
                  PLAN_COUNT(mountain));
    plan_straight(plan, WOODCUT_SHADE, (PlanFade){640, 140, 0.02f, 1000, 560, 0.36f}, flank,
                  PLAN_COUNT(flank));
    plan_straight(plan, WOODCUT_SHADE, (PlanFade){510, 240, 0.10f, 540, 580, 0.45f}, gully,
                  PLAN_COUNT(gully));
    plan_straight(plan, WOODCUT_LIT, (PlanFade){820, 250, 0.88f, 900, 560, 0.55f}, lit_rib,
                  PLAN_COUNT(lit_rib));
}

/* A fir's outline: tiers that droop at both sides. */
static void plan_fir(Plan *plan, float x, float foot, float height, float tone)
{
    enum { TIERS = 6 };
    PlanPoint points[4 * TIERS + 1];
    int count = 0;
    points[count++] = (PlanPoint){x, foot - height};
    for (int side = 1; side >= -1; side -= 2)
        for (int i = 0; i < TIERS; i++) {
            int tier = side > 0 ? i : TIERS - 1 - i;
            float low = foot - height + height * (float)(tier + 1) / TIERS;
            float uneven = 0.8f + 0.4f * noise_hash((int)x, tier * side, 31);
            float reach = (float)side * height * 0.20f * uneven * ((float)tier + 1.3f) / TIERS;
            for (int k = 0; k < 2; k++) { /* out to the tip and in again, or the other way */
                bool tip = (k == 0) == (side > 0);
                float aside = tip ? reach : 0.45f * reach;
                points[count++] = (PlanPoint){x + aside, tip ? low : low - 0.03f * height};
            }
        }
    plan_straight(plan, WOODCUT_FIR, (PlanFade){x - 0.16f * height, 0, tone, x + 0.03f * height, 0, 0.03f},
                  points, count);
}

static void plan_forest(Plan *plan)
{
    Dice dice = {5};
    plan_round(plan, WOODCUT_FOREST, plan_flat(0.07f), forest, PLAN_COUNT(forest));
    for (int i = 0; i < 24; i++) {
        float x = 5 + 55 * (float)i + dice_between(&dice, -12, 12);
        float valley = 60 * expf(-powf((x - 700) / 300, 2));
        plan_fir(plan, x, 640 + 0.1f * valley, dice_between(&dice, 110, 190) - 0.9f * valley, 0.5f);
    }
}

static void plan_house(Plan *plan)
{
    const PlanPoint gable[] = {{110, 780}, {110, 640}, {196, 560}, {282, 640}, {282, 780}};
    const PlanPoint side[] = {{282, 780}, {282, 636}, {412, 640}, {412, 762}};
    const PlanPoint roof[] = {{192, 540}, {330, 548}, {436, 650}, {288, 648}};
    const PlanPoint eave[] = {{82, 652}, {192, 540}, {204, 550}, {100, 662}};
    plan_straight(plan, WOODCUT_WALL, plan_flat(0.80f), gable, PLAN_COUNT(gable));
    plan_straight(plan, WOODCUT_SIDE, plan_flat(0.30f), side, PLAN_COUNT(side));
    plan_straight(plan, WOODCUT_ROOF, (PlanFade){200, 550, 0.80f, 420, 650, 0.55f}, roof, PLAN_COUNT(roof));
    plan_straight(plan, WOODCUT_HOLE, plan_flat(0.02f), eave, PLAN_COUNT(eave));
    static const float holes[][4] = {{132, 664, 34, 42}, {226, 664, 34, 42}, {178, 698, 36, 80},
                                     {310, 672, 26, 34}, {362, 672, 26, 34}, {184, 606, 24, 26}};
    for (int i = 0; i < 6; i++) {
        const float *h = holes[i];
        const PlanPoint hole[] = {
            {h[0], h[1]}, {h[0] + h[2], h[1]}, {h[0] + h[2], h[1] + h[3]}, {h[0], h[1] + h[3]}};
        plan_straight(plan, WOODCUT_HOLE, plan_flat(0.02f), hole, 4);
    }
}

/* A tuft of needles: a fan of spikes. */
static void plan_tuft(Plan *plan, float x, float y, float radius_x, float radius_y, int seed)
{
    enum { SPIKES = 23 };
    PlanPoint tuft[2 * SPIKES];
    for (int i = 0; i < 2 * SPIKES; i++) {
        float angle = 3.14159f * ((float)i + 0.6f * noise_hash(i, seed, 34)) / SPIKES;
        float ragged = i % 2 ? 0.55f : 0.9f + 0.4f * noise_hash(i, seed, 33);
        tuft[i].x = x + radius_x * ragged * cosf(angle);
        tuft[i].y = y + radius_y * ragged * sinf(angle) + 0.12f * fabsf(radius_x * cosf(angle));
    }
    plan_straight(plan, WOODCUT_NEEDLES, (PlanFade){0, y - radius_y, 0.45f, 0, y + 0.2f * radius_y, 0.02f},
                  tuft, 2 * SPIKES);
}

static void plan_pine(Plan *plan)
{
    static const float tufts[][4] = {{800, 100, 62, 40},  {868, 92, 70, 44},   {930, 122, 74, 48},
                                     {990, 128, 66, 44},  {1050, 140, 60, 44}, {1262, 204, 74, 52},
                                     {1215, 228, 60, 40}, {1010, 392, 52, 36}, {1030, 12, 110, 50},
                                     {1250, 30, 100, 60}, {920, 8, 80, 36},    {1120, 20, 80, 50}};
    PlanFade dark = plan_flat(0.05f);
    plan_round(plan, WOODCUT_TRUNK, dark, bough_a, PLAN_COUNT(bough_a));
    plan_round(plan, WOODCUT_TRUNK, dark, bough_b, PLAN_COUNT(bough_b));
    plan_round(plan, WOODCUT_TRUNK, dark, stub, PLAN_COUNT(stub));
    PlanFade round = {1080, 0, 0.75f, 1140, 0, 0.04f};
    plan_round(plan, WOODCUT_TRUNK, round, trunk, PLAN_COUNT(trunk));
    for (int i = 0; i < 12; i++)
        plan_tuft(plan, tufts[i][0], tufts[i][1], tufts[i][2], tufts[i][3], i);
}

Plan woodcut_plan(void)
{
    Plan plan = plan_new(1280, 1024);
    plan_air(&plan);
    plan_mountains(&plan);
    plan_forest(&plan);
    plan_round(&plan, WOODCUT_LAKE, (PlanFade){0, 655, 0.06f, 0, 790, 0.86f}, lake, PLAN_COUNT(lake));
    plan_round(&plan, WOODCUT_MEADOW, (PlanFade){0, 640, 1, 0, 860, 0.75f}, meadow, PLAN_COUNT(meadow));
    plan_fir(&plan, 60, 770, 240, 0.40f);
    plan_house(&plan);
    plan_round(&plan, WOODCUT_GROUND, (PlanFade){0, 830, 0.50f, 0, 985, 0.06f}, ground, PLAN_COUNT(ground));
    plan_round(&plan, WOODCUT_PATH, (PlanFade){0, 780, 0.95f, 0, 1024, 0.74f}, path, PLAN_COUNT(path));
    plan_pine(&plan);
    return plan;
}

/* Each part's direction, radians, and how much it sways. */
static const float directions[WOODCUT_PARTS][2] = {
    [WOODCUT_SKY] = {0, 0.22f},        [WOODCUT_CLOUD] = {0, 0.2f},     [WOODCUT_FAR] = {0.98f, 0},
    [WOODCUT_LIT] = {2.12f, 0},        [WOODCUT_SHADE] = {0.98f, 0},    [WOODCUT_FOREST] = {1.5708f, 0.05f},
    [WOODCUT_LAKE] = {0, 0.05f},       [WOODCUT_MEADOW] = {0, 0.3f},    [WOODCUT_ROOF] = {0.80f, 0.06f},
    [WOODCUT_WALL] = {1.5708f, 0.05f}, [WOODCUT_SIDE] = {0.01f, 0.04f}, [WOODCUT_FIR] = {2.25f, 0.4f},
    [WOODCUT_GROUND] = {-1.1f, 0.8f},  [WOODCUT_TRUNK] = {1.62f, 0},    [WOODCUT_NEEDLES] = {2.6f, 0},
    [WOODCUT_PATH] = {0.25f, 0.3f},
};

/* How far the form turns the cuts away from their part's direction. */
static float turn(WoodcutPart part, float x, float y)
{
    switch (part) {
    case WOODCUT_SKY: /* wind that parts around the peak */
        return 0.28f * sinf((x - 640) / 210) * smooth_step(-100, 330, y);
    case WOODCUT_CLOUD:
        return 0.35f * sinf(x / 70);
    case WOODCUT_LIT:
        return 0.55f * noise_smooth(x / 70, y / 90, 43, NULL);
    case WOODCUT_SHADE:
    case WOODCUT_FAR:
        return 0.50f * noise_smooth(x / 80, y / 100, 45, NULL);
    case WOODCUT_MEADOW:
        return 0.0022f * (x - 150);
    case WOODCUT_TRUNK:
        return 0.35f * noise_smooth(x / 30, y / 90, 47, NULL);
    case WOODCUT_NEEDLES:
        return 1.2f * noise_smooth(x / 90, y / 60, 49, NULL);
    default:
        return 0;
    }
}

float woodcut_flow(WoodcutPart part, float x, float y)
{
    float sway = noise_fractal(x / 150, y / 110, 2, 41);
    return directions[part][0] + directions[part][1] * sway + turn(part, x, y);
}
