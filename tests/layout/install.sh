#!/usr/bin/env bash
# install.sh: the install script where it can be tried without changing this machine: in a home of its own,
# without packages and without the picture. What it does on a new machine is seen on a new machine.
set -euo pipefail

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset XDG_CONFIG_HOME XDG_DATA_HOME GIMP2_DIRECTORY GIMP3_DIRECTORY SUDO_USER
export HOME=$scratch/home
mkdir -p "$HOME" "$scratch/bin"

nobody=127.0.0.1:1 # where nobody answers

# One GIMP is enough to see where things go.
generation='' version=''
read_gimp() {
  # shellcheck source=tests/packages.sh
  . tests/packages.sh
  find_gimps
  for generation in "${gimps[@]}"; do echo "$generation ${version_of[$generation]}" && return; done
}
read -r generation version < <(read_gimp) || true
private=GIMP${generation}_DIRECTORY
plug_in=$HOME/.config/GIMP/$version/plug-ins/neural-style

try() { ./install.sh --no-deps --no-demo; }
refuses() { # PATTERN COMMAND...: fails, and says so
  local said
  said=$("${@:2}" 2>&1) && echo 'it did not fail' && return 1
  grep -qE "$1" <<<"$said" || { echo "$said" && return 1; }
}

is_whole() { # FOLDER: executables, weights, styles, catalogues and the README, and nothing else beside it
  local language style files=4
  while read -r language; do
    cmp "$1/locale/$language/LC_MESSAGES/neural-style.mo" "build/ui/po/$language.mo"
    files=$((files + 1))
  done <ui/po/LINGUAS
  while read -r style; do
    cmp "$1/styles/$style.jpg" "ui/styles/$style.jpg"
    files=$((files + 1))
  done < <(sed -n 's/^STYLE(\([a-z]*\),.*/\1/p' ui/styles/styles.def)
  cmp "$1/neural-style" "build/plugin/gimp$generation/neural-style"
  cmp "$1/default.safetensors" weights/default.safetensors
  cmp "$1/README.md" README.md
  cmp "$1/neural-style-weights" build/weights/neural-style-weights
  [[ -x $1/neural-style && -x $1/neural-style-weights ]]
  [[ $(ls -A "$1/..") == neural-style && $(find "$1" -type f | wc -l) == "$files" ]]
}

names_options() {
  local option
  for option in --weights --no-deps --no-demo --system --uninstall --help; do ./install.sh --help | grep -e "$option" >/dev/null; done
}

