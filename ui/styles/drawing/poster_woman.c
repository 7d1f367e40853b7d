/* poster_woman.c: the poster's foreground: a woman in a straw hat leaning on the parapet, and fruit beside
 * her. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise.h"
#include "poster.h"

#include <math.h>

static const float LINE_WIDTH = 8;

static void parapet(Poster *poster)
{
    POSTER_STRAIGHT(POSTER_PEACH, LINE_WIDTH, {-30, 812}, {1310, 826}, {1310, 1060}, {-30, 1060});
    POSTER_STRAIGHT(POSTER_CREAM, LINE_WIDTH, {-30, 764}, {1310, 782}, {1310, 832}, {-30, 814});
    POSTER_STRAIGHT(POSTER_SHADE, 0, {-30, 816}, {1310, 834}, {1310, 866}, {-30, 846});
    for (int row = 0; row < 3; row++) { /* joints between the stones */
        float y = 870 + 62 * (float)row;
        POSTER_LINE(POSTER_SIENNA, 6, {500, y}, {800, y + 6}, {1050, y + 4}, {1300, y + 12});
        for (int i = 0; i < 6; i++) {
            float x = 560 + 150 * (float)i + (row % 2 ? 70.f : 0) + 30 * noise_hash(i, row, 105);
            POSTER_LINE(POSTER_SIENNA, 5, {x, y + 4}, {x + 3, y + 30}, {x, y + 60});
        }
    }
    for (int i = 0; i < 40; i++) {
        float x = 480 + 820 * noise_hash(i, 0, 106), y = 872 + 150 * noise_hash(i, 1, 106);
        POSTER_LINE(i % 3 ? POSTER_CREAM : POSTER_SIENNA, 5, {x - 14, y}, {x, y - 3}, {x + 16, y + 1});
    }
}

static void fruit(Poster *poster, PosterInk ink, float x, float y, float radius)
{
    poster_oval(poster, ink, LINE_WIDTH, x, y, radius, 0.95f * radius);
    POSTER_ROUND(POSTER_SHADE, 0, {x + 0.5f * radius, y - 0.8f * radius}, {x + 0.95f * radius, y},
                 {x + 0.4f * radius, y + 0.88f * radius}, {x - 0.4f * radius, y + 0.86f * radius},
                 {x + 0.25f * radius, y + 0.4f * radius});
    POSTER_LINE(POSTER_CREAM, 6, {x - 0.55f * radius, y - 0.05f * radius},
                {x - 0.45f * radius, y - 0.4f * radius}, {x - 0.15f * radius, y - 0.6f * radius});
}

static void leaf(Poster *poster, float x, float y, float length, float angle)
{
    float c = length * cosf(angle), s = length * sinf(angle), w = 0.26f;
    POSTER_ROUND(POSTER_GREEN, 5, {x, y}, {x, y}, {x + 0.5f * c - w * s, y + 0.5f * s + w * c},
                 {x + c, y + s}, {x + c, y + s}, {x + 0.5f * c + w * s, y + 0.5f * s - w * c});
    POSTER_ROUND(POSTER_SHADE, 0, {x, y}, {x, y}, {x + 0.5f * c - w * s, y + 0.5f * s + w * c},
                 {x + c, y + s}, {x + c, y + s}, {x + 0.5f * c, y + 0.5f * s});
    POSTER_LINE(POSTER_YELLOW, 4, {x + 0.1f * c, y + 0.1f * s}, {x + 0.5f * c, y + 0.5f * s},
                {x + 0.85f * c, y + 0.85f * s});
}

