#!/usr/bin/env bash
# result.sh: where the new layer lies, what it is called, how large it is and what mask it has, in images of
# every kind; and that all else is left alone.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 96x72 1 red-blue
picture style 80x64 2 yellow-black
run_scheme "$here/result.scm"
check 'a run that nobody watches reports on standard error' grep -q '^neural-style: painted 96×72 in' "$log"
check 'each run says first what it will take, and in the end what it took' foretold "$log"
check 'the memory set is the limit it names' grep -q '^neural-style: about .* of memory (limit 1.5 GiB); ' "$log"
finish
