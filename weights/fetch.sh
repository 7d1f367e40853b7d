#!/usr/bin/env bash
# fetch.sh: downloads the ImageNet VGG16 from its publishers, and makes it a file that the plug-in finds by itself.
#
# An interrupted download is kept and resumed, by a later run and from another address, too. It is used only once it is
# complete and has the published hash; the weights appear complete or not at all. Whatever fails, everything that was
# there before stays, including the weights that come with the plug-in. Two at once in one folder wait for each other.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
umask 022 # everyone may read the weights: with install.sh --system everyone uses them

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=weights/lock.sh
. "$root/weights/lock.sh"

# Each with its address, the published hash and the size in bytes: the first that works is used. Keras's file holds only
# the convolutions, and is in two places. Its publisher gives only an MD5, which reveals every accident; against forgery
# there is TLS, and a reader that trusts no file. torchvision's has the beginning of its SHA-256 in its name, and holds
# the large layers, too, which are not needed here.
published='
https://storage.googleapis.com/tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5
  md5:6d6bbae143d832006294945121d1f1fc 58889256
https://github.com/fchollet/deep-learning-models/releases/download/v0.1/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5
  md5:6d6bbae143d832006294945121d1f1fc 58889256
https://download.pytorch.org/models/vgg16-397923af.pth
  sha256:397923af 553433881'

imported_bytes=58900000 # of the weights file made from either
attempts=20             # at one address, as long as each makes progress
pause=${NST_FETCH_PAUSE:-2}

usage() {
  cat <<TEXT
Usage: weights/fetch.sh [--to FOLDER] [--with PROGRAM] imagenet|FILE

Gets weights for the setting "weights" of the Neural Style plug-in, which then finds them by itself.

  imagenet        downloads the ImageNet VGG16 from its publishers: Keras's file (59 MB) or, where that
                  fails, torchvision's (553 MB). An interrupted download is resumed.
  FILE            uses a file that you have already: one of those two, or any VGG16 that
                  neural-style-weights can read. The weights get its name, without the part after the last dot.

  --to FOLDER     where to put the weights, instead of
                  $(default_folder)
  --with PROGRAM  the neural-style-weights to use, instead of the one built in build/ or installed
  --help          shows this text

Needs curl or wget, which honour https_proxy. NST_WEIGHTS_SOURCES can list other addresses to download from,
each with its hash (or the beginning of it) and size: "URL md5:HASH BYTES" or "URL sha256:HASH BYTES".
TEXT
}

say() { printf '%s\n' "$*"; }

# die WHAT-FAILED WHAT-TO-DO
die() {
  printf '\nfetch.sh: %s\n  What to do: %s\n  Until then the weights that are there stay in use.\n' "$1" "$2" >&2
  exit 1
}

misused() {
  printf 'fetch.sh: %s; see weights/fetch.sh --help\n' "$1" >&2
  exit 2
}

default_folder() { echo "${XDG_DATA_HOME:-${HOME:-~}/.local/share}/neural-style/weights"; }

size_of() { if [[ -f $1 ]]; then stat -c %s "$1"; else echo 0; fi; }
megabytes() { echo "$((($1 + 500000) / 1000000)) MB"; }

# has_hash FILE KIND:HASH, or KIND:BEGINNING-OF-HASH
has_hash() {
  local sum
  sum=$("${2%%:*}sum" <"$1") && [[ $sum == "${2#*:}"* ]]
}

# ---- Downloading --------------------------------------------------------------------------------------

# load URL FILE BYTES: one attempt, which continues where FILE ends. No server can make FILE much longer than BYTES.
# On failure `reason` says why, and `next` what to do: "resume", "restart", "elsewhere" or "stop".
load() {
  local status=0 code=''
  if command -v curl >/dev/null; then
    local loud=(--silent)
    if [[ -t 2 ]]; then loud=(--progress-bar); fi
    code=$(limit_size "$3" && exec curl --fail --location --proto '=https,http' --connect-timeout 20 \
      --speed-limit 1000 --speed-time 60 "${loud[@]}" --write-out '%{http_code}' --continue-at - \
      --output "$2" "$1") || status=$?
    explain_curl "$status" "$code"
  else
    local loud=()
    if [[ -t 2 ]]; then loud=(--show-progress --progress=bar:force:noscroll); fi
    # Without keep-alive: wget would send what follows a redirection down a connection that the server is closing.
    (limit_size "$3" && exec wget --quiet "${loud[@]}" --tries=1 --timeout=60 --no-http-keep-alive --continue \
      --output-document="$2" "$1") || status=$?
    explain_wget "$status"
  fi
  return "$status"
}

