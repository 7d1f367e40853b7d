#!/usr/bin/env bash
# colour.sh: an image's colour profile counts: layers are read as what they look like, and the new layer looks
# in its image as it was painted. What a picture holds that a screen can't show is still there afterwards: colours
# outside sRGB, lights above white, the steps of 16 bits. And a page that is all white is painted on.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 64x48 1 red-blue
python3 "$here/profile.py" "$work/adobe.icc" adobe
python3 "$here/profile.py" "$work/prophoto.icc" prophoto
python3 "$here/floats.py" draw "$work/lights.pfm"
run_scheme "$here/colour.scm"
check 'a run that lowers no loss says so' grep -q 'The painting is what it started from' "$log"
for space in srgb adobe prophoto; do
  for file in "$work/$space"-*-after.tif; do
    name=${file##*/}
    check "lights above white and what is below black are there after ${name%-after.tif}" \
      python3 "$here/floats.py" same "$file" "${file%-after.tif}-before.tif"
  done
done
check 'and with strokes on them too' python3 "$here/floats.py" lit "$work/strokes.tif"
check 'what is painted in 16 bits has more levels than 8 bits have' python3 "$here/floats.py" levels "$work/deep.tif"
finish
