#!/usr/bin/python3
"""filters.py: draws the filters of conv1_1, each in its own colours: grey is 0, its largest weight is saturated.

    filters.py WEIGHTS.safetensors OUT.png
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import sys

import numpy as np
from PIL import Image

CELL, GAP, ACROSS = 24, 4, 16


def first_filters(path):
    """conv1_1's weights [64, 3, 3, 3], OIHW, from a file in this project's format."""
    with open(path, 'rb') as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), 'little')))
        data = file.read()
    entry = header['conv1_1.weight']
    begin, end = entry['data_offsets']
    kinds = {'F16': '<f2', 'F32': '<f4'}
    return np.frombuffer(data[begin:end], kinds[entry['dtype']]).reshape(entry['shape']).astype(np.float32)


def main():
    filters = first_filters(sys.argv[1])
    rows = -(-len(filters) // ACROSS)
    sheet = Image.new('RGB', (ACROSS * (CELL + GAP) + GAP, rows * (CELL + GAP) + GAP), 'white')
    for i, weights in enumerate(filters):
        values = 127.5 + 127.5 * weights.transpose(1, 2, 0) / np.abs(weights).max()
        tile = Image.fromarray(values.round().astype(np.uint8)).resize((CELL, CELL), Image.NEAREST)
        sheet.paste(tile, (GAP + i % ACROSS * (CELL + GAP), GAP + i // ACROSS * (CELL + GAP)))
    sheet.save(sys.argv[2])


if __name__ == '__main__':
    main()
