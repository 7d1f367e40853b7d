# lib.sh: what the tests in real GIMPs share. To be sourced; it runs nothing by itself.
#
# A test is tests/gimp/NAME.sh FLAVOUR, FLAVOUR being 2.10 or 3. It prints TAP to standard output, and for each
# group of checks starts GIMP once, in a private directory with the plug-in in it. Variables:
#
#   NST_BUILD       the build folder, which has plugin/gimp2/neural-style        (default: build/)
#   NST_GIMP3_ROOT  a Debian folder with GIMP 3 and what the plug-in is built with; needs root. If it is
#                   empty, this machine's GIMP 3 is used; if there is none either, flavour 3 skips
#   NST_BUILD3      the build folder with plugin/gimp3/neural-style; prepare.sh builds it inside the Debian
#                   folder                                       (default: NST_BUILD, or NST_BUILD/gimp3)
#   NST_ARTEFACTS   where pictures to look at are left           (default: NST_BUILD/artefacts)
#   NST_BUILT       if set, prepare.sh has been run and need not be again
#   locale          the locale to start GIMP in                  (default: C.UTF-8, where all is English)
#   NST_WEIGHTS     the weights file to put beside the plug-in   (default: weights/default.safetensors)
#   processors      how many GIMP and its plug-ins may use; empty: all (default: 1)
#   sanitized       the plug-in is to be the one with sanitizers (default: empty)
#
# The checks themselves are Scheme (NAME.scm), written once for both flavours: 2.10.scm and 3.scm give what
# GIMP names differently one name, checks.scm is the small language of checks.
# shellcheck shell=bash disable=SC2034 # some variables are for the scripts that source this
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
shared=$project/../shared

NST_BUILD=${NST_BUILD:-$project/build}
NST_GIMP3_ROOT=${NST_GIMP3_ROOT:-}
NST_BUILD3=${NST_BUILD3:-$NST_BUILD${NST_GIMP3_ROOT:+/gimp3}}
NST_ARTEFACTS=${NST_ARTEFACTS:-$NST_BUILD/artefacts}
NST_WEIGHTS=${NST_WEIGHTS:-$project/weights/default.safetensors}

time_limit=600 # seconds for one start of GIMP, many times what any takes
# Several scripts run at a time, and threads that wait for each other spin; and the preview paints on while a user is
# waited for. A script that is about time, or about threads, sets this to nothing.
processors=1
count=0
failures=0
started=() # processes to end with us

# ---- TAP ----------------------------------------------------------------------------------------------

result() { # "ok" or "not ok", NAME
  count=$((count + 1))
  if [[ $1 != ok ]]; then failures=$((failures + 1)); fi
  printf '%s %d - %s\n' "$1" "$count" "$2"
}

skip() { # NAME REASON
  count=$((count + 1))
  printf 'ok %d - %s # SKIP %s\n' "$count" "$1" "$2"
}

# check NAME COMMAND...: what the command prints is shown where it fails.
check() {
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then
    result ok "$name"
  else
    result 'not ok' "$name"
    if [[ $said ]]; then sed 's/^/# /' <<<"$said"; fi
  fi
}

skip_all() {
  printf '1..0 # SKIP %s\n' "$1"
  exit 0
}

finish() {
  printf '1..%d\n' "$count"
  ((failures == 0 && count > 0))
}

# ---- GIMP, of either flavour --------------------------------------------------------------------------

# Words to put before a command so that it runs where GIMP 3 is.
in_gimp3=()
if [[ $NST_GIMP3_ROOT ]]; then in_gimp3=("$here/in-chroot" "$NST_GIMP3_ROOT"); fi

# The plug-in's executable for this flavour; skips everything where there is no such GIMP.
find_plug_in() {
  case $flavour in
  2.10)
    [[ -x $NST_BUILD/plugin/gimp2/neural-style ]] || skip_all 'no GIMP 2.10 that the plug-in was built for'
    in_gimp=()
    plug_in=$NST_BUILD/plugin/gimp2/neural-style
    ;;
  3)
    [[ $NST_GIMP3_ROOT ]] || pkg-config --exists gimp-3.0 || skip_all 'no GIMP 3; NST_GIMP3_ROOT can name one'
    in_gimp=("${in_gimp3[@]}")
    plug_in=$NST_BUILD3/plugin/gimp3/neural-style
    ;;
  *)
    echo "usage: ${0##*/} 2.10|3" >&2
    exit 2
    ;;
  esac
  plug_in+=${sanitized:+-sanitized}
  if [[ ! ${NST_BUILT:-} ]]; then "$here/prepare.sh" "$flavour" ${sanitized:+sanitized} >&2; fi
}

