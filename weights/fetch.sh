#!/usr/bin/env bash
# fetch.sh: the ImageNet VGG16 from those who publish it, made a file that the plug-in finds by itself.
#
# What is loaded stays where it stopped and is gone on with, by a later run and from another address too. It is
# used only once it is whole and its hash is the publisher's; the weights appear whole or not at all. Whatever
# fails, what was there before stays, and with it the weights that come with the plug-in.
set -euo pipefail
umask 022 # the weights are nobody's secret, and with install.sh --system everybody's

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# An address, the hash that the publisher gives, the bytes: the first that works is taken. Keras's file holds the
# convolutions alone, and lies in two places; its publisher gives an MD5 and no better hash. That tells every
# accident; against forgery there is TLS, and a reader that trusts no file. torchvision's has its SHA-256's
# beginning in its name, and the large layers in it that nobody needs here.
published='
https://storage.googleapis.com/tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5
  md5:6d6bbae143d832006294945121d1f1fc 58889256
https://github.com/fchollet/deep-learning-models/releases/download/v0.1/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5
  md5:6d6bbae143d832006294945121d1f1fc 58889256
https://download.pytorch.org/models/vgg16-397923af.pth
  sha256:397923af 553433881'

imported_bytes=58900000 # of the weights file that is made of either
attempts=20             # at one address, as long as each brings something
pause=${NST_FETCH_PAUSE:-2}

usage() {
  cat <<TEXT
Usage: weights/fetch.sh [--to FOLDER] [--with PROGRAM] imagenet|FILE

Gets weights for the setting "weights" of the Neural Style plug-in, which finds them by itself then.

  imagenet        downloads the ImageNet VGG16 from its publishers: Keras's file (59 MB), and where that
                  can't be had torchvision's (553 MB). What was loaded before is gone on with.
  FILE            takes a file that is here already: one of those two, or any VGG16 that
                  neural-style-weights reads. It will go by its name, without what follows the last dot.

  --to FOLDER     where to put them, instead of
                  $(default_folder)
  --with PROGRAM  the neural-style-weights to use; else the one built in build/, or installed
  --help          shows this text

Needs curl or wget, which honour https_proxy. NST_WEIGHTS_SOURCES can name other addresses to download from,
each with its hash and size: "URL md5:HASH BYTES" or "URL sha256:HASH BYTES" (or the hash's beginning), and more.
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

# has_hash FILE KIND:HASH: or KIND:BEGINNING-OF-HASH.
has_hash() {
  local sum
  sum=$("${2%%:*}sum" <"$1") && [[ $sum == "${2#*:}"* ]]
}

# ---- Downloading --------------------------------------------------------------------------------------

# load URL FILE BYTES: one attempt, which goes on where FILE ends. No server can make FILE much longer than BYTES.
# Fails with the reason in `reason`, and in `next` what is to be done: "again", "anew", or "elsewhere".
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
    (limit_size "$3" && exec wget --quiet "${loud[@]}" --tries=1 --timeout=60 --continue --output-document="$2" "$1") ||
      status=$?
    explain_wget "$status"
  fi
  return "$status"
}

limit_size() { ulimit -c 0 -f $(($1 / 1024 + 1)) 2>/dev/null || true; }

explain_curl() { # STATUS HTTP-CODE
  next=elsewhere
  case $1 in
  5 | 6) reason='the name can not be resolved (no network?)' ;;
  7) reason='nobody answers (no network?)' ;;
  22) reason="the server answers with error $2" && if (($2 == 416)); then next=anew; fi ;;
  23) next=stop ;;
  33 | 36) reason='the server can only send all of it' next=anew ;;
  35 | 51 | 58 | 59 | 60 | 77) reason='the server can not prove that it is who it should be (TLS)' ;;
  18 | 52 | 55 | 56 | 92) reason='the connection was cut' next=again ;;
  28) reason='nothing came for a minute' next=again ;;
  *) reason="curl gave up (its exit status is $1)" ;;
  esac
}

# wget tells less; where it had something to go on with, that may have been the trouble.
explain_wget() { # STATUS
  next=elsewhere
  case $1 in
  3) next=stop ;;
  4) reason='no connection, or it was cut (no network?)' next=again ;;
  5) reason='the server can not prove that it is who it should be (TLS)' ;;
  8) reason='the server answers with an error' next=anew ;;
  *) reason="wget gave up (its exit status is $1)" next=anew ;;
  esac
}

