; mouse.scm: see mouse.sh, whose user has a mouse.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later
(load (string-append here "/windows.scm"))
(load-image (in-work "field.png"))
(tell)
