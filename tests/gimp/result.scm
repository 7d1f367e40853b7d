; result.scm: see result.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define quick "iterations=2 scales=1 method=gatys") ; the painter first has to match
; With these nothing pulls the content away from itself: the result has to be the content, as far as the
; image's own format can say it.
(define identity "method=gatys style-weight=0 tv-weight=0 iterations=1 scales=1")

(define style-image (load-image (in-work "style.png")))
(define style (active style-image))
(gimp-item-set-name style "sky")
(define style-before (store style-image "style-before"))

; An image of the content's picture, with its one layer called "town".
(define (town)
  (let ((image (load-image (in-work "content.png"))))
    (gimp-item-set-name (active image) "town")
    (gimp-image-clean-all image)
    image))

(define (check-place name layer content)
  (check-equal (words name ": place and size") (place layer) (place content))
  (check-equal (words name ": parent") (parent layer) (parent content))
  (let ((image (car (gimp-item-get-image layer))))
    (check-equal (words name ": right above the content")
                 (+ 1 (car (gimp-image-get-item-position image layer)))
                 (car (gimp-image-get-item-position image content)))
    (check (words name ": no undo group is left open") (not (undo-open? image)))))

; ---- One layer, a style from another image ----

(let* ((image (town)) (content (active image)) (before (export content "town-before"))
       (layer (repaint image content style "iterations=8")))
  (check-place "a whole layer" layer content)
  (check-equal "it is named after both" (car (gimp-item-get-name layer)) "Sky · town")
  (check-equal "it is the active layer" (active image) layer)
  (check "it has no mask where nothing is selected" (not (has-mask? layer)))
  (check-equal "it has an alpha channel" (type layer) RGBA-IMAGE)
  (check-pixels "the content is untouched" (export content "town-after") before)
  (check-differs "it isn't the content" (export layer "painted") before 0.02)
  (check "the image has changed" (is? (gimp-image-is-dirty image)))
  (check-pixels "the same again gives the same picture"
                (export (repaint image content style "iterations=8 threads=1") "painted-again")
                (in-work "painted.png")))

(let ((image (town)))
  (check "a run with its memory limited" (> (repaint image (active image) style (words quick " memory-limit=1536")) 0)))
(check-same "the style's image is untouched" (store style-image "style-after") style-before)

; ---- Layers that lie anywhere, with transparent parts ----

; A copy of the town's layer, 60x50 and with a soft hole in it, its corner at x, y.
(define (add-cloud image below x y)
  (let ((layer (car (gimp-layer-new-from-drawable (car (gimp-image-get-layer-by-name image "town")) image))))
    (gimp-image-insert-layer image layer below 0)
    (gimp-item-set-name layer "cloud")
    (gimp-layer-scale layer 60 50 TRUE)
    (gimp-layer-add-alpha layer)
    (gimp-layer-set-offsets layer x y)
    (gimp-image-select-ellipse image CHANNEL-OP-REPLACE (+ x 15) (+ y 10) 25 20)
    (gimp-selection-feather image 5)
    (gimp-drawable-edit-clear layer)
    (gimp-selection-none image)
    layer))

(define (alpha layer name) (export (car (gimp-layer-create-mask layer ADD-MASK-ALPHA)) name))

(let* ((image (town)) (style (active image)) (group (new-group image)))
  (gimp-image-insert-layer image group -1 0)
  (let ((content (add-cloud image group -12 40)))
    (gimp-image-insert-layer image (new-layer image "cover" 96 72 RGBA-IMAGE) group 0)
    (gimp-layer-add-mask content (car (gimp-layer-create-mask content ADD-MASK-BLACK)))
    (let ((layer (repaint image content style quick)))
      (check-place "a layer in a group" layer content)
      (check-equal "a style of the same image" (car (gimp-item-get-name layer)) "Town · cloud")
      (check-equal "the order of the layers" (names (children group))
                   '("cover" "Town · cloud" "cloud"))
      (check-pixels "it keeps the content's alpha" (alpha layer "alpha-after") (alpha content "alpha-before"))
      (gimp-layer-remove-mask layer MASK-DISCARD)) ; the content's, which hides all
    (let ((layer (repaint image group style quick)))
      (check-place "a group as the content" layer group))))

; ---- A selection ----

(define (selection image name) (export (car (gimp-image-get-selection image)) name))

; What the selection's bounds and the layer have in common, in canvas coordinates.
(define (selected-place image layer)
  (let* ((bounds (cdr (gimp-selection-bounds image))) (at (place layer))
         (left (max (car bounds) (car at))) (top (max (cadr bounds) (cadr at)))
         (right (min (caddr bounds) (+ (car at) (caddr at))))
         (bottom (min (cadddr bounds) (+ (cadr at) (cadddr at)))))
    (list left top (- right left) (- bottom top))))

(let* ((image (town)) (content (add-cloud image -1 20 10)))
  (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 30 26 70 50)
  (gimp-selection-feather image 6)
  (let* ((before (selection image "selection-before")) (layer (repaint image content style quick))
         (as-gimp-has-it (gimp-layer-create-mask layer ADD-MASK-SELECTION)))
    (check-equal "with a selection only its bounds are painted" (place layer) (selected-place image content))
    (check "the selection becomes a mask" (has-mask? layer))
    (check "but what is active is the layer" (not (is? (gimp-layer-get-edit-mask layer))))
    (check-pixels "the mask is the feathered selection" (export (car (gimp-layer-get-mask layer)) "mask")
                (export (car as-gimp-has-it) "mask-expected"))
    (check-pixels "the selection is untouched" (selection image "selection-after") before)))

; ---- Images of every kind ----

; PRECISION-..., which GIMP 2.10 and 3 call by different names: non-linear integers, linear and not float.
(define u8 150) (define u16 250) (define float-linear 600) (define float 650)

(define (check-kind name gray precision limit)
  (let* ((image (town)) (content (active image)))
    (if gray (gimp-image-convert-grayscale image))
    (if (not (= precision u8)) (gimp-image-convert-precision image precision))
    (let ((layer (repaint image content style identity)))
      (check-equal (words name ": the layer is of the image's kind") (type layer)
                   (if gray GRAYA-IMAGE RGBA-IMAGE))
      (check-near (words name ": pixels come and go unharmed") (export layer (words name "-result"))
                  (export content (words name "-content")) limit))
    (check (words name ": painting") (> (repaint image content style quick) 0))))

(check-kind "8 bit" #f u8 0.0001)
(check-kind "16 bit" #f u16 0.0002)
(check-kind "float, linear" #f float-linear 0.0002)
(check-kind "float" #f float 0.0002)
(check-kind "gray" #t u8 0.0001)
(check-kind "gray, 16 bit" #t u16 0.0002)

(let ((image (town)) (indexed (load-image (in-work "style.png"))))
  (convert-indexed indexed)
  (check "a style from an indexed image" (> (repaint image (active image) (active indexed) quick) 0)))
