"""Malicious files that pretend to be PyTorch's, for test_weights_torch.c.

write_all(FOLDER, MODULE) writes NAME.bad and, beside it, NAME.why: words that its refusal must contain. A file whose
command ran would leave FOLDER/ran behind.

Pickles that no pickler would write are put together by hand; Python's pickletools explains the bytes.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pickle
import struct
import subprocess
import warnings
import zipfile

MAGIC = 0x1950A86A20F9469CFC6C
TWELVE = struct.pack('<12f', *range(12))
MILLION = 1 << 20


# Pieces of pickles.

def text(value):
    """Python 2's str."""
    value = value if isinstance(value, bytes) else value.encode()
    return b'U' + bytes([len(value)]) + value


def number(value):
    return b'\x8a\x08' + struct.pack('<q', value)


def numbers(*values):
    return b'(' + b''.join(number(value) for value in values) + b't'


def name(module, function):
    return f'c{module}\n{function}\n'.encode()


def storage(key='a', count=12, kind='FloatStorage', part=None, module='torch'):
    """A persistent name. part: (begin, count) of the part that is meant; () where the format has no parts."""
    view = b'(' + text('part') + number(part[0]) + number(part[1]) + b't' if part else b'N' if part is None else b''
    return b'(' + text('storage') + name(module, kind) + text(key) + text('cpu') + number(count) + view + b'tQ'


def tensor(where=None, offset=0, sizes=(3, 4), strides=(4, 1), function='_rebuild_tensor', more=b''):
    where = where or storage()
    arguments = where + number(offset) + numbers(*sizes) + numbers(*strides) + more
    return name('torch._utils', function) + b'(' + arguments + b'tR'


def python_dict(**members):
    return b'\x80\x02}' + b''.join(text(key) + value + b's' for key, value in members.items()) + b'.'


def python2_dict(**members):
    """OrderedDict([["key", value], ...]) with the attribute _metadata."""
    pairs = b''.join(b'](' + text(key) + value + b'e' for key, value in members.items())
    return (b'\x80\x02' + name('collections', 'OrderedDict') + b'](' + pairs + b'e\x85R}' + text('_metadata') +
            b'}sb.')


# Files.

def write_legacy(path, body, storages, little=True, version=1001, keys=None):
    """body: the object's pickle. storages: key -> (count, bytes)."""
    with open(path, 'wb') as file:
        for value in MAGIC, version, {'protocol_version': version, 'little_endian': little}:
            file.write(pickle.dumps(value, 2))
        file.write(body)
        file.write(pickle.dumps(list(storages), 2) if keys is None else keys)
        for count, data in storages.values():
            file.write(struct.pack('<q', count) + data)


def write_zip(path, entries, method=zipfile.ZIP_STORED):
    with warnings.catch_warnings(), zipfile.ZipFile(path, 'w', method) as file:
        warnings.simplefilter('ignore')  # about two entries with one name
        for entry, data in entries:
            file.writestr(entry, data)


def add_bomb(path, entry):
    """A gigabyte of zeros, deflated: one megabyte in the file."""
    with zipfile.ZipFile(path, 'a', zipfile.ZIP_DEFLATED, compresslevel=1) as file, file.open(entry, 'w') as out:
        for _ in range(1024):
            out.write(bytes(MILLION))


class Writer:
    """Writes the files of one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.command = 'touch ' + self.path('ran')

    def path(self, stem):
        return os.path.join(self.folder, stem)

    def why(self, stem, why):
        with open(self.path(stem + '.why'), 'w', encoding='utf-8') as file:
            file.write(why)

    def legacy(self, stem, why, body, storages=(('a', (12, TWELVE)),), **more):
        write_legacy(self.path(stem + '.bad'), body, dict(storages), **more)
        self.why(stem, why)

    def zip(self, stem, why, entries, method=zipfile.ZIP_STORED):
        write_zip(self.path(stem + '.bad'), entries, method)
        self.why(stem, why)

    def both(self, stem, why, body):
        """The same pickle in both formats, with the storage that storage() names, if it is used. why: for both, or a
        pair."""
        storages = {'a': (12, TWELVE)} if text('storage') in body else {}
        legacy, zipped = (why, why) if isinstance(why, str) else why
        self.legacy(stem + '-legacy', legacy, body, storages)
        self.zip(stem + '-zip', zipped, [('a/data.pkl', body), ('a/data/a', TWELVE)])

    def change(self, stem, change):
        """Changes a file's bytes by a function."""
        with open(self.path(stem + '.bad'), 'rb') as file:
            data = bytearray(file.read())
        data = change(data) or data
        with open(self.path(stem + '.bad'), 'wb') as file:
            file.write(data)


