#!/usr/bin/env bash
# words.sh: the plug-in in each of its languages, as a user sees it: the menu entry and what it is for, the dialog,
# mnemonics that don't meet. Then in a language of which every letter is foreign, made here of the catalogue: what
# still is in plain letters was not translated, because somebody forgot to mark it. And without windows: refusals are
# in the user's language, what scripts read is not.
#
# All in one GIMP directory, one after the other: GIMP keeps what a plug-in registered, and has to notice the change.
# A module loaded into GIMP and the plug-in (spy.c) reports what their windows say. Locales are made on the spot.
#
# Needs Xvfb, xdotool, ImageMagick, gettext, and localedef with its sources; no window manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

declare -A locale_of

# ---- Languages ----------------------------------------------------------------------------------------

make_locale() { [[ -d $LOCPATH/$1.UTF-8 ]] || localedef -i "$1" -f UTF-8 --no-archive "$LOCPATH/$1.UTF-8"; } # NAME

# Most languages are the namesakes of a country; others make do with German figures. They are made once for both GIMPs,
# which may be tested side by side.
make_locales() {
  local language
  export LOCPATH=$NST_BUILD/locales
  mkdir -p "$LOCPATH"
  exec 8>"$LOCPATH/lock"
  flock 8
  make_locale de_DE || skip_all "localedef can't make de_DE"
  while read -r language; do
    locale_of[$language]=${language}_${language^^}
    if [[ $language != de ]] && ! make_locale "${locale_of[$language]}"; then locale_of[$language]=de_DE; fi
  done <"$project/ui/po/LINGUAS"
  exec 8>&-
}

# The language "xx": the letters of all texts are full-width, those of formats aside. Any locale will do for it.
# The README isn't translated, and so has to be as foreign from the start.
make_foreign() {
  local plug_ins=$directory/plug-ins/neural-style
  local folder=$plug_ins/locale/xx/LC_MESSAGES
  printf '<!-- %s -->\n' help settings /settings presets /presets /help >"$plug_ins/README.md"
  locale_of[xx]=de_DE
  mkdir -p "$folder"
  "$project/ui/po/update" --pot "$work/xx.pot"
  msgen "$work/xx.pot" | LC_ALL=C.UTF-8 msgfilter --keep-header sed \
    -e 'y/abcdefghijklmnopqrstuvwxyz/ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ/' \
    -e 'y/ABCDEFGHIJKLMNOPQRSTUVWXYZ/ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ/' \
    -e 's/\(%[-0-9.]*\)ｓ/\1s/g' -e 's/\(%[-0-9.]*\)ｄ/\1d/g' -e 's/\(%[-0-9.]*\)ｆ/\1f/g' \
    -e 's/\(%[-0-9.]*\)ｇ/\1g/g' >"$work/xx.po" 2>/dev/null
  msgfmt --check-format -o "$folder/neural-style.mo" "$work/xx.po"
}

# words TEXT: it in the language of this round.
words() {
  LC_ALL=${locale_of[$LANGUAGE]}.UTF-8 TEXTDOMAINDIR=$directory/plug-ins/neural-style/locale \
    gettext -d neural-style "$1"
}
without_mnemonic() { local text=$1 && echo "${text/_/}"; }

# ---- What windows say ---------------------------------------------------------------------------------

# now PROGRAM: the lines of spy.c; GIMP's program has a version in its name.
now() { cat "$NST_SPY/$1"*.now 2>/dev/null; }
ever() { cat "$NST_SPY/$1"*.ever 2>/dev/null; }

gimp_says() { now gimp | cut -f 3 | grep -Fx -- "$1"; }
dialog_says() { now neural-style | cut -f 3 | grep -Fx -- "$1"; }
dialog_matches() { now neural-style | cut -f 3 | grep -E -- "$1"; }

