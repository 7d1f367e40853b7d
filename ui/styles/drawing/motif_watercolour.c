/* motif_watercolour.c: a small town by a river on a bright morning: sky and distance wet in wet, then houses,
 * bridge and water in flat washes with paper left between them, then shade as violet glazes, then the dark
 * details. Light comes from the left. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_watercolour.h"

#include "brushwork.h"

typedef struct Touch {
    const char *outline;
    float width;
    Wash wash;
} Touch;

static const Touch sky[] = {
    {"~-80,-80 1330,-80 1330,70 1100,130 900,90 640,150 420,110 240,190 -80,170",
     0,
     {0x4f8fd0, 0x86bce6, 90, 0.68f, WASH_WET}},
    {"~760,210 980,160 1330,190 1330,290 1050,280 860,270", 0, {0x7fb4e0, 0xa8cfea, 0, 0.55f, WASH_WET}},
    {"~360,250 520,220 640,250 560,290 420,290", 0, {0x9aa0c4, 0xb8b0c4, 0, 0.40f, WASH_WET}},
    {"~-80,-80 1330,-80 1330,104 1262,84 1220,92 1190,112 1130,96 1100,66 1052,54 1010,64 980,88 936,76 "
     "890,44 830,40 "
     "790,66 760,98 700,104 640,84 600,100 560,132 500,128 470,108 420,116 380,150 330,160 290,190 200,200 "
     "-80,190",
     0,
     {0x6fa8e0, 0xa0c8ea, 90, 0.36f, WASH_FLAT}},
    {"~820,232 866,204 930,210 960,190 1020,186 1060,206 1120,196 1180,214 1330,206 1330,262 1240,276 "
     "1150,262 1060,280 "
     "960,262 880,262",
     0,
     {0x8cb8e0, 0xb8cce4, 90, 0.34f, WASH_FLAT}},
    {"#-80,360 1330,360 1330,560 -80,560", 0, {0xf8d8a0, 0xf6c8a4, 0, 0.55f, WASH_WET}},
};

static const Touch distance[] = {
    {"~-60,470 90,424 220,446 370,384 500,432 560,410 592,440 590,540 584,604 300,606 -60,604",
     0,
     {0x8c9cd0, 0xb6b4d6, 90, 0.62f, WASH_FLAT}},
    {"~-60,528 110,486 260,510 420,470 520,500 586,540 584,606 300,608 -60,606",
     0,
     {0x8ab86a, 0xb8c468, 0, 0.65f, WASH_FLAT}},
    {"~150,500 220,486 290,504 330,540 200,540", 0, {0x4f7f7a, 0x6f9a6a, 0, 0.55f, WASH_FLAT}},
};

static const Touch tower[] = {
    {"#504,304 544,304 546,540 502,540", 0, {0xf0dcb8, 0xd8c4b8, 0, 0.55f, WASH_FLAT}},
    {"#526,306 544,304 546,540 528,540", 0, {0x8f88b4, 0xa898b0, 90, 0.6f, WASH_FLAT}},
    {"#490,308 522,256 556,306", 0, {0xc06a48, 0x94483c, 0, 0.95f, WASH_FLAT}},
    {"~514,350 514,330 522,324 530,332 530,352", 0, {0x4a4a66, 0x4a4a66, 0, 1, WASH_DETAIL}},
};

static const Touch houses[] = {
    {"#592,404 698,402 700,610 590,612", 0, {0xf4d08c, 0xe8b878, 90, 0.70f, WASH_FLAT}},
    {"#582,408 644,330 708,406", 0, {0xd8764a, 0xb4523c, 0, 0.95f, WASH_FLAT}},
    {"#702,362 798,360 800,610 703,610", 0, {0xf0b09c, 0xe49c88, 90, 0.65f, WASH_FLAT}},
    {"#692,364 712,302 790,300 808,362", 0, {0xb4583c, 0xcc6e48, 0, 0.95f, WASH_FLAT}},
    {"#804,424 926,422 927,608 804,610", 0, {0xf6ead0, 0xefdcc0, 90, 0.35f, WASH_FLAT}},
    {"#798,426 818,356 912,354 936,424", 0, {0x6f84a4, 0x56678c, 0, 0.90f, WASH_FLAT}},
    {"#932,332 1066,330 1068,606 932,608", 0, {0xf8d878, 0xeebf66, 90, 0.75f, WASH_FLAT}},
    {"#922,334 998,244 1078,332", 0, {0xc8603e, 0xa84834, 0, 1.0f, WASH_FLAT}},
    {"#1072,384 1300,380 1300,604 1072,606", 0, {0xf0a060, 0xe08a50, 90, 0.85f, WASH_FLAT}},
    {"#1062,386 1092,304 1300,300 1300,382", 0, {0xb8583a, 0x94443a, 0, 0.95f, WASH_FLAT}},
    {"#1150,306 1152,262 1176,262 1176,304", 0, {0xd08a68, 0xa8705c, 0, 0.8f, WASH_FLAT}},
    {"#740,302 741,266 760,266 760,300", 0, {0xd08a68, 0xa8705c, 0, 0.8f, WASH_FLAT}},
    /* The quay in front of them. */
    {"#566,616 900,612 1310,608 1310,692 900,682 566,674", 0, {0xd8bc98, 0xb89c90, 0, 0.70f, WASH_FLAT}},
};