static void bowl(Poster *poster)
{
    fruit(poster, POSTER_YELLOW, 742, 690, 38);
    fruit(poster, POSTER_RED, 876, 688, 40);
    fruit(poster, POSTER_YELLOW, 812, 664, 42);
    leaf(poster, 850, 640, 66, -0.5f);
    leaf(poster, 838, 636, 54, -1.9f);
    POSTER_ROUND(POSTER_BLUE, LINE_WIDTH, {676, 706}, {676, 706}, {810, 722}, {944, 708}, {944, 708},
                 {920, 758}, {860, 792}, {760, 790}, {700, 756});
    POSTER_ROUND(POSTER_AQUA, 0, {690, 722}, {690, 722}, {810, 738}, {930, 724}, {930, 724}, {924, 740},
                 {810, 756}, {698, 740});
    POSTER_ROUND(POSTER_SHADE, 0, {870, 716}, {944, 708}, {920, 758}, {860, 792}, {800, 792}, {860, 760});
    POSTER_LINE(POSTER_CREAM, 6, {712, 752}, {730, 770}, {752, 780});
    fruit(poster, POSTER_YELLOW, 1010, 764, 36);
    leaf(poster, 1036, 742, 48, -0.2f);
}

static void geranium(Poster *poster)
{
    POSTER_STRAIGHT(POSTER_SIENNA, LINE_WIDTH, {1120, 690}, {1236, 692}, {1216, 806}, {1140, 804});
    POSTER_STRAIGHT(POSTER_SHADE, 0, {1186, 692}, {1236, 692}, {1216, 806}, {1176, 804});
    POSTER_STRAIGHT(POSTER_SIENNA, LINE_WIDTH, {1108, 664}, {1248, 668}, {1246, 698}, {1110, 694});
    for (int i = 0; i < 15; i++) {
        float angle = -3.0f + 2.85f * (float)i / 14, reach = 26 + 60 * noise_hash(i, 0, 107);
        leaf(poster, 1178 + 0.9f * reach * cosf(angle), 666 + 0.8f * reach * sinf(angle), 58, angle + 0.4f);
    }
    for (int i = 0; i < 13; i++) {
        float x = 1100 + 160 * noise_hash(i, 1, 107), y = 570 + 60 * noise_hash(i, 2, 107);
        poster_oval(poster, POSTER_RED, 5, x, y, 17, 15);
        POSTER_LINE(POSTER_PEACH, 5, {x - 8, y - 3}, {x, y - 7}, {x + 7, y - 4});
    }
}

void poster_still_life(Poster *poster)
{
    parapet(poster);
    bowl(poster);
    geranium(poster);
}

static void skirt(Poster *poster)
{
    POSTER_ROUND(POSTER_KEY, 0, {112, 812}, {270, 826}, {430, 812}, {462, 880}, {500, 960}, {530, 1070},
                 {530, 1070}, {10, 1070}, {10, 1070}, {40, 960}, {90, 870});
    POSTER_ROUND(POSTER_BLUE, 0, {190, 840}, {240, 850}, {232, 940}, {210, 1070}, {120, 1070}, {150, 950});
    POSTER_ROUND(POSTER_BLUE, 0, {330, 846}, {352, 846}, {372, 940}, {396, 1070}, {340, 1070}, {340, 950});
    for (int i = 0; i < 9; i++) { /* folds */
        float top = 140 + 34 * (float)i, foot = 20 + 62 * (float)i;
        POSTER_LINE(i % 3 == 1 ? POSTER_AQUA : POSTER_TEAL, 5.5f, {top, 850}, {0.6f * top + 0.4f * foot, 920},
                    {foot, 1020});
    }
}