# Pickles that call.

class Calls:
    """An object whose pickle is a call of function(*arguments)."""

    def __init__(self, function, *arguments):
        self.reduced = function, arguments

    def __reduce__(self):
        return self.reduced


def write_calls(writer, module):
    """By Python's own pickler. Its protocol 2 uses Python 2's module names; where modules merged, any of them."""
    code = f'open({writer.path("ran")!r}, "w")'
    calls = {
        'system': (Calls(os.system, writer.command), '“posix.system”', '“posix.system”'),
        'eval': (Calls(eval, code), '“__builtin__.eval”', '“builtins.eval”'),
        'exec': (Calls(exec, code), '“__builtin__.exec”', '“builtins.exec”'),
        'getattr': (Calls(getattr, 'x', 'upper'), 'getattr”', 'getattr”'),
        'popen': (Calls(subprocess.Popen, ['touch', writer.path('ran')]), '.Popen”', '“subprocess.Popen”'),
        'model': (module, *2 * ['“torch.nn.modules.container.Sequential”']),
    }
    for stem, (value, why2, why4) in calls.items():
        writer.both(stem + '-2', why2, pickle.dumps({'x': value}, 2))
        writer.both(stem + '-4', why4, pickle.dumps({'x': value}, 4))


def write_calls_by_hand(writer):
    system, command = name('os', 'system'), text(writer.command)
    state = text('__setstate__') + system
    for stem, why, body in (
            ('name', '“os.system”', b'\x80\x02' + system + command + b'\x85R.'),
            ('stacked', '“os.system”', b'\x80\x04\x8c\x02os\x8c\x06system\x93' + command + b'\x85R.'),
            ('class', '“os.system”', b'\x80\x02' + system + command + b'\x85\x81.'),
            ('inst', 'instruction 0x69', b'\x80\x02(' + command + b'ios\nsystem\n.'),
            ('obj', '“os.system”', b'\x80\x02(' + system + command + b'o.'),
            ('extension', 'instruction 0x82', b'\x80\x02\x82\x01)R.'),
            ('state', '“os.system”', b'\x80\x02' + name('collections', 'OrderedDict') + b')R}' + state + b'sb.'),
            ('state-of-tensor', '“os.system”', b'\x80\x02' + tensor() + b'}' + state + b'sb' + command + b'b.'),
            ('state-of-class', '“torch.nn.modules.conv.Conv2d”',
             b'\x80\x02' + name('torch.nn.modules.conv', 'Conv2d') + b')\x81}' + state + b'sb.'),
            ('beside', '“os.system”', python_dict(x=tensor(), y=b'(]' + system + command + b'\x85Rat')),
            ('as-storage', '“os.system”', python_dict(x=tensor(storage(module='os', kind='system')))),
            ('dotted', '“collections.OrderedDict.__init__.__globals__”',
             b'\x80\x04' + text('collections') + text('OrderedDict.__init__.__globals__') + b'\x93.'),
            ('escape', '“os.?[2J”', b'\x80\x02cos\n\x1b[2J\n.'),
            ('bytes', '“os.??”', b'\x80\x02cos\n\xff\xfe\n.'),
            ('sparse', '“torch._utils._rebuild_sparse_tensor”',
             python_dict(x=tensor(function='_rebuild_sparse_tensor'))),
            ('complex', '“torch.ComplexFloatStorage”', python_dict(x=tensor(storage(kind='ComplexFloatStorage'))))):
        writer.both('call-' + stem, why, body)


# Impossible tensors.

