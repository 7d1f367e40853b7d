/* cells.c: pieces in rows along the outlines, as a mosaicist lays them.
 *
 * Each pixel belongs to the nearest middle of its own part, in a metric whose unit circle is a square turned
 * along the row; the middles move to the middles of what they got, a few times (Lloyd's method with Hausner's
 * metric). Few rounds leave the small disorder of handwork; many lead to bricks. Rows traced one by one along
 * the outlines were considered: where rows meet they need exactly the mending that this does by itself. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include <stdlib.h>
#include <string.h>

enum { STEP = 2 }; /* while evening out, every second pixel is enough */

/* Middles by place, to find the near ones. */
typedef struct Buckets {
    int columns, rows;
    float side;  /* pixels */
    int *first;  /* [rows * columns + 1] */
    int *member; /* numbers of cells, bucket after bucket */
} Buckets;

static int bucket_at(const Buckets *buckets, float x, float y)
{
    int column = (int)(x / buckets->side), row = (int)(y / buckets->side);
    column = column < 0 ? 0 : column >= buckets->columns ? buckets->columns - 1 : column;
    row = row < 0 ? 0 : row >= buckets->rows ? buckets->rows - 1 : row;
    return row * buckets->columns + column;
}

static Buckets buckets_new(int width, int height, float side)
{
    Buckets buckets = {(int)((float)width / side) + 1, (int)((float)height / side) + 1, side, NULL, NULL};
    buckets.first = allocate((size_t)(buckets.columns * buckets.rows) + 1, sizeof *buckets.first);
    return buckets;
}

static void buckets_fill(Buckets *buckets, const Cells *cells)
{
    int count = buckets->columns * buckets->rows;
    memset(buckets->first, 0, ((size_t)count + 1) * sizeof *buckets->first);
    free(buckets->member);
    buckets->member = allocate((size_t)cells->count, sizeof *buckets->member);
    for (int i = 0; i < cells->count; i++)
        buckets->first[bucket_at(buckets, cells->cells[i].x, cells->cells[i].y)]++;
    for (int i = 1; i <= count; i++)
        buckets->first[i] += buckets->first[i - 1];
    for (int i = 0; i < cells->count; i++)
        buckets->member[--buckets->first[bucket_at(buckets, cells->cells[i].x, cells->cells[i].y)]] = i;
}

static void buckets_free(Buckets *buckets)
{
    free(buckets->first);
    free(buckets->member);
}

static float apart(const Cell *cell, float x, float y)
{
    float dx = x - cell->x, dy = y - cell->y;
    float u = fabsf(dx * cell->cosine + dy * cell->sine) / (cell->size * cell->stretch);
    float v = fabsf(dy * cell->cosine - dx * cell->sine) / cell->size;
    return cell->round ? sqrtf(sqrtf(u * u * u * u + v * v * v * v)) : fmaxf(u, v) + 0.12f * fminf(u, v);
}

/* The nearest cell of that part within two buckets; -1: none. */
static int nearest(const Cells *cells, const Buckets *buckets, float x, float y, int part)
{
    int column = (int)(x / buckets->side), row = (int)(y / buckets->side), found = -1;
    float best = INFINITY;
    for (int r = row - 2; r <= row + 2; r++)
        for (int c = column - 2; c <= column + 2; c++) {
            if (r < 0 || c < 0 || r >= buckets->rows || c >= buckets->columns)
                continue;
            int bucket = r * buckets->columns + c;
            for (int i = buckets->first[bucket]; i < buckets->first[bucket + 1]; i++) {
                const Cell *cell = &cells->cells[buckets->member[i]];
                float distance = cell->part == part ? apart(cell, x, y) : INFINITY;
                if (distance < best) {
                    best = distance;
                    found = buckets->member[i];
                }
            }
        }
    return found;
}

/* The direction along the outlines, where it is near; else the part's own. */
typedef struct Rows {
    const Sketch *sketch;
    Picture depth; /* x: the distance to the outline, smoothed */
} Rows;

static Rows rows_new(const Sketch *sketch)
{
    int width = sketch->colours.width, height = sketch->colours.height;
    int32_t *labels = allocate((size_t)width * (size_t)height, sizeof *labels);
    for (int i = 0; i < width * height; i++)
        labels[i] = sketch->parts[i];
    float *distance = border_distance(labels, width, height);
    Rows rows = {sketch, picture_new(width, height)};
    for (int i = 0; i < width * height; i++)
        rows.depth.pixels[i].x = fminf(distance[i], 1000);
    picture_blur(&rows.depth, sketch->unit * 0.004f);
    free(distance);
    free(labels);
    return rows;
}

static void turn_cell(Cell *cell, const Rows *rows)
{
    const float e = 3;
    float dx = picture_between(&rows->depth, cell->x + e, cell->y).x -
               picture_between(&rows->depth, cell->x - e, cell->y).x;
    float dy = picture_between(&rows->depth, cell->x, cell->y + e).x -
               picture_between(&rows->depth, cell->x, cell->y - e).x;
    float along = atan2f(dx, -dy), flow = rows->sketch->tints[cell->part].flow;
    float depth = picture_between(&rows->depth, cell->x, cell->y).x / cell->size;
    if (!isnan(flow) && depth > 1.6f)
        along = flow * 0.0174533f + 0.35f * noise_fractal(cell->x / 230, cell->y / 230, 2, 51);
    cell->cosine = cosf(along);
    cell->sine = sinf(along);
}

/* Whether a cell of that part is nearer than `reach`. `used` holds, for a bucket, 1 + the number of its last
 * cell, and, as a member, for each cell the same of the one before it. */
