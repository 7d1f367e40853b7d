#!/usr/bin/env bash
# seeds_safetensors.sh FOLDER: files for fuzz_safetensors.c to start from.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
exec /usr/bin/python3 -B "$(dirname "${BASH_SOURCE[0]}")/seeds_weights.py" safetensors "$1"
