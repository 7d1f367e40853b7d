; window.scm: see window.sh, which presses the keys.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(load (string-append here "/windows.scm"))
(tell)

(check-pixels "what was chosen and typed in the dialog counts, and is remembered"
              (export (car (layers image)) "repeated")
              (export (repaint image content style "preset=draft strength=60") "expected"))
