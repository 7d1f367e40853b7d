#!/usr/bin/env bash
# styles.sh: the first minute: one photo is open, and no painting. The dialog offers styles to choose from by their looks,
# and has already begun with the first; Return paints. Then others are chosen, by mouse and keyboard, among them a
# picture of the user's own.
#
# Needs Xvfb, xdotool and ImageMagick; no window manager.
set -euo pipefail
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

first='the preview shows something after'
said() { grep -c -- "$1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT TEXT: than that many times

# point_at NUMBER: the mouse goes to that picture of the first row, the first being 0.
point_at() {
  local x y
  read -r x y _ _ < <(place strip)
  xdotool mousemove --sync $((x + 32 + 64 * $1)) $((y + 28))
}

# A busy machine may be too slow for the second click to count, as it would be for a user's.
double_click() {
  for _ in 1 2 3; do
    xdotool click --repeat 2 --delay 30 1
    if wait_for 5 no_window "$dialog"; then return; fi
  done
  return 1
}
painted_with() { # NAME TITLE
  check_layers 120 "($2 · town town)" && grep -q "style-file='$1'" "$work/record"
}
plug_in_is_gone() { [[ ! $(plug_in_processes) ]]; }
no_longer_painting() { wait_for 60 plug_in_is_gone; }

begin "${1:-}"
need_tools
start_spy
picture town 96x72 1 red-blue
picture sky 80x64 2 yellow-black
own=$data_home/neural-style/styles
mkdir -p "$own"
cp "$work/sky.png" "$own/zebra.png"
start_display
open_gimp "$here/styles.scm"

check 'the dialog opens' open_dialog
check 'and paints in the first style before anything is chosen' wait_for 60 says_more_often 0 "$first"
screenshot first
press "$dialog" Return
check 'Return is all that it takes' painted_with swirls 'Swirling oil paint'
undo

check 'the dialog opens again' open_dialog
check 'the styles are there' wait_for 10 place strip
xdotool windowmove --sync "$(window "$dialog")" 20 20 # without a window manager a part may lie off the screen
sleep 1
before=$(said "$first")
point_at 2
xdotool click 1
check 'a click on the third is seen at once' wait_for 60 says_more_often "$before" "$first"
screenshot chosen
point_at 4
check 'a double click on the fifth means OK' double_click
check 'and paints with it' painted_with dots 'Dots of pure colour'
undo

check 'the dialog opens a third time' open_dialog
sleep 1
focus "$dialog"
point_at 1
xdotool click 1
xdotool key --delay 200 End
screenshot own
xdotool key Return
check "the last is the user's own picture, and Return in the pictures means OK" painted_with zebra Zebra
undo
check 'the plug-in has ended' no_longer_painting
check 'each undo took one step' one_step_each
touch "$work/stop"
end_scheme
finish
