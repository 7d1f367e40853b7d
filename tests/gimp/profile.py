#!/usr/bin/env python3
"""profile.py FILE SPACE: writes an ICC profile of a colour space, adobe or prophoto, from its standard's figures.

A matrix profile needs no more than the white, the primaries and one gamma; writing it here spares the project
a file of somebody else's. Primaries and white are adapted to the D50 of ICC's connection space (Bradford)."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import struct
import sys

D50 = (0.9642, 1.0, 0.8249)
SPACES = {  # name, the colorants of red, green and blue, gamma
    'adobe': (b'Adobe RGB (1998), for tests', ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)), 563 / 256),
    'prophoto': (b'ROMM RGB, for tests', ((0.79767, 0.28804, 0.0), (0.13519, 0.71187, 0.0), (0.03135, 0.00009, 0.82521)), 1.8),
}


def xyz(values):
    return b'XYZ \0\0\0\0' + b''.join(struct.pack('>i', round(v * 65536)) for v in values)


def curve(gamma):
    return b'curv\0\0\0\0' + struct.pack('>IH', 1, round(gamma * 256))


def text(kind, words):
    if kind == 'desc':
        return b'desc\0\0\0\0' + struct.pack('>I', len(words) + 1) + words + b'\0' + bytes(78)
    return b'text\0\0\0\0' + words + b'\0'


def profile(name, colorants, gamma):
    tags = {'desc': text('desc', name), 'cprt': text('text', b'CC0'), 'wtpt': xyz(D50)}
    tags.update({channel + 'XYZ': xyz(values) for channel, values in zip('rgb', colorants)})
    tags.update({channel + 'TRC': curve(gamma) for channel in 'rgb'})
    table, data, start = struct.pack('>I', len(tags)), b'', 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += struct.pack('>4sII', name.encode(), start + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    header = struct.pack('>I4sI4s4s4s', start + len(data), b'\0\0\0\0', 0x02100000, b'mntr', b'RGB ', b'XYZ ')
    header += struct.pack('>6H4s', 2026, 1, 1, 0, 0, 0, b'acsp') + bytes(28) + xyz(D50)[8:]
    return header.ljust(128, b'\0') + table + data


with open(sys.argv[1], 'wb') as file:
    file.write(profile(*SPACES[sys.argv[2]]))
