#!/usr/bin/env bash
# arm64.sh: core compiles for arm64, where there is no unit to choose: the plain build of the inner loops is the
# only one, and 128-bit vectors are what the compiler makes of them. Headers are this machine's; their sizes hold for
# both.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

compiler=aarch64-linux-gnu-gcc
what='every file of core compiles for arm64'

compiles() {
  local file flags=(-std=c11 -O2 -Wall -Wextra -Werror -D_POSIX_C_SOURCE=200809L -DSIMD_UNIT=plain -I. -c -o /dev/null)
  local includes
  read -ra includes <<<"$(pkg-config --cflags glib-2.0 json-glib-1.0 openblas)"
  for file in core/*.c core/*/*.c; do "$compiler" "${flags[@]}" "${includes[@]}" "$file"; done
}

# The product's inner loop is worth its file only as fused multiplications of whole vectors.
fuses() {
  "$compiler" -std=c11 -O3 -ffp-contract=fast -DSIMD_UNIT=plain -I. -S -o - core/network/product.c | grep -E 'fmla[[:space:]]+v[0-9]+\.4s' >/dev/null # to the end: the compiler minds a closed pipe
}

if command -v "$compiler" >/dev/null; then
  check "$what" compiles
  check 'there its product is made of fused multiplications of vectors' fuses
else
  skip "$what" "$compiler is missing"
fi
finish
