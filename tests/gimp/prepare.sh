#!/usr/bin/env bash
# prepare.sh: builds the plug-in for the GIMP 3 in the folder NST_GIMP3_ROOT, with that folder's compiler and
# libraries, into NST_BUILD3. Where there is no such folder it has nothing to do. See lib.sh for the variables.
#
#   prepare.sh FLAVOUR   builds the plug-in with sanitizers, for that GIMP, wherever it is
set -euo pipefail

# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

where=("${in_gimp3[@]}") folder=$NST_BUILD3
case ${1:-} in
2.10) where=() folder=$NST_BUILD targets=(plugin/gimp2/neural-style-sanitized) ;;
3) targets=(plugin/gimp3/neural-style-sanitized) ;;
*)
  if [[ ! $NST_GIMP3_ROOT ]]; then exit 0; fi
  targets=(plugin/gimp3/neural-style tests/gimp/spy_gtk3.so)
  ;;
esac
mkdir -p "$folder"
said=$folder/prepare.log

build() {
  if [[ ! -f $folder/build.ninja ]]; then
    "${where[@]}" meson setup "$folder" "$project" --buildtype=release
  fi
  "${where[@]}" ninja -C "$folder" "${targets[@]}"
}

# One at a time: tests may be started side by side.
exec 9>"$folder/prepare.lock"
flock 9
if ! build >"$said" 2>&1; then
  tail -n 40 "$said" >&2
  echo "prepare.sh: the build of ${targets[*]} failed; all of it is in $said" >&2
  exit 1
fi
