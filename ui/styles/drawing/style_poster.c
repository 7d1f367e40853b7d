/* style_poster.c: a screen print: flat inks side by side, out of place by a hair, under brushed dark
 * outlines.
 *
 * Each ink has its plate, and one sheer grey ink makes a second tone of every colour, as thrifty printers
 * do. The screen leaves its own marks: thin spots, and edges that bleed a little. Drawing the shapes
 * straight in their colours was rejected: without plates nothing can be out of place, and it looks like clip
 * art. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"
#include "poster.h"
#include "print.h"

static const uint32_t inks[POSTER_INKS] = {
    [POSTER_CREAM] = 0xf6ead0,  [POSTER_AQUA] = 0xa6cfc6,   [POSTER_PEACH] = 0xefbf98,
    [POSTER_YELLOW] = 0xeab03c, [POSTER_SIENNA] = 0xb86a3a, [POSTER_RED] = 0xd0452c,
    [POSTER_TEAL] = 0x2f8b90,   [POSTER_BLUE] = 0x1f4f80,   [POSTER_GREEN] = 0x6b8a3a,
    [POSTER_SHADE] = 0x9a86a0,  [POSTER_KEY] = 0x1a1a2b,
};

static Poster poster_new(int width, int height)
{
    Poster poster;
    for (int i = 0; i < POSTER_INKS; i++)
        poster.plates[i] = print_sheet(width, height);
    return poster;
}

static void print_all(const Poster *poster, Picture *picture)
{
    for (int i = 0; i < POSTER_INKS; i++) {
        Plate plate = print_plate(poster->plates[i]);
        float turn = 2.4f * (float)i; /* every plate is out of place in a way of its own */
        PrintInk ink = {colour(inks[i]),  1.4f, 0.45f, 3.2f * cosf(turn), 2.6f * sinf(turn),
                        i == POSTER_SHADE};
        print_ink(picture, &plate, ink);
        plate_free(&plate);
    }
}

Picture draw_poster(void)
{
    const int width = 1280, height = 1024;
    Poster poster = poster_new(width, height);
    poster_bay(&poster);
    poster_still_life(&poster);
    poster_woman(&poster);
    Picture picture = print_paper(PRINT_FINER * width, PRINT_FINER * height, colour(0xf3e8d2));
    print_all(&poster, &picture);
    for (int i = 0; i < POSTER_INKS; i++)
        cairo_destroy(poster.plates[i]);
    Picture small = picture_shrink(&picture, PRINT_FINER);
    picture_free(&picture);
    return small;
}
