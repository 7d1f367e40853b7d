/* plan.c: two cairo sheets that get the same shapes.
 *
 * Formulas for each thing (as the sample painting has them) were the other way. Outlines given as points are
 * quicker to draw well, and a shape in front hides what lies behind without any arithmetic. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include "picture.h"

static cairo_t *sheet_new(int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_surface_destroy(surface); /* the context keeps it */
    cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
    return cairo;
}

Plan plan_new(int width, int height)
{
    return (Plan){width, height, sheet_new(width, height), sheet_new(width, height)};
}

void plan_free(Plan *plan)
{
    cairo_destroy(plan->parts);
    cairo_destroy(plan->tones);
    *plan = (Plan){0};
}

void plan_polygon(cairo_t *cairo, const PlanPoint *points, int count)
{
    cairo_new_sub_path(cairo);
    for (int i = 0; i < count; i++)
        cairo_line_to(cairo, (double)points[i].x, (double)points[i].y);
    cairo_close_path(cairo);
}

void plan_curve(cairo_t *cairo, const PlanPoint *points, int count)
{
    cairo_new_sub_path(cairo);
    cairo_move_to(cairo, (double)points[0].x, (double)points[0].y);
    for (int i = 0; i < count; i++) {
        const PlanPoint *before = &points[(i + count - 1) % count], *here = &points[i];
        const PlanPoint *next = &points[(i + 1) % count], *after = &points[(i + 2) % count];
        /* The curve passes each point in parallel to the line between its neighbours. */
        cairo_curve_to(cairo, (double)(here->x + (next->x - before->x) / 6),
                       (double)(here->y + (next->y - before->y) / 6),
                       (double)(next->x - (after->x - here->x) / 6),
                       (double)(next->y - (after->y - here->y) / 6), (double)next->x, (double)next->y);
    }
    cairo_close_path(cairo);
}

static void fill_tone(cairo_t *cairo, PlanFade fade)
{
    cairo_pattern_t *pattern =
        cairo_pattern_create_linear((double)fade.x0, (double)fade.y0, (double)fade.x1, (double)fade.y1);
    cairo_pattern_add_color_stop_rgba(pattern, 0, 0, 0, 0, (double)fade.from);
    cairo_pattern_add_color_stop_rgba(pattern, 1, 0, 0, 0, (double)fade.to);
    cairo_set_source(cairo, pattern);
    cairo_pattern_destroy(pattern);
    cairo_fill(cairo);
}

static void fill_part(cairo_t *cairo, int part)
{
    cairo_set_source_rgba(cairo, 0, 0, 0, part / 255.0);
    cairo_fill(cairo);
}

void plan_straight(Plan *plan, int part, PlanFade fade, const PlanPoint *points, int count)
{
    plan_polygon(plan->parts, points, count);
    fill_part(plan->parts, part);
    plan_polygon(plan->tones, points, count);
    fill_tone(plan->tones, fade);
}

void plan_round(Plan *plan, int part, PlanFade fade, const PlanPoint *points, int count)
{
    plan_curve(plan->parts, points, count);
    fill_part(plan->parts, part);
    plan_curve(plan->tones, points, count);
    fill_tone(plan->tones, fade);
}

void plan_oval(Plan *plan, int part, PlanFade fade, float x, float y, float radius_x, float radius_y)
{
    PlanPoint around[16];
    for (int i = 0; i < 16; i++) {
        float angle = 0.392699f * (float)i;
        around[i].x = x + radius_x * cosf(angle);
        around[i].y = y + radius_y * sinf(angle);
    }
    plan_round(plan, part, fade, around, 16);
}

static int sheet_at(cairo_t *cairo, float x, float y)
{
    cairo_surface_t *surface = cairo_get_target(cairo);
    int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    int column = (int)fminf(fmaxf(x, 0), (float)(width - 1));
    int row = (int)fminf(fmaxf(y, 0), (float)(height - 1));
    return cairo_image_surface_get_data(surface)[row * cairo_image_surface_get_stride(surface) + column];
}

int plan_part(const Plan *plan, float x, float y)
{
    return sheet_at(plan->parts, x, y);
}

float plan_tone(const Plan *plan, float x, float y)
{
    return (float)sheet_at(plan->tones, x, y) / 255;
}
