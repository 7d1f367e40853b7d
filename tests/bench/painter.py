"""painter.py: repaints pictures with the benchmark's program, and asks the judge of ../shared about them."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys

from PIL import Image

from pairs import ROOT, SHARED

sys.path.append(os.path.join(ROOT, 'tests', 'reference'))
from roughness import at_size, roughness  # noqa: E402


class Painter:
    def __init__(self, bench, folder):
        """folder: for temporary files."""
        self.bench, self.folder = bench, folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def weights_setting(self, weights):
        """weights: built-in (the project's own), imagenet (the judge's network), or a file's path."""
        if weights == 'built-in':
            return []
        return [f'weights={self.imagenet() if weights == "imagenet" else weights}']

    def imagenet(self):
        """The path of the judge's network, which has three blocks; imported as torchvision would have it."""
        import weight_files
        path, raw = self.path('imagenet.safetensors'), self.path('raw.safetensors')
        if not os.path.exists(path):
            layers = weight_files.network(SHARED)
            weight_files.write_safetensors(raw, weight_files.state(layers, weight_files.torchvision))
            program = os.path.join(os.path.dirname(self.bench), '..', '..', 'weights', 'neural-style-weights')
            subprocess.run([program, 'import', raw, path], check=True, stdout=subprocess.DEVNULL)
        return path

    def inputs(self, content, style, size):
        """Writes both pictures as the program reads them: the content with that longer side, the style unchanged."""
        paths = self.path('content.ppm'), self.path('style.ppm')
        at_size(content, size).save(paths[0])
        Image.open(style).convert('RGB').save(paths[1])
        return paths

    def transfer(self, content, style, size, weights, settings, preview=None):
        """The repainted picture, or its preview with that many pixels, and the seconds that it took."""
        options = ['--preview', str(preview)] if preview else []
        run = [self.bench, 'transfer', *options, *self.inputs(content, style, size), self.path('result.ppm'),
               *self.weights_setting(weights), *settings]
        seconds = float(subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout)
        return Image.open(self.path('result.ppm')).copy(), seconds

    def judge(self, content, style, result):
        """The judge's style and content of a picture, and its roughness."""
        path = self.path('result.png')
        result.save(path)
        verdict = subprocess.run(['/usr/bin/python3', os.path.join(SHARED, 'judge.py'), content, style, path],
                                 check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        return float(verdict[verdict.index('style') + 1]), float(verdict[-1]), roughness(result, style)