# As on a system without apt, and without meson.
elsewhere() {
  mkdir "$scratch/else"
  ln -s /usr/bin/* /bin/* "$scratch/else/" 2>/dev/null || true
  rm "$scratch/else/apt-get" "$scratch/else/meson"
  PATH=$scratch/else refuses '^ +the command meson' ./install.sh --no-demo
  PATH=$scratch/else refuses '\./install\.sh --no-deps' ./install.sh --no-demo
}

# A disk that fills up while the weights are copied.
breaks_off() {
  # shellcheck disable=SC2016 # for the inner shell
  printf '#!/bin/sh\ncase $3 in *.safetensors) echo "No space left" >&2; exit 1;; esac\nexec /usr/bin/install "$@"\n' \
    >"$scratch/bin/install"
  chmod +x "$scratch/bin/install"
  PATH=$scratch/bin:$PATH refuses "could not install into $HOME" try
  is_whole "$plug_in"
}

# Copies the weights slowly, so that two are at it at once.
slow() {
  # shellcheck disable=SC2016 # for the inner shell
  printf '#!/bin/sh\ncase $3 in *.safetensors) sleep 1;; esac\nexec /usr/bin/install "$@"\n' >"$scratch/bin/install"
  chmod +x "$scratch/bin/install"
  PATH=$scratch/bin:$PATH try
}

two_at_once() {
  local one two waiting
  slow >"$scratch/one" 2>&1 &
  one=$!
  slow >"$scratch/two" 2>&1 &
  two=$!
  wait $one || { cat "$scratch/one" && return 1; }
  wait $two || { cat "$scratch/two" && return 1; }
  is_whole "$plug_in"
  waiting=$(grep -l 'Another program is at work in .*; waiting' "$scratch/one" "$scratch/two" | wc -l)
  ((waiting == 1))
}

# As from another clone, which builds elsewhere.
waits_for_folder() {
  local said
  flock "${plug_in%/*}" sleep 8 &
  said=$(try 2>&1) || { echo "$said" && return 1; }
  grep -F "at work in ${plug_in%/*}" <<<"$said" >/dev/null
  wait
  is_whole "$plug_in"
}

# While a command's output goes to the log.
says_interrupted() {
  local pid
  # shellcheck disable=SC2016 # for the inner shell
  printf '#!/bin/sh\nif [ "$1" = compile ]; then touch "%s/compiles"; sleep 20; fi\nexec /usr/bin/env -i PATH=/usr/bin:/bin meson "$@"\n' \
    "$scratch" >"$scratch/bin/meson"
  chmod +x "$scratch/bin/meson"
  PATH=$scratch/bin:$PATH setsid ./install.sh --no-deps --no-demo >"$scratch/stopped" 2>&1 &
  pid=$!
  for _ in {1..300}; do if [[ -e $scratch/compiles ]]; then break; fi && sleep 0.1; done
  kill -TERM -- -$pid
  wait $pid && echo 'it did not fail' && return 1
  rm "$scratch/bin/meson"
  grep 'interrupted' "$scratch/stopped" >/dev/null
  grep 'What to do: run it again' "$scratch/stopped" >/dev/null
}

follows_variable() {
  env "$private=$scratch/private" ./install.sh --no-deps --no-demo
  is_whole "$scratch/private/plug-ins/neural-style"
}

is_told_the_folder() {
  touch "$scratch/file"
  refuses "could not install into $scratch/file/plug-ins" env "$private=$scratch/file" ./install.sh --no-deps --no-demo
}

uninstalls() {
  local plug_ins=${plug_in%/*}
  mkdir "$plug_ins/another"
  ./install.sh --uninstall
  [[ $(ls -A "$plug_ins") == another ]]
}

# As `try`, with weights: none of the addresses that are asked is anybody's.
with_weights() { # WHAT
  NST_WEIGHTS_SOURCES="http://$nobody/keras.h5 md5:0 1000" ./install.sh --no-deps --no-demo --weights "$1"
}

# What the reader of weights makes its own of: here the plug-in's own.
takes_weights() {
  cp weights/default.safetensors "$scratch/mine.safetensors"
  with_weights "$scratch/mine.safetensors"
  is_whole "$plug_in"
  cmp weights/default.safetensors "$HOME/.local/share/neural-style/weights/mine.safetensors"
}

goes_on_without_weights() {
  rm -rf "$plug_in"
  refuses 'could not be fetched' with_weights imagenet
  is_whole "$plug_in"
  refuses 'is installed, but without the requested weights' with_weights imagenet
  echo 'no weights' >"$scratch/rubbish.h5"
  refuses 'is installed, but without the requested weights' with_weights "$scratch/rubbish.h5"
  [[ $(ls "$HOME/.local/share/neural-style/weights") == mine.safetensors ]]
}

leaves_weights() {
  ./install.sh --uninstall | grep "the weights in $HOME/.local/share/neural-style/weights stay" >/dev/null
  [[ -s $HOME/.local/share/neural-style/weights/mine.safetensors ]]
}

installs() { try && is_whole "$plug_in"; }

strict() { # COMMAND: as a program of its own: `check` asks for a value, and a function that is asked forgets set -e
  bash -euo pipefail -c "$(declare -p scratch generation private plug_in nobody); $(declare -f); $1"
}

check '--help names every option' strict names_options
check 'an unknown option is refused by name' refuses 'there is no option --colour' ./install.sh --colour
check 'weights that are not there are refused at once' refuses 'there is no file nowhere.h5' ./install.sh --weights nowhere.h5
check 'without apt it names what is missing and how to go on' strict elsewhere
if [[ $version ]]; then
  check 'it installs for the user' strict installs
  check 'a second run leaves the same' strict installs
  check 'a run that breaks off leaves the plug-in that was there, and nothing else' strict breaks_off
  check 'two at once wait for each other, and leave it whole' strict two_at_once
  check 'it waits for another clone that installs into the same folder' strict waits_for_folder
  check 'one that is interrupted says so where the user sees it' strict says_interrupted
  check "$private is followed" strict follows_variable
  check 'a place that cannot be written is named' strict is_told_the_folder
  check '--weights FILE makes them the user'"'"'s' strict takes_weights
  check 'without a network it installs all the same, says what is missing and fails' strict goes_on_without_weights
  check '--uninstall removes the plug-in and nothing else' strict uninstalls
  check 'and says where the weights stay' strict leaves_weights
else
  skip 'installing' 'there is no GIMP on this machine'
fi
finish
