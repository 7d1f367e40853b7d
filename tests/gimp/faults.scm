; faults.scm: see faults.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define quick "iterations=2 scales=1 method=gatys")
; With these the result has to be the content (result.scm).
(define identity "method=gatys style-weight=0 tv-weight=0 iterations=1 scales=1")

(define style-image (load-image (in-work "style.png")))
(define style (active style-image))
(gimp-item-set-name style "style")

(define (town)
  (let ((image (load-image (in-work "content.png"))))
    (gimp-item-set-name (active image) "town")
    image))
(define (mask-of layer) (car (gimp-layer-get-mask layer)))
(define (selection image) (car (gimp-image-get-selection image)))

; A soft ellipse, as the layer's mask; nothing is selected afterwards.
(define (add-mask image layer x y width height)
  (gimp-image-select-ellipse image CHANNEL-OP-REPLACE x y width height)
  (gimp-selection-feather image 8)
  (gimp-layer-add-mask layer (car (gimp-layer-create-mask layer ADD-MASK-SELECTION)))
  (gimp-selection-none image))

; ---- A cut-out stays a cut-out ----

(let* ((image (town)) (content (active image)))
  (gimp-layer-set-offsets content 5 3)
  (add-mask image content 20 10 60 50)
  (let* ((mask (export (mask-of content) "content-mask")) (painting (repaint image content style quick)))
    (check "the content's mask: the painting has one" (has-mask? painting))
    (check-pixels "the content's mask: it is a copy" (export (mask-of painting) "painting-mask") mask)
    (check-equal "the content's mask: no undo group is left open" (undo-open? image) #f)
    (again image painting "iterations=3")
    (check-pixels "the content's mask: painted again it stays" (export (mask-of painting) "again-mask") mask)
    (gimp-image-remove-layer image painting))
  ; As GIMP multiplies them: an opaque layer that gets both masks, one after the other, for good.
  (define (product painting selected)
    (let ((layer (new-layer image "both" (width painting) (height painting) RGBA-IMAGE)))
      (define (apply-selection mask)
        (gimp-image-select-item image CHANNEL-OP-REPLACE mask)
        (gimp-layer-add-mask layer (car (gimp-layer-create-mask layer ADD-MASK-SELECTION)))
        (gimp-layer-remove-mask layer MASK-APPLY))
      (gimp-selection-none image)
      (gimp-image-insert-layer image layer -1 0)
      (fill layer '(200 100 50))
      (gimp-layer-set-offsets layer (car (place painting)) (cadr (place painting)))
      (apply-selection (mask-of content))
      (apply-selection selected)
      (export (car (gimp-layer-create-mask layer ADD-MASK-ALPHA)) "both-masks")))
  (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 30 5 60 40)
  (gimp-selection-feather image 10)
  (let* ((selected (car (gimp-selection-save image))) (painting (repaint image content style quick)))
    (check-near "the content's mask and a selection are multiplied" (export (mask-of painting) "multiplied")
                (product painting selected) 0.005)))

(let* ((image (town)) (content (active image)))
  (add-mask image content 20 10 60 50)
  (let ((painting (repaint image content style (words quick " dials=yes"))))
    (check "the content's mask: with mixing layers it is the group's"
           (and (has-mask? (parent painting)) (not (has-mask? painting))))))

; ---- What a style's mask hides is not painted ----

; Its right half is another picture's.
(define (two-halves hide)
  (let* ((image (load-image (in-work "style.png"))) (layer (active image)))
    (gimp-layer-add-alpha layer)
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 40 0 40 64)
    (hide image layer)
    (gimp-selection-none image)
    layer))
(define masked
  (two-halves (lambda (image layer)
    (fill layer '(0 0 255))
    (gimp-selection-invert image)
    (gimp-layer-add-mask layer (car (gimp-layer-create-mask layer ADD-MASK-SELECTION))))))
(define cleared (two-halves (lambda (image layer) (gimp-drawable-edit-clear layer))))
(let* ((image (town)) (content (active image)))
  (define (painted style name) (export (repaint image content style quick) name))
  (check-pixels "a style's mask: as if that part were transparent" (painted masked "style-masked")
                (painted cleared "style-cleared"))
  (gimp-layer-set-apply-mask masked FALSE)
  (check-differs "a style's mask that is not applied" (painted masked "style-unmasked") (in-work "style-masked.png")
                 0.001))

; ---- What GIMP 3's filters make of a layer is what is painted ----

(define (add-filter layer)
  (let ((filter (car (gimp-drawable-filter-new layer "gegl:invert-gamma" ""))))
    (gimp-drawable-append-filter layer filter)
    filter))
(define (check-filters)
  (let* ((image (town)) (content (active image)) (stored (export content "unfiltered")))
    (gimp-layer-set-offsets content 5 3)
    (gimp-layer-set-opacity content 50)
    (add-mask image content 0 0 60 50)
    (let* ((filter (add-filter content)) (seen (car (gimp-layer-copy content))))
      (gimp-image-insert-layer image seen -1 0)
      (gimp-drawable-merge-filters seen)
      (check-near "a content's filter: what is seen is painted"
                  (export (repaint image content style identity) "filtered-painted") (export seen "filtered-seen") 0.0001)
      (check-equal "a content's filter: it stays" (vector->list (car (gimp-drawable-get-filters content))) (list filter))
      (gimp-drawable-filter-set-visible filter FALSE)
      (check-near "a content's filter that is hidden" (export (repaint image content style identity) "filter-hidden")
                  stored 0.0001)))
  (let* ((image (town)) (content (active image))
         (filtered (active (load-image (in-work "style.png")))) (merged (active (load-image (in-work "style.png")))))
    (add-filter filtered)
    (add-filter merged)
    (gimp-drawable-merge-filters merged)
    (check-pixels "a style's filter" (export (repaint image content filtered quick) "style-filtered")
                  (export (repaint image content merged quick) "style-merged"))
    (check "a style's filter: it is another style"
           (not (= (car (gimp-drawable-histogram merged HISTOGRAM-VALUE 0 1))
                   (car (gimp-drawable-histogram style HISTOGRAM-VALUE 0 1)))))))
(if gimp-3? (check-filters))

; ---- Locks, and an image without undo ----

(define (check-locked name lock)
  (let* ((image (town)) (content (active image)) (group (new-group image)))
    (gimp-image-insert-layer image group -1 0)
    (gimp-image-reorder-item image content group 0)
    (gimp-layer-set-offsets content 7 9)
    (lock group)
    (let ((painting (repaint image content style quick)))
      (check-equal (words name ": in its place") (place painting) (place content))
      (check-equal (words name ": right above the content") (names (children group)) '("Style · town" "town"))
      (check-equal (words name ": it is active") (active image) painting)
      (check-equal (words name ": no undo group is left open") (undo-open? image) #f))
    (let ((painting (repaint image content style (words quick " dials=yes"))))
      (check-equal (words name ": with mixing layers, in its place") (map place (children (parent painting)))
                   (make-list 3 (place content))))))

(check-locked "a locked group"
              (lambda (group)
                (gimp-item-set-lock-content group TRUE)
                (if gimp-3? (gimp-item-set-lock-position group TRUE)))) ; GIMP 2.10 can't
(let* ((image (town)) (content (active image)))
  (gimp-item-set-lock-position content TRUE)
  (gimp-item-set-lock-content content TRUE)
  (check-equal "a locked content: in its place" (place (repaint image content style quick)) (place content)))
(let* ((image (town)) (content (active image)))
  (gimp-image-undo-disable image)
  (let ((painting (repaint image content style quick)))
    (check-equal "an image without undo" (names (layers image)) '("Style · town" "town"))
    (check-equal "an image without undo: painted again" (again image painting "iterations=3") painting)))

; ---- A gray image has no colours to mix in ----

(let* ((image (town)) (content (active image)))
  (gimp-image-convert-grayscale image)
  (let ((painting (repaint image content style (words quick " dials=yes"))))
    (check-equal "a gray image: the mixing layers" (names (children (parent painting)))
                 '("Detail of the original" "Painting"))
    (again image painting "iterations=3")
    (check-equal "a gray image: and after painting again" (names (children (parent painting)))
                 '("Detail of the original" "Painting"))))

; ---- A style by its address ----

(let* ((image (town)) (content (active image)))
  (define (painted file) (repaint image content -1 (words quick " style-file=" file)))
  (let ((by-address (painted (words "file://" work "/a%20style.png"))))
    (check-equal "a file's address: the layer's name" (car (gimp-item-get-name by-address)) "A style · town")
    (check-pixels "a file's address: as by its path" (export by-address "by-address")
                  (export (painted (in-work "a-style.png")) "by-path"))))

; ---- Nothing is left behind ----

(let* ((image (town)) (content (active image)) (before (length (all-images))))
  (repaint image content masked quick)
  (if gimp-3? (add-filter content))
  (repaint image content style quick)
  (check-equal "no image is left behind" (length (all-images)) before))