# download URL FILE BYTES: until FILE has all of them or `reason` says why not. What was there is given up for a
# new beginning only once that has brought something.
download() {
  local status=0
  download_on "$@" || status=1
  if [[ -f $2.old && ! -s $2 ]]; then mv "$2.old" "$2" || status=1; fi
  rm -f "$2.old"
  return $status
}

download_on() {
  local before after attempt futile=0
  for ((attempt = 0; attempt < attempts; attempt++)); do
    before=$(size_of "$2")
    if ((before == $3)); then return; fi
    if ((before > $3)); then rm -f "$2" && before=0; fi
    if load "$@"; then return; fi
    after=$(size_of "$2")
    if [[ $next == stop ]]; then no_room "$2"; fi
    if ((after > $3)); then return; fi # no such file was published: for the caller to see
    if ((after > before)); then # it may well go on
      futile=0
    elif [[ $next == anew ]] && ((before > 0)); then
      mv "$2" "$2.old" || no_room "$2" # once: next time there is nothing to go on with
    elif [[ $next == again ]] && ((++futile < 3)); then
      sleep "$pause"
    else
      break
    fi
  done
  return 1
}

no_room() { # FILE
  die "could not write $1: the disk is full, or may not be written" \
    "make room and run it again: what has come so far is gone on with"
}

# room_for FILE BYTES: for the rest of FILE, and for what is made of it.
room_for() {
  local free needed=$(($2 - $(size_of "$1") + imported_bytes))
  free=$(df -Pk "$to" | awk 'NR == 2 { print $4 }')
  if ((free * 1024 >= needed)); then return; fi
  reason="$(megabytes $needed) are needed in $to, and $(megabytes $((free * 1024))) are free"
  return 1
}

# try_source URL HASH BYTES: the file, checked, is in `fetched` then.
try_source() {
  local file=$downloads/${1##*/}
  say "$1 ($(megabytes "$3")) ..."
  if [[ ! -f $file ]]; then
    room_for "$file.part" "$3" || return
    mkdir -p "$downloads" || no_room "$downloads"
    if [[ -s $file.part ]]; then say "    going on after $(megabytes "$(size_of "$file.part")")"; fi
    download "$1" "$file.part" "$3" || return
    mv "$file.part" "$file" || no_room "$file"
  fi
  if (($(size_of "$file") == $3)) && has_hash "$file" "$2"; then
    say "    whole: its ${2%%:*} is ${2#*:}, as it was published"
    fetched=$file
  else
    rm -f "$file"
    reason="what came is not the file that was published ($2)"
    return 1
  fi
}

fetch() {
  local url hash bytes reason='' next='' tried=''
  command -v curl >/dev/null || command -v wget >/dev/null || die 'neither curl nor wget is here' 'install curl'
  while read -r url hash bytes; do
    if try_source "$url" "$hash" "$bytes"; then return; fi
    say "    $reason"
    tried+=$'\n'"    $url"$'\n'"        $reason"
  done < <(sources)
  die "the ImageNet weights could not be fetched. Tried:$tried" \
    "run it again when that is mended (what has come so far is gone on with), or get one of these files
              another way and run: weights/fetch.sh FILE"
}

# A line each.
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
  die 'the program neural-style-weights is not here' 'run ./install.sh, or name it: --with PROGRAM'
}

is_ready() { [[ -f $1 ]] && "$tool" verify "$1" >/dev/null 2>&1; }

# place FILE NAME: makes it, or copies what is made already, the weights NAME.
place() {
  local out=$to/$2.safetensors said
  if [[ $1 -ef $out ]]; then
    say "it lies there already: $out"
  elif is_ready "$1"; then
    { cp "$1" "$out.new" && mv -T "$out.new" "$out"; } || { rm -f "$out.new" && no_room "$out"; }
    say "copied to $out"
  else
    said=$("$tool" import "$1" "$out" 2>&1) || die "$1 could not be made weights: ${said#*: }" "mend what it says, then \
run it again (a download is kept)"
    say "$said"
  fi
}

# The name that a file's weights will have: what it is counts, not what it is called.
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
  [[ -f $1 && -r $1 ]] || die "there is no file $1, or it can't be read" 'see that its name is right'
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
  say 'The plug-in takes them from now on; weights=built-in is the setting for its own.'
}

make_folder() {
  { mkdir -p "$to" && [[ -w $to ]]; } 2>/dev/null ||
    die "can't write in the folder $to" 'see whose it is, and that the disk has room; --to names another folder'
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
      [[ ! $what ]] || misused 'only one thing can be fetched at once'
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
  if [[ $what == imagenet ]]; then take_imagenet; else take_file "$what"; fi
}

main "$@"
