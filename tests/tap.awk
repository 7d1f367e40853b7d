# tap.awk: reads what one test program printed (TAP) and says what it was worth, one line a test:
#
#   pass               fail <name>               skip <name>: <reason>
#
# with  -v status=<its exit status>  -v limit=<seconds it was given>.
#
# A program that dies, hangs, bails out or runs fewer tests than it planned counts as a failure, once; not
# if one of its tests has failed already, for that is the reason.
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

function name_of(line) {
  sub(/^(not )?ok *[0-9]* *(- )?/, "", line)
  sub(/ *# *([Ss][Kk][Ii][Pp]|[Tt][Oo][Dd][Oo]).*/, "", line)
  return line == "" ? "(no name)" : line
}

function reason_of(line) {
  if (!sub(/.*# *[Ss][Kk][Ii][Pp][A-Za-z]*:? */, "", line)) line = ""
  return line == "" ? "no reason given" : line
}

function fail(what) {
  failed++
  print "fail " what
}

/^ok/ {
  seen++
  if ($0 ~ /# *[Ss][Kk][Ii][Pp]/) print "skip " name_of($0) ": " reason_of($0)
  else print "pass"
}

# "not ok ... # TODO" is a failure too: nothing here is left for later.
/^not ok/ {
  seen++
  fail(name_of($0))
}

/^1\.\.[0-9]+/ {
  plans++
  plan = substr($1, 4) + 0
  if (plan == 0) print "skip everything: " reason_of($0)
}

/^Bail out!/ { bail = $0 }

END {
  if (failed) exit
  if (status == 124 || status == 137) fail("stopped after " limit " s")
  else if (bail) fail(bail)
  else if (status > 128) fail("killed by signal " (status - 128))
  else if (plans != 1) fail("printed " plans + 0 " plans instead of one")
  else if (plan != seen) fail("planned " plan " tests and ran " seen + 0)
  else if (status != 0) fail("exit status " status " with no test failed")
}
