#!/usr/bin/env bash
# mouse.sh: what a user does in the dialog with a real mouse, and sees: the chooser's pictures of layers, the
# original held and released, a spot at full size and dragged, a slider dragged, and the window itself. A module in the plug-in (spy.c)
# reports where things are; what is seen is read from the screen.
#
# Needs Xvfb, xdotool and ImageMagick; no window manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

settled='the preview is settled after'
part='the preview begins: A part at full size'
said() { grep -c "$1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT TEXT: than that many times

# ---- Where, and what is there ---------------------------------------------------------------------------

# point NAME: the mouse goes to its middle.
point() {
  local x y width height
  read -r x y width height < <(place "$1")
  xdotool mousemove --sync $((x + width / 2)) $((y + height / 2))
}
away() { xdotool mousemove --sync 1390 890; } # or it would be in the picture

see() { # FILE [NAME]: the screen, or what lies where NAME does
  local x y width height crop=()
  if [[ ${2:-} ]]; then
    read -r x y width height < <(place "$2")
    crop=(-crop "${width}x$height+$x+$y" +repage)
  fi
  import -window root "${crop[@]}" -depth 8 "PNG24:$work/$1.png"
}

# see_still FILE NAME: the same, when it no longer changes.
see_still() {
  see still "$2"
  sleep 1
  see "$1" "$2"
  cmp -s "$work/still.png" "$work/$1.png" || see_still "$@"
}

# apart A B: how far two pictures are from each other on average, 1 being white from black.
apart() { convert "$work/$1.png" "$work/$2.png" -compose difference -composite -format '%[fx:mean]' info:; }
at_least() { awk -v got="$1" -v least="$2" 'BEGIN { print got " of at least " least; exit !(got >= least) }'; }
at_most() { awk -v got="$1" -v most="$2" 'BEGIN { print got " of at most " most; exit !(got <= most) }'; }

# looks_like A LIMIT NAME: what lies where NAME does is so near to picture A.
looks_like() {
  see now "$3"
  at_most "$(apart now "$1")" "$2"
}

# Whether there is as much of the sky's colour where the chooser is, and a little above and below, as a small picture
# of it has.
shows_violet() {
  local x y width _
  read -r x y width _ < <(place box)
  see now
  at_least "$(convert "$work/now.png" -crop "${width}x120+$x+$((y > 40 ? y - 40 : 0))" +repage -fuzz 12% -fill black \
    +opaque '#d000d0' -fill white -opaque '#d000d0' -format '%[fx:round(mean*w*h)]' info:)" 100
}
shows_none() { ! shows_violet; }

# ---- The dialog is open, and settled --------------------------------------------------------------------

processors=
begin "${1:-}"
need_tools
start_spy
picture town 1024x768 1 red-blue
picture field 900x700 2 yellow-black # the style, for it is opened last
convert -size 900x700 xc:'#d000d0' -depth 8 -strip "PNG24:$work/sky.png"
start_display 1400x900
begin_with "${cheap[@]/iterations=8/iterations=100}" # none may be settled before the next step of the slider
open_gimp "$here/mouse.scm"
check 'the dialog opens' open_dialog
xdotool windowmove --sync "$(window "$dialog")" 20 20 # without a window manager a part may lie off the screen
check 'and its preview is settled' wait_for 120 says_more_often 0 "$settled"
check 'the module reports where things are' wait_for 10 place canvas
away

# canvas_has PIXELS: each way.
canvas_has() {
  local width height
  read -r _ _ width height < <(place canvas)
  echo "it has $width×$height"
  ((width >= $1 && height >= $1))
}
check 'its canvas has 400 pixels each way' canvas_has 400

# ---- The chooser's pictures -----------------------------------------------------------------------------

check 'the chooser is closed, and shows no picture of the sky' shows_none
point box
xdotool click 1
check 'opened, it shows a picture of each layer' wait_for 20 shows_violet
screenshot chooser
xdotool key Escape
away

# ---- The original ---------------------------------------------------------------------------------------

# As the canvas shows it: as large as fits, and in the middle.
read -r _ _ width height < <(place canvas)
convert "$work/town.png" -resize "${width}x$height" "$work/small-town.png"
inside() { # FILE: that part of it which the picture fills
  convert "$work/$1.png" -gravity center -crop "$(identify -format '%wx%h+0+0' "$work/small-town.png")" +repage \
    "PNG24:$work/$1.png"
}
shows_town() {
  see now canvas
  inside now
  at_most "$(apart now small-town)" 0.02
}
see_still painted canvas
cp "$work/painted.png" "$work/painted-inside.png"
inside painted-inside
check 'what is painted is not the town' at_least "$(apart painted-inside small-town)" 0.1
point Original
xdotool mousedown 1
check 'held, Original shows the town' wait_for 10 shows_town
screenshot original
xdotool mouseup 1
check 'let go, it shows again what was painted' wait_for 10 looks_like painted 0.001 canvas
away

# ---- Full size ------------------------------------------------------------------------------------------

before=$(said "$part")
point canvas
xdotool click 1
check 'a click shows the spot at full size' wait_for 30 says_more_often "$before" "$part"
held() { # FILE: what lies below the painting
  point Original
  xdotool mousedown 1
  sleep 1
  see_still "$1" canvas
  xdotool mouseup 1
}
# dragged RIGHT DOWN: the pixels of there.png are those of here.png, so far from them, give or take a pixel of the small
# preview, which is four of these.
dragged() {
  local x y
  convert "$work/there.png" -crop 200x200+4+4 +repage "PNG24:$work/there-part.png"
  for x in $(($1 - 4)) "$1" $(($1 + 4)); do
    for y in $(($2 - 4)) "$2" $(($2 + 4)); do
      convert "$work/here.png" -crop "200x200+$((x + 4))+$((y + 4))" +repage "PNG24:$work/here-part.png"
      if at_most "$(apart here-part there-part)" 0.001; then return; fi
    done
  done
  return 1
}
held here
before=$(said "$part")
point canvas
xdotool mousedown 1 sleep 0.1 mousemove_relative -- -30 -20 sleep 0.1 mousemove_relative -- -30 -20 sleep 0.1 mouseup 1
check 'dragged, another part is computed' wait_for 30 says_more_often "$before" "$part"
held there
screenshot dragged
check 'which lies as far from the other as it was dragged' dragged 60 40
check 'and is another' at_least "$(apart here there)" 0.002
before=$(said 'the preview begins: 256×192 of 1024×768 pixels')
point canvas
xdotool click 1
check 'another click goes back' wait_for 30 says_more_often "$before" 'the preview begins: 256×192 of 1024×768 pixels'
wait_for 10 looks_like painted 0.001 canvas || true

# ---- A slider -------------------------------------------------------------------------------------------

begun=$(said "$settled")
steps=()
for _ in {1..20}; do steps+=(mousemove_relative 2 0 sleep 0.02); done
point slider # whose knob is in its middle
xdotool mousedown 1 sleep 0.1 "${steps[@]}" mouseup 1
away
check 'after a slider is dragged the preview is settled again' wait_for 120 says_more_often "$begun" "$settled"
sleep 1
check 'once' test "$(said "$settled")" -eq $((begun + 1))
see_still stronger canvas
check 'and another' at_least "$(apart stronger painted)" 0.002
screenshot slid

# ---- The window's size ----------------------------------------------------------------------------------

width_of() { place "$1" | cut -d ' ' -f 3; }
size_of() { xdotool getwindowgeometry "$(window "$dialog")" | grep Geometry; }
grown() { # the picture too, in pixels of its own
  canvas_has 600 && grep -Eq 'the preview is shown in ([6-9]|1[0-9])[0-9]{2}×[0-9]{3}' "$log"
}
slider=$(width_of slider)
xdotool windowsize --sync "$(window "$dialog")" 1320 800
check 'a larger window has a larger preview' wait_for 20 grown
check 'which becomes sharper' wait_for 20 grep -q 'the preview goes on: 256×192 of 1024×768 pixels, becoming sharper' "$log"
check 'while the controls stay as wide as they were' test "$(width_of slider)" -eq "$slider"
screenshot large
size=$(size_of)
press "$dialog" Escape
check 'the dialog closes' wait_for 10 no_window "$dialog"
gone() { ! plug_in_processes; }
check 'and the painting stops' wait_for 10 gone
check 'it opens again' open_dialog
sleep 1
check 'as large as it was' test "$(size_of)" = "$size"
press "$dialog" Escape
check 'and closes again' wait_for 10 no_window "$dialog"
touch "$work/stop"
end_scheme
finish
