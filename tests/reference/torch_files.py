#!/usr/bin/python3
"""Weights files written by PyTorch itself, for test_weights_torch.c.

usage: torch_files.py FOLDER [SHARED]      (needs python3-torch, python3-numpy)

FOLDER gets NAME.pth and, beside it, NAME.want with everything that torch.load reads from it: for each tensor a line
"name|sides|readable" and then, if readable is 1 (the tensor holds floats), its numbers as float32.
SHARED/weight-files/*.pth are copied and read, too. torch_hostile.py adds the files that must be refused.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import os
import shutil
import struct
import sys

import numpy as np
import torch

import torch_hostile as hostile


def tensors_of(path, keys=()):
    value = torch.load(path)
    for key in keys:
        value = value[key]
    return {name: tensor for name, tensor in value.items() if isinstance(tensor, torch.Tensor)}


def write_want(path, tensors):
    with open(path, 'wb') as file:
        for name, tensor in tensors.items():
            sides = ','.join(str(side) for side in tensor.shape)
            file.write(f'{name}|{sides}|{int(tensor.dtype.is_floating_point)}\n'.encode())
            if tensor.dtype.is_floating_point:
                file.write(tensor.detach().float().contiguous().numpy().astype('<f4').tobytes())


def save(stem, value, legacy, protocol=2, keys=()):
    torch.save(value, stem + '.pth', pickle_protocol=protocol, _use_new_zipfile_serialization=not legacy)
    write_want(stem + '.want', tensors_of(stem + '.pth', keys))


# The contents of state dicts.

def plain():
    return collections.OrderedDict([
        ('features.0.weight', torch.randn(4, 3, 3, 3)),
        ('features.0.bias', torch.randn(4)),
        ('größe', torch.randn(2, 1, 5)),
        ('none', torch.randn(0, 3)),
        ('one', torch.randn(1)[0]),
    ])


def types():
    """Every float16 and bfloat16 except NaN; float64 that round up, down and to infinity; integers."""
    floats = torch.float32, torch.float64, torch.float16, torch.bfloat16
    integers = torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool
    state = {str(dtype): (torch.randn(7, 5) * 1000).to(dtype) for dtype in floats}
    state.update({str(dtype): torch.ones(3, dtype=dtype) for dtype in integers})
    bits = torch.arange(-32768, 32768, dtype=torch.int32).to(torch.int16)
    for name, dtype in ('every half', torch.float16), ('every bfloat16', torch.bfloat16):
        values = bits.view(dtype)
        state[name] = values[~torch.isnan(values)].clone()
    far = [1e300, -1e300, 1e-300, -0.0, float('inf'), 5e-324, 1e-40, 1 + 2**-24, 1 + 3 * 2**-24, 1 + 2**-24 + 2**-50]
    state['far'] = torch.tensor(far, dtype=torch.float64)
    return state


def views():
    """Strides of all kinds, most of them within one storage."""
    base = torch.randn(6, 5, 4, 3)
    return {
        'base': base,
        'channels last': base.clone().contiguous(memory_format=torch.channels_last),
        'transposed': base.permute(3, 1, 0, 2),
        'part': base[1:5, ::2, 1:, 2],
        'last number': base[5, 4, 3, 2],
        'row': base[2, 3, 1],
        'double': base.double().transpose(0, 3),
        'deep': torch.randn(2, 1, 2, 1, 2, 1, 2, 3).transpose(0, 7),
    }


def module():
    """A network with a batch norm, whose num_batches_tracked is an integer of rank 0."""
    net = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8), torch.nn.Conv2d(8, 4, 1))
    net(torch.randn(2, 3, 9, 9))
    return net


def checkpoint(key):
    """What training programs save."""
    net = module()
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
    net(torch.randn(2, 3, 9, 9)).sum().backward()
    optimizer.step()
    return {
        'epoch': 2**40, 'arch': 'vgg16', 'best': torch.tensor(0.75), 'accuracy': np.float64(0.5), 'bytes': b'\0\xff',
        'device': torch.device('cpu'), 'type': torch.float32, 'size': torch.Size([2, 3]), 'deterministic': True,
        key: net.state_dict(), 'optimizer': optimizer.state_dict(),
    }


def write_saved(folder):
    for kind in 'legacy', 'zip':
        def put(name, *arguments):
            save(os.path.join(folder, f'{name}-{kind}'), arguments[0], kind == 'legacy', *arguments[1:])
        for protocol in 2, 3, 4, 5:
            put(f'plain-{protocol}', plain(), protocol)
            put(f'checkpoint-{protocol}', checkpoint('state_dict'), protocol, ['state_dict'])
        put('types', types())
        put('views', views())
        put('module', module().state_dict())
        put('parameters', dict(module().named_parameters()))
        put('model', checkpoint('model'), 2, ['model'])
        put('nested', {'model': {'model_state_dict': plain(), 'x': 1}}, 2, ['model', 'model_state_dict'])
        put('many', {f'layer.{i}': torch.randn(2, 2) for i in range(1500)})
        put('damage', plain())  # for the tests to cut off and to flip bits in


# Files of other PyTorch versions, written by hand.

def write_old(folder):
    """As in PyTorch's first years, under Python 2."""
    stem = os.path.join(folder, 'old')
    body = hostile.python2_dict(
        x=hostile.tensor(),
        y=hostile.tensor(hostile.storage(part=(2, 9)), 1, (2, 3), (1, 2)),
        z=hostile.tensor(hostile.storage('b', 2, 'DoubleStorage'), 1, (1,), (1,)))
    hostile.write_legacy(stem + '.pth', body, {'a': (12, hostile.TWELVE), 'b': (2, struct.pack('<2d', 0.1, 0.2))})
    write_want(stem + '.want', tensors_of(stem + '.pth'))

    # From a GPU. Without one PyTorch can't read it itself.
    stem = os.path.join(folder, 'gpu')
    body = hostile.python_dict(x=hostile.tensor(hostile.storage(module='torch.cuda')))
    hostile.write_legacy(stem + '.pth', body, {'a': (12, hostile.TWELVE)})
    write_want(stem + '.want', {'x': torch.arange(12).float().reshape(3, 4)})


def write_newer(folder):
    """With the entries that PyTorch 2 adds, in a folder that it names after the file."""
    stem = os.path.join(folder, 'newer')
    body = hostile.python_dict(x=hostile.tensor(hostile.storage('0', part=())))
    hostile.write_zip(stem + '.pth', [
        ('vgg16/data.pkl', body), ('vgg16/.format_version', '1'), ('vgg16/.storage_alignment', '64'),
        ('vgg16/byteorder', 'little'), ('vgg16/data/0', hostile.TWELVE), ('vgg16/version', '3\n'),
        ('vgg16/.data/serialization_id', '0' * 40)])
    write_want(stem + '.want', tensors_of(stem + '.pth'))


def write_shared(folder, shared):
    for name in sorted(os.listdir(os.path.join(shared, 'weight-files'))):
        if name.endswith('.pth'):
            stem = os.path.join(folder, 'shared-' + name[:-len('.pth')])
            shutil.copyfile(os.path.join(shared, 'weight-files', name), stem + '.pth')
            write_want(stem + '.want', tensors_of(stem + '.pth'))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = sys.argv[1]
    torch.manual_seed(1)
    write_saved(folder)
    write_old(folder)
    write_newer(folder)
    if len(sys.argv) == 3:
        write_shared(folder, sys.argv[2])
    hostile.write_all(folder, module())


if __name__ == '__main__':
    main()