/* Shade: under the eaves, on the walls that look away from the sun, and thrown onto the next house. */
static const Touch shade[] = {
    {"#592,406 698,404 699,424 592,418", 0, {0x8078b4, 0x9a88b0, 0, 0.60f, WASH_FLAT}},
    {"#702,364 798,362 800,384 703,380", 0, {0x8078b4, 0x9a88b0, 0, 0.60f, WASH_FLAT}},
    {"#804,426 926,424 926,446 804,440", 0, {0x8488bc, 0x9a90b8, 0, 0.60f, WASH_FLAT}},
    {"#932,334 1066,332 1067,358 932,350", 0, {0x8078b4, 0xa08ab0, 0, 0.55f, WASH_FLAT}},
    {"#1072,386 1300,382 1300,408 1072,404", 0, {0x7870ac, 0x9a80a8, 0, 0.60f, WASH_FLAT}},
    {"#804,448 838,440 842,608 804,610", 0, {0x8f94c8, 0xa8a0c4, 90, 0.60f, WASH_FLAT}},
    {"#1072,404 1132,404 1138,606 1072,606", 0, {0x7c74b0, 0x98809c, 90, 0.65f, WASH_FLAT}},
    {"#640,334 708,406 650,404", 0, {0x7a4a64, 0x8a4a54, 0, 0.45f, WASH_FLAT}},
    {"#998,248 1078,332 1010,330", 0, {0x6a3f5c, 0x7a3f4c, 0, 0.50f, WASH_FLAT}},
    {"#566,650 900,656 1310,660 1310,694 900,684 566,676", 0, {0x6f6a98, 0x8a7a94, 0, 0.65f, WASH_FLAT}},
};

static const Touch doors[] = {
    {"#836,540 862,540 862,608 836,608", 0, {0x7a4a3c, 0x4a3440, 90, 1.1f, WASH_DETAIL}},
    {"#990,570 1012,570 1012,606 990,606", 0, {0x5a4a5c, 0x3f3444, 90, 1.1f, WASH_DETAIL}},
    {"~1176,604 1176,572 1190,558 1204,572 1204,604", 0, {0x4a3a44, 0x5a4440, 90, 1.1f, WASH_DETAIL}},
    {"#866,528 930,526 938,552 872,556", 0, {0xd8503c, 0xc05040, 0, 0.9f, WASH_DETAIL}},
    {"#640,574 660,574 660,610 640,610", 0, {0x5a4a5c, 0x3f3444, 90, 1.1f, WASH_DETAIL}},
};

