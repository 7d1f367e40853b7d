/* motif_knife.c: everything is built of flat sides, as a blade likes it: facades, roofs, a quay, hulls.
 * The sky is the calm light part; the water breaks the houses' colours into level slabs. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_knife.h"

/* clang-format off */
#define PINK  {0xa8685e, 0xc98472, 0xdfa188, 0xeebb9f, 0xf7d3b8}
#define OCHRE {0x9c6a2e, 0xc08a3a, 0xd9a84e, 0xe9c472, 0xf4dca0}
#define CREAM {0xa8826c, 0xc9a280, 0xe2c096, 0xf0d9b2, 0xfaeed2}
#define BRICK {0x8c4032, 0xa04834, 0xb6563c, 0xce7250, 0xe29a7a}
#define SLATE {0x27323f, 0x3c4b5a, 0x566a78, 0x7f929a, 0xb0bcba}
#define TILES {0x6a2c24, 0x94402c, 0xb85a36, 0xcf7c4a, 0xe3a672}
#define TEAL  {0x123a44, 0x1c5560, 0x2f7378, 0x5f9a94, 0x9cc2b2}
#define PINE  {0x0e2a28, 0x17413c, 0x275c50, 0x4f8266, 0x9db48a}
#define BLUE  {0x3a5a78, 0x557c98, 0x7a9fb2, 0xa3bfc4, 0xccdad2}
#define WHITE {0xa88878, 0xcba88c, 0xe8c9a8, 0xf6dfc0, 0xfdf1dc}
#define DARK  {0x10161e, 0x182530, 0x263946, 0x3e5260, 0x6b7a80}
#define NAVY  {0x0f1c36, 0x16305a, 0x25497e, 0x4b74a0, 0x8faebf}
/* clang-format on */

enum { SKY, CLOUD, FAR, HILL, SEA };

