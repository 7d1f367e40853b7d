/* made.h: core's objects for tests that need them to exist: each is made, or the test program ends with the
 * error's message. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include "core/network/vgg16.h"

Workers *made_workers(int count);
Weights *made_weights(const char *path);
Vgg16 *made_vgg16(const Weights *weights, int layers, Workers *workers);
Vgg16Pass *made_pass(const Vgg16 *net, const Vgg16Taps *taps, NstPooling pooling, int height, int width);

#endif
