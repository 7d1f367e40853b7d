#!/usr/bin/env bash
# controls.sh: the dialog's controls by the keyboard alone, on a small screen with a large font: the settings that
# are folded away, a style file, settings saved under a name; and what of it is there when GIMP is started again.
# What is run with is what the plug-in says as a debug message. Screenshots are left as artefacts.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

chooser='^Choose a style picture$'
name_window='^Save Settings$'
message='^Neural Style Transfer: Message$'
width=1280 height=720

# 150 %, which each GTK is given in its own way.
enlarge() {
  export GDK_DPI_SCALE=1.5
  printf 'style "large" { font_name = "Sans 15" }\nwidget "*" style "large"\n' >"$directory/gtkrc"
}

start_gimp() {
  rm -f "$work/stop"
  open_gimp "$here/controls.scm"
}

end_gimp() {
  touch "$work/stop"
  end_scheme
}

fits() {
  local X Y WIDTH HEIGHT
  eval "$(xdotool getwindowgeometry --shell "$(window "$dialog")")"
  echo "it reaches from $X, $Y to $((X + WIDTH)), $((Y + HEIGHT))"
  ((X >= 0 && Y >= 0 && X + WIDTH <= width && Y + HEIGHT <= height))
}

# answer KEY: to a message, once it is there; and it goes.
answer() { wait_for 10 window "$message" && press "$message" "$1" && wait_for 10 no_window "$message"; }
# Turns the wheel over the fields that are folded away, down to the last and up again, over whatever passes by.
turn_wheel() {
  local X Y WIDTH HEIGHT
  eval "$(xdotool getwindowgeometry --shell "$(window "$dialog")")"
  xdotool mousemove $((X + WIDTH * 3 / 4)) $((Y + HEIGHT * 3 / 4))
  xdotool click --repeat 15 --delay 50 5 click --repeat 15 --delay 50 4
  xdotool mousemove $((width - 10)) $((height - 10))
}
says() { wait_for 10 grep -q "the dialog says: $1" "$log" || { tail -n 3 "$log" && return 1; }; }
runs() { grep -c ' runs with ' "$log" || true; }
# ok COMMAND...: presses OK, by Return in a figure, and looks at what is run with, of which COMMAND gets the line.
ok() {
  local before
  before=$(runs)
  press "$dialog" alt+r Return
  wait_for 60 eval "((\$(runs) > $before))" || { echo 'nothing is run' && return 1; }
  "$@" "$(grep ' runs with ' "$log" | tail -n 1)"
}
has() { # WORD... LINE
  local line=${*: -1} word
  for word in "${@:1:$#-1}"; do
    [[ $line == *"$word"* ]] || { echo "there is no $word in $line" && return 1; }
  done
}
differs_in_seed() { [[ $1 == *" seed="* && $1 != *" seed='0'"* ]] || { echo "$1" && return 1; }; }
here_again() { ends && check_layers 60 "$1"; }
ends() { wait_for 60 no_plug_in; }
no_plug_in() { [[ ! $(plug_in_processes) ]]; }

choose_file() { # PATH
  wait_for 10 window "$chooser" || return
  focus "$chooser"
  xdotool key alt+k # no copy is to be kept
  xdotool key slash # opens the line for a path
  sleep 1
  xdotool type --delay 40 "${1#/}"
  sleep 1
  xdotool key Return
  sleep 1
  if window "$chooser" >/dev/null; then xdotool key Return; fi # the first took a completion
  wait_for 10 no_window "$chooser"
}

type_name() { # NAME
  press "$dialog" alt+v
  wait_for 10 window "$name_window" || return
  focus "$name_window"
  xdotool key ctrl+a
  xdotool type "$1"
  xdotool key Return
  wait_for 10 no_window "$name_window"
}
saved=neural-style/presets
is_saved() { wait_for 10 test -f "$directory/$saved/$1.settings" || { ls "$directory/$saved" && return 1; }; }

begin "${1:-}"
need_tools
picture town 48x36 1 red-blue
picture sky 40x32 2 yellow-black
picture ocean 45x30 3 green-navy
start_display "${width}x$height"
enlarge
start_gimp

# ---- The settings that are folded away ----

