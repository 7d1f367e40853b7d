#!/usr/bin/env bash
# views.sh: the preview and the run's window show what the image will look like: with a feathered selection, in colour and
# in gray. What is seen on the screen is compared with the image as GIMP shows it.
#
# Needs Xvfb, xdotool and ImageMagick; no window manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

said() { grep -c -- "$1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT TEXT: than that many times
not() { ! "$@"; }
plug_in_is_gone() { [[ ! $(plug_in_processes) ]]; }
no_longer_painting() { wait_for 60 plug_in_is_gone; }

begin "${1:-}"
need_tools
start_spy
picture town 96x72 1 red-blue
picture sky 80x64 2 yellow-black
start_display
begin_with "${cheap[@]}"
open_gimp "$here/views.scm"

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
  check "$1: Return keeps it" check_layers 60 "$painted"
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