activate() { # LABEL: a menu's item or a button, by what is written on it
  without_mnemonic "$(words "$1")" | tr -d '\n' >"$NST_SPY/order"
  mv "$NST_SPY/order" "$NST_SPY/activate"
}

# A busy GIMP may take the order and forget it.
open_dialog() {
  for _ in 1 2 3; do
    activate '_Neural Style Transfer…'
    if wait_for 20 dialog_says "$(words 'Neural Style Transfer')"; then return; fi
  done
  return 1
}

dialog_shows_mnemonics() { (($(now neural-style | grep -c '^mnemonic') > $1)); } # COUNT: more than that

# Letters that lead to two places of the window.
mnemonics_met() { now neural-style | awk -F '\t' '$1 == "mnemonic" {print $3}' | sort | uniq -d; }
mnemonics_differ() {
  local met
  met=$(mnemonics_met)
  if [[ $met ]]; then echo "twice:" $met && return 1; fi # unquoted: in one line
}

# Pictures' names, and the names and values of settings, which the help has to spell, are no words; the longest go
# first, for some hold others.
plain_letters() {
  local names
  names=$("$NST_BUILD/tests/layout/print_settings"; "$NST_BUILD/tests/layout/print_settings" presets)
  names=$(grep -oE '`[^`]+`' <<<"$names" | tr -d '`' | tr ' ' '\n' | awk '{ print length, $0 }' | sort -rn | cut -d ' ' -f 2)
  ever neural-style | grep -vE '^(mnemonic|place)' | cut -f 1,3 |
    awk -v names="$names" '
      BEGIN { count = split(names, name, "\n") }
      {
        rest = $0
        sub(/^[a-z]+\t/, "", rest)
        gsub(/[0-9]+\.png|\[Untitled\]/, "", rest)
        gsub(/[a-z0-9_:,-]+=[a-z0-9_:.,-]+/, "", rest)
        for (i = 1; i <= count; i++)
          while ((at = index(rest, name[i])) > 0) rest = substr(rest, 1, at - 1) substr(rest, at + length(name[i]))
        if (match(rest, /[A-Za-z]+/)) print substr(rest, RSTART, RLENGTH) " in: " substr($0, 1, 300)
      }'
}
nothing_plain() {
  local plain
  plain=$(plain_letters)
  if [[ $plain ]]; then echo "$plain" && return 1; fi
}

# ---- A round ------------------------------------------------------------------------------------------

start_display() {
  local number=$work/display
  start Xvfb -noreset -displayfd 7 -screen 0 1400x900x24 -nolisten tcp 7>"$number" 2>"$work/xvfb.log"
  gimp=$pid # for wait_for
  wait_for 20 grep -q . "$number" || { echo 'Bail out! Xvfb does not start' && exit 1; }
  DISPLAY=:$(<"$number")
  export DISPLAY
  xdotool mousemove 1390 890 # or something under it shows a tooltip
}

# The plug-in's newest window; by its process, for its title is in any language. spy.c reports which that is.
plug_in_window() {
  local file
  file=$(basename "$NST_SPY"/neural-style.*.now .now)
  xdotool search --all --onlyvisible --pid "${file##*.}" --name . | tail -n 1
}

press() { # KEY...: in that window
  xdotool windowfocus --sync "$(plug_in_window)"
  sleep 0.5
  xdotool key --delay 100 "$@"
}

# In each language GIMP asks all its plug-ins what they are called, a hundred of them. These are all that it needs here.
with_few_plug_ins() {
  local name folder
  case $flavour in
  2.10) folder=$(pkg-config --variable=gimplibdir gimp-2.0) ;;
  3) folder=$("${in_gimp3[@]}" pkg-config --variable=gimplibdir gimp-3.0) ;;
  esac
  mkdir "$directory/few"
  for name in script-fu file-png file-jpeg; do ln -s "$folder/plug-ins/$name" "$directory/few/$name"; done
  echo "(plug-in-path \"$directory/plug-ins:$directory/few\")" >>"$directory/gimprc"
}

