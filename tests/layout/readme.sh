#!/usr/bin/env bash
# readme.sh: the README is up to date: its tables of settings and presets, each between two markers, match
# core/settings/settings.def and core/settings/presets.def, and the files that it links to exist.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

print_settings=${NST_BUILD:-build}/tests/layout/print_settings

# in_readme TABLE: the lines between its markers.
in_readme() { sed -n "/^<!-- $1 -->\$/,/^<!-- \/$1 -->\$/p" README.md | sed '1d;$d' | grep -v '^$'; }

same_table() { diff -u <(in_readme "$1") <("$print_settings" "$1"); }

rows() { "$print_settings" "$1" | grep -c '^| `'; }
all_settings() { (($(rows settings) == $(grep -cE '^(NUMBER|(MACHINE_)?(INTEGER|TEXT)|CHOICE|LAYER)\(' core/settings/settings.def))); }
all_presets() { (($(rows presets) == $(grep -c '^PRESET(' core/settings/presets.def))); }

# "file -> link" for each link to a missing file; links are relative to the folder of their file.
dead_links() {
  local file link
  tree_files '*.md' | while IFS= read -r file; do
    { grep -oE '\]\([^)#]+' "$file" || true; } | sed 's/^](//' | while IFS= read -r link; do
      if [[ $link != *://* && ! -e $(dirname "$file")/$link ]]; then echo "$file -> $link"; fi
    done
  done
}

check 'the program prints every row of core/settings/settings.def' all_settings
check "the README's table of settings is up to date (tests/layout/print_settings makes it)" same_table settings
check 'the program prints every row of core/settings/presets.def' all_presets
check "the README's table of presets is up to date (tests/layout/print_settings presets)" same_table presets
check 'links in the Markdown files lead to files that are there' nothing_from dead_links
finish
