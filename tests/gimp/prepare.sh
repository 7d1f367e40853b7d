#!/usr/bin/env bash
# prepare.sh FLAVOUR: builds what the tests in that GIMP need beyond `meson compile`: the plug-in with sanitizers, and
# for the GIMP 3 in the folder NST_GIMP3_ROOT all of it, with that folder's compiler and libraries, into NST_BUILD3.
# Where there is no such GIMP it has nothing to do. lib.sh describes the variables.
set -euo pipefail

# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

case ${1:-} in
2.10)
  [[ -x $NST_BUILD/plugin/gimp2/neural-style ]] || exit 0
  where=() folder=$NST_BUILD targets=(plugin/gimp2/neural-style-sanitized)
  ;;
3)
  [[ $NST_GIMP3_ROOT ]] || pkg-config --exists gimp-3.0 || exit 0
  where=("${in_gimp3[@]}") folder=$NST_BUILD3
  targets=(plugin/gimp3/neural-style plugin/gimp3/neural-style-sanitized tests/gimp/spy_gtk3.so)
  ;;
*)
  echo "usage: ${0##*/} 2.10|3" >&2
  exit 2
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

# One build at a time: tests may be started side by side.
exec 9>"$folder/prepare.lock"
flock 9
if ! build >"$said" 2>&1; then
  tail -n 40 "$said" >&2
  echo "prepare.sh: building ${targets[*]} failed; the whole output is in $said" >&2
  exit 1
fi
