#!/usr/bin/python3
"""curve.py: how much of the style against how much of the content, as an outside judge counts them.

    curve.py BENCH OUT WEIGHTS... [SETTING=VALUE...] [pairs=CONTENT:STYLE,...] [size=N] [sweep=W,W,...]

Repaints each pair of pictures with each weights file (built-in: the project's own; imagenet: the judge's
network) at each style weight of the sweep, and prints a row of CSV for each. OUT.png gets the curves,
OUT-sheet.png the pictures: a row for each pair and weights file, a column for each style weight. The judge is
../shared/judge.py, its pictures are beside it.

    style, content   the judge's figures: 0 is the painting's statistics, and the content untouched
    roughness        see tests/reference/roughness.py
"""
import os
import subprocess
import sys
import tempfile

import matplotlib
from PIL import Image

matplotlib.use('Agg')
import matplotlib.pyplot as plot  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SHARED = os.path.join(ROOT, '..', 'shared')
sys.path.append(os.path.join(ROOT, 'tests', 'reference'))
from roughness import at_size, roughness  # noqa: E402

PAIRS = 'tubingen:starry_night,hoovertowernight:the_scream'
SWEEP = '4,15,60,240'


def picture(name):
    """The path of a picture: a file's, or one of ../shared's by its stem."""
    if os.path.exists(name):
        return name
    folder = os.path.join(SHARED, 'pictures')
    found = [f for f in sorted(os.listdir(folder)) if os.path.splitext(f)[0] == name]
    if not found:
        sys.exit(f'curve.py: there is no picture {name} in ../shared/pictures')
    return os.path.join(folder, found[0])


class Curves:
    def __init__(self, bench, size, settings, folder):
        self.bench, self.size, self.settings, self.folder = bench, size, settings, folder

    def weights_setting(self, weights):
        if weights == 'built-in':
            return []
        if weights == 'imagenet':
            import weight_files  # writes what the judge has as torchvision would
            weights = os.path.join(self.folder, 'imagenet.safetensors')
            if not os.path.exists(weights):
                raw = os.path.join(self.folder, 'raw.safetensors')
                layers = weight_files.network(SHARED)
                weight_files.write_safetensors(raw, weight_files.state(layers, weight_files.torchvision))
                program = os.path.join(os.path.dirname(self.bench), '..', '..', 'weights', 'neural-style-weights')
                subprocess.run([program, 'import', raw, weights], check=True, stdout=subprocess.DEVNULL)
        return [f'weights={weights}']

    def transfer(self, content, style, weights, style_weight):
        """The repainted picture, and the seconds that it took."""
        paths = [os.path.join(self.folder, name) for name in ('content.ppm', 'style.ppm', 'result.ppm')]
        at_size(content, self.size).save(paths[0])
        Image.open(style).convert('RGB').save(paths[1])
        run = [self.bench, 'transfer', *paths, *self.weights_setting(weights), *self.settings,
               f'style-weight={style_weight}']
        seconds = float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        return Image.open(paths[2]).copy(), seconds

    def judge(self, content, style, result):
        path = os.path.join(self.folder, 'result.png')
        result.save(path)
        verdict = subprocess.run(['/usr/bin/python3', os.path.join(SHARED, 'judge.py'), content, style, path],
                                 check=True, capture_output=True, text=True).stdout.split()
        return float(verdict[verdict.index('style') + 1]), float(verdict[-1]), roughness(result, style)


def contact_sheet(rows, path):
    """rows: lists of pictures."""
    gap, width = 4, max(image.width for row in rows for image in row)
    heights = [max(image.height for image in row) for row in rows]
    sheet = Image.new('RGB', ((width + gap) * len(rows[0]), sum(heights) + gap * len(rows)), 'white')
    top = 0
    for row, height in zip(rows, heights):
        for column, image in enumerate(row):
            sheet.paste(image, (column * (width + gap), top))
        top += height + gap
    sheet.save(path)


def read_arguments(arguments):
    options = {'pairs': PAIRS, 'size': '384', 'sweep': SWEEP}
    weights, settings = [], []
    for argument in arguments:
        name, is_setting, value = argument.partition('=')
        if name in options and is_setting:
            options[name] = value
        else:
            (settings if is_setting else weights).append(argument)
    return options, weights or ['built-in'], settings


def main():
    bench, out, *rest = sys.argv[1:]
    options, files, settings = read_arguments(rest)
    sweep = [float(weight) for weight in options['sweep'].split(',')]
    pairs = [[picture(name) for name in pair.split(':')] for pair in options['pairs'].split(',')]
    rows = []
    print('content_picture,style_picture,weights,style_weight,style,content,roughness,seconds', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        curves = Curves(bench, int(options['size']), settings, folder)
        figure, axes = plot.subplots(1, len(pairs), figsize=(5 * len(pairs), 4), squeeze=False)
        for (content, style), axis in zip(pairs, axes[0]):
            names = [os.path.splitext(os.path.basename(path))[0] for path in (content, style)]
            for weights in files:
                label, points, row = os.path.splitext(os.path.basename(weights))[0], [], []
                for style_weight in sweep:
                    image, seconds = curves.transfer(content, style, weights, style_weight)
                    row.append(image)
                    points.append(curves.judge(content, style, image))
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