static bool taken(const Cells *cells, const Buckets *used, int part, float x, float y, float reach)
{
    int span = (int)(reach / used->side) + 1, column = (int)(x / used->side), row = (int)(y / used->side);
    for (int r = row - span; r <= row + span; r++)
        for (int c = column - span; c <= column + span; c++) {
            if (r < 0 || c < 0 || r >= used->rows || c >= used->columns)
                continue;
            for (int i = used->first[r * used->columns + c]; i > 0; i = used->member[i - 1]) {
                const Cell *cell = &cells->cells[i - 1];
                if (cell->part == part && hypotf(cell->x - x, cell->y - y) < reach)
                    return true;
            }
        }
    return false;
}

/* Adds a cell at a pixel, unless one of its part is too near. */
static void try_cell(Cells *cells, Buckets *used, const Sketch *sketch, CellPlanner planner, int x, int y)
{
    int part = sketch->parts[y * cells->width + x];
    CellPlan plan = planner(&sketch->tints[part]);
    float reach = 0.86f * plan.size * sqrtf(plan.stretch);
    if (taken(cells, used, part, (float)x, (float)y, reach))
        return;
    int *last = &used->first[bucket_at(used, (float)x, (float)y)];
    used->member[cells->count] = *last;
    *last = cells->count + 1;
    cells->cells[cells->count++] =
        (Cell){(float)x, (float)y, 1, 0, plan.size, plan.stretch, plan.round, part};
}

static void scatter(Cells *cells, const Sketch *sketch, CellPlanner planner, float smallest, Dice *dice)
{
    Buckets used = buckets_new(cells->width, cells->height, smallest * 0.6f);
    int pixels = cells->width * cells->height, room = 2 * used.columns * used.rows + sketch->count;
    cells->cells = allocate((size_t)room, sizeof *cells->cells);
    used.member = allocate((size_t)room, sizeof *used.member);
    /* First by chance, then in order, so that small parts are not forgotten. */
    for (int i = 0; i < room * 2 && cells->count < room; i++)
        try_cell(cells, &used, sketch, planner, (int)dice_between(dice, 0, (float)cells->width - 0.01f),
                 (int)dice_between(dice, 0, (float)cells->height - 0.01f));
    for (int i = 0; i < pixels && cells->count < room; i += 3)
        try_cell(cells, &used, sketch, planner, i % cells->width, i / cells->width);
    buckets_free(&used);
}

static void assign(Cells *cells, const Buckets *buckets, const Sketch *sketch, int step)
{
    for (int y = 0; y < cells->height; y += step)
        for (int x = 0; x < cells->width; x += step) {
            int at = y * cells->width + x;
            cells->owner[at] = nearest(cells, buckets, (float)x + 0.5f, (float)y + 0.5f, sketch->parts[at]);
        }
}

static void move_to_middles(Cells *cells, const Rows *rows)
{
    Vec3 *sums = allocate((size_t)cells->count, sizeof *sums); /* z counts */
    for (int y = 0; y < cells->height; y += STEP)
        for (int x = 0; x < cells->width; x += STEP) {
            int owner = cells->owner[y * cells->width + x];
            if (owner >= 0)
                sums[owner] = vec3_add(sums[owner], vec3((float)x + 0.5f, (float)y + 0.5f, 1));
        }
    for (int i = 0; i < cells->count; i++) {
        if (sums[i].z > 0) {
            cells->cells[i].x = sums[i].x / sums[i].z;
            cells->cells[i].y = sums[i].y / sums[i].z;
        }
        turn_cell(&cells->cells[i], rows);
    }
    free(sums);
}

Cells cells_new(const Sketch *sketch, CellPlanner planner, int rounds, Dice *dice)
{
    Cells cells = {.width = sketch->colours.width, .height = sketch->colours.height};
    cells.owner = allocate((size_t)cells.width * (size_t)cells.height, sizeof *cells.owner);
    float smallest = INFINITY, largest = 0;
    for (int i = 0; i < sketch->count; i++) {
        CellPlan plan = planner(&sketch->tints[i]);
        smallest = fminf(smallest, plan.size);
        largest = fmaxf(largest, plan.size * plan.stretch);
    }
    scatter(&cells, sketch, planner, smallest, dice);
    Rows rows = rows_new(sketch);
    for (int i = 0; i < cells.count; i++)
        turn_cell(&cells.cells[i], &rows);
    Buckets buckets = buckets_new(cells.width, cells.height, largest * 0.75f);
    for (int i = 0; i < rounds; i++) {
        buckets_fill(&buckets, &cells);
        assign(&cells, &buckets, sketch, STEP);
        move_to_middles(&cells, &rows);
    }
    buckets_fill(&buckets, &cells);
    assign(&cells, &buckets, sketch, 1);
    buckets_free(&buckets);
    picture_free(&rows.depth);
    return cells;
}

Vec3 *cells_colours(const Cells *cells, const Sketch *sketch)
{
    Vec3 *colours = allocate((size_t)cells->count, sizeof *colours);
    int *counts = allocate((size_t)cells->count, sizeof *counts);
    for (int i = 0; i < cells->width * cells->height; i++)
        if (cells->owner[i] >= 0) {
            Vec3 *sum = &colours[cells->owner[i]];
            *sum = vec3_add(*sum, sketch->colours.pixels[i]);
            counts[cells->owner[i]]++;
        }
    for (int i = 0; i < cells->count; i++)
        colours[i] = vec3_scale(colours[i], 1 / fmaxf((float)counts[i], 1));
    free(counts);
    return colours;
}

void cells_free(Cells *cells)
{
    free(cells->cells);
    free(cells->owner);
    *cells = (Cells){0};
}