def write_tensors(writer):
    beyond, nowhere = '“x” claims more numbers', 'where the numbers of “x” lie'
    far = 2**63 - 1
    for stem, why, member in (
            ('offset', beyond, tensor(offset=1)),
            ('offset-far', beyond, tensor(offset=far)),
            ('offset-negative', nowhere, tensor(offset=-1)),
            ('offset-of-none', beyond, tensor(offset=13, sizes=(0,), strides=(1,))),
            ('size', beyond, tensor(sizes=(3, 5))),
            ('size-far', beyond, tensor(sizes=(2**40, 2**40))),
            ('size-wraps', beyond, tensor(sizes=(2**32, 2**32), strides=(0, 0))),
            ('size-wraps-to-1', beyond, tensor(sizes=(far, far), strides=(0, 0))),
            ('size-negative', 'shape', tensor(sizes=(-3, -4))),
            ('size-repeats', beyond, tensor(sizes=(10 * 2**28, 12), strides=(0, 1))),
            ('stride', beyond, tensor(strides=(5, 1))),
            ('stride-far', beyond, tensor(strides=(2**62, 2**62))),
            ('stride-wraps', beyond, tensor(sizes=(3, 2), strides=(far, far))),
            ('stride-negative', 'shape', tensor(offset=11, strides=(-4, -1))),
            ('rank', 'shape', tensor(sizes=(1,) * 9, strides=(1,) * 9)),
            ('ranks-differ', 'shape', tensor(strides=(1,))),
            ('sizes-none', 'shape', name('torch._utils', '_rebuild_tensor') + b'(' + storage() + number(0) + b'NNtR'),
            ('arguments-none', nowhere, name('torch._utils', '_rebuild_tensor') + b')R'),
            ('negative-bit', 'not known',
             tensor(function='_rebuild_tensor_v2', more=b'\x89N}' + text('neg') + b'\x88s')),
            ('part', nowhere, tensor(storage(part=(8, 5)), sizes=(1,), strides=(1,))),
            ('part-far', nowhere, tensor(storage(part=(far, far)), sizes=(1,), strides=(1,))),
            ('part-negative', nowhere, tensor(storage(part=(-8, 5)), sizes=(1,), strides=(1,)))):
        writer.both('tensor-' + stem, why, python_dict(x=member))


def write_storages(writer):
    unclear, far = 'where a tensor\'s numbers lie', 2**62
    short, other = ('cut off', 'have the length'), ('contradicts itself', 'have the length')
    for stem, why, where in (
            ('negative', unclear, storage(count=-1)),
            ('more', short, storage(count=13)),
            ('less', other, storage(count=11)),
            ('10-gigabytes', short, storage(count=10 * 2**28)),
            ('far', short, storage(count=far)),
            ('key-path', ('list of storages', 'is missing'), storage('../a/data/a')),
            ('key-long', unclear, storage('a' * 200)),
            ('key-bytes', unclear, storage(b'\xff')),
            ('key-zero', unclear, storage('a\0')),
            ('none', unclear, b')Q'),
            ('module', unclear, b'(' + text('module') + b'NNNNtQ')):
        writer.both('storage-' + stem, why, python_dict(x=tensor(where)))
    writer.both('storage-10-gigabytes-used', short,
                python_dict(x=tensor(storage(count=10 * 2**28), sizes=(10 * 2**20, 256), strides=(256, 1))))
    writer.both('storage-of-two-types', unclear, python_dict(x=tensor(), y=tensor(storage(kind='IntStorage'))))


def write_dicts(writer):
    for stem, why, body in (
            ('two-of-a-name', 'two tensors “x”', b'\x80\x02}' + 2 * (text('x') + tensor() + b's') + b'.'),
            ('name-empty', 'name', python_dict(**{'': tensor()})),
            ('name-zero', 'name', python_dict(**{'a\0b': tensor()})),
            ('name-bytes', 'name', b'\x80\x02}' + text(b'\xff\xfe') + tensor() + b's.'),
            ('name-number', 'name', b'\x80\x02}K\x01' + tensor() + b's.'),
            ('list', 'state_dict', b'\x80\x02](' + tensor() + b'e.'),
            ('number', 'state_dict', b'\x80\x02(' + tensor() + b'K\x01.'),
            ('no-tensors', 'state_dict', python_dict(x=number(1), y=storage())),
            ('protocol-0', 'instruction 0x64', pickle.dumps({'x': 1}, 0)),
            ('protocol-9', 'protocol 9', b'\x80\x09}.')):
        writer.both('dict-' + stem, why, body)


# Programs that no stack machine can run, or that would run for very long.

