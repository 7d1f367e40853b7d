/* motif_swirls.c: the wind turns in the upper sky and lies down towards the horizon, where a pale band stays
 * calm; the hills roll under a village, cypresses flicker upwards like flames.
 *
 * The shapes are cut out of the scene's paper; what makes them live, the streams, is a formula for each
 * kind. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif_swirls.h"

enum {
    SKY,
    CLOUD,
    FAR,
    LAKE,
    HILL,
    SLOPE,
    WALLS_BACK,
    SHADE_BACK,
    ROOFS_BACK,
    HOLES_BACK,
    BUSHES_BACK,
    WALLS,
    SHADE,
    ROOFS,
    HOLES,
    BUSHES,
    WHEAT,
    LAVENDER,
    PATH,
    HEDGE,
    CYPRESS,
    PARTS
};

static const Shape shapes[PARTS] = {
    [SKY] = {"P 0 0 1250 0 1250 1000 0 1000",
             {0x1c2f78, 0x2a5c9e, 0x4f9bb0, 0xa9cdb6, 0xf4e6c2},
             .dark = {700, -120},
             .light = {560, 430},
             .unrest = 0.05f},
    [CLOUD] = {"", {0x5b4f86, 0xa8688c, 0xe2937c, 0xf3c596, 0xfbeccb}},
    [FAR] = {"P 0 440 90 405 210 432 330 388 450 425 600 400 760 428 900 372 1010 408 1120 380 1250 425 1250 "
             "1000 0 1000",
             {0x37407f, 0x4a5c9a, 0x6a80ab, 0x9b9bb0, 0xd9a796},
             .dark = {600, 480},
             .light = {560, 375},
             .unrest = 0.25f,
             .calm = true},
    [LAKE] = {"P 0 462 300 452 560 458 560 540 0 560",
              {0x3d6f9f, 0x6aa5b0, 0xb2cfb8, 0xf1dfb8, 0xf7c9a0},
              .dark = {0, 530},
              .light = {300, 470},
              .unrest = 0.3f,
              .calm = true},
    [HILL] = {"S -80 520 120 505 300 512 470 478 640 452 860 470 1080 432 1330 470 1400 1100 -100 1100",
              {0x1e3f4a, 0x2f6a58, 0x6d8f4c, 0xb3a64a, 0xe3c065},
              .dark = {1000, 640},
              .light = {700, 440},
              .unrest = 0.3f},
    [SLOPE] = {"S 780 580 940 540 1120 545 1330 500 1400 1100 600 1100 640 680",
               {0x1f3550, 0x245a5c, 0x3f7f58, 0x8c9a48, 0xdab155},
               .dark = {1100, 760},
               .light = {1000, 520},
               .unrest = 0.3f},
    [WALLS_BACK] = {"P 430 520 430 476 457 446 484 476 484 520 P 592 508 592 458 617 428 642 458 642 508 "
                    "P 700 528 700 488 731 454 762 488 762 528 P 330 540 330 506 352 482 374 506 374 540",
                    {0xc98f78, 0xe0b08c, 0xefcfa2, 0xf7e3bd, 0xfdf2d8},
                    .dark = {560, 560},
                    .light = {560, 450},
                    .unrest = 0.2f,
                    .flow = 90},
    [SHADE_BACK] = {"P 484 520 484 476 564 476 564 520 P 642 508 642 458 708 458 708 508 "
                    "P 762 528 762 488 832 488 832 528 P 374 540 374 506 434 506 434 540",
                    {0x4a4f88, 0x6a6c9c, 0x8f89a8, 0xb7a0a6, 0xd8b8a4},
                    .dark = {560, 540},
                    .light = {560, 440},
                    .unrest = 0.3f},
    [ROOFS_BACK] =
        {"P 457 443 481 481 570 481 543 443 T 7 425 481 457 444 P 617 425 639 463 714 463 689 425 "
         "T 7 587 463 617 426 P 731 451 759 493 838 493 807 451 T 7 695 493 731 452 P 352 479 371 511 440 "
         "511 418 479 T 7 325 511 352 480",
         {0x6a2a3a, 0xa2403a, 0xc85a38, 0xe0803f, 0xf0ae62},
         .dark = {760, 520},
         .light = {400, 440},
         .unrest = 0.35f,
         .flow = 60},
    [HOLES_BACK] =
        {"P 451 478 463 478 463 498 451 498 P 508 520 508 494 522 494 522 520 P 611 460 623 460 623 480 611 "
         "480 P 662 508 662 478 676 478 676 508 P 725 490 737 490 737 510 725 510 P 783 528 783 504 797 "
         "504 797 528 P 346 508 358 508 358 528 346 528",
         {0x1b2450, 0x24366a, 0x3a4a78, 0x5a4f70, 0x7a5a66},
         .dark = {560, 540},
         .light = {560, 440},
         .flow = 90},
    [BUSHES_BACK] =
        {"O 560 528 34 24 0 O 690 520 30 22 0 O 452 530 28 18 0 O 850 520 40 28 0 O 300 545 44 22 0 "
         "O 905 512 30 24 0 O 250 552 30 16 0",
         {0x14304a, 0x1d5050, 0x33704e, 0x7d8c44, 0xcba84e},
         .dark = {640, 560},
         .light = {560, 490},
         .unrest = 0.4f},
    [WALLS] = {"P 380 602 380 546 415 506 450 546 450 602 P 560 588 560 528 598 482 636 528 636 588 "
               "P 735 606 735 554 768 516 801 554 801 606 P 508 566 508 526 531 498 554 526 554 566",
               {0xc98a70, 0xe2ae86, 0xf1cfa0, 0xf9e6c2, 0xfef5de},
               .dark = {560, 640},
               .light = {560, 510},
               .unrest = 0.2f,
               .flow = 90},
    [SHADE] = {"P 450 602 450 546 540 546 540 602 P 636 588 636 528 732 528 732 588 P 801 606 801 554 885 "
               "554 885 606 "
               "P 554 566 554 526 604 526 604 566",
               {0x3f4684, 0x5f649a, 0x8782aa, 0xb09aa8, 0xd6b3a2},
               .dark = {560, 620},
               .light = {560, 500},
               .unrest = 0.3f},
    [ROOFS] = {"P 415 503 447 551 546 551 511 503 T 7 375 551 415 504 P 598 479 633 533 738 533 700 479 T 7 "
               "555 533 598 "
               "480 P 768 513 798 559 891 559 858 513 T 7 730 559 768 514 P 531 495 551 531 610 531 587 495 "
               "T 7 503 "
               "531 531 496",
               {0x5e2438, 0x9c3a36, 0xc85434, 0xe27c3a, 0xf3b061},
               .dark = {860, 600},
               .light = {400, 490},
               .unrest = 0.35f,
               .flow = 58},
    [HOLES] = {"P 409 548 421 548 421 568 409 568 P 477 602 477 568 491 568 491 602 P 592 530 604 530 604 "
               "550 592 550 "
               "P 665 588 665 552 679 552 679 588 P 762 556 774 556 774 576 762 576 P 826 606 826 575 840 "
               "575 840 606 "
               "P 525 528 537 528 537 548 525 548",
               {0x171f4a, 0x202f64, 0x36427a, 0x5a4a70, 0x7c5a66},
               .dark = {560, 620},
               .light = {560, 500},
               .flow = 90},
    [BUSHES] = {"O 345 606 42 30 0 O 280 618 46 26 0 O 548 604 30 22 0 O 705 604 36 24 0 O 905 606 40 30 0 O "
                "960 596 34 "
                "32 0 O 225 626 34 20 0 O 640 606 26 18 0 O 460 618 34 18 0 O 160 622 50 26 0",
                {0x10283f, 0x1a484c, 0x2f6c4a, 0x86903f, 0xd9b24c},
                .dark = {640, 650},
                .light = {560, 570},
                .unrest = 0.4f},
    [WHEAT] = {"S -100 660 90 640 330 622 560 626 760 618 830 700 760 840 800 1100 -120 1100",
               {0x8a4a2c, 0xc07a30, 0xdfa23c, 0xf0c763, 0xfae7a8},
               .dark = {300, 1040},
               .light = {380, 620},
               .unrest = 0.35f},
    [LAVENDER] = {"S 720 640 900 618 1130 640 1350 610 1400 1150 560 1150 640 860",
                  {0x24305c, 0x3f4a86, 0x6f66a0, 0xa890b0, 0xe2bfae},
                  .dark = {1000, 1040},
                  .light = {900, 620},
                  .unrest = 0.3f},
    [PATH] = {"S 640 604 668 606 664 650 700 700 690 770 640 850 668 960 760 1130 400 1130 470 950 560 830 "
              "624 760 "
              "640 700 622 650",
              {0x8a6a80, 0xb98a82, 0xdcae8c, 0xefd0a4, 0xfbecc9},
              .dark = {480, 1010},
              .light = {690, 640},
              .unrest = 0.3f},
    [HEDGE] = {"S -60 880 40 850 150 868 250 915 330 930 420 1000 440 1100 -60 1100 "
               "O 1000 1000 70 40 0 O 1210 985 80 60 0 O 1110 1015 70 40 0",
               {0x0e1f3c, 0x143a48, 0x1f5a50, 0x4f7c44, 0xb09a48},
               .dark = {200, 1010},
               .light = {180, 860},
               .unrest = 0.5f},
    [CYPRESS] =
        {"S 1052 120 1068 190 1096 300 1120 440 1128 600 1110 760 1088 850 1050 862 1012 850 990 740 "
         "984 580 998 "
         "430 1024 290 1040 190 S 1168 330 1180 390 1204 500 1216 640 1206 770 1182 836 1130 832 1090 750 "
         "1108 620 1142 470 1158 390 S 196 520 210 570 222 640 216 700 196 724 174 700 168 640 180 570",
         {0x0b1836, 0x10303f, 0x184c48, 0x3c6e42, 0xa08c3c},
         .dark = {1120, 800},
         .light = {1000, 640},
         .unrest = 0.6f},
};

typedef struct Whirl {
    float x, y, radius, strength;
} Whirl;

static const Whirl whirls[] = {
    {0.22f, 0.16f, 0.115f, 1},   {0.60f, 0.11f, 0.085f, -0.9f}, {0.84f, 0.235f, 0.060f, 0.8f},
    {1.215f, 0.10f, 0.100f, -1}, {0.44f, 0.275f, 0.050f, 0.7f}, {0.02f, 0.33f, 0.060f, -0.7f},
};
enum { WHIRLS = sizeof whirls / sizeof *whirls };

/* The wind's stream function: it blows along lines of equal value. The lower, the calmer. */
static float stream(float x, float y)
{
    float calm = smooth_step(0.22f, 0.40f, y);
    float value = 0.8f * y + (1 - calm) * (0.055f * sinf(4.3f * x + 2.2f) +
                                           0.05f * noise_fractal(x * 2.4f, y * 2.4f, 2, 211));
    for (int i = 0; i < WHIRLS; i++) {
        const Whirl *w = &whirls[i];
        float dx = x - w->x, dy = y - w->y, r2 = (dx * dx + dy * dy) / (w->radius * w->radius);
        value += 2.0f * w->strength * w->radius * expf(-0.5f * r2);
    }
    return value;
}

