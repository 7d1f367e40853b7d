#!/usr/bin/env bash
# styles.sh: the first minute, and the choice of a style. One photo is open, and no painting: the dialog has already begun
# with the first style, and three clicks paint. Then others are chosen by mouse, of each section: built-in, the user's own,
# a recent file, a file that is dropped, a layer; each paints what a script paints by the style's path. Last, the picture and
# the style are swapped.
#
# Needs Xvfb, xdotool and ImageMagick; no window manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

first='the preview shows something after'
said() { grep -c -- "$1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT TEXT: than that many times

# ---- A mouse --------------------------------------------------------------------------------------------

clicks=0
point_in_gimp() { # NAME: the mouse goes to the middle of that menu item, once it is there
  local x y width height
  wait_for 10 place "$1" gimp >/dev/null || true
  read -r x y width height < <(place "$1" gimp) || { screenshot menu && return 1; }
  xdotool mousemove --sync $((x + width / 2 - 4)) $((y + height / 2)) sleep 0.2 mousemove_relative 4 0
}
click() {
  xdotool click 1
  clicks=$((clicks + 1))
}
click_at() { # NAME: of a button in the dialog
  local x y width height
  read -r x y width height < <(place "$1")
  xdotool mousemove --sync $((x + width / 2)) $((y + height / 2))
  click
}
# The mouse goes to that picture of a section, the first being 0; the wheel brings the section's first row into view.
point_at() { # SECTION NUMBER
  local x y top height
  for _ in {1..12}; do
    read -r x y _ _ < <(place "styles-$1")
    read -r _ top _ height < <(place styles)
    if ((y >= top && y + 60 < top + height)); then break; fi
    xdotool mousemove $((x + 60)) $((top + 60)) click $((y < top ? 4 : 5))
    sleep 0.3
  done
  xdotool mousemove --sync $((x + 38 + 76 * $2)) $((y + 30))
}
# choose SECTION NUMBER: a click, which is seen at once.
choose() {
  local before
  before=$(said "$first")
  point_at "$@"
  xdotool click 1
  wait_for 60 says_more_often "$before" "$first"
}
# A busy machine may be too slow for the second click to count, as it would be for a user's.
double_click() {
  for _ in 1 2 3; do
    xdotool click --repeat 2 --delay 30 1
    if wait_for 5 no_window "$dialog"; then return; fi
  done
  return 1
}
drag_to_styles() { # X Y: from there
  local x y
  read -r x y _ _ < <(place styles)
  xdotool mousemove --sync "$1" "$2" mousedown 1
  for _ in {1..10}; do
    xdotool mousemove_relative -- $(((x + 150 - $1) / 10)) $(((y + 50 - $2) / 10))
    sleep 0.05
  done
  sleep 0.5
  xdotool mouseup 1
}

# ---- What is painted ------------------------------------------------------------------------------------

# The first picture is awaited, or it would count as an answer to what comes next.
reopen() {
  local before
  before=$(said "$first")
  open_dialog || return
  xdotool windowmove --sync "$(window "$dialog")" 20 20 # without a window manager a part may lie off the screen
  wait_for 10 place styles >/dev/null
  wait_for 60 says_more_often "$before" "$first" || return
  sleep 1
}
painted_with() { # TITLE VALUE
  check_layers 120 "($1 · town town)" && grep -q "style-file='$2'" "$work/record"
}
# alike STYLE: a script's picture is the same to the pixel.
alike() {
  local settings="${cheap[*]} "
  scheme "(painted-alike \"$settings$1\")" >"$work/alike.txt" || return
  [[ $(compare -metric AE "$work/by-mouse.png" "$work/by-script.png" null: 2>&1) == 0 ]] ||
    { echo "they differ ($settings$1)" && return 1; }
}
plug_in_is_gone() { [[ ! $(plug_in_processes) ]]; }
no_longer_painting() { wait_for 60 plug_in_is_gone; }

# ---- The first minute -----------------------------------------------------------------------------------

begin "${1:-}"
need_tools
start_spy
picture town 48x36 1 red-blue
picture sky 40x32 2 yellow-black
picture lake 44x32 3 green-navy
picture hill 32x44 4 orange-cyan
own=$data_home/neural-style/styles
mkdir -p "$own" "$directory/neural-style"
cp "$work/sky.png" "$own/zebra.png"
echo "$work/lake.png" >"$directory/neural-style/recent-styles"
start_display
begin_with "${cheap[@]}"
open_gimp "$here/styles.scm"

point_in_gimp Filters
click
point_in_gimp Artistic
point_in_gimp 'Neural Style Transfer…'
click
check 'a click in the menu opens the dialog' wait_for 30 window "$dialog"
xdotool windowmove --sync "$(window "$dialog")" 20 20
check 'and it paints in the first style before anything is chosen' wait_for 60 says_more_often 0 "$first"
screenshot first
click_at OK
check 'OK is all that it takes' painted_with 'Swirling oil paint' swirls
check 'three clicks from the photo' test "$clicks" -eq 3
undo

# ---- One of each section --------------------------------------------------------------------------------

check 'the dialog opens again' reopen
check 'a click on the third built-in style is seen at once' choose built-in 2
screenshot built-in
point_at built-in 4
check 'a double click on the fifth means OK' double_click
check 'and paints with it' painted_with 'Dots of pure colour' dots
check 'what a script paints by its path' alike "style-file=$project/ui/styles/dots.jpg"
undo

check "the user's own picture can be chosen" eval 'reopen && choose own 0'
screenshot own
focus "$dialog"
xdotool key Return
check 'and Return in the pictures means OK' painted_with Zebra zebra
check 'what a script paints by its path' alike "style-file=$own/zebra.png"
undo

check 'so can a recent file' eval 'reopen && choose recent 0'
press "$dialog" Return
check 'and it paints' painted_with Lake "$work/lake.png"
check 'what a script paints by its path' alike "style-file=$work/lake.png"
undo

check 'the dialog opens for what is dropped' reopen
printf 'file://%s\n' "$work/hill.png" >"$NST_SPY/drag"
check 'a file manager is there' wait_for 20 window '^Drag$'
before=$(said "$first")
drag_to_styles 1330 40
check 'a file dropped onto the pictures is chosen' wait_for 60 says_more_often "$before" "$first"
check "and is one of the user's own from now on" wait_for 10 cmp "$work/hill.png" "$own/hill.png"
screenshot dropped
press "$dialog" alt+r Return
check 'it paints' painted_with Hill hill
check 'what a script paints by its path' alike "style-file=$work/hill.png"
undo

check 'another picture is opened' scheme '(begin (open-sky) #t)'
check 'its layer can be chosen' eval 'reopen && choose open 0'
screenshot layer
press "$dialog" Return
check 'and it paints' check_layers 120 "$painted"
check 'what a script paints with the layer' alike ''
undo

# ---- The other way round --------------------------------------------------------------------------------

check 'the dialog opens for a swap' reopen
before=$(said "$first")
click_at 'Swap ⇄'
check 'the swapped pictures are seen at once' wait_for 60 says_more_often "$before" "$first"
screenshot swapped
press "$dialog" alt+r Return
check 'the plug-in has ended' no_longer_painting
check 'the sky is painted, above itself' \
  test "$(scheme '(names (layers style-image))')" = '(Town · sky sky)'
check 'and the town is as it was' check_layers 2 "$untouched"
check 'each undo took one step' one_step_each
touch "$work/stop"
end_scheme
finish
