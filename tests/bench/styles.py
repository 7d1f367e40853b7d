#!/usr/bin/python3
"""styles.py: the built-in styles, each painted over the project's own pictures, on one sheet: a row for each style, the
style itself first.

    styles.py BENCH OUT.jpg [SETTING=VALUE...]

BENCH is the program of tests/bench. The contents are a photograph, nearly, and three of the styles: a figure, houses, and
a flat drawing.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess
import sys
import tempfile

from PIL import Image

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
STYLES = os.path.join(ROOT, 'ui', 'styles')
CONTENTS = os.path.join(ROOT, 'tests', 'data', 'sample-content.png'), *(
    os.path.join(STYLES, name + '.jpg') for name in ('pastel', 'watercolour', 'poster'))
SIZE, CELL, GAP = (448, 298), (168, 112), 4
QUALITY = 86


def names():
    with open(os.path.join(STYLES, 'styles.def')) as table:
        return re.findall(r'^STYLE\((\w+),', table.read(), re.M)


def cut(image, size):
    """As much of the middle as has the proportions of `size`, at that size."""
    width, height = image.size
    down, across = min(height, width * size[1] // size[0]), min(width, height * size[0] // size[1])
    left, top = (width - across) // 2, (height - down) // 2
    return image.crop((left, top, left + across, top + down)).resize(size, Image.LANCZOS)


def paint(bench, folder, content, style, settings):
    files = [os.path.join(folder, name + '.ppm') for name in ('content', 'style', 'result')]
    content.save(files[0])
    style.save(files[1])
    weights = os.path.join(ROOT, 'weights', 'default.safetensors')
    subprocess.run([bench, 'transfer', *files, *settings], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, 'NST_WEIGHTS': weights})
    return Image.open(files[2]).convert('RGB')


def main():
    if len(sys.argv) < 3 or sys.argv[1].startswith('-'):
        sys.exit(__doc__)
    bench, out, settings = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:]
    contents = [cut(Image.open(path).convert('RGB'), SIZE) for path in CONTENTS]
    styles = [Image.open(os.path.join(STYLES, name + '.jpg')).convert('RGB') for name in names()]
    step = CELL[0] + GAP, CELL[1] + GAP
    sheet = Image.new('RGB', (5 * step[0] - GAP, (1 + len(styles)) * step[1] - GAP), 'white')
    for column, content in enumerate(contents, 1):
        sheet.paste(cut(content, CELL), (column * step[0], 0))
    with tempfile.TemporaryDirectory() as folder:
        for row, style in enumerate(styles, 1):
            sheet.paste(cut(style, CELL), (0, row * step[1]))
            for column, content in enumerate(contents, 1):
                painted = paint(bench, folder, content, style, settings)
                sheet.paste(cut(painted, CELL), (column * step[0], row * step[1]))
    sheet.save(out, quality=QUALITY)


main()