static void dress(Poster *poster)
{
    skirt(poster);
    POSTER_ROUND(POSTER_RED, LINE_WIDTH, {272, 520}, {226, 546}, {166, 576}, {124, 640}, {106, 730},
                 {112, 820}, {112, 820}, {270, 836}, {432, 820}, {432, 820}, {446, 740}, {448, 650},
                 {416, 574}, {366, 540}, {330, 570});
    POSTER_ROUND(POSTER_SHADE, 0, {416, 574}, {448, 650}, {446, 740}, {432, 820}, {350, 828}, {386, 760},
                 {392, 660});
    POSTER_ROUND(POSTER_SHADE, 0, {118, 660}, {150, 740}, {160, 824}, {112, 820}, {106, 730});
    POSTER_LINE(POSTER_KEY, 8, {170, 650}, {206, 720}, {210, 810});
    POSTER_LINE(POSTER_KEY, 7, {262, 680}, {274, 750}, {262, 820});
    POSTER_LINE(POSTER_KEY, 7, {330, 640}, {340, 720}, {322, 800});
    POSTER_LINE(POSTER_PEACH, 6, {226, 570}, {190, 620}, {182, 650});
    POSTER_LINE(POSTER_PEACH, 6, {232, 690}, {240, 750}, {234, 800});
    POSTER_LINE(POSTER_PEACH, 6, {300, 640}, {306, 720}, {298, 790});
    POSTER_ROUND(POSTER_YELLOW, 6, {108, 808}, {270, 826}, {434, 808}, {434, 808}, {436, 836}, {436, 836},
                 {270, 856}, {106, 838}, {106, 838});
}

/* The arm lies along the parapet. */
static void arm(Poster *poster)
{
    POSTER_ROUND(POSTER_PEACH, LINE_WIDTH, {424, 690}, {470, 720}, {530, 752}, {600, 760}, {650, 758},
                 {690, 768}, {700, 784}, {672, 796}, {640, 792}, {580, 806}, {500, 812}, {420, 800},
                 {380, 760});
    POSTER_ROUND(POSTER_SHADE, 0, {420, 780}, {500, 790}, {580, 788}, {640, 782}, {672, 796}, {640, 794},
                 {580, 806}, {500, 812}, {420, 800});
    POSTER_LINE(POSTER_KEY, 4.5f, {650, 770}, {676, 776}, {694, 782});
    POSTER_LINE(POSTER_KEY, 4.5f, {646, 780}, {666, 786}, {678, 792});
    POSTER_ROUND(POSTER_RED, LINE_WIDTH, {350, 610}, {420, 600}, {470, 650}, {484, 710}, {470, 760},
                 {420, 790}, {360, 760}, {340, 690});
    POSTER_ROUND(POSTER_SHADE, 0, {440, 640}, {470, 650}, {484, 710}, {470, 760}, {420, 790}, {372, 768},
                 {430, 740}, {450, 690});
    POSTER_LINE(POSTER_KEY, 6, {372, 650}, {390, 690}, {380, 740});
    POSTER_LINE(POSTER_PEACH, 6, {372, 624}, {402, 618}, {428, 636});
}

static void face(Poster *poster)
{
    POSTER_ROUND(POSTER_PEACH, LINE_WIDTH, {262, 300}, {262, 300}, {384, 300}, {384, 300}, {394, 326},
                 {397, 346}, {408, 366}, {423, 384}, {419, 392}, {405, 396}, {405, 396}, {413, 407},
                 {404, 415}, {404, 415}, {411, 424}, {402, 434}, {405, 450}, {394, 466}, {370, 468},
                 {344, 460}, {340, 490}, {346, 524}, {372, 548}, {330, 584}, {262, 540}, {256, 440});
    POSTER_ROUND(POSTER_SHADE, 0, {262, 306}, {262, 306}, {386, 306}, {386, 306}, {392, 324}, {360, 332},
                 {300, 342}, {270, 350});
    POSTER_ROUND(POSTER_SHADE, 0, {392, 467}, {370, 470}, {344, 461}, {340, 490}, {344, 522}, {322, 534},
                 {290, 500}, {276, 440}, {300, 440}, {346, 452});
    POSTER_ROUND(POSTER_RED, 0, {405, 399}, {413, 407}, {405, 415}, {411, 424}, {403, 431}, {390, 417});
    POSTER_LINE(POSTER_KEY, 4, {409, 415}, {400, 415}, {388, 418});
    POSTER_LINE(POSTER_KEY, 6, {356, 344}, {372, 338}, {392, 344});
    POSTER_LINE(POSTER_KEY, 6, {358, 360}, {372, 355}, {390, 361});
    POSTER_LINE(POSTER_KEY, 8, {378, 357}, {382, 362}, {379, 368});
    POSTER_LINE(POSTER_SIENNA, 4, {362, 370}, {374, 373}, {386, 370});
    POSTER_LINE(POSTER_KEY, 4, {410, 393}, {403, 390}, {402, 384});
    POSTER_LINE(POSTER_SIENNA, 5, {346, 404}, {356, 412}, {368, 416});
    POSTER_LINE(POSTER_SIENNA, 5, {344, 416}, {354, 424}, {364, 428});
}

