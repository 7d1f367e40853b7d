#!/usr/bin/env bash
# install.sh: from a clone to a repainted picture, in one command.
#
# Missing packages -> build -> the folder neural-style/ for every GIMP found -> one real picture through GIMP
# without a window, which proves the whole way.
#
# Nothing is assumed and everything is asked for: a tool by its command, a library by pkg-config, a GIMP by
# its --version. So a second run finds all in place and needs neither network nor root, and GIMPs that are
# not the distribution's are served too. What is installed is for `meson install` to say, into a folder of the
# build; all that a GIMP needs is then gathered in one folder, which is made beside its place and renamed:
# it is there whole, or not at all, and can go without a trace. Two of these scripts at once wait for each other
# (weights/lock.sh): for the build, and for each folder of plug-ins, which may be that of two clones.
#
# tests/packages.sh has what this shares with tests/run: messages, packages, finding GIMPs, configuring a build.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/tests/packages.sh"
# shellcheck source=weights/lock.sh
. "$root/weights/lock.sh"

log=$build/install.log
plug_in=neural-style
prefix=/usr/local  # of what is gathered
stage=$build/stage # where it lies meanwhile

usage() {
  cat <<TEXT
Usage: ./install.sh [--weights imagenet|FILE] [--no-deps] [--no-demo] [--second-gimp]
                    [--system] [--uninstall] [--help]

Builds the Neural Style plug-in, installs it for every GIMP found (2.10 and 3.x) and repaints a sample
picture with it. On Debian and Ubuntu it first installs missing packages, including GIMP.

  --weights imagenet   also download the ImageNet VGG16 from its publishers (59 MB), which the plug-in then
                       uses instead of its built-in weights
  --weights FILE       the same with a VGG16 file that you have: Keras, PyTorch or safetensors
  --no-deps            don't install packages
  --no-demo            don't repaint the sample picture
  --second-gimp        where GIMP is a Flatpak or a Snap, install one from packages as well
  --system             install for all users of this machine (needs root) instead of only for you
  --uninstall          remove the plug-in; packages and weights stay (with --system: the one for all users)
  --help               show this text

GIMP2_DIRECTORY, GIMP3_DIRECTORY and XDG_CONFIG_HOME have the same effect as in GIMP itself.
TEXT
}

# ---- Packages -----------------------------------------------------------------------------------------

# Sandboxed GIMPs look for plug-ins and libraries inside their own walls.
flatpaks=("/var/lib/flatpak/app/org.gimp.GIMP" "$home/.local/share/flatpak/app/org.gimp.GIMP")
sandboxes() { # PLACE...: those that are there
  local place
  for place; do if [[ -e $place ]]; then echo "$place"; fi; done
}
mention_sandboxes() {
  local place
  while IFS= read -r place; do
    say "note: the GIMP in $place can't use this plug-in; a GIMP from packages can"
  done < <(sandboxes "${flatpaks[@]}" /snap/gimp)
}

