#!/usr/bin/python3
"""classical.py: a whole run in PyTorch with core's own losses, for quality.py to time.

    classical.py PROGRAM ITERATIONS THREADS BENCH CONTENT.ppm STYLE.ppm RUN RESULT

RUN is what trace.c printed about core's run on the same pictures, RESULT the picture it painted, for which both losses
must agree before anything is timed. Prints "scale,evaluation,seconds,loss" as it goes, a row for each evaluation;
scales count from 0, seconds from the reading of the network. Programs:

    lbfgs-content, lbfgs-noise   one scale, ITERATIONS of torch.optim.LBFGS, from the content or from noise
    adam-content                 one scale, ITERATIONS of torch.optim.Adam with lr 0.02, from the content
    schedule                     core's scales and iterations, each scale starting from the previous one as in
                                 core/picture/enlarge.c

L-BFGS is configured as is usual for style transfer: lr 1, 100 pairs, no line search, no stop before the iterations are
done. The loss is that of the picture kept within 0..1, as core keeps it: the clamping is part of the function that
L-BFGS sees, and Adam's steps are clamped. Other ways end higher: if the picture is clamped before each evaluation, it
no longer matches what L-BFGS knows of it, and gets worse in the end; the strong Wolfe search then stops for good; and
without clamping the loss goes lower only outside of 0..1, where a picture can't be saved (tests/bench/RESULTS.md).
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from own_run import OwnRun
from torch_objective import Losses, Network, Objective

AGREE = 1e-3  # both in float32, summed in a different order
GREY, NOISE = 0.5, 0.05  # as in core/nst.c


def layers(text):
    """relu1_1:4,relu2_1 -> {'relu1_1': 4, 'relu2_1': 1}"""
    return {name: float(weight or 1) for name, _, weight in (entry.partition(':') for entry in text.split(','))}


def losses_of(settings):
    number = {name: float(settings[name]) for name in ('content-weight', 'style-weight', 'tv-weight', 'strength')}
    return Losses(layers(settings['content-layers']), layers(settings['style-layers']), number['content-weight'],
                  number['style-weight'] * 10 ** ((number['strength'] - 50) / 25), number['tv-weight'])


def from_floats(raw, width, height):
    array = np.frombuffer(raw, np.float32).reshape(height, width, 3)
    return torch.from_numpy(array.transpose(2, 0, 1)[None].copy())


class Inputs:
    """Both pictures as core sees them at each scale."""

    def __init__(self, run, bench, content, style):
        def resized(path, width, height):
            raw = subprocess.run([bench, 'resize', path, f'{width}x{height}'], stdout=subprocess.PIPE, check=True)
            return from_floats(raw.stdout, width, height)
        self.contents = [resized(content, scale.width, scale.height) for scale in run.scales]
        self.styles = [resized(style, scale.style_width, scale.style_height) for scale in run.scales]


def enlarge(picture, start, size):
    """The picture at that size, plus the details of `start` that the picture's own size couldn't show."""
    def to(image, size):
        return F.interpolate(image, size, mode='bicubic', antialias=True)
    return (to(picture, size) + start - to(to(start, picture.shape[2:]), size)).clamp(0, 1)


class Runner:
    def __init__(self, run, inputs, iterations):
        self.run, self.inputs, self.iterations = run, inputs, iterations
        self.losses = losses_of(run.settings)
        self.scale, self.evaluations = 0, 0

    def begin(self):
        """Starts the clock."""
        self.began = time.perf_counter()
        self.net = Network(self.run.weights, self.losses.depth(), self.run.settings['pooling'])

    def objective(self, scale):
        return Objective(self.net, self.losses, self.inputs.contents[scale], self.inputs.styles[scale])

    def evaluate(self, objective, image):
        image.grad = None
        loss = objective(image)
        loss.backward()
        seconds = time.perf_counter() - self.began
        self.evaluations += 1
        print(f'{self.scale},{self.evaluations},{seconds:.4f},{loss.item():.9g}', flush=True)
        return loss

    def lbfgs(self, objective, start, iterations):
        image = start.clone().requires_grad_(True)
        optimizer = torch.optim.LBFGS([image], lr=1, max_iter=iterations, max_eval=100 * iterations,
                                      tolerance_grad=-1, tolerance_change=-1, history_size=100)

        def closure():
            return self.evaluate(lambda x: objective(x.clamp(0, 1)), image)
        optimizer.step(closure)
        return image.detach().clamp(0, 1)

    def adam(self, objective, start, iterations):
        image = start.clone().requires_grad_(True)
        optimizer = torch.optim.Adam([image], lr=0.02)
        for _ in range(iterations):
            self.evaluate(objective, image)
            optimizer.step()
            with torch.no_grad():
                image.clamp_(0, 1)
        return image.detach()

    # ---- Programs ---------------------------------------------------------------------------------------------

    def lbfgs_content(self):
        self.lbfgs(self.objective(-1), self.inputs.contents[-1], self.iterations)

    def lbfgs_noise(self):
        torch.manual_seed(0)
        noise = GREY + NOISE * (2 * torch.rand_like(self.inputs.contents[-1]) - 1)
        self.lbfgs(self.objective(-1), noise, self.iterations)

    def adam_content(self):
        self.adam(self.objective(-1), self.inputs.contents[-1], self.iterations)

    def schedule(self):
        picture = self.inputs.contents[0]
        for i, scale in enumerate(self.run.scales):
            picture = enlarge(picture, self.inputs.contents[i], (scale.height, scale.width))
            minimize = self.adam if scale.optimizer == 'adam' else self.lbfgs
            self.scale = i
            picture = minimize(self.objective(i), picture, scale.iterations)


def check_same(runner, run, path):
    """The losses are comparable only if both programs compute the same thing."""
    scale = run.scales[-1]
    with open(path, 'rb') as file:
        picture = from_floats(file.read(), scale.width, scale.height)
    with torch.no_grad():
        loss = runner.objective(-1)(picture).item()
    if not abs(loss - scale.loss) <= AGREE * abs(scale.loss):
        sys.exit(f'for the same picture our loss is {scale.loss:.9g} and PyTorch\'s {loss:.9g}: they must agree')


def main():
    program, iterations, threads, bench, content, style, run, result = sys.argv[1:]
    torch.set_num_threads(int(threads))
    with open(run) as file:
        run = OwnRun(file)
    runner = Runner(run, Inputs(run, bench, content, style), int(iterations))
    runner.begin()
    check_same(runner, run, result)
    print('scale,evaluation,seconds,loss')
    runner.begin()
    getattr(runner, program.replace('-', '_'))()


if __name__ == '__main__':
    main()
