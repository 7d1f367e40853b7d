#!/usr/bin/env bash
# packaging.sh: what packages and GitHub read of the tree agrees with it. Building the packages takes minutes, and root:
# tests/packaging/debian.sh does that.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

debian=tests/packaging/debian
manifest=tests/packaging/flatpak/org.gimp.GIMP.Plugin.NeuralStyle.yml
build=${NST_BUILD:-build}

# ---- Debian -------------------------------------------------------------------------------------------

# All that `meson install` installs, as with the prefix /usr and below the root; a folder stands for what is in it.
installed() {
  meson introspect --installed "$build" |
    python3 -c 'import json, sys; print(*json.load(sys.stdin).values(), sep="\n")' | sed 's|^/||; s|^usr/local/|usr/|'
}
patterns() { cat $debian/*.install $debian/not-installed; }

unpackaged() { installed | grep -vE "^($(patterns | paste -s -d '|'))(/|\$)" || true; }
idle_patterns() {
  local pattern
  installed >"$scratch/installed"
  patterns | while read -r pattern; do grep -q "^$pattern/" "$scratch/installed" || echo "$pattern"; done
}
packaged_twice() { sort $debian/*.install $debian/not-installed | uniq -d; }

# What meson and tests/packages.sh ask for, with their names in Debian. (dpkg-dev brings the compiler; debhelper, ninja.)
needed() {
  # shellcheck source=tests/packages.sh
  (. tests/packages.sh && need_command() { wanted+=("$2"); } && need_module() { wanted+=("$2"); } &&
    weights='' && need_build_tools && printf '%s\n' "${wanted[@]}" "$(dev_package_of 2)" "$(dev_package_of 3)")
}
# unnamed EXCEPT: packages that the text on standard input doesn't name.
unnamed() {
  local text package
  text=$(cat)
  needed | grep -vxE "${1:-}" | while read -r package; do grep -qw -e "$package" <<<"$text" || echo "$package"; done
}
build_depends() { sed -n '/^Build-Depends:/,/^[A-Z].*:/p' $debian/control | sed 's/pkgconf/pkg-config/'; }

# Patterns of debian/copyright without a file.
idle_licences() {
  local pattern
  sed -n '/^Files:/,/^[^ F].*:/s/^\(Files:\)\? *\([^ :]*\)$/\2/p' $debian/copyright | while read -r pattern; do
    if [[ ! $(tree_files "$pattern") ]]; then echo "$pattern"; fi
  done
}

# Options that packages set and meson doesn't know; gimp2 and the like, without -D and a value.
unknown_options() {
  grep -ohE -e '-D[a-z0-9-]+=' $debian/rules "$manifest" | sed 's/^-D//; s/=$//' | sort -u |
    grep -vxFf <(sed -n "s/^option('\([^']*\)'.*/\1/p" meson_options.txt) || true
}
one_id() { [[ $(sed -n 's/^id: //p' "$manifest") == "$(sed -n 's|.*<id>\(.*\)</id>.*|\1|p' plugin/*.metainfo.xml)" ]]; }

# ---- GitHub -------------------------------------------------------------------------------------------

has_yaml() { /usr/bin/python3 -c 'import yaml' 2>/dev/null; }
unread() { tree_files '.github/*.yml' '*/flatpak/*.yml' | xargs -d '\n' /usr/bin/python3 -c 'import sys, yaml
for name in sys.argv[1:]: yaml.safe_load(open(name))'; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check 'all that is installed is in a package, or left out on purpose' nothing_from unpackaged
check 'every line of their lists is about something' nothing_from idle_patterns
check 'and in one package only' nothing_from packaged_twice
check 'they name what building needs' nothing_from unnamed 'gcc|ninja-build' < <(build_depends)
check "and so does GitHub's workflow" nothing_from unnamed 'gcc' <.github/workflows/build.yml
check 'every line of the copyright file is about something' nothing_from idle_licences
check 'packages set options that there are' nothing_from unknown_options
check 'the Flatpak has the id of the metainfo' one_id
if has_yaml; then
  check "GitHub's files and the Flatpak's can be read" nothing_from unread
else
  skip "GitHub's files and the Flatpak's can be read" 'python3-yaml is missing'
fi
finish
