; preview.scm: see preview.sh, which drives the dialog, and does to the image from here what a user would do.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later
(load (string-append here "/windows.scm"))
(tell)
