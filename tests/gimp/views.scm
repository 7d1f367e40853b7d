; views.scm: see views.sh, which presses the keys.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later
(load (string-append here "/windows.scm"))
(tell)
