#!/usr/bin/env bash
# includes.sh: the rooms' arrows run one way, and the programs see of core what it shows to them. The checks read
# #include lines, which is where an arrow would turn.
#
#   plugin -> ui -> core        weights/import -> weights/write -> core        weights/learn -> weights/write -> core
#
#   core:  nst, paint -> plan -> job.h (types); plan -> loss, optimizer, match -> network -> weights, picture -> settings ->
#          base; match and loss don't know each other
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT

# "file included" for each #include line of the rooms, own files with their path in the tree, others as <name>. Read once,
# for each check looks at all of it.
read_includes() {
  local files
  mapfile -t files < <(for room in core ui weights plugin; do tree_files "$room/*.c" "$room/*.h" "$room/*.def"; done)
  grep -HoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<][^">]+[">]' "${files[@]}" | awk '{
      file = $0; sub(/:.*/, "", file)
      name = $0; sub(/^[^"<]*/, "", name)
      if (name !~ /^</) {
        gsub(/"/, "", name)
        folder = file; sub(/[^\/]*$/, "", folder)
        if (name !~ /\//) name = folder name
      }
      print file, name }'
}
read_includes >"$scratch"

includes_of() { grep "^$1/" "$scratch" || true; } # ROOM

# strays ROOM ALLOWED: includes of our own files whose path doesn't match.
strays() { includes_of "$1" | awk -v allowed="$2" '$2 !~ /^</ && $2 !~ allowed {print $1 " includes " $2}'; }

# foreign ROOM FORBIDDEN: includes of others' headers that do match.
foreign() { includes_of "$1" | awk -v forbidden="$2" '$2 ~ /^</ && $2 ~ forbidden {print $1 " includes " $2}'; }

# A path that leaves its folder, or names no file, would escape the patterns.
unresolved() {
  local file name
  for room in core ui weights plugin; do includes_of $room; done | while read -r file name; do
    if [[ $name != '<'* && (! -f $name || $name == *..*) ]]; then echo "$file includes $name: no such file of ours"; fi
  done
}

# What a program sees through core/nst.h, gathered by following the includes.
behind_the_door() {
  local todo=(core/nst.h) seen=' ' file name
  while ((${#todo[@]})); do
    file=${todo[0]} todo=("${todo[@]:1}")
    if [[ $seen == *" $file "* ]]; then continue; fi
    seen+="$file "
    while read -r _ name; do
      if [[ $name == '<'* ]]; then echo "$file includes $name"; else todo+=("$name"); fi
    done < <(includes_of core | awk -v file="$file" '$1 == file')
  done
}
not_standard() { behind_the_door | grep -vE '<(stdbool|stddef|stdint)\.h>$' || true; }

# Units (a .c file and the header beside it) that include each other, directly or through others.
circles() {
  for room in core ui weights plugin; do includes_of $room; done |
    awk '$2 !~ /^</ && $2 !~ /\.def$/ { sub(/\.[a-z]+$/, "", $1); sub(/\.[a-z]+$/, "", $2); if ($1 != $2) print $1, $2 }' |
    tsort 2>&1 >/dev/null | grep -v 'input contains a loop' || true
}

preview_callers() {
  includes_of plugin | awk '$2 ~ /^plugin\/preview\// && $1 !~ /^plugin\/preview\// && !($1 == "plugin/settings_dialog.c" && $2 == "plugin/preview/preview_control.h") {print $1 " includes " $2}'
}

# Folders that the README's map lacks, or has and the tree hasn't.
map_differs() {
  diff <(sed -n '/^<!-- map -->$/,/^<!-- \/map -->$/s|^    \([a-z0-9/]*/\) .*|\1|p' README.md | sort) \
    <(tree_files 'core/*' 'plugin/*' 'ui/*' 'weights/*' 'tests/*' | sed 's|[^/]*$||' | sort -u)
}

# core's headers that plugin and ui may see, as one pattern.
public='core/(nst|job)\.h|core/picture/image\.h|core/settings/(settings|presets|layers)\.h|core/loss/losses\.h|core/base/(status|file_read|file_write)\.h'

# arrows ROOM ROOM...: the first includes nothing of ours but its own files and the others'.
arrows() {
  local room=$1 others
  shift
  others=$(IFS='|' && echo "$*")
  check "$room includes ${*:-nothing of the other rooms}" nothing_from strays "$room" "^($room${others:+|$others})/"
}

job_strays() { includes_of core | awk -v allowed="^($public)\$" '$1 == "core/job.h" && $2 !~ /^</ && $2 !~ allowed {print $1 " includes " $2}'; }

check 'there are includes to look at in core' grep -q . <(includes_of core)
check 'every include of ours names a file by its path from the top, or beside it' nothing_from unresolved
check 'core includes nothing of the other rooms' nothing_from strays core '^core/'
check 'core knows no GIMP, GEGL or GTK' nothing_from foreign core 'gimp|gegl|babl|gtk|gdk'
check 'core/nst.h shows no type but its own and plain C' nothing_from not_standard

arrows core/base
arrows core/settings core/base
arrows core/picture core/base
arrows core/weights core/settings core/base
arrows core/network core/weights core/settings core/base
arrows core/loss core/network core/picture core/settings core/base
arrows core/match core/network core/picture core/settings core/base
arrows core/optimizer core/settings core/base
check 'core/plan includes core/job.h and the rooms below it' \
  nothing_from strays core/plan '^core/(job\.h$|(plan|loss|match|optimizer|network|picture|settings|base)/)'
check 'core/job.h includes nothing but public headers' nothing_from job_strays

check "ui sees of core the settings, what an error is, and how files are read and written" \
  nothing_from strays ui '^(ui/|core/settings/(settings|presets)\.h$|core/base/(status|file_read|file_write)\.h$)'
check 'ui knows no drawable and no tensor' nothing_from foreign ui '<libgimp/|gegl|babl|cblas'
check 'weights includes core and nothing else of ours' nothing_from strays weights '^(weights|core)/'
check 'weights knows no GIMP, GEGL or GTK' nothing_from foreign weights 'gimp|gegl|babl|gtk|gdk'
arrows weights/write core
arrows weights/import weights/write core
arrows weights/learn weights/write core
check 'plugin includes ui and core, and never weights' nothing_from strays plugin '^(plugin|ui|core)/'
check "plugin sees core's public headers alone" nothing_from strays plugin "^(plugin/|ui/|($public)\$)"
check 'plugin/preview includes what it shows and asks, and not the run or the dialog' \
  nothing_from strays plugin/preview "^(plugin/preview/|plugin/(call|call_check|call_network|forecast_text|host|pixels|roles|shown_pixels|style|thumbnail)\.h\$|ui/|($public)\$)"
check 'plugin/preview is opened by the settings dialog alone' nothing_from preview_callers
check 'plugin knows no convolution' nothing_from foreign plugin 'cblas|openblas|lapack'
check "the README's map is the tree" map_differs
check 'no file includes another that includes it back, directly or through others' nothing_from circles
finish