kept_of() { if [[ $1 == 3 ]]; then echo "$NST_BUILD3/gimp-3"; else echo "$NST_BUILD/gimp-$1"; fi; } # FLAVOUR

# begin FLAVOUR: a working folder with a private GIMP directory in it, gone when the script ends.
begin() {
  flavour=${1:-}
  find_plug_in
  if [[ ! -f $NST_WEIGHTS ]]; then
    echo "Bail out! There is no weights file $NST_WEIGHTS"
    exit 1
  fi
  work=$(mktemp -d /tmp/neural-style-test.XXXXXX)
  data_home=$work/data # so that weights installed on this machine don't count
  trap clean_up EXIT
  trap 'exit 1' INT TERM HUP
  new_gimp_directory
}

# GIMP offers to recover what an earlier one left, so each start gets a directory nobody has used.
new_gimp_directory() {
  directory=$(mktemp -d "$work/gimp.XXXXXX")
  local folder=$directory/plug-ins/neural-style
  mkdir -p "$folder"
  # What GIMP has found out about its own plug-ins (prepare.sh); it would start them all to ask again.
  cp "$(kept_of "$flavour")"/* "$directory/" 2>/dev/null || true
  cp "$plug_in" "$folder/neural-style"
  cp "$NST_WEIGHTS" "$folder/default.safetensors"
  cp "$project/README.md" "$folder/README.md"
  cp "$project"/plugin/*.svg "$folder/"
  ln -s "$project/ui/styles" "$folder/styles"
  # GIMP's own plug-ins that read and write files load all of GEGL's operations and use none: half of their time.
  mkdir -p "$directory/environ" "$directory/none"
  echo "GEGL_PATH=$directory/none" >"$directory/environ/quick.env"
  if [[ $processors ]]; then echo "(num-processors $processors)" >>"$directory/gimprc"; fi
  local language
  while read -r language; do
    mkdir -p "$folder/locale/$language/LC_MESSAGES"
    cp "$NST_BUILD/ui/po/$language.mo" "$folder/locale/$language/LC_MESSAGES/neural-style.mo"
  done <"$project/ui/po/LINGUAS"
}

# begin_with NAME=VALUE...: what the dialog begins with, as after an earlier session; nothing: the defaults. Before the
# first run, by a test that isn't about the defaults: a preview paints on whatever a test waits for.
begin_with() {
  local word value for_2=$directory/neural-style/last-values folder=$directory/plug-in-settings
  mkdir -p "${for_2%/*}" "$folder"
  rm -f "$for_2" "$folder"/*
  for word; do
    value=${word#*=}
    printf "%s='%s'\n" "${word%%=*}" "$value" >>"$for_2"
    if [[ ! $value =~ ^[0-9.]+$ ]]; then value="\"$value\""; fi
    printf '(%s %s)\n' "${word%%=*}" "$value" >>"$folder/GimpProcedureConfigRun-plug-in-neural-style.last"
  done
}
# Makes a picture in no time: by the network's first layer alone.
cheap=(method=gatys iterations=8 content-layers=relu1_1 style-layers=relu1_1)

clean_up() {
  local pid
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}

# Starts a command in the background, to be ended when the script ends; its id is in `pid`.
start() {
  "$@" </dev/null &
  pid=$!
  started+=("$pid")
}

# gimp_command FILE [windows]: the words that start GIMP with a Scheme file, headless or with windows, are put
# into `command_line`.
gimp_command() {
  local scheme how=(-i) console=-console-3
  scheme="(begin (define work \"$work\") (define here \"$here\") (load \"$here/$flavour.scm\") (load \"$here/checks.scm\") (checks \"$1\"))"
  if [[ ${2:-} ]]; then how=(-n -s) console=-3.0; fi
  case $flavour in
  2.10) command_line=(gimp-2.10 "${how[@]}" -d -f -b "$scheme" -b '(gimp-quit 1)') ;;
  3)
    command_line=("gimp$console" "${how[@]}" -d -f --quit
      --batch-interpreter=plug-in-script-fu-eval -b "$scheme")
    ;;
  esac
  command_line=(timeout -k 10 "$time_limit" "${in_gimp[@]}"
    env GIMP2_DIRECTORY="$directory" GIMP3_DIRECTORY="$directory" HOME="$work"
    XDG_DATA_HOME="$data_home" XDG_DATA_DIRS="$data_home-dirs:/usr/share" LC_ALL="${locale:-C.UTF-8}"
    "${command_line[@]}")
}

# run_scheme FILE: runs it in a headless GIMP, and turns its findings into TAP.
run_scheme() {
  start_scheme "$1"
  end_scheme
}

# The same in two halves, for what has to happen meanwhile. `gimp` is GIMP's process, or one around it; what it
# says is in `log`.
start_scheme() { # FILE [windows]
  log=$work/log
  rm -f "$work/findings"
  gimp_command "$@"
  start "${command_line[@]}" >"$log" 2>&1
  gimp=$pid
}

end_scheme() {
  wait "$gimp" || true
  report_findings
}

# pause SECONDS: as sleep does, but without a process, of which waiting would start thousands.
pause() { read -rt "$1" -u "$never" || true; }
exec {never}<> <(:)

# wait_for SECONDS COMMAND...: until the command succeeds; fails when GIMP ends or the time is up before.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= end)) || ! kill -0 "$gimp" 2>/dev/null; then return 1; fi
    pause 0.1
  done
}

# The ids of the plug-in's processes in our GIMP: only their command lines begin with its path.
plug_in_processes() {
  local found
  found=$(grep -las "^$directory/plug-ins/neural-style/neural-style" /proc/[0-9]*/cmdline) || true
  [[ $found ]] && awk -F/ '{ print $3 }' <<<"$found"
}

