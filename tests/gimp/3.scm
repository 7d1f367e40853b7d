; 3.scm: what GIMP 3 calls by other names than GIMP 2.10, under names that both share (see 2.10.scm).
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define gimp-3? #t)
(define wrong-kind "numeric") ; how a text for a number is refused: by Script-Fu itself

(define (load-image file) (car (gimp-file-load RUN-NONINTERACTIVE file)))
(define (save image file) (gimp-file-save RUN-NONINTERACTIVE image file))

(define (valid? image) (is? (gimp-image-id-is-valid image)))
(define (channel? item) (is? (gimp-item-id-is-channel item)))
(define (active image) (vector-ref (car (gimp-image-get-selected-layers image)) 0))
(define (activate layer) (gimp-image-set-selected-layers (car (gimp-item-get-image layer)) (vector layer)))
(define (layers image) (vector->list (car (gimp-image-get-layers image))))
(define (children group) (vector->list (car (gimp-item-get-children group))))
(define (width drawable) (car (gimp-drawable-get-width drawable)))
(define (height drawable) (car (gimp-drawable-get-height drawable)))
(define (offsets layer) (gimp-drawable-get-offsets layer))

(define (new-layer image name width height type)
  (car (gimp-layer-new image name width height type 100 LAYER-MODE-NORMAL)))
(define (new-group image) (car (gimp-group-layer-new image "group")))
(define (convert-indexed image)
  (gimp-image-convert-indexed image CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 16 FALSE FALSE ""))

(define (paste-onto layer)
  (gimp-edit-copy (vector layer))
  (vector-ref (car (gimp-edit-paste layer FALSE)) 0))

(define (file-name path) path)

; Splits text into words separated by single spaces.
(define (split text)
  (let next ((from 0) (to 0) (words '()))
    (cond ((= to (string-length text))
           (reverse (if (= from to) words (cons (substring text from to) words))))
          ((char=? (string-ref text to) #\space)
           (next (+ to 1) (+ to 1) (if (= from to) words (cons (substring text from to) words))))
          (else (next from (+ to 1) words)))))

; "name=value" as a named argument; what isn't a number is a string.
(define (argument word)
  (let find ((at 0))
    (if (char=? (string-ref word at) #\=)
        (let ((value (substring word (+ at 1) (string-length word))))
          (string-append " #:" (substring word 0 at) " "
                         (if (string->number value) value (string-append "\"" value "\""))))
        (find (+ at 1)))))

; A named argument is syntax, no value that could be handed on: so the call is written out and read.
(define (call-plug-in image drawables rest)
  (car (eval (read (open-input-string
    (string-append "(plug-in-neural-style #:run-mode " (number->string RUN-NONINTERACTIVE)
                   " #:image " (number->string image) " #:drawables (vector" drawables ")" rest ")"))))))

; The plug-in, non-interactively; settings as "name=value name=value". Returns the new layer.
(define (repaint image layer style settings)
  (call-plug-in image (string-append " " (number->string layer))
    (apply string-append " #:style " (number->string style) (map argument (split settings)))))

; As Filters ▸ Repeat does it.
(define (repeat image layer)
  (plug-in-neural-style #:run-mode RUN-WITH-LAST-VALS #:image image #:drawables (vector layer)))

; Paints a painting again, non-interactively, with those settings changed. Returns the painting.
(define (again image layer settings)
  (car (plug-in-neural-style-again #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
                                   #:settings settings)))

(define (all-images) (vector->list (car (gimp-get-images))))
