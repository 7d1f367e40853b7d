# tap.sh: what the scripts of this folder share: TAP, and the list of the tree's files. Sourced, never run.
# shellcheck shell=bash
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
tests=0

# check NAME COMMAND...: ok if it exits with 0; otherwise what it printed is shown as TAP's comments.
check() {
  local name=$1 said result=ok
  shift
  tests=$((tests + 1))
  if ! said=$("$@" 2>&1); then
    result='not ok'
    printf '%s\n' "$said" | head -n 40 | sed 's/^/# /'
  fi
  printf '%s %d - %s\n' "$result" $tests "$name"
}

skip() { # NAME REASON
  tests=$((tests + 1))
  printf 'ok %d - %s # SKIP %s\n' $tests "$1" "$2"
}

finish() { printf '1..%d\n' $tests; }

# Turns a command that prints what is wrong into a verdict: silence and an exit status of 0 are right.
nothing_from() {
  local said
  said=$("$@") || said+=" (and $1 failed)"
  if [[ $said ]]; then
    printf '%s\n' "$said"
    return 1
  fi
}

all_files() {
  # A clone may belong to another user than the one who tests it, which git would refuse to read.
  if git -c safe.directory='*' ls-files --cached --others --exclude-standard 2>/dev/null; then return; fi
  find . \( -path ./build -o -path ./.git \) -prune -o -type f -printf '%P\n' # an unpacked archive
}

# tree_files PATTERN...: the project's files, those not yet committed included; no generated ones.
tree_files() {
  local file pattern
  all_files | sort -u | while IFS= read -r file; do
    for pattern; do
      # shellcheck disable=SC2053 # it is a pattern
      if [[ -f $file && $file == $pattern ]]; then echo "$file" && break; fi
    done
  done
}
