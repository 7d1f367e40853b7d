#!/usr/bin/python3
"""ssim.py: how alike two pictures of the same size look: 1 for identical ones, about 0 for unrelated ones.

    ssim.py ONE OTHER      prints "ssim S"

The mean structural similarity of Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility
to Structural Similarity" (IEEE Transactions on Image Processing 13, 2004): on the luminance, in a Gaussian window of
11 x 11 with a standard deviation of 1.5, K1 = 0.01, K2 = 0.03, at all positions of the window inside the picture.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import numpy as np
from PIL import Image

WINDOW, DEVIATION, RANGE = 11, 1.5, 255.0
C1, C2 = (0.01 * RANGE) ** 2, (0.03 * RANGE) ** 2


def blur(values):
    """Weighted means under the window."""
    at = np.arange(WINDOW) - WINDOW // 2
    weights = np.exp(-at ** 2 / (2 * DEVIATION ** 2))
    weights /= weights.sum()
    for axis in 0, 1:
        values = np.lib.stride_tricks.sliding_window_view(values, WINDOW, axis) @ weights
    return values


def ssim(one, other):
    """The mean SSIM of two pictures, each at least as large as the window."""
    x, y = (np.asarray(picture.convert('L'), np.float64) for picture in (one, other))
    mean_x, mean_y = blur(x), blur(y)
    var_x, var_y = blur(x * x) - mean_x ** 2, blur(y * y) - mean_y ** 2
    covariance = blur(x * y) - mean_x * mean_y
    return np.mean((2 * mean_x * mean_y + C1) * (2 * covariance + C2)
                   / ((mean_x ** 2 + mean_y ** 2 + C1) * (var_x + var_y + C2)))


if __name__ == '__main__':
    print('ssim %.4f' % ssim(Image.open(sys.argv[1]), Image.open(sys.argv[2])))
