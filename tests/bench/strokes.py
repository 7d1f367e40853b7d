#!/usr/bin/python3
"""strokes.py: how much broader the strokes of one repainted picture are than another's, over a sweep of brush-size.

    strokes.py BENCH [SETTING=VALUE...] [pairs=CONTENT:STYLE[@PIXELS],...] [sizes=1024,...] [brushes=0.5,1,2] [out=FOLDER]
    strokes.py CONTENT PICTURE PICTURE...       measures each picture against the one before
    strokes.py calibrate [PICTURE...]           what the figure makes of pictures whose growth is known

BENCH is the program of tests/bench, STYLE@480 a painting reduced to 480 px. Prints CSV; both methods, unless `method` is
set. `out` keeps the pictures, to look at.

growth  the factor by which picture B has to be shrunk to have the strokes of A, relative to the picture: by brushes, each
        against the one before at that size; by sizes, each against the first of them. Pictures of two sizes are
        first brought to 3/4 of the smaller, since what a picture has of a pixel or two isn't in one that was painted
        smaller and enlarged, however alike their strokes. Then each factor from a quarter to four is tried, and the one at which patches of both
        have the most similar distribution is kept. Only ever the coarser is shrunk, so that both are sharp to the pixel.
        Patches are PATCH px wide at three levels, each half the size of the one before, less their means. Their
        distributions are compared by the sliced Wasserstein distance (Rabin and others, "Wasserstein Barycenter and its
        Application to Texture Mixing", SSVM 2011; of patches: Elnekave and Weiss, CVPR 2022): projected on random
        directions and sorted, the mean difference of equal ranks. They are whitened before, so that faint fine strokes
        count as much as strong large ones. To that comes the difference of the levels' ratios of contrast.
        Only the quarter of the picture counts whose content is plainest (least energy of its own fine light), since
        edges of the content stay whatever the brush.

Calibration: a painting is cut into a checkerboard of TILES along its longer side. Its white squares at half size are A,
its black ones at half size times f are B, and the other way round: the figure is to read f. So both have the same
strokes, but patches with their middles in different squares (those of the coarser levels reach beyond theirs). Factors
below 1 are those above, with A and B exchanged, and read just the inverse. RESULTS.md has the table.

Rejected, since they read 1.0 to 1.4 where f is 2, and less than 1 for some paintings: the half-width of the
autocorrelation of what is fine, Taylor's length sqrt(var(u) / mean |grad u|^2), the mean of |grad| / |laplacian|, the
centroid of energies over differences of Gaussians, the distance at which light has changed by a half of its deviation,
granulometry by openings and closings with disks. Paintings have strokes of every size; a picture enlarged has large ones
more and shows fine ones that weren't seen before, so every figure made of one picture alone measures the grid of pixels.
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

PLAIN, PLAIN_SHARE = 64, 0.25
PATCH, PATCHES, LEVELS, DIRECTIONS, RANKS, CONTRAST = 8, 5000, 3, 64, 400, 0.3
OCTAVES = np.arange(-8, 9) / 4  # that are tried
BELOW = 0.75
TILES, FACTORS, NEAR = 20, (1, 1.4, 2), np.arange(-6, 7) / 4
PAIRS = 'tubingen:starry_night@480,astronaut:vg_self@480,hoovertowernight:vg_wheat_field@480,hoovertowernight:the_scream@2000'
PAINTINGS = 'gauguin_tahiti starry_night the_scream vg_houses vg_la_cafe vg_olive vg_self vg_wheat_field wave'
STYLES = os.path.join(ROOT, 'ui', 'styles')


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


# ---- Patches --------------------------------------------------------------------------------------------------------


def resized(values, width, height, how):
    return np.asarray(Image.fromarray(values.astype(np.float32)).resize((max(1, width), max(1, height)), how))


def shrunk(values, factor):
    """By a factor of at least 1."""
    return resized(values, *(round(side / factor) for side in values.shape[::-1]), Image.LANCZOS) if factor > 1 else values


def halved(values):
    height, width = (side // 2 * 2 for side in values.shape)
    return values[:height, :width].reshape(height // 2, 2, width // 2, 2).mean((1, 3))


def patches(values, mask, chance):
    """Some whose middle the mask has; one a row, less its mean."""
    windows = np.lib.stride_tricks.sliding_window_view(values, (PATCH, PATCH))
    height, width = windows.shape[:2]
    here = resized(mask, *values.shape[::-1], Image.BOX)[PATCH // 2:, PATCH // 2:][:height, :width]
    places = np.flatnonzero(here > 0.5)
    if not len(places):
        sys.exit('the pictures are too small to be measured: paint them at 512 px or more')
    chosen = chance.choice(places, min(PATCHES, len(places)), replace=False)
    rows = windows[chosen // width, chosen % width].reshape(len(chosen), -1)
    return rows - rows.mean(1, keepdims=True)


def levels(values, mask):
    chance, found = np.random.default_rng(1), []
    for _ in range(LEVELS):
        found.append(patches(values, mask, chance))
        values = halved(values)
    return found


# ---- Two pictures ---------------------------------------------------------------------------------------------------


def directions():
    found = np.random.default_rng(7).standard_normal((PATCH * PATCH, DIRECTIONS))
    found -= found.mean(0)
    return (found / np.linalg.norm(found, axis=0)).astype(np.float32)


def ranked(rows, along):
    ranks = (np.arange(RANKS) + 0.5) / RANKS * len(rows)
    return np.sort(rows @ along, axis=0)[ranks.astype(int)]


def whitening(rows):
    power, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    return (axes / np.sqrt(np.maximum(power, 1e-4 * power.max()))) @ axes.T


def unlike(a, b):
    """How much the patches of two pictures, level by level, differ in their distribution."""
    contrasts = [np.log([rows.std() for rows in levels_of]) for levels_of in (a, b)]
    ratios = [np.diff(contrast) for contrast in contrasts]
    total = CONTRAST * np.abs(ratios[0] - ratios[1]).sum()
    for of_a, of_b in zip(a, b):
        of_a, of_b = of_a / of_a.std(), of_b / of_b.std()
        along = whitening(np.concatenate([of_a, of_b])) @ ALONG
        total += np.abs(ranked(of_a, along) - ranked(of_b, along)).mean()
    return total


def curve(a, mask_a, b, mask_b, octaves):
    """How unlike they are where B's strokes are taken to be 2^octave as broad as A's."""
    as_is = levels(a, mask_a), levels(b, mask_b)
    return np.array([unlike(as_is[0] if octave >= 0 else levels(shrunk(a, 2 ** -octave), mask_a),
                            as_is[1] if octave <= 0 else levels(shrunk(b, 2 ** octave), mask_b)) for octave in octaves])


def lowest(values, octaves):
    """The factor where the curve is lowest, by a parabola."""
    at = min(max(int(np.argmin(values)), 1), len(values) - 2)
    before, here, after = values[at - 1:at + 2]
    bend = before - 2 * here + after
    aside = np.clip((before - after) / (2 * bend), -0.5, 0.5) if bend > 0 else 0
    return 2 ** (octaves[at] + aside * (octaves[1] - octaves[0]))


def growth(a, b, content):
    side = max(a.size) if a.size == b.size else round(BELOW * min(max(a.size), max(b.size)))
    mask = plain(at_size(content, side))
    a, b = (light(at_size(image, side)) for image in (a, b))
    return lowest(curve(a, mask, b, mask, OCTAVES), OCTAVES)


# ---- Calibration ----------------------------------------------------------------------------------------------------


def squares(values, odd):
    """1 inside every other square, a little off its edges."""
    down, across = ((np.arange(side) + 0.5) / max(values.shape) * TILES for side in values.shape)
    inside = [(axis % 1 > 0.15) & (axis % 1 < 0.85) for axis in (down, across)]
    other = (np.floor(down)[:, None] + np.floor(across)) % 2 == odd
    return (other & inside[0][:, None] & inside[1]).astype(np.float64)


def reads(values, factor):
    a, b = shrunk(values, 2), shrunk(values, 2 / factor)
    curves = [curve(a, squares(a, odd), b, squares(b, not odd), NEAR) for odd in (False, True)]
    return lowest(sum(curves), NEAR)


def calibrate(names):
    print('picture', *FACTORS, sep=',')
    table = []
    for name in names:
        values = light(Image.open(picture(name)))
        table.append([reads(values, factor) for factor in FACTORS])
        print(stem(name), *(f'{read:.2f}' for read in table[-1]), sep=',', flush=True)
    off = np.abs(np.log(np.array(table) / FACTORS))
    for word, of in (('mean error', off.mean(0)), ('largest error', off.max(0))):
        print(word, *(f'{np.expm1(error):.2f}' for error in of), sep=',')


# ---- Pictures of the product ----------------------------------------------------------------------------------------


def at_size(image, longer):
    factor = longer / max(image.size)
    size = tuple(round(side * factor) for side in image.size)
    return image.resize(size, Image.LANCZOS if factor < 1 else Image.BICUBIC)


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


def keep(options, result, *words):
    if 'out' in options:
        result.save(os.path.join(options['out'], '-'.join(words).replace(':', '-').replace('=', '-') + '.png'))


def sweep_pair(bench, options, settings, folder, pair):
    content, style = read_pair(pair)
    style.save(os.path.join(folder, 'style.ppm'))
    first = {}  # by brush
    for size in options['sizes'].split(','):
        sized, before = at_size(content, int(size)), None
        sized.save(os.path.join(folder, 'content.ppm'))
        for brush in options['brushes'].split(','):
            result = paint(bench, folder, [*settings, 'brush-size=' + brush])
            keep(options, result, pair, size, *settings, brush)
            figures = [f'{growth(of, result, sized):.2f}' if of else '' for of in (before, first.get(brush))]
            print(pair, ' '.join(settings), size, brush, *figures, sep=',', flush=True)
            first.setdefault(brush, result)
            before = result


def sweep(bench, options, settings, folder):
    methods = [[]] if any(s.startswith('method=') for s in settings) else [['method=painter'], ['method=gatys']]
    print('pair,settings,size,brush,growth_by_brush,growth_by_size')
    for pair in options['pairs'].split(','):
        for method in methods:
            sweep_pair(bench, options, method + settings, folder, pair)


def measure(content, paths):
    images = [Image.open(path).convert('RGB') for path in paths]
    for path, before, image in zip(paths[1:], images, images[1:]):
        print(f'{stem(path)},{growth(before, image, content):.2f}')


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith('-'):
        sys.exit(__doc__)
    if sys.argv[1] == 'calibrate':
        styles = sorted(os.path.join(STYLES, name) for name in os.listdir(STYLES) if name.endswith('.jpg'))
        return calibrate(sys.argv[2:] or [name for name in PAINTINGS.split() if picture(name)] + styles)
    if len(sys.argv) > 2 and os.path.isfile(sys.argv[2]):
        return measure(Image.open(sys.argv[1]).convert('RGB'), sys.argv[2:])
    options = {'pairs': PAIRS, 'sizes': '1024', 'brushes': '0.5,1,2'}
    settings = []
    for word in sys.argv[2:]:
        name, _, value = word.partition('=')
        if name in ('pairs', 'sizes', 'brushes', 'out'):
            options[name] = value
        else:
            settings.append(word)
    with tempfile.TemporaryDirectory() as folder:
        return sweep(os.path.abspath(sys.argv[1]), options, settings, folder)


ALONG = directions()
main()
