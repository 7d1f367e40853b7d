#!/usr/bin/env bash
# words.sh: the catalogues of ui/po contain exactly the texts that the sources mark, all of them translated; and
# every text that the sources show is marked. tests/gimp/words.sh checks what the windows show in each language.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
advice='ui/po/update brings the catalogues up to date'

is_current() { # LANGUAGE: no text without a translation, and no translation without its text
  { msgcmp "ui/po/$1.po" "$scratch/all.pot" && msgcmp "$scratch/all.po" "ui/po/$1.po"; } || { echo "$advice" && return 1; }
  ! grep -nE '^#~|^#,.*fuzzy' "ui/po/$1.po" # msgcmp accepts these
}

# Format arguments and line ends match the original, all plural forms and the header are there.
is_sound() { msgfmt --check --output-file=/dev/null "ui/po/$1.po"; }

# The translation marks as many mnemonics as the original, and keeps its ellipsis.
keeps_shape() { # LANGUAGE
  msgattrib --translated --no-wrap "ui/po/$1.po" | awk '
    function count(text, what) { return gsub(what, "", text) }
    /^msgid "/ { id = substr($0, 8, length($0) - 8) }
    /^msgstr "/ {
      words = substr($0, 9, length($0) - 9)
      # A label has one underscore, before a letter; names of layers and settings contain others.
      if (id !~ /[=:;.]|relu|data_offsets/ && count(id, "_") != count(words, "_")) print "mnemonic: " id " -> " words
      if ((id ~ /…$/) != (words ~ /…$/)) print "ellipsis: " id " -> " words
    }'
}

# Errors that users see are initialised to be translated; all others must be initialised explicitly, too.
silent_errors() {
  { tree_files 'ui/*.c' 'plugin/*.c' | xargs grep -nE 'NstError \w+ = \{0\}' || true
    tree_files '*.c' | xargs grep -nE '^\s*(static )?NstError \w+;' || true; }
}

listed() { diff <(LC_ALL=C sort ui/po/LINGUAS) <(cd ui/po && LC_ALL=C ls ./*.po | sed 's|./||; s|\.po$||'); }

# Texts that are not translated, because programs read them or GIMP 2.10 stores them (plugin/gimp2/main.c): parts of
# lines on standard error and of debug messages, of a layer's record and of GIMP's lists.
plain=(
  'Neural Style' 'Neural Style ' 'The Neural Style authors' 'GIMP %s'
  'until then' 'until the window closed' '# Settings of Neural Style ' '<Image>/Filters/Artistic' 'RGB*, GRAY*' "R'G'B'A float" 'RGBA float' 'Y float' 'UTF-8' 'C' 'README.md'
  'about %s and %s of memory (limit %s); %d evaluations' '; painted in %d tiles' '; L-BFGS remembers %d steps'
  '; by Adam, since L-BFGS would not fit' 'scale %d of %d (%d×%d), iterations: %d in %.1f s; ' '%s %.3g to %.3g'
  '; content' ', style' ', tv' ' left'
  'The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }' 'The image that holds the content'
  'stopped while matching' '%d iterations more' '%sstopped at scale %d of %d, iteration %d of %d'
  'The image that holds the painting' 'The painting: a layer that plug-in-neural-style has made'
  'Settings to change as \"name=value name=value\", also content=ID and style=ID' 'plug-in: Neural Style ' 'plug-in: Neural Style'
  'The content: the layer to repaint' 'Settings as \"name=value name=value\"; \"\" leaves all at their defaults'
)

msgids() { msgcat --no-wrap "$1" 2>/dev/null | sed -n 's/^msgid "\(.*\)"$/\1/p' | LC_ALL=C sort -u; }

# Every text that looks like words (at least two, or one with a capital or a mnemonic) is marked or in the list above.
# Names in file formats have capitals and no spaces, and occur only in core; values of settings contain '='. Debug
# messages and lines on standard error are removed first. The program that draws the styles shows texts to nobody.
unmarked() {
  local every=$scratch/every.pot file
  mkdir "$scratch/tree"
  tree_files 'core/*.c' 'core/*.def' 'ui/*.[ch]' 'plugin/*.[ch]' | grep -v '^ui/styles/drawing/' | while IFS= read -r file; do
    sed -zE 's/\<g_(debug|printerr)\([^;]*;//g' "$file" >"$scratch/tree/${file//\//-}"
  done
  find "$scratch/tree" -type f | xgettext --extract-all --files-from=- --language=C --from-code=UTF-8 -o "$every" 2>/dev/null
  LC_ALL=C comm -23 <(msgids "$every") <({ msgids "$scratch/all.pot" && printf '%s\n' "${plain[@]}"; } | LC_ALL=C sort -u) |
    awk '
      { bare = $0; gsub(/%[-0-9.]*[a-z]|\\[a-z]/, "", bare) }
      bare ~ /^_?[A-Z]|_[A-Za-z]|[A-Za-z].* | .*[A-Za-z]/ &&
        !/^([a-z-]+=[a-z0-9_,.-]+ ?)+$|^(BF16|F16|F32|F64|RGB|BGR|NST_SIMD|[A-Z][A-Za-z]+:|__metadata__|data_offsets)$/'
}

for tool in xgettext msgcmp msgfmt; do
  command -v $tool >/dev/null || { printf '1..0 # SKIP %s is missing\n' $tool && exit; }
done
ui/po/update --pot "$scratch/all.pot"
msgen -o "$scratch/all.po" "$scratch/all.pot"
check 'LINGUAS lists the catalogues' listed
while read -r language; do
  check "$language: every text is translated, and nothing else" is_current "$language"
  check "$language: formats are those of the text" is_sound "$language"
  check "$language: mnemonics and ellipses are those of the text" nothing_from keeps_shape "$language"
done <ui/po/LINGUAS
check 'errors are begun with a language: WORDS_ERROR in ui and plugin, {0} elsewhere' nothing_from silent_errors
check 'whatever looks like words is marked for translation' nothing_from unmarked
finish
