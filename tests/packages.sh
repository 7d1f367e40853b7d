# packages.sh: what installing and testing share: messages and the log, who acts under sudo, finding and installing
# packages, finding GIMPs, and configuring a build. Sourced by install.sh, tests/run, tests/fuzz/run and
# tests/bench/run; it does nothing by itself.
# shellcheck shell=bash disable=SC2034 # some variables are for the scripts that source this
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build

# For the script that sources this to set:
log=''       # the file that `logged` appends to
with_deps='' # not empty: packages may be installed

# ---- Messages -----------------------------------------------------------------------------------------

exec {terminal}>&2 # where messages go, also while a command's output goes to the log

say() { printf '%s\n' "$*"; }
title() { printf '\n== %s\n' "$*"; }

# die WHAT-FAILED [WHAT-TO-DO]: ends the script with an error. Not for use in a subshell or under `logged`.
die() {
  trap - EXIT
  {
    printf '\n%s: %s\n' "$(basename "$0")" "$1"
    if [[ -s $log && ${logging:-} ]]; then
      printf '  The last lines of %s:\n' "$log"
      tail -n 15 "$log" | sed 's/^/    /'
    fi
    if [[ ${2:-} ]]; then printf '  What to do: %s\n' "$2"; fi
  } >&"$terminal"
  exit 1
}

# logged COMMAND...: runs it and appends its output to the log.
logged() {
  printf '\n$ %s\n' "${*%%$'\n'*}" >>"$log" # each word's first line
  "$@" >>"$log" 2>&1
}

start_log() {
  # shellcheck disable=SC2016 # for the inner shell
  as_owner bash -c 'mkdir -p "$1" && : >"$2"' start "$build" "$log" 2>/dev/null ||
    die "can't write to $build" "take ownership of the clone (chown -R), or clone it where you can write"
  logging=1
}

# ---- Root and owner -----------------------------------------------------------------------------------

# Under sudo only packages and --system need root; everything else is done as the user who called sudo.
if ((EUID == 0)) && [[ ${SUDO_USER:-root} != root ]]; then
  owner=$SUDO_USER
  home=$(getent passwd "$owner" | cut -d: -f6)
else
  owner=''
  home=${HOME:-$(getent passwd "$EUID" | cut -d: -f6)}
fi

as_owner() {
  if [[ $owner ]]; then
    runuser -u "$owner" -- env HOME="$home" USER="$owner" LOGNAME="$owner" "$@"
  else
    "$@"
  fi
}

# May ask for a password.
can_be_root() { ((EUID == 0)) || { command -v sudo >/dev/null && sudo -v; }; }

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# ---- Packages -----------------------------------------------------------------------------------------

wanted=()  # packages to install
missing=() # the same, described so that users of other systems know what to install

has_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }
has_module() { command -v pkg-config >/dev/null && pkg-config --exists "$1"; }
has_package() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

want() {
  wanted+=("$1")
  missing+=("$2")
}
need_command() { command -v "$1" >/dev/null || want "$2" "the command $1"; }
need_module() { has_module "$1" || want "$2" "the library $1 with its headers (pkg-config finds no $1)"; }
need_package() { has_package "$1" || want "$1" "$1"; }

# Once per run, and only when there is something to install.
apt_update() {
  [[ ${apt_updated:-} ]] && return
  can_be_root || die "installing packages needs root, and sudo is missing or not allowed" \
    "become root (su -) and run: apt-get install ${wanted[*]:-gimp}
              then run this again as yourself"
  logged as_root apt-get -q -o DPkg::Lock::Timeout=300 update ||
    die "apt-get update failed" "fix what apt reports above (the network? apt's sources?), then run this again"
  apt_updated=1
}

# The version that apt would install; empty where apt knows no such package.
apt_candidate() { LC_ALL=C apt-cache policy "$1" | awk '$1 == "Candidate:" && $2 != "(none)" {print $2}'; }