static const Touch bridge[] = {
    {"~-60,514 100,496 260,490 420,498 574,526 576,616 512,616 500,574 464,548 426,548 390,574 380,616 "
     "320,616 "
     "308,568 266,540 218,540 176,568 164,616 102,616 90,574 54,550 12,550 -22,568 -60,616",
     0,
     {0xe2c094, 0xb89a90, 20, 0.85f, WASH_FLAT}},
    {"~390,574 426,548 464,548 500,574 506,612 484,580 454,566 424,568 400,588",
     0,
     {0x4a4470, 0x5a5070, 0, 1.4f, WASH_FLAT}},
    {"~176,568 218,540 266,540 308,568 314,614 290,574 256,560 218,562 190,584",
     0,
     {0x4a4470, 0x5a5070, 0, 1.4f, WASH_FLAT}},
    {"~-22,568 12,550 54,550 90,574 96,612 74,580 44,568 12,570 -30,590",
     0,
     {0x4a4470, 0x5a5070, 0, 1.4f, WASH_FLAT}},
    {"~-60,528 100,510 260,504 420,512 574,540", 0.005f, {0x6a5a78, 0x7a6474, 0, 0.8f, WASH_DETAIL}},
    {"~-60,514 100,496 260,490 420,498 574,526", 0.004f, {0x5a4a5c, 0x6a5058, 0, 0.8f, WASH_DETAIL}},
};

static const Touch river[] = {
    {"~-60,622 300,618 566,678 900,690 1310,698 1320,880 1320,1080 900,1080 500,1070 -60,1060",
     0,
     {0xa6d0dc, 0x5a98c0, 80, 0.70f, WASH_FLAT}},
    {"~-60,620 100,616 330,618 560,620 560,676 420,690 200,676 -60,690",
     0,
     {0x6f8f88, 0x8aa894, 90, 0.65f, WASH_WET}},
    {"~600,684 690,690 690,790 650,830 610,780", 0, {0xe8b46c, 0xd8a070, 90, 0.50f, WASH_WET}},
    {"~712,690 800,694 796,780 750,810 720,770", 0, {0xd87a60, 0xd08a74, 90, 0.50f, WASH_WET}},
    {"~940,694 1060,696 1056,800 1000,850 950,790", 0, {0xe8b050, 0xd89858, 90, 0.55f, WASH_WET}},
    {"~1080,698 1310,700 1310,820 1180,850 1100,790", 0, {0xb8644c, 0xa8705c, 90, 0.55f, WASH_WET}},
    {"~-60,780 300,800 640,840 1000,860 1310,850 1310,960 640,960 -60,900",
     0,
     {0x2f6f9c, 0x3f86ac, 0, 0.65f, WASH_WET}},
    {"~390,624 500,624 480,690 440,716 406,690", 0, {0x4f5a74, 0x6a7484, 90, 0.65f, WASH_WET}},
    {"~176,624 308,624 290,690 236,720 190,690", 0, {0x4f5a74, 0x6a7484, 90, 0.65f, WASH_WET}},
};

static const Touch shore[] = {
    {"~-60,812 120,800 320,836 520,896 720,950 900,1060 -60,1060",
     0,
     {0xf0b868, 0xe0a458, 30, 0.75f, WASH_FLAT}},
    {"~-60,838 120,824 310,858 510,918 690,972 820,1060 -60,1060",
     0,
     {0xa8cc58, 0xb8c458, 30, 0.60f, WASH_FLAT}},
    {"~-60,926 110,912 290,936 440,980 600,1060 -60,1060", 0, {0xb8743c, 0x8a7a4a, 0, 0.75f, WASH_FLAT}},
    {"~-60,950 100,938 260,970 400,1010 470,1060 -60,1060", 0, {0x2c2c58, 0x3a3058, 0, 2.4f, WASH_FLAT}},
    {"~130,930 200,914 330,950 420,1000 300,980 180,950", 0, {0x5a4a78, 0x7a5a6a, 0, 0.75f, WASH_FLAT}},
};

