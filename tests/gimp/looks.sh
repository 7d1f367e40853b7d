#!/usr/bin/env bash
# looks.sh: whose colours the result has, and the presets, as scripts ask for them.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# chroma A B: how far two pictures are apart in red less green and blue less green, on average, white being 1.
chroma() {
  convert "$work/$1.png" "$work/$2.png" -fx '(abs((u.r-u.g)-(v.r-v.g))+abs((u.b-u.g)-(v.b-v.g)))/2' \
    -colorspace gray -format '%[fx:mean]' info:
}

# apart A B: the distance of their mean colours.
apart() {
  convert "$work/$1.png" "$work/$2.png" -resize '1x1!' -format '%[fx:mean.r] %[fx:mean.g] %[fx:mean.b]\n' info: |
    awk '{ for (i = 1; i <= 3; i++) v[NR, i] = $i }
      END { for (i = 1; i <= 3; i++) sum += (v[1, i] - v[2, i]) ^ 2; print sqrt(sum) }'
}

# is FIGURE OPERATOR LIMIT
is() {
  echo "it is $1, and not $2 $3"
  awk -v a="$1" -v b="$3" "BEGIN { exit !(a $2 b) }"
}

begin "${1:-}"
picture content 96x72 1 '#507090-#a07858' # muted, so that nearly all of it fits whatever its new luminance
picture style 90x64 2 yellow-black
run_scheme "$here/looks.scm"

check 'luminance: the content has its hues still' is "$(chroma luminance content)" '<' 0.004
check "style: it hasn't" is "$(chroma style content)" '>' 0.03
check 'luminance: of a selection too' is "$(chroma selected part)" '<' 0.004
check 'match: the texture is of the colour that the content is on the average' is "$(apart match content)" '<' 0.06
check 'style: it is of the colour of the style' is "$(apart texture content)" '>' 0.15
finish
