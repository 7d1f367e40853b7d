#!/usr/bin/env bash
# hardened.sh: what is built and installed is hardened, by what readelf says of each program: position-independent,
# all symbols bound and read-only before main, no executable stack, checked stacks and checked copies.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

programs() {
  local program
  for program in "$NST_BUILD"/plugin/gimp{2,3}/neural-style "$NST_BUILD"/weights/neural-style-{weights,learn}; do
    if [[ -x $program && ! -d $program ]]; then echo "$program"; fi
  done
}

# lacking READELF-OPTION PATTERN: the programs of which readelf doesn't say that.
lacking() {
  local program
  for program in $(programs); do
    if ! readelf -W "$1" "$program" 2>/dev/null | grep -E "$2" >/dev/null; then echo "$program"; fi
  done
}

executable_stack() {
  local program
  for program in $(programs); do
    if readelf -W -l "$program" | grep -E 'GNU_STACK' | grep RWE >/dev/null; then echo "$program"; fi
  done
}

if ! command -v readelf >/dev/null; then
  skip 'hardening' 'there is no readelf'
  finish
  exit
fi
check 'there are programs to look at' grep -q . <(programs)
check 'each is position-independent' nothing_from lacking -h 'Type: +DYN'
check 'each binds all symbols at the start' nothing_from lacking -d '\((BIND_NOW|FLAGS(_1)?)\).*NOW|\(BIND_NOW\)'
check 'each makes them read-only' nothing_from lacking -l 'GNU_RELRO'
check 'none has an executable stack' nothing_from executable_stack
check 'each checks its stack' nothing_from lacking --dyn-syms '__stack_chk_fail'
check 'each has checked copies' nothing_from lacking --dyn-syms '__[a-z]+_chk(@|$)'
finish