static float sky_flow(float x, float y)
{
    const float e = 0.002f;
    return atan2f(stream(x - e, y) - stream(x + e, y), stream(x, y + e) - stream(x, y - e));
}

/* Flames: out from the middle line and up, licking to and fro. */
static float cypress_flow(float x, float y)
{
    float middle = x > 1.13f ? 1.17f : x < 0.5f ? 0.195f : 1.055f;
    return -1.57f + 5.5f * (x - middle) + 0.55f * sinf(21 * y + 30 * (x - middle));
}

static float furrow_flow(float x, float y, float to_x, float to_y, uint32_t seed)
{
    return atan2f(y - to_y, x - to_x) + 0.35f * noise_smooth(x * 5, y * 5, seed, NULL);
}

/* Rolls over the hill's back and down its flank. */
static float hill_flow(float x, float y, float bend)
{
    return 0.25f * sinf(6 * x + bend) + bend * 1.6f * (y - 0.5f) +
           0.45f * noise_smooth(x * 5, y * 5, 221, NULL);
}

float swirls_flow(const Scene *scene, float x, float y)
{
    int part = scene_part(scene, x, y);
    switch (part) {
    case SKY:
        return sky_flow(x, y);
    case FAR:
        return 0.5f * sinf(17 * x) + 0.5f * noise_smooth(x * 9, y * 9, 223, NULL);
    case LAKE:
        return 0.12f * sinf(30 * x + 60 * y);
    case HILL:
        return hill_flow(x, y, 1.1f);
    case SLOPE:
        return hill_flow(x, y, -1.5f);
    case BUSHES_BACK:
    case BUSHES:
    case HEDGE:
        return 3.0f * noise_smooth(x * 13, y * 13, 225, NULL);
    case WHEAT:
        return furrow_flow(x, y, 0.75f, 0.42f, 227);
    case LAVENDER:
        return furrow_flow(x, y, 0.72f, 0.46f, 229);
    case PATH:
        return 1.75f + 2.0f * (0.70f - x) * smooth_step(0.62f, 0.8f, y) - 1.1f * smooth_step(0.84f, 1.0f, y);
    case CYPRESS:
        return cypress_flow(x, y);
    default:
        return scene_flow(scene, part, x, y);
    }
}

