; styles.scm: see styles.sh, whose user has one photo open and nothing else.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later
(load (string-append here "/windows.scm"))
(gimp-image-delete style-image)

; The painting on top as a file, and beside it what a script makes of the same settings and that style, "layer" being
; the sky's, which has been opened meanwhile.
(define (painted-alike settings)
  (let ((copy (car (gimp-image-duplicate image))))
    (gimp-image-remove-layer copy (car (layers copy)))
    (export (car (layers image)) "by-mouse")
    (export (repaint copy (car (layers copy)) (if (contains? settings "style-file=") -1 style) settings) "by-script")
    (gimp-image-delete copy)))
(define (open-sky)
  (set! style-image (load-image (in-work "sky.png")))
  (set! style (active style-image))
  (gimp-item-set-name style "sky"))
(tell)
