#!/usr/bin/python3
"""roughness.py: measures speckle and striping: how much the grey changes from pixel to pixel.

    roughness.py RESULT STYLE      prints "roughness R": the result's, divided by that of the style at the same size
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import numpy as np
from PIL import Image


def at_size(path, longer):
    """The picture at `path`, scaled to that longer side."""
    image = Image.open(path).convert('RGB')
    factor = longer / max(image.size)
    return image.resize(tuple(round(side * factor) for side in image.size), Image.LANCZOS)


def laplacian(image):
    """The mean absolute Laplacian of the grey."""
    grey = np.asarray(image, dtype=np.float64).mean(axis=2)
    return np.abs(4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2]
                  - grey[1:-1, 2:]).mean()


def roughness(result, style):
    """result: a picture; style: a path."""
    return laplacian(result) / laplacian(at_size(style, max(result.size)))


if __name__ == '__main__':
    print('roughness %.3f' % roughness(Image.open(sys.argv[1]).convert('RGB'), sys.argv[2]))