/* Clouds are bands of the wind; they thicken in the whirls. */
static Vec3 sky_colour(const Scene *scene, float x, float y, Dice *dice)
{
    float wind = stream(x, y), heart = 0;
    for (int i = 0; i < WHIRLS; i++) {
        float dx = x - whirls[i].x, dy = y - whirls[i].y;
        heart += expf(-(dx * dx + dy * dy) / (0.5f * whirls[i].radius * whirls[i].radius));
    }
    float band = sinf(46 * wind + 1.8f * noise_fractal(x * 3, y * 3, 2, 231));
    float calm = smooth_step(0.20f, 0.36f, y);
    float cloud = band - 0.40f - 0.9f * heart + 0.5f * noise_smooth(x * 2.3f, y * 3, 233, NULL) - 1.2f * calm;
    if (cloud + 0.12f * dice_normal(dice) > 0.15f)
        return scene_colour(scene, CLOUD, 0.30f + 0.5f * cloud + 0.35f * y, 0.10f, dice);
    float rings = (0.24f * (1 - calm) + 0.05f) * sinf(83 * wind);
    float tone = scene_tone(scene, SKY, x, y) + rings - 0.06f - 0.10f * (1 - calm) + 0.3f * heart;
    return scene_colour(scene, SKY, tone, 0.08f - 0.03f * calm, dice);
}

