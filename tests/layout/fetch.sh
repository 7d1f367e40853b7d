#!/usr/bin/env bash
# fetch.sh: weights/fetch.sh against a web server on loopback (publisher.py) that cuts, lies, floods and refuses, and
# against disks and folders that don't take what comes. The publishers' own addresses are never asked.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=tests/layout/tap.sh
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

scratch=$(mktemp -d)
server=''
trap 'if [[ $server ]]; then kill "$server"; fi; rm -rf "$scratch"' EXIT
chmod 755 "$scratch" # for the other user who runs it below
unset XDG_CONFIG_HOME no_proxy http_proxy https_proxy all_proxy HTTPS_PROXY ALL_PROXY
tool=$PWD/${NST_BUILD:-build}/weights/neural-style-weights
if [[ ${NST_BUILD:-} == /* ]]; then tool=$NST_BUILD/weights/neural-style-weights; fi
export XDG_DATA_HOME=$scratch/data HOME=$scratch/home NST_FETCH_PAUSE=0
python=/usr/bin/python3
file=$scratch/keras.h5 # seven layers, as Keras's own file has them
host=127.0.0.1
round=curl # the same is done with wget

write_file() {
  $python -B -c '
import sys
sys.path.insert(0, "tests/reference")
import weight_files
weight_files.write_keras(sys.argv[2], weight_files.network(sys.argv[1])[:weight_files.TRUNCATED], True)
' ../shared "$file"
}

start_server() {
  $python -B tests/layout/publisher.py "$file" "$scratch/port" "$scratch/requests" 2>"$scratch/server.log" &
  server=$!
  for _ in {1..100}; do if [[ -s $scratch/port ]]; then return; fi && sleep 0.1; done
  echo "Bail out! The server does not start: $(<"$scratch/server.log")"
  exit 1
}

if ! $python -B -c 'import numpy, torch, h5py' 2>/dev/null; then
  printf '1..0 # SKIP no python3-torch, python3-h5py, python3-numpy\n'
  exit
fi
write_file
start_server
port=$(<"$scratch/port")
bytes=$(stat -c %s "$file")
part=$((bytes * 2 / 5)) # what publisher.py sends before it cuts
md5=$(md5sum "$file" | cut -d' ' -f1)
sha256=$(sha256sum "$file" | cut -d' ' -f1)

# ---- What the tests say -------------------------------------------------------------------------------

source_of() { echo "http://$host:$port/$1/$round/keras.h5 ${2:-md5:$md5} $bytes"; } # HOW [HASH]
sources() { # HOW...: one after the other
  local how
  for how; do source_of "$how"; done
}

# fetch HOW...: from these addresses, into a folder of the test's own.
fetch() { NST_WEIGHTS_SOURCES=${given:-$(sources "$@")} weights/fetch.sh --with "$tool" --to "$to" imagenet; }

fails() { # PATTERN COMMAND...: with a message that holds the pattern and says that nothing is lost
  local said
  said=$("${@:2}" 2>&1) && { echo "it did not fail: $said" && return 1; }
  grep -qE -- "$1" <<<"$said" && grep -q 'What to do: ' <<<"$said" && grep -q 'that are there stay in use' <<<"$said" ||
    { echo "it said: $said" && return 1; }
}

says() { # PATTERN COMMAND...
  local said
  said=$("${@:2}" 2>&1) || { echo "it failed: $said" && return 1; }
  grep -qE -- "$1" <<<"$said" || { echo "it said: $said" && return 1; }
}

begin() { to=$scratch/$round/$1 && : >"$scratch/requests"; }
requests_are() { diff "$scratch/requests" - <<<"$1"; }

# The weights are there, good, and nothing else is.
is_there() {
  "$tool" verify "$to/imagenet.safetensors" >/dev/null
  [[ $(ls -A "$to") == imagenet.safetensors ]] || { ls -AR "$to" && return 1; }
  cmp "$to/imagenet.safetensors" "$scratch/expected.safetensors"
}
is_absent() { [[ ! -e $to/imagenet.safetensors && ! -e $to/.download/keras.h5 ]] || { ls -AR "$to" && return 1; }; }
keeps() { [[ $(stat -c %s "$to/.download/keras.h5.part") == "$1" ]]; } # BYTES of the download

"$tool" import "$file" "$scratch/expected.safetensors" >"$scratch/import.log" || { echo 'Bail out! import' && exit 1; }

# ---- Downloads ----------------------------------------------------------------------------------------

succeeds() {
  begin plain
  says "md5 is $md5" fetch good
  is_there
  requests_are "/good/$round/keras.h5 - $bytes"
}

takes_sha256() {
  begin sha
  given=$(source_of good "sha256:${sha256:0:8}") fetch
  is_there
}

does_nothing_twice() {
  begin twice
  fetch good
  : >"$scratch/requests"
  says 'are in .* already' fetch good
  [[ ! -s $scratch/requests ]]
}

# The second waits, and then finds all there.
two_at_once() {
  local one two
  begin both
  fetch cut >"$scratch/one" 2>&1 &
  one=$!
  fetch cut >"$scratch/two" 2>&1 &
  two=$!
  wait $one || { cat "$scratch/one" && return 1; }
  wait $two || { cat "$scratch/two" && return 1; }
  is_there
  cat "$scratch/one" "$scratch/two" | grep 'are in .* already' >/dev/null
  [[ $(awk '{ sum += $3 } END { print sum }' "$scratch/requests") == "$bytes" ]]
}

follows_redirect() {
  begin redirect
  fetch redirect
  is_there
}

# The rest is asked for, and no more: each byte is sent once.
resumes() {
  begin resume
  fetch cut
  is_there
  [[ $(awk '{ sum += $3 } END { print sum }' "$scratch/requests") == "$bytes" ]]
  requests_are "/cut/$round/keras.h5 - $part
/cut/$round/keras.h5 bytes=$part- $part
/cut/$round/keras.h5 bytes=$((2 * part))- $((bytes - 2 * part))"
}

# A download that was killed, and one that was begun elsewhere.
resumes_later() {
  begin later
  mkdir -p "$to/.download"
  head -c 100000 "$file" >"$to/.download/keras.h5.part"
  says 'resuming after 0 MB' fetch 404 good
  is_there
  grep -qx "/good/$round/keras.h5 bytes=100000- $((bytes - 100000))" "$scratch/requests"
}

begins_again() {
  begin again
  fetch whole-cut-once
  is_there
  grep -qx "/whole-cut-once/$round/keras.h5 .* $bytes" "$scratch/requests"
}

goes_elsewhere() { # HOW PATTERN
  begin "elsewhere-$1"
  says "$2" fetch "$1" good
  is_there
}

refuses_old_rubbish() {
  begin rubbish
  mkdir -p "$to/.download"
  head -c "$bytes" /dev/zero >"$to/.download/keras.h5.part"
  says 'not the file that was published' fetch good good
  is_there
}

lists_what_failed() {
  begin all
  fails "http://$host:$port/404/$round/keras.h5" fetch 404 wrong page
  fails 'the server answers with' fetch 404 wrong page
  fails 'not the file that was published' fetch 404 wrong page
  fails "http://$host:$port/page/$round/keras.h5" fetch 404 wrong page
  is_absent
}

never_whole() {
  begin never
  fails 'all of it|cut' fetch whole-cut
  is_absent
}

no_connection() {
  begin offline
  local free
  free=$($python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  port=$free fails 'no network' fetch good
  is_absent
}

no_name() {
  begin nameless
  host=no-such-host.invalid fails 'no network' fetch good
  is_absent
}

no_client() {
  begin clientless
  mkdir -p "$scratch/bare"
  ln -sf /usr/bin/* /bin/* "$scratch/bare/" 2>/dev/null || true
  rm "$scratch/bare/curl" "$scratch/bare/wget"
  PATH=$scratch/bare fails 'neither curl nor wget' fetch good
}

# ---- Disks and folders --------------------------------------------------------------------------------

# A disk of 3 MB, which takes a part of the download.
small_disk() { # COMMAND
  mkdir -p "$to"
  unshare --mount bash -euo pipefail -c "mount -t tmpfs -o size=3m tmpfs '$to'; $1"
}
has_small_disks() { unshare --mount mount -t tmpfs -o size=3m tmpfs "$scratch" 2>/dev/null; }

disk_too_small() {
  begin too-small
  small_disk "$(declare -p scratch round host port md5 bytes to tool); $(declare -f)
    fails 'MB are needed in .* MB are free' fetch good"
  [[ ! -s $scratch/requests ]]
}

# The disk said that it had room, and others were faster.
disk_fills_up() {
  begin full
  mkdir -p "$scratch/lying"
  printf '#!/bin/sh\necho header\necho tmpfs 0 0 99999999\n' >"$scratch/lying/df"
  chmod +x "$scratch/lying/df"
  small_disk "$(declare -p scratch round host port md5 bytes to tool); $(declare -f)
    PATH=$scratch/lying:\$PATH fails 'could not write .*: the disk is full' fetch good good
    keeps \$((3 << 20))
    is_absent"
  [[ $(wc -l <"$scratch/requests") == 1 ]]
}

# Room for the download, none for what is made of it.
disk_fills_up_later() {
  begin fuller
  mkdir -p "$to" "$scratch/lying"
  unshare --mount bash -euo pipefail -c "mount -t tmpfs -o size=$((bytes / 1024 + 500))k tmpfs '$to'
    $(declare -p scratch round host port md5 bytes to tool); $(declare -f)
    PATH=$scratch/lying:\$PATH fails 'could not be imported: .*(No space|space)' fetch good
    cmp '$to/.download/keras.h5' '$scratch/keras.h5'
    [[ ! -e '$to/imagenet.safetensors' ]]"
}

no_permission() {
  begin forbidden
  mkdir -p "$to"
  if ((EUID == 0)); then
    runuser -u nobody -- env "PATH=$PATH" bash -euo pipefail -c "cd '$PWD'
      $(declare -p scratch round host port md5 bytes to tool); $(declare -f)
      fails \"can't write in the folder $to\" fetch good
      to=$to/deeper fails \"can't write in the folder $to/deeper\" fetch good"
  else
    chmod a-w "$to"
    fails "can't write in the folder $to" fetch good
    to=$to/deeper fails "can't write in the folder" fetch good
  fi
  [[ ! -s $scratch/requests ]]
}

# ---- Files that are here ------------------------------------------------------------------------------

take() { NST_WEIGHTS_SOURCES=$(source_of good "${hash:-md5:0}") weights/fetch.sh --with "$tool" --to "$to" "$1"; }

takes_file() { # FILE NAME
  begin "local-${1##*/}"
  says "weights=$2" take "$1"
  [[ $(ls -A "$to") == "$2.safetensors" ]]
  "$tool" verify "$to/$2.safetensors"
  [[ ! -s $scratch/requests ]]
}

