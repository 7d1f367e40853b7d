/* brushwork.c: what is not drawn one by one: leaves, ripples, stones, windows, reeds. Each is a touch of the
 * brush, placed by chance around where it belongs; regular rows were tried, and look printed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brushwork.h"

/* One touch of a loaded brush: a short line, thicker in the middle. */
static Outline brush_touch(float x, float y, float length, float width, float angle, Dice *dice)
{
    Outline touch = {.count = 8, .curved = true};
    static const float along[] = {-1, -0.5f, 0, 0.5f, 1, 0.5f, 0, -0.5f};
    static const float across[] = {0.1f, 0.42f, 0.5f, 0.4f, 0.05f, -0.4f, -0.5f, -0.38f};
    float c = cosf(angle), s = sinf(angle), bend = 0.25f * width * dice_normal(dice);
    float lean = 0.5f * length * dice_between(dice, -0.3f, 0.3f); /* where it is widest */
    for (int i = 0; i < 8; i++) {
        float u =
            0.5f * length * along[i] * dice_between(dice, 0.9f, 1.1f) + (fabsf(along[i]) < 1 ? lean : 0);
        float v = width * across[i] * dice_between(dice, 0.6f, 1.3f) + bend * along[i] * along[i];
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
            float aside = x + (float)side * 0.0145f;
            Outline shutter = {
                .count = 2, .x = {aside, aside + 0.001f * dice_normal(dice)}, .width = 0.0075f};
            shutter.y[0] = y + 0.003f;
            shutter.y[1] = y + tall - 0.003f;
            Wash green = {0x4f8a78, 0x3f6a70, 90, dice_between(dice, 0.7f, 1.1f), WASH_DETAIL};
            sheet_wash(sheet, &shutter, &green, dice);
        }
    }
}

void paint_windows(Sheet *sheet, Dice *dice)
{
    windows_of(sheet, 0.624f, 0.440f, 2, 3, 0.045f, 0.056f, false, dice);
    windows_of(sheet, 0.730f, 0.404f, 2, 3, 0.045f, 0.062f, true, dice);
    windows_of(sheet, 0.858f, 0.462f, 2, 1, 0.042f, 0.060f, false, dice);
    windows_of(sheet, 0.966f, 0.376f, 3, 3, 0.036f, 0.066f, false, dice);
    windows_of(sheet, 0.992f, 0.292f, 1, 1, 0.036f, 0.066f, false, dice);
    windows_of(sheet, 1.110f, 0.430f, 3, 2, 0.058f, 0.066f, true, dice);
}

void paint_glazes(Sheet *sheet, const Glazes *glazes, Dice *dice)
{
    for (int i = 0; i < glazes->count; i++) {
        float x = dice_between(dice, glazes->left, glazes->right);
        float y = dice_between(dice, glazes->top, glazes->bottom);
        float size = glazes->size * dice_between(dice, 0.6f, 1.5f);
        float wide =
            fminf(size * glazes->flat, 0.9f * fminf(x - glazes->left + 0.01f, glazes->right - x + 0.01f));
        Outline patch = outline_blob(x, y, wide, size, 0.5f, dice);
        uint32_t tone = i % 3 ? glazes->tone : glazes->other;
        Wash wash = {tone, tone, 90, dice_between(dice, 0.12f, 0.30f), WASH_FLAT};
        sheet_wash(sheet, &patch, &wash, dice);
    }
}

/* Leaves: a pale mass, then touches of middle green and of dark, then dry brush around. */
void paint_foliage(Sheet *sheet, const float box[4], int count, float size, Dice *dice)
{
    static const uint32_t greens[] = {0xb8c460, 0x8fb04c, 0x5f8f4a, 0x44686c, 0x38406c};
    for (int i = 0; i < count; i++) {
        float done = (float)i / (float)count, angle = dice_between(dice, 0, 6.2832f);
        float far = sqrtf(dice_between(dice, 0, 1)) * (1.05f - 0.25f * done);
        float x = box[0] + box[2] * far * cosf(angle) + 0.018f * done,
              y = box[1] + box[3] * far * sinf(angle) + 0.02f * done;
        int tone = (int)(done * 3.2f + dice_between(dice, 0, 1.5f));
        tone = tone > 4 ? 4 : tone;
        float wide = size * dice_between(dice, 0.6f, 1.4f) * (1.25f - 0.6f * done);
        Outline blob = outline_blob(x, y, wide * 1.25f, wide * 0.8f, 0.55f, dice);
        bool dry = dice_between(dice, 0, 1) < 0.14f;
        Wash wash = {greens[tone], greens[tone > 0 ? tone - 1 : 1], 90, dice_between(dice, 0.42f, 0.78f),
                     dry ? WASH_DRY : WASH_FLAT};
        sheet_wash(sheet, &blob, &wash, dice);
    }
}

/* Sparkles kept white, in flat rows. */
void mask_sparkles(Sheet *sheet, Dice *dice)
{
    for (int i = 0; i < 90; i++) {
        float depth = dice_between(dice, 0, 1), y = 0.64f + 0.24f * depth;
        float x = dice_between(dice, 0, 1.25f),
              wide = (0.012f + 0.05f * depth) * dice_between(dice, 0.5f, 1.5f);
        Outline sparkle = brush_touch(x, y, wide, 0.0025f + 0.004f * depth, 0.02f * dice_normal(dice), dice);
        sheet_mask(sheet, &sparkle);
    }
}

void paint_ripples(Sheet *sheet, Dice *dice)
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
void paint_stones(Sheet *sheet, Dice *dice)
{
    for (int i = 0; i < 150; i++) {
        bool quay = i % 2;
        float x = quay ? dice_between(dice, 0.57f, 1.25f) : dice_between(dice, 0, 0.57f);
        float y = quay ? dice_between(dice, 0.620f, 0.676f) : dice_between(dice, 0.512f, 0.545f);
        Outline touch = outline_blob(x, y, dice_between(dice, 0.004f, 0.011f), 0.0042f, 0.5f, dice);
        uint32_t stone = i % 3 ? 0xa88a78 : 0x8a7a90;
        Wash wash = {stone, stone, 0, dice_between(dice, 0.3f, 0.7f), WASH_DETAIL};
        sheet_wash(sheet, &touch, &wash, dice);
    }
}

/* Reeds and flowers by the water. */
void paint_reeds(Sheet *sheet, Dice *dice)
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
