#!/usr/bin/env bash
# refusals.sh: whatever can't be done is refused with a message that says what is wrong, and the image stays the same
# to the byte: no half-made layer, nothing to undo, no undo group left open.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 96x72 1 red-blue
picture style 80x64 2 yellow-black
head -c 1000 "$NST_WEIGHTS" >"$work/cut.safetensors"
run_scheme "$here/refusals.scm"
finish
