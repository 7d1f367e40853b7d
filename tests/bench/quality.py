#!/usr/bin/python3
"""quality.py: how soon core reaches the final loss of classical programs, and what core's schedule takes in PyTorch.

    quality.py BENCH OUT [PROGRAM...] [SETTING=VALUE...] [pairs=CONTENT:STYLE,...] [size=N] [iterations=N] [more=N]

Each PROGRAM of classical.py (default: all) runs on each pair, whose content has a longer side of `size`, for
`iterations`; core runs before and after it, with its settings and then `more` iterations of the finest scale, so that
its curve can pass the program's. One program at a time, each with all threads. All losses are the weighted total at
that size.

OUT.csv gets a row when a program is done, and existing rows are not measured again: everything together takes hours,
and may be stopped and restarted (other settings need another OUT). OUT-curves gets every curve. OUT.png plots them.
Columns:

    seconds, loss          the program's whole time, and the lowest loss it reached
    ours_seconds           when ours first reached that loss, the mean of both runs; empty: never. For "schedule":
                           when ours had painted all configured iterations
    ratio                  ours_seconds / seconds
    default_seconds, default_loss   of ours with its settings, without `more`
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import os
import subprocess
import sys
import tempfile
from collections import namedtuple

import matplotlib

from arguments import read_arguments
from own_run import OwnRun
from painter import Painter
from pairs import FOUR, read_pairs, stem

matplotlib.use('Agg')
import matplotlib.pyplot as plot  # noqa: E402

Point = namedtuple('Point', 'scale count seconds loss')  # count: of evaluations; ours: of the scale's iterations

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSICAL, SCHEDULE = ('lbfgs-content', 'lbfgs-noise', 'adam-content'), 'schedule'
KEY = 'pair', 'program', 'size', 'iterations'
COLUMNS = [*KEY, 'evaluations', 'seconds', 'loss', 'ours_seconds', 'ratio', 'default_seconds', 'default_loss']
WANTED = {'classical': 1 / 25, SCHEDULE: 1 / 4}


class Table:
    """OUT.csv."""

    def __init__(self, path):
        self.path, self.rows = path, {}
        if os.path.exists(path):
            with open(path, newline='') as file:
                for row in csv.DictReader(file):
                    self.rows[tuple(row[name] for name in KEY)] = row
        else:
            self.append_line(COLUMNS)

    def append_line(self, values):
        with open(self.path, 'a', newline='') as file:
            csv.writer(file, lineterminator='\n').writerow(values)

    def add(self, row):
        self.rows[tuple(row[name] for name in KEY)] = row
        self.append_line(row[name] for name in COLUMNS)


class Bench:
    def __init__(self, painter, options, settings, folder):
        self.painter, self.settings, self.folder = painter, settings, folder
        self.size, self.iterations, self.more = (options[name] for name in ('size', 'iterations', 'more'))

    def curve_path(self, pair, *words):
        name = '-'.join([*map(stem, pair), *words, self.size, self.iterations])
        return os.path.join(self.folder, f'{name}.csv')

    def ours(self, pair, *words):
        """Runs core, and saves its curve."""
        inputs = self.painter.inputs(*pair, int(self.size))
        trace = subprocess.run([self.painter.bench, 'trace', '--more', self.more, *inputs,
                                self.painter.path('result'), 'method=gatys', *self.settings],
                               check=True, stdout=subprocess.PIPE, text=True).stdout
        with open(self.painter.path('run'), 'w') as file:
            file.write(trace)
        run = OwnRun(trace.splitlines())
        with open(self.curve_path(pair, *words), 'w', newline='') as file:
            table = csv.writer(file, lineterminator='\n')
            table.writerow(run.points[0]._fields)
            table.writerows(run.points)
        return run

    def theirs(self, pair, program):
        """The curve of a program of classical.py, which checks that its losses are those of our last run."""
        path = self.curve_path(pair, program)
        command = [sys.executable, '-B', os.path.join(HERE, 'classical.py'), program, self.iterations,
                   str(os.cpu_count()), self.painter.bench, self.painter.path('content.ppm'),
                   self.painter.path('style.ppm'), self.painter.path('run'), self.painter.path('result')]
        with open(path, 'w') as file:
            if subprocess.run(command, stdout=file).returncode != 0:
                sys.exit(f'{program} failed, see above')
        return read_curve(path)

    def measure(self, pair, program, before):
        """A row, and our run after the program."""
        curve = self.theirs(pair, program)
        after = self.ours(pair, program, 'ours', 'after')
        seconds, loss = curve[-1].seconds, min(point.loss for point in curve)
        both = before, after
        when = [run.done.seconds if program == SCHEDULE else run.seconds_to(loss) for run in both]
        ours = None if None in when else sum(when) / 2
        row = {'pair': ':'.join(map(stem, pair)), 'program': program, 'size': self.size,
               'iterations': self.iterations, 'evaluations': curve[-1].count,
               'seconds': f'{seconds:.2f}', 'loss': f'{loss:.6g}',
               'ours_seconds': '' if ours is None else f'{ours:.2f}',
               'ratio': '' if ours is None else f'{ours / seconds:.4f}',
               'default_seconds': f'{sum(run.done.seconds for run in both) / 2:.2f}',
               'default_loss': f'{after.done.loss:.6g}'}
        return row, after


def read_curve(path):
    """The finest scale's part of a curve, ours or theirs: the coarser scales' losses are for other pictures."""
    with open(path, newline='') as file:
        rows = [Point(int(scale), int(count), float(seconds), float(loss))
                for scale, count, seconds, loss in list(csv.reader(file))[1:]]
    return [row for row in rows if row.scale == rows[-1].scale]


def measure_all(bench, table, pairs, programs):
    for pair in pairs:
        before = None  # the run after one program is also the run before the next
        for program in programs:
            key = ':'.join(map(stem, pair)), program, bench.size, bench.iterations
            if key not in table.rows:
                before = before or bench.ours(pair, program, 'ours', 'before')
                row, before = bench.measure(pair, program, before)
                table.add(row)
            print(*(table.rows[key][name] for name in COLUMNS), sep=',', flush=True)


def print_verdicts(bench, table, pairs, programs):
    """Prints on standard error, in a line for each pair, whether the required ratio was reached."""
    for pair in pairs:
        rows = [table.rows[':'.join(map(stem, pair)), program, bench.size, bench.iterations] for program in programs]
        classical = [row for row in rows if row['program'] != SCHEDULE]
        best = [min(classical, key=lambda row: float(row['loss']))] if classical else []
        for row in best + [row for row in rows if row['program'] == SCHEDULE]:
            wanted = WANTED.get(row['program'], WANTED['classical'])
            said = f'in 1/{1 / float(row["ratio"]):.1f} of its time' if row['ratio'] else 'not reached'
            verdict = 'yes' if row['ratio'] and float(row['ratio']) <= wanted else 'no'
            print(f'{row["pair"]}: {row["program"]}, loss {row["loss"]} in {row["seconds"]} s; ours {said}, '
                  f'1/{1 / wanted:.0f} is required: {verdict}', file=sys.stderr)


def draw_curve(axis, path, **style):
    curve = read_curve(path)
    axis.plot([point.seconds for point in curve], [point.loss for point in curve], **style)


def draw(bench, pairs, programs, path):
    """Losses over seconds, both logarithmic; ours is the run after the first program."""
    figure, axes = plot.subplots(1, len(pairs), figsize=(5 * len(pairs), 4), squeeze=False)
    for pair, axis in zip(pairs, axes[0]):
        for program in programs:
            draw_curve(axis, bench.curve_path(pair, program), label=program)
        draw_curve(axis, bench.curve_path(pair, programs[0], 'ours', 'after'), label='ours', color='black')
        axis.set(title=' in the style of '.join(map(stem, pair)), xlabel='seconds', ylabel='loss',
                 xscale='log', yscale='log')
        axis.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=100)


def main():
    path, out, *rest = sys.argv[1:]
    defaults = {'pairs': ','.join(FOUR), 'size': '512', 'iterations': '500', 'more': '300'}
    options, programs, settings = read_arguments(rest, defaults)
    known = [*CLASSICAL, SCHEDULE]
    unknown = [program for program in programs if program not in known]
    if unknown:
        sys.exit(f'quality.py: there is no program {unknown[0]}; the programs are {", ".join(known)}')
    programs, pairs = programs or known, read_pairs(options['pairs'].split(','))
    curves = f'{out}-curves'
    os.makedirs(curves, exist_ok=True)
    table = Table(f'{out}.csv')
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Painter(path, folder), options, settings, curves)
        print(*COLUMNS, sep=',', flush=True)
        measure_all(bench, table, pairs, programs)
    print_verdicts(bench, table, pairs, programs)
    draw(bench, pairs, programs, f'{out}.png')


if __name__ == '__main__':
    main()
