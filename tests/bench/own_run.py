"""own_run.py: parses what the benchmark's program prints about a run of core, iteration by iteration (trace.c)."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import shlex
from collections import namedtuple

Scale = namedtuple('Scale', 'width height style_width style_height optimizer iterations loss')
Point = namedtuple('Point', 'scale iteration seconds loss')


class OwnRun:
    """
    settings   {name: text}, all of them
    weights    the file's path
    points     a Point for each iteration; of scales from 0
    scales     coarse to fine; iterations: those of the settings, without `more`
    done       the last Point of the settings' iterations, with the time when that part of the run ended
    """

    def __init__(self, lines):
        self.points, self.scales = [], []
        count = 0  # points of the settings' iterations
        for line in lines:
            word, _, rest = line.rstrip('\n').partition(' ')
            if word == 'settings':
                self.settings = dict(text.split('=', 1) for text in shlex.split(rest))
            elif word == 'weights':
                self.weights = rest
            elif word == 'iteration':
                scale, iteration, seconds, loss = rest.split()
                self.points.append(Point(int(scale) - 1, int(iteration), float(seconds), float(loss)))
            elif word == 'done':
                count, done_seconds = len(self.points), float(rest)
            elif word == 'scale':
                self.scales.append(self.read_scale(rest))
        within = self.points[:count]
        self.done = within[-1]._replace(seconds=done_seconds)
        self.scales = [scale._replace(iterations=sum(point.scale == i for point in within))
                       for i, scale in enumerate(self.scales)]

    @staticmethod
    def read_scale(rest):
        _, *sizes, optimizer, loss = rest.split()
        return Scale(*map(int, sizes), optimizer, 0, float(loss))

    def seconds_to(self, loss):
        """When the finest scale first reached that loss; None: never. The coarser scales' losses are for other
        pictures."""
        last = len(self.scales) - 1
        return next((point.seconds for point in self.points if point.scale == last and point.loss <= loss), None)