# Installs what the need_... functions found missing.
install_wanted() {
  ((${#wanted[@]})) || return 0
  if ! has_apt; then
    die "this system lacks: $(printf '\n    %s' "${missing[@]}")" \
      "install them with this system's package manager, then run: $0 --no-deps"
  fi
  say "installing: ${wanted[*]}"
  apt_update
  logged as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "${wanted[@]}" ||
    die "installing the packages failed: ${wanted[*]}" "fix what apt reports above, then run this again"
  wanted=()
  missing=()
}

need_build_tools() {
  need_command cc gcc
  need_command meson meson
  need_command ninja ninja-build
  need_command pkg-config pkg-config
  need_module glib-2.0 libglib2.0-dev
  need_module json-glib-1.0 libjson-glib-dev
  need_module openblas libopenblas-dev
  need_command msgfmt gettext # without it the plug-in speaks English only
  # For neural-style-weights; without them it refuses Keras's and PyTorch's files.
  need_module hdf5 libhdf5-dev
  need_module libzip libzip-dev
  # For weights/fetch.sh.
  if [[ ${weights:-} == imagenet ]] && ! command -v wget >/dev/null; then need_command curl curl; fi
}

# ---- GIMP ---------------------------------------------------------------------------------------------

# Generations are 2 (2.10) and 3 (3.0, 3.2, ...).
module_of() { echo "gimp-$1.0"; }
dev_package_of() { if (($1 == 2)); then echo libgimp2.0-dev; else echo libgimp-3.0-dev; fi; }

gimp_version() { "$1" --version 2>/dev/null | sed -n 's/.* \([0-9]\+\.[0-9]\+\)\.[0-9].*/\1/p' | head -n 1; }

# Sets gimps to the generations that are installed, and for each its command (the console one if there is one)
# and its version (2.10, 3.0, 3.2 ...).
declare -A command_of version_of
find_gimps() {
  local name version generation
  gimps=() command_of=() version_of=()
  # In reverse order "gimp-console..." comes before "gimp-3.0", and newer before older.
  for name in $(compgen -c gimp | grep -E '^gimp(-console)?(-[0-9.]+)?$' | LC_ALL=C sort -ru); do
    version=$(gimp_version "$name")
    generation=${version%%.*}
    if [[ $version != 2.10 && $version != 3.* || ${command_of[$generation]:-} ]]; then continue; fi
    gimps+=("$generation")
    command_of[$generation]=$name
    version_of[$generation]=$version
  done
}

# Needs the headers for each GIMP found, or GIMP itself with its headers if there is none.
need_gimp() {
  local generation
  find_gimps
  for generation in "${gimps[@]}"; do need_headers "$generation"; done
  if ((${#gimps[@]} == 0)); then
    if [[ $with_deps ]] && has_apt; then apt_update; fi
    generation=$(distribution_generation)
    want gimp 'GIMP 2.10 or 3'
    need_module "$(module_of "$generation")" "$(dev_package_of "$generation")"
  fi
}

# The generation of GIMP that apt would install.
distribution_generation() {
  local version=''
  if has_apt; then version=$(apt_candidate gimp); fi
  version=${version#*:} # without Debian's epoch
  case $version in 3.*) echo 3 ;; *) echo 2 ;; esac
}

# A GIMP that apt has no headers for (one installed by other means) is passed over if there is another.
need_headers() {
  local package
  package=$(dev_package_of "$1")
  if has_module "$(module_of "$1")"; then return; fi
  if [[ $with_deps ]] && has_apt && ((${#gimps[@]} > 1)); then
    apt_update
    if [[ -z $(apt_candidate "$package") ]]; then return; fi
  fi
  need_module "$(module_of "$1")" "$package"
}

# ---- Build --------------------------------------------------------------------------------------------

# configure FOLDER MESON-OPTION...: the second time meson only checks what has changed.
configure() {
  local again=()
  if [[ -f $1/meson-private/coredata.dat ]]; then again=(--reconfigure); fi
  logged as_owner meson setup "${again[@]}" "${@:2}" "$1" "$root" ||
    die "meson could not set up the build in $1" "install what it reports missing above (meson 1.0 or newer is \
needed); if it complains about the folder itself, remove $1 and run this again"
}
