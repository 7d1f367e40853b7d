#!/usr/bin/env bash
# settings.sh: the README's table of settings, between its two markers, is the one in core/settings.def.
set -euo pipefail

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

print_settings=${NST_BUILD:-build}/tests/layout/print_settings

in_readme() { sed -n '/^<!-- settings -->$/,/^<!-- \/settings -->$/p' README.md | sed '1d;$d' | grep -v '^$'; }

same_table() { diff -u <(in_readme) <("$print_settings"); }

rows() { "$print_settings" | grep -c '^| `'; }
all_rows() { (($(rows) == $(grep -cE '^(NUMBER|INTEGER|CHOICE|TEXT|LAYER)\(' core/settings.def))); }

check 'the program prints every row of core/settings.def' all_rows
check "the README's table of settings is up to date (tests/layout/print_settings makes it)" same_table
finish
