/* motif_glass.c: a lake between hills, with a tree in autumn and irises. Everything is a pane, so all is
 * drawn in long curves that lead can follow; colours go from opal white and amber to ruby, violet and bottle
 * green. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_glass.h"

static const SketchPart sky[] = {
    {"#-20,-20 1270,-20 1270,520 -20,520", 0, {0x3f78c8, 0xc4d4e0, 90, 0.14f, 300, 60, 0, GLASS_BROAD}},
    {"~-60,70 160,110 380,70 620,104 860,64 1080,96 1310,60 1310,150 1080,180 860,146 620,188 380,156 "
     "160,196 -60,150",
     0,
     {0x8fb8dc, 0x6f9fd0, 0, 0.4f, 200, 60, 2, GLASS_BROAD}},
    {"~-60,214 160,256 380,220 620,250 860,210 1080,244 1310,206 1310,280 1080,310 860,276 620,318 380,286 "
     "160,322 "
     "-60,286",
     0,
     {0xf4ecd6, 0xe4e2d8, 0, 0.4f, 200, 60, 2, GLASS_BROAD}},
    {"~-60,286 160,322 380,286 620,318 860,276 1080,310 1310,280 1310,350 1080,366 860,340 620,376 380,350 "
     "160,380 "
     "-60,350",
     0,
     {0xf4d8ae, 0xefc0a0, 0, 0.4f, 200, 60, 2, GLASS_BROAD}},
    {"~-60,350 160,380 380,350 620,376 860,340 1080,366 1310,350 1310,440 -60,440",
     0,
     {0xf0bc84, 0xe2a078, 0, 0.5f, 160, 60, 2, GLASS_BROAD}},
};

static const SketchPart land[] = {
    {"~-60,420 90,360 200,400 330,300 430,350 560,260 690,360 800,310 930,400 1060,340 1180,400 1310,360 "
     "1310,540 "
     "-60,540",
     0,
     {0x5a58a8, 0x8f86c4, 90, 0.2f, 120, 60, 60, GLASS_MIDDLE}},
    {"~510,300 560,262 616,306 590,330 560,312 534,336",
     0,
     {0xf4f0e6, 0xdcdcec, 0, 0.2f, 60, 60, 0, GLASS_MIDDLE}},
    {"~296,326 330,302 380,326 356,350 328,336", 0, {0xf4f0e6, 0xdcdcec, 0, 0.2f, 60, 60, 0, GLASS_MIDDLE}},
    {"~600,500 720,420 860,440 980,390 1110,430 1310,390 1310,560 600,560",
     0,
     {0x2f6f8c, 0x4f8f9a, 90, 0.3f, 90, 60, NAN, GLASS_MIDDLE}},
    {"~-60,470 80,430 240,450 380,420 520,462 680,500 800,540 -60,560",
     0,
     {0x2a6a50, 0x6f9a4a, 0, 0.4f, 90, 60, NAN, GLASS_MIDDLE}},
    {"~760,544 880,490 1020,474 1150,480 1310,450 1310,560 760,570",
     0,
     {0x4f8a3a, 0xa8b040, 0, 0.4f, 90, 60, NAN, GLASS_MIDDLE}},
    {"~-60,520 120,500 300,512 470,524 600,546 -60,570",
     0,
     {0xb0702a, 0xd8a850, 0, 0.5f, 90, 60, NAN, GLASS_MIDDLE}},
};

static const SketchPart lake[] = {
    {"#-20,540 1270,540 1270,1020 -20,1020", 0, {0xa8cdd0, 0x1f5a94, 90, 0.25f, 260, 40, 0, GLASS_BROAD}},
    {"~-60,538 300,540 700,544 1310,538 1310,566 900,578 500,568 -60,574",
     0,
     {0xf2dcaa, 0xe8c486, 0, 0.4f, 160, 60, NAN, GLASS_MIDDLE}},
    {"~330,620 480,600 700,612 900,602 1100,622 900,644 700,652 480,640",
     0,
     {0x7f78bc, 0x9a94cc, 0, 0.4f, 160, 60, 0, GLASS_MIDDLE}},
    {"~480,700 620,682 800,694 1000,680 1290,700 1290,730 1000,720 800,734 620,722",
     0,
     {0xf0d8b8, 0xe6b98e, 0, 0.4f, 160, 60, 0, GLASS_MIDDLE}},
    {"~240,640 360,652 440,690 340,704 180,690 -40,700 -40,650",
     0,
     {0x4f9a9a, 0x2f7f94, 0, 0.4f, 160, 60, 0, GLASS_MIDDLE}},
    {"~300,790 520,766 760,784 980,768 1290,790 1290,830 980,816 760,836 520,816",
     0,
     {0x2f7fa8, 0x4fa0b4, 0, 0.4f, 160, 60, 0, GLASS_MIDDLE}},
};

static const SketchPart tree[] = {
    {"~150,1040 196,900 190,780 160,660 150,540 170,420 150,300 110,200 150,190 190,280 216,400 206,530 "
     "222,640 256,770 "
     "262,900 300,1040",
     0,
     {0x3a1d1c, 0x8a4a2a, 0, 0.4f, 60, 160, 88, GLASS_MIDDLE}},
    {"~186,420 240,330 330,260 430,220 540,200 544,212 440,240 350,284 270,350 216,440",
     0,
     {0x4a2420, 0x8a4a2a, 0, 0.3f, 60, 60, NAN, GLASS_MIDDLE}},
    {"~170,480 110,400 40,350 -40,330 -40,312 50,330 124,376 180,440",
     0,
     {0x3a1d1c, 0x6a3524, 0, 0.3f, 60, 60, NAN, GLASS_MIDDLE}},
};

static const SketchPart bank[] = {
    {"~-60,812 120,796 320,830 520,890 760,912 1000,890 1310,860 1310,1060 -60,1060",
     0,
     {0x3f7a3a, 0x24523c, 60, 0.4f, 120, 60, NAN, GLASS_MIDDLE}},
    {"~-60,900 140,880 340,910 540,960 760,980 1000,964 1310,940 1310,1060 -60,1060",
     0,
     {0x16382e, 0x101f30, 60, 0.4f, 120, 60, NAN, GLASS_MIDDLE}},
    {"~-60,846 100,836 260,862 400,910 300,920 140,886 -60,890",
     0,
     {0xc89a34, 0x8a8a2e, 0, 0.4f, 120, 60, NAN, GLASS_MIDDLE}},
};

/* An iris, its middle at the throat. */
static const SketchPart iris[] = {
    {"~-4,0 -40,-22 -52,-62 -30,-90 -6,-60", 0, {0x7a5ac0, 0xb49ae0, -60, 0.3f, 30, 30, 80, GLASS_WHOLE}},
    {"~4,0 40,-22 52,-62 30,-90 6,-60", 0, {0xa88ad8, 0x5a3fa0, 0, 0.3f, 30, 30, 100, GLASS_WHOLE}},
    {"~-18,-6 -24,-60 0,-104 24,-60 18,-6", 0, {0x8f70d0, 0xd0bcec, -90, 0.3f, 30, 30, 90, GLASS_WHOLE}},
    {"~-6,0 -36,-10 -72,14 -84,54 -60,70 -26,36", 0, {0x3a2a8c, 0x6a4fb4, 0, 0.3f, 30, 30, 130, GLASS_WHOLE}},
    {"~6,0 36,-10 72,14 84,54 60,70 26,36", 0, {0x6a4fb4, 0x33247c, 0, 0.3f, 30, 30, 50, GLASS_WHOLE}},
    {"~-20,4 20,4 34,50 0,96 -34,50", 0, {0x4f3aa4, 0x2f2078, 90, 0.3f, 30, 30, 90, GLASS_WHOLE}},
    {"~-9,6 9,6 8,46 -8,46", 0, {0xf6d048, 0xe89a2a, 90, 0, 1, 1, 90, GLASS_WHOLE}},
};