check 'the dialog opens' open_dialog
check 'it fits a small screen with a large font' fits
screenshot folded
press "$dialog" alt+a
sleep 1
check 'so it does unfolded' fits
screenshot unfolded
turn_wheel
press "$dialog" alt+i ctrl+a # the iterations
xdotool type 7
press "$dialog" alt+n Tab Tab Tab Tab Tab End # the content layers are below the content's weight, and two sliders with a figure each
xdotool type relu9_9
check 'an invalid list of layers is reported at once, in the words that scripts get' \
  says 'The setting “content-layers”: “relu9_9” is not a layer'
screenshot complaint
xdotool key Return
sleep 1
check 'and there is no OK' window "$dialog"
xdotool key --delay 50 BackSpace BackSpace
xdotool key --delay 50 BackSpace BackSpace BackSpace BackSpace BackSpace BackSpace
press "$dialog" Tab Tab Tab Tab Tab Tab Tab Tab Tab space # the dice: below style layers, statistics, pooling, optimiser, scales, refinement, seed
screenshot dice
check 'settings are saved under a name with anything in it' type_name 'Blue / "7"'
check 'in a file' is_saved 'Blue %2F %227%22'
screenshot saved
check 'OK runs with what was typed' ok has "preset='painting'" "iterations='7'" "content-layers=''"
check 'and the wheel that turned over the fields has changed none' \
  has "start='content'" "content-weight='1'" "style-weight='25'" "refinement='0.40" "pooling='max'" "optimizer='lbfgs'" "scales='0'" \
  "$(grep ' runs with ' "$log")"
check 'and with a seed that was thrown' differs_in_seed "$(grep ' runs with ' "$log")"
seed=$(grep ' runs with ' "$log" | grep -o "seed='[0-9]*'")
check 'and makes the layer' here_again "$painted"
undo

# ---- A style file ----

check 'the dialog opens again' open_dialog
press "$dialog" alt+f
check 'a style file is chosen' choose_file "$work/ocean.png"
screenshot file
check 'settings with a style file are saved' type_name 'Ocean'
press "$dialog" alt+r ctrl+a
xdotool type 61
check 'OK runs with the file' ok has 'style=-1 ' "style-file='$work/ocean.png'" "strength='61'" "iterations='7'"
check 'the layer is called by the file' here_again '(Ocean · town town)'
check 'and so is the style in its record' grep -qx 'style: ocean.png' "$work/record"
undo

# ---- After a restart ----

end_gimp
mkdir -p "$directory/$saved"
printf "strength='30\n" >"$directory/$saved/Damaged.settings"
printf 'strength=30 brush=wide\n' >"$directory/$saved/Future.settings"
start_gimp
check 'the dialog opens after a restart' open_dialog
screenshot restarted
check 'with the last values, the style file too' ok has "style-file='$work/ocean.png'" "strength='61'" "iterations='7'" "$seed"
check 'and makes the layer' here_again '(Ocean · town town)'
undo

check 'the dialog opens again' open_dialog
press "$dialog" alt+e # Reset
press "$dialog" alt+p Home Down Down Down Down Down # behind the five of the table: Blue / "7"
screenshot chosen
check 'saved settings are there after a restart' ok has "iterations='7'" "strength='50'" "$seed"
check 'and make the layer' here_again '(Ocean · town town)'
undo

check 'the dialog opens again' open_dialog
press "$dialog" alt+p Home Down Down Down Down Down Down # Damaged
check 'a damaged file is reported' says 'The file .*Damaged.settings. can.t be read: a quoted value has no closing quote'
check 'and the message can be closed' answer Escape
check 'and it is there still' grep -qx "strength='30" "$directory/$saved/Damaged.settings"
press "$dialog" alt+p End Up # Future, before Ocean
check 'what another version has saved is reported' says 'These settings in “Future” were ignored: brush=wide'
check 'and the message can be closed' answer Escape
screenshot future
press "$dialog" alt+d
check 'nothing is deleted without being asked' answer Escape
check 'nor without a yes' test -f "$directory/$saved/Future.settings"
check 'and nothing replaced' type_name 'Ocean'
check 'without being asked' says 'Settings named “Ocean” already exist'
check 'and without a yes' answer alt+r
check 'but with one' wait_for 10 grep -qx "strength='30'" "$directory/$saved/Ocean.settings"
press "$dialog" alt+d
check 'deleting asks too' answer alt+d
check 'and does it with a yes' wait_for 10 test ! -e "$directory/$saved/Ocean.settings"
check 'a layer is one step to undo' one_step_each
press "$dialog" Escape
check 'Cancel closes the dialog' wait_for 10 no_window "$dialog"
end_gimp
finish
