#!/usr/bin/env bash
# styles.sh: the first minute: one photo is open, and no painting. The dialog offers styles to choose from by their looks,
# and has already begun with the first; Return paints. Then others are chosen, by mouse and keyboard, among them a
# picture of the user's own. Then, what is shown is what the image will look like: with a feathered selection, in colour
# and in gray; and the dialog keeps the size that it was given.
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
painted_with() { # NAME
  check_layers 120 "(town in the style of $1 town)" && grep -q "style-file='$1'" "$work/record"
}
not() { ! "$@"; }
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
check 'Return is all that it takes' painted_with swirls
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
check 'and paints with it' painted_with dots
undo

check 'the dialog opens a third time' open_dialog
sleep 1
focus "$dialog"
point_at 1
xdotool click 1
xdotool key --delay 200 End
screenshot own
xdotool key Return
check "the last is the user's own picture, and Return in the pictures means OK" painted_with zebra
undo
check 'the plug-in has ended' no_longer_painting
check 'each undo took one step' one_step_each

# ---- What is shown is what the image will look like -----------------------------------------------------

settled='the preview is settled after'
stands='done: iteration'

# see NAME: the canvas of the window that is open, as it is on the screen.
see() {
  local x y width height
  sleep 1 # until the window is where it will be
  wait_for 10 place canvas || return
  read -r x y width height < <(place canvas)
  import -window root -crop "${width}x$height+$x+$y" +repage -depth 8 "PNG24:$work/$1.png"
  cp "$work/$1.png" "$NST_ARTEFACTS/$artefact-$flavour-seen-$1.png"
}

# How the image looks to GIMP, as far as it was repainted.
export_image() {
  scheme '(let ((copy (car (gimp-image-duplicate image))) (at (place (car (layers image)))))
            (gimp-image-merge-visible-layers copy CLIP-TO-IMAGE)
            (gimp-image-crop copy (caddr at) (cadddr at) (car at) (cadr at))
            (save copy (in-work "image.png"))
            (gimp-image-delete copy)
            at)'
}

# shows_image NAME: what was seen is the image, as large as fits and in the middle; by its structure, and by its colours.
shows_image() {
  local size ssim apart
  rm -f "$work/expected.png" "$work/inside.png"
  size=$(identify -format '%wx%h' "$work/$1.png") || return
  convert "$work/image.png" -filter Catrom -resize "$size" "PNG24:$work/expected.png"
  convert "$work/$1.png" -gravity center -crop "$(identify -format '%wx%h+0+0' "$work/expected.png")" +repage \
    "PNG24:$work/inside.png"
  ssim=$("$project/tests/reference/ssim.py" "$work/inside.png" "$work/expected.png") || return
  apart=$(convert "$work/inside.png" "$work/expected.png" -compose difference -composite -format '%[fx:mean]' info:)
  echo "$ssim, on average $apart apart, where white and black are 1" | tee "$work/alike"
  awk '{ exit !($2 >= 0.9 && $5 <= 0.015) }' "$work/alike"
}
has_colours() { awk -v got="$(convert "$work/$1.png" -colorspace HSL -channel G -separate -format '%[fx:mean]' info:)" 'BEGIN { print got; exit !(got > 0.1) }'; }

check_views() { # NAME
  local before
  before=$(said "$settled")
  check "$1: the dialog opens" open_dialog
  check "$1: its preview is settled" wait_for 60 says_more_often "$before" "$settled"
  xdotool windowmove --sync "$(window "$dialog")" 20 20
  check "$1: the preview is seen" see "$1-preview"
  before=$(said "$stands")
  press "$dialog" Return
  check "$1: the run's window opens" wait_for 30 window "$run_window"
  check "$1: and stands when it is done" wait_for 60 says_more_often "$before" "$stands"
  check "$1: its picture is seen" see "$1-run"
  screenshot "$1-run"
  press "$run_window" Return
  check "$1: Return keeps it" check_layers 60 '(town in the style of zebra town)'
  no_longer_painting || true
  export_image >"$work/at"
  check "$1: the preview shows what the image looks like" shows_image "$1-preview"
  check "$1: and so does the run's window" shows_image "$1-run"
}

scheme '(begin (gimp-attach-parasite (list "neural-style-keep-when-done" 1 "0"))
               (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 24 16 60 44)
               (gimp-selection-feather image 12)
               (gimp-displays-flush))' >/dev/null
check_views colour
check 'colour: there is some' has_colours colour-preview
undo
scheme '(begin (gimp-image-convert-grayscale image) (gimp-displays-flush))' >/dev/null
check_views gray
check 'gray: there is no colour' not has_colours gray-preview
undo
touch "$work/stop"
end_scheme
finish
