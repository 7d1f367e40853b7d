/* motif_dots.c: a river bank on a summer afternoon: shade and a tree in front, people on the lit grass, sails
 * on the water, a village behind it. Light comes from the right, so everything is warm there and violet to
 * the left; the complementary pairs (orange and blue, yellow and violet, red and green) are laid side by
 * side. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_dots.h"

static const SketchPart behind[] = {
    {"#0,0 1250,0 1250,420 0,420", 0, {0x5c94d6, 0xfbdcb2, 90, 0.16f, 300, 60, 8, DOTS_BROAD}},
    {"~560,120 640,84 750,96 850,76 960,104 1080,96 1180,130 1060,150 900,140 760,156 640,148",
     0,
     {0xfdf3dc, 0xeec4bc, 90, 0.4f, 90, 30, 4, DOTS_BROAD}},
    {"~380,226 470,200 570,212 660,196 760,220 700,240 560,236 450,250",
     0,
     {0xfdf0d8, 0xf0c8b4, 90, 0.4f, 80, 26, 4, DOTS_BROAD}},
    {"~880,232 990,214 1090,226 1270,204 1280,240 1120,256 980,250",
     0,
     {0xfdf0d8, 0xf2c4a8, 90, 0.4f, 80, 26, 4, DOTS_BROAD}},
    {"~-30,352 120,320 260,336 400,310 540,330 700,300 860,316 1010,330 1120,318 1290,340 1290,420 -30,420",
     0,
     {0x8ea0d2, 0xb7b2d6, 90, 0.3f, 120, 40, 5, DOTS_BROAD}},
    {"~-30,392 90,366 240,372 420,378 620,372 800,380 1000,370 1140,376 1290,368 1290,432 -30,432",
     0,
     {0x6f9f58, 0xb9c46a, 70, 0.5f, 60, 20, 0, DOTS_MIDDLE}},
};

/* The village: walls, roofs, windows. */
static const SketchPart village[] = {
    {"#520,352 580,352 580,408 520,408", 0, {0xd9b7c4, 0xfbeacb, 0, 0.2f, 20, 20, 90, DOTS_FINE}},
    {"#510,356 532,322 570,322 590,356", 0, {0xb5492f, 0xe98442, 0, 0.2f, 20, 20, 0, DOTS_FINE}},
    {"#588,368 668,368 668,410 588,410", 0, {0xcdaac0, 0xf7dcae, 0, 0.2f, 20, 20, 90, DOTS_FINE}},
    {"#580,370 628,336 676,370", 0, {0x9d4038, 0xdb7038, 0, 0.2f, 20, 20, 0, DOTS_FINE}},
    {"#700,300 724,300 724,408 700,408", 0, {0xc3a5c4, 0xfdeed2, 0, 0.2f, 20, 20, 90, DOTS_FINE}},
    {"#694,304 712,248 730,304", 0, {0x4a5a9a, 0x7f86b8, 0, 0.2f, 20, 20, 90, DOTS_FINE}},
    {"#724,358 800,358 800,410 724,410", 0, {0xd8b3b4, 0xfbe6bb, 0, 0.2f, 20, 20, 90, DOTS_FINE}},
    {"#718,362 738,332 790,332 808,362", 0, {0xa8452f, 0xe07c3c, 0, 0.2f, 20, 20, 0, DOTS_FINE}},
    {"#538,370 548,370 548,390 538,390", 0, {0x4d5590, 0x6a70a8, 0, 0, 1, 1, 90, DOTS_FINE}},
    {"#560,370 570,370 570,390 560,390", 0, {0x4d5590, 0x6a70a8, 0, 0, 1, 1, 90, DOTS_FINE}},
    {"#608,380 618,380 618,398 608,398", 0, {0x4d5590, 0x6a70a8, 0, 0, 1, 1, 90, DOTS_FINE}},
    {"#640,380 650,380 650,398 640,398", 0, {0x4d5590, 0x6a70a8, 0, 0, 1, 1, 90, DOTS_FINE}},
    {"#744,376 756,376 756,396 744,396", 0, {0x4d5590, 0x6a70a8, 0, 0, 1, 1, 90, DOTS_FINE}},
    {"#774,376 786,376 786,396 774,396", 0, {0x4d5590, 0x6a70a8, 0, 0, 1, 1, 90, DOTS_FINE}},
};