/* A rowing boat, its middle at the waterline, to be placed. */
static const Touch boat[] = {
    {"~-120,30 -40,44 60,44 120,28 90,64 20,84 -60,76", 0, {0x2f4a6a, 0x3f6a8a, 90, 0.75f, WASH_WET}},
    {"~-116,-16 -60,0 0,6 70,0 124,-26 102,14 54,32 -50,32 -96,12",
     0,
     {0x2f5a98, 0x24406c, 0, 1.15f, WASH_FLAT}},
    {"~-108,-18 -40,-26 40,-28 116,-26 66,-4 0,2 -58,-4", 0, {0xc88a54, 0x7a4f44, 0, 0.95f, WASH_FLAT}},
    {"~-60,-22 -20,-25 30,-26 60,-16 0,-8 -40,-10", 0, {0x4a3444, 0x5a3c40, 0, 0.9f, WASH_DETAIL}},
    {"~-114,-14 -60,2 0,8 70,2 122,-24", 0.005f, {0x2a2438, 0x2a2438, 0, 1.0f, WASH_DETAIL}},
};

static const Touch red_boat[] = {
    {"~-120,30 -40,44 60,44 120,28 90,60 20,76 -60,70", 0, {0x5a3444, 0x4a5a78, 90, 0.75f, WASH_WET}},
    {"~-116,-16 -60,0 0,6 70,0 124,-26 102,14 54,32 -50,32 -96,12",
     0,
     {0xc84a34, 0x8a3034, 0, 1.05f, WASH_FLAT}},
    {"~-108,-18 -40,-26 40,-28 116,-26 66,-4 0,2 -58,-4", 0, {0xd8b078, 0x8a6450, 0, 0.85f, WASH_FLAT}},
    {"~-40,-22 0,-25 50,-24 70,-14 10,-8 -30,-10", 0, {0x54404c, 0x5a3c40, 0, 0.9f, WASH_DETAIL}},
    {"~-114,-14 -60,2 0,8 70,2 122,-24", 0.005f, {0x2a2438, 0x2a2438, 0, 1.0f, WASH_DETAIL}},
};

/* People, about a hundredth of the height wide, standing at 0,0: two of them, in different clothes. */
static const Touch walker[] = {
    {"~-2,-42 2,-43 4,-38 1,-35 -3,-37", 0, {0xb87a60, 0x7a4a44, 0, 1.0f, WASH_DETAIL}},
    {"~-5,-34 4,-34 7,-24 5,-15 -6,-15 -7,-25", 0, {0xc8483c, 0x9a3040, 0, 0.9f, WASH_DETAIL}},
    {"~-5,-15 5,-15 7,0 4,0 1,-9 -4,1 -7,0", 0, {0x34405c, 0x34344c, 0, 0.9f, WASH_DETAIL}},
    {"#2,-1 30,6 26,9 0,3", 0, {0x6f6a98, 0x8a84a8, 0, 0.6f, WASH_DETAIL}},
};
static const Touch lady[] = {
    {"~-4,-39 0,-42 4,-39 2,-34 -2,-34", 0, {0xb87a60, 0x9a6454, 0, 0.9f, WASH_DETAIL}},
    {"~-8,-39 0,-45 8,-39 0,-40", 0, {0xe8c468, 0xc89a48, 0, 0.9f, WASH_DETAIL}},
    {"~-4,-33 4,-33 5,-22 -5,-22", 0, {0x5a7ab8, 0x4a5a94, 0, 0.8f, WASH_DETAIL}},
    {"~-4,-22 4,-22 10,-2 0,0 -9,-2", 0, {0x7a9acc, 0x5a6aa4, 0, 0.8f, WASH_DETAIL}},
    {"#2,-1 28,6 24,9 0,3", 0, {0x6f6a98, 0x8a84a8, 0, 0.6f, WASH_DETAIL}},
};

