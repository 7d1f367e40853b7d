"""torch_objective.py: core's network and losses in PyTorch, in float32: what peer.py and classical.py time.

It is meant to be PyTorch at its best: ReLUs work in place, no gradients are kept for the weights, layers that no loss
uses are not computed, and whatever depends only on the targets is computed once.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'reference'))
from reference import NAMES, gram, mirrored, total_variation, weighted_mean, within  # noqa: E402


def read_weights(path):
    """The metadata and the tensors, as float32, of a safetensors file."""
    with open(path, 'rb') as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), 'little')))
        data = file.read()
    metadata = header.pop('__metadata__')
    kinds = {'F16': '<f2', 'F32': '<f4'}
    return metadata, {
        name: torch.from_numpy(np.frombuffer(data[slice(*entry['data_offsets'])], kinds[entry['dtype']])
                               .astype(np.float32).reshape(entry['shape']))
        for name, entry in header.items()}


class Network:
    def __init__(self, path, depth, pooling='max'):
        metadata, tensors = read_weights(path)
        names = ['conv' + name[len('relu'):] for name in NAMES[:depth]]
        self.layers = [(tensors[name + '.weight'], tensors[name + '.bias']) for name in names]
        self.pool = F.max_pool2d if pooling == 'max' else F.avg_pool2d
        self.bgr, self.scale = metadata['channels'] == 'BGR', float(metadata['scale'])
        self.mean, self.std = (torch.tensor([float(v) for v in metadata[key].split()])[None, :, None, None]
                               for key in ('mean', 'std'))

    def features(self, picture):
        """As the losses see them (core/picture/mirror.h)."""
        rgb = mirrored(picture)
        x = ((rgb.flip(1) if self.bgr else rgb) * self.scale - self.mean) / self.std
        out = []
        for k, (weight, bias) in enumerate(self.layers):
            if k and NAMES[k][4] != NAMES[k - 1][4]:
                x = self.pool(x, 2)
            x = F.relu(F.conv2d(x, weight, bias, padding=1), inplace=True)
            out.append(x)
        return within(out, picture.shape[2:])


class Losses:
    """The layers that the losses use with their weights, {layer: weight}, and the weights of the losses."""

    def __init__(self, content_layers, style_layers, content_weight, style_weight, tv_weight):
        self.content_layers, self.style_layers = content_layers, style_layers
        self.content_weight, self.style_weight, self.tv_weight = content_weight, style_weight, tv_weight

    def depth(self):
        return 1 + max(NAMES.index(name) for name in {**self.content_layers, **self.style_layers})


class Relative:
    """|value - target|^2 / |target|^2 (core/loss/loss.h)"""

    def __init__(self, target):
        self.target, self.norm = target, target.square().sum()

    def __call__(self, value):
        return (value - self.target).square().sum() / self.norm


class Objective:
    def __init__(self, net, losses, content, style):
        """content, style: [1, 3, H, W]"""
        self.net, self.losses = net, losses
        with torch.no_grad():
            features = net.features(content)
            self.content = {NAMES.index(n): Relative(features[NAMES.index(n)]) for n in losses.content_layers}
            features = net.features(style)
            self.style = {NAMES.index(n): Relative(gram(features[NAMES.index(n)])) for n in losses.style_layers}

    def __call__(self, image):
        """The weighted total, a tensor."""
        now, losses = self.net.features(image), self.losses
        content = weighted_mean(losses.content_layers, lambda k: self.content[k](now[k]))
        style = weighted_mean(losses.style_layers, lambda k: self.style[k](gram(now[k])))
        return (losses.content_weight * content + losses.style_weight * style
                + losses.tv_weight * total_variation(image))
