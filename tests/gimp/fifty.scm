; fifty.scm: see fifty.sh, which drives the dialogs that are opened from here.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later
(load (string-append here "/windows.scm"))

; Returns when the dialog is closed; that it was cancelled is no error.
(define (open-dialog)
  (if gimp-3?
      (error-of (lambda () (eval (read (open-input-string (words
        "(plug-in-neural-style #:run-mode RUN-INTERACTIVE #:image " image
        " #:drawables (vector " content ") #:style -1)"))))))
      (error-of (lambda () (plug-in-neural-style RUN-INTERACTIVE image content -1 ""))))
  0)
(tell)
