"""pairs.py: the pictures that curve.py, gallery.py and quality.py measure with, each by a short name.

They are in ../shared/pictures, in tests/data, and in Matplotlib's sample data (a portrait, in the public domain,
which Debian ships). A missing picture is reported, and its pairs are left out.
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys

import matplotlib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SHARED = os.path.join(ROOT, '..', 'shared')
FOLDERS = [os.path.join(SHARED, 'pictures'), os.path.join(ROOT, 'tests', 'data'),
           os.path.join(matplotlib.get_data_path(), 'sample_data')]

# Contents: houses by day, a dark wall with lamps, soft evening air, and a face. Styles: thick strokes in cold colours,
# thin ones in warm colours on bare board, and flat broad ones.
CONTENTS = 'tubingen', 'hoovertowernight', 'sample-content', 'grace_hopper'
STYLES = 'starry_night', 'the_scream', 'sample-style'
DOZEN = [f'{content}:{style}' for content in CONTENTS for style in STYLES]
FOUR = [f'{content}:{style}' for content in CONTENTS[:2] for style in STYLES[:2]]
TWO = ['tubingen:starry_night', 'hoovertowernight:the_scream']


def picture(name):
    """The path of a picture, named by its path or by its stem; None: there is no such picture."""
    if os.path.isfile(name):
        return name
    for folder in FOLDERS:
        for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if os.path.splitext(file)[0] == name:
                return os.path.join(folder, file)
    return None


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def read_pairs(pairs):
    """The paths of content and style for each CONTENT:STYLE whose pictures both exist."""
    found = []
    for pair in pairs:
        paths = [picture(name) for name in pair.split(':')]
        missing = [name for name, path in zip(pair.split(':'), paths) if not path]
        if missing or len(paths) != 2:
            said = f'there is no picture {" and no ".join(missing)}' if missing else 'it is not CONTENT:STYLE'
            print(f'{pair} is left out: {said}', file=sys.stderr)
        else:
            found.append(paths)
    if not found:
        sys.exit('no pair is left: the pictures belong in ../shared/pictures')
    return found
