#!/usr/bin/env bash
# gimp.sh FLAVOUR FOLDER [sanitized]: a real GIMP for gimp.py, with the plug-in, headless, in a private directory in
# FOLDER. Prints that directory once the GIMP answers; it ends when standard input does.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../gimp/lib.sh"

export TMPDIR=$2
sanitized=${3:-}
NST_BUILT=1
begin "$1"
# shellcheck disable=SC2154 # lib.sh sets it
rm -rf "$work"
work=$2 data_home=$2/data
new_gimp_directory
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done; wait' EXIT # the folder is gimp.py's
time_limit=3600
start_scheme "$project/tests/soak/soak.scm"
printf '%s\n' "$directory"
cat >/dev/null
touch "$work/stop"
for _ in {1..50}; do kill -0 "$gimp" 2>/dev/null && sleep 0.1; done
