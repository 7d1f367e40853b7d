/* style_watercolour.c: watercolour: transparent washes on cold-pressed paper, much of which stays light. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"
#include "motif_watercolour.h"

enum { WIDTH = 1280, HEIGHT = 1024, FINER = 2 };

Picture draw_watercolour(void)
{
    Dice dice = {41};
    Sheet sheet = sheet_new(FINER * WIDTH, FINER * HEIGHT);
    motif_watercolour(&sheet, &dice);
    Picture large = sheet_seen(&sheet), picture = picture_shrink(&large, FINER);
    picture_free(&large);
    sheet_free(&sheet);
    return picture;
}