start_round() { # LANGUAGE
  export LANGUAGE=$1
  locale=${locale_of[$1]}.UTF-8
  export NST_SPY=$work/spy-$1
  mkdir "$NST_SPY"
  rm -f "$work/stop"
  GTK_MODULES=$spy start_scheme "$here/words.scm" windows
}

end_round() {
  press Escape
  check "$LANGUAGE: Escape closes it" wait_for 20 no_plug_in
  touch "$work/stop"
  end_scheme
}
no_plug_in() { [[ ! $(plug_in_processes) ]]; }

speaks() { # LANGUAGE
  start_round "$1"
  check "$1: the menu has its label" wait_for 120 gimp_says "$(without_mnemonic "$(words '_Neural Style Transfer…')")"
  check "$1: and says what it is for" wait_for 10 gimp_says "$(words 'Repaint a layer in the style of another')"
  check "$1: the dialog opens" open_dialog
  read_dialog "$1"
  end_round
}

read_dialog() { # LANGUAGE
  check "$1: it says what a run will take" wait_for 60 dialog_matches "^$(words 'About %s, %s of memory' | sed 's/%s/.*/g')\$"
  activate Ad_vanced
  check "$1: all settings unfold" wait_for 10 dialog_shows_mnemonics 20
  check "$1: each mnemonic leads to one place" mnemonics_differ
  sleep 1 # until all is drawn
  import -window root "$NST_ARTEFACTS/words-$flavour-$1.png"
}

foreign() {
  start_round xx
  check 'in a foreign language: the dialog opens' open_dialog
  wait_for 60 dialog_matches "^$(words 'About %s, %s of memory' | sed 's/%s/.*/g')\$" || true
  import -window root "$NST_ARTEFACTS/words-$flavour-foreign.png"
  activate _Help
  check 'in a foreign language: its help opens' wait_for 20 dialog_says "$(words 'Neural Style Transfer: Help')"
  check 'in a foreign language: which shows the settings' wait_for 20 dialog_matches '• strength: '
  activate _Close
  check 'in a foreign language: and closes' wait_for 20 no_help
  check 'in a foreign language: OK closes it' close_by_ok
  check 'in a foreign language: and paints, and the plug-in ends' wait_for 120 no_plug_in
  check 'in a foreign language: no text of all these windows is left in plain letters' nothing_plain
  touch "$work/stop"
  end_scheme
}
no_help() { ! dialog_says "$(words 'Neural Style Transfer: Help')"; }
no_dialog() { ! dialog_says "$(words 'Neural Style Transfer')"; }

# Pressed in the moment in which the help goes, it would not be heard.
close_by_ok() {
  for _ in 1 2 3; do
    activate _OK
    if wait_for 20 no_dialog; then return; fi
  done
  return 1
}

# Standard error holds what it does in any language.
batch() {
  export LANGUAGE=de
  locale=${locale_of[de]}.UTF-8
  run_scheme "$here/words-batch.scm"
  check 'batch: standard error speaks plain English, with decimal points' foretold "$log"
}

begin "${1:-}"
for tool in Xvfb xdotool import localedef msgfmt; do
  command -v $tool >/dev/null || skip_all "$tool is missing"
done
case $flavour in
2.10) spy=$NST_BUILD/tests/gimp/spy_gtk2.so ;;
3) spy=$NST_BUILD3/tests/gimp/spy_gtk3.so ;;
esac
mkdir -p "$NST_ARTEFACTS"
picture 1 48x36 1 red-blue
picture 2 40x32 2 yellow-black
make_locales
make_foreign
with_few_plug_ins
batch
start_display
begin_with "${cheap[@]}" # for it is the words that count
while read -r language <&9; do speaks "$language"; done 9<"$project/ui/po/LINGUAS"
begin_with # the painter has words of its own
foreign
finish
