"""The building blocks of the tests' oracles: VGG16, the losses and hashed numbers, on PyTorch in float64.

Written from the definitions in core/loss/loss.h, core/loss/gram.h and core/network/vgg16.h with PyTorch's own
operations, and differentiated by its autograd. Tensors are [1, C, H, W] here and [H, W, C] in the files.
Needs python3-torch and python3-numpy (Debian's will do).
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import struct

import numpy as np
import torch
import torch.nn.functional as F

NAMES = ['relu1_1', 'relu1_2', 'relu2_1', 'relu2_2', 'relu3_1', 'relu3_2', 'relu3_3',
         'relu4_1', 'relu4_2', 'relu4_3', 'relu5_1', 'relu5_2', 'relu5_3']
CHANNELS = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
EDGE = 16  # core/picture/mirror.h
WEIGHT_STREAM, BIAS_STREAM, SAMPLE_STREAM, SAMPLE = 100, 200, 7777, 500  # as in network.c, oracle.c


def hash32(seed, index):
    """tests/support/hash.h, on an array of indices."""
    with np.errstate(over='ignore'):
        h = np.uint32(seed) * np.uint32(0x9e3779b1) + index.astype(np.uint32) * np.uint32(0x85ebca77)
        h = h + np.uint32(0x165667b1)
        h = (h ^ h >> np.uint32(15)) * np.uint32(0x2c1b3c6d)
        h = (h ^ h >> np.uint32(12)) * np.uint32(0x297a2d39)
    return h ^ h >> np.uint32(15)


def unit(seed, count):
    """`count` hashed float32 numbers in [0, 1)."""
    return (hash32(seed, np.arange(count)) >> np.uint32(8)).astype(np.float32) * np.float32(2.0 ** -24)


def signed(seed, scale, count):
    """`count` hashed float32 numbers in scale * [-1, 1)."""
    whole = (hash32(seed, np.arange(count)) >> np.uint32(8)).astype(np.int64) - (1 << 23)
    return np.float32(scale) * (whole.astype(np.float32) * np.float32(2.0 ** -23))


def from_hwc(values, height, width, channels):
    """float32 [H, W, C] -> float64 [1, C, H, W]"""
    array = np.asarray(values, np.float32).reshape(height, width, channels)
    return torch.from_numpy(array).double().permute(2, 0, 1)[None].contiguous()


def to_hwc(tensor):
    """[1, C, H, W] -> float32 [H, W, C]"""
    return tensor.detach()[0].permute(1, 2, 0).contiguous().numpy().astype(np.float32)


def sampled(array):
    """500 of the array's values at hashed places, as oracle_check picks them."""
    flat = array.reshape(-1)
    return flat[hash32(SAMPLE_STREAM, np.arange(SAMPLE)) % np.uint32(flat.size)]


class Network:
    """The first `layers` convolutions of VGG16. `look` is the preprocessing."""

    def __init__(self, layers, weight, bias, pooling='max', bgr=False, scale=1.0,
                 mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225)):
        self.weight = [torch.from_numpy(weight(k)).double().reshape(CHANNELS[k + 1], CHANNELS[k], 3, 3)
                       for k in range(layers)]
        self.bias = [torch.from_numpy(bias(k)).double() for k in range(layers)]
        self.pooling, self.bgr, self.scale = pooling, bgr, scale
        self.mean, self.std = (torch.from_numpy(np.float32(v)).double()[None, :, None, None]
                               for v in (mean, std))

    def look(self, rgb):
        picture = rgb.flip(1) if self.bgr else rgb
        return (picture * self.scale - self.mean) / self.std

    def features(self, rgb):
        """Activations of all layers, and the distance to the nearest kink.

        A kink is where the gradient jumps: a sum at the ReLU's zero, or two equal maxima in a pool. The
        distance is relative to the layer's root mean square. Two correct computations that round differently
        disagree about the gradient when a kink lies between them (for one unit at 112 px, by 3e-4 of its norm),
        so test pictures are chosen to stay away from kinks.
        """
        out, margin, x = [], float('inf'), self.look(rgb)
        for k, (weight, bias) in enumerate(zip(self.weight, self.bias)):
            if k and NAMES[k][4] != NAMES[k - 1][4]:
                if self.pooling == 'max':
                    margin = min(margin, pool_margin(x))
                x = (F.max_pool2d if self.pooling == 'max' else F.avg_pool2d)(x, 2)
            x = F.conv2d(x, weight, bias, padding=1)
            margin = min(margin, (x.detach().abs().min() / x.detach().square().mean().sqrt()).item())
            x = F.relu(x)
            out.append(x)
        return out, margin