static const SketchPart water[] = {
    {"#0,416 1250,412 1250,860 0,860", 0, {0xb9d3e2, 0x2f62ae, 90, 0.32f, 150, 11, 0, DOTS_BROAD}},
    {"~-30,418 300,414 700,416 1290,412 1290,424 1000,432 500,430 -30,432",
     0,
     {0x56784a, 0xa9a95c, 0, 0.4f, 60, 10, 0, DOTS_MIDDLE}},
    {"~500,434 590,430 690,434 800,432 806,470 780,520 720,486 660,540 600,484 530,510",
     0,
     {0xe2bfae, 0x9fb3d2, 90, 0.5f, 60, 9, 0, DOTS_BROAD}},
    {"~860,428 1000,432 1290,426 1290,470 1180,500 1060,474 930,490",
     0,
     {0x4f7f62, 0x7fa9b4, 90, 0.5f, 80, 9, 0, DOTS_BROAD}},
    {"~-20,430 200,430 420,434 430,470 300,500 120,488 -20,520",
     0,
     {0x3f6f5c, 0x6c9ab0, 90, 0.5f, 80, 9, 0, DOTS_BROAD}},
};

/* Two boats under sail, with their light on the water. */
static const SketchPart boats[] = {
    {"~956,560 1010,556 1046,562 1034,640 1010,690 980,660 960,620",
     0,
     {0xe08a52, 0x9fa6c8, 90, 0.45f, 60, 9, 0, DOTS_BROAD}},
    {"~990,322 1010,410 1000,538 930,540 962,450",
     0,
     {0xb8503a, 0xe9883c, 0, 0.25f, 60, 60, 70, DOTS_MIDDLE}},
    {"~1000,338 1042,430 1072,536 1010,538 1016,440",
     0,
     {0xe88a40, 0xf8c468, 0, 0.2f, 50, 50, 70, DOTS_MIDDLE}},
    {"~916,546 1000,550 1084,542 1070,566 1000,572 940,568",
     0,
     {0x3a2f6e, 0xa5483c, 0, 0.2f, 40, 20, 0, DOTS_FINE}},
    {"~880,374 892,420 886,458 846,460 866,420", 0, {0xe2c9d4, 0xfff4dc, 0, 0.2f, 40, 40, 70, DOTS_FINE}},
    {"~838,464 880,466 912,462 904,474 850,476", 0, {0x41346f, 0x8e4a4e, 0, 0.2f, 40, 20, 0, DOTS_FINE}},
};

static const SketchPart bank[] = {
    {"~-60,576 120,574 300,590 480,640 660,690 860,738 1060,764 1310,782 1310,1060 -60,1060",
     0,
     {0xc3cf56, 0x7fa63e, 100, 0.55f, 140, 34, 78, DOTS_BROAD}},
    {"~-60,572 120,570 300,586 480,636 660,686 860,734 1060,760 1310,778 1310,794 1040,782 840,752 640,704 "
     "460,656 "
     "290,606 110,590 -60,592",
     0,
     {0x7a6a8e, 0xe6c98e, 0, 0.4f, 70, 20, 12, DOTS_MIDDLE}},
    /* A path of warm sand. */
    {"~-60,700 120,690 330,716 560,762 800,790 1020,800 1310,800 1310,930 1000,896 760,862 520,820 300,770 "
     "120,750 "
     "-60,768",
     0,
     {0xd98a58, 0xf9dcae, -60, 0.5f, 130, 30, 10, DOTS_BROAD}},
    {"~-60,640 90,632 240,650 330,676 250,700 90,690 -60,706",
     0,
     {0x3f7a56, 0x6f9a48, 0, 0.5f, 70, 24, 80, DOTS_BROAD}},
};

/* The shade in front. */
static const SketchPart shade[] = {
    {"~-60,850 140,826 330,860 520,900 700,896 900,930 1080,920 1310,960 1310,1060 -60,1060",
     0,
     {0x2c6a54, 0x1c3f66, 80, 0.5f, 110, 40, 80, DOTS_BROAD}},
    {"~-60,930 160,916 380,950 640,980 860,980 1310,1010 1310,1060 -60,1060",
     0,
     {0x1d4a52, 0x241f5a, 70, 0.5f, 110, 40, 80, DOTS_BROAD}},
    /* The path again, in the shade. */
    {"~640,1060 760,960 900,920 1080,908 1310,930 1310,1060",
     0,
     {0x76605c, 0x38345c, 80, 0.4f, 110, 34, 10, DOTS_BROAD}},
};

