#!/usr/bin/env bash
# english.sh: the tree's prose is English as engineers write it, not translated word by word: phrases that have crept in
# before, each with what it should say. A phrase is found across line breaks too.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Regular expressions, in which a space is any run of spaces, line breaks and comment marks.
phrases='
hangs? on                      depends on
(is|are) set besides           individual settings override
at the most                    at most
by the clock                   wall time
granted no thread              allowed no thread
(gone|goes) on with            resumed, continues with
parted by                      separated by
told beforehand                in advance
is no layer but                is not a layer but
is of no type                  has an unknown type
more than nothing              above 0
in (numbers|words) for people  in readable numbers, readable text
for who                        for those who
processor bears                processor supports
bears that                     supports that
(came|comes?) less far         made less progress
whoever                        the caller, the user, code that
it waits in its window         it waits for its window
what of the                    which of the
has not the length             has the wrong length
nothing more was to be gained  the loss no longer improves
thinks better of it            changes its mind
bar one                        except one
as it came                     unchanged
with more than one of them     with several
anew                           again
'

# translated FILE...: "file:line: phrase -> what to say" for each that is found.
translated() {
  PHRASES=$phrases python3 - "$@" <<'END'
import os, re, sys

gap = r"""(?:[\s*#"\\]|//)+"""
rules = [re.split(r"  +", line, maxsplit=1) for line in os.environ["PHRASES"].strip().splitlines()]
rules = [(re.compile(r"\b" + phrase.replace(" ", gap) + r"\b", re.I), instead) for phrase, instead in rules]
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        bytes = file.read()
    if b"\0" in bytes:
        continue
    text = bytes.decode("utf-8", "replace")
    for phrase, instead in rules:
        for found in phrase.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            print(f"{name}:{line}: {' '.join(found[0].split())} -> {instead}")
END
}

can_fail() {
  local status=0 found
  printf '%s\n' '/* What it takes hangs' ' * on the size,' ' *' ' * or WHOEVER asks. */' '"at the " "most"' >"$scratch/wrong.c"
  printf '%s\n' '/* It changes whatever hangs. On the size it depends, at the mostly wholesome bare one. */' >"$scratch/sound.c"
  found=$(translated "$scratch/wrong.c" | wc -l)
  if ((found != 3)); then echo "found $found of 3 phrases" && status=1; fi
  nothing_from translated "$scratch/sound.c" || status=1
  return $status
}

# The catalogues repeat the sources, beside other languages (words.sh).
mapfile -t prose < <(tree_files '*' | grep -vE '^tests/layout/english\.sh$|\.po$')
check 'no text reads as translated' nothing_from translated "${prose[@]}"
check 'that check can fail' can_fail
finish
