#!/usr/bin/env bash
# places.sh: the tree names nothing that is specific to one machine: no home or work folder, and no host that
# packages come from; that is configured in each machine's package manager.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

# Hosts that may be linked to: of licences, papers, the home pages of pictures and programs, a schema's name.
readable='gnu\.org|fsf\.org|arxiv\.org|doi\.org|creativecommons\.org|wikipedia\.org|wikimedia\.org|gimp\.org|thecvf\.com|github\.com'

# Where the names of formats begin: debian/copyright, SVG, ITS.
readable+='|www\.debian\.org|www\.w3\.org'

# The publishers from which weights/fetch.sh downloads.
readable+='|storage\.googleapis\.com|download\.pytorch\.org'

# Without this script, which has to spell out what it looks for.
text_files() { tree_files '*' | grep -vx 'tests/layout/places.sh' | while IFS= read -r file; do if grep -qI . "$file"; then echo "$file"; fi; done; }
in_text_files() { text_files | xargs -d '\n' grep -nE "$@" || true; }

home_folders() { in_text_files '(^|[^A-Za-z0-9_.$}/*])/(work|root|home/[a-z]+|Users/[A-Za-z]+)/'; }

urls() { in_text_files -o 'https?://[A-Za-z0-9.-]+' | grep -vE "//([a-z0-9-]+\.)*($readable)\$" || true; }

# The hosts that this machine's package managers are configured to use, queried at run time.
package_hosts() {
  {
    # shellcheck disable=SC2016 # apt fills it in
    if command -v apt-get >/dev/null; then apt-get indextargets --format '$(SITE)' 2>/dev/null || true; fi
    if command -v npm >/dev/null; then npm config get registry 2>/dev/null || true; fi
    if command -v pip >/dev/null; then pip config get global.index-url 2>/dev/null || true; fi
  } | sed -nE 's|^[a-z+]+://([^/@]*@)?([^/:]+).*|\2|p' | sort -u
}
named_hosts() {
  local hosts
  mapfile -t hosts < <(package_hosts)
  if ((${#hosts[@]})); then text_files | xargs -d '\n' grep -nF "${hosts[@]/#/-e}" || true; fi
}

check "no file names anybody's home or work folder" nothing_from home_folders
check 'links lead to texts to read, and nowhere else' nothing_from urls
if [[ $(package_hosts) ]]; then
  check 'no file names a host that packages come from' nothing_from named_hosts
else
  skip 'no file names a host that packages come from' 'this machine has no package manager that names them'
fi
finish