/* Rows of plants, lit on one side. */
static float row_tone(float x, float y, float to_x, float to_y, float rows)
{
    float angle = atan2f(y - to_y, x - to_x);
    return 0.26f * sinf(rows * angle + 1.5f * noise_smooth(x * 6, y * 6, 235, NULL));
}

static float bands_tone(float x, float y)
{
    return 0.22f * sinf(70 * y + 14 * sinf(4 * x) + 4 * noise_smooth(x * 4, y * 4, 237, NULL));
}

Vec3 swirls_colour(const Scene *scene, float x, float y, Dice *dice)
{
    int part = scene_part(scene, x, y);
    if (part == SKY)
        return sky_colour(scene, x, y, dice);
    float tone = scene_tone(scene, part, x, y);
    if (part == HILL || part == SLOPE)
        tone = 0.15f + 0.7f * tone + bands_tone(x, y);
    if (part == WHEAT)
        tone = 0.15f + 0.75f * tone + row_tone(x, y, 0.75f, 0.42f, 44);
    if (part == LAVENDER)
        tone = 0.15f + 0.7f * tone + row_tone(x, y, 0.72f, 0.46f, 40);
    if (part == CYPRESS) /* the left flank takes the last light */
        tone = 0.22f + 0.5f * (scene_part(scene, x - 0.02f, y) != part) + 0.28f * sinf(26 * y + 60 * x) +
               0.2f * (tone - 0.5f);
    bool bush = part == BUSHES || part == BUSHES_BACK;
    if (bush)
        tone += 0.35f * (scene_part(scene, x - 0.006f, y - 0.02f) != part);
    return scene_colour(scene, part, tone, 0.13f, dice);
}

float swirls_detail(const Scene *scene, float x, float y)
{
    int part = scene_part(scene, x, y);
    bool village = part >= WALLS_BACK && part <= BUSHES;
    if (village)
        return scene_border(scene, x, y, 0.008f) ? 1 : 0.8f;
    if (scene_border(scene, x, y, 0.010f))
        return 0.7f;
    return part == CYPRESS || part == HEDGE || part == PATH ? 0.6f : part == LAKE ? 0.4f : 0.3f;
}

Scene swirls_scene(int height)
{
    return scene_new(shapes, PARTS, height);
}
