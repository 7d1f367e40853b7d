#!/usr/bin/env bash
# install.sh: what `meson install` installs, as packages are made of it; and the install script, where it can be tried
# without changing this machine: in a home of its own, without packages and without the picture. What it does on a new
# machine is seen on a new machine.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset XDG_CONFIG_HOME XDG_DATA_HOME GIMP2_DIRECTORY GIMP3_DIRECTORY SUDO_USER NST_BUILT
export HOME=$scratch/home
mkdir -p "$HOME" "$scratch/bin"

nobody=127.0.0.1:1 # where nobody answers

# One GIMP is enough to see where things go.
generation='' version='' gimp=''
read_gimp() {
  # shellcheck source=tests/packages.sh
  . tests/packages.sh
  find_gimps
  for generation in "${gimps[@]}"; do echo "$generation ${version_of[$generation]} ${command_of[$generation]}" && return; done
}
read -r generation version gimp < <(read_gimp) || true
private=GIMP${generation}_DIRECTORY
plug_in=$HOME/.config/GIMP/$version/plug-ins/neural-style

# ---- meson install -------------------------------------------------------------------------------------

stage=$scratch/stage # below it everything is where a package would have it
share=usr/local/share
id=org.gimp.GIMP.Plugin.NeuralStyle # as software centres know the plug-in
folder=$(pkg-config --variable=gimplibdir "gimp-$generation.0" 2>/dev/null || true)
folder=${folder#/}/plug-ins # where that GIMP looks for plug-ins
languages() { cat ui/po/LINGUAS; }
styles() { sed -n 's/^STYLE(\([a-z]*\),.*/\1/p' ui/styles/styles.def; }

# Below the root.
all_of_it() {
  printf '%s\n' usr/local/bin/neural-style-weights $share/doc/neural-style/{LICENSE,NEWS.md,README.md} \
    $share/man/man1/neural-style-weights.1 $share/metainfo/$id.metainfo.xml $share/icons/hicolor/scalable/apps/$id.svg \
    $share/neural-style/{README.md,default.safetensors}
  styles | sed "s|.*|$share/neural-style/styles/&.jpg|"
  languages | sed "s|.*|$share/locale/&/LC_MESSAGES/neural-style.mo|"
  for module in gimp-2.0 gimp-3.0; do
    if pkg-config --exists $module; then echo "$(pkg-config --variable=gimplibdir $module)/plug-ins/neural-style/neural-style"; fi
  done | sed 's|^/||'
}

installs_all_of_it() {
  umask 077 # a package is for everyone all the same
  meson install -C build --no-rebuild --destdir "$stage"
  diff <(all_of_it | LC_ALL=C sort) <(cd "$stage" && find . ! -type d -printf '%P\n' | LC_ALL=C sort)
  [[ ! $(find "$stage" ! -type l ! -perm -go=r) ]]
  cmp "$stage/$share/neural-style/default.safetensors" weights/default.safetensors
  cmp "$stage/$share/doc/neural-style/README.md" README.md
}

# What is installed, as a program each; the learner isn't.
programs() { printf '%s\n' "$stage/usr/local/bin/neural-style-weights" "$stage/$folder/neural-style/neural-style"; }

runpaths() {
  local program
  for program in $(programs); do
    { readelf -d "$program" | grep -E 'RPATH|RUNPATH' || true; } | sed "s|^|$program: |"
  done
}

# What is painted, and then refused: in GIMP 2.10, in GIMP 3.
script() {
  if ((generation == 2)); then
    cat <<SCHEME
(let* ((image (car (gimp-image-new 64 48 RGB)))
       (layer (car (gimp-layer-new image 64 48 RGB-IMAGE "layer" 100 LAYER-MODE-NORMAL))))
  (gimp-image-insert-layer image layer 0 0)
  (plug-in-neural-style RUN-NONINTERACTIVE image layer -1
    "style-file=swirls method=gatys iterations=1 report='$scratch/report.json'")
  (plug-in-neural-style RUN-NONINTERACTIVE image layer layer "style-file=swirls"))
SCHEME
  else
    cat <<SCHEME
(let* ((image (car (gimp-image-new 64 48 RGB)))
       (layer (car (gimp-layer-new image "layer" 64 48 RGB-IMAGE 100 LAYER-MODE-NORMAL))))
  (gimp-image-insert-layer image layer 0 0)
  (plug-in-neural-style #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
    #:style-file "swirls" #:method "gatys" #:iterations 1 #:report "$scratch/report.json")
  (plug-in-neural-style #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
    #:style layer #:style-file "swirls"))
SCHEME
  fi
}

# A picture in a built-in style, and an error in German: it finds its weights, its styles and its catalogues.
paints_from_there() {
  local directory=$scratch/gimp how=(-b '(gimp-quit 0)') refusal said
  if ((generation == 3)); then how=(--quit --batch-interpreter=plug-in-script-fu-eval); fi
  mkdir "$directory"
  cp "build/gimp-${version/3.*/3}"/* "$directory/" 2>/dev/null || true # so that GIMP need not ask all its own plug-ins
  echo "(plug-in-path \"$stage/$folder:\${gimp_plug_in_dir}/plug-ins\")" >>"$directory/gimprc"
  said=$(env -u DISPLAY -u WAYLAND_DISPLAY "GIMP${generation}_DIRECTORY=$directory" LC_ALL=C.UTF-8 LANGUAGE=de \
    timeout 200 "$gimp" -i -d -f -b "$(script)" "${how[@]}" 2>&1 </dev/null) || true
  grep -F "\"file\" : \"$stage/$share/neural-style/default.safetensors\"" "$scratch/report.json" || { echo "$said" && return 1; }
  refusal=$(LC_ALL=C.UTF-8 LANGUAGE=de TEXTDOMAINDIR=$stage/$share/locale \
    gettext neural-style 'Both a style layer and the setting “style-file” are given: leave one out')
  [[ $refusal != Both* && $said == *"$refusal"* ]] || { echo "$said" && return 1; }
}

# Another prefix, no tests, nothing optional; then one folder for the plug-in. Nothing is built for it.
follows_options() {
  local elsewhere=$scratch/elsewhere only=(-Dgimp2=disabled)
  if ((generation == 2)); then only=(-Dgimp3=disabled); fi
  meson setup "$elsewhere" --prefix=/opt/here "${only[@]}" -Dtests=false -Dopenblas=disabled -Dhdf5=disabled -Dlibzip=disabled
  [[ ! $(meson introspect --tests "$elsewhere") =~ [a-z] ]]
  [[ ! $(meson introspect --targets "$elsewhere") =~ test_|neural-style-learn|torch_zip.c|hdf5_read.c|blas_openblas.c ]]
  [[ ! $(meson introspect --dependencies "$elsewhere") =~ \"openblas\" ]]
  nothing_from destinations_outside /opt/here/
  destinations | grep -x "/opt/here/lib.*/plug-ins/neural-style/neural-style"
  meson configure "$elsewhere" -Dplug-in-dir=lib/gimp/plug-ins
  meson setup --reconfigure "$elsewhere"
  destinations | grep -x '/opt/here/lib/gimp/plug-ins/neural-style/neural-style'
}
destinations() { meson introspect --installed "$scratch/elsewhere" | python3 -c 'import json, sys; print(*json.load(sys.stdin).values(), sep="\n")'; }
destinations_outside() { destinations | { grep -v "^$1" || true; }; }

# What programs say, and what lists versions, agrees with the build.
versions() {
  local program
  for program in $(programs) build/weights/neural-style-learn; do
    "$program" --version | sed "s|^${program##*/} ||"
  done
  meson introspect --projectinfo build | python3 -c 'import json, sys; print(json.load(sys.stdin)["version"])'
  sed -n 's/^## //p' NEWS.md | head -n 1
  sed -n 's/.*<release version="\([^"]*\)".*/\1/p' plugin/*.metainfo.xml | head -n 1
  sed -n '1s/.*(\(.*\)-.*/\1/p' tests/packaging/debian/changelog
}
# Newer validators warn that there is no home page to link to, for the project has none yet; older ones know no such word.
is_valid() { # METAINFO...
  appstreamcli validate --no-net "$@" || appstreamcli validate --no-net --override=url-homepage-missing=info "$@"
}
complaints_about() { { man --warnings -E UTF-8 -l "$1" >/dev/null; } 2>&1; } # a page of the manual
one_version() { versions && (($(versions | sort -u | wc -l) == 1)); }

# ---- install.sh ----------------------------------------------------------------------------------------

try() { ./install.sh --no-deps --no-demo; }
refuses() { # PATTERN COMMAND...: fails, and says so
  local said
  said=$("${@:2}" 2>&1) && echo 'it did not fail' && return 1
  grep -qE "$1" <<<"$said" || { echo "$said" && return 1; }
}

is_whole() { # FOLDER: executables, weights, styles, catalogues, the README and the icon, for everyone to read, and nothing else beside it
  local language style files=5
  while read -r language; do
    cmp "$1/locale/$language/LC_MESSAGES/neural-style.mo" "build/ui/po/$language.mo"
    files=$((files + 1))
  done < <(languages)
  while read -r style; do
    cmp "$1/styles/$style.jpg" "ui/styles/$style.jpg"
    files=$((files + 1))
  done < <(styles)
  cmp "$1/neural-style" "$stage/$folder/neural-style/neural-style"
  cmp "$1/default.safetensors" weights/default.safetensors
  cmp "$1/README.md" README.md
  cmp "$1/$id.svg" "plugin/$id.svg"
  cmp "$1/neural-style-weights" "$stage/usr/local/bin/neural-style-weights"
  [[ -x $1/neural-style && -x $1/neural-style-weights ]]
  [[ $(ls -A "$1/..") == neural-style && $(find "$1" -type f | wc -l) == "$files" && ! $(find "$1" ! -perm -go=r) ]]
}

names_options() {
  local option
  for option in --weights --no-deps --no-demo --second-gimp --system --uninstall --help; do ./install.sh --help | grep -e "$option" >/dev/null; done
}

# As on a system without apt, and without meson.
elsewhere() {
  mkdir "$scratch/else"
  ln -s /usr/bin/* /bin/* "$scratch/else/" 2>/dev/null || true
  rm "$scratch/else/apt-get" "$scratch/else/meson"
  PATH=$scratch/else refuses '^ +the command meson' ./install.sh --no-demo
  PATH=$scratch/else refuses '\./install\.sh --no-deps' ./install.sh --no-demo
}

# Nothing is installed beside a GIMP in a sandbox unless it is asked for.
second_gimp() {
  local flatpak=$HOME/.local/share/flatpak/app/org.gimp.GIMP
  mkdir -p "$scratch/walled" "$flatpak"
  ln -s /usr/bin/* /bin/* "$scratch/walled/" 2>/dev/null || true
  rm "$scratch"/walled/{gimp*,apt-get}
  PATH=$scratch/walled refuses "the Flatpak in $flatpak" ./install.sh --no-demo
  PATH=$scratch/walled refuses 'flatpak-builder .*/org\.gimp\.GIMP\.Plugin\.NeuralStyle\.yml' one_line ./install.sh --no-demo
  PATH=$scratch/walled refuses '^ +GIMP 2\.10 or 3' ./install.sh --no-demo --second-gimp
  rm -r "$HOME/.local/share/flatpak"
}

# A disk that fills up while the weights are copied.
breaks_off() {
  # shellcheck disable=SC2016 # for the inner shell
  printf '#!/bin/sh\ncase $3 in */share/neural-style/.) echo "No space left" >&2; exit 1;; esac\nexec /usr/bin/cp "$@"\n' \
    >"$scratch/bin/cp"
  chmod +x "$scratch/bin/cp"
  PATH=$scratch/bin:$PATH refuses "could not install into $HOME" try
  is_whole "$plug_in"
}

# Copies the weights slowly, so that two are at it at once.
slow() {
  # shellcheck disable=SC2016 # for the inner shell
  printf '#!/bin/sh\ncase $3 in */share/neural-style/.) sleep 1;; esac\nexec /usr/bin/cp "$@"\n' >"$scratch/bin/cp"
  chmod +x "$scratch/bin/cp"
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
  local said=$scratch/waiting other
  exec 8<"${plug_in%/*}"
  flock 8
  try >"$said" 2>&1 8<&- &
  other=$!
  for _ in {1..1200}; do if grep -F "at work in ${plug_in%/*}" "$said" >/dev/null; then break; fi && sleep 0.1; done
  exec 8<&-
  wait $other || { cat "$said" && return 1; }
  grep -F "at work in ${plug_in%/*}" "$said" >/dev/null
  is_whole "$plug_in"
}

# While a command's output goes to the log.
says_interrupted() {
  local pid
  # shellcheck disable=SC2016 # for the inner shell
  printf '#!/bin/sh\nif [ "$1" = compile ]; then touch "%s/compiles"; sleep 20; fi\nexec /usr/bin/env -i PATH=/usr/bin:/bin meson "$@"\n' \
    "$scratch" >"$scratch/bin/meson"
  chmod +x "$scratch/bin/meson"
  PATH=$scratch/bin:$PATH NST_BUILT="" setsid ./install.sh --no-deps --no-demo >"$scratch/stopped" 2>&1 &
  pid=$!
  for _ in {1..300}; do if [[ -e $scratch/compiles ]]; then break; fi && sleep 0.1; done
  kill -TERM -- -$pid
  wait $pid && echo 'it did not fail' && return 1
  rm "$scratch/bin/meson"
  grep 'interrupted' "$scratch/stopped" >/dev/null
  grep 'What to do: run it again' "$scratch/stopped" >/dev/null
}

follows_variable() {
  umask 077 # of a user who lets nobody read new files
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
  refuses 'could not be fetched.*is installed, but without the requested weights' one_line with_weights imagenet
  is_whole "$plug_in"
  echo 'no weights' >"$scratch/rubbish.h5"
  refuses 'is installed, but without the requested weights' with_weights "$scratch/rubbish.h5"
  [[ $(ls "$HOME/.local/share/neural-style/weights") == mine.safetensors ]]
}

# What a command says, as one line.
one_line() {
  local status=0
  "$@" >"$scratch/lines" 2>&1 || status=$?
  tr '\n' ' ' <"$scratch/lines"
  return $status
}

leaves_weights() {
  ./install.sh --uninstall | grep "the weights in $HOME/.local/share/neural-style/weights stay" >/dev/null
  [[ -s $HOME/.local/share/neural-style/weights/mine.safetensors ]]
}

installs() { try && is_whole "$plug_in"; }

strict() { # COMMAND: as a program of its own: `check` asks for a value, and a function that is asked forgets set -e
  bash -euo pipefail -c "$(declare -p scratch generation version gimp stage share id folder private plug_in nobody); $(declare -f); $1"
}

if [[ $version ]]; then
  check '`meson install` installs all that there is, for everyone to read' strict installs_all_of_it
  check 'nothing of it looks for libraries where it was built' nothing_from runpaths
  check 'the plug-in paints from there, with its weights, its styles and its catalogues' strict paints_from_there
  check 'programs, NEWS, the metainfo and the package name the version of the build' one_version
  check 'options choose the prefix, the folder of the plug-in and what is built' strict follows_options
fi
if command -v appstreamcli >/dev/null; then
  check 'the metainfo is valid, with its translations too' is_valid {,build/}plugin/$id.metainfo.xml
else
  skip 'the metainfo is valid' 'appstreamcli is missing'
fi
if command -v man >/dev/null; then
  check 'the manual page is well formed' nothing_from complaints_about weights/import/neural-style-weights.1
else
  skip 'the manual page is well formed' 'man is missing'
fi
check '--help names every option' strict names_options
check 'an unknown option is refused by name' refuses 'there is no option --colour' ./install.sh --colour
check 'weights that are not there are refused at once' refuses 'there is no file nowhere.h5' ./install.sh --weights nowhere.h5
check 'without apt it names what is missing and how to go on' strict elsewhere
check 'where the only GIMP is a Flatpak it says how to go on, before it installs another' strict second_gimp
if [[ $version ]]; then
  check 'it installs for the user' strict installs
  export NST_BUILT=1 # by that
  check 'a run that breaks off leaves the plug-in that was there, and nothing else' strict breaks_off
  check 'two more at once wait for each other, and leave the same' strict two_at_once
  check 'it waits for another clone that installs into the same folder' strict waits_for_folder
  check 'one that is interrupted says so where the user sees it' strict says_interrupted
  check "$private is followed, and the plug-in is for everyone to read" strict follows_variable
  check 'a place that cannot be written is named' strict is_told_the_folder
  check '--weights FILE makes them the user'"'"'s' strict takes_weights
  check 'without a network it installs all the same, says what is missing and fails' strict goes_on_without_weights
  check '--uninstall removes the plug-in and nothing else' strict uninstalls
  check 'and says where the weights stay' strict leaves_weights
else
  skip 'installing' 'there is no GIMP on this machine'
fi
finish
