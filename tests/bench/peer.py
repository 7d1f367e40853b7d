#!/usr/bin/python3
"""peer.py: the benchmark's evaluation in PyTorch, as a child of tests/bench/peers.c.

    peer.py SIDE THREADS WEIGHTS BENCH

Uses the same pictures (BENCH pictures SIDE writes them), weights, layers and losses as scene.c, in float32. It
answers each line of standard input with a number: "evaluate" with the seconds of one evaluation, "loss" with the
last loss, "peak" with the peak memory of the process in MiB.

It sets the number of threads: by default Debian's PyTorch uses only one.

Debian's python3-torch belongs to Debian's own Python, hence the first line.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import resource
import subprocess
import sys
import time

import numpy as np
import torch

from torch_objective import Losses, Network, Objective

STYLE_LAYERS = {'relu1_1': 1, 'relu2_1': 1, 'relu3_1': 1, 'relu4_1': 1, 'relu5_1': 1}
LOSSES = Losses({'relu4_2': 1}, STYLE_LAYERS, 1, 50, 0.2)  # as in scene.h


class Scene:
    def __init__(self, side, weights, bench):
        raw = subprocess.run([bench, 'pictures', str(side)], stdout=subprocess.PIPE, check=True).stdout
        pictures = np.frombuffer(raw, np.float32).reshape(3, side, side, 3).transpose(0, 3, 1, 2)
        content, style, self.painted = torch.from_numpy(np.ascontiguousarray(pictures)).split(1)
        self.objective = Objective(Network(weights, LOSSES.depth()), LOSSES, content, style)
        self.loss = float('nan')

    def evaluate(self):
        """The seconds that the loss and its gradient took, in the second of two evaluations, as in evaluator.c."""
        self.once()
        return self.once()

    def once(self):
        began = time.perf_counter()
        image = self.painted.clone().requires_grad_(True)
        total = self.objective(image)
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
