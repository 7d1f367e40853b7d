#!/usr/bin/env bash
# run-window.sh: the window of a run, by the keyboard: Cancel leaves nothing behind, Stop and keep makes the layer
# from what there is, Continue resumes, and Repeat runs again without the dialog. Then what may go wrong: the style's
# image closed, GIMP killed; and what the user may do to the image meanwhile, which costs no painting. Screenshots are
# left as artefacts.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

# What the run's window says, in its last life: the plug-in's debug messages since `mark`.
new_run() { wc -l <"$log" >"$work/mark"; } # a file, for `check` has a shell of its own
says() { tail -n "+$(($(<"$work/mark") + 1))" "$log" | grep -q "$1"; }
# The loss after so many iterations of the last scale, where the window stands still.
loss() { sed -n "s/.*done: iteration $1 of $1, loss //p" "$log" | tail -n 1; }
stands_at() { wait_for 120 says "done: iteration $1 of $1, loss "; }
less() { awk -v a="$1" -v b="$2" 'BEGIN { print a " and " b; exit !(a != "" && b != "" && a + 0 < b + 0) }'; }

# start_run KEYS...: through the dialog, with the keys that change what it begins with.
start_run() {
  open_dialog || return
  focus "$dialog"
  "$@"
  new_run
  xdotool key Return
  wait_for 30 window "$run_window"
}
# By the method of Gatys, which has scales to be stopped at and iterations in their thousands.
gatys() { xdotool key --delay 100 alt+a alt+m End; } # folded away
long() { gatys && xdotool key --delay 100 alt+i ctrl+a && xdotool type 5000; }
draft() { xdotool key --delay 100 alt+p Home Down Down Down Down && gatys && xdotool key alt+r; }
repeat() { new_run && press "$image_window" ctrl+f && wait_for 30 window "$run_window"; }
paints_on() { # and says so once more
  local before
  before=$(grep -c "the run's window adds: Scale" "$log")
  says_more() { (($(grep -c "the run's window adds: Scale" "$log") > before)); }
  wait_for 20 says_more && ! says 'Stopping after'
}
no_plug_in() { [[ ! $(plug_in_processes) ]]; }
gimp_process() { # the one that belongs to our directory
  local process
  for process in /proc/[0-9]*; do
    if [[ $(cat "$process/comm" 2>/dev/null) == gimp-[23]* ]] && grep -qas "GIMP2_DIRECTORY=$directory" "$process/environ"; then
      echo "${process##*/}"
    fi
  done
}
ends() { wait_for 60 no_window "$run_window" && wait_for 20 no_plug_in; }
is() { [[ $(scheme "$1") == "$2" ]]; }
course() { wait_for 10 grep -qx "course: $1" "$work/record" || { cat "$work/record" && return 1; }; }

begin "${1:-}"
need_tools
picture town 256x64 1 red-blue # two scales, and no more pixels than they need
picture sky 40x32 2 yellow-black
start_display
open_gimp "$here/run-window.scm"

# ---- Cancel: a selection and a step to redo are there before and after ----

scheme '(begin (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 20 8 220 48)
               (gimp-drawable-invert content FALSE) (gimp-displays-flush))' >"$work/prepared"
press "$image_window" ctrl+z
before=$(scheme '(store image "before")')
check 'a run opens its window' start_run long
check 'the window says where it is, to those who ask' wait_for 60 \
  says "the run's window adds: Scale 1 of 1 (220×48), iteration [0-9]* of 5000"
check 'and to all, how far' wait_for 10 says "the run's window says: [0-9]* %"
press "$run_window" Return
check 'Return does not stop it' paints_on
check 'the window tells the time left' wait_for 30 says "the run's window says: [0-9]* %, [0-9].* left$"
screenshot painting
check 'Escape cancels it' press "$run_window" Escape
check 'the window and the plug-in go' ends
check 'there is no new layer' check_layers 2 "$untouched"
check 'nor a step to undo' is '(is? (gimp-image-is-dirty image))' '#f'
check 'image and selection are the same to the byte' cmp "$(scheme '(store image "after")')" "$before"
press "$image_window" ctrl+y
check 'what could be redone before still can' is '(is? (gimp-image-is-dirty image))' '#t'
press "$image_window" ctrl+z
scheme '(begin (gimp-selection-none image) (gimp-image-undo-disable image) (gimp-image-undo-enable image))' >/dev/null

# ---- Stop and keep, on the coarse scale ----

check 'a run that is to be stopped' start_run true
check 'has what was set for the one that was cancelled' wait_for 60 \
  says "the run's window adds: Scale 1 of 2 (128×32), iteration [0-9]* of 5000"
press "$run_window" alt+k
check 'Stop and keep makes the layer' check_layers 60 "$painted"
check 'of the full size' is '(place (car (layers image)))' '(0 0 256 64)'
check 'it is painted' differs "$(scheme '(export (car (layers image)) "kept")')" "$work/town.png" 0.02
check 'and records where it was stopped' course 'stopped at scale 1 of 2, iteration [0-9]* of 5000'
check 'the plug-in goes' ends
check 'undo removes it' undo

# ---- Continue ----