takes_other_format() {
  local made=$scratch/torch
  mkdir -p "$made"
  $python -B -c '
import sys
sys.path.insert(0, "tests/reference")
import weight_files as w
few = w.state(w.network(sys.argv[1])[:2], w.torchvision)
w.save_torch(sys.argv[2], "small", few)
w.write_safetensors(sys.argv[2] + "/published.safetensors", few)' ../shared "$made"
  takes_file "$made/small.pth" small
  takes_file "$made/small-legacy.pth" small-legacy
  takes_file "$made/published.safetensors" published
}

takes_ready_file() {
  cp "$scratch/expected.safetensors" "$scratch/mine v1.2.safetensors"
  takes_file "$scratch/mine v1.2.safetensors" 'mine v1.2'
  cmp "$scratch/expected.safetensors" "$to/mine v1.2.safetensors"
  says 'is there already' take "$to/mine v1.2.safetensors"
}

knows_published_file() {
  hash=md5:$md5 takes_file "$file" imagenet
  hash=sha256:${sha256:0:8} takes_file "$file" imagenet
}

refuses_file() {
  begin refused
  printf 'no weights' >"$scratch/rubbish.h5"
  cp "$scratch/expected.safetensors" "$scratch/built-in.safetensors"
  head -c 3000000 "$file" >"$scratch/cut.h5"
  fails 'there is no file .*nowhere' take "$scratch/nowhere.h5"
  fails 'rubbish.h5 could not be imported: ' take "$scratch/rubbish.h5"
  fails 'cut.h5 could not be imported: ' take "$scratch/cut.h5"
  fails 'called built-in' take "$scratch/built-in.safetensors"
  fails "there is no file $scratch," take "$scratch"
  [[ ! $(ls -A "$to") ]]
}