def pool_margin(x):
    x = x.detach()
    h, w = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
    four = torch.stack([x[..., a:h:2, b:w:2] for a in (0, 1) for b in (0, 1)])
    top = four.topk(2, dim=0).values
    gap = (top[0] - top[1])[top[0] > 0]  # where the maximum is zero, the ReLU passes no gradient anyway
    return (gap.min() / x.square().mean().sqrt()).item() if gap.numel() else float('inf')


def hashed_network(layers, pooling='max', **preprocessing):
    def weight(k):
        return signed(WEIGHT_STREAM + k, np.sqrt(2 / (3 * CHANNELS[k])), 9 * CHANNELS[k] * CHANNELS[k + 1])

    def bias(k):
        return signed(BIAS_STREAM + k, 0.1, CHANNELS[k + 1])

    return Network(layers, weight, bias, pooling, **preprocessing)


def gram(features):
    flat = features.flatten(2)[0]
    return flat @ flat.t() / flat.shape[1]


def mean_and_covariance(features):
    flat = features.flatten(2)[0]
    return flat.mean(1), torch.cov(flat, correction=0)


def style_apart(features, painting, statistics):
    """The style loss at one layer."""
    if statistics == 'gram':
        return relative(gram(features), gram(painting))
    (mean, covariance), (its_mean, its_covariance) = mean_and_covariance(features), mean_and_covariance(painting)
    return (relative(covariance, its_covariance) + relative(mean, its_mean)) / 2


def relative(value, target):
    return (value - target).square().sum() / target.square().sum()


def total_variation(image):
    across, down = image[..., 1:] - image[..., :-1], image[..., 1:, :] - image[..., :-1, :]
    return (across.square().sum() + down.square().sum()) / (image.shape[2] * image.shape[3])


def weighted_mean(weights, value):
    """weights: {layer name: weight}"""
    return sum(w * value(NAMES.index(n)) for n, w in weights.items()) / sum(weights.values())


def mirrored(picture):
    """The picture, continued beyond its edges as in a mirror."""
    def seen(side):
        places = torch.arange(-EDGE, side + EDGE)
        places = torch.where(places < 0, -1 - places, places)
        return torch.where(places < side, places, 2 * side - 1 - places)
    return picture[:, :, seen(picture.shape[2])][..., seen(picture.shape[3])]


def within(features, size):
    """The part of each layer's features that the losses use, for a mirrored picture of that size [height, width]."""
    def span(side, layer):
        return slice(EDGE >> block(layer), EDGE + side >> block(layer))
    return [f[:, :, span(size[0], k), span(size[1], k)] for k, f in enumerate(features)]


def block(layer):
    """The layer's block, counted from 0."""
    return int(NAMES[layer][4]) - 1


def features_within(net, picture):
    """The features that the losses use, and the distance to the nearest kink."""
    features, margin = net.features(mirrored(picture))
    return within(features, picture.shape[2:]), margin


def objective(net, image, content, style, content_layers, style_layers, weights, statistics='gram'):
    """The losses (content, style, tv, total), the gradient of the total, and the distance to the nearest kink."""
    with torch.no_grad():
        target, painting = features_within(net, content)[0], features_within(net, style)[0]
    image = image.clone().requires_grad_(True)
    now, margin = features_within(net, image)
    losses = [weighted_mean(content_layers, lambda k: relative(now[k], target[k])),
              weighted_mean(style_layers, lambda k: style_apart(now[k], painting[k], statistics)),
              total_variation(image)]
    total = sum(w * loss for w, loss in zip(weights, losses))
    total.backward()
    return [loss.item() for loss in losses + [total]], image.grad, margin


def away_from_kinks(net, candidate, seeds):
    """The seed among `seeds` whose picture, candidate(seed), is farthest from a kink, and that distance."""
    with torch.no_grad():
        margin = {seed: net.features(candidate(seed))[1] for seed in seeds}
    best = max(margin, key=margin.get)
    return best, margin[best]


def write(path, tensors, metadata=None):
    """A safetensors file of float32 arrays."""
    header, offset = ({'__metadata__': metadata} if metadata else {}), 0
    for name, array in tensors.items():
        end = offset + 4 * array.size
        header[name] = {'dtype': 'F32', 'shape': list(array.shape), 'data_offsets': [offset, end]}
        offset = end
    text = json.dumps(header, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array, '<f4').tobytes())
