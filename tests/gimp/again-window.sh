#!/usr/bin/env bash
# again-window.sh: the dialog on a painting: it begins with what the painting was made with, and OK paints in its place,
# which is one step to undo and to redo; as a new layer; on the painting itself; when its style is gone; after saving and
# reopening. And Repeat on a painting, which never paints the result. Screenshots are left as artefacts.
#
# Needs Xvfb, xdotool and ImageMagick; no window manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

first_dialog=$dialog
untouched='(sky town)'
painted='(Sky · town sky town)'
change='^Change this painting$'
runs() { grep -c ' runs with ' "$log" || true; }
no_plug_in() { [[ ! $(plug_in_processes) ]]; }
ends() { wait_for 60 no_plug_in; }
is() { [[ $(scheme "$1") == "$2" ]] || { scheme "$1" && return 1; }; }
# strength FIGURE: what the dialog then holds; the key after it confirms.
strength() { xdotool key --delay 100 alt+r ctrl+a && xdotool type "$1"; }
says() { wait_for 10 grep -q "the dialog says: $1" "$log" || { tail -n 3 "$log" && return 1; }; }
key_changes() { # KEY EXPRESSION VALUE: that key in the image's window makes the expression have the value
  for _ in 1 2 3; do # a busy machine may lose a key
    press "$image_window" "$1"
    for _ in {1..20}; do
      if [[ $(scheme "$2") == "$3" ]]; then return; fi
    done
  done
  scheme "$2"
  return 1
}
# The pictures lie where they did a second ago: the note beside them may have become longer.
settled_strip() {
  place styles-built-in >"$work/strip"
  sleep 1
  [[ $(place styles-built-in) == "$(<"$work/strip")" ]]
}
remember() { grep -c -- "$1" "$log" >"$work/said" || true; }
says_anew() { wait_for "$1" says_more "$2" || { tail -n 3 "$log" && return 1; }; } # SECONDS TEXT
says_more() { (($(grep -c -- "$1" "$log") > $(<"$work/said"))); }
same_as() { near "$(scheme "(pixels \"$1 again\")")" "$work/$1.png" 0; } # NAME

begin "${1:-}"
need_tools
start_spy
picture town 48x36 1 red-blue
picture sky 40x32 2 yellow-black
start_display
begin_with "${cheap[@]}"
open_gimp "$here/again-window.scm"

# ---- The first time -------------------------------------------------------------------------------------

check 'the dialog opens' open_dialog
press "$dialog" Return
check 'the painting is made, above the style, which would hide it' check_layers 120 "$painted"
check 'the plug-in ends' ends
scheme '(pixels "first")' >/dev/null
id=$(scheme '(painting)')

# ---- Change this painting -------------------------------------------------------------------------------

dialog=$change
check 'on the painting it is the dialog to change it' open_dialog
wait_for 30 grep -q 'the preview is settled' "$log" || true
screenshot change
press "$dialog" Escape
check 'Escape leaves it' ends
check 'as it was' same_as first
check 'it opens again' open_dialog
focus "$dialog" && strength 90 && xdotool key --delay 100 Return Return
check 'OK paints with the new strength' wait_for 60 grep -q ' runs with .*strength=.90.' "$log"
check 'and ends' ends
check 'in its place: no new layer' check_layers 5 "$painted"
check 'it is the same layer' is '(painting)' "$id"
check 'the record says so' is "(has? \"strength='90'\")" '#t'
check 'and it is another picture' differs "$(scheme '(pixels "changed")')" "$work/first.png" 0.005
screenshot changed

check 'one undo brings back the record' key_changes ctrl+z "(has? \"strength='50'\")" '#t'
check 'and the pixels' same_as first
check 'of the same layer, still there' check_layers 5 "$painted"
check 'redo brings back the change' key_changes ctrl+y "(has? \"strength='90'\")" '#t'
check 'and its pixels' same_as changed

# ---- Repeat ---------------------------------------------------------------------------------------------

check 'undone once more' key_changes ctrl+z "(has? \"strength='50'\")" '#t'
check 'Repeat paints the original with the last settings' key_changes ctrl+f "(has? \"strength='90'\")" '#t'
check 'and ends then' ends
check 'as the dialog did' same_as changed
check 'in the same layer' check_layers 5 "$painted"

# ---- The two buttons ------------------------------------------------------------------------------------

check 'it opens for a new layer' open_dialog
press "$dialog" alt+n
check 'As a new layer makes one above' check_layers 60 '(Sky · town #1 Sky · town sky town)'
check 'and ends there' ends
check 'which is the same again' same_as changed
check 'undo takes it away' key_changes ctrl+z '(length (layers image))' 3
check 'it opens to paint the layer itself' open_dialog
press "$dialog" alt+i
dialog=$first_dialog
check 'then the first dialog opens' wait_for 20 window "$dialog"
press "$dialog" Return
check 'and the painting is the content' check_layers 60 '(Sky · Sky · town Sky · town sky town)'
check 'as its record says' is '(has? "content: Sky · town\n")' '#t'
check 'it ends again' ends
dialog=$change
check 'undo takes that away' key_changes ctrl+z '(length (layers image))' 3

# ---- Saved and reopened, the style gone -----------------------------------------------------------------

check 'saved, closed and reopened' is '(reopen)' '(Sky · town town)'
check 'its window is there' wait_for 20 window "$image_window"
rm -f "$NST_SPY"/neural-style.*.now # of the dialogs before, which lay elsewhere
check 'the dialog opens on it' open_dialog
check 'the style that is gone is named' says 'The style layer “sky” of this painting can.t be found: choose another'
sleep 1
screenshot gone
before=$(runs)
xdotool windowmove --sync "$(window "$dialog")" 20 20
sleep 1
wait_for 20 settled_strip || true
read -r x y _ _ <"$work/strip"
remember 'the dialog says: About '
xdotool mousemove --sync $((x + 32)) $((y + 28))
xdotool click 1
check 'another can be chosen' says_anew 60 'the dialog says: About '
screenshot chosen
focus "$dialog" && xdotool key --delay 100 alt+r Return
check 'and painted with' check_layers 60 '(Swirling oil paint · town town)'
check 'after one run' is "$((before + 1))" "$(runs)"
check 'the plug-in ends at last' ends
check 'an original that is renamed is found' is '(begin (gimp-item-set-name content "a house") (names (layers image)))' '(Swirling oil paint · town a house)'
check 'the dialog opens once more' open_dialog
press "$dialog" Return
check 'and the name follows it' check_layers 60 '(Swirling oil paint · a house a house)'
check 'the last run ends' ends

# ---- Mixing layers are one step, too --------------------------------------------------------------------

check 'a painting gets them' is '(begin (again image (painting) "dials=yes") (length (children (painting))))' 3
screenshot dials
check 'undo takes them away' key_changes ctrl+z '(names (layers image))' '(Swirling oil paint · a house a house)'
check 'a new painting has them' is \
  '(begin (repaint image content -1 (words quick " dials=yes style-file=knife")) (names (layers image)))' \
  '(Swirling oil paint · a house Palette knife · a house a house)'
check 'undo takes it with them' key_changes ctrl+z '(length (layers image))' 2
touch "$work/stop"
end_scheme
check 'nothing broke' nothing_broke
finish
