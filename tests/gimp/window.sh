#!/usr/bin/env bash
# window.sh: with windows, by the keyboard, as a user does it: the menu entry, the dialog with its Help, OK, one
# undo, and Repeat, which has to remember what the dialog said. Screenshots are left as artefacts.
#
# Needs Xvfb, xdotool and ImageMagick; no window manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

# The line below the dialog's settings.
said() { grep -c "the dialog says: $1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT TEXT: than that many times
forecast='About [0-9][^,]*, [0-9.]* [MG]iB of memory$'
measuring='Measuring…$'

begin "${1:-}"
need_tools
picture town 48x36 1 red-blue
picture sky 40x32 2 yellow-black
mkdir -p "$data_home/neural-style/weights"
cp "$NST_WEIGHTS" "$data_home/neural-style/weights/mine.safetensors"
start_display
open_gimp "$here/window.scm"

open_menu
screenshot menu
xdotool key Escape Escape Escape
check 'the menu entry opens the dialog' open_dialog
check 'it measures' wait_for 10 says_more_often 0 "$measuring"
check 'and says what a run will take' wait_for 60 says_more_often 0 "$forecast"
screenshot dialog
press "$dialog" F1
check 'F1 opens Help' wait_for 10 window "$help_window"
check 'which is the README' wait_for 10 grep -q 'the help shows .*/README\.md$' "$log"
screenshot help
told=$(said "$forecast")
focus "$dialog"
xdotool type 70 # the strength: it has the keyboard from the start
xdotool key Tab
check 'it says so again when a setting has changed' wait_for 60 says_more_often "$told" "$forecast"
check 'with Help still open beside it' window "$help_window"
press "$help_window" Escape
check 'Help closes' wait_for 10 no_window "$help_window"
mv "$directory/plug-ins/neural-style/README.md" "$work/"
press "$dialog" alt+h
check 'the button opens it again' wait_for 10 window "$help_window"
check 'with a text of its own where there is no README' wait_for 10 grep -q 'the help shows its own text$' "$log"
screenshot help-alone
press "$dialog" Escape
check 'Cancel closes the dialog' wait_for 10 no_window "$dialog"
check 'and Help with it' wait_for 10 no_window "$help_window"
check 'and leaves the image alone' check_layers 2 "$untouched"

colours=$(scheme '(type content)')
check 'in an indexed image' scheme '(convert-indexed image)'
press "$image_window" ctrl+shift+f
check 'it says what to do' wait_for 30 grep -q 'there is no dialog: The image is indexed: convert it to RGB' "$log"
screenshot indexed
press "$image_window" ctrl+z
check 'the image is in colour again' test "$(scheme '(type content)')" = "$colours"
scheme '(begin (gimp-image-convert-grayscale image) (gimp-displays-flush))' >/dev/null
check 'in a gray image the dialog opens' open_dialog
check 'and says that there are no colours, and what to do' wait_for 60 grep -q '^The image is gray, .*Mode ▸ RGB$' "$log"
screenshot gray
press "$dialog" Escape
wait_for 10 no_window "$dialog" || true
press "$image_window" ctrl+z
check 'in colour once more' wait_for 10 test "$(scheme '(type content)')" = "$colours"

check 'the dialog opens again' open_dialog
press "$dialog" alt+p Down Down Down Down # the preset "draft", which sets the iterations
screenshot dialog-preset
press "$dialog" alt+r # the strength
xdotool key ctrl+a
xdotool type 60
xdotool key --delay 200 alt+n Down alt+r # the weights, from Built-in to Mine, and back to the strength
xdotool key Return                       # while it still measures
check 'OK makes the layer' check_layers 60 "$painted"
check 'with the weights that were chosen' wait_for 10 grep -qx 'weights: mine' "$work/record"
screenshot painted
press "$image_window" ctrl+z
check 'one undo removes it' check_layers 10 "$untouched"
press "$image_window" ctrl+f
check 'Repeat makes it again' check_layers 60 "$painted"
press "$image_window" ctrl+shift+f
check 'Re-show opens the dialog, on a painting that to change it' wait_for 30 window '^Change this painting$'
screenshot dialog-again
press '^Change this painting$' Escape
touch "$work/stop"
end_scheme
finish
