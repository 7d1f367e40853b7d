; 2.10.scm: what GIMP 2.10 calls by other names than GIMP 3, under names that both share (see 3.scm).
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define gimp-3? #f)
(define wrong-kind "iterations") ; how a text for a number is refused: by core

(define (load-image file) (car (gimp-file-load RUN-NONINTERACTIVE file file)))
(define (save image file)
  (gimp-file-save RUN-NONINTERACTIVE image (car (gimp-image-get-active-drawable image)) file file))

(define (valid? image) (is? (gimp-image-is-valid image)))
(define (channel? item) (is? (gimp-item-is-channel item)))
(define (active image) (car (gimp-image-get-active-layer image)))
(define (activate layer) (gimp-image-set-active-layer (car (gimp-item-get-image layer)) layer))
(define (layers image) (vector->list (cadr (gimp-image-get-layers image))))
(define (children group) (vector->list (cadr (gimp-item-get-children group))))
(define (width drawable) (car (gimp-drawable-width drawable)))
(define (height drawable) (car (gimp-drawable-height drawable)))
(define (offsets layer) (gimp-drawable-offsets layer))

(define (new-layer image name width height type)
  (car (gimp-layer-new image width height type name 100 LAYER-MODE-NORMAL)))
(define (new-group image) (car (gimp-layer-group-new image)))
(define (convert-indexed image)
  (gimp-image-convert-indexed image CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 16 FALSE FALSE ""))

; Pastes what is selected of a layer onto it, and returns what floats then.
(define (paste-onto layer)
  (gimp-edit-copy layer)
  (car (gimp-edit-paste layer FALSE)))

(define (file-name path) (string-append "file://" path)) ; GIMP 2.10 needs a URI here

; The plug-in, non-interactively; settings as "name=value name=value". Returns the new layer.
(define (repaint image layer style settings)
  (car (plug-in-neural-style RUN-NONINTERACTIVE image layer style settings)))

; As Filters ▸ Repeat does it.
(define (repeat image layer) (plug-in-neural-style RUN-WITH-LAST-VALS image layer -1 ""))

; Paints a painting again, non-interactively, with those settings changed. Returns the painting.
(define (again image layer settings) (car (plug-in-neural-style-again RUN-NONINTERACTIVE image layer settings)))

(define (all-images) (vector->list (cadr (gimp-image-list))))
