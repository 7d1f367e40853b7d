#!/usr/bin/python3
"""peer.py: the benchmark's evaluation in PyTorch, as a child of tests/bench/peers.c.

    peer.py SIDE THREADS WEIGHTS BENCH

The same pictures (BENCH pictures SIDE writes them), weights, layers and losses as in scene.c, in float32. It
answers each line of standard input with a number: "evaluate" with the seconds that one took, "loss" with the
last loss, "peak" with the most MiB that the process has had.

It is meant to be PyTorch at its best: ReLUs write over their input, no gradient is kept for the weights, and
all threads are asked for (Debian's PyTorch takes one by itself).

Debian's python3-torch belongs to Debian's own Python, hence the first line.
"""
import json
import os
import resource
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'reference'))
from reference import NAMES, gram, relative, total_variation, weighted_mean  # noqa: E402

CONTENT_LAYERS = {'relu4_2': 1}
STYLE_LAYERS = {'relu1_1': 1, 'relu2_1': 1, 'relu3_1': 1, 'relu4_1': 1, 'relu5_1': 1}
CONTENT_WEIGHT, STYLE_WEIGHT, TV_WEIGHT = 1, 50, 0.2  # the standard settings of core/settings.def
DEPTH = 1 + max(NAMES.index(name) for name in {**CONTENT_LAYERS, **STYLE_LAYERS})


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
    def __init__(self, path):
        metadata, tensors = read_weights(path)
        names = ['conv' + name[len('relu'):] for name in NAMES[:DEPTH]]
        self.layers = [(tensors[name + '.weight'], tensors[name + '.bias']) for name in names]
        self.bgr, self.scale = metadata['channels'] == 'BGR', float(metadata['scale'])
        self.mean, self.std = (torch.tensor([float(v) for v in metadata[key].split()])[None, :, None, None]
                               for key in ('mean', 'std'))

    def features(self, rgb):
        x = ((rgb.flip(1) if self.bgr else rgb) * self.scale - self.mean) / self.std
        out = []
        for k, (weight, bias) in enumerate(self.layers):
            if k and NAMES[k][4] != NAMES[k - 1][4]:
                x = F.max_pool2d(x, 2)
            x = F.relu(F.conv2d(x, weight, bias, padding=1), inplace=True)
            out.append(x)
        return out


class Scene:
    def __init__(self, side, weights, bench):
        raw = subprocess.run([bench, 'pictures', str(side)], stdout=subprocess.PIPE, check=True).stdout
        pictures = np.frombuffer(raw, np.float32).reshape(3, side, side, 3).transpose(0, 3, 1, 2)
        content, style, self.painted = torch.from_numpy(np.ascontiguousarray(pictures)).split(1)
        self.net = Network(weights)
        with torch.no_grad():
            features = self.net.features(content)
            self.content = {NAMES.index(name): features[NAMES.index(name)] for name in CONTENT_LAYERS}
            features = self.net.features(style)
            self.style = {NAMES.index(name): gram(features[NAMES.index(name)]) for name in STYLE_LAYERS}
        self.loss = float('nan')

    def evaluate(self):
        """The seconds that the loss and its gradient took, the second time of two in a row, as in evaluator.c."""
        self.once()
        return self.once()

    def once(self):
        began = time.perf_counter()
        image = self.painted.clone().requires_grad_(True)
        now = self.net.features(image)
        content = weighted_mean(CONTENT_LAYERS, lambda k: relative(now[k], self.content[k]))
        style = weighted_mean(STYLE_LAYERS, lambda k: relative(gram(now[k]), self.style[k]))
        total = CONTENT_WEIGHT * content + STYLE_WEIGHT * style + TV_WEIGHT * total_variation(image)
        total.backward()
        seconds = time.perf_counter() - began
        self.loss = total.item()
        return seconds


def main():
    side, threads, weights, bench = sys.argv[1:]
    torch.set_num_threads(int(threads))
    scene = Scene(int(side), weights, bench)
    answers = {
        'evaluate': scene.evaluate,
        'loss': lambda: scene.loss,
        'peak': lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    for line in sys.stdin:
        print(answers[line.strip()](), flush=True)


main()
