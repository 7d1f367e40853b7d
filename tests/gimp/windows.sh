# windows.sh: what the tests with windows share: a display of their own, and a user's keyboard. To be sourced after
# lib.sh; it needs Xvfb, xdotool and ImageMagick, and no window manager.
# shellcheck shell=bash disable=SC2034 # some variables are for the scripts that source this
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

image_window='layer.* GIMP$'
dialog='^Neural Style Transfer$'
run_window='^Neural Style Transfer: Painting$'
help_window='^Neural Style Transfer: Help$'

artefact=$(basename "$0" .sh) # what the screenshots' names begin with

need_tools() {
  local tool
  for tool in Xvfb xdotool import; do
    command -v $tool >/dev/null || skip_all "$tool is missing"
  done
  mkdir -p "$NST_ARTEFACTS"
}

start_display() { # [WIDTHxHEIGHT]
  local number=$work/display size=${1:-1400x900}
  # Without -noreset it starts again once xdotool, its first client, has gone, and may refuse GIMP just then.
  start Xvfb -noreset -displayfd 7 -screen 0 "${size}x24" -nolisten tcp 7>"$number" 2>"$work/xvfb.log"
  gimp=$pid # for wait_for
  wait_for 20 grep -q . "$number" || { echo 'Bail out! Xvfb does not start' && exit 1; }
  DISPLAY=:$(<"$number")
  export DISPLAY
  xdotool mousemove "$((${size%x*} - 10))" "$((${size#*x} - 10))" # or something under it shows a tooltip
}

# open_gimp FILE [NAME]: starts GIMP with windows and a Scheme file, and waits until its image window is there; NAME is
# the check's.
open_gimp() {
  start_scheme "$1" windows
  check "${2:-the image window opens}" wait_for 120 window "$image_window"
  wait_for 10 layers_are "$untouched" || true
  if [[ $flavour == 3 ]]; then sleep 3; fi # its windows take their time to settle
}

# A module in GIMP and the plug-in (spy.c) reports what their windows say, and where. Before GIMP is started.
start_spy() {
  case $flavour in
  2.10) export GTK_MODULES=$NST_BUILD/tests/gimp/spy_gtk2.so ;;
  3) export GTK_MODULES=$NST_BUILD3/tests/gimp/spy_gtk3.so ;;
  esac
  export NST_SPY=$work/spy
  mkdir "$NST_SPY"
}

# place NAME [PROGRAM]: x, y, width and height of the topmost thing of that name in the window that the newest plug-in
# shows, or in GIMP.
place() {
  local newest
  newest=$(find "$NST_SPY" -name "${2:-neural-style}*.now" -printf '%T@ %p\n' | sort -rn | sed -n '1s/[^ ]* //p')
  [[ $newest ]] && cat "$newest" |
    awk -F '\t' -v name="$1" '$1 == "place" && index($3, name " ") == 1 { print substr($3, length(name) + 2) }' |
    sort -n -k 2 | sed -n 1p | grep .
}

screenshot() {
  sleep 1 # until all is drawn
  import -window root "$NST_ARTEFACTS/$artefact-$flavour-$1.png"
}

# The window of that title, the newest where there are several. One that goes while xdotool looks at it, whichever it
# is, ends xdotool with a BadWindow: then it has to look again.
window() {
  local found
  for _ in {1..10}; do
    found=$(xdotool search --onlyvisible --name "$1" 2>&1) || true
    if [[ $found != *BadWindow* ]]; then break; fi
    sleep 0.1
  done
  grep -xE '[0-9]+' <<<"$found" | tail -n 1 | grep .
}
no_window() { ! window "$1"; }

# Without a window manager nobody else gives a window the keyboard.
focus() {
  local id
  id=$(window "$1") || return
  xdotool windowfocus --sync "$id"
  sleep 0.5
}

# press TITLE KEY...: a key after the other in that window.
press() { focus "$1" && xdotool key --delay 100 "${@:2}"; }

open_menu() { press "$image_window" alt+r && sleep 0.5 && xdotool key a; } # Filters, Artistic

# A busy machine may lose a key, as it would a user's.
open_dialog() {
  for _ in 1 2 3; do
    open_menu && sleep 0.5 && xdotool key n # Neural Style Transfer…
    if wait_for 20 window "$dialog"; then return; fi
    xdotool key Escape Escape Escape
  done
  return 1
}

# The other side is a Scheme loop (windows.scm), which reports what becomes of the image several times a second, and
# evaluates what it is handed: scheme EXPRESSION, whose value is printed.
scheme() {
  rm -f "$work/answer"
  printf '%s\n' "$1" >"$work/question.part"
  mv "$work/question.part" "$work/question"
  wait_for 60 grep -qx '\.' "$work/answer" || { echo "no answer to $1" && return 1; }
  sed '$d' "$work/answer"
}
layers_are() { [[ -e $work/layers && $(<"$work/layers") == "$1" ]]; } # a file that isn't there would end the script
check_layers() { # SECONDS EXPECTED
  wait_for "$1" layers_are "$2" || { echo "they are $(cat "$work/layers")" && return 1; }
}
untouched='(town)'
painted='(Sky · town town)'
# Takes the new layer away again. A busy machine may lose a key, so a second one may be needed; it isn't needed every
# time, as it would be for a layer that takes two steps. Where neither helps, GIMP's output says why.
undo() {
  echo undo >>"$work/undos"
  for _ in 1 2; do
    echo key >>"$work/undos"
    press "$image_window" ctrl+z && check_layers 10 "$untouched" && return
  done
  screenshot not-undone
  cp "$log" "$NST_ARTEFACTS/$artefact-$flavour-not-undone.log"
  return 1
}
one_step_each() {
  local undos keys
  undos=$(grep -c undo "$work/undos") keys=$(grep -c key "$work/undos")
  echo "$undos times by $keys keys" && ((keys < 2 * undos))
}

# What labels say, which the plug-in's debug messages repeat.
export G_MESSAGES_DEBUG=neural-style
