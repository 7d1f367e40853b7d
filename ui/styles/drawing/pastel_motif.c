/* pastel_motif.c: daylight falls from the left on a reader; the room behind her stays dim.
 *
 * Shadows take cool chalk over warm, lights the other way round, so that no area is of one colour. */
#include "pastel_motif.h"

enum {
    WALL,
    GLOW,
    SKY,
    TREES,
    GARDEN,
    BARS,
    CURTAIN,
    FOLDS,
    SILL,
    TABLE,
    CLOTH,
    CLOTH_FOLDS,
    JUG,
    JUG_SHADE,
    BOWL,
    FRUIT,
    FRUIT_SHADE,
    LEAVES,
    CHAIR,
    CHAIR_RIM,
    SKIRT,
    SKIRT_FOLDS,
    TORSO,
    TORSO_FOLDS,
    COLLAR,
    NECK,
    HAIR,
    HAIR_LIGHT,
    FACE,
    CHEEK,
    JAW,
    EAR,
    BROW,
    LIPS,
    BOOK,
    PAGE,
    SLEEVE,
    SLEEVE_FOLDS,
    HAND,
    FINGERS,
    PARTS
};

/* clang-format off */
static const Shape shapes[PARTS] = {
    [WALL] = {"P 0 0 1250 0 1250 1000 0 1000", {0x1c222e, 0x453238, 0x8a5040, 0xc08254, 0xe0b27c},
              .dark = {1250, 500}, .light = {420, 300}, .unrest = 0.3f, .flow = -58, .calm = true},
    [GLOW] = {"S 520 -20 700 -20 660 180 620 420 560 620 500 640", {0x9a6048, 0xc08a5e, 0xdcb284, 0xf0d0a4, 0xfbe6c4},
              .dark = {720, 300}, .light = {500, 260}, .unrest = 0.3f, .flow = -62, .calm = true},
    [SKY] = {"P -10 -10 560 -10 560 560 -10 560", {0x6aa4ca, 0x94c2d8, 0xbcd8dc, 0xf2e4cc, 0xfff2da},
              .dark = {60, -60}, .light = {440, 400}, .unrest = 0.25f, .flow = -38, .calm = true},
    [TREES] = {"S -60 360 50 340 110 350 160 356 210 338 260 360 320 350 360 366 420 340 470 352 540 346 548 570 -60 570", {0x2f5a5c, 0x4a7c66, 0x74a070, 0xa8c07c, 0xdcdc9c},
              .dark = {300, 520}, .light = {260, 290}, .unrest = 0.5f, .flow = -70},
    [GARDEN] = {"P -10 460 200 445 340 452 550 440 550 570 -10 570", {0x54784a, 0x7e9a52, 0xa8b868, 0xd0cf86, 0xeee3ae},
              .dark = {200, 570}, .light = {360, 430}, .unrest = 0.5f, .flow = -12},
    [BARS] = {"P 500 -10 524 -10 524 570 500 570", {0x8c8090, 0xb0a49c, 0xd4c4ae, 0xf0e0c4, 0xfdf0d8},
              .dark = {530, 500}, .light = {500, 100}, .unrest = 0.3f, .flow = 88},
    [CURTAIN] = {"S 506 -30 590 -30 592 120 590 300 584 420 588 560 592 640 520 640 510 400 504 200", {0x7c86a0, 0xa6a8b2, 0xd0c6bc, 0xf0e2c8, 0xfff6e2},
              .dark = {590, 620}, .light = {510, 100}, .unrest = 0.4f, .flow = -66, .calm = true},
    [FOLDS] = {"S 552 -10 562 -10 560 150 550 330 556 620 546 620 542 330 550 150", {0x8088a8, 0x9a9cb4, 0xb4b0b8, 0xcec2bc, 0xe4d4c2},
              .dark = {540, 600}, .light = {560, 0}, .unrest = 0.4f, .flow = -72},
    [SILL] = {"P -10 556 600 548 612 590 -10 606", {0x6c5c58, 0x94796a, 0xbf9c7e, 0xe0c29a, 0xf6e2bc},
              .dark = {600, 600}, .light = {250, 550}, .unrest = 0.3f, .flow = -3},
    [TABLE] = {"S -60 735 120 715 300 722 400 750 436 786 430 830 380 850 -60 850", {0x3c2230, 0x64382e, 0x94603c, 0xc08e58, 0xe4be84},
              .dark = {420, 820}, .light = {120, 720}, .unrest = 0.3f, .flow = -8},
    [CLOTH] = {"P -10 742 150 730 300 724 408 742 428 790 446 1010 -10 1010", {0x5a6a92, 0x8c9ab2, 0xbcc2c6, 0xe4ddcc, 0xfbf2dc},
              .dark = {400, 1000}, .light = {40, 740}, .unrest = 0.45f, .flow = 74, .calm = true},
    [CLOTH_FOLDS] = {"S 84 800 96 800 86 880 108 1010 82 1010 72 880 S 236 822 250 822 262 900 248 1010 224 1010 246 900 S 380 810 394 810 400 900 424 1010 398 1010 384 900", {0x44527e, 0x5a6890, 0x7684a4, 0x98a2b6, 0xb8bcc2},
              .dark = {200, 1000}, .light = {200, 800}, .unrest = 0.4f, .flow = 82},
    [JUG] = {"S 78 520 130 514 180 520 176 560 170 590 200 640 206 700 184 752 130 764 78 752 56 700 62 640 92 590 84 556 "
             "T 13 186 552 226 560 234 610 200 660", {0x22476a, 0x336a8c, 0x5290a6, 0x8cb8bc, 0xd8e2d2},
             .dark = {210, 700}, .light = {80, 620}, .unrest = 0.25f, .flow = 70, .bend = -30},
    [JUG_SHADE] = {"S 176 640 200 650 204 700 180 750 136 762 160 730 176 690", {0x16304e, 0x1f4464, 0x2f5c7a, 0x4a7890, 0x6c94a0},
                   .dark = {200, 760}, .light = {170, 650}, .unrest = 0.3f, .flow = 74},
    [BOWL] = {"S 204 712 300 704 396 712 384 750 356 784 326 798 274 798 244 784 216 750", {0x34447a, 0x6078a4, 0xa0b4c6, 0xdcdccc, 0xfdf2dc},
              .dark = {388, 790}, .light = {226, 722}, .unrest = 0.2f, .flow = 24, .bend = 50},
    [FRUIT] = {"O 258 700 34 32 0 O 318 692 36 34 0 O 362 708 28 26 0 O 290 668 30 27 0", {0x8a3a24, 0xc0562a, 0xe07c34, 0xf2a650, 0xfbd48c},
               .dark = {380, 740}, .light = {250, 660}, .unrest = 0.4f, .flow = 40},
    [FRUIT_SHADE] = {"S 340 690 352 700 346 722 320 726 334 710 S 282 706 290 716 276 730 256 730", {0x5c2a34, 0x7c3834, 0xa04a34, 0xbc5e38, 0xd07844},
                     .dark = {340, 730}, .light = {300, 690}, .unrest = 0.3f, .flow = 50},
    [LEAVES] = {"S 300 646 326 622 356 626 336 646 S 286 648 262 626 236 632 258 648", {0x1f3c30, 0x335a3c, 0x52784a, 0x7c985a, 0xb0b878},
                .dark = {300, 650}, .light = {260, 626}, .unrest = 0.4f, .flow = -30},
    [CHAIR] = {"S 880 420 950 372 1040 396 1096 480 1120 640 1140 820 1170 1030 860 1030 900 800 912 600", {0x0e2424, 0x1a403c, 0x2e6450, 0x5c8a5c, 0xa0b070},
              .dark = {1100, 900}, .light = {930, 400}, .unrest = 0.4f, .flow = -66},
    [CHAIR_RIM] = {"T 13 884 430 950 384 1034 404 1088 484 1112 640 1132 820 1158 1010", {0x4a2a22, 0x6c3e2a, 0x945c38, 0xc08a52, 0xe6c08a},
                   .dark = {1150, 900}, .light = {950, 390}, .unrest = 0.4f, .flow = 70},
    [SKIRT] = {"S 700 740 930 740 976 850 980 1030 400 1030 404 900 440 826 520 774 610 750", {0x48162e, 0x7e2a40, 0xb4464c, 0xdc7a66, 0xf6b898},
              .dark = {930, 980}, .light = {480, 790}, .unrest = 0.4f, .flow = 30, .calm = true},
    [SKIRT_FOLDS] = {"S 650 764 600 800 540 900 496 1020 540 1020 582 900 626 810 S 770 780 740 850 706 920 690 1020 722 1020 740 930 764 850 S 880 790 872 850 880 930 890 1020 912 1020 900 920 892 850", {0x34122c, 0x501c36, 0x6e263e, 0x8c3444, 0xa84850},
              .dark = {800, 1000}, .light = {560, 800}, .unrest = 0.4f, .flow = 115},
    [TORSO] = {"S 716 452 770 420 836 424 892 470 924 570 936 690 930 780 840 800 700 790 690 700 676 610 684 520", {0x1c2858, 0x2c4484, 0x4470a8, 0x7ca0c0, 0xc4d4d8},
              .dark = {900, 720}, .light = {670, 470}, .unrest = 0.35f, .flow = 66},
    [TORSO_FOLDS] = {"T 7 740 520 730 600 742 700 T 12 784 500 776 570 770 650 T 12 690 784 780 796 900 788", {0x1a2450, 0x263868, 0x364f82, 0x4c6896, 0x6882a8},
              .dark = {900, 760}, .light = {730, 520}, .unrest = 0.4f, .flow = 86},
    [COLLAR] = {"S 700 446 726 428 790 410 822 412 830 432 780 452 730 480 708 474", {0x98a0b8, 0xbcc0c6, 0xdcd8cc, 0xf4ead4, 0xfff8e6},
                .dark = {830, 440}, .light = {710, 450}, .unrest = 0.3f, .flow = -28},
    [NECK] = {"S 706 388 740 380 776 340 800 380 806 420 770 440 726 452 712 428", {0x7a4a40, 0xa86a54, 0xcc9070, 0xe4b48e, 0xf4d4b0},
              .dark = {760, 380}, .light = {712, 446}, .unrest = 0.2f, .flow = -50},
    [HAIR] = {"S 684 246 700 204 748 180 806 186 844 226 852 284 828 336 786 362 764 344 766 306 744 280 716 262 696 262 "
              "O 866 292 44 40 10", {0x1c1018, 0x3c1c1c, 0x6a3420, 0xa05c2e, 0xd8964e},
              .dark = {880, 330}, .light = {712, 206}, .unrest = 0.45f, .flow = 40, .bend = 70},
    [HAIR_LIGHT] = {"T 6 712 222 750 204 800 214 830 250 T 5 730 242 764 232 800 252 816 290 T 5 842 276 866 264 892 280",
                    {0x7a4a2c, 0x96623a, 0xb4804c, 0xcc9c62, 0xe2ba80},
                    .dark = {850, 300}, .light = {720, 210}, .unrest = 0.4f, .flow = 25},
    [FACE] = {"S 690 250 682 270 679 288 678 300 668 318 660 331 669 338 672 342 667 349 671 355 668 362 674 370 673 384 684 396 "
              "706 398 734 386 760 360 776 330 772 292 748 262 716 246", {0x9c5044, 0xcc7e60, 0xeaac86, 0xfad0a6, 0xffeacb},
              .dark = {790, 370}, .light = {676, 318}, .unrest = 0.12f, .flow = -62},
    [CHEEK] = {"O 714 346 20 17 -20", {0xd07c66, 0xdc8e74, 0xe6a084, 0xeeb094, 0xf4c0a4},
               .dark = {730, 356}, .light = {706, 340}, .unrest = 0.2f, .flow = -62},
    [JAW] = {"S 700 394 734 384 760 358 770 340 762 376 738 394 716 402", {0x8a5044, 0xa0604e, 0xb47460, 0xc48870, 0xd29c80},
             .dark = {770, 380}, .light = {706, 396}, .unrest = 0.2f, .flow = -40},
    [EAR] = {"S 764 312 776 304 784 316 778 336 766 344 762 330", {0x9c5a48, 0xc07c62, 0xd89a7a, 0xe6b492, 0xf0c8a4},
             .dark = {784, 340}, .light = {766, 312}, .unrest = 0.2f, .flow = 70},
    [BROW] = {"T 3.5 685 281 698 276 716 281 T 4 688 304 697 308 708 304 T 3 690 300 700 299 710 303 T 3 669 337 676 336", {0x2c1a1e, 0x3c2424, 0x52302a, 0x6a4034, 0x845442},
              .dark = {716, 300}, .light = {686, 276}, .unrest = 0.2f, .flow = 0},
    [LIPS] = {"S 667 349 676 347 690 354 678 363 668 362", {0x7c2c34, 0x9c4044, 0xb85654, 0xcc706a, 0xdc8a80},
              .dark = {690, 362}, .light = {668, 348}, .unrest = 0.2f, .flow = 10},
    [BOOK] = {"P 470 580 566 548 574 556 656 640 640 668 560 690 548 682 464 596", {0x3a1a1c, 0x5e2622, 0x863a2a, 0xac5836, 0xcc7c4c},
              .dark = {650, 680}, .light = {470, 580}, .unrest = 0.3f, .flow = 40},
    [PAGE] = {"P 476 574 516 552 562 544 604 588 650 634 602 642 558 676 520 632", {0x8c8c9c, 0xb8b2ae, 0xdcd0bc, 0xf6ead0, 0xfff8e6},
              .dark = {640, 650}, .light = {490, 570}, .unrest = 0.3f, .flow = 42},
    [SLEEVE] = {"S 796 462 850 470 894 530 908 630 892 712 846 732 806 700 790 640 784 560 784 500", {0x24346c, 0x40649c, 0x78a0c0, 0xb8ccd0, 0xf0eedc},
              .dark = {920, 700}, .light = {786, 490}, .unrest = 0.35f, .flow = 72, .bend = 40},
    [SLEEVE_FOLDS] = {"T 7 806 660 840 640 884 652 T 6 830 560 856 590 890 596", {0x1a2450, 0x263868, 0x364f82, 0x4c6896, 0x6882a8},
              .dark = {880, 700}, .light = {720, 660}, .unrest = 0.4f, .flow = 28},
    [HAND] = {"S 806 690 846 722 832 748 780 744 700 716 668 694 640 690 618 676 596 656 584 642 588 626 612 614 642 622 676 642 740 662", {0xa0604e, 0xc88868, 0xe4ac86, 0xf4cba4, 0xfde2c2},
              .dark = {780, 760}, .light = {700, 630}, .unrest = 0.25f, .flow = 18, .bend = 30},
    [FINGERS] = {"T 3 590 634 614 634 634 642 T 3 596 646 618 648 638 658", {0x7c463c, 0x945848, 0xac6c56, 0xbc7e64, 0xcc9074},
                 .dark = {640, 660}, .light = {590, 630}, .unrest = 0.2f, .flow = 18},
};
/* clang-format on */

Vec3 pastel_colour(const Scene *scene, float x, float y, Dice *dice)
{
    int part = scene_part(scene, x, y);
    bool flesh = part >= FACE && part <= LIPS;
    float tone = scene_tone(scene, part, x, y);
    Vec3 paint = scene_colour(scene, part, tone, flesh ? 0.07f : 0.13f, dice);
    if (dice_between(dice, 0, 1) < (flesh ? 0.10f : 0.22f)) /* a stick of another temper */
        paint = vec3_mix(paint, tone < 0.5f ? colour(0x5a6496) : colour(0xf4c890), flesh ? 0.25f : 0.38f);
    return vec3_mul(paint, vec3(1 + 0.05f * dice_normal(dice), 1 + 0.03f * dice_normal(dice),
                                1 + 0.06f * dice_normal(dice)));
}

bool pastel_fine(const Scene *scene, float x, float y)
{
    int part = scene_part(scene, x, y);
    return (part >= JUG && part <= LEAVES) || (part >= COLLAR && part <= PAGE) || part >= HAND;
}

Scene pastel_scene(int height)
{
    return scene_new(shapes, PARTS, height);
}
