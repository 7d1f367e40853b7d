/* lines.c: evenly spaced lines.
 *
 * Each new line starts beside one that is there already, at the wanted distance, and is followed both ways
 * until it would come too near to another. That is how a hand hatches: the last line guides the next. Lines
 * from random places alone leave gaps of every width. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include "picture.h"

#include <stdlib.h>

enum { CELL = 6, MOST_POINTS = 1200 };

typedef struct Spot {
    float x, y;
    int next; /* spot in the same cell, -1: none */
} Spot;

typedef struct Tracer {
    const LineTask *task;
    int columns, rows, spots, room, asked; /* asked: spots whose neighbourhood was tried */
    int *first;                            /* [rows, columns], the spot in a cell, -1: none */
    Spot *spot;                            /* [room], all points of all lines */
} Tracer;

static Tracer tracer_new(const LineTask *task)
{
    Tracer tracer = {.task = task, .columns = task->width / CELL + 1, .rows = task->height / CELL + 1};
    int cells = tracer.columns * tracer.rows;
    tracer.room = task->width * task->height / 4;
    tracer.first = allocate((size_t)cells, sizeof *tracer.first);
    tracer.spot = allocate((size_t)tracer.room, sizeof *tracer.spot);
    for (int i = 0; i < cells; i++)
        tracer.first[i] = -1;
    return tracer;
}

static bool inside(const LineTask *task, float x, float y)
{
    return x >= 0 && y >= 0 && x < (float)task->width && y < (float)task->height;
}

static bool is_free(const Tracer *tracer, float x, float y, float distance)
{
    int reach = (int)(distance / CELL) + 1, column = (int)x / CELL, row = (int)y / CELL;
    for (int r = row - reach; r <= row + reach; r++)
        for (int c = column - reach; c <= column + reach; c++) {
            if (r < 0 || c < 0 || r >= tracer->rows || c >= tracer->columns)
                continue;
            for (int i = tracer->first[r * tracer->columns + c]; i >= 0; i = tracer->spot[i].next) {
                float dx = tracer->spot[i].x - x, dy = tracer->spot[i].y - y;
                if (dx * dx + dy * dy < distance * distance)
                    return false;
            }
        }
    return true;
}

static void occupy(Tracer *tracer, LinePoint point)
{
    if (tracer->spots == tracer->room)
        return;
    int *first = &tracer->first[(int)point.y / CELL * tracer->columns + (int)point.x / CELL];
    tracer->spot[tracer->spots] = (Spot){point.x, point.y, *first};
    *first = tracer->spots++;
}

/* Follows the flow (sign 1) or goes against it (-1); returns how many points were written. */
static int follow(const Tracer *tracer, float x, float y, float sign, float length, LinePoint *points)
{
    const LineTask *task = tracer->task;
    int count = 0, most = (int)(length / LINE_STEP);
    while (count < most && count < MOST_POINTS / 2) {
        float angle = task->flow(task->data, x, y);
        if (isnan(angle))
            break;
        x += sign * LINE_STEP * cosf(angle);
        y += sign * LINE_STEP * sinf(angle);
        if (!inside(task, x, y) || isnan(task->flow(task->data, x, y)) ||
            !is_free(tracer, x, y, 0.6f * task->spacing(task->data, x, y)))
            break;
        points[count++] = (LinePoint){x, y, 0};
    }
    return count;
}

static void trace_from(Tracer *tracer, float x, float y, Dice *dice)
{
    const LineTask *task = tracer->task;
    LinePoint points[MOST_POINTS + 1];
    if (!inside(task, x, y) || isnan(task->flow(task->data, x, y)) ||
        !is_free(tracer, x, y, 0.93f * task->spacing(task->data, x, y)))
        return;
    float length = task->longest * dice_between(dice, 0.5f, 1), share = dice_between(dice, 0.2f, 0.8f);
    int back = follow(tracer, x, y, -1, length * share, points);
    for (int i = 0; i < back / 2; i++) {
        LinePoint swapped = points[i];
        points[i] = points[back - 1 - i];
        points[back - 1 - i] = swapped;
    }
    points[back] = (LinePoint){x, y, 0};
    int count = back + 1 + follow(tracer, x, y, 1, length * (1 - share), points + back + 1);
    for (int i = 0; i < count; i++)
        occupy(tracer, points[i]);
    task->draw(task->to, points, count);
}

/* Tries both sides of every point there is, including those that this adds. */
static void trace_beside(Tracer *tracer, Dice *dice)
{
    const LineTask *task = tracer->task;
    for (; tracer->asked < tracer->spots; tracer->asked++) {
        Spot spot = tracer->spot[tracer->asked];
        float angle = task->flow(task->data, spot.x, spot.y);
        float distance = task->spacing(task->data, spot.x, spot.y) * dice_between(dice, 0.95f, 1.15f);
        for (int side = -1; side <= 1 && !isnan(angle); side += 2)
            trace_from(tracer, spot.x - (float)side * distance * sinf(angle),
                       spot.y + (float)side * distance * cosf(angle), dice);
    }
}

void lines_trace(const LineTask *task, Dice *dice)
{
    Tracer tracer = tracer_new(task);
    int tries = task->width * task->height / 40;
    for (int i = 0; i < tries; i++) {
        float x = dice_between(dice, 0, (float)task->width), y = dice_between(dice, 0, (float)task->height);
        trace_from(&tracer, x, y, dice);
        trace_beside(&tracer, dice);
    }
    free(tracer.first);
    free(tracer.spot);
}

/* The unit vector across the line at point i. */
static void across(const LinePoint *points, int count, int i, float normal[2])
{
    int before = i > 0 ? i - 1 : 0, after = i + 1 < count ? i + 1 : i;
    float dx = points[after].x - points[before].x, dy = points[after].y - points[before].y;
    float length = sqrtf(dx * dx + dy * dy) + 1e-6f;
    normal[0] = -dy / length;
    normal[1] = dx / length;
}

void lines_fill(cairo_t *cairo, const LinePoint *points, int count)
{
    float normal[2];
    cairo_new_path(cairo);
    for (int i = 0; i < 2 * count; i++) { /* down one side, back on the other */
        int at = i < count ? i : 2 * count - 1 - i;
        float half = (i < count ? 0.5f : -0.5f) * points[at].width;
        across(points, count, at, normal);
        cairo_line_to(cairo, (double)(points[at].x + half * normal[0]),
                      (double)(points[at].y + half * normal[1]));
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}