static void hair(Poster *poster)
{
    POSTER_ROUND(POSTER_KEY, 0, {228, 290}, {300, 286}, {352, 300}, {344, 340}, {330, 368}, {334, 400},
                 {318, 440}, {300, 476}, {262, 500}, {216, 486}, {190, 430}, {196, 350});
    POSTER_ROUND(POSTER_BLUE, 0, {262, 330}, {296, 320}, {322, 330}, {316, 372}, {312, 410}, {298, 440},
                 {280, 400});
    POSTER_ROUND(POSTER_BLUE, 0, {214, 380}, {230, 370}, {236, 430}, {250, 480}, {226, 470}, {208, 430});
    for (int i = 0; i < 6; i++) {
        float x = 216 + 20 * (float)i;
        POSTER_LINE(i % 2 ? POSTER_TEAL : POSTER_AQUA, 4.5f, {x + 10, 318}, {x - 4, 390},
                    {x + 8 - 4 * (float)i, 456 - 11 * (float)i});
    }
}

static void hat(Poster *poster)
{
    POSTER_ROUND(POSTER_YELLOW, LINE_WIDTH, {222, 250}, {232, 186}, {270, 140}, {330, 130}, {380, 160},
                 {402, 216}, {404, 256}, {310, 280});
    POSTER_ROUND(POSTER_SHADE, 0, {330, 132}, {380, 160}, {402, 216}, {404, 256}, {350, 262}, {360, 200});
    POSTER_ROUND(POSTER_RED, 6, {222, 250}, {222, 250}, {226, 212}, {226, 212}, {310, 228}, {400, 210},
                 {400, 210}, {405, 250}, {405, 250}, {310, 270});
    POSTER_ROUND(POSTER_YELLOW, LINE_WIDTH, {110, 292}, {170, 256}, {224, 244}, {310, 262}, {404, 242},
                 {470, 256}, {540, 296}, {548, 318}, {470, 306}, {380, 312}, {300, 322}, {210, 316},
                 {140, 326});
    POSTER_ROUND(POSTER_SHADE, 0, {548, 318}, {470, 306}, {380, 312}, {300, 322}, {210, 316}, {140, 326},
                 {200, 302}, {310, 300}, {430, 288}, {520, 300});
    for (int i = 0; i < 12; i++) { /* the straw */
        float x = 150 + 32 * (float)i, y = 282 - 12 * sinf(0.28f * (float)i);
        POSTER_LINE(i % 3 ? POSTER_SIENNA : POSTER_CREAM, 5, {x - 14, y + 6}, {x, y - 2}, {x + 16, y + 1});
    }
    POSTER_LINE(POSTER_SIENNA, 5, {256, 196}, {270, 166}, {300, 150});
    POSTER_LINE(POSTER_CREAM, 6, {244, 200}, {254, 176}, {272, 156});
    POSTER_LINE(POSTER_SIENNA, 5, {300, 196}, {340, 190}, {366, 176});
}

void poster_woman(Poster *poster)
{
    face(poster);
    hair(poster);
    dress(poster);
    arm(poster);
    hat(poster);
}
