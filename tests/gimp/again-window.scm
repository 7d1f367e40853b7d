; again-window.scm: the Scheme side of again-window.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later
(load (string-append here "/windows.scm"))

; The style is a layer above the content, as after Open as Layers.
(define sky (car (gimp-layer-new-from-drawable style image)))
(gimp-image-insert-layer image sky -1 0)
(gimp-item-set-name sky "sky")
(gimp-image-delete style-image)
(activate content)
(gimp-image-undo-disable image)
(gimp-image-undo-enable image)

(define (painting) (car (layers image)))
(define (pixels name) (export (active image) name))
(define (has? part) (contains? (record (active image)) part))

(define quick "method=gatys iterations=2 scales=1")

; Removes the style, closes the image, and continues with it as it was saved.
(define (reopen)
  (gimp-image-remove-layer image sky)
  (activate (painting))
  (store image "saved")
  (gimp-display-delete display-of-image)
  (set! image (load-image (in-work "saved.xcf")))
  (set! content (car (gimp-image-get-layer-by-name image "town")))
  (set! display-of-image (car (gimp-display-new image)))
  (names (layers image)))
(tell)
