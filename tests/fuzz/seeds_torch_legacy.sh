#!/usr/bin/env bash
# seeds_torch_legacy.sh FOLDER: files for fuzz_torch_legacy.c to start from.
set -euo pipefail
exec /usr/bin/python3 -B "$(dirname "${BASH_SOURCE[0]}")/seeds_torch.py" legacy "$1"
