# lock.sh: one at a time in a folder: two installers, or two downloads, wait for each other. Sourced, never run.
# shellcheck shell=bash
#
# The folder itself is locked (flock), which leaves nothing behind however a program ends. Where there is no flock, or
# the file system knows none, a folder inside is the lock; it names its owner, so one that is gone holds up nobody.
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

# lock FOLDER WHAT: waits until nobody else has it, and says so meanwhile; WHAT is what others may be doing there.
lock() {
  local status=0
  if command -v flock >/dev/null && { exec {lock_fd}<"$1"; } 2>/dev/null; then
    flock -n "$lock_fd" 2>/dev/null || status=$?
    if ((status == 0)); then return; fi
    if ((status == 1)) && say_waiting "$1" "$2" && flock "$lock_fd"; then return; fi
    exec {lock_fd}<&-
  fi
  lock_fd=''
  lock_by_folder "$1/.neural-style.lock" "$1" "$2"
}

# unlock: the lock that this shell took last.
unlock() {
  if [[ ${lock_fd:-} ]]; then exec {lock_fd}<&-; fi
  if [[ ${lock_folder:-} ]]; then rm -rf "$lock_folder"; fi
  lock_fd='' lock_folder=''
}

say_waiting() { printf 'Another program is at work in %s (%s); waiting until it is done ...\n' "$1" "$2" >&2; }

lock_by_folder() { # LOCK FOLDER WHAT
  local owner='' told=''
  until mkdir "$1" 2>/dev/null; do
    [[ -d $1 ]] || return 0 # the folder can't be written to, as its user will find out
    owner=$(cat "$1/owner" 2>/dev/null) || owner=''
    if [[ $owner ]] && ! { kill -0 "$owner" || [[ -d /proc/$owner ]]; } 2>/dev/null; then
      rm -rf "$1"
    else
      if [[ ! $told ]]; then say_waiting "$2" "$3${owner:+, process $owner}"; fi
      told=1
      sleep 0.2
    fi
  done
  echo $$ >"$1/owner"
  lock_folder=$1
}
