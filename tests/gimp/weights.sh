#!/usr/bin/env bash
# weights.sh: which weights a run takes, from data folders made for it, and what the new layer records of them.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 64x48 1 red-blue
picture style 64x48 2 yellow-black
installed=$data_home/neural-style/weights
mkdir -p "$installed"
run_scheme "$here/weights-none.scm"

# As if they were: what counts here is the name. Its text of where it comes from differs, and so does its hash.
sed 's/CC0-1\.0/CC0-1.1/; s/CC0 1\.0/CC0 1.1/' "$NST_WEIGHTS" >"$installed/imagenet.safetensors"
cp "$NST_WEIGHTS" "$installed/mine.safetensors"
cp "$NST_WEIGHTS" "$work/elsewhere.safetensors"
hash_of() { sha256sum "$1" | cut -d' ' -f1; }
cat >"$work/hashes.scm" <<SCHEME
(define built-in-hash "$(hash_of "$NST_WEIGHTS")")
(define imagenet-hash "$(hash_of "$installed/imagenet.safetensors")")
SCHEME
new_gimp_directory
run_scheme "$here/weights.scm"
check 'the two files differ' bash -c "! cmp -s '$NST_WEIGHTS' '$installed/imagenet.safetensors'"
finish
