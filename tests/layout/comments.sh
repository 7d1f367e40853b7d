#!/usr/bin/env bash
# comments.sh: every C file opens with a comment that names it and gives its idea, and its name is still true.
set -euo pipefail

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

without_opening() {
  local file
  tree_files '*.c' '*.h' '*.def' | while IFS= read -r file; do
    head -n 1 "$file" | grep -qF "/* ${file##*/}: " || echo "$file does not open with \"/* ${file##*/}: ...\""
  done
}

check 'every C file opens with its name and its idea' nothing_from without_opening
finish