static const SketchPart people[] = {
    /* Shadows on the grass. */
    {"~300,812 400,798 500,802 470,818 360,828", 0, {0x2f6a60, 0x3f7a50, 0, 0.3f, 40, 20, 0, DOTS_MIDDLE}},
    {"~452,812 520,800 572,804 540,816", 0, {0x2f6a60, 0x3f7a50, 0, 0.3f, 40, 20, 0, DOTS_MIDDLE}},
    {"~640,872 740,852 900,868 860,888 720,892", 0, {0x2f5f66, 0x3f7a50, 0, 0.3f, 40, 20, 0, DOTS_MIDDLE}},
    /* A woman under a parasol. */
    {"~424,634 456,634 470,690 482,740 496,806 440,814 368,810 384,752 376,706 398,664",
     0,
     {0x2e2a78, 0x7a6cc0, 0, 0.25f, 26, 90, 84, DOTS_FINE}},
    {"~426,570 452,568 466,596 458,638 422,640 420,600",
     0,
     {0x34307e, 0x8a78c8, 0, 0.2f, 26, 40, 84, DOTS_FINE}},
    {"#436,588 466,616 482,592", 0.017f, {0x4a3f92, 0xa08ad0, 0, 0, 1, 1, 30, DOTS_FINE}},
    {"#484,594 462,500", 0.006f, {0x7a4a2a, 0xc98a4a, 0, 0, 1, 1, 80, DOTS_FINE}},
    {"~432,534 448,530 460,542 458,560 444,568 432,556", 0, {0xc07a64, 0xf6c79c, 0, 0, 1, 1, 80, DOTS_FINE}},
    {"~424,548 420,532 436,520 452,526 440,536 436,552", 0, {0x5a2a2a, 0x9a4a2a, 0, 0, 1, 1, 60, DOTS_FINE}},
    {"~378,506 400,462 456,440 514,458 546,500 500,494 460,498 420,496",
     0,
     {0xa82a4a, 0xf58a3a, 0, 0.2f, 50, 30, 20, DOTS_FINE}},
    {"~440,446 470,444 500,462 510,492 480,494 464,470",
     0,
     {0xf2823a, 0xfbc65a, 0, 0.2f, 50, 30, 70, DOTS_FINE}},
    /* A child in white. */
    {"~522,696 548,696 560,740 574,802 536,808 502,802 514,744",
     0,
     {0xb8b4dc, 0xfffaf0, 0, 0.2f, 24, 60, 84, DOTS_FINE}},
    {"#520,738 560,732", 0.010f, {0x4a62b8, 0x5fa0d0, 0, 0, 1, 1, 0, DOTS_FINE}},
    {"~524,676 536,670 548,678 546,692 534,698 524,690", 0, {0xc98068, 0xf8cca2, 0, 0, 1, 1, 60, DOTS_FINE}},
    {"~510,676 536,654 562,676 536,680", 0, {0xb03440, 0xf07a3a, 0, 0.2f, 20, 20, 0, DOTS_FINE}},
    /* A man sitting on the grass. */
    {"~742,752 772,748 796,776 806,830 796,858 736,860 722,810",
     0,
     {0xa9a8dc, 0xfff2dc, 0, 0.2f, 30, 60, 80, DOTS_FINE}},
    {"~792,834 850,800 868,818 900,866 870,874 842,838 810,866 740,870 748,846",
     0,
     {0x231f5e, 0x4a58a8, 0, 0.25f, 40, 40, 20, DOTS_FINE}},
    {"#786,780 830,802 850,806", 0.016f, {0xbab4e0, 0xfff2dc, 0, 0, 1, 1, 30, DOTS_FINE}},
    {"~748,722 766,716 780,726 778,744 762,752 748,742", 0, {0xb87058, 0xf2bd90, 0, 0, 1, 1, 80, DOTS_FINE}},
    {"~726,726 752,720 756,702 778,700 782,716 802,718 768,730",
     0,
     {0xb8542a, 0xf09a3c, 0, 0.2f, 20, 20, 0, DOTS_FINE}},
    {"#752,720 784,716", 0.007f, {0x2a2a6a, 0x5a3a6a, 0, 0, 1, 1, 0, DOTS_FINE}},
};

static const SketchPart trunks[] = {
    {"~96,960 128,900 136,760 128,600 120,420 108,260 150,250 172,420 184,600 194,760 206,880 250,950 "
     "180,940",
     0,
     {0x4a2c40, 0xc87a48, 0, 0.3f, 24, 130, 86, DOTS_MIDDLE}},
    {"#134,440 70,330 20,230", 0.030f, {0x2a2352, 0x7a4a4a, 0, 0.3f, 30, 60, 60, DOTS_MIDDLE}},
    {"#158,420 230,320 300,240", 0.026f, {0x3a2a5a, 0xa8603f, 0, 0.3f, 30, 60, -45, DOTS_MIDDLE}},
    {"~1176,900 1184,800 1186,640 1178,480 1190,330 1204,330 1200,480 1208,640 1212,800 1226,904",
     0,
     {0x3a2d66, 0xd08a58, 0, 0.3f, 20, 90, 88, DOTS_MIDDLE}},
};