static const SketchPart sword[] = {
    /* a leaf: from its root upwards, a thousand long */
    {"~-40,0 -44,-400 -26,-760 20,-1000 34,-700 44,-400 46,0",
     0,
     {0x2a6a44, 0x9ab84a, -90, 0.4f, 60, 160, NAN, GLASS_WHOLE}},
};

static const SketchPart poppy[] = {
    {"~0,0 -44,-8 -56,-44 -22,-60 0,-40", 0, {0xb41d24, 0xe0522e, -90, 0.3f, 30, 30, 60, GLASS_WHOLE}},
    {"~0,0 44,-8 56,-44 22,-60 0,-40", 0, {0xc82a22, 0x8a1424, 0, 0.3f, 30, 30, 120, GLASS_WHOLE}},
    {"~0,0 -40,-6 -44,26 0,44 44,26 40,-6", 0, {0xd83a26, 0x9a1622, 90, 0.3f, 30, 30, 0, GLASS_WHOLE}},
    {"~-12,-10 0,-18 12,-10 12,6 0,12 -12,6", 0, {0x2a1c1c, 0x3a2a14, 0, 0, 1, 1, 0, GLASS_WHOLE}},
};

static void place(Sketch *sketch, const SketchPart *table, int count, const float at[4])
{
    for (int i = 0; i < count; i++) {
        Outline outline = outline_parse(table[i].outline, table[i].width);
        Outline placed = outline_placed(&outline, at[0], at[1], at[2], at[3]);
        sketch_add(sketch, &placed, &table[i].tint);
    }
}
#define PLACE(sketch, table, at) place(sketch, table, (int)(sizeof(table) / sizeof *(table)), at)

