/* things.c: facets, sorted from far to near and filled by cairo.
 *
 * Sorting is enough because no object's facets cut through each other; whether the land hides an object is
 * decided by its distance. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "things.h"

#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>

/* Cairo's colours end at 1, but lamps are brighter than white. */
static const float HEADROOM = 3;

void thing_free(Thing *thing)
{
    free(thing->facets);
    *thing = (Thing){0};
}

static void thing_add(Thing *thing, Facet facet)
{
    if (thing->count == thing->room) {
        size_t room = thing->room ? 2 * thing->room : 256;
        Facet *facets = allocate(room, sizeof *facets);
        for (size_t i = 0; i < thing->count; i++)
            facets[i] = thing->facets[i];
        free(thing->facets);
        thing->facets = facets;
        thing->room = room;
    }
    thing->facets[thing->count++] = facet;
}

Vec3 lit(Vec3 albedo, Vec3 normal)
{
    float facing = vec3_dot(normal, sun_direction());
    Vec3 light = sky_light(normal.y);
    if (facing > 0)
        light = vec3_add(light, vec3_scale(sun_light(), facing));
    return vec3_mul(albedo, light);
}

void thing_quad(Thing *thing, Vec3 a, Vec3 b, Vec3 c, Vec3 d, Vec3 albedo)
{
    Vec3 normal = vec3_unit(vec3_cross(vec3_sub(c, a), vec3_sub(b, d)));
    thing_add(thing, (Facet){.corner = {a, b, c, d}, .colour = lit(albedo, normal)});
}

void thing_lamp(Thing *thing, Vec3 a, Vec3 b, Vec3 c, Vec3 d, Vec3 light)
{
    thing_add(thing, (Facet){.corner = {a, b, c, d}, .colour = light});
}

void thing_stroke(Thing *thing, Vec3 from, Vec3 to, float thickness, Vec3 colour)
{
    thing_add(thing, (Facet){.corner = {from, to}, .thickness = thickness, .colour = colour});
}

static float facet_depth(const Facet *facet)
{
    int corners = facet->thickness > 0 ? 2 : 4;
    float sum = 0;
    for (int i = 0; i < corners; i++)
        sum += facet->corner[i].z;
    return sum / (float)corners;
}

static int further_first(const void *a, const void *b)
{
    float depth_a = facet_depth(a), depth_b = facet_depth(b);
    return (depth_a < depth_b) - (depth_a > depth_b);
}

static void facet_draw(const Facet *facet, cairo_t *cairo, const View *view)
{
    Vec3 c = vec3_scale(facet->colour, 1 / HEADROOM);
    cairo_set_source_rgb(cairo, to_srgb(c.x), to_srgb(c.y), to_srgb(c.z));
    int corners = facet->thickness > 0 ? 2 : 4;
    for (int i = 0; i < corners; i++) {
        double x, y;
        view_project(view, facet->corner[i], &x, &y);
        cairo_line_to(cairo, x, y);
    }
    if (facet->thickness > 0) {
        cairo_set_line_width(cairo, view->focal * facet->thickness / facet->corner[0].z);
        cairo_stroke(cairo);
    } else {
        cairo_close_path(cairo);
        cairo_fill_preserve(cairo);
        cairo_set_line_width(cairo, 0.6); /* closes the hairline between neighbours */
        cairo_stroke(cairo);
    }
}

/* Lays one pixel of cairo's (premultiplied, encoded) over the picture's. */
static void pixel_over(Vec3 *under, uint32_t argb)
{
    float alpha = (float)(argb >> 24) / 255;
    if (alpha <= 0)
        return;
    float scale = 1 / (255 * alpha);
    Vec3 c = vec3(to_linear((float)(argb >> 16 & 255) * scale), to_linear((float)(argb >> 8 & 255) * scale),
                  to_linear((float)(argb & 255) * scale));
    *under = vec3_mix(*under, vec3_scale(c, HEADROOM), alpha);
}

void thing_paint(Thing *thing, Picture *picture, const float *land, const View *view)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, view->width, view->height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    if (thing->count > 0)
        qsort(thing->facets, thing->count, sizeof *thing->facets, further_first);
    for (size_t i = 0; i < thing->count; i++)
        facet_draw(&thing->facets[i], cairo, view);
    cairo_surface_flush(surface);
    if (cairo_status(cairo) != CAIRO_STATUS_SUCCESS) {
        fprintf(stderr, "draw-samples: cairo: %s\n", cairo_status_to_string(cairo_status(cairo)));
        exit(EXIT_FAILURE);
    }
    const unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    int top = view->mirrored ? (int)view->horizon : 0;
    for (int y = top; y < view->height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(data + (size_t)y * stride);
        const float *near = land + (size_t)y * (size_t)view->width;
        for (int x = 0; x < view->width; x++)
            if (near[x] > thing->depth - 1.5f) /* the ground under its own feet doesn't hide it */
                pixel_over(picture_at(picture, x, y), row[x]);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}
