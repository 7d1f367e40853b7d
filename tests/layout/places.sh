#!/usr/bin/env bash
# places.sh: no file names a place that belongs to one machine: a home or work folder, or a host that packages
# come from, which everyone chooses in their own package manager.
set -euo pipefail

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

# Texts that may be linked to: licences, papers, the pictures' and programs' homes, a schema's name.
readable='gnu\.org|fsf\.org|arxiv\.org|doi\.org|creativecommons\.org|wikipedia\.org|wikimedia\.org|gimp\.org|thecvf\.com|github\.com'

# Where weights/fetch.sh finds what it fetches: their publishers.
readable+='|storage\.googleapis\.com|download\.pytorch\.org'

# This script is left out: it has to spell out what it looks for.
text_files() { tree_files '*' | grep -vx 'tests/layout/places.sh' | while IFS= read -r file; do if grep -qI . "$file"; then echo "$file"; fi; done; }
in_text_files() { text_files | xargs -d '\n' grep -nE "$@" || true; }

home_folders() { in_text_files '(^|[^A-Za-z0-9_.$}/*])/(work|root|home/[a-z]+|Users/[A-Za-z]+)/'; }

urls() { in_text_files -o 'https?://[A-Za-z0-9.-]+' | grep -vE "//([a-z0-9-]+\.)*($readable)\$" || true; }

# The hosts that this machine's package managers are set to, asked for at run time.
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
  skip 'no file names a host that packages come from' 'no package manager of this machine names them'
fi
finish