goes_to_data_home() {
  local to=$XDG_DATA_HOME/neural-style/weights
  NST_WEIGHTS_SOURCES=$(source_of good) weights/fetch.sh --with "$tool" imagenet
  is_there
}

refuses_options() {
  local said
  ! said=$(weights/fetch.sh --colour 2>&1) && grep -q 'no option --colour' <<<"$said"
  ! said=$(weights/fetch.sh --to 2>&1) && grep -q -- '--to needs a value' <<<"$said"
  ! said=$(weights/fetch.sh 2>&1) && grep -q 'say what to fetch' <<<"$said"
  ! said=$(weights/fetch.sh a b 2>&1) && grep -q 'only one' <<<"$said"
}

# ---- Running them -------------------------------------------------------------------------------------

strict() { # COMMAND...: see install.sh
  local command
  printf -v command '%q ' "$@"
  bash -euo pipefail -c "$(declare -p scratch round tool python file host port bytes part md5 sha256); $(declare -f); $command"
}

downloads() { # " with wget"
  check "it loads the file, checks it and makes it weights$1" strict succeeds
  check "a SHA-256's beginning is a hash too$1" strict takes_sha256
  check "a second run asks nobody$1" strict does_nothing_twice
  check "two at once load it once$1" strict two_at_once
  check "redirections are followed$1" strict follows_redirect
  check "a cut connection is resumed, and no byte is sent twice$1" strict resumes
  check "a later run goes on where an earlier one stopped, at another address too$1" strict resumes_later
  check "a server that can only send all of it is asked to$1" strict begins_again
  check "wrong bytes: the next address$1" strict goes_elsewhere wrong 'not the file that was published'
  check "a page instead of the file: the next address$1" strict goes_elsewhere page 'not the file that was published'
  check "a file that is too short: the next address$1" strict goes_elsewhere short 'not the file that was published'
  check "a flood is cut off: the next address$1" strict goes_elsewhere endless 'not the file that was published'
  check "no such file: the next address$1" strict goes_elsewhere 404 'the server answers with'
  check "what lies there from before is checked too$1" strict refuses_old_rubbish
  check "where all fail, each is reported$1" strict lists_what_failed
  check "a server that never sends all of it is given up$1" strict never_whole
  check "where nobody answers, the network is named$1" strict no_connection
  check "where no name is known, the network is named$1" strict no_name
  if has_small_disks; then
    check "a disk without room is reported before anything is loaded$1" strict disk_too_small
    check "a disk that fills up is reported, and what came is kept$1" strict disk_fills_up
  else
    skip "disks that are full$1" 'a small disk can not be mounted here'
  fi
}

downloads ''
mkdir "$scratch/no-curl"
ln -s /usr/bin/* /bin/* "$scratch/no-curl/" 2>/dev/null || true
rm -f "$scratch/no-curl/curl"
if command -v wget >/dev/null; then
  round=wget PATH=$scratch/no-curl downloads ', with wget'
else
  skip 'the same with wget' 'there is no wget'
fi
check 'without either it says what to install' strict no_client
if has_small_disks; then
  check 'a disk that fills up while the weights are made is reported, and the download is kept' strict disk_fills_up_later
else
  skip 'a disk that fills up while the weights are made' 'a small disk can not be mounted here'
fi
check 'a folder that may not be written is named, and nothing is loaded' strict no_permission
check 'without --to they go where the plug-in looks' strict goes_to_data_home
check 'files of PyTorch and safetensors that are here' strict takes_other_format
check 'a file that is weights already is copied under its own name' strict takes_ready_file
check 'the published file is known by its hash' strict knows_published_file
check 'a file that is missing, foreign, cut off or misnamed is refused' strict refuses_file
check 'wrong options are refused by name' strict refuses_options
finish
