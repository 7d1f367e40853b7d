#!/usr/bin/env bash
# prepare.sh FLAVOUR [sanitized]: makes what the tests in that GIMP need beyond `meson compile`: its pluginrc and gimprc,
# so that GIMP need not query all its own plug-ins in every new directory; the plug-in with sanitizers, if asked for; and for
# the GIMP 3 in the folder NST_GIMP3_ROOT the whole plug-in, built with that folder's compiler and libraries into
# NST_BUILD3. Where there is no such GIMP it does nothing. lib.sh describes the variables.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

targets=()
case ${1:-} in
2.10)
  [[ -x $NST_BUILD/plugin/gimp2/neural-style ]] || exit 0
  where=() folder=$NST_BUILD gimp=(gimp-2.10 -i -d -f -b '(gimp-quit 0)')
  if [[ ${2:-} ]]; then targets+=(plugin/gimp2/neural-style-sanitized); fi
  ;;
3)
  [[ $NST_GIMP3_ROOT ]] || pkg-config --exists gimp-3.0 || exit 0
  where=("${in_gimp3[@]}") folder=$NST_BUILD3
  gimp=(gimp-console-3 -i -d -f --quit --batch-interpreter=plug-in-script-fu-eval -b '(begin 1)')
  if [[ $NST_GIMP3_ROOT ]]; then targets+=(plugin/gimp3/neural-style tests/gimp/spy_gtk3.so); fi
  if [[ ${2:-} ]]; then targets+=(plugin/gimp3/neural-style-sanitized); fi
  ;;
*)
  echo "usage: ${0##*/} 2.10|3 [sanitized]" >&2
  exit 2
  ;;
esac
mkdir -p "$folder"
said=$folder/prepare.log

build() {
  if [[ ! -f $folder/build.ninja ]]; then
    "${where[@]}" meson setup "$folder" "$project" --buildtype=release -Dwerror=true
  fi
  if ((${#targets[@]})); then "${where[@]}" ninja -C "$folder" "${targets[@]}"; fi
}

# Stale ones do no harm: GIMP queries plug-ins whose file has changed, as it does ours. GIMP 3 trusts a pluginrc only
# beside a gimprc of the same version and language: without it asks all 126, 4 seconds of processor time a start.
keep_findings() {
  local directory target
  target=$(kept_of "$1")
  if [[ -d $target ]]; then return; fi
  directory=$(mktemp -d /tmp/neural-style-test.XXXXXX)
  timeout -k 10 300 "${where[@]}" env HOME="$directory" GIMP2_DIRECTORY="$directory" GIMP3_DIRECTORY="$directory" \
    "${gimp[@]}" </dev/null >/dev/null 2>&1 || true
  if [[ -s $directory/pluginrc ]]; then
    mkdir "$target"
    cp "$directory/pluginrc" "$target/"
    if [[ $1 == 3 ]]; then cp "$directory/gimprc" "$target/"; fi # 2.10 writes none
  fi
  rm -rf "$directory"
}

# One build at a time: tests may be started side by side.
exec 9>"$folder/prepare.lock"
flock 9
if ! build >"$said" 2>&1; then
  tail -n 40 "$said" >&2
  echo "prepare.sh: building ${targets[*]} failed; the whole output is in $said" >&2
  exit 1
fi
keep_findings "$1"