/* The trunk and the limbs of the tree in front; the last is its shade. */
static const Touch wood[] = {
    {"~70,930 92,860 96,740 88,620 78,500 66,400 84,396 104,500 112,600 124,740 130,860 150,940",
     0,
     {0x8a6450, 0x4a3a48, 0, 1.5f, WASH_FLAT}},
    {"~104,560 150,470 210,400 218,406 164,480 116,590", 0, {0x7a5a4c, 0x5a4450, 0, 1.0f, WASH_FLAT}},
    {"~86,540 50,460 -10,410 -14,420 38,474 80,570", 0, {0x7a5a4c, 0x5a4450, 0, 1.0f, WASH_FLAT}},
    {"~112,600 124,740 130,860 148,936 118,930 112,800", 0, {0x3f344c, 0x4a3a48, 0, 0.8f, WASH_FLAT}},
};

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

static void lay(Sheet *sheet, const Touch *table, int count, Dice *dice)
{
    for (int i = 0; i < count; i++) {
        Outline outline = outline_parse(table[i].outline, table[i].width);
        sheet_wash(sheet, &outline, &table[i].wash, dice);
    }
}

static void lay_at(Sheet *sheet, const Touch *table, int count, float x, float y, float scale, Dice *dice)
{
    for (int i = 0; i < count; i++) {
        Outline outline = outline_parse(table[i].outline, table[i].width);
        Outline placed = outline_placed(&outline, x, y, scale, 0.03f * dice_normal(dice));
        sheet_wash(sheet, &placed, &table[i].wash, dice);
    }
}

/* The pencil drawing below, seen where the paint is thin. */
static void sketch_lines(Sheet *sheet, const Touch *table, int count, Dice *dice)
{
    const Wash pencil = {0x6a6668, 0x6a6668, 0, 0.5f, WASH_PENCIL};
    for (int i = 0; i < count; i++) {
        Outline line = outline_parse(table[i].outline, 0.0016f);
        Outline shifted = outline_placed(&line, 0.002f * dice_normal(dice), 0.002f * dice_normal(dice), 1, 0);
        sheet_wash(sheet, &shifted, &pencil, dice);
    }
}

/* Keeps places free of the washes to come, so that what stands there gets clear colours. */
static void keep(Sheet *sheet, const Touch *table, int count)
{
    for (int i = 0; i < count; i++) {
        Outline outline = outline_parse(table[i].outline, table[i].width);
        sheet_mask(sheet, &outline);
    }
}

static void keep_hull(Sheet *sheet, float x, float y, float scale)
{
    for (int i = 1; i < 3; i++) {
        Outline part = outline_parse(boat[i].outline, 0);
        Outline placed = outline_placed(&part, x, y, scale, 0);
        sheet_mask(sheet, &placed);
    }
}

static void water(Sheet *sheet, Dice *dice)
{
    mask_sparkles(sheet, dice);
    keep(sheet, bridge, 1);
    keep(sheet, shore, 1);
    keep(sheet, wood, 1);
    keep_hull(sheet, 0.79f, 0.80f, 0.95f);
    keep_hull(sheet, 1.05f, 0.84f, 1.10f);
    lay(sheet, river, COUNT(river), dice);
    paint_ripples(sheet, dice);
    sheet_unmask(sheet);
}

