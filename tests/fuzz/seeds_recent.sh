#!/usr/bin/env bash
# seeds_recent.sh FOLDER: lists for fuzz_recent.c to start from, of files that every system has.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$1"
printf '%s\n' /etc/passwd /proc/self/exe /no/such/file.png /etc/group >usual
printf '%s\n' /etc /dev/zero '' /etc/hosts /etc/hosts >odd