def write_programs(writer):
    pairs = name('collections', 'OrderedDict')
    for stem, program in {
            'nothing': b'', 'tuple': b't', 'tuple1': b'\x85', 'tuple-over-mark': b'(N\x86', 'mark': b'(',
            'append': b'a', 'append-to-dict': b'}Na', 'appends': b'e', 'appends-to-mark': b'(e', 'item': b's',
            'item-of-list': b']NNs', 'items': b'u', 'items-to-mark': b'((u', 'items-odd': b'}(NNNu', 'call': b'R',
            'call-none': b'NNR', 'call-text': text('os') + b')R', 'call-without-tuple': pairs + b']R', 'state': b'b',
            'state-of-none': b'NNb', 'get': b'h\0', 'get-far': b'j\xff\xff\xff\xff', 'put': b'q\0',
            'put-mark': b'(q\0', 'put-far': b'Nr\xff\xff\xff\xff', 'put-a-million': b'Nr\0\0\x10\0',
            'memoize': b'\x94', 'persistent': b'Q', 'persistent-none': b'NQ', 'pairs': pairs + b'](NNe\x85R',
            'pairs-none': pairs + b'N\x85R', 'stacked': b'\x93', 'stacked-none': b'NN\x93'}.items():
        writer.both('program-' + stem, 'makes no sense', b'\x80\x02' + program + b'.')
    for stem, program in {
            'none': b'', 'stop': b'}', 'text': b'X\xff\xff\xff\xff....', 'text8': b'\x8d' + b'\xff' * 8 + b'....',
            'bytes': b'B\xff\xff\xff\xff....', 'long': b'\x8b\xff\xff\xff\x7f....', 'float': b'G...'}.items():
        writer.zip('end-' + stem, 'no end', [('a/data.pkl', b'\x80\x02' + program)])
    writer.both('end-line', 'makes no sense', b'\x80\x02c' + b'o' * 1000)


def write_bombs(writer):
    longer = 'longer than any network\'s'
    for stem, why, program in (
            ('dicts', longer, b'}' * (8 * MILLION)),
            ('lists', longer, b']' * MILLION + b'a' * (MILLION - 1)),
            ('marks', longer, b'(' * (8 * MILLION)),
            ('tuples', longer, b')' + b'\x85' * (8 * MILLION)),
            ('memo', longer, b'N' + b''.join(b'r' + struct.pack('<I', i) for i in range(MILLION))),
            ('memoize', longer, b'N' + b'\x94' * (8 * MILLION)),
            ('gets', longer, b']q\0' + b'h\0' * (4 * MILLION)),
            # Each pair holds the previous one twice: 2^1000 leaves. Then a dict that is its own state dict.
            ('laughs', 'state_dict', b'}' + text('x') + b'N' + b'q\0h\0\x86' * 1000 + b's'),
            ('itself', 'state_dict', b'}q\0' + text('model') + b'h\0sh\0' + text('state_dict') + b'h\0s'),
            # A list of 400,000 pairs, turned into 100,000 dicts.
            ('pairs', longer, b'](NNeq\1](' + b'h\1' * 400000 + b'e\x85q\2' + name('collections', 'OrderedDict') +
             b'q\3' + b'h\3h\2R' * 100000),
            ('tensors', '4096', b'}' + b''.join(text(str(i)) + tensor() + b's' for i in range(5000)))):
        writer.both('bomb-' + stem, why, b'\x80\x02' + program + b'.')
    # One text of 4 MB as the name of thousands.
    long = b'X' + struct.pack('<I', 4 * MILLION) + b'k' * (4 * MILLION) + b'q\0'
    again = b'(' + text('storage') + name('torch', 'FloatStorage') + b'h\0' + text('cpu') + number(1) + b'tQ'
    writer.both('bomb-keys', 'where a tensor\'s', b'\x80\x02](' + long + again * 40000 + b'e.')
    writer.both('bomb-names', 'name',
                b'\x80\x02}' + long + tensor() + b's' + (b'h\0' + tensor() + b's') * 5000 + b'.')
    writer.both('bomb-modules', 'makes no sense', b'\x80\x04' + long + b'h\0\x93' * 1000 + b'.')


# What only one of the formats allows.

