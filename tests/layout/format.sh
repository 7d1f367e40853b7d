#!/usr/bin/env bash
# format.sh: C files look as .clang-format has it, scripts pass shellcheck.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

# Another version of clang-format would lay some lines out differently, and it would be right too.
ours=14
c_files='C files look as .clang-format has it'
theirs=$(clang-format --version 2>/dev/null | sed -n 's/.*version \([0-9]*\).*/\1/p') || true

in_format() { tree_files '*.c' '*.h' | xargs -d '\n' clang-format --dry-run -Werror; }

if [[ -z $theirs ]]; then
  skip "$c_files" 'clang-format is missing'
elif [[ $theirs != "$ours" ]]; then
  skip "$c_files" "they are laid out by clang-format $ours, and this is $theirs"
else
  check "$c_files" in_format
fi

shell_files() { tree_files '*' | while IFS= read -r file; do if head -n 1 "$file" | grep -aqE '^#!.*\bbash$'; then echo "$file"; fi; done; }
clean_shell() { shell_files | xargs -d '\n' shellcheck -x -S warning; }

if command -v shellcheck >/dev/null; then
  check 'scripts pass shellcheck' clean_shell
else
  skip 'scripts pass shellcheck' 'shellcheck is missing'
fi
finish
