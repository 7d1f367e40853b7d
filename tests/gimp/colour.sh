#!/usr/bin/env bash
# colour.sh: an image's colour profile counts: layers are read as what they look like, and the new layer looks
# in its image as it was painted.
set -euo pipefail
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 64x48 1 red-blue
python3 "$here/profile.py" "$work/adobe.icc"
run_scheme "$here/colour.scm"
finish
