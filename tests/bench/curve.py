#!/usr/bin/python3
"""curve.py: how well the style is matched against how well the content is kept, according to an outside judge.

    curve.py BENCH OUT WEIGHTS... [SETTING=VALUE...] [pairs=CONTENT:STYLE,...] [size=N] [sweep=W,W,...]

Repaints each pair of pictures with each weights file (built-in: the project's own; imagenet: the judge's
network) at each style weight of the sweep, and prints a row of CSV for each. OUT.png gets the curves,
OUT-sheet.png the pictures: a row for each pair and weights file, a column for each style weight. The judge is
../shared/judge.py; its pictures are beside it.

    style, content   the judge's figures: 0 means the painting's exact statistics, and the content untouched
    roughness        see tests/reference/roughness.py
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import tempfile

import matplotlib

from arguments import read_arguments
from pairs import TWO, read_pairs, stem
from painter import Painter
from sheet import contact_sheet

matplotlib.use('Agg')
import matplotlib.pyplot as plot  # noqa: E402

SWEEP = '4,15,60,240'


def main():
    bench, out, *rest = sys.argv[1:]
    options, files, settings = read_arguments(rest, {'pairs': ','.join(TWO), 'size': '384', 'sweep': SWEEP})
    sweep = [float(weight) for weight in options['sweep'].split(',')]
    pairs, size, rows = read_pairs(options['pairs'].split(',')), int(options['size']), []
    print('content_picture,style_picture,weights,style_weight,style,content,roughness,seconds', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        painter = Painter(bench, folder)
        figure, axes = plot.subplots(1, len(pairs), figsize=(5 * len(pairs), 4), squeeze=False)
        for (content, style), axis in zip(pairs, axes[0]):
            names = stem(content), stem(style)
            for weights in files or ['built-in']:
                label, points, row = stem(weights), [], []
                for style_weight in sweep:
                    image, seconds = painter.transfer(content, style, size, weights,
                                                      ['method=gatys', *settings, f'style-weight={style_weight}'])
                    row.append(image)
                    points.append(painter.judge(content, style, image))
                    print(*names, label, f'{style_weight:g}', *(f'{v:.4f}' for v in points[-1]), f'{seconds:.1f}',
                          sep=',', flush=True)
                rows.append(row)
                axis.plot([p[1] for p in points], [p[0] for p in points], marker='o', label=label)
            axis.set(title=' in the style of '.join(names), xlabel='content', ylabel='style', yscale='log')
            axis.legend()
        figure.tight_layout()
        figure.savefig(f'{out}.png', dpi=100)
    contact_sheet(rows, f'{out}-sheet.png')


if __name__ == '__main__':
    main()