# Nothing in `log` says that the plug-in broke. GIMP 3 has complaints of its own, and two are no fault of ours: about the
# theme, and "Broken pipe", for GIMP hangs up once it has the answer, and libgimp then finds nobody to say goodbye to
# where the machine is busy.
nothing_broke() {
  ! grep -aE '^\(neural-style:[0-9]+\): .*(WARNING|CRITICAL|ERROR)|[Cc]rashed|neural-style: fatal error' "$log" |
    grep -vE 'theme engine|gimp_flush\(\): error: Broken pipe'
}

# The findings: lines of words separated by tabs. The last one is "end", for GIMP's exit status means nothing.
report_findings() {
  local verdict name a b limit ended=''
  while IFS=$'\t' read -r verdict name a b limit; do
    case $verdict in
    ok | 'not ok') result "$verdict" "$name" ;;
    same) check "$name" cmp "$a" "$b" ;;
    near) check "$name" near "$a" "$b" "$limit" ;;
    differs) check "$name" differs "$a" "$b" "$limit" ;;
    note) printf '# %s\n' "$name" ;;
    end) ended=1 ;;
    esac
  done < <(cat "$work/findings" 2>/dev/null)
  if [[ ! $ended ]]; then
    result 'not ok' 'the Scheme file ran to its end'
    tail -n 30 "$log" | sed 's/^/# /'
  fi
}

# near A B LIMIT: no value of the two pictures differs by more than LIMIT, where white is 1.
near() {
  local most
  most=$(convert "$1" "$2" -compose difference -composite -format '%[fx:maxima]' info:) || return
  awk -v most="$most" -v limit="$3" 'BEGIN { print "they differ by up to " most; exit !(most <= limit) }'
}

# differs A B LEAST: their values differ by LEAST or more, on average.
differs() {
  local mean
  mean=$(convert "$1" "$2" -compose difference -composite -format '%[fx:mean]' info:) || return
  awk -v mean="$mean" -v least="$3" 'BEGIN { print "they differ by " mean; exit !(mean >= least) }'
}

# foretold LOG: each run in what the plug-in said on standard error began with its forecast, a time and an
# amount of memory, before any other line about it; and there was one at all.
foretold() {
  awk '
    function wrong(what) { print what ": " $0; bad = 1 }
    !/^neural-style: / { next }
    /^neural-style: about [0-9][0-9a-z ]* and [0-9.]+ [MG]iB of memory \(limit [0-9.]+ [MG]iB\); [0-9]+ evaluations/ {
      foretold = 1; next
    }
    !foretold { wrong("no forecast before") }
    /^neural-style: painted / {
      if (!/ in [0-9.]+ s \(forecast [0-9].*\)$/) wrong("no time beside its forecast")
      foretold = 0
      runs++
    }
    / iteration / { runs++ }
    END { if (!runs) print "no run said anything"; exit bad || !runs }' "$1"
}

# A picture with many colours and no repetition: NAME.png, WIDTHxHEIGHT, drawn from SEED between two colours.
picture() { # NAME SIZE SEED COLOURS
  convert -seed "$3" -size "$2" "plasma:$4" -depth 8 -strip "PNG24:$work/$1.png"
}
