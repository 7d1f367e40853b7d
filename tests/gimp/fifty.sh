#!/usr/bin/env bash
# fifty.sh: the dialog opens and closes fifty times, half of them in each GIMP, each time at another moment of its life,
# and what it shows vanishes under it, finally GIMP itself: without a crash, a hang or a leak. The plug-in is built with sanitizers
# (AddressSanitizer with its leak checker, UndefinedBehaviorSanitizer), and any report of theirs fails the test.
#
# GIMP starts a process for each dialog, and leaks are looked for as it ends. Only whole stacks show whose a leak is,
# and they cost ten seconds a process: so only three of the fifty have them, and every mishap has.
# leaks.supp lists the leaks of other libraries.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

rounds=25
sanitized=1

said() { grep -acE -- "$1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT PATTERN: than that many times
# says_anew SECONDS PATTERN: once more than when `remember PATTERN` was called.
remember() { before=$(said "$1"); }
says_anew() { wait_for "$1" says_more_often "$before" "$2"; }

first='the preview shows something after'
settled='the preview is settled after'
told='the dialog says: '

plug_in_is_gone() { ! plug_in_processes; }
close_dialog() {
  local id
  for _ in 1 2 3; do
    id=$(window "$dialog") && xdotool windowfocus --sync "$id" key Escape
    wait_for 10 no_window "$dialog" && return
  done
  return 1
}
# A process with whole stacks needs a while to end.
check_closed() { # NAME
  check "$1: the dialog closes" close_dialog
  check "$1: the plug-in goes" wait_for 120 plug_in_is_gone
}

# ---- The sanitizers -------------------------------------------------------------------------------------

# look_for errors, or leaks too: from the next process on, which reads the file as it starts.
look_for() {
  local options=detect_leaks=0
  if [[ $1 == leaks ]]; then
    options=detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=24
    watched=$((watched + 1))
  fi
  echo "$options" >"$work/options"
}
watched=0 # processes whose leaks were to be looked for
is_watched() { # ROUND: 14 in GIMP 3, 7 and 21 in 2.10: each at another moment
  if [[ $flavour == 3 ]]; then (($1 % 14 == 0)); else (($1 % 14 == 7)); fi
}

sanitize() {
  look_for errors
  export ASAN_OPTIONS=log_path=$work/sanitizer:exitcode=99:include=$work/options
  export UBSAN_OPTIONS=log_path=$work/sanitizer:print_stacktrace=1
  # It names the leaks of others that it found: so we know that it has looked.
  export LSAN_OPTIONS=suppressions=$here/leaks.supp:print_suppressions=1
}

nothing_found() {
  local found
  mapfile -t found < <(grep -laE 'ERROR: |runtime error: ' "$work"/sanitizer.* 2>/dev/null)
  ((${#found[@]} == 0)) || { cat "${found[@]}" && return 1; }
}
all_watched() {
  local looked
  looked=$(cat "$work"/sanitizer.* 2>/dev/null | grep -c 'Suppressions used:') || true
  echo "leaks were looked for in $looked of $watched processes" && ((looked >= watched))
}

processors=
begin "${1:-}"
need_tools
picture town 160x120 1 red-blue
picture sky 120x100 2 yellow-black
start_display
sanitize
time_limit=900
open_gimp "$here/fifty.scm"

# ---- Fifty times ----------------------------------------------------------------------------------------

answered() { grep -qx '\.' "$work/answer"; }
ask() { # the first half of `scheme`
  rm -f "$work/answer"
  printf '%s\n' "$1" >"$work/question.part"
  mv "$work/question.part" "$work/question"
}
open_and_close() { # ROUND
  local leaks=errors
  if is_watched "$1"; then leaks=leaks; fi
  look_for $leaks
  ask '(open-dialog)'
  wait_for 60 window "$dialog" || { echo "round $1: it does not open" && return 1; }
  sleep "0.$(($1 % 10))"
  close_dialog || { echo "round $1: it does not close" && return 1; }
  wait_for 60 answered || { echo "round $1: GIMP does not go on" && return 1; }
  wait_for 60 plug_in_is_gone || { echo "round $1: the plug-in does not go" && return 1; }
}
fifty_times() {
  local round
  for ((round = 1; round <= rounds; round++)); do open_and_close "$round" || return 1; done
}
began=$SECONDS
check "the dialog opens and closes $rounds times" fifty_times
printf '# %d rounds in %d s\n' "$rounds" $((SECONDS - began))

# ---- What happens meanwhile -----------------------------------------------------------------------------

reopen() { # NAME: whole stacks; and something is seen
  look_for leaks
  remember "$first"
  check "$1: the dialog opens" open_dialog
  check "$1: it shows something" says_anew 60 "$first"
}

reopen 'OK'
press "$dialog" Return
check 'OK: the layer is made' check_layers 120 "$painted"
check 'OK: the plug-in goes' wait_for 60 plug_in_is_gone
check 'OK: one undo removes it' undo

reopen 'all in one'
wait_for 60 grep -qaE "$settled" "$log" || true
remember "$first"
press "$dialog" alt+z
check 'a part at full size is shown' says_anew 60 "$first"
remember "$first"
check 'a selection is made' scheme '(gimp-image-select-ellipse image CHANNEL-OP-REPLACE 20 20 90 80)'
check 'and shown' says_anew 60 "$first"
remember "${told}The style layer no longer exists"
check 'the style layer is deleted' scheme '(gimp-image-remove-layer style-image style)'
check 'and the dialog says so' says_anew 60 "${told}The style layer no longer exists"
check_closed 'all in one'

check 'another style' scheme '(begin (set! style-image (load-image (in-work "sky.png"))) 0)'
reopen 'no image'
remember "${told}The content layer no longer exists"
check 'no image: it is closed' scheme '(begin (gimp-display-delete display-of-image) 0)'
check 'no image: the dialog says so' says_anew 60 "${told}The content layer no longer exists"
check_closed 'no image'
touch "$work/stop"
end_scheme
check 'nothing broke' nothing_broke

# ---- GIMP quits while a preview is painted ---------------------------------------------------------------

rm "$work/stop"
new_gimp_directory
look_for errors # GIMP ends who doesn't go at once
open_gimp "$here/fifty.scm" 'the image window opens again'
remember "$first"
check 'the dialog opens a last time' open_dialog
check 'it shows something a last time' says_anew 60 "$first"
touch "$work/stop"
end_scheme
check 'the plug-in goes with GIMP' wait_for 20 plug_in_is_gone
check 'nothing broke then' nothing_broke
check 'the sanitizers have looked' all_watched
check 'and found nothing' nothing_found
finish