def write_legacy_only(writer):
    good, twelve = python_dict(x=tensor()), (12, TWELVE)
    storages, calls = 'list of storages', name('os', 'system') + text(writer.command) + b'\x85R.'
    writer.legacy('big-endian', 'big-endian', good, little=False)
    writer.legacy('no-endian', 'byte order', good, little=None)
    writer.legacy('version', 'version', good, version=1002)
    writer.legacy('keys-none', storages, good, {})
    writer.legacy('keys-twice', storages, python_dict(x=tensor(), y=tensor(storage('b'))),
                  {'a': twelve, 'b': twelve}, keys=pickle.dumps(['a', 'a'], 2))
    writer.legacy('keys-other', storages, good, {'b': twelve})
    writer.legacy('keys-more', storages, good, {'a': twelve, 'b': twelve})
    writer.legacy('keys-dict', storages, good, keys=b'\x80\x02}.')
    writer.legacy('keys-numbers', storages, good, keys=b'\x80\x02]K\x01a.')
    writer.legacy('keys-call', '“os.system”', good, keys=b'\x80\x02' + calls)
    writer.legacy('short', 'cut off', good, {'a': (12, TWELVE[:-1])})
    writer.legacy('count', 'contradicts', good, {'a': (2**62, TWELVE)})


def claim(entry, size):
    """Sets an entry's sizes in the table of contents."""
    def change(data):
        at = data.rindex(b'PK\1\2', 0, data.rindex(entry.encode()))
        struct.pack_into('<II', data, at + 20, size, size)
    return change


def claim_entries(count):
    """Sets the count of entries."""
    def change(data):
        struct.pack_into('<HH', data, len(data) - 14, count, count)
    return change


def claim_entries_64(count):
    """Sets the count of entries in the longer record of large archives."""
    def change(data):
        end = len(data) - 22
        size, offset = struct.unpack('<II', data[end + 12:end + 20])
        record = struct.pack('<4sQHHIIQQQQ', b'PK\6\6', 44, 45, 45, 0, 0, count, count, size, offset)
        locator = struct.pack('<4sIQI', b'PK\6\7', 0, end, 1)
        last = struct.pack('<4sHHHHIIH', b'PK\5\6', 0, 0, 0xffff, 0xffff, 0xffffffff, 0xffffffff, 0)
        return data[:end] + record + locator + last
    return change


def flip_number(data):
    data[data.index(TWELVE) + 7] ^= 1


def write_zip_only(writer):
    pickled, data = ('a/data.pkl', python_dict(x=tensor())), ('a/data/a', TWELVE)
    good = [pickled, data]
    gigabyte = ('a/data.pkl', python_dict(x=tensor(storage(count=1 << 28), sizes=(1 << 28,), strides=(1,))))
    writer.zip('bomb-deflated-data', '“a/data/a” is compressed', [gigabyte])
    add_bomb(writer.path('bomb-deflated-data.bad'), 'a/data/a')
    writer.zip('bomb-deflated-pickle', '“a/data.pkl” is compressed', [data])
    add_bomb(writer.path('bomb-deflated-pickle.bad'), 'a/data.pkl')
    writer.zip('deflated', 'compressed', good, zipfile.ZIP_DEFLATED)
    writer.zip('bzip2', 'compressed', good, zipfile.ZIP_BZIP2)
    writer.zip('no-pickle', 'no data.pkl', [data])
    writer.zip('two-pickles', 'more than one', good + [('b/data.pkl', pickled[1])])
    writer.zip('no-data', '“data/a”', [pickled])
    writer.zip('twice', 'two entries', good + [data])
    writer.zip('order-big', 'big-endian', good + [('a/byteorder', 'big')])
    writer.zip('order-long', '“a/byteorder”', good + [('a/byteorder', 'little' * 10000)])
    for stem, why, entries, change in (
            ('checksum', '“a/data/a” is damaged', good, flip_number),
            ('claim-pickle', 'longer than the whole file', good, claim('a/data.pkl', 0xfffffff0)),
            ('claim-data', 'longer than the whole file',
             [('a/data.pkl', python_dict(x=tensor(storage(count=0x3ffffffc)))), data], claim('a/data/a', 0xfffffff0)),
            ('entries', 'archive can\'t be read', good, claim_entries(0xffff)),
            ('entries-64', 'archive can\'t be read', good, claim_entries_64(1 << 40)),
            ('entries-64-less', 'archive can\'t be read', good, claim_entries_64(1 << 26))):
        writer.zip(stem, why, entries)
        writer.change(stem, change)


def write_all(folder, module):
    writer = Writer(folder)
    write_calls(writer, module)
    write_calls_by_hand(writer)
    write_tensors(writer)
    write_storages(writer)
    write_dicts(writer)
    write_programs(writer)
    write_bombs(writer)
    write_legacy_only(writer)
    write_zip_only(writer)
