/* motif_watercolour.c: a small town by a river on a bright morning: sky and distance wet in wet, then houses, bridge
 * and water in flat washes with paper left between them, then shade as violet glazes, then the dark details. Light
 * comes from the left. */
#include "motif_watercolour.h"

typedef struct Touch {
    const char *outline;
    float width;
    Wash wash;
} Touch;

static const Touch sky[] = {
    {"~-80,-80 1330,-80 1330,70 1100,130 900,90 640,150 420,110 240,190 -80,170",
     0,
     {0x4f8fd0, 0x86bce6, 90, 0.85f, WASH_WET}},
    {"~760,210 980,160 1330,190 1330,290 1050,280 860,270", 0, {0x7fb4e0, 0xa8cfea, 0, 0.55f, WASH_WET}},
    {"~360,250 520,220 640,250 560,290 420,290", 0, {0x9aa0c4, 0xb8b0c4, 0, 0.40f, WASH_WET}},
    {"#-80,360 1330,360 1330,560 -80,560", 0, {0xf8d8a0, 0xf6c8a4, 0, 0.55f, WASH_WET}},
};

static const Touch distance[] = {
    {"~-60,470 90,424 220,446 370,384 500,432 640,400 760,440 900,420 1310,430 1310,604 -60,604",
     0,
     {0x8c9cd0, 0xb6b4d6, 90, 0.62f, WASH_FLAT}},
    {"~-60,528 110,486 260,510 420,470 560,512 640,606 -60,606",
     0,
     {0x7fa88c, 0xa9b878, 0, 0.60f, WASH_FLAT}},
    {"~150,500 220,486 290,504 330,540 200,540", 0, {0x4f7f7a, 0x6f9a6a, 0, 0.55f, WASH_FLAT}},
    {"#504,304 544,304 546,540 502,540", 0, {0xf0dcb8, 0xd8c4b8, 0, 0.55f, WASH_FLAT}},
    {"#526,306 544,304 546,540 528,540", 0, {0x8f88b4, 0xa898b0, 90, 0.6f, WASH_FLAT}},
    {"#496,306 522,188 552,304", 0, {0x5f7494, 0x4a587c, 0, 0.95f, WASH_FLAT}},
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
    {"#1072,384 1300,380 1300,604 1072,606", 0, {0xe8a87c, 0xd89468, 90, 0.72f, WASH_FLAT}},
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

static const Touch bridge[] = {
    {"~-60,514 100,496 260,490 420,498 574,526 576,616 512,616 500,574 464,548 426,548 390,574 380,616 "
     "320,616 "
     "308,568 266,540 218,540 176,568 164,616 102,616 90,574 54,550 12,550 -22,568 -60,616",
     0,
     {0xe2c094, 0xb89a90, 20, 0.85f, WASH_FLAT}},
    {"~390,574 426,548 464,548 500,574 506,612 484,580 454,566 424,568 400,588",
     0,
     {0x4f4a70, 0x6a5a70, 0, 1.0f, WASH_FLAT}},
    {"~176,568 218,540 266,540 308,568 314,614 290,574 256,560 218,562 190,584",
     0,
     {0x4f4a70, 0x6a5a70, 0, 1.0f, WASH_FLAT}},
    {"~-22,568 12,550 54,550 90,574 96,612 74,580 44,568 12,570 -30,590",
     0,
     {0x4f4a70, 0x6a5a70, 0, 1.0f, WASH_FLAT}},
    {"~-60,528 100,510 260,504 420,512 574,540", 0.005f, {0x6a5a78, 0x7a6474, 0, 0.8f, WASH_DETAIL}},
    {"~-60,514 100,496 260,490 420,498 574,526", 0.004f, {0x5a4a5c, 0x6a5058, 0, 0.8f, WASH_DETAIL}},
};

static const Touch river[] = {
    {"~-60,622 300,618 566,678 900,690 1310,698 1310,900 1000,930 640,900 300,880 -60,900",
     0,
     {0xa6d0dc, 0x5a98c0, 80, 0.75f, WASH_FLAT}},
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
    {"~-60,852 120,838 300,868 480,922 640,968 780,1060 -60,1060",
     0,
     {0xc8b85e, 0xb09a54, 0, 0.90f, WASH_FLAT}},
    {"~-60,912 110,896 280,922 440,976 560,1060 -60,1060", 0, {0x6f8a4a, 0x8a7a44, 0, 0.85f, WASH_FLAT}},
    {"~-60,970 100,950 260,976 380,1020 420,1060 -60,1060", 0, {0x34505a, 0x4a4a4c, 0, 1.0f, WASH_FLAT}},
    {"~60,900 160,890 300,920 380,960 260,950 140,920", 0, {0x4a6a4c, 0x6a6a44, 0, 0.8f, WASH_FLAT}},
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

static const Touch person[] = {
    {"~-3,-40 3,-41 4,-34 -3,-33", 0, {0xb87a60, 0x9a6454, 0, 1.0f, WASH_DETAIL}},
    {"~-7,-32 6,-32 8,-14 -8,-14", 0, {0x8a3440, 0x3f4a7a, 0, 1.0f, WASH_DETAIL}},
    {"~-7,-15 7,-15 5,0 1,-2 -1,-12 -3,0 -6,0", 0, {0x34344c, 0x34344c, 0, 1.0f, WASH_DETAIL}},
    {"#2,-1 26,5 24,8 0,3", 0, {0x6f6a98, 0x8a84a8, 0, 0.6f, WASH_DETAIL}},
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

/* One touch of a loaded brush: a short line, thicker in the middle. */
static Outline brush_touch(float x, float y, float length, float width, float angle, Dice *dice)
{
    Outline touch = {.count = 6, .curved = true};
    static const float along[] = {-1, -0.3f, 0.5f, 1, 0.4f, -0.4f},
                       across[] = {0.1f, 0.5f, 0.45f, 0, -0.5f, -0.45f};
    float c = cosf(angle), s = sinf(angle);
    for (int i = 0; i < 6; i++) {
        float u = 0.5f * length * along[i] * dice_between(dice, 0.85f, 1.15f);
        float v = width * across[i] * dice_between(dice, 0.8f, 1.2f);
        touch.x[i] = x + c * u - s * v;
        touch.y[i] = y + s * u + c * v;
    }
    return touch;
}

static void windows_of(Sheet *sheet, float left, float top, int columns, int rows, float across, float down,
                       bool shutters, Dice *dice)
{
    for (int i = 0; i < columns * rows; i++) {
        float x = left + across * (float)(i % columns) + 0.002f * dice_normal(dice);
        float y = top + down * (float)(i / columns) + 0.002f * dice_normal(dice);
        float half = dice_between(dice, 0.007f, 0.0095f), tall = dice_between(dice, 0.026f, 0.033f);
        Outline pane = {
            .count = 4, .x = {x - half, x + half, x + half, x - half}, .y = {y, y, y + tall, y + tall}};
        Wash dark = {0x3f4a68, 0x6a7a94, 60, dice_between(dice, 0.75f, 1.3f), WASH_DETAIL};
        sheet_wash(sheet, &pane, &dark, dice);
        for (int side = -1; shutters && side <= 1; side += 2) {
            Outline shutter =
                brush_touch(x + (float)side * 0.0145f, y + 0.5f * tall, tall, 0.008f, 1.57f, dice);
            Wash green = {0x4f8a78, 0x3f6a70, 90, dice_between(dice, 0.7f, 1.1f), WASH_DETAIL};
            sheet_wash(sheet, &shutter, &green, dice);
        }
    }
}

static void windows(Sheet *sheet, Dice *dice)
{
    windows_of(sheet, 0.624f, 0.440f, 2, 3, 0.045f, 0.056f, false, dice);
    windows_of(sheet, 0.730f, 0.404f, 2, 3, 0.045f, 0.062f, true, dice);
    windows_of(sheet, 0.858f, 0.462f, 2, 1, 0.042f, 0.060f, false, dice);
    windows_of(sheet, 0.966f, 0.376f, 3, 3, 0.036f, 0.066f, false, dice);
    windows_of(sheet, 0.992f, 0.292f, 1, 1, 0.036f, 0.066f, false, dice);
    windows_of(sheet, 1.110f, 0.430f, 3, 2, 0.058f, 0.066f, true, dice);
    static const Touch doors[] = {
        {"#836,540 862,540 862,608 836,608", 0, {0x7a4a3c, 0x4a3440, 90, 1.1f, WASH_DETAIL}},
        {"#990,570 1012,570 1012,606 990,606", 0, {0x5a4a5c, 0x3f3444, 90, 1.1f, WASH_DETAIL}},
        {"~1176,604 1176,572 1190,558 1204,572 1204,604", 0, {0x4a3a44, 0x5a4440, 90, 1.1f, WASH_DETAIL}},
        {"#866,528 930,526 938,552 872,556", 0, {0xd8503c, 0xc05040, 0, 0.9f, WASH_DETAIL}},
        {"#640,574 660,574 660,610 640,610", 0, {0x5a4a5c, 0x3f3444, 90, 1.1f, WASH_DETAIL}},
    };
    lay(sheet, doors, COUNT(doors), dice);
}

/* Leaves: a pale mass, then touches of middle green and of dark, then dry brush around. */
static void foliage(Sheet *sheet, const float box[4], int count, float size, Dice *dice)
{
    static const uint32_t greens[] = {0xb8c460, 0x8fb04c, 0x5f8f4a, 0x3f6f4c, 0x2a4a4c};
    for (int i = 0; i < count; i++) {
        float done = (float)i / (float)count, angle = dice_between(dice, 0, 6.2832f);
        float far = sqrtf(dice_between(dice, 0, 1)) * (1.05f - 0.25f * done);
        float x = box[0] + box[2] * far * cosf(angle) + 0.018f * done,
              y = box[1] + box[3] * far * sinf(angle) + 0.02f * done;
        int tone = (int)(done * 3.2f + dice_between(dice, 0, 1.5f));
        tone = tone > 4 ? 4 : tone;
        float wide = size * dice_between(dice, 0.6f, 1.4f) * (1.25f - 0.6f * done);
        Outline blob = outline_blob(x, y, wide * 1.25f, wide * 0.8f, 0.55f, dice);
        bool dry = dice_between(dice, 0, 1) < 0.25f;
        Wash wash = {greens[tone], greens[tone > 0 ? tone - 1 : 1], 90, dice_between(dice, 0.55f, 0.95f),
                     dry ? WASH_DRY : WASH_FLAT};
        sheet_wash(sheet, &blob, &wash, dice);
    }
}

/* Sparkles kept white, in flat rows. */
static void mask_sparkles(Sheet *sheet, Dice *dice)
{
    for (int i = 0; i < 90; i++) {
        float depth = dice_between(dice, 0, 1), y = 0.64f + 0.24f * depth;
        float x = dice_between(dice, 0, 1.25f),
              wide = (0.012f + 0.05f * depth) * dice_between(dice, 0.5f, 1.5f);
        Outline sparkle = brush_touch(x, y, wide, 0.0025f + 0.004f * depth, 0.02f * dice_normal(dice), dice);
        sheet_mask(sheet, &sparkle);
    }
}

static void ripples(Sheet *sheet, Dice *dice)
{
    static const uint32_t blues[] = {0x3f7fa8, 0x2f5f8c, 0x4f8fa0, 0x5a6a8c};
    for (int i = 0; i < 120; i++) {
        float depth = dice_between(dice, 0, 1), y = 0.65f + 0.25f * depth;
        float x = dice_between(dice, 0, 1.25f),
              wide = (0.025f + 0.07f * depth) * dice_between(dice, 0.5f, 1.4f);
        if (x > 0.56f && y < 0.70f)
            continue;
        Outline touch = brush_touch(x, y, wide, 0.004f + 0.006f * depth, 0.03f * dice_normal(dice), dice);
        uint32_t blue = blues[(int)dice_between(dice, 0, 3.99f)];
        Wash wash = {blue, blue, 0, dice_between(dice, 0.45f, 0.9f), i % 3 ? WASH_DETAIL : WASH_DRY};
        sheet_wash(sheet, &touch, &wash, dice);
    }
}

/* Stones of the bridge and the quay: a few touches here and there, never all. */
static void stones(Sheet *sheet, Dice *dice)
{
    for (int i = 0; i < 150; i++) {
        bool quay = i % 2;
        float x = quay ? dice_between(dice, 0.57f, 1.25f) : dice_between(dice, 0, 0.57f);
        float y = quay ? dice_between(dice, 0.620f, 0.676f) : dice_between(dice, 0.512f, 0.545f);
        Outline touch =
            brush_touch(x, y, dice_between(dice, 0.010f, 0.022f), 0.007f, 0.05f * dice_normal(dice), dice);
        uint32_t stone = i % 3 ? 0xa88a78 : 0x8a7a90;
        Wash wash = {stone, stone, 0, dice_between(dice, 0.3f, 0.7f), WASH_DETAIL};
        sheet_wash(sheet, &touch, &wash, dice);
    }
}

/* Reeds and flowers by the water. */
static void reeds(Sheet *sheet, Dice *dice)
{
    static const uint32_t greens[] = {0x6f8a3f, 0x3f6044, 0x2a3f44, 0x9a8a3f};
    for (int i = 0; i < 110; i++) {
        float x = dice_between(dice, 0, 0.62f), root = 0.90f + 0.19f * x + dice_between(dice, 0, 0.10f);
        float tall = dice_between(dice, 0.05f, 0.15f) * (1.15f - x);
        Outline blade = brush_touch(x, root - 0.5f * tall, tall, dice_between(dice, 0.004f, 0.008f),
                                    -1.57f + 0.18f * dice_normal(dice), dice);
        uint32_t green = greens[(int)dice_between(dice, 0, 3.99f)];
        Wash wash = {green, green, 0, dice_between(dice, 0.6f, 1.1f), i % 4 ? WASH_DETAIL : WASH_DRY};
        sheet_wash(sheet, &blade, &wash, dice);
    }
    static const uint32_t petals[] = {0xd8503c, 0xe88a3c, 0x8a5ab0, 0xe0a0b0};
    for (int i = 0; i < 40; i++) {
        float x = dice_between(dice, 0, 0.55f), y = 0.84f + 0.19f * x + dice_between(dice, 0, 0.09f);
        float size = dice_between(dice, 0.004f, 0.010f);
        Outline petal = outline_blob(x, y, size, size * 0.8f, 0.4f, dice);
        uint32_t tone = petals[(int)dice_between(dice, 0, 3.99f)];
        Wash wash = {tone, tone, 0, dice_between(dice, 0.8f, 1.2f), WASH_DETAIL};
        sheet_wash(sheet, &petal, &wash, dice);
    }
}

static void tree(Sheet *sheet, Dice *dice)
{
    static const Touch wood[] = {
        {"~70,930 92,860 96,740 88,620 78,500 66,400 84,396 104,500 112,600 124,740 130,860 150,940",
         0,
         {0x8a6450, 0x4a3a48, 0, 1.1f, WASH_FLAT}},
        {"~104,560 150,470 210,400 218,406 164,480 116,590", 0, {0x7a5a4c, 0x5a4450, 0, 1.0f, WASH_FLAT}},
        {"~86,540 50,460 -10,410 -14,420 38,474 80,570", 0, {0x7a5a4c, 0x5a4450, 0, 1.0f, WASH_FLAT}},
        {"~112,600 124,740 130,860 148,936 118,930 112,800", 0, {0x3f344c, 0x4a3a48, 0, 0.8f, WASH_FLAT}},
    };
    lay(sheet, wood, COUNT(wood), dice);
    foliage(sheet, (const float[]){0.10f, 0.24f, 0.19f, 0.15f}, 90, 0.036f, dice);
    foliage(sheet, (const float[]){0.26f, 0.37f, 0.07f, 0.05f}, 26, 0.026f, dice);
    foliage(sheet, (const float[]){0.0f, 0.40f, 0.06f, 0.06f}, 24, 0.026f, dice);
}

void motif_watercolour(Sheet *sheet, Dice *dice)
{
    sketch_lines(sheet, distance, COUNT(distance), dice);
    sketch_lines(sheet, houses, COUNT(houses), dice);
    sketch_lines(sheet, bridge, 1, dice);
    lay(sheet, sky, COUNT(sky), dice);
    lay(sheet, distance, COUNT(distance), dice);
    lay(sheet, houses, COUNT(houses), dice);
    lay(sheet, bridge, COUNT(bridge), dice);
    mask_sparkles(sheet, dice);
    lay(sheet, river, COUNT(river), dice);
    ripples(sheet, dice);
    sheet_unmask(sheet);
    lay(sheet, shade, COUNT(shade), dice);
    windows(sheet, dice);
    stones(sheet, dice);
    foliage(sheet, (const float[]){0.575f, 0.52f, 0.035f, 0.07f}, 34, 0.020f, dice);
    static const float people[][2] = {{0.16f, 0.500f}, {0.33f, 0.498f}, {0.36f, 0.500f}, {0.74f, 0.625f},
                                      {0.88f, 0.622f}, {0.91f, 0.624f}, {1.10f, 0.622f}};
    for (int i = 0; i < COUNT(people); i++)
        lay_at(sheet, person, COUNT(person), people[i][0], people[i][1], 1.15f, dice);
    lay_at(sheet, boat, COUNT(boat), 0.79f, 0.80f, 0.95f, dice);
    lay_at(sheet, red_boat, COUNT(red_boat), 1.06f, 0.87f, 1.15f, dice);
    lay(sheet, shore, COUNT(shore), dice);
    tree(sheet, dice);
    reeds(sheet, dice);
}
