#!/usr/bin/python3
"""gallery.py: contact sheets to look at, with the judge's figures under each picture.

    gallery.py BENCH OUT [SHEET...] [SETTING=VALUE...] [pairs=CONTENT:STYLE,...] [weights=FILE,...] [size=N]

A SHEET is one of those below (default: all) and becomes OUT-SHEET.png; the folder OUT-SHEET gets each of its pictures.
Pairs are named as in pairs.py, weights as in curve.py. The figures are printed as CSV:

    style, content   the judge's figures: 0 means the painting's exact statistics, and the content untouched
    roughness        see tests/reference/roughness.py
    preview_ssim     how similar preview and result look at the preview's size (tests/reference/ssim.py)
    content_ssim     the same for the result and the content: what any two repaintings of it have in common

A row whose setting is "spread" gives by how many % the largest figure exceeds the smallest.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import sys
import tempfile

from PIL import Image

from arguments import read_arguments
from pairs import DOZEN, FOUR, ROOT, TWO, read_pairs, stem
from painter import Painter, at_size
from sheet import contact_sheet
from ssim import ssim

COLUMNS = 'style', 'content', 'roughness', 'preview_ssim', 'content_ssim'
PREVIEW = 192  # pixels of the preview, whose scale must already look like the result
SIZES, COMMON = (256, 512, 1024), 256  # painted at, and judged at
STRENGTHS = 10, 30, 50, 70, 90


class Gallery:
    def __init__(self, painter, out, size, settings):
        self.painter, self.out, self.size, self.settings = painter, out, size, settings

    def say(self, sheet, pair, weights, setting, figures, seconds):
        print(sheet, *map(stem, pair), stem(weights), setting,
              *(f'{figures[name]:.4f}' if name in figures else '' for name in COLUMNS), seconds, sep=',', flush=True)

    def keep(self, sheet, pair, weights, setting, image):
        folder = f'{self.out}-{sheet}'
        os.makedirs(folder, exist_ok=True)
        image.save(os.path.join(folder, '-'.join([*map(stem, pair), stem(weights), setting]) + '.png'))

    def paint(self, sheet, pair, weights, setting, settings=(), size=None, judged_at=None):
        """The result, its figures and a caption."""
        image, seconds = self.painter.transfer(*pair, size or self.size, weights, [*self.settings, *settings])
        judged = image.resize(at_size(pair[0], judged_at).size, Image.LANCZOS) if judged_at else image
        figures = dict(zip(COLUMNS, self.painter.judge(*pair, judged)))
        self.keep(sheet, pair, weights, setting, image)
        caption = f'{setting} {stem(weights)} {seconds:.0f} s\n' + ' '.join(f'{k} {v:.3f}' for k, v in figures.items())
        return image, figures, caption, seconds

    def result(self, sheet, pair, weights, setting, *rest, **named):
        """A sheet's cell, and the figures."""
        image, figures, caption, seconds = self.paint(sheet, pair, weights, setting, *rest, **named)
        self.say(sheet, pair, weights, setting, figures, f'{seconds:.1f}')
        return (image, caption), figures

    def result_and_preview(self, sheet, pair, weights, setting, settings=()):
        """Two cells: the preview, enlarged, and the result."""
        image, figures, caption, seconds = self.paint(sheet, pair, weights, setting, settings)
        preview, preview_seconds = self.painter.transfer(*pair, self.size, weights, [*self.settings, *settings],
                                                         PREVIEW)
        small = image.resize(preview.size, Image.LANCZOS)
        content = Image.open(pair[0]).convert('RGB').resize(preview.size, Image.LANCZOS)
        figures.update(preview_ssim=ssim(preview, small), content_ssim=ssim(content, small))
        self.keep(sheet, pair, weights, f'{setting}-preview', preview)
        self.say(sheet, pair, weights, setting, figures, f'{seconds:.1f}')
        said = (f'preview {preview.width} x {preview.height}, {preview_seconds:.0f} s\n'
                f'SSIM {figures["preview_ssim"]:.3f}, of the content {figures["content_ssim"]:.3f}')
        return (preview.resize(image.size, Image.BICUBIC), said), (image, caption)

    def sources(self, pair):
        return [(at_size(path, self.size), stem(path)) for path in pair]

    # ---- Sheets: each gives its rows of cells -----------------------------------------------------------------

    def pairs(self, pairs, files):
        """A row for each pair: the preview and the result by each weights file."""
        for pair in pairs:
            yield self.sources(pair) + [cell for weights in files
                                        for cell in self.result_and_preview('pairs', pair, weights, 'default')]

    def strength(self, pairs, files):
        """A row of previews, and one of results, from weak to strong."""
        for pair in pairs:
            for weights in files:
                cells = [self.result_and_preview('strength', pair, weights, f'strength-{strength}',
                                                 [f'strength={strength}']) for strength in STRENGTHS]
                for source, row in zip(self.sources(pair), zip(*cells)):
                    yield [source, *row]

    def sizes(self, pairs, files):
        """The same settings at several sizes, judged at one."""
        for pair in pairs:
            for weights in files:
                cells, figures = zip(*(self.result('sizes', pair, weights, f'size-{size}', size=size,
                                                   judged_at=COMMON) for size in SIZES))
                spread = {name: 100 * (max(f[name] for f in figures) / min(f[name] for f in figures) - 1)
                          for name in figures[0]}
                self.say('sizes', pair, weights, 'spread', spread, '')
                yield self.sources(pair) + [(at_most(image, self.size), caption) for image, caption in cells]

    def presets(self, pairs, files):
        """A column for each row of core/settings/presets.def."""
        with open(os.path.join(ROOT, 'core', 'settings', 'presets.def')) as file:
            names = re.findall(r'^PRESET\("([^"]+)"', file.read(), re.MULTILINE)
        for pair in pairs:
            for weights in files:
                yield self.sources(pair) + [self.result('presets', pair, weights, name, [f'preset={name}'])[0]
                                            for name in names]


def at_most(image, longer):
    image = image.copy()
    image.thumbnail((longer, longer), Image.LANCZOS)
    return image


SHEETS = {  # the default pairs and weights files of each
    'pairs': (DOZEN, 'built-in,imagenet'),
    'strength': (FOUR, 'built-in'),
    'sizes': (TWO, 'built-in'),
    'presets': (TWO, 'built-in'),
}


def main():
    bench, out, *rest = sys.argv[1:]
    options, sheets, settings = read_arguments(rest, {'pairs': '', 'weights': '', 'size': '384'})
    unknown = [sheet for sheet in sheets if sheet not in SHEETS]
    if unknown:
        sys.exit(f'gallery.py: there is no sheet {unknown[0]}; the sheets are {", ".join(SHEETS)}')
    print('sheet', 'content_picture', 'style_picture', 'weights', 'setting', *COLUMNS, 'seconds', sep=',', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        gallery = Gallery(Painter(bench, folder), out, int(options['size']), settings)
        for sheet in sheets or SHEETS:
            usual_pairs, usual_files = SHEETS[sheet]
            pairs = read_pairs(options['pairs'].split(',') if options['pairs'] else usual_pairs)
            files = (options['weights'] or usual_files).split(',')
            contact_sheet(list(getattr(gallery, sheet)(pairs, files)), f'{out}-{sheet}.png')


if __name__ == '__main__':
    main()
