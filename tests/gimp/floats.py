#!/usr/bin/env python3
"""floats.py: pictures of floats. They are drawn as PFM and read as TIFF: of the formats that hold the very numbers,
the simplest that both GIMPs open, and the simplest that both save with an alpha channel.

draw FILE        a ramp from black to white with a light on it, 7.94 times white, a dimmer one, and a colour no screen has
same FILE OTHER  fails unless the two are the same to 1e-4, and have such a light, as a number of light or by a curve; and such a colour, unless they were
                 saved by a gamma, which has no negative numbers
lit FILE         fails unless its lights are still there, whatever is painted on them, and its ramp isn't
levels FILE      fails unless its red has more levels than 8 bits have"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import array
import struct
import sys

WIDTH, HEIGHT = 64, 48


def value(x, y, channel):
    if 8 <= x < 16 and 8 <= y < 16:
        return 7.94
    if 24 <= x < 40 and 20 <= y < 30:
        return (1.5, 0.25, 3.0)[channel]
    if 44 <= x < 60 and 36 <= y < 44:
        return (-0.3, 0.5, 0.2)[channel]
    return x / (WIDTH - 1)


def draw(name):
    values = array.array('f', (value(x, y, c) for y in reversed(range(HEIGHT)) for x in range(WIDTH) for c in range(3)))
    with open(name, 'wb') as file:
        file.write(b'PF\n%d %d\n-1.0\n' % (WIDTH, HEIGHT) + values.tobytes())


def read(name):
    with open(name, 'rb') as file:
        data = file.read()
    order = {b'II': '<', b'MM': '>'}[data[:2]]
    at, = struct.unpack_from(order + 'I', data, 4)
    count, = struct.unpack_from(order + 'H', data, at)
    tags = {}
    for i in range(count):
        tag, kind, many = struct.unpack_from(order + 'HHI', data, at + 2 + 12 * i)
        tags[tag] = many, struct.unpack_from(order + {3: 'H'}.get(kind, 'I'), data, at + 10 + 12 * i)[0]
    (strips, begin), samples = tags[273], tags[277][1]
    assert (tags[256][1], tags[257][1], strips, tags[259][1]) == (WIDTH, HEIGHT, 1, 1), tags
    values = array.array('f', data[begin:begin + 4 * WIDTH * HEIGHT * samples])
    if order == '>':
        values.byteswap()
    return [value for i, value in enumerate(values) if i % samples < 3]


def same(one, other):
    a, b = read(one), read(other)
    worst = max(abs(x - y) for x, y in zip(a, b))
    print(f'they differ by up to {worst}, from {min(b)} to {max(b)}')
    return worst < 1e-4 and max(b) > 2 and (min(b) < -0.2 or min(a) == min(b) == 0)


def lit(name):
    values = read(name)
    light = [values[3 * (y * WIDTH + x) + c] for y in range(8, 16) for x in range(8, 16) for c in range(3)]
    moved = sum(abs(values[3 * x] - x / (WIDTH - 1)) for x in range(WIDTH)) / WIDTH
    print(f'the light is {min(light)} to {max(light)}, the ramp has moved by {moved}')
    return min(light) > 1.5 and moved > 0.01


def levels(name):
    count = len(set(read(name)[::3]))
    print(f'{count} levels')
    return count > 256


what, *names = sys.argv[1:]
sys.exit(not {'draw': lambda name: draw(name) or True, 'same': same, 'lit': lit, 'levels': levels}[what](*names))