check 'a run that is to be resumed' start_run draft
press "$run_window" alt+d
check 'stands when it is done, if it may not keep' stands_at 10
screenshot waiting
press "$run_window" alt+m
check 'Continue resumes it' stands_at 110
check 'and lowers the loss' less "$(loss 110)" "$(loss 10)"
press "$run_window" alt+m
check 'and once more' stands_at 210
check 'and lowers it further' less "$(loss 210)" "$(loss 110)"
press "$run_window" Return
check 'Return keeps it' check_layers 60 "$painted"
check 'the layer records it' course '200 iterations more'
check 'the plug-in goes again' ends
check 'undo removes that' undo

# ---- Repeat, and what the window remembers ----

check 'Repeat has the window, and no dialog' repeat
check 'it stands when it is done, as the last one did' stands_at 10
press "$run_window" alt+c
check 'Cancel throws away what is done' ends
check 'no layer is left' check_layers 2 "$untouched"
check 'Repeat again' repeat
check 'it stands again' stands_at 10
press "$run_window" Escape
check 'Escape keeps what is done' check_layers 60 "$painted"
ends || true
check 'and undo removes it' undo
check 'Repeat with the tick' repeat
press "$run_window" alt+d
check 'ends by itself' check_layers 60 "$painted"
ends || true
check 'undo for that' undo
check 'Repeat once more' repeat
check 'remembers the tick' check_layers 60 "$painted"
ends || true
check 'undo for this' undo
check 'a layer is one step' one_step_each

# ---- What may go wrong ----

scheme '(gimp-image-delete style-image)' >/dev/null
check 'a missing style is reported' grep -q 'style layer no longer exists' \
  <<<"$(scheme '(error-of (lambda () (repeat image content)))')"
check 'and costs nothing' check_layers 2 "$untouched"

scheme '(begin (set! style-image (load-image (in-work "sky.png")))
               (gimp-item-set-name (active style-image) "sky"))' >/dev/null
# ---- What the user does meanwhile costs no painting ----

# The plug-in says what became of it in a message, which is closed again.
told() { wait_for 30 window '^GIMP Message$' && ends && close_messages; }
close_messages() {
  local id
  while id=$(window '^GIMP Message$'); do xdotool windowfocus --sync "$id" key --delay 100 Escape && sleep 0.3; done
}
reset() { scheme '(reset)' >/dev/null && check_layers 10 "$untouched"; }
waits() { stands_at 10; } # for an order; until then the image can change

close_messages
check 'a run while something is pasted' start_run draft
press "$run_window" alt+d
check 'it waits' waits
scheme '(paste)' >/dev/null
press "$run_window" alt+k
check 'what floats does not keep the painting out' wait_for 30 is '(names (cdr (layers image)))' '(Sky · town town)'
check 'and still floats' is '(floats?)' '#t'
check 'there is nothing to complain about' ends
check 'no message' no_window '^GIMP Message$'
scheme '(gimp-floating-sel-anchor (car (gimp-image-get-floating-sel image)))' >/dev/null
check 'anchored, and as before' reset

check 'a painting' repeat
check 'that waits' waits
press "$run_window" alt+k
check 'is kept' check_layers 30 "$painted"
ends || true
check 'and painted again in its place' repeat
check 'which waits' waits
scheme '(gimp-item-set-lock-content (car (layers image)) TRUE)' >/dev/null
press "$run_window" alt+k
check 'but is locked by then: it is a new layer' check_layers 30 '(Sky · town #1 Sky · town town)'
check 'and the user is told' told
check 'as before' reset

check 'a run whose content is to go' repeat
check 'waits' waits
scheme '(gimp-image-remove-layer image content)' >/dev/null
press "$run_window" alt+k
check 'it lies on top of all layers' check_layers 30 '(Sky · town)'
check 'in its place' is '(place (car (layers image)))' '(0 0 256 64)'
check 'which the user is told' told
press "$image_window" ctrl+z
press "$image_window" ctrl+z
check 'two undos bring the content back' check_layers 10 "$untouched"

check 'a run whose image is to become indexed' repeat
check 'waits too' waits
scheme '(convert-indexed image)' >/dev/null
press "$run_window" alt+k
check 'which the user is told as well' told
check 'an indexed image takes no painting: it is in a new one' is '(place (painting-elsewhere))' '(0 0 256 64)'
check 'and the image is as it was' check_layers 5 "$untouched"
check 'which is closed' scheme '(gimp-display-delete (+ display-of-image 1))' # GIMP counts them
sleep 1
press "$image_window" ctrl+z
check 'in colour again' wait_for 10 is '(type content)' '0'

check 'a run whose image is to be closed' repeat
check 'stands' waits
scheme '(gimp-display-delete display-of-image)' >/dev/null
check 'the image is gone meanwhile' is '(valid? image)' '#f'
press "$run_window" alt+k
check 'which is reported' wait_for 30 window '^GIMP Message$'
screenshot elsewhere
check 'and the plug-in goes' ends
check 'the painting is in a new image' is '(place (painting-elsewhere))' '(0 0 256 64)'
check 'with its record' is '(contains? (record (painting-elsewhere)) "content: town")' '#t'
touch "$work/stop"
end_scheme

# GIMP dies while the plug-in paints: nothing else would ever end it.
rm -f "$work/stop" "$work/layers"
new_gimp_directory
open_gimp "$here/run-window.scm"
check 'a run that loses its GIMP' start_run long
check 'paints' wait_for 60 says "the run's window adds: Scale 1 of 2 "
check 'GIMP is killed' kill -KILL "$(gimp_process)"
gimp=$$ # wait_for watches us instead
check 'the plug-in does not stay behind' wait_for 30 no_plug_in
finish
