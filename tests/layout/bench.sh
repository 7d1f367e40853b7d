#!/usr/bin/env bash
# bench.sh: each command of the benchmark still works, on pictures of a few pixels: its header, as many columns in
# each row, and numbers above zero. Whether the figures are good is not for a test to say.
set -euo pipefail

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

bench=${NST_BUILD:-build}/tests/bench/bench

# rows_of NUMBER HEADER ARGUMENT...: that many rows below that header, each with as many columns, and in each column
# a word or a number from 0 upwards.
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
without_command() { tests/bench/run | grep -q 'tests/bench/run engine'; }

check 'tests/bench/run says what it does' without_command
check 'engine' rows_of 1 size,seconds_per_evaluation,effective_gflops,sgemm_gflops,predicted_mib,peak_mib engine 48
check 'workers' rows_of "$(nproc)" size,workers,seconds_per_evaluation,speedup workers 32
check 'large' rows_of 2 width,height,limit_mib,layers,tiles,optimizer,seconds_per_evaluation,us_per_pixel,predicted_mib,peak_mib \
  large 64x64 4096 3
check 'plan' rows_of 2 width,height,tiles,optimizer,history,predicted_mib,limit_mib,evaluations,seconds \
  plan --limit 4096 scales=1 640x480 80x32
check 'a size that is none is refused' refused engine 64 huge
# As peer.py's first line has it. Only looked for: to import it takes a second or two.
has_torch() { /usr/bin/python3 -c 'from importlib.util import find_spec as f; exit(not (f("numpy") and f("torch")))'; }

if has_torch 2>/dev/null; then
  check 'peers, whose losses agree with ours' rows_of 1 size,ours_s,pytorch_s,ratio,ours_mib,pytorch_mib peers 48
else
  skip 'peers' "Debian's python3-torch and python3-numpy are missing"
fi
finish
