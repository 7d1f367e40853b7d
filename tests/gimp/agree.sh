#!/usr/bin/env bash
# agree.sh: the defaults on real pictures, tubingen (longer side 512) in the style of The Starry Night: good by
# an outside judge's figures, and the same in GIMP 2.10 and 3. The pictures are left as artefacts.
#
# agree.sh 3 compares with the picture that agree.sh 2.10 has left.
set -euo pipefail
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

style_limit=0.15 content_limit=2.0 # as the judge counts them; 0 is all style, and all content
difference_limit=0.00392           # mean, 1/255

# judged FIGURE LIMIT: the figure after that word in the verdict is within the limit.
judged() {
  awk -v figure="$1" -v limit="$2" '
    { for (i = 1; i < NF; i++) if ($i == figure) value = $(i + 1) }
    END { print figure " " value " where " limit " is allowed"; exit !(value != "" && value <= limit) }' <<<"$verdict"
}

alike() {
  local mean
  mean=$(convert "$1" "$2" -compose difference -composite -format '%[fx:mean]' info:) || return
  awk -v mean="$mean" -v limit="$difference_limit" \
    'BEGIN { print "they differ by " 255 * mean " / 255"; exit !(mean <= limit) }'
}

[[ -d $shared/pictures ]] || skip_all '../shared is not here'
begin "${1:-}"
mkdir -p "$NST_ARTEFACTS"
painted=$NST_ARTEFACTS/agree-$flavour.png
rm -f "$painted"
convert "$shared/pictures/tubingen.jpg" -resize 512x512 -strip "PNG24:$work/content.png"
convert "$shared/pictures/starry_night.jpg" -strip "PNG24:$work/style.png"

run_scheme "$here/agree.scm"
cp "$work/painted.png" "$painted"
grep '^neural-style: painted' "$log" | sed 's/^/# /'

if /usr/bin/python3 -c 'import torch, numpy, PIL' 2>/dev/null; then
  verdict=$(/usr/bin/python3 "$shared/judge.py" "$work/content.png" "$work/style.png" "$painted")
  printf '# %s\n' "${verdict#"$NST_ARTEFACTS/"}"
  check "style is at most $style_limit" judged style $style_limit
  check "content is at most $content_limit" judged content $content_limit
else
  skip 'the judge' 'python3-torch, python3-numpy or python3-pil is missing'
fi

if [[ $flavour == 3 ]]; then
  if [[ -f $NST_ARTEFACTS/agree-2.10.png ]]; then
    check 'GIMP 2.10 and 3 paint the same' alike "$painted" "$NST_ARTEFACTS/agree-2.10.png"
  else
    skip 'GIMP 2.10 and 3 paint the same' 'agree.sh 2.10 has left no picture to compare with'
  fi
fi
finish
