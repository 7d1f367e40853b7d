; run-window.scm: see run-window.sh, which presses the keys and asks.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(load (string-append here "/windows.scm"))

; An ordinary paste. Whatever lies on top has to have a text (windows.scm).
(define (paste)
  (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 20 10 100 50)
  (gimp-item-attach-parasite (paste-onto content) (list "neural-style" 0 "floats")))
(define (floats?) (not (= (car (gimp-image-get-floating-sel image)) -1)))

; As before anything was painted, without a step to undo.
(define (reset)
  (for-each (lambda (layer) (if (not (= layer content)) (gimp-image-remove-layer image layer))) (layers image))
  (gimp-selection-none image)
  (gimp-image-undo-disable image)
  (gimp-image-undo-enable image))

(define (painting-elsewhere) ; the layer of an image that is neither
  (car (layers (car (filter-images (all-images))))))
(define (filter-images images)
  (cond ((null? images) '())
        ((or (= (car images) image) (= (car images) style-image)) (filter-images (cdr images)))
        (else (cons (car images) (filter-images (cdr images))))))
(tell)
