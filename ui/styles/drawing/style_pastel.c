/* style_pastel.c: soft pastel on dark toned paper.
 *
 * A first layer is rubbed in with the finger and lets the paper through; over it go strokes with the
 * stick's side, then with its tip, hatched in the direction of each form. The paper stays visible between
 * them everywhere. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"

#include "chalk.h"
#include "motif_pastel.h"

enum { FINER = 2, HEIGHT = 1024 }; /* drawn this many times larger, then shrunk */
static const float UNIT = FINER * HEIGHT;

/* One layer; sizes are in units of the picture's height. */
typedef struct Layer {
    float width, length, spacing, share, pressure, rub;
    enum { EVERYWHERE, FINE, BORDERS } where;
} Layer;

static const Layer layers[] = {
    {0.045f, 0.110f, 0.026f, 1, 0.44f, 0.85f, EVERYWHERE},
    {0.026f, 0.085f, 0.0150f, 0.9f, 0.50f, 0.12f, EVERYWHERE},
    {0.013f, 0.060f, 0.0105f, 0.75f, 0.54f, 0, EVERYWHERE},
    {0.008f, 0.026f, 0.0062f, 0.8f, 0.60f, 0.1f, FINE},
    {0.007f, 0.036f, 0.0080f, 0.7f, 0.58f, 0, BORDERS},
    {0.0045f, 0.013f, 0.0034f, 0.7f, 0.70f, 0.1f, FINE},
    {0.0080f, 0.048f, 0.0130f, 0.6f, 0.64f, 0, EVERYWHERE},
};

typedef struct Board {
    Sheet sheet;
    Scene scene;
    const Layer *layer;
} Board;

static bool wanted(const Board *board, float x, float y)
{
    switch (board->layer->where) {
    case FINE:
        return pastel_fine(&board->scene, x, y);
    case BORDERS:
        return scene_border(&board->scene, x, y, 0.012f);
    case EVERYWHERE:
        break;
    }
    return true;
}

static void draw_place(void *data, float x, float y, Dice *dice)
{
    Board *board = data;
    const Layer *layer = board->layer;
    if (dice_between(dice, 0, 1) > layer->share || !wanted(board, x, y))
        return;
    const Scene *scene = &board->scene;
    float angle = scene_flow(scene, scene_part(scene, x, y), x, y) + 0.13f * dice_normal(dice);
    float length = layer->length * dice_between(dice, 0.6f, 1.3f);
    float width = layer->width * dice_between(dice, 0.65f, 1.3f);
    float over = 0.15f * layer->width * dice_between(dice, 0, 1); /* a hand doesn't stop at once */
    float back = scene_room(scene, x, y, angle + 3.14159f, 0.5f * length) + over;
    float ahead = scene_room(scene, x, y, angle, 0.5f * length) + over;
    float left = scene_room(scene, x, y, angle - 1.5708f, 0.5f * width);
    float right = scene_room(scene, x, y, angle + 1.5708f, 0.5f * width);
    float slim = fmaxf(left + right, fminf(width, 0.0035f)), shift = 0.5f * (right - left);
    if (back + ahead < 1.2f * slim)
        return;
    Chalk chalk = {.x = (x - back * cosf(angle) - shift * sinf(angle)) * UNIT,
                   .y = (y - back * sinf(angle) + shift * cosf(angle)) * UNIT,
                   .angle = angle,
                   .length = (back + ahead) * UNIT,
                   .bend = 0.03f * (back + ahead) * UNIT * dice_normal(dice),
                   .width = slim * UNIT,
                   .pressure = layer->pressure * (1 + 0.10f * dice_normal(dice)),
                   .rub = layer->rub};
    chalk.colour = pastel_colour(scene, x, y, dice);
    chalk_stroke(&board->sheet, &chalk, dice);
}

Picture draw_pastel(void)
{
    Dice dice = {40};
    Board board = {.scene = pastel_scene(FINER * HEIGHT)};
    board.sheet = chalk_sheet_new(board.scene.width, board.scene.height, colour(0x40383c));
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        board.layer = &layers[i];
        places_visit(board.layer->spacing, &board, draw_place, &dice);
    }
    Picture picture = picture_shrink(&board.sheet.paint, FINER);
    chalk_sheet_free(&board.sheet);
    scene_free(&board.scene);
    return picture;
}
