/* cubist_motif.c: few things in plain shapes, with a clear light side and a clear shadow side: the breaking adds the
 * rest. The head shows its profile within the front view. */
#include "cubist_motif.h"

enum {
    WALL,
    WINDOW,
    BEAM,
    DRAPE,
    PANEL,
    TABLE,
    CLOTH,
    PLATE,
    FRUIT_RED,
    FRUIT_YELLOW,
    BOTTLE,
    BOTTLE_LIGHT,
    LABEL,
    GLASS,
    WINE,
    SHEET,
    STAVES,
    HAIR,
    TORSO,
    TORSO_LIGHT,
    NECK,
    HEAD,
    HEAD_SHADE,
    NOSE,
    EYE_WHITES,
    EYES,
    BROWS,
    MOUTH,
    MOUTH_SHADE,
    ARM_FAR,
    BODY,
    SIDE,
    ROSE,
    HOLE,
    FINGERBOARD,
    PEGS,

    STRINGS,
    BRIDGE,
    ARM,
    HANDS,
    HAND_LINES,
    PARTS
};

/* clang-format off */
static const Shape shapes[PARTS] = {
    [WALL] = {"P 0 0 1250 0 1250 1000 0 1000",
              {0x3c2a2a, 0x744a38, 0xac7c44, 0xd6ae62, 0xeed69c},
              .dark = {1250, 700}, .light = {560, 0}, .unrest = 0.25f},
    [WINDOW] = {"P 40 -10 560 -10 540 560 60 590",
                {0x6c9cba, 0x98bccc, 0xc6d4cc, 0xf0dcba, 0xfcebcc},
                .dark = {60, -60}, .light = {440, 420}, .unrest = 0.25f, .calm = true},
    [BEAM] = {"P 540 -10 566 -10 556 560 534 560 P 40 548 560 524 560 548 40 574",
              {0x4c4038, 0x75604a, 0xa08560, 0xc4aa80, 0xe2cfa8},
              .dark = {560, 500}, .light = {60, 0}, .unrest = 0.3f},
    [DRAPE] = {"P -10 -10 90 -10 70 300 110 600 -10 640 P 1010 -10 1260 -10 1260 420 1150 360 1060 200",
               {0x12302e, 0x20524a, 0x3f7a62, 0x7ea074, 0xc2c68e},
               .dark = {1250, 400}, .light = {60, 60}, .unrest = 0.5f},
    [PANEL] = {"P 940 470 1250 380 1260 1010 980 1010",
               {0x2a1a20, 0x5c2c26, 0x96482c, 0xc07040, 0xe0a064},
               .dark = {1250, 1000}, .light = {960, 480}, .unrest = 0.3f},
    [TABLE] = {"P -10 700 120 640 420 650 520 720 470 1010 -10 1010",
               {0x3c241c, 0x6a3c26, 0x975a34, 0xc08750, 0xdfb67c},
               .dark = {60, 1000}, .light = {400, 660}, .unrest = 0.3f},
    [CLOTH] = {"P -10 770 150 700 330 760 250 1010 -10 1010",
               {0x5f7186, 0x90a0aa, 0xbfc4be, 0xe4dcc6, 0xf8eed6},
               .dark = {220, 1000}, .light = {60, 740}, .unrest = 0.3f, .calm = true},
    [PLATE] = {"O 120 800 120 44 -6", {0x7c8894, 0xa6aeb0, 0xcfcdc0, 0xebe2cc, 0xfaf2de},
               .dark = {220, 830}, .light = {50, 780}, .unrest = 0.2f},
    [FRUIT_RED] = {"O 80 762 52 50 0 O 186 792 38 36 0", {0x5c1e1c, 0x8c3424, 0xb95430, 0xd9834c, 0xf0b67c},
                   .dark = {120, 800}, .light = {60, 736}, .round = true},
    [FRUIT_YELLOW] = {"S 128 700 144 690 158 706 168 740 176 780 150 806 116 796 108 766 118 730",
                      {0x6c5a20, 0x9a8430, 0xc2aa48, 0xdfcb72, 0xf4e6a8}, .dark = {176, 800}, .light = {124, 730}},
    [BOTTLE] = {"S 236 420 262 418 288 420 290 480 300 520 326 570 330 640 328 770 280 784 226 772 216 640 222 570 236 520 234 480",
                {0x0e1e1c, 0x1c3a34, 0x33594c, 0x648466, 0xa4b48c}, .dark = {330, 700}, .light = {226, 560}, .unrest = 0.2f},
    [BOTTLE_LIGHT] = {"P 238 440 250 438 250 520 236 580 238 740 228 720 228 590 240 530",
                      {0x5c7c6c, 0x84a088, 0xaec0a0, 0xd2d8b8, 0xeeecd0}, .dark = {250, 740}, .light = {230, 440}},
    [LABEL] = {"P 218 630 330 622 330 706 218 714", {0x8c7858, 0xb49c72, 0xd6c096, 0xeedcb8, 0xfaf0d8},
               .dark = {330, 700}, .light = {220, 640}, .unrest = 0.2f},
    [GLASS] = {"P 350 640 436 636 422 716 404 744 404 800 430 812 430 822 360 826 360 814 388 802 388 746 366 722",
               {0x64808e, 0x8fa6ac, 0xb7c4c0, 0xd9dccc, 0xf4eedc}, .dark = {430, 800}, .light = {356, 650}, .unrest = 0.3f},
    [WINE] = {"P 356 676 430 672 422 716 404 740 386 742 366 720", {0x3c1420, 0x64202a, 0x8c3434, 0xb05444, 0xcc8468},
              .dark = {420, 740}, .light = {360, 676}},
    [SHEET] = {"P 300 880 470 820 560 960 600 1010 330 1010", {0x90887a, 0xb8ae96, 0xdacdae, 0xf0e2c2, 0xfbf3dc},
               .dark = {560, 1000}, .light = {330, 880}, .unrest = 0.3f},
    [STAVES] = {"T 3 320 900 470 846 T 3 326 912 476 858 T 3 332 924 482 870 T 3 350 964 520 904 T 3 356 976 526 916 T 3 362 988 532 928",
                {0x2c2824, 0x40382e, 0x584a3a, 0x6c5c46, 0x847050}, .dark = {500, 960}, .light = {330, 900}},
    [HAIR] = {"S 740 44 856 76 904 190 896 330 838 412 800 300 700 120 660 300 676 400 620 350 604 240 620 120 676 60",
              {0x120e12, 0x261c1c, 0x44302a, 0x6e4e3a, 0xa07a54}, .dark = {880, 380}, .light = {660, 70}, .unrest = 0.4f},
    [TORSO] = {"P 560 560 690 448 810 440 960 510 1010 640 1040 1010 620 1010 560 800",
               {0x18263a, 0x263f5c, 0x3f6280, 0x7093a4, 0xaabdbe}, .dark = {1010, 900}, .light = {640, 470}, .unrest = 0.3f},
    [TORSO_LIGHT] = {"P 690 448 740 462 720 620 600 700 560 560 P 810 440 900 480 860 560 790 520",
                     {0x4c6e88, 0x7894a4, 0xa2b6b8, 0xcad0c2, 0xe8e2cc}, .dark = {700, 680}, .light = {620, 500}, .unrest = 0.3f},
    [NECK] = {"P 702 360 806 350 812 450 760 486 696 452", {0x743f30, 0xa2644a, 0xc68e68, 0xdfb288, 0xf0d2aa},
              .dark = {810, 380}, .light = {704, 450}},
    [HEAD] = {"S 742 84 806 104 842 180 842 280 810 356 764 408 722 402 680 352 656 280 652 190 682 112",
              {0xa85c40, 0xcc8058, 0xe8a67a, 0xf7c89a, 0xfee2ba}, .dark = {730, 420}, .light = {668, 150}, .unrest = 0.15f},
    [HEAD_SHADE] = {"P 744 84 806 104 842 180 842 280 810 356 764 408 750 404 736 382 744 362 728 350 736 334 732 316 706 306 722 262 "
                    "742 216 736 160",
                    {0x5c4a56, 0x86584c, 0xa87054, 0xc28e68, 0xd8ac84}, .dark = {836, 330}, .light = {750, 110}, .unrest = 0.15f},
    [NOSE] = {"P 742 214 752 224 748 300 734 318 704 308 720 262", {0xb87a58, 0xd49c74, 0xeabc94, 0xf7d8b2, 0xffecce},
              .dark = {750, 310}, .light = {712, 300}},
    [EYE_WHITES] = {"S 668 222 688 206 712 216 718 226 694 236 676 234 S 766 218 790 204 818 216 822 228 796 238 774 232",
                    {0xa89c8c, 0xc8bca6, 0xe0d4ba, 0xf0e6cc, 0xfaf4e0}, .dark = {820, 230}, .light = {670, 210}},
    [EYES] = {"O 694 221 11 13 0 O 795 221 12 14 0", {0x100c10, 0x1a1418, 0x2a2226, 0x3e3434, 0x5a4c48}, .dark = {800, 230}, .light = {690, 210}},
    [BROWS] = {"T 7 660 192 688 178 722 190 T 8 762 188 796 172 830 190", {0x161014, 0x241a1c, 0x382826, 0x4c3830, 0x6a503e},
               .dark = {830, 190}, .light = {660, 180}, .flow = 0},
    [MOUTH] = {"P 694 346 716 338 734 344 730 352 740 362 716 370", {0x7c2c2a, 0x9c4234, 0xb85a44, 0xcc785c, 0xdc967a},
               .dark = {730, 368}, .light = {700, 340}},
    [MOUTH_SHADE] = {"P 734 344 752 338 776 346 752 366 740 362 730 352", {0x481c22, 0x64282a, 0x803a36, 0x985046, 0xb06a5a},
                     .dark = {770, 360}, .light = {740, 340}},
    [ARM_FAR] = {"P 880 500 960 510 1030 600 1044 680 1000 690 960 640 930 580", {0x1c2c42, 0x2e4a68, 0x4a6e8c, 0x7c9cac, 0xb4c4c2},
                 .dark = {1040, 680}, .light = {900, 510}, .unrest = 0.3f},
    [BODY] = {"S 408 879 459 931 531 956 606 945 659 898 692 835 724 810 770 799 805 770 811 716 787 660 751 612 701 590 658 606 626 640 "
              "588 655 517 652 450 675 403 734 389 809",
              {0x6c3018, 0xa2541f, 0xcc8030, 0xe6ac54, 0xf6d68c}, .dark = {700, 900}, .light = {480, 680}, .unrest = 0.2f},
    [SIDE] = {"S 408 879 459 931 531 956 606 945 659 898 692 835 724 810 770 799 805 770 811 716 787 660 802 701 791 747 756 775 711 788 679 "
              "812 642 867 587 912 515 928 449 914",
              {0x2a1410, 0x4c2416, 0x70381e, 0x965630, 0xb87c4c}, .dark = {600, 960}, .light = {800, 660}},
    [ROSE] = {"O 666 730 52 50 0", {0x8c5c34, 0xb08048, 0xcea468, 0xe6c690, 0xf6e4ba}, .dark = {700, 770}, .light = {640, 690}},
    [HOLE] = {"O 666 730 41 39 0", {0x0c0a0a, 0x18110f, 0x2a1c16, 0x402a1e, 0x5c402c}, .dark = {640, 700}, .light = {700, 770}},
    [FINGERBOARD] = {"P 690 691 1091 465 1108 495 712 729", {0x16100e, 0x2a1c16, 0x463022, 0x6a4a32, 0x946c4a}, .dark = {1100, 500}, .light = {700, 690}, .unrest = 0.3f},
    [PEGS] = {"P 1086 465 1100 441 1189 396 1221 435 1134 499 1106 499 T 9 1120 430 1108 406 T 9 1160 408 1148 386 T 9 1160 476 1174 500 T 9 1196 452 1210 476",
              {0x2a1810, 0x4c2c1a, 0x744828, 0x9c6a3c, 0xc29460}, .dark = {1210, 470}, .light = {1110, 420}},
    [STRINGS] = {"T 6 500 812 1095 473 T 6 511 831 1103 487", {0xb8a888, 0xcabc9a, 0xdccfae, 0xeae0c4, 0xf6f0da},
                 .dark = {500, 820}, .light = {1000, 500}},
    [BRIDGE] = {"P 467 781 484 771 540 867 523 877", {0x140e0c, 0x281a12, 0x40291a, 0x5c3e26, 0x7c583a}, .dark = {540, 870}, .light = {470, 780}},
    [ARM] = {"P 560 560 620 540 640 620 634 740 580 760 540 700", {0x22384e, 0x3c5e7c, 0x6488a0, 0x9cb4ba, 0xd4d8ca},
             .dark = {640, 740}, .light = {560, 580}, .unrest = 0.3f},
    [HANDS] = {"P 576 740 634 720 664 742 690 790 672 802 640 776 652 812 630 816 606 782 584 776 "
               "P 948 590 958 548 990 528 1006 540 1020 530 1034 546 1030 580 1004 628 962 636",
               {0x8c5640, 0xb87e5c, 0xd9a67c, 0xeec69c, 0xfae0bc}, .dark = {680, 820}, .light = {590, 730}, .unrest = 0.2f},
    [HAND_LINES] = {"T 3 640 752 664 786 T 3 620 760 642 796 T 3 976 546 984 590 T 3 1002 548 1006 590", {0x4c2c24, 0x64402f, 0x7c543e, 0x92684e, 0xa87e62},
                    .dark = {1000, 590}, .light = {620, 760}},
};
/* clang-format on */

float cubist_facet_size(float x, float y)
{
    float head = hypotf((x - 0.75f) / 0.20f, (y - 0.25f) / 0.26f);
    float guitar = hypotf((x - 0.62f) / 0.36f, (y - 0.75f) / 0.24f);
    float bottle = hypotf((x - 0.24f) / 0.22f, (y - 0.70f) / 0.24f);
    float others = fminf(guitar, bottle);
    return 0.074f + 0.026f * smooth_step(1.1f, 0.8f, head) +
           0.034f * smooth_step(0.8f, 1.9f, fminf(head, others));
}

bool cubist_firm(int part)
{
    return (part >= EYE_WHITES && part <= MOUTH_SHADE) || part == NOSE;
}

bool cubist_calm(const Scene *scene, int part)
{
    return scene->shapes[part].calm || (part >= NECK && part <= MOUTH_SHADE);
}

Scene cubist_scene(int height)
{
    return scene_new(shapes, PARTS, height);
}
