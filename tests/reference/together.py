#!/usr/bin/python3
"""together.py: runs several Python programs in one process, since importing PyTorch takes longer than they do.

    together.py < LIST      LIST: a line for each, "PROGRAM ARGUMENT...", quoted as in a shell
"""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
import runpy
import shlex
import sys

for line in sys.stdin:
    sys.argv = shlex.split(line)
    runpy.run_path(sys.argv[0], run_name='__main__')
    sys.stdout.flush()
