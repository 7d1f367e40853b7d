; words-batch.scm: see words.sh. In German, whose decimal point is a comma: what people read is German, what
; scripts read is as ever.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define style (active (load-image (in-work "2.png"))))
(define image (load-image (in-work "1.png")))
(define content (active image))
(gimp-item-set-name content "1")
(gimp-item-set-name style "2")

(define (refused-in-german settings expected)
  (let ((message (error-of (lambda () (repaint image content style settings)))))
    (check (words "batch, " settings ": refused in the user's language") (and message (contains? message expected)))
    (found "note" (if message message "there was no error"))))

(refused-in-german "content-weight=0 style-weight=0" "Weder Inhalt noch Stil")
(refused-in-german "style-layers=relu1_1:-1.5" "muss eine Zahl ab 0 sein")
(refused-in-german "strength=100.5" "ist 100,5")
(refused-in-german "weights=nowhere.safetensors" "kann nicht verwendet werden")

(define settings "method=gatys iterations=2 tv-weight=0.25 style-file=poster")
(define layer (repaint image content -1 settings))
(check-equal "batch: the layer's name is German" (car (gimp-item-get-name layer)) "Plakat · 1")
(check "batch: the record is not" (contains? (record layer) "tv-weight='0.25'"))

; GIMP 2.10 keeps this whatever becomes of the language. GIMP 3 asks its plug-ins again, and hides it from scripts.
(if (not gimp-3?)
    (let* ((info (gimp-procedural-db-proc-info "plug-in-neural-style"))
           (help (cadr info)))
      (check-equal "batch: its authors are the authors" (caddr info) "The Neural Style authors")
      (check "batch: the procedure's description is English" (contains? help "Presets:"))
      (check "batch: and its figures are as scripts write them" (contains? help "default 0.2."))))
