#!/usr/bin/env bash
# cancel.sh: GIMP's Cancel button kills the plug-in's process. Whenever that happens, the image is as it was.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

painting() { grep -q '^neural-style: .* iteration ' "$log"; }

kill_plug_in() {
  local processes
  mapfile -t processes < <(plug_in_processes)
  kill -KILL "${processes[@]}"
}

begin "${1:-}"
picture content 96x72 1 red-blue
picture style 80x64 2 yellow-black
start_scheme "$here/cancel.scm"
check 'the painting begins, and says so on standard error' wait_for 120 painting
check 'the forecast stands before that' foretold "$log"
check 'the plug-in is killed' kill_plug_in
end_scheme
finish
