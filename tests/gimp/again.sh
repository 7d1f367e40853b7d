#!/usr/bin/env bash
# again.sh: a painting knows how it was made, and can be made again: the same bytes without changes, others with; in its
# place, with all that the user has done to the layer; after saving and reopening, and when what it was painted from is
# gone. By script; again-window.sh has the dialog, Undo and Repeat.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 96x72 1 red-blue
picture style 80x64 2 yellow-black
picture other 64x80 3 green-navy
export BABL_TOLERANCE=0 # as in style-file.sh: what is painted twice is compared to the last bit
run_scheme "$here/again.scm"
check 'a style that has changed since is mentioned' grep -q '^neural-style: the style style.png has changed since' "$log"
check 'nothing broke' nothing_broke
finish
