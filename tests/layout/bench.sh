#!/usr/bin/env bash
# bench.sh: each command of the benchmark still works, on pictures of a few pixels: it prints its header, and rows with
# as many columns, which hold numbers from 0 upwards. Whether the figures are good is not for a test to say.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

bench=${NST_BUILD:-build}/tests/bench/bench

# rows_of NUMBER HEADER ARGUMENT...: the command prints that many rows below that header, each with as many columns,
# and in each column a word or a number from 0 upwards.
rows_of() {
  local number=$1 header=$2 said
  shift 2
  said=$("$bench" "$@") || return 1
  printf '%s\n' "$said"
  printf '%s\n' "$said" | awk -F, -v number="$number" -v header="$header" '
    NR == 1 { columns = NF; wrong = $0 != header }
    NR > 1 { if (NF != columns) wrong = 1; for (i = 1; i <= NF; i++) if ($i !~ /^([a-z]+|[0-9]+(\.[0-9]+)?)$/) wrong = 1 }
    END { exit wrong || NR != number + 1 }'
}

refused() { ! "$bench" "$@"; }
without_command() { tests/bench/run | grep 'tests/bench/run engine' >/dev/null; } # grep without -q reads to the end: a closed pipe makes sed fail

check 'tests/bench/run says what it does' without_command
check 'engine' rows_of 1 size,seconds_per_evaluation,effective_gflops,sgemm_gflops,predicted_mib,peak_mib engine 48
check 'workers' rows_of "$(nproc)" size,workers,seconds_per_evaluation,speedup workers 32
check 'large' rows_of 2 width,height,limit_mib,layers,tiles,optimizer,seconds_per_evaluation,us_per_pixel,predicted_mib,peak_mib \
  large 64x64 4096 3
check 'plan' rows_of 2 width,height,tiles,optimizer,history,predicted_mib,limit_mib,evaluations,seconds \
  plan --limit 4096 scales=1 640x480 80x32
check 'a size that is not a number is refused' refused engine 64 huge

# ---- Pictures in files -------------------------------------------------------------------------------------

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
letters() { printf 'P6\n%d %d\n255\n' "$1" "$2" && { yes "$3" || true; } | head -c $((3 * $1 * $2)); }
letters 64 48 'content as letters' >"$scratch/content.ppm"
letters 40 56 'STYLE IN OTHER ONES, 0123456789' >"$scratch/style.ppm"

# A run of two scales with two iterations each, and one more iteration of the last.
traces() {
  local said
  said=$("$bench" trace --more 1 "$scratch/content.ppm" "$scratch/style.ppm" "$scratch/result" \
    method=gatys scales=2 iterations=2 refinement=1) &&
    diff <(printf '%s\n' "$said" | cut -d' ' -f1 | xargs) \
      <(echo 'settings weights iteration iteration scale iteration iteration done iteration scale') &&
    [[ $(stat -c %s "$scratch/result") == $((64 * 48 * 3 * 4)) ]]
}
resizes() { [[ $("$bench" resize "$scratch/content.ppm" 20x30 | wc -c) == $((20 * 30 * 3 * 4)) ]]; }
previews() {
  "$bench" transfer --preview 32 "$scratch/content.ppm" "$scratch/style.ppm" "$scratch/preview.ppm" scales=2 iterations=1 &&
    [[ $(head -n 2 "$scratch/preview.ppm" | tail -n 1) == '32 24' ]]
}

check 'trace' traces
check 'resize' resizes
check 'transfer, of a preview' previews

# ---- Compared with PyTorch ---------------------------------------------------------------------------------

# Uses the Python of peer.py's first line. Only finds the modules: importing them takes a second or two.
has() { /usr/bin/python3 -c 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))' "$@"; }

# Runs our schedule in PyTorch, which begins by comparing both losses. Twice: the second run must reuse the results.
measures_quality() {
  local i
  for i in 1 2; do
    /usr/bin/python3 -B tests/bench/quality.py "$bench" "$scratch/q" schedule pairs=sample-content:sample-style \
      size=64 iterations=1 more=1 scales=2 refinement=1 >"$scratch/quality$i" || return 1
  done
  [[ $(tail -n 1 "$scratch/quality1") =~ ^sample-content:sample-style,schedule,64,1(,[0-9.]+){7}$ ]] &&
    diff "$scratch/quality1" "$scratch/quality2" && diff "$scratch/quality1" "$scratch/q.csv" && [[ -s $scratch/q.png ]]
}
makes_gallery() {
  local said
  said=$(/usr/bin/python3 -B tests/bench/gallery.py "$bench" "$scratch/g" pairs pairs=sample-content:sample-style \
    weights=built-in size=64 iterations=2) && [[ -s $scratch/g-pairs.png && $(find "$scratch/g-pairs" -name '*.png' | wc -l) == 2 ]] &&
    [[ $(tail -n 1 <<<"$said") =~ ^pairs,sample-content,sample-style,built-in,default(,-?[0-9.]+){6}$ ]]
}

if has numpy torch; then
  check 'peers, whose losses agree with ours' rows_of 1 size,ours_s,pytorch_s,ratio,ours_mib,pytorch_mib peers 48
else
  skip 'peers' "Debian's python3-torch and python3-numpy are missing"
fi
if has numpy torch PIL matplotlib; then
  check 'quality, which measures what it has not yet' measures_quality
else
  skip 'quality' "Debian's python3-torch, python3-numpy, python3-pil and python3-matplotlib are missing"
fi
if [[ -e ../shared/judge.py ]] && has numpy torch PIL matplotlib; then
  check 'gallery' makes_gallery
else
  skip 'gallery' "its judge, ../shared, or what that needs is missing"
fi
finish
