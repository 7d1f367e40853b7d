#!/usr/bin/env bash
# prepare.sh: builds the plug-in for the GIMP 3 in the folder NST_GIMP3_ROOT, with that folder's compiler and
# libraries, into NST_BUILD3. Where there is no such folder it has nothing to do. See lib.sh for the variables.
set -euo pipefail

# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [[ ! $NST_GIMP3_ROOT ]]; then exit 0; fi
mkdir -p "$NST_BUILD3"
said=$NST_BUILD3/prepare.log

build() {
  if [[ ! -f $NST_BUILD3/build.ninja ]]; then
    "${in_gimp3[@]}" meson setup "$NST_BUILD3" "$project" --buildtype=release
  fi
  "${in_gimp3[@]}" ninja -C "$NST_BUILD3" plugin/gimp3/neural-style tests/gimp/spy_gtk3.so
}

# One at a time: tests may be started side by side.
exec 9>"$NST_BUILD3/prepare.lock"
flock 9
if ! build >"$said" 2>&1; then
  tail -n 40 "$said" >&2
  echo "prepare.sh: the build for GIMP 3 in $NST_GIMP3_ROOT failed; all of it is in $said" >&2
  exit 1
fi
