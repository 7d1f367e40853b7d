#!/usr/bin/python3
"""PyTorch's results on real pictures with the real ImageNet VGG16, for test_pictures.c.

usage: pictures.py SHARED FOLDER          (needs python3-torch, python3-numpy, python3-pil)

SHARED holds imagenet-vgg16/*.npy (conv1_1 .. conv3_3) and pictures/*.jpg. FOLDER gets
    weights.safetensors    the same weights in the project's format
    pictures.safetensors   content, style and image [H, W, 3], the image's features at all seven layers,
                           the objective's losses (content, style, tv, total) and its gradient [H, W, 3]
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys

import numpy as np
import torch
from PIL import Image

import reference as ref

MEAN, STD = (103.939, 116.779, 123.68), (1.0, 1.0, 1.0)
LAYERS = 7
CONTENT_LAYERS = {'relu3_3': 1.0, 'relu2_2': 0.5}
STYLE_LAYERS = {'relu1_1': 0.2, 'relu2_1': 1.0, 'relu3_1': 0.7}
WEIGHTS = [1.0, 10.0, 0.05]
SIDE, NOISE, SEEDS = 112, 0.1, range(300, 324)


def load(path, longer):
    image = Image.open(path).convert('RGB')
    size = [round(side * longer / max(image.size)) for side in image.size]
    return np.asarray(image.resize(size, Image.LANCZOS), np.float32) / np.float32(255)


def tensor(picture):
    return ref.from_hwc(picture, *picture.shape)


def noisy(picture, seed):
    noise = ref.unit(seed, picture.size).reshape(picture.shape)
    return np.float32(1 - NOISE) * picture + np.float32(NOISE) * noise


def write_weights(path, arrays):
    metadata = {'format': 'neural-style-vgg16', 'channels': 'BGR', 'scale': '255',
                'mean': '%g %g %g' % MEAN, 'std': '%g %g %g' % STD}
    ref.write(path, {name: array.astype(np.float32) for name, array in arrays.items()}, metadata)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    shared, folder = sys.argv[1:]
    arrays = {}
    for name in ref.NAMES[:LAYERS]:
        for kind in 'weight', 'bias':
            key = f'conv{name[4:]}.{kind}'
            arrays[key] = np.load(os.path.join(shared, 'imagenet-vgg16', key + '.npy'))
    write_weights(os.path.join(folder, 'weights.safetensors'), arrays)

    flat = {key: array.astype(np.float32).reshape(-1) for key, array in arrays.items()}
    net = ref.Network(LAYERS, lambda k: flat[f'conv{ref.NAMES[k][4:]}.weight'],
                      lambda k: flat[f'conv{ref.NAMES[k][4:]}.bias'], bgr=True, scale=255.0, mean=MEAN, std=STD)
    content = load(os.path.join(shared, 'pictures', 'tubingen.jpg'), SIDE)
    style = load(os.path.join(shared, 'pictures', 'starry_night.jpg'), SIDE)
    seed, margin = ref.away_from_kinks(net, lambda s: tensor(noisy(content, s)), SEEDS)
    print(f'noise {seed}, nearest kink at {margin:.2g}')

    image = noisy(content, seed)
    with torch.no_grad():
        features = net.features(tensor(image))[0]
    losses, gradient, _ = ref.objective(net, tensor(image), tensor(content), tensor(style),
                                        CONTENT_LAYERS, STYLE_LAYERS, WEIGHTS)
    out = {'content': content, 'style': style, 'image': image}
    out.update({name: ref.to_hwc(f) for name, f in zip(ref.NAMES, features)})
    out['losses'], out['gradient'] = np.float32(losses), ref.to_hwc(gradient)
    ref.write(os.path.join(folder, 'pictures.safetensors'), out)


if __name__ == '__main__':
    main()