static void glazes(Sheet *sheet, Dice *dice)
{
    static const Glazes patches[] = {
        {0.600f, 0.44f, 0.695f, 0.60f, 8, 0.022f, 1.1f, 0xe8b878, 0xd8a0a0},
        {0.708f, 0.39f, 0.795f, 0.60f, 8, 0.024f, 1.0f, 0xe49c88, 0xd8a8c0},
        {0.810f, 0.45f, 0.922f, 0.60f, 6, 0.020f, 1.2f, 0xf0d0a0, 0xc0b8dc},
        {0.938f, 0.36f, 1.062f, 0.60f, 9, 0.024f, 1.1f, 0xeebf66, 0xe0a070},
        {1.080f, 0.41f, 1.250f, 0.60f, 9, 0.024f, 1.2f, 0xe08a50, 0xc88078},
        {-0.02f, 0.53f, 0.56f, 0.60f, 10, 0.014f, 1.8f, 0xc8a080, 0xa898b0},
        {-0.02f, 0.43f, 0.55f, 0.50f, 8, 0.018f, 2.2f, 0x9aa0d0, 0xa0b090},
        {0.00f, 0.70f, 1.25f, 1.00f, 26, 0.016f, 3.4f, 0x5a98c0, 0x6fa8a8},
        {0.30f, 0.10f, 1.25f, 0.30f, 10, 0.022f, 2.4f, 0xa8ccec, 0xf0d0b8},
        {0.02f, 0.87f, 0.50f, 0.98f, 10, 0.014f, 2.2f, 0xd89850, 0xb08090},
    };
    for (int i = 0; i < COUNT(patches); i++)
        paint_glazes(sheet, &patches[i], dice);
}

static void tree(Sheet *sheet, Dice *dice)
{
    lay(sheet, wood, COUNT(wood), dice);
    paint_foliage(sheet, (const float[]){0.10f, 0.24f, 0.19f, 0.15f}, 74, 0.036f, dice);
    paint_foliage(sheet, (const float[]){0.24f, 0.37f, 0.08f, 0.05f}, 34, 0.026f, dice);
    paint_foliage(sheet, (const float[]){0.0f, 0.40f, 0.06f, 0.06f}, 24, 0.026f, dice);
}

static void far_bank(Sheet *sheet, Dice *dice)
{
    keep(sheet, wood, 3);
    keep(sheet, bridge, 1);
    keep(sheet, tower, 1);
    lay(sheet, distance, COUNT(distance), dice);
    sheet_unmask(sheet);
    keep(sheet, wood, 3);
    lay(sheet, tower, COUNT(tower), dice);
    lay(sheet, houses, COUNT(houses), dice);
    lay(sheet, bridge, COUNT(bridge), dice);
}

static void people(Sheet *sheet, Dice *dice)
{
    static const float places[][2] = {{0.20f, 0.500f},  {0.33f, 0.498f}, {0.352f, 0.500f}, {0.74f, 0.630f},
                                      {0.885f, 0.632f}, {0.91f, 0.634f}, {1.10f, 0.630f}};
    for (int i = 0; i < COUNT(places); i++)
        if (i % 2)
            lay_at(sheet, walker, COUNT(walker), places[i][0], places[i][1], 0.95f + 0.03f * (float)i, dice);
        else
            lay_at(sheet, lady, COUNT(lady), places[i][0], places[i][1], 1.05f, dice);
}

void motif_watercolour(Sheet *sheet, Dice *dice)
{
    sketch_lines(sheet, distance, COUNT(distance), dice);
    sketch_lines(sheet, tower, COUNT(tower), dice);
    sketch_lines(sheet, houses, COUNT(houses), dice);
    sketch_lines(sheet, bridge, 1, dice);
    lay(sheet, sky, COUNT(sky), dice);
    far_bank(sheet, dice);
    water(sheet, dice);
    lay(sheet, shade, COUNT(shade), dice);
    paint_windows(sheet, dice);
    lay(sheet, doors, COUNT(doors), dice);
    paint_stones(sheet, dice);
    paint_foliage(sheet, (const float[]){0.575f, 0.52f, 0.035f, 0.07f}, 34, 0.020f, dice);
    people(sheet, dice);
    lay_at(sheet, boat, COUNT(boat), 0.79f, 0.80f, 0.95f, dice);
    lay_at(sheet, red_boat, COUNT(red_boat), 1.05f, 0.84f, 1.10f, dice);
    lay(sheet, shore, COUNT(shore), dice);
    glazes(sheet, dice);
    tree(sheet, dice);
    paint_reeds(sheet, dice);
}