/* A mass of foliage: blobs, lit from the upper right; tones from the shade to the sun. */
static void leaves(Sketch *sketch, const float box[4], int count, float size, const uint32_t tones[5],
                   Dice *dice)
{
    for (int i = 0; i < count; i++) {
        float angle = dice_between(dice, 0, 6.2832f), far = sqrtf(dice_between(dice, 0, 1));
        float u = far * cosf(angle), v = far * sinf(angle);
        float lit = 1.6f + 1.3f * (u - v) + 0.8f * dice_normal(dice);
        int tone = lit < 0 ? 0 : lit > 3 ? 3 : (int)lit;
        Tint tint = {tones[tone + 1], tones[tone], 115 + 20 * dice_normal(dice), 0.6f, 26, 26, 0, DOTS_BROAD};
        tint.flow = 40 * dice_normal(dice);
        float radius = size * dice_between(dice, 0.5f, 1.2f);
        Outline blob = outline_blob(0.001f * (box[0] + u * box[2]), 0.001f * (box[1] + v * box[3]),
                                    radius * 1.2f, radius * 0.8f, 0.4f, dice);
        sketch_add(sketch, &blob, &tint);
    }
}

static void far_trees(Sketch *sketch, Dice *dice)
{
    static const uint32_t tones[5] = {0x3a4f86, 0x37717a, 0x4f8a5c, 0x86a858, 0xc3c468};
    static const float places[][4] = {{60, 356, 90, 30},   {210, 366, 80, 24},  {390, 352, 70, 34},
                                      {470, 380, 50, 18},  {850, 366, 50, 30},  {960, 376, 90, 20},
                                      {1090, 350, 80, 38}, {1220, 362, 70, 34}, {660, 388, 30, 10}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        leaves(sketch, places[i], 14, 0.019f, tones, dice);
}

/* Short strokes of light and dark on the water, flat and narrower with the distance. */
static void ripples(Sketch *sketch, Dice *dice)
{
    static const uint32_t tones[] = {0xf7e6c8, 0x234a9a, 0x8fbfd8, 0xe9b79a, 0x2f7fae, 0xcfe0e6};
    for (int i = 0; i < 260; i++) {
        float depth = dice_between(dice, 0, 1), y = 0.432f + 0.36f * depth * depth;
        float x = dice_between(dice, 0, 1.25f),
              long_ = (0.02f + 0.05f * depth) * dice_between(dice, 0.5f, 1.4f);
        Outline line = {.count = 3, .curved = true, .width = 0.004f + 0.006f * depth};
        for (int j = 0; j < 3; j++) {
            line.x[j] = x + long_ * (float)(j - 1);
            line.y[j] = y + 0.003f * dice_normal(dice);
        }
        uint32_t tone = tones[(int)dice_between(dice, 0, 5.999f)];
        Tint tint = {tone, tone, 0, 0, 1, 1, 0, DOTS_BROAD};
        sketch_add(sketch, &line, &tint);
    }
}

/* Tufts and flowers of the meadow. */
static void meadow(Sketch *sketch, Dice *dice)
{
    static const uint32_t tones[] = {0xe2dc62, 0x3f8a4a, 0xf0c84a, 0x5f9a3e, 0xd96a3a, 0xe8a0b4};
    for (int i = 0; i < 240; i++) {
        float x = dice_between(dice, 0, 1.25f), y = dice_between(dice, 0.60f + 0.16f * x / 1.25f, 0.92f);
        int tone = (int)dice_between(dice, 0, 5.999f);
        float size = tone > 3 ? 0.006f : 0.012f;
        Outline tuft = outline_blob(x, y, size * 0.7f, size, 0.3f, dice);
        Tint tint = {tones[tone], tones[tone], 0, 0, 1, 1, 80, tone > 3 ? DOTS_FINE : DOTS_BROAD};
        sketch_add(sketch, &tuft, &tint);
    }
}

Sketch motif_dots(int width, int height)
{
    static const uint32_t tones[5] = {0x231f5e, 0x1d4a62, 0x257052, 0x6f9a3c, 0xc9c848};
    Dice dice = {4};
    Sketch sketch = sketch_new(width, height);
    SKETCH_ADD(&sketch, behind);
    far_trees(&sketch, &dice);
    SKETCH_ADD(&sketch, village);
    SKETCH_ADD(&sketch, water);
    ripples(&sketch, &dice);
    SKETCH_ADD(&sketch, boats);
    SKETCH_ADD(&sketch, bank);
    meadow(&sketch, &dice);
    SKETCH_ADD(&sketch, shade);
    SKETCH_ADD(&sketch, people);
    SKETCH_ADD(&sketch, trunks);
    leaves(&sketch, (const float[]){130, 90, 260, 130}, 190, 0.030f, tones, &dice);
    leaves(&sketch, (const float[]){20, 240, 110, 70}, 50, 0.026f, tones, &dice);
    leaves(&sketch, (const float[]){330, 200, 70, 50}, 34, 0.024f, tones, &dice);
    leaves(&sketch, (const float[]){1196, 230, 80, 140}, 80, 0.026f, tones, &dice);
    return sketch;
}
