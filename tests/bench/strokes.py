#!/usr/bin/python3
"""strokes.py: how broad the strokes of repainted pictures are, beside the picture, over a sweep of brush-size.

    strokes.py BENCH [SETTING=VALUE...] [pairs=CONTENT:STYLE[@PIXELS],...] [sizes=1024,...] [brushes=0.5,1,2] [out=FOLDER]
    strokes.py CONTENT PICTURE...        measures pictures that are there already

BENCH is the program of tests/bench, STYLE@480 a painting reduced to 480 px. Prints CSV; both methods, unless `method` is
set. `out` keeps the pictures, to look at.

width   half-width of the autocorrelation of what is fine in the picture's light, in thousandths of its longer side: the
        distance at which it has fallen to a half, the mean over all directions. Fine is what is left without a blur of a
        64th of the side, the same share of every picture, since strokes have a size in the picture and not in pixels.
        Only the quarter of the picture counts whose content is plainest (least energy of its own fine light), since
        edges of the content stay whatever the brush. That it can't fall below about 0.6 px is why pictures have 1024 px.
own     the width of the painting by itself, all of it, enlarged twice, as a multiple of its width as it is: what the
        figure makes of strokes that are twice as broad for certain. Paintings have strokes of all sizes, and the blur is
        the same for both, so that is less than 2.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

from pairs import ROOT, picture, stem

FINE, PLAIN, PLAIN_SHARE = 64, 64, 0.25
PAIRS = 'tubingen:starry_night@480,astronaut:vg_self@480,hoovertowernight:vg_wheat_field@480,hoovertowernight:the_scream@2000'


def light(image):
    return np.asarray(image.convert('RGB'), dtype=np.float64) @ [0.299, 0.587, 0.114] / 255


def blurred(values, radius):
    """By a Gaussian; the picture continues beyond its edges as a mirror."""
    edge = int(3 * radius) + 1
    wide = np.pad(values, edge, mode='reflect')
    down, across = np.fft.fftfreq(wide.shape[0])[:, None], np.fft.rfftfreq(wide.shape[1])[None]
    gauss = np.exp(-2 * (np.pi * radius) ** 2 * (down ** 2 + across ** 2))
    return np.fft.irfft2(np.fft.rfft2(wide) * gauss, wide.shape)[edge:-edge, edge:-edge]


def fine(values, share):
    return values - blurred(values, max(values.shape) / share)


def plain(content):
    """1 where the content is plain, else 0."""
    energy = blurred(fine(light(content), PLAIN) ** 2, max(content.size) / PLAIN)
    return (energy <= np.quantile(energy, PLAIN_SHARE)).astype(np.float64)


def stroke_width(image, mask=None):
    values = fine(light(image), FINE)
    mask = np.ones_like(values) if mask is None else mask
    values = (values - (values * mask).sum() / mask.sum()) * mask
    reach = max(values.shape) // 8
    shape = values.shape[0] + reach, values.shape[1] + reach
    products, pairs = (np.fft.irfft2(np.abs(np.fft.rfft2(x, shape)) ** 2, shape) for x in (values, mask))
    down, across = (np.fft.fftfreq(side, 1 / side) for side in shape)
    distance = np.hypot(down[:, None], across[None])
    near = distance < reach
    bins = np.round(2 * distance[near]).astype(int)
    curve = np.bincount(bins, products[near]) / np.maximum(np.bincount(bins, pairs[near]), 1e-9)
    places = np.flatnonzero(np.bincount(bins))
    curve = curve[places] / (products[0, 0] / pairs[0, 0])
    after = int(np.argmax(curve < 0.5))
    share = (curve[after - 1] - 0.5) / (curve[after - 1] - curve[after])
    pixels = (places[after - 1] + share * (places[after] - places[after - 1])) / 2
    return 1000 * pixels / max(values.shape)


def at_size(image, longer):
    factor = longer / max(image.size)
    size = tuple(round(side * factor) for side in image.size)
    return image.resize(size, Image.LANCZOS if factor < 1 else Image.BICUBIC)


def own_growth(style, side):
    """What the figure makes of the painting enlarged twice: the mean over its quarters, on canvases of one size."""
    twice = at_size(style, 2 * side)
    width, height = twice.width // 2, twice.height // 2
    quarters = [twice.crop((x, y, x + width, y + height)) for x in (0, width) for y in (0, height)]
    return np.mean([stroke_width(quarter) for quarter in quarters]) / stroke_width(at_size(style, side))


def read_pair(pair):
    content, style = pair.split(':')
    style, _, pixels = style.partition('@')
    images = [Image.open(picture(name)).convert('RGB') for name in (content, style)]
    return images[0], at_size(images[1], int(pixels)) if pixels else images[1]


def paint(bench, folder, settings):
    files = [os.path.join(folder, name + '.ppm') for name in ('content', 'style', 'result')]
    environment = {'NST_WEIGHTS': os.path.join(ROOT, 'weights', 'default.safetensors'), **os.environ}
    subprocess.run([bench, 'transfer', *files, *settings], check=True, stdout=subprocess.DEVNULL, env=environment)
    return Image.open(files[2]).convert('RGB')


def sweep(bench, options, settings, folder):
    methods = [[]] if any(s.startswith('method=') for s in settings) else [['method=painter'], ['method=gatys']]
    print('pair,size,own,settings,brush,width,step')
    for pair in options['pairs'].split(','):
        content, style = read_pair(pair)
        for size in map(int, options['sizes'].split(',')):
            sized = at_size(content, size)
            sized.save(os.path.join(folder, 'content.ppm'))
            style.save(os.path.join(folder, 'style.ppm'))
            for method in methods:
                before = None
                for brush in options['brushes'].split(','):
                    result = paint(bench, folder, [*method, *settings, 'brush-size=' + brush])
                    width = stroke_width(result, plain(sized))
                    step = f'{width / before:.2f}' if before else ''
                    print(pair, size, f'{own_growth(style, size):.2f}', ' '.join(method + settings), brush,
                          f'{width:.2f}', step, sep=',', flush=True)
                    before = width
                    if 'out' in options:
                        name = '-'.join([pair.replace(':', '-'), str(size), *method, brush])
                        result.save(os.path.join(options['out'], name.replace('=', '-') + '.png'))


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith('-'):
        sys.exit(__doc__)
    if len(sys.argv) > 2 and os.path.isfile(sys.argv[2]):
        content = Image.open(sys.argv[1])
        for path in sys.argv[2:]:
            image = Image.open(path)
            print(f'{stem(path)},{stroke_width(image, plain(at_size(content, max(image.size)))):.2f}')
        return
    options = {'pairs': PAIRS, 'sizes': '1024', 'brushes': '0.5,1,2'}
    settings = []
    for word in sys.argv[2:]:
        name, _, value = word.partition('=')
        if name in ('pairs', 'sizes', 'brushes', 'out'):
            options[name] = value
        else:
            settings.append(word)
    with tempfile.TemporaryDirectory() as folder:
        sweep(os.path.abspath(sys.argv[1]), options, settings, folder)


main()