static const Shape shapes[] = {
    [SKY] = {"P 0 0 1250 0 1250 1000 0 1000",
             {0x7da2bd, 0xa6c2cd, 0xcfd6cc, 0xf0ddc0, 0xfae3c4},
             .dark = {100, -100},
             .light = {900, 430},
             .unrest = 0.35f,
             .flow = -14,
             .bend = 30,
             .calm = true},
    [CLOUD] = {"P 430 150 560 104 640 112 760 60 905 74 1010 30 1270 46 1270 150 1120 168 1040 140 900 186 "
               "770 160 640 190 520 168 "
               "P -40 84 90 50 170 66 300 120 230 150 90 138 -40 172 P 860 300 1010 262 1110 278 1270 250 "
               "1270 318 1080 326",
               {0xc9a8a2, 0xe2bda6, 0xf2d0b0, 0xfae2c6, 0xfff3e0},
               .dark = {800, 220},
               .light = {820, 60},
               .unrest = 0.4f,
               .flow = -6,
               .calm = true},
    [FAR] = {"P 860 470 960 425 1060 440 1160 400 1250 412 1250 520 860 520",
             {0x58748a, 0x7189a0, 0x8ea2b2, 0xb2b9bf, 0xd3c8c2},
             .dark = {900, 520},
             .light = {1150, 390},
             .unrest = 0.3f,
             .flow = -12,
             .calm = true},
    [HILL] = {"P -10 250 110 205 240 190 380 215 520 180 660 235 760 290 850 350 960 455 960 600 -10 600",
              {0x11261f, 0x1f4032, 0x3c6040, 0x6f834c, 0xb0aa66},
              .dark = {560, 400},
              .light = {420, 180},
              .unrest = 0.5f,
              .flow = 24,
              .bend = -40,
              .calm = true},
    [SEA] = {"P 860 492 1250 486 1250 1000 0 1000 0 600 860 600",
             {0x123240, 0x1d4c5a, 0x357480, 0x7fa8a6, 0xd4d9c8},
             .dark = {200, 1000},
             .light = {1250, 500},
             .unrest = 0.35f,
             .flow = 1},
    /* Houses, from the left; each has a front and a roof. */
    {"P -10 345 92 345 92 570 -10 570", OCHRE, .dark = {0, 570}, .light = {90, 340}, .unrest = 0.3f,
     .flow = 90},
    {"P -10 350 -10 268 60 268 104 352", TILES, .dark = {100, 350}, .light = {0, 270}, .unrest = 0.4f,
     .flow = 62},
    {"P 92 300 206 300 206 570 92 570", CREAM, .dark = {90, 570}, .light = {200, 300}, .unrest = 0.25f,
     .flow = 90},
    {"P 82 304 148 228 216 304", SLATE, .dark = {210, 300}, .light = {110, 240}, .unrest = 0.4f, .flow = -50},
    {"P 206 372 330 372 330 570 206 570", BLUE, .dark = {206, 570}, .light = {330, 380}, .unrest = 0.3f,
     .flow = 90},
    {"P 200 378 226 310 312 310 338 378", SLATE, .dark = {338, 376}, .light = {220, 310}, .unrest = 0.4f,
     .flow = 70},
    {"P 330 285 428 285 428 570 330 570", PINK, .dark = {330, 570}, .light = {428, 290}, .unrest = 0.3f,
     .flow = 90},
    {"P 320 290 380 200 438 290", TILES, .dark = {438, 290}, .light = {350, 220}, .unrest = 0.4f, .flow = 56},
    {"P 428 352 566 352 566 570 428 570", WHITE, .dark = {428, 570}, .light = {566, 360}, .unrest = 0.25f,
     .flow = 90},
    {"P 420 358 450 282 552 282 576 358", TILES, .dark = {576, 356}, .light = {450, 280}, .unrest = 0.4f,
     .flow = 70},
    {"P 566 318 660 318 660 570 566 570", OCHRE, .dark = {566, 570}, .light = {660, 320}, .unrest = 0.3f,
     .flow = 90},
    {"P 556 324 614 242 670 324", SLATE, .dark = {670, 322}, .light = {590, 260}, .unrest = 0.4f, .flow = 54},
    {"P 660 405 790 405 790 570 660 570", PINK, .dark = {660, 570}, .light = {790, 410}, .unrest = 0.3f,
     .flow = 90},
    {"P 654 410 684 344 778 344 800 410", TILES, .dark = {800, 410}, .light = {680, 344}, .unrest = 0.4f,
     .flow = 68},
    {"P 790 458 880 458 880 575 790 575", CREAM, .dark = {790, 570}, .light = {880, 460}, .unrest = 0.3f,
     .flow = 90},
    {"P 784 462 812 412 862 412 888 462", SLATE, .dark = {888, 460}, .light = {810, 412}, .unrest = 0.4f,
     .flow = 66},
    /* Chimneys, doors, windows, shutters, awnings. */
    {"P 28 246 46 246 46 290 28 290 P 168 232 184 232 184 275 168 275 P 282 288 298 288 298 325 282 325 P "
     "398 210 412 210 "
     "412 262 398 262 P 520 262 536 262 536 300 520 300 P 632 250 646 250 646 290 632 290 P 740 326 754 326 "
     "754 360 740 360",
     BRICK, .dark = {100, 340}, .light = {300, 200}, .unrest = 0.5f, .flow = 90},
    {"P 14 380 34 380 34 415 14 415 P 56 380 76 380 76 415 56 415 P 14 446 34 446 34 484 14 484 P 56 446 76 "
     "446 76 484 56 484 "
     "P 112 334 132 334 132 372 112 372 P 164 334 184 334 184 372 164 372 P 112 404 132 404 132 442 112 442 "
     "P 164 404 184 404 "
     "184 442 164 442 P 112 474 132 474 132 508 112 508 P 228 404 248 404 248 440 228 440 P 286 404 306 404 "
     "306 440 286 440 "
     "P 228 470 248 470 248 508 228 508 P 348 322 366 322 366 360 348 360 P 392 322 410 322 410 360 392 360",
     DARK, .dark = {100, 540}, .light = {300, 330}, .unrest = 0.6f, .flow = 90},
    {"P 348 396 366 396 366 434 348 434 P 392 396 410 396 410 434 392 434 P 348 466 366 466 366 500 348 500 "
     "P 450 388 470 388 "
     "470 424 450 424 P 488 388 508 388 508 424 488 424 P 526 388 546 388 546 424 526 424 P 450 456 470 456 "
     "470 494 450 494 "
     "P 526 456 546 456 546 494 526 494 P 584 352 602 352 602 390 584 390 P 624 352 642 352 642 390 624 390 "
     "P 584 424 602 424 "
     "602 462 584 462 P 624 424 642 424 642 462 624 462 P 682 436 700 436 700 470 682 470 P 718 436 736 436 "
     "736 470 718 470 "
     "P 754 436 772 436 772 470 754 470",
     DARK, .dark = {400, 540}, .light = {700, 330}, .unrest = 0.6f, .flow = 90},
    {"P 806 484 822 484 822 512 806 512 P 844 484 860 484 860 512 844 512 P 164 498 190 498 190 566 164 566 "
     "P 286 500 312 500 312 "
     "566 286 566 P 490 500 516 500 516 566 490 566 P 604 498 630 498 630 566 604 566 P 700 504 724 504 724 "
     "566 700 566",
     DARK, .dark = {400, 580}, .light = {700, 470}, .unrest = 0.6f, .flow = 90},
    {"P 250 404 258 404 258 440 250 440 P 276 404 284 404 284 440 276 440 P 340 322 347 322 347 360 340 360 "
     "P 411 322 419 322 419 "
     "360 411 360 P 472 388 480 388 480 424 472 424 P 603 352 612 352 612 390 603 390 P 643 352 652 352 652 "
     "390 643 390 P 134 404 "
     "143 404 143 442 134 442 P 186 404 195 404 195 442 186 442 P 390 470 418 470 418 566 390 566 P 28 506 "
     "62 506 62 566 28 566",
     TEAL, .dark = {100, 560}, .light = {500, 330}, .unrest = 0.6f, .flow = 90},
    {"P 208 486 326 486 336 512 200 512 P 572 486 652 486 662 508 562 508", BRICK, .dark = {200, 515},
     .light = {320, 470}, .unrest = 0.6f, .flow = 90},
    /* The quay: pavement, wall, weed along the water. */
    {"P 0 562 790 562 900 566 940 588 0 592", CREAM, .dark = {0, 600}, .light = {700, 560}, .unrest = 0.5f,
     .flow = 2},
    {"P 0 590 940 586 940 622 0 640", SLATE, .dark = {300, 640}, .light = {700, 590}, .unrest = 0.5f,
     .flow = 0},
    {"P 0 634 940 616 940 626 0 652", DARK, .dark = {300, 660}, .light = {700, 610}, .unrest = 0.5f,
     .flow = -1},
    /* A small boat by the quay. */
    {"P 178 486 300 640 182 640", PINK, .dark = {300, 640}, .light = {180, 500}, .unrest = 0.3f, .flow = 60},
    {"P 40 650 330 642 300 702 90 708", TEAL, .dark = {180, 710}, .light = {150, 640}, .unrest = 0.3f,
     .flow = -2},
    {"P 36 644 334 636 330 652 40 660", WHITE, .dark = {40, 660}, .light = {300, 640}, .unrest = 0.3f,
     .flow = -2},
    /* The brick sail in the middle. */
    {"P 552 352 552 690 394 678 430 560 490 440", BRICK, .dark = {552, 690}, .light = {440, 480},
     .unrest = 0.45f, .flow = 106},
    {"P 574 340 682 690 578 700", OCHRE, .dark = {580, 700}, .light = {640, 560}, .unrest = 0.4f, .flow = 72},
    {"P 400 716 730 700 690 776 450 790", NAVY, .dark = {600, 790}, .light = {450, 710}, .unrest = 0.3f,
     .flow = -3},
    {"P 392 706 738 688 732 708 398 724", CREAM, .dark = {400, 725}, .light = {700, 690}, .unrest = 0.3f,
     .flow = -3},
    /* The fishing boat in front, with its cabin and tackle. */
    {"P 950 690 1080 684 1080 810 950 810", WHITE, .dark = {1080, 810}, .light = {950, 690}, .unrest = 0.3f,
     .flow = 90},
    {"P 1080 684 1130 700 1130 806 1080 810", SLATE, .dark = {1130, 810}, .light = {1080, 690},
     .unrest = 0.3f, .flow = 90},
    {"P 938 672 1088 664 1140 690 1134 704 1080 694 940 700", TILES, .dark = {1130, 700}, .light = {950, 670},
     .unrest = 0.3f, .flow = -3},
    {"P 968 716 996 714 996 752 968 754 P 1026 713 1056 711 1056 750 1026 752 P 1092 720 1118 726 1118 760 "
     "1092 756",
     DARK, .dark = {1100, 770}, .light = {970, 700}, .unrest = 0.6f, .flow = 90},
    {"P 770 790 850 806 1000 812 1250 800 1250 905 1200 930 880 940 820 890", PINE, .dark = {1000, 950},
     .light = {850, 800}, .unrest = 0.35f, .flow = 3},
    {"P 850 880 1250 866 1250 910 1200 934 880 944", BRICK, .dark = {1000, 950}, .light = {900, 870},
     .unrest = 0.35f, .flow = -2},
    {"P 760 776 850 794 1000 800 1250 786 1250 808 1000 822 846 816 766 798", WHITE, .dark = {1240, 820},
     .light = {820, 780}, .unrest = 0.3f, .flow = 2},
};

