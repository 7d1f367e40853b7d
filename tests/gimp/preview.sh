#!/usr/bin/env bash
# preview.sh: the dialog's live preview, by the keyboard: how soon it shows something and is settled, that a setting
# which changes twenty times settles once, that nothing holds the window, what a selection and layers that vanish
# do to it, and that it stops. The plug-in's debug messages say all that.
#
# How long that takes is printed in comments. tests/bench/run dialog compares the figures with their limits, which are
# for an idle machine with two cores. How long the window's main loop works in one go hardly depends on other load, so
# its limit is checked here. That it opens and closes fifty times is in fifty.sh.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/gimp/windows.sh
. "$(dirname "${BASH_SOURCE[0]}")/windows.sh"

said() { grep -acE -- "$1" "$log" || true; }
says_more_often() { (($(said "$2") > $1)); } # COUNT PATTERN: than that many times
# says_anew SECONDS PATTERN: once more than when `remember PATTERN` was called.
remember() { before=$(said "$1"); }
says_anew() { wait_for "$1" says_more_often "$before" "$2"; }

# figure PATTERN: the last that the plug-in printed in such a line; the pattern's first group is the figure.
figure() { sed -nE "s/.*$1.*/\1/p" "$log" | tail -n 1; }
measured() { # NAME LIMIT PATTERN
  local figure
  figure=$(figure "$3")
  check "$1 is reported" test -n "$figure"
  printf '# measured: %s,%s,%s\n' "$1" "$figure" "$2"
}

begun='the preview begins: '
first='the preview shows something after ([0-9.]+) s'
settled='the preview is settled after ([0-9.]+) s'
held='the main loop was held for at most ([0-9]+) ms'
worked='and worked for at most ([0-9]+) ms of its own'
stopped='the preview has stopped within ([0-9.]+) s'
told='the dialog says: '

measure() { # NAME
  measured "$1: seconds until something shows" 1 "$first"
  measured "$1: seconds until it is settled" 6 "$settled"
  measured "$1: milliseconds that the window was held at most" 50 "$held"
  check "$1: the window works for at most 50 ms" is_short "$(figure "$worked")"
}
is_short() { echo "it is $1 ms" && (($1 <= 50)); }

plug_in_is_gone() { ! plug_in_processes; }
check_gone() { # NAME
  check "$1" wait_for 5 plug_in_is_gone
}

processors=
begin "${1:-}"
need_tools
picture town 1200x900 1 red-blue
picture sky 900x700 2 yellow-black
start_display

# ---- Opening, and a setting that changes ----------------------------------------------------------------

open_gimp "$here/preview.scm"

check 'the menu entry opens the dialog' open_dialog
check 'the preview shows something' wait_for 30 says_more_often 0 "$first"
screenshot first
check 'and is settled' wait_for 120 says_more_often 0 "$settled"
measure 'opened'
check 'it is a scale of the run' grep -q "${begun}256×192 of 1200×900 pixels" "$log"
check 'what the run takes is shown meanwhile' grep -q "${told}About " "$log"
screenshot settled

remember "$settled"
focus "$dialog"
for _ in {1..20}; do # the strength has the keyboard from the start
  xdotool key Up
  sleep 0.03
done
check 'after twenty steps of a slider it is settled again' says_anew 120 "$settled"
check 'once' eval '(($(said "$settled") == before + 1))'
measure 'twenty steps'
screenshot strength

# ---- What happens to the image --------------------------------------------------------------------------

remember "${begun}256×171 of 600×400"
check 'there is a selection' scheme '(gimp-image-select-ellipse image CHANNEL-OP-REPLACE 300 200 600 400)'
check 'the preview is of the selection' says_anew 30 "${begun}256×171 of 600×400"
remember "$settled"
check 'and is settled' says_anew 120 "$settled"
measure 'selected'
screenshot selection

remember "$settled"
check 'the selection takes another shape within the same bounds' \
  scheme '(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 300 200 600 400)'
focus "$image_window"
focus "$dialog"
check 'which is seen when the user comes back' says_anew 120 "$settled"
screenshot rectangle

remember "${told}The selection does not touch"
check 'the layer leaves the selection' scheme '(gimp-layer-set-offsets content 1000 700)'
check 'which is reported' says_anew 30 "${told}The selection does not touch"
remember "$first"
check 'it comes back' scheme '(gimp-layer-set-offsets content 0 0)'
check 'and there is a preview again' says_anew 30 "$first"

remember "${told}The style layer no longer exists"
check 'the style is closed' scheme '(gimp-image-delete style-image)'
check 'which is reported' says_anew 30 "${told}The style layer no longer exists"
screenshot style-gone
press "$dialog" Escape
check 'the dialog closes' wait_for 10 no_window "$dialog"
check_gone 'and the plug-in with it'

# ---- Stopping -------------------------------------------------------------------------------------------

check 'another style' scheme '(begin (set! style-image (load-image (in-work "sky.png"))) 0)'
remember "$first"
check 'the dialog opens again' open_dialog
check 'and shows something' says_anew 30 "$first"
remember "$stopped"
press "$dialog" Escape
check 'closed while it paints' wait_for 10 no_window "$dialog"
check 'it stops' says_anew 10 "$stopped"
measured 'closed: seconds until it stops' 0.5 "$stopped"
check_gone 'and the plug-in is gone'

remember "$first"
check 'the dialog opens once more' open_dialog
check 'and shows something again' says_anew 30 "$first"
remember "${told}The content layer no longer exists"
check 'the image is closed' scheme '(begin (gimp-display-delete display-of-image) 0)'
check 'which is reported' says_anew 30 "${told}The content layer no longer exists"
screenshot image-gone
press "$dialog" Escape
check 'that dialog closes too' wait_for 10 no_window "$dialog"
check_gone 'and the plug-in with that'
touch "$work/stop"
end_scheme
check 'nothing broke' nothing_broke
finish
