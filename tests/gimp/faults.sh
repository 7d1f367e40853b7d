#!/usr/bin/env bash
# faults.sh: what is painted is what is seen, and what is painted is kept: masks, GIMP 3's filters, locks, images without
# undo, gray images, addresses of files. And the README's commands end with a status that says whether it went well.
# refusals.sh has what is refused, run-window.sh what the user changes while it paints.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

begin "${1:-}"
picture content 96x72 1 red-blue
picture style 80x64 2 yellow-black
cp "$work/style.png" "$work/a style.png"
cp "$work/style.png" "$work/a-style.png"
export BABL_TOLERANCE=0 # as in style-file.sh: what is painted twice is compared to the last bit
run_scheme "$here/faults.scm"
check 'nothing broke' nothing_broke

# ---- The README's commands ----

# The command for this GIMP, as it is printed there: the first block after "GIMP 2.10:" or "GIMP 3.x:" that starts it.
command_of() {
  awk -v start="^gimp$([[ $flavour == 3 ]] && echo -console-3)" '
    /^```sh$/ { block = ""; inside = 1; next }
    /^```$/ { if (inside && block ~ start) { printf "%s", block; exit } inside = 0 }
    inside { block = block $0 "\n" }' "$project/README.md"
}
# Quicker than the defaults, which don't matter here.
in_readme() {
  cd "$work/readme" || return
  "${in_gimp[@]}" env GIMP2_DIRECTORY="$directory" GIMP3_DIRECTORY="$directory" HOME="$work" XDG_DATA_HOME="$data_home" \
    LC_ALL=C.UTF-8 bash -c "cd '$work/readme'; $(command_of)" </dev/null >"$work/readme.log" 2>&1
}
succeeds() { in_readme || { tail -n 20 "$work/readme.log" && return 1; }; }
fails() { ! in_readme; }

mkdir "$work/readme"
check 'the README has a command' grep -q 'plug-in-neural-style' <<<"$(command_of)"
cp "$work/content.png" "$work/readme/photo.png"
cp "$work/style.png" "$work/readme/painting.png"
check 'it succeeds' succeeds
check 'and leaves the picture' differs "$work/readme/result.png" "$work/content.png" 0.005
convert -size 10x10 xc:red "PNG24:$work/readme/painting.png"
check 'with a style that is refused its status says so, though an older picture is there' fails
check 'and what it says names it' grep -q 'too small: 10×10' "$work/readme.log"
finish
