#!/usr/bin/env bash
# style-file.sh: the style from a picture file: what it paints is what the same picture paints as a layer, whatever
# the file's kind and colour profile; nothing of it stays open; and a file that can't be read is refused by name.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 96x72 1 red-blue
picture style 80x64 2 yellow-black
picture tiny 15x40 3 green-navy
mv "$work/tiny.png" "$work/tïny.png"
cp "$project/ui/styles/mosaic.jpg" "$work/mosaic.jpg"
mkdir -p "$data_home/neural-style/styles"
cp "$work/style.png" "$data_home/neural-style/styles/zebra.png"
printf 'no picture\n' >"$work/text.png"
printf 'no picture\n' >"$work/unknown.kind"
mkfifo "$work/pipe.png"
ln -s gone.png "$work/link.png"
python3 "$here/profile.py" "$work/adobe.icc" adobe
# What is painted twice is compared to the last bit. babl takes whichever conversion its stopwatch likes that time,
# another one on a busy machine, and those of a colour profile differ (see plugin/pixels.c): so only exact ones.
export BABL_TOLERANCE=0
run_scheme "$here/style-file.scm"
finish