limit_size() { ulimit -c 0 -f $(($1 / 1024 + 1)) 2>/dev/null || true; }

explain_curl() { # STATUS HTTP-CODE
  next=elsewhere
  case $1 in
  5 | 6) reason='the name cannot be resolved (no network?)' ;;
  7) reason='there is no answer (no network?)' ;;
  22) reason="the server answers with error $2" && if (($2 == 416)); then next=restart; fi ;;
  23) next=stop ;;
  33 | 36) reason='the server can only send all of it' next=restart ;;
  35 | 51 | 58 | 59 | 60 | 77) reason='the server cannot prove its identity (TLS)' ;;
  18 | 52 | 55 | 56 | 92) reason='the connection was cut' next=resume ;;
  28) reason='nothing arrived for a minute' next=resume ;;
  *) reason="curl gave up (exit status $1)" ;;
  esac
}

# wget says less. Where it was resuming, that may have been the trouble.
explain_wget() { # STATUS
  next=elsewhere
  case $1 in
  3) next=stop ;;
  4) reason='no connection, or it was cut (no network?)' next=resume ;;
  5) reason='the server cannot prove its identity (TLS)' ;;
  8) reason='the server answers with an error' next=restart ;;
  *) reason="wget gave up (exit status $1)" next=restart ;;
  esac
}

# download URL FILE BYTES: until FILE has all of them or `reason` says why not. If it has to start again, it gives up
# the earlier part only once something new has arrived.
download() {
  local status=0
  attempt_download "$@" || status=1
  if [[ -f $2.old && ! -s $2 ]]; then mv "$2.old" "$2" || status=1; fi
  rm -f "$2.old"
  return $status
}

attempt_download() {
  local before after attempt futile=0
  for ((attempt = 0; attempt < attempts; attempt++)); do
    before=$(size_of "$2")
    if ((before == $3)); then return; fi
    if ((before > $3)); then rm -f "$2" && before=0; fi
    if load "$@"; then return; fi
    after=$(size_of "$2")
    if [[ $next == stop ]]; then no_room "$2"; fi
    if ((after > $3)); then return; fi # not the published file, as the caller will find
    if ((after > before)); then # there may well be more
      futile=0
    elif [[ $next == restart ]] && ((before > 0)); then
      mv "$2" "$2.old" || no_room "$2" # only once: next time there is nothing to resume
    elif [[ $next == resume ]] && ((++futile < 3)); then
      sleep "$pause"
    else
      break
    fi
  done
  return 1
}

no_room() { # FILE
  die "could not write $1: the disk is full, or you may not write there" \
    "make room and run it again: the download is resumed"
}

# room_for FILE BYTES: whether there is room for the rest of FILE, and for the weights made from it.
room_for() {
  local free needed=$(($2 - $(size_of "$1") + imported_bytes))
  free=$(df -Pk "$to" | awk 'NR == 2 { print $4 }')
  if ((free * 1024 >= needed)); then return; fi
  reason="$(megabytes $needed) are needed in $to, and $(megabytes $((free * 1024))) are free"
  return 1
}

