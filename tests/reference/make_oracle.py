#!/usr/bin/python3
"""Rebuilds oracle.safetensors: PyTorch's answers, in float64, to what the test programs ask.

usage: make_oracle.py          (needs python3-torch, python3-numpy, python3-pil; no network)

The questions are hashed numbers, which the C side generates for itself (tests/support/hash.h) from the same seeds; the
file holds only the answers. Large answers are sampled.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import reference as ref

CONVOLUTIONS = [(3, 64, 5, 7), (64, 128, 3, 4), (512, 512, 1, 3), (5, 3, 9, 1), (2, 7, 1, 1)]  # ic, oc, h, w
POOLS = [(5, 7, 3), (8, 6, 2), (2, 3, 5)]                                                      # h, w, c
RESIZES = [(32, 24, 16, 12), (33, 21, 20, 13), (20, 17, 47, 40), (64, 64, 9, 9),
           (20, 17, 11, 40)]                                                                # from w, h to w, h
SIZE, STYLE_SIZE = (19, 26), (23, 17)                                                           # h, w
CONTENT_LAYERS = {'relu4_2': 1.0, 'relu2_2': 0.5}
STYLE_LAYERS = {'relu1_1': 0.2, 'relu2_1': 1.0, 'relu3_1': 0.7, 'relu4_1': 1.3, 'relu5_1': 2.0}
WEIGHTS = [1.0, 10.0, 0.05]
SEEDS = range(400, 432)


def convolutions(out):
    for ic, oc, h, w in CONVOLUTIONS:
        x = ref.from_hwc(ref.signed(1, 1, h * w * ic), h, w, ic).requires_grad_(True)
        scale = np.sqrt(2 / (3 * ic))
        weight = torch.from_numpy(ref.signed(2, scale, oc * ic * 9)).double().reshape(oc, ic, 3, 3)
        y = F.relu(F.conv2d(x, weight, torch.from_numpy(ref.signed(3, 0.1, oc)).double(), padding=1))
        linear = F.conv2d(x, weight, padding=1)
        linear.backward(ref.from_hwc(ref.signed(4, 1, h * w * oc), h, w, oc))
        out[f'conv/{ic}-{oc}/forward'] = ref.to_hwc(y)
        out[f'conv/{ic}-{oc}/backward'] = ref.to_hwc(x.grad)


def pools(out):
    for h, w, c in POOLS:
        for kind, pool in ('max', F.max_pool2d), ('average', F.avg_pool2d):
            # Rounded to fifths, so that some maxima are equal and the rule for those shows.
            x = ref.from_hwc(np.floor(ref.unit(1, h * w * c) * np.float32(5)), h, w, c).requires_grad_(True)
            y = pool(x, 2)
            y.backward(ref.from_hwc(ref.signed(2, 1, y.numel()), h // 2, w // 2, c))
            out[f'pool/{h}x{w}/{kind}/forward'] = ref.to_hwc(y)
            out[f'pool/{h}x{w}/{kind}/backward'] = ref.to_hwc(x.grad)


def losses(out):
    h, w, c = 9, 11, 6
    f = ref.from_hwc(ref.signed(1, 1, h * w * c), h, w, c).requires_grad_(True)
    other = ref.from_hwc(ref.signed(2, 1, h * w * c), h, w, c)
    out['gram/forward'] = ref.gram(f).detach().numpy().astype(np.float32)
    for name, value in (('content', ref.relative(f, other)), ('style', ref.relative(ref.gram(f), ref.gram(other)))):
        f.grad = None
        (3 * value).backward()
        out[f'{name}/value'] = np.float32([value.item()])
        out[f'{name}/gradient'] = ref.to_hwc(f.grad)
    image = ref.from_hwc(ref.unit(3, h * w * 3), h, w, 3).requires_grad_(True)
    value = ref.total_variation(image)
    (3 * value).backward()
    out['tv/value'], out['tv/gradient'] = np.float32([value.item()]), ref.to_hwc(image.grad)


def picture(seed, size):
    return ref.from_hwc(ref.unit(seed, size[0] * size[1] * 3), *size, 3)


def network(out):
    """Features of all thirteen layers and the whole objective, with both poolings."""
    for pooling in 'max', 'average':
        net = ref.hashed_network(13, pooling)
        seed, margin = ref.away_from_kinks(net, lambda s: picture(s, SIZE), SEEDS)
        print(f'{pooling}: picture {seed}, nearest kink at {margin:.2g}')
        out[f'network/{pooling}/seed'] = np.float32([seed])
        with torch.no_grad():
            features = net.features(picture(seed, SIZE))[0]
        for name, f in zip(ref.NAMES, features):
            out[f'network/{pooling}/{name}'] = ref.sampled(ref.to_hwc(f))
        seed, margin = ref.away_from_kinks(net, lambda s: ref.mirrored(picture(s, SIZE)), SEEDS)
        print(f'{pooling}: objective of picture {seed}, nearest kink at {margin:.2g}')
        out[f'objective/{pooling}/seed'] = np.float32([seed])
        values, gradient, _ = ref.objective(net, picture(seed, SIZE), picture(500, SIZE), picture(501, STYLE_SIZE),
                                            CONTENT_LAYERS, STYLE_LAYERS, WEIGHTS)
        out[f'objective/{pooling}/losses'] = np.float32(values)
        out[f'objective/{pooling}/gradient'] = ref.to_hwc(gradient)
        if pooling == 'max':
            # relu5_1 has a single position here, and so no covariance.
            style_layers = {name: weight for name, weight in STYLE_LAYERS.items() if name != 'relu5_1'}
            values, gradient, _ = ref.objective(net, picture(seed, SIZE), picture(500, SIZE),
                                                picture(501, STYLE_SIZE), CONTENT_LAYERS, style_layers, WEIGHTS,
                                                'covariance')
            out['objective/covariance/losses'] = np.float32(values)
            out['objective/covariance/gradient'] = ref.to_hwc(gradient)
    bgr = ref.hashed_network(1, bgr=True, scale=255.0, mean=(103.939, 116.779, 123.68), std=(64, 64, 64))
    with torch.no_grad():
        out['network/bgr/relu1_1'] = ref.sampled(ref.to_hwc(bgr.features(picture(500, SIZE))[0][0]))


def resizes(out):
    """Pillow's Lanczos along an axis that shrinks, its bicubic along one that grows: the same kernels, widened for
    shrinking, cut off at the edges and normalised to 1 again."""
    def kernel(size, to_size):
        return Image.LANCZOS if to_size < size else Image.BICUBIC
    for w, h, to_w, to_h in RESIZES:
        # Kept within 0.3 .. 0.7, so that the kernel's overshoot isn't clamped.
        image = np.float32(0.3) + np.float32(0.4) * ref.unit(w, w * h)
        narrow = Image.fromarray(image.reshape(h, w), 'F').resize((to_w, h), kernel(w, to_w))
        resized = narrow.resize((to_w, to_h), kernel(h, to_h))
        out[f'resize/{w}x{h}-{to_w}x{to_h}'] = np.asarray(resized, np.float32)


def main():
    torch.manual_seed(0)
    out = {}
    for part in convolutions, pools, losses, network, resizes:
        part(out)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'oracle.safetensors')
    ref.write(path, out)
    print(f'{path}: {os.path.getsize(path)} bytes')


if __name__ == '__main__':
    main()
