/* made.c: see made.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made.h"

#include <glib.h>

static void must(NstStatus status, const NstError *error, const void *made)
{
    g_assert_cmpstr(error->message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    g_assert_nonnull(made);
}

Workers *made_workers(int count)
{
    NstError error = {0};
    Workers *workers;
    NstStatus status = workers_new(&workers, count, &error);
    must(status, &error, workers);
    return workers;
}

Weights *made_weights(const char *path)
{
    NstError error = {0};
    Weights *weights;
    NstStatus status = weights_open(&weights, path, &error);
    must(status, &error, weights);
    return weights;
}

Vgg16 *made_vgg16(const Weights *weights, int layers, Workers *workers)
{
    NstError error = {0};
    Vgg16 *net;
    NstStatus status = vgg16_new(&net, weights, layers, workers, &error);
    must(status, &error, net);
    g_assert_cmpint(vgg16_depth(net), ==, layers);
    return net;
}

Vgg16Pass *made_pass(const Vgg16 *net, const Vgg16Taps *taps, NstPooling pooling, int height, int width)
{
    NstError error = {0};
    Vgg16Pass *pass;
    NstStatus status = vgg16_pass_new(&pass, net, taps, pooling, height, width, &error);
    must(status, &error, pass);
    return pass;
}