/* Masts and tackle are drawn last, with the blade's edge. */
static const KnifeLine lines[] = {
    {170, 470, 172, 650, 7},   {560, 300, 566, 704, 9},   {560, 306, 398, 706, 3}, {560, 306, 730, 694, 3},
    {930, 396, 936, 800, 9},   {1100, 520, 1096, 684, 7}, {930, 404, 780, 786, 4}, {930, 404, 1100, 530, 4},
    {1100, 526, 1206, 792, 4}, {932, 520, 1060, 470, 6},
};

int knife_lines(const KnifeLine **first)
{
    *first = lines;
    return sizeof lines / sizeof *lines;
}

static const float WATER_LINE = 0.640f;

/* Water mirrors the opposite bank, drawn out and shifted by the swell; towards us it shows its depth. */
static Vec3 water_colour(const Scene *scene, float x, float y, Dice *dice)
{
    float swell = 0.035f * noise_smooth(x * 6, y * 40, 331, NULL) + 0.012f * dice_normal(dice);
    float above = WATER_LINE - 0.95f * (y - WATER_LINE) + 0.02f * dice_normal(dice);
    Vec3 deep = scene_colour(scene, SEA, scene_tone(scene, SEA, x, y), 0.16f, dice);
    int mirrored = scene_part(scene, x + swell, above);
    if (y < WATER_LINE || mirrored == SEA)
        return deep;
    Vec3 shown =
        scene_colour(scene, mirrored, scene_tone(scene, mirrored, x + swell, above) - 0.15f, 0.12f, dice);
    float share = 0.72f - 0.9f * (y - WATER_LINE) + 0.5f * noise_smooth(x * 3, y * 26, 333, NULL);
    return vec3_mix(deep, shown, clamp01(share));
}

Vec3 knife_colour(const Scene *scene, float x, float y, Dice *dice)
{
    int part = scene_part(scene, x, y);
    if (part == SEA)
        return water_colour(scene, x, y, dice);
    return scene_colour(scene, part, scene_tone(scene, part, x, y), 0.10f, dice);
}

Scene knife_scene(int height)
{
    return scene_new(shapes, sizeof shapes / sizeof *shapes, height);
}
