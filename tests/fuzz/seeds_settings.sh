#!/usr/bin/env bash
# seeds_settings.sh FOLDER: lines for fuzz_settings.c to start from.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$1"
printf '%s' 'method=gatys iterations=20 style-weight=1e3' >numbers
printf '%s' "preset=draft style-layers='conv1_1 conv2_1:0.5' report=\"a b\\\"c\"" >quotes
printf '%s' 'start=noise color=luminance pooling=average optimizer=adam' >choices
