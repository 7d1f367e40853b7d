#!/usr/bin/env bash
# seeds_settings_file.sh FOLDER: files for fuzz_settings_file.c to start from, as settings_file_write has them.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$1"
printf '%s\n' '# Settings of Neural Style 0.1.0' method=gatys iterations=20 style-weight=1000 "style-file='a b'" >few
printf '%s\n' '# Settings' report=/tmp/a threads=3 memory-limit=500 future=1 >machine