# Who has such a GIMP alone is asked before there is another besides.
ask_for_second_gimp() {
  local place besides="or have GIMP from packages as well: $0 --second-gimp"
  find_gimps
  if ((${#gimps[@]})) || [[ $second_gimp ]]; then return; fi
  place=$(sandboxes "${flatpaks[@]}" | head -n 1)
  [[ ! $place ]] || die "the only GIMP here is the Flatpak in $place, which has its plug-ins as Flatpaks" \
    "make one, which fetches what it needs: flatpak-builder --user --install --force-clean build/flatpak
              tests/packaging/flatpak/org.gimp.GIMP.Plugin.NeuralStyle.yml
              $besides"
  [[ ! -e /snap/gimp ]] || die 'the only GIMP here is the Snap, which takes no plug-ins from outside' "$besides"
}

install_packages() {
  title 'Packages'
  ask_for_second_gimp
  need_build_tools
  need_gimp
  if ((${#wanted[@]} == 0)); then
    say 'all installed'
  elif [[ $with_deps ]]; then
    install_wanted
  else
    say 'continuing (--no-deps) without:'
    printf '    %s\n' "${missing[@]}"
  fi
  find_gimps
  mention_sandboxes
  drop_unserved
}

# A GIMP whose headers could not be had is passed over.
drop_unserved() {
  local generation served=()
  ((${#gimps[@]})) || die "there is no GIMP 2.10 or 3 on this machine" "install GIMP, then run this again"
  for generation in "${gimps[@]}"; do
    if has_module "$(module_of "$generation")"; then
      served+=("$generation")
    else
      say "note: skipping ${command_of[$generation]}: pkg-config finds no $(module_of "$generation")"
    fi
  done
  ((${#served[@]})) || die "no GIMP on this machine has its headers installed" "install $(dev_package_of "${gimps[0]}") \
(or what this system calls the headers of libgimp), then run this again"
  gimps=("${served[@]}")
}

# ---- Build --------------------------------------------------------------------------------------------

compile() { logged as_owner meson compile -C "$build" product; }

# In a build that tests/run has made, warnings are errors; they shall not keep anyone from installing.
compile_despite_warnings() { logged as_owner meson configure -Dwerror=false "$build" && compile; }

# Whatever else this build has been configured for before. With NST_BUILT set, nothing is built: a test installs often.
build_plug_ins() {
  if [[ ${NST_BUILT:-} ]]; then return; fi
  title 'Build'
  configure "$build" --buildtype=release --prefix=$prefix -Dplug-in-dir= -Dgimp2=auto -Dgimp3=auto
  compile || compile_despite_warnings ||
    die "the build failed" "see the compiler's message above; if you changed nothing, please report it"
  say "built in $build"
}

# ---- Install ------------------------------------------------------------------------------------------

# user_folder GENERATION: GIMP's folder of the user's own things. A relative GIMP?_DIRECTORY starts at home.
user_folder() {
  local name=GIMP$1_DIRECTORY folder
  folder=${!name:-}
  if [[ -z $folder ]]; then
    folder=${XDG_CONFIG_HOME:-$home/.config}/GIMP/${version_of[$1]}
  fi
  [[ $folder == /* ]] || folder=$home/$folder
  echo "$folder"
}

# plug_ins_folder GENERATION: where that GIMP looks for plug-ins, for this user or (--system) for everyone.
plug_ins_folder() {
  if [[ $system ]]; then
    echo "$(pkg-config --variable=gimplibdir "$(module_of "$1")")/plug-ins"
  else
    echo "$(user_folder "$1")/plug-ins"
  fi
}

as_installer() {
  if [[ $system ]]; then as_root "$@"; else as_owner "$@"; fi
}

gather_files() {
  as_owner rm -rf "$stage"
  logged as_owner meson install --no-rebuild -C "$build" --destdir "$stage" ||
    die "could not gather what to install in $stage" "make sure that the disk has room, then run this again"
}

# What GIMP needs in the plug-in's folder; the catalogues are missing where there is no msgfmt.
sources_for() { # GENERATION
  printf '%s\n' "$stage$(pkg-config --variable=gimplibdir "$(module_of "$1")")/plug-ins/$plug_in/." \
    "$stage$prefix/share/$plug_in/." "$stage$prefix/bin/neural-style-weights" \
    "$stage$prefix"/share/icons/hicolor/scalable/apps/*.svg
  if [[ -d $stage$prefix/share/locale ]]; then printf '%s\n' "$stage$prefix/share/locale"; fi
}

# place_folder PLUG-INS SOURCE...: runs as the installer, in a shell of its own. The folder is filled under a hidden name
# that no GIMP looks into, then renamed; the one before goes last.
place_folder() {
  set -euo pipefail
  local target=$1/neural-style source
  mkdir -p "$1"
  rm -rf "$1"/.neural-style.??????.new "$1"/.neural-style.??????.old # of a run that was killed
  new=$(mktemp -d "$1/.neural-style.XXXXXX.new")
  old=${new%.new}.old
  trap 'rm -rf "$new"' EXIT
  chmod 755 "$new"
  for source in "${@:2}"; do cp -R --preserve=mode "$source" "$new"; done
  if [[ -e $target || -L $target ]]; then mv -T "$target" "$old"; fi
  if ! mv -T "$new" "$target"; then
    mv -T "$old" "$target"
    return 1
  fi
  rm -rf "$old"
}

# GIMP takes over an older version's settings when it makes its folder, and only then: so it comes first.
make_user_folder() {
  local folder
  folder=$(user_folder "$1")
  [[ $system || -d $folder ]] && return
  logged batch "$1" '#t' || true
  [[ -d $folder ]] || say "note: GIMP did not create $folder; creating it now"
}

no_place() { # PLUG-INS
  die "could not install into $1" "make sure that the folder is writable and the disk has room, then run this again"
}

install_folder() {
  local plug_ins sources
  make_user_folder "$1"
  mapfile -t sources < <(sources_for "$1")
  [[ -d ${sources[0]} ]] || die "the plug-in could not be built for ${command_of[$1]}" \
    "see in $log, under \"Dependency $(module_of "$1")\", why meson passed it over"
  plug_ins=$(plug_ins_folder "$1")
  logged as_installer mkdir -p "$plug_ins" || no_place "$plug_ins"
  (
    lock "$plug_ins" 'installing the plug-in'
    trap unlock EXIT
    logged as_installer bash -c "$(declare -f place_folder)
      place_folder \"\$@\"" place "$plug_ins" "${sources[@]}"
  ) || no_place "$plug_ins"
  say "GIMP ${version_of[$1]}: $plug_ins/$plug_in"
}

install_everywhere() {
  local generation
  title 'Install'
  gather_files
  for generation in "${gimps[@]}"; do install_folder "$generation"; done
  as_owner rm -rf "$stage"
}

# ---- Weights ------------------------------------------------------------------------------------------

# They lie apart from the plug-in's folder, which each run replaces.
weights_folder() {
  local folder=$home/.local/share
  if [[ $system ]]; then folder=/usr/local/share; elif [[ ${XDG_DATA_HOME:-} ]]; then folder=$XDG_DATA_HOME; fi
  echo "$folder/$plug_in/weights"
}

# A failure here is reported at the end, since the plug-in works without.
fetch_weights() {
  title 'Weights'
  as_installer "$root/weights/fetch.sh" --to "$(weights_folder)" --with "$build/weights/neural-style-weights" "$weights" ||
    weights_missing=1
}

# ---- One real picture ---------------------------------------------------------------------------------

# batch GENERATION SCRIPT: runs Script-Fu in that GIMP, without window, data or fonts.
# 2.10 always exits with 0, so that its caller has to look for what the script prints or makes.
batch() {
  local how=(-b "$2" -b '(gimp-quit 0)')
  if (($1 == 3)); then how=(--quit --batch-interpreter=plug-in-script-fu-eval -b "$2"); fi
  as_owner env -u DISPLAY -u WAYLAND_DISPLAY timeout --foreground -k 10 1800 \
    "${command_of[$1]}" -i -d -f "${how[@]}" </dev/null
}

# A path as a Script-Fu string.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# demo_script GENERATION PICTURE: what a user's own script would say.
demo_script() {
  local content style picture
  content=$(quoted "$root/tests/data/sample-content.png")
  style=$(quoted "$root/tests/data/sample-style.png")
  picture=$(quoted "$2")
  if (($1 == 2)); then
    cat <<SCHEME
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE $content $content)))
       (style (car (gimp-file-load RUN-NONINTERACTIVE $style $style)))
       (result (car (plug-in-neural-style RUN-NONINTERACTIVE image
                      (car (gimp-image-get-active-layer image))
                      (car (gimp-image-get-active-layer style)) ""))))
  (file-png-save-defaults RUN-NONINTERACTIVE image result $picture $picture))
SCHEME
  else
    cat <<SCHEME
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE $content)))
       (style (car (gimp-file-load RUN-NONINTERACTIVE $style))))
  (plug-in-neural-style #:run-mode RUN-NONINTERACTIVE #:image image
    #:drawables (vector (vector-ref (car (gimp-image-get-selected-layers image)) 0))
    #:style (vector-ref (car (gimp-image-get-selected-layers style)) 0))
  (gimp-file-save RUN-NONINTERACTIVE image $picture))
SCHEME
  fi
}

# Shows a user at a terminal how far the plug-in says it is, on one line.
show_progress() {
  local line
  while IFS= read -r line; do
    if [[ -t 1 && $line == "$plug_in: "*%* ]]; then printf '\r\033[K    %s' "${line#*: }"; fi
  done
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
}

# The picture appears when GIMP saved it, and GIMP saves it only when the plug-in has returned a layer.
repaint() {
  local version picture began=$SECONDS
  version=${version_of[$1]}
  picture=$build/sample-gimp-$version.png
  as_owner rm -f "$picture"
  say "GIMP $version repaints the sample picture; this takes one or more minutes ..."
  batch "$1" "$(demo_script "$1" "$picture")" 2>&1 | tee -a "$log" | show_progress || true
  [[ -s $picture ]] || die "GIMP $version did not repaint the sample picture" \
    "see GIMP's message above; the plug-in is installed nevertheless"
  say "    $picture ($((SECONDS - began)) s)"
}

repaint_everywhere() {
  local generation
  title 'One real picture'
  for generation in "${gimps[@]}"; do repaint "$generation"; done
}

# ---- Uninstall ----------------------------------------------------------------------------------------

# Prints the plug-in's folders, of this user or (--system) of everyone, whatever GIMPs are here now.
installed_folders() {
  local folder folders=() config=${XDG_CONFIG_HOME:-$home/.config}
  if [[ $system ]]; then
    folders=(/usr/lib/gimp/2.0 /usr/lib/*/gimp/{2.0,3.0} /usr/lib64/gimp/{2.0,3.0} /usr/local/lib/{gimp,*/gimp}/{2.0,3.0})
    for folder in 2 3; do folders+=("$(pkg-config --variable=gimplibdir gimp-$folder.0 2>/dev/null || true)"); done
  else
    folders=("$config"/GIMP/2.10 "$config"/GIMP/3.* "${GIMP2_DIRECTORY:-}" "${GIMP3_DIRECTORY:-}")
  fi
  for folder in "${folders[@]}"; do
    [[ -z $folder || $folder == /* ]] || folder=$home/$folder
    if [[ $folder && -f $folder/plug-ins/$plug_in/$plug_in ]]; then echo "$folder/plug-ins/$plug_in"; fi
  done | sort -u
}

uninstall() {
  local folder found=''
  while IFS= read -r folder; do
    found=1
    as_installer rm -rf "$folder" || die "could not remove $folder" "remove it by hand"
    say "removed $folder"
  done < <(installed_folders)
  [[ $found ]] || say 'not installed: nothing to remove'
  folder=$(weights_folder)
  if [[ -d $folder ]]; then say "the weights in $folder stay; remove that folder if you no longer want them"; fi
}

# ---- The way through ----------------------------------------------------------------------------------

read_options() {
  with_deps=1 with_demo=1 second_gimp='' system='' removing='' weights=''
  while (($#)); do
    case $1 in
    --weights)
      weights=${2:-}
      [[ $weights ]] || die "--weights needs a value" "give imagenet or a file: run $0 --help"
      shift
      ;;
    --no-deps) with_deps='' ;;
    --no-demo) with_demo='' ;;
    --second-gimp) second_gimp=1 ;;
    --system) system=1 ;;
    --uninstall) removing=1 ;;
    --help | -h)
      usage
      exit
      ;;
    *) die "there is no option $1" "run $0 --help" ;;
    esac
    shift
  done
  [[ ! $weights || $weights == imagenet || -f $weights ]] || die "there is no file $weights" "check its name"
}

main() {
  read_options "$@"
  trap 'die "stopped by an unexpected failure of: $BASH_COMMAND" "please report it"' EXIT
  trap 'die "interrupted" "run it again: finished steps are not repeated"' HUP INT TERM
  if [[ $system ]]; then
    can_be_root || die "--system needs root, and sudo is missing or not allowed" "run it as root"
  fi
  if [[ $removing ]]; then uninstall; else install_all; fi
  trap - EXIT
  unlock
}

install_all() {
  as_owner mkdir -p "$build" 2>/dev/null || true # start_log says why not
  if [[ -d $build ]]; then lock "$build" 'installing the plug-in'; fi
  start_log
  install_packages
  build_plug_ins
  install_everywhere
  if [[ $weights ]]; then fetch_weights; fi
  if [[ $with_demo ]]; then repaint_everywhere; fi
  title 'Done'
  say 'In GIMP: Filters > Artistic > Neural Style Transfer... (restart GIMP if it is open)'
  logging='' # what failed has been said
  [[ ! ${weights_missing:-} ]] || die "the plug-in is installed, but without the requested weights" \
    "do what it says above, under Weights, then run: weights/fetch.sh${system:+ --to $(weights_folder)} $weights"
}

main "$@"
