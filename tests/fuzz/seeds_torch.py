#!/usr/bin/python3
"""Small valid files of PyTorch's formats, for the fuzzers to start from.

usage: seeds_torch.py legacy|zip FOLDER

Written by hand (tests/reference/torch_hostile.py), by Python's own pickler and, where it is installed, by PyTorch.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import os
import pickle
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'reference'))
import torch_hostile as hostile


def bodies():
    """Pickles of a dict over storages 0, 1 and 2, 96 bytes each."""
    first, second = hostile.storage('0', 24), hostile.storage('1', 12, 'DoubleStorage')
    third = hostile.storage('2', 48, 'HalfStorage', (8, 40))
    one, two = hostile.tensor(first), hostile.tensor(second, 1, (2, 5), (1, 2))
    three = hostile.tensor(third, 4, (2, 3, 2), (6, 1, 3), '_rebuild_tensor_v2', b'\x89' +
                           hostile.name('collections', 'OrderedDict') + b')R')
    parameter = hostile.name('torch._utils', '_rebuild_parameter') + b'(' + three + b'\x88NtR'
    yield hostile.python_dict(x=one, y=two, z=three)
    yield hostile.python2_dict(x=one, y=two, z=parameter)
    yield hostile.python_dict(state_dict=hostile.python_dict(x=one, y=two, z=three)[2:-1], epoch=hostile.number(3))
    size = hostile.name('torch', 'Size') + hostile.numbers(1, 2) + b'\x85R'
    yield hostile.python_dict(x=one, y=two, z=three, size=size)


def storages():
    numbers = hostile.TWELVE * 2
    return {'0': (24, numbers), '1': (12, numbers), '2': (48, numbers)}


def by_torch(legacy):
    try:
        import torch
    except ImportError:
        return
    for protocol in 2, 4:
        value = {'state_dict': {'w': torch.ones(2, 3).t(), 'n': torch.tensor(1), 'h': torch.ones(3).half(),
                                'b': torch.ones(2).bfloat16()}, 'epoch': 3, 'rate': 0.1, 'bytes': b'x'}
        file = io.BytesIO()
        torch.save(value, file, pickle_protocol=protocol, _use_new_zipfile_serialization=not legacy)
        yield file.getvalue()


def plain_values():
    """All the pickle machine's instructions for values."""
    value = [None, True, False, 1, 300, -1, 70000, 2**40, 2**80, 0.5, 'text', 'x' * 300, b'y', (), (1,), (1, 2),
             (1, 2, 3), (1, 2, 3, 4), [], [1], {}, {'a': 1}, {'a': 1, 'b': 2}]
    for protocol in 2, 3, 4:
        yield pickle.dumps({'values': value}, protocol)


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ('legacy', 'zip'):
        sys.exit(__doc__)
    kind, folder = sys.argv[1:]
    count = 0

    def path():
        nonlocal count
        count += 1
        return os.path.join(folder, f'seed-{count}')

    def put(data):
        with open(path(), 'wb') as file:
            file.write(data)

    for body in bodies():
        if kind == 'legacy':
            hostile.write_legacy(path(), body, storages())
        else:
            put(body)
            data = [(f'a/data/{key}', numbers) for key, (_, numbers) in storages().items()]
            hostile.write_zip(path(), [('a/data.pkl', body), ('a/byteorder', 'little')] + data)
    for body in plain_values():
        if kind == 'legacy':
            hostile.write_legacy(path(), body, {})
        else:
            put(body)
    for data in by_torch(kind == 'legacy'):
        put(data)


if __name__ == '__main__':
    main()