# try_source URL HASH BYTES: downloads and checks the file, and puts its path into `fetched`.
try_source() {
  local file=$downloads/${1##*/}
  say "$1 ($(megabytes "$3")) ..."
  if [[ ! -f $file ]]; then
    room_for "$file.part" "$3" || return
    mkdir -p "$downloads" || no_room "$downloads"
    if [[ -s $file.part ]]; then say "    resuming after $(megabytes "$(size_of "$file.part")")"; fi
    download "$1" "$file.part" "$3" || return
    mv "$file.part" "$file" || no_room "$file"
  fi
  if (($(size_of "$file") == $3)) && has_hash "$file" "$2"; then
    say "    complete: its ${2%%:*} is ${2#*:}, as published"
    fetched=$file
  else
    rm -f "$file"
    reason="what arrived is not the file that was published ($2)"
    return 1
  fi
}

fetch() {
  local url hash bytes reason='' next='' tried=''
  command -v curl >/dev/null || command -v wget >/dev/null || die 'neither curl nor wget is installed' 'install curl'
  while read -r url hash bytes; do
    if try_source "$url" "$hash" "$bytes"; then return; fi
    say "    $reason"
    tried+=$'\n'"    $url"$'\n'"        $reason"
  done < <(sources)
  die "the ImageNet weights could not be fetched. Tried:$tried" \
    "run it again when that is fixed (the download is resumed), or get one of these files
              another way and run: weights/fetch.sh FILE"
}

# One source a line.
sources() { xargs -n 3 <<<"${NST_WEIGHTS_SOURCES:-$published}"; }

# ---- Placing ------------------------------------------------------------------------------------------

find_tool() {
  local candidate
  for candidate in "$tool" "$root/build/weights/neural-style-weights" \
    "${XDG_CONFIG_HOME:-${HOME:-~}/.config}"/GIMP/*/plug-ins/neural-style/neural-style-weights \
    "$(command -v neural-style-weights)"; do
    if [[ -x $candidate ]]; then tool=$candidate && return; fi
    if [[ $tool ]]; then break; fi
  done
  die 'the program neural-style-weights was not found' 'run ./install.sh, or name it: --with PROGRAM'
}

is_ready() { [[ -f $1 ]] && "$tool" verify "$1" >/dev/null 2>&1; }

# copy FROM TO: whole or not at all, and through no link.
copy() (
  new=$(mktemp "$to/.neural-style-XXXXXX.new") || exit 1
  trap 'rm -f "$new"' EXIT
  cp "$1" "$new" && chmod 644 "$new" && mv -T "$new" "$2"
)

# place FILE NAME: imports it as the weights NAME; a file that is in the plug-in's format already is copied.
place() {
  local out=$to/$2.safetensors said
  if [[ $1 -ef $out ]]; then
    say "it is there already: $out"
  elif is_ready "$1"; then
    copy "$1" "$out" || no_room "$out"
    say "copied to $out"
  else
    said=$("$tool" import "$1" "$out" 2>&1) || die "$1 could not be imported: ${said#*: }" "fix that, then run it \
again (a download is kept)"
    say "$said"
  fi
}

# The name that a file's weights get: imagenet for a published file, whatever it is called.
name_of() {
  local hash bytes stem=${1##*/}
  stem=${stem%.*}
  while read -r _ hash bytes; do
    if (($(size_of "$1") == bytes)) && has_hash "$1" "$hash"; then echo imagenet && return; fi
  done < <(sources)
  echo "${stem:-weights}"
}

take_file() {
  local name
  [[ -f $1 && -r $1 ]] || die "there is no file $1, or it can't be read" 'check its name'
  name=$(name_of "$1")
  [[ $name != built-in ]] || die 'weights called built-in are the ones that come with the plug-in' "rename $1"
  place "$1" "$name"
  say "The setting for these weights: weights=$name"
}

take_imagenet() {
  local fetched=''
  if is_ready "$to/imagenet.safetensors"; then
    say "the ImageNet weights are in $to already"
    return
  fi
  fetch
  place "$fetched" imagenet
  rm -rf "$downloads"
  say 'The plug-in uses them from now on; the setting for its own is weights=built-in.'
}

make_folder() {
  { mkdir -p "$to" && [[ -w $to ]]; } 2>/dev/null ||
    die "can't write in the folder $to" 'check its owner and the room on the disk, or name another folder: --to'
}

main() {
  local what='' to='' tool='' downloads
  while (($#)); do
    case $1 in
    --to | --with)
      (($# > 1)) || misused "$1 needs a value"
      if [[ $1 == --to ]]; then to=$2; else tool=$2; fi
      shift
      ;;
    --help | -h) usage && exit ;;
    -*) misused "there is no option $1" ;;
    *)
      [[ ! $what ]] || misused 'only one thing can be fetched at a time'
      what=$1
      ;;
    esac
    shift
  done
  [[ $what ]] || misused 'say what to fetch: imagenet, or a file'
  to=${to:-$(default_folder)}
  downloads=$to/.download
  find_tool
  make_folder
  lock "$to" 'fetching weights'
  trap unlock EXIT
  if [[ $what == imagenet ]]; then take_imagenet; else take_file "$what"; fi
}

main "$@"
