#!/usr/bin/env bash
# flatpak.sh: the Flatpak as far as that can be tried without the network: the plug-in is built with the manifest's own
# options, installed below its prefix, and paints from there in a GIMP 3. Run it as root.
#
#   tests/packaging/flatpak.sh [--folder ROOT] [--with-builder]
#
#   --folder ROOT    a Debian in a folder, with GIMP 3 and what building takes, as .ci/run makes one; otherwise this
#                    machine's own system
#   --with-builder   apt fetches flatpak-builder, which reads the manifest
#
# All of it is written into memory, laid over ROOT (tests/gimp/in-chroot), and gone afterwards.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packages.sh"

# shellcheck source=tests/layout/tap.sh
. "$root/tests/layout/tap.sh"

id=org.gimp.GIMP.Plugin.NeuralStyle
manifest=$root/tests/packaging/flatpak/$id.yml
folder=/ builder='' inside=''

usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0"; }

read_options() {
  while (($#)); do
    case $1 in
    --folder) folder=${2:?} && shift ;;
    --with-builder) builder=1 ;;
    --inside) inside=1 ;; # for this script itself
    --help | -h) usage && exit ;;
    *) die "there is no option $1" "run $0 --help" ;;
    esac
    shift
  done
}

# Lines of the manifest, which is plainer than YAML can be.
prefix_of() { sed -n 's/^  prefix: //p' "$manifest"; }
options_of() { sed -n 's/^      - \(-D.*\)/\1/p' "$manifest"; }

ask_builder() {
  title 'flatpak-builder'
  logged apt-get -q update || true
  DEBIAN_FRONTEND=noninteractive logged apt-get -q -y --no-install-recommends install flatpak-builder ||
    die 'apt could not install flatpak-builder'
  flatpak-builder --show-manifest "$manifest" >"$scratch/manifest.json" || die 'flatpak-builder could not read the manifest'
  grep -qF "\"$id\"" "$scratch/manifest.json" || die 'flatpak-builder read another id'
  say 'it reads the manifest'
}

install_below_prefix() {
  local options=()
  title 'Build'
  mapfile -t options < <(options_of)
  logged meson setup "$scratch/build" "$root" --buildtype=release --prefix="$prefix" "${options[@]}" || die 'meson setup failed'
  logged meson compile -C "$scratch/build" || die 'the build failed'
  logged meson install --no-rebuild -C "$scratch/build" || die 'meson install failed'
  (cd "$prefix" && find . -type f | LC_ALL=C sort)
  ! ldd "$prefix/plug-ins/neural-style/neural-style" | grep -i blas || die 'the plug-in needs OpenBLAS'
}

script() {
  cat <<SCHEME
(let* ((image (car (gimp-image-new 96 64 RGB)))
       (layer (car (gimp-layer-new image "layer" 96 64 RGB-IMAGE 100 LAYER-MODE-NORMAL))))
  (gimp-image-insert-layer image layer 0 0)
  (plug-in-neural-style #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
    #:style-file "swirls" #:report "$scratch/report.json")
  (gimp-file-save RUN-NONINTERACTIVE image "$scratch/picture.png"))
SCHEME
}

# As the Flatpak's GIMP looks there.
paint() {
  title 'Paint'
  find_gimps
  [[ ${command_of[3]:-} ]] || die 'there is no GIMP 3 here'
  mkdir -p "$scratch/home/gimp"
  echo "(plug-in-path \"$prefix/plug-ins:\${gimp_plug_in_dir}/plug-ins\")" >"$scratch/home/gimp/gimprc"
  logged env -u DISPLAY HOME="$scratch/home" GIMP3_DIRECTORY="$scratch/home/gimp" timeout 600 "${command_of[3]}" -i -d -f \
    --quit --batch-interpreter=plug-in-script-fu-eval -b "$(script)" </dev/null || true
  [[ -s $scratch/picture.png ]] || die 'GIMP painted nothing'
  grep -qF "\"$prefix/share/neural-style/default.safetensors\"" "$scratch/report.json" || die "those were not the extension's weights"
  say "GIMP ${version_of[3]} painted a picture: $(stat -c %s "$scratch/picture.png") bytes"
}

read_options "$@"
if [[ ! $inside ]]; then
  ((EUID == 0)) || die 'it writes into memory laid over the system' 'run it as root'
  "$root/tests/gimp/in-chroot" "$folder" "$root/tests/packaging/flatpak.sh" --inside ${builder:+--with-builder}
  exit
fi
[[ $(stat -f -c %T /) == overlayfs ]] || die 'this is not memory laid over a system' "run $0 without --inside"
scratch=$(mktemp -d /opt/neural-style-flatpak.XXXXXX)
log=$scratch/log
logging=1
prefix=$(prefix_of)
if [[ $builder ]]; then ask_builder; fi
install_below_prefix
paint
