#!/usr/bin/env bash
# comments.sh: every C file opens with a comment that names it and gives its idea, its name is still true, and no comment
# has been broken by a formatter, or would be. Every source file, of whatever language, names its licence and its authors.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# ---- What may be wrong: each prints the lines of the FILEs that are -------------------------------------

without_opening() {
  local file
  for file; do
    head -n 1 "$file" | grep -qF "/* ${file##*/}: " || echo "$file does not open with \"/* ${file##*/}: ...\""
  done
}

# Tags that programs look for, each a comment of its own on a line. (-L: the files without such a line)
without_licence() {
  local tag begin='^(/\*|#|;|\.\\") SPDX-' end='( \*/)?$'
  for tag in 'FileCopyrightText: The Neural Style authors' 'License-Identifier: GPL-3\.0-or-later'; do
    grep -LE "$begin$tag$end" "$@" | sed 's/$/ does not name its licence and its authors, as other files do after the opening comment/' || true
  done | sort -u
}

# Columns are characters, not bytes. What clang-format is told to leave alone may be wider.
too_wide() {
  local file
  for file; do
    sed '\|^ */\* clang-format off \*/$|,\|^ */\* clang-format on \*/$|s/.*//' "$file" |
      { LC_ALL=C.UTF-8 grep -nE '^.{111,}$' || true; } | sed "s|^|$file:|"
  done
}

# A comment's end on a line of its own is what a formatter leaves of a comment that was too long for it.
lone_ends() { grep -nHE '^[[:space:]]*\*/' "$@" || true; }

# Versions up to 14 take no notice of such a comment if it says anything else, such as a reason.
unheeded_marks() { { grep -nH 'clang-format' "$@" || true; } | { grep -vE ':[0-9]+: */\* clang-format (off|on) \*/$' || true; }; }

# Rulers between sections: one line of 110 columns.
odd_rulers() {
  { grep -nHE '/\* ---' "$@" || true; } | { LC_ALL=C.UTF-8 grep -vE ':[0-9]+:/\* ---- .+ -+ \*/$' || true; }
  { grep -nHE '^/\* ---- .* -+ \*/$' "$@" || true; } | { LC_ALL=C.UTF-8 grep -vE ':[0-9]+:.{110}$' || true; }
}

# Within a paragraph, a line that ends long before the edge though no sentence does, and though the next word would have
# fitted: a longer line was broken, and its rest stayed alone. And a line of a formula, a list or a table (they are
# indented) that is followed by one that isn't: it was broken too.
broken_comments() {
  awk '
    FNR == 1 { before = "" }
    before != "" && /^ *\* [^ ]/ {
      if (before ~ /^ \*   / && /^ \* [^ ]/) print FILENAME ":" FNR - 1 ": " before
      word = $2
      if (before !~ /^ *\*  / && before !~ /[.:;,!?)]$/ && length(before) + 1 + length(word) <= 80)
        print FILENAME ":" FNR - 1 ": " before
    }
    { before = /^ *(\/\*|\*) / && !/\*\/ *$/ ? $0 : "" }' "$@"
}

# ---- Whether that would be found -----------------------------------------------------------------------

# finds CHECK LINE...: whether the check minds a file of those lines.
finds() {
  local check=$1
  shift
  printf '%s\n' "$@" >"$scratch/wrong.c"
  if [[ ! $("$check" "$scratch/wrong.c") ]]; then echo "$check would not find:" "$@" && return 1; fi
}

ruler() { printf '/* ---- Name %s */' "$(printf -- '-%.0s' $(seq "$1"))"; }

can_fail() {
  local wide status=0
  wide="/* $(printf 'é%.0s' {1..105}) */" # 111 columns
  printf '%s\n' "/* sound.c: an idea. */" '/* SPDX-FileCopyrightText: The Neural Style authors */' \
    '/* SPDX-License-Identifier: GPL-3.0-or-later */' "$(ruler 94)" "/* ${wide:4}" ' /* clang-format off */' "$wide" ' /* clang-format on */' \
    '/* A paragraph that goes to the edge, or nearly so, of the line, as one does that' ' * nobody has broken. Short.' \
    ' * Next:' ' *' ' *     f(x) = x' ' *     g(x) = 1' ' *' ' * where that is so. */' >"$scratch/sound.c"
  for check in without_opening without_licence too_wide lone_ends unheeded_marks odd_rulers broken_comments; do
    nothing_from "$check" "$scratch/sound.c" || status=1
  done
  finds without_opening '/* other.c: an idea. */' || status=1
  finds without_licence '/* wrong.c: an idea. */' '/* SPDX-License-Identifier: GPL-3.0-or-later */' || status=1
  finds without_licence '/* SPDX-FileCopyrightText: The Neural Style authors */' '/* GPL-3.0-or-later */' || status=1
  finds too_wide "$wide" || status=1
  finds too_wide ' /* clang-format off */' ' /* clang-format on */' "$wide" || status=1
  finds lone_ends '/* An idea' ' */' || status=1
  finds lone_ends 'int x; /* an idea' '        */' || status=1
  finds unheeded_marks '/* clang-format off: a table */' || status=1
  finds unheeded_marks '// clang-format on' || status=1
  finds odd_rulers "$(ruler 93)" || status=1
  finds odd_rulers '/* ---- Name -----' ' * ---- */' || status=1
  finds odd_rulers "    $(ruler 90)" || status=1
  finds broken_comments '/* A long line that was broken by a formatter, which leaves' ' * this' ' * word alone on its line. */' || status=1
  finds broken_comments '/* The formula:' ' *' ' *     f(x) = a +' ' * b' ' *' ' * where a is one. */' || status=1
  return $status
}

# ---- The tree ------------------------------------------------------------------------------------------

mapfile -t code < <(tree_files '*.c' '*.h')
mapfile -t tables < <(tree_files '*.def') # a row is a line, however long
# Scripts without an ending are told by their first line.
scripts() { tree_files '*' | grep -vE '\.[a-z0-9]+$' | while IFS= read -r file; do if head -c 2 "$file" | grep -q '#!'; then echo "$file"; fi; done; }
mapfile -t sources < <(tree_files '*.py' '*.sh' '*.scm' '*.awk' '*.supp' '*.1' '*meson.build' meson_options.txt && scripts)

check 'every source file names its licence and its authors' nothing_from without_licence "${code[@]}" "${tables[@]}" "${sources[@]}"
check 'every C file opens with its name and its idea' nothing_from without_opening "${code[@]}" "${tables[@]}"
check 'no line of a C file is wider than 110 columns' nothing_from too_wide "${code[@]}"
check 'no comment ends on a line of its own' nothing_from lone_ends "${code[@]}" "${tables[@]}"
check 'clang-format understands what it is told in comments' nothing_from unheeded_marks "${code[@]}" "${tables[@]}"
check 'rulers are one line of 110 columns' nothing_from odd_rulers "${code[@]}" "${tables[@]}"
check 'no comment was broken by a formatter' nothing_from broken_comments "${code[@]}" "${tables[@]}"
check 'each of these checks can fail' can_fail
finish
