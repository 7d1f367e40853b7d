/* network.c: a map is a picture on its way through the layers. The convolutions are products on a grid, and
 * so exact. core's own are four times as fast, but they round, and not alike on every machine. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "grid.h"
#include "textures.h"
#include "weights/write/half.h"

#include "core/base/memory.h"
#include "core/network/pool.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

const float network_mean[3] = {0.485f, 0.456f, 0.406f}, network_std[3] = {0.229f, 0.224f, 0.225f};

static void round_all(float *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (float)grid_round((double)half_round(values[i]), WEIGHT_BITS);
}

/* weight: [OC, IC, 3, 3] -> matrix: [9 * IC, OC] */
static void fill_matrix(const Vgg16Layer *l, const float *weight, double *matrix)
{
    size_t ic = (size_t)l->in_channels, oc = (size_t)l->out_channels;
    for (size_t o = 0; o < oc; o++)
        for (size_t i = 0; i < ic; i++)
            for (size_t tap = 0; tap < 9; tap++)
                matrix[(tap * ic + i) * oc + o] = (double)weight[(o * ic + i) * 9 + tap];
}

NstStatus network_add(Network *network, float *weight, float *bias, NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[network->layers];
    size_t values = 9 * (size_t)l->in_channels * (size_t)l->out_channels;
    double *matrix = malloc(values * sizeof *matrix);
    if (!matrix) {
        free(weight);
        free(bias);
        return nst_fail_memory(error, "the filters", 8.0 * (double)values);
    }
    round_all(weight, values);
    round_all(bias, (size_t)l->out_channels);
    fill_matrix(l, weight, matrix);
    network->layer[network->layers].weight = weight;
    network->layer[network->layers].bias = bias;
    network->layer[network->layers++].matrix = matrix;
    return NST_OK;
}

void network_free(Network *network)
{
    for (int i = 0; i < network->layers; i++) {
        free(network->layer[i].weight);
        free(network->layer[i].bias);
        free(network->layer[i].matrix);
    }
    *network = (Network){0};
}

NstStatus map_new(Map *map, int height, int width, int channels, NstError *error)
{
    size_t floats = (size_t)height * (size_t)width * (size_t)channels;
    *map = (Map){height, width, channels, memory_floats(floats)};
    if (!map->values)
        return nst_fail_memory(error, "the drawings' activations", 4.0 * (double)floats);
    return NST_OK;
}

void map_draw(Map *map, uint32_t seed, uint32_t number)
{
    size_t floats = 3 * (size_t)map->width * (size_t)map->width;
    texture_draw(seed, number, map->width, map->values);
    for (size_t i = 0; i < floats; i++)
        map->values[i] = (map->values[i] - network_mean[i % 3]) / network_std[i % 3];
    grid_round_floats(ACTIVATION_BITS, floats, map->values);
}

/* Puts `next` in the map's place. */
static void replace(Map *map, const Map *next)
{
    free(map->values);
    *map = *next;
}

NstStatus map_pool(Map *map, Workers *workers, int layer, NstError *error)
{
    if (layer == 0 || vgg16_layers[layer].block == vgg16_layers[layer - 1].block)
        return NST_OK;
    Map next;
    NstStatus status = map_new(&next, map->height / 2, map->width / 2, map->channels, error);
    if (status != NST_OK)
        return status;
    ConvFrame frame = conv_frame_whole(map->height, map->width);
    pool_forward(NST_POOLING_MAX, workers, &frame, map->channels, map->values, next.values, NULL);
    replace(map, &next);
    return NST_OK;
}

typedef struct Convolution {
    const Map *in, *out;
    const double *matrix;
    const float *bias;
} Convolution;

/* A row of the picture as the rows of a matrix [W, 9 * C]: each pixel's neighbourhood, tap by tap, with zeros
 * beyond the border. */
static void gather_row(const Map *m, int y, double *patches)
{
    size_t channels = (size_t)m->channels;
    for (int x = 0; x < m->width; x++)
        for (int tap = 0; tap < 9; tap++, patches += channels) {
            int from_y = y + tap / 3 - 1, from_x = x + tap % 3 - 1;
            if (from_y >= 0 && from_y < m->height && from_x >= 0 && from_x < m->width)
                grid_widen(channels, m->values + (size_t)(from_y * m->width + from_x) * channels, patches);
            else
                memset(patches, 0, channels * sizeof *patches);
        }
}

static void convolve_row(void *data, size_t y, float *scratch)
{
    const Convolution *c = data;
    int width = c->in->width, depth = 9 * c->in->channels, filters = c->out->channels;
    double *patches = (double *)(void *)scratch, *sums = patches + (size_t)width * (size_t)depth;
    float *out = c->out->values + y * (size_t)width * (size_t)filters;
    gather_row(c->in, (int)y, patches);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, width, filters, depth, 1, patches, depth,
                c->matrix, filters, 0, sums, filters);
    for (int x = 0; x < width; x++)
        for (int f = 0; f < filters; f++) {
            double sum = *sums++ + (double)c->bias[f];
            *out++ = (float)grid_round(sum > 0 ? sum : 0, ACTIVATION_BITS);
        }
}

/* A bound on every neighbourhood's norm: nine pixels, none of which exceeds the largest pixel's norm. */
static double neighbourhood_norm(const Map *m)
{
    return 3 * grid_row_norm((size_t)m->height * (size_t)m->width, (size_t)m->channels, m->values);
}

NstStatus map_convolve(Map *map, const Network *network, Workers *workers, int layer, NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[layer];
    size_t depth = 9 * (size_t)l->in_channels, filters = (size_t)l->out_channels, width = (size_t)map->width;
    Map next;
    double largest = neighbourhood_norm(map) * grid_row_norm(filters, depth, network->layer[layer].weight);
    NstStatus status = grid_check(largest, ACTIVATION_BITS + WEIGHT_BITS, l->name, error);
    if (status == NST_OK)
        status = workers_reserve(workers, 2 * width * (depth + filters), error);
    if (status == NST_OK)
        status = map_new(&next, map->height, map->width, l->out_channels, error);
    if (status != NST_OK)
        return status;
    Convolution c = {map, &next, network->layer[layer].matrix, network->layer[layer].bias};
    workers_run(workers, (size_t)map->height, convolve_row, &c);
    replace(map, &next);
    return NST_OK;
}

NstStatus map_forward(Map *map, const Network *network, Workers *workers, NstError *error)
{
    NstStatus status = NST_OK;
    for (int layer = 0; status == NST_OK && layer < network->layers; layer++) {
        status = map_pool(map, workers, layer, error);
        if (status == NST_OK)
            status = map_convolve(map, network, workers, layer, error);
    }
    return status;
}
