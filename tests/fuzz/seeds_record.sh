#!/usr/bin/env bash
# seeds_record.sh FOLDER: texts for fuzz_record.c to start from.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$1"
printf '%s\n' 'plug-in: Neural Style 1' "settings: method='gatys' iterations='2' scales='1'" 'layer: Sky · town' 'tattoo: 7' 'session: a-b' \
  'content: town' 'content-tattoo: 3' 'area: 0 0 96 72' >usual
printf '%s\n' 'plug-in: Neural Style 0.1.0' "settings: preset='draft'" 'style-path: /tmp/a b.png' 'course: stopped at scale 1 of 2, iteration 3 of 5' >file
