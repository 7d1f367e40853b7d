#!/usr/bin/env bash
# debian.sh: Debian's packages from beginning to end: built by dpkg-buildpackage, looked at by lintian, installed by apt,
# used to paint a picture by script, purged; nothing may be left then. Run it as root.
#
#   tests/packaging/debian.sh [--folder ROOT] [--keep FOLDER]
#
#   --folder ROOT   a Debian or Ubuntu in a folder, as .ci/run makes one of Debian 13; otherwise this machine's own
#   --keep FOLDER   copy the packages there, a folder below /tmp
#
# apt fetches what building takes. All of it is written into memory, laid over ROOT (tests/gimp/in-chroot), and gone
# afterwards: also this machine stays as it was. About 4 GB of memory, and several minutes.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

# shellcheck source=tests/layout/tap.sh
. "$root/tests/layout/tap.sh"

folder=/ keep=''
scratch='' # a folder below /tmp, which is the same inside ROOT

usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0"; }

read_options() {
  while (($#)); do
    case $1 in
    --folder) folder=${2:?} && shift ;;
    --keep) keep=${2:?} && shift ;;
    --inside) scratch=${2:?} && shift ;; # for this script itself
    --help | -h) usage && exit ;;
    *) die "there is no option $1" "run $0 --help" ;;
    esac
    shift
  done
}

# ---- Build --------------------------------------------------------------------------------------------

get() { DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@" >>"$log" 2>&1; }

# The project's files, with debian/ where Debian has it. Outside of ROOT, which may have no git.
copy_tree() {
  mkdir "$scratch/tree"
  tree_files '*' | tar -c --files-from=- | tar -C "$scratch/tree" --no-same-owner -x
  cp -r tests/packaging/debian "$scratch/tree/"
}

build_packages() {
  title 'Build'
  get update || true # what a foreign source can't give isn't needed
  get install build-essential debhelper fakeroot gimp lintian || die 'apt could not install the tools'
  get build-dep "$scratch/tree" || die 'apt could not install what building takes'
  (cd "$scratch/tree" && logged dpkg-buildpackage -b -us -uc) || die 'dpkg-buildpackage failed'
  (cd "$scratch" && ls -sh ./*.deb)
  if [[ $keep ]]; then mkdir -p "$keep" && cp "$scratch"/*.deb "$keep/"; fi
}

# The metainfo links to no home page, for the project has none yet: newer versions warn of that. An override in the
# package would be an error to older ones, which don't know the tag. The metainfo is validated in tests/layout/install.sh.
look_at_packages() {
  local tag=appstream-metadata-validation-failed excused=()
  title 'lintian'
  if lintian-explain-tags $tag >/dev/null 2>&1; then excused=(--suppress-tags "$tag"); fi
  lintian --allow-root --fail-on error,warning "${excused[@]}" --info "$scratch"/*.changes || die 'lintian found something'
  say 'clean: no error, no warning'
}

# ---- Install, paint, purge -----------------------------------------------------------------------------

# The files of the system, but for what apt and dpkg note down. Not those of users, which change under way: what is not
# written to in ROOT is seen as it is there.
files() {
  find /etc /opt /usr /var \( -path /var/cache -o -path /var/lib/apt -o -path /var/log -o -path /var/tmp \) -prune -o \
    -print | grep -v '^/var/lib/dpkg/[^/]*$' | LC_ALL=C sort
}

script() { # GENERATION
  local report=$scratch/report.json picture=$scratch/picture.png
  if (($1 == 2)); then
    cat <<SCHEME
(let* ((image (car (gimp-image-new 96 64 RGB)))
       (layer (car (gimp-layer-new image 96 64 RGB-IMAGE "layer" 100 LAYER-MODE-NORMAL))))
  (gimp-image-insert-layer image layer 0 0)
  (file-png-save-defaults RUN-NONINTERACTIVE image
    (car (plug-in-neural-style RUN-NONINTERACTIVE image layer -1 "style-file=swirls report=$report"))
    "$picture" "$picture"))
SCHEME
  else
    cat <<SCHEME
(let* ((image (car (gimp-image-new 96 64 RGB)))
       (layer (car (gimp-layer-new image "layer" 96 64 RGB-IMAGE 100 LAYER-MODE-NORMAL))))
  (gimp-image-insert-layer image layer 0 0)
  (plug-in-neural-style #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
    #:style-file "swirls" #:report "$report")
  (gimp-file-save RUN-NONINTERACTIVE image "$picture"))
SCHEME
  fi
}

# In every GIMP that the package has a plug-in for.
paint() { # GENERATION
  local how=(-b "$(script "$1")" -b '(gimp-quit 0)')
  if (($1 == 3)); then how=(--quit --batch-interpreter=plug-in-script-fu-eval -b "$(script "$1")"); fi
  rm -f "$scratch/report.json" "$scratch/picture.png"
  logged env -u DISPLAY HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home/.config" timeout 600 \
    "${command_of[$1]}" -i -d -f "${how[@]}" </dev/null || true
  [[ -s $scratch/picture.png ]] || die "GIMP ${version_of[$1]} painted nothing"
  grep -qF '"/usr/share/neural-style/default.safetensors"' "$scratch/report.json" || die 'those were not the package'"'"'s weights'
  say "GIMP ${version_of[$1]} painted a picture: $(stat -c %s "$scratch/picture.png") bytes"
}

use_packages() {
  local generation painted=''
  title 'Install, paint, purge'
  files >"$scratch/before"
  get install "$scratch"/gimp-neural-style{,-data}_*.deb || die 'apt could not install the packages'
  neural-style-weights --version
  mkdir -p "$scratch/home"
  find_gimps
  for generation in "${gimps[@]}"; do
    if dpkg -L gimp-neural-style | grep -q "/gimp/$generation\.0/plug-ins/neural-style/neural-style$"; then paint "$generation" && painted=1; fi
  done
  [[ $painted ]] || die 'there is no GIMP that the package is for'
  get purge gimp-neural-style gimp-neural-style-data || die 'apt could not purge the packages'
  files >"$scratch/after"
  diff "$scratch/before" "$scratch/after" || die 'purging left or took files: see above'
  say 'purged: nothing is left'
}

# ---- The way through -----------------------------------------------------------------------------------

enter() {
  ((EUID == 0)) || die 'it installs packages, into memory' 'run it as root'
  scratch=$(mktemp -d /tmp/neural-style-debian.XXXXXX)
  trap 'rm -rf "$scratch"' EXIT
  copy_tree
  "$root/tests/gimp/in-chroot" "$folder" "$root/tests/packaging/debian.sh" --inside "$scratch" ${keep:+--keep "$keep"}
}

read_options "$@"
if [[ ! $scratch ]]; then
  enter
  exit
fi
[[ $(stat -f -c %T /) == overlayfs ]] || die 'this is not memory laid over a system' "run $0 without --inside"
log=$scratch/log
logging=1
build_packages
look_at_packages
use_packages