/* Whether a leaf there would cover much of one before. */
static bool crowded(float (*leaves)[3], int count, float x, float y, float size)
{
    for (int i = 0; i < count; i++)
        if (hypotf(leaves[i][0] - x, leaves[i][1] - y) < 1.12f * (leaves[i][2] + size))
            return true;
    return false;
}

/* A crown: leaves of autumn colours over darker green. */
static void crown(Sketch *sketch, const float box[4], Dice *dice)
{
    static const uint32_t tones[][2] = {{0xe8a02c, 0xc8641e}, {0xf2c44a, 0xe0902a}, {0xc8461e, 0x8f2020},
                                        {0x7f9a3a, 0x3f7a3a}, {0xd87a24, 0xa83a1e}, {0x8aa83a, 0x3f7a4a},
                                        {0xd8b83a, 0x8f9a34}};
    static const Tint ground = {0x5a6a30, 0xb0702c, 0, 0.9f, 90, 60, NAN, GLASS_MIDDLE};
    Outline mass = outline_blob(box[0], box[1], box[2], box[3], 0.22f, dice);
    sketch_add(sketch, &mass, &ground);
    float leaves[60][3];
    int count = 0;
    for (int i = 0; i < 900 && count < 60; i++) {
        float angle = dice_between(dice, 0, 6.2832f), far = 1.05f * sqrtf(dice_between(dice, 0, 1));
        float x = box[0] + far * box[2] * cosf(angle), y = box[1] + far * box[3] * sinf(angle);
        float size = dice_between(dice, 0.019f, 0.032f);
        if (crowded(leaves, count, x, y, size))
            continue;
        leaves[count][0] = x, leaves[count][1] = y, leaves[count++][2] = size;
        Outline leaf = outline_parse("~-44,0 -22,-21 6,-25 30,-14 52,2 28,17 4,25 -24,19", 0);
        Outline blob = outline_placed(&leaf, x, y, size * 29, dice_between(dice, 0, 6.2832f));
        const uint32_t *tone = tones[(int)dice_between(dice, 0, 6.999f)];
        Tint tint = {tone[0], tone[1], 90 + 40 * dice_normal(dice), 0.4f,
                     40,      40,      60 * dice_normal(dice),      GLASS_WHOLE};
        sketch_add(sketch, &blob, &tint);
    }
}

static void flowers(Sketch *sketch)
{
    static const float swords[][4] = {{0.72f, 1.04f, 0.42f, -0.30f}, {0.83f, 1.04f, 0.46f, -0.06f},
                                      {0.93f, 1.04f, 0.50f, 0.04f},  {1.03f, 1.04f, 0.56f, 0.16f},
                                      {1.11f, 1.04f, 0.42f, -0.04f}, {1.20f, 1.04f, 0.62f, -0.05f}};
    static const float irises[][4] = {{0.80f, 0.68f, 1.0f, -0.12f},  {0.97f, 0.60f, 1.15f, 0.05f},
                                      {1.14f, 0.70f, 1.1f, 0.12f},   {0.90f, 0.82f, 0.95f, 0.1f},
                                      {1.06f, 0.87f, 0.95f, -0.08f}, {1.22f, 0.86f, 1.0f, 0.1f}};
    static const float poppies[][4] = {{0.40f, 0.87f, 0.95f, -0.2f}, {0.52f, 0.93f, 1.05f, 0.15f},
                                       {0.35f, 0.96f, 0.9f, 0.1f},   {0.08f, 0.93f, 1.0f, -0.1f},
                                       {0.03f, 0.84f, 0.8f, 0.2f},   {0.64f, 0.97f, 0.8f, 0.0f}};
    for (size_t i = 0; i < sizeof swords / sizeof *swords; i++)
        PLACE(sketch, sword, swords[i]);
    for (size_t i = 0; i < sizeof poppies / sizeof *poppies; i++)
        PLACE(sketch, poppy, poppies[i]);
    for (size_t i = 0; i < sizeof irises / sizeof *irises; i++)
        PLACE(sketch, iris, irises[i]);
}

Sketch motif_glass(int width, int height)
{
    Dice dice = {8};
    Sketch sketch = sketch_new(width, height);
    SKETCH_ADD(&sketch, sky);
    SKETCH_ADD(&sketch, land);
    SKETCH_ADD(&sketch, lake);
    SKETCH_ADD(&sketch, bank);
    SKETCH_ADD(&sketch, tree);
    crown(&sketch, (const float[]){0.12f, 0.09f, 0.23f, 0.15f}, &dice);
    crown(&sketch, (const float[]){0.44f, 0.17f, 0.14f, 0.075f}, &dice);
    crown(&sketch, (const float[]){0.01f, 0.30f, 0.09f, 0.09f}, &dice);
    flowers(&sketch);
    return sketch;
}
