#!/usr/bin/env bash
# memory.sh: the setting memory-limit. A picture that can't be painted within it is refused before anything is
# computed; one that just can be is, and the plug-in's process keeps to it.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The most memory that any of our plug-in's processes has had, in KiB, as far as it has been looked.
peak=0
watch_peak() {
  local process now
  while kill -0 "$gimp" 2>/dev/null; do
    for process in $(plug_in_processes); do
      now=$(awk '/^VmHWM/ { print $2 }' "/proc/$process/status" 2>/dev/null) || true
      if ((${now:-0} > peak)); then peak=$now; fi
    done
    sleep 0.05
  done
}

within_limit() {
  local limit
  limit=$(awk -F'\t' '$1 == "limit" { print $2 }' "$work/findings")
  printf 'at its peak the process has %d MiB, and %d are allowed\n' $((peak / 1024)) "$limit"
  ((peak > limit * 1024 / 2 && peak <= limit * 1024 * 105 / 100))
}

begin "${1:-}"
picture content 640x420 1 red-blue
picture style 320x240 2 yellow-black
start_scheme "$here/memory.scm"
watch_peak
end_scheme
check 'the process keeps within the limit, and 5 % more' within_limit
printf '# peak: %d KiB\n' "$peak"
finish
