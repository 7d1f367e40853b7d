; colour.scm: see colour.sh. Two images show the same town, one in sRGB and one, converted by GIMP, in Adobe RGB:
; the numbers in them differ, the looks don't. With the style's weight at 0 a start that looks like the content is
; where the run ends too, so the result shows how the start was read.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define adobe (file-name (in-work "adobe.icc")))

; Nothing else to pull at the picture, and one step that is too long to be for the better: Adam's first is as long
; whatever there is to gain. The best that was seen is the start then.
(define stay "method=gatys style-weight=0 tv-weight=0 iterations=1 scales=1 optimizer=adam")
(define (from layer)
  (words stay " start=layer start-layer=" layer))

(define step 0.0000153) ; of 16 bits: 1/65535

(define srgb-image (load-image (in-work "content.png")))
(gimp-image-convert-precision srgb-image 250)
(define srgb (active srgb-image))
(define adobe-image (car (gimp-image-duplicate srgb-image)))
(gimp-image-convert-color-profile-from-file adobe-image adobe COLOR-RENDERING-INTENT-RELATIVE-COLORIMETRIC FALSE)
(define other (active adobe-image))

(define srgb-file (export srgb "srgb"))
(define adobe-file (export other "adobe"))
(check-differs "the numbers of the two images differ" srgb-file adobe-file 0.01)

(check-near "a layer in Adobe RGB is read as it looks"
            (export (repaint srgb-image srgb srgb (from other)) "srgb-result") srgb-file 0.004)
(check-near "a layer is painted into an image in Adobe RGB as it looks"
            (export (repaint adobe-image other other (from srgb)) "adobe-result") adobe-file 0.004)
(check-near "the way there and back"
            (export (repaint adobe-image other other stay) "adobe-back") adobe-file step)

; One colour by its figures: 64 128 192 in Adobe RGB is -68 129 196 in sRGB, and core gets 0 129 196.
(define (flat image colour)
  (let ((layer (new-layer image "flat" 32 32 RGB-IMAGE)))
    (gimp-image-insert-layer image layer -1 0)
    (fill layer colour)
    layer))
(define plain-srgb (car (gimp-image-new 32 32 RGB)))
(define plain-adobe (car (gimp-image-new 32 32 RGB)))
(define expected (flat plain-srgb '(0 129 196)))
(define given (flat plain-adobe '(64 128 192)))
(gimp-image-set-color-profile-from-file plain-adobe adobe)
(check-near "64 128 192 in Adobe RGB becomes 0 129 196"
            (export (repaint plain-srgb expected expected (from given)) "flat-result")
            (export expected "flat-expected") 0.008)

; The numbers themselves, in spaces far wider than sRGB: what is painted is what was there.
(define (precise image precision)
  (if (not (= (car (gimp-image-get-precision image)) precision)) (gimp-image-convert-precision image precision)))
(define (in-space image space precision)
  (let ((copy (car (gimp-image-duplicate image))))
    (gimp-image-set-color-profile-from-file copy (file-name (in-work (string-append space ".icc"))))
    (precise copy precision)
    copy))
(define prophoto-image (in-space srgb-image "prophoto" 250))
(define prophoto (active prophoto-image))
(check-near "ProPhoto's greens come back" (export (repaint prophoto-image prophoto prophoto stay) "prophoto-back")
            (export prophoto "prophoto") step)
(define linear-image (in-space srgb-image "adobe" 200))
(define linear (active linear-image))
(check-near "16 bits of light too" (export (repaint linear-image linear linear stay) "linear-back")
            (export linear "linear") step)

; Floats, by light and by a curve; painted at full size, and smaller. colour.sh compares the files.
(define (store-floats image name) (save image (in-work (string-append name ".tif"))))
(define (repaint-floats image name settings)
  (let* ((layer (active image)) (result (repaint image layer srgb settings)))
    (gimp-image-remove-layer image layer)
    (store-floats image name)))
(define (check-floats image name)
  (store-floats image (string-append name "-before"))
  (repaint-floats image (string-append name "-after") stay))
(define lights (load-image (in-work "lights.pfm")))
(define small (car (gimp-image-duplicate lights)))
(define strokes (car (gimp-image-duplicate lights)))
(check-floats (in-space lights "adobe" 650) "adobe-curve")
(check-floats (in-space lights "prophoto" 600) "prophoto-light")
(store-floats small "srgb-small-before")
(repaint-floats small "srgb-small-after" (words stay " size-limit=32"))
(repaint-floats strokes "strokes" "method=gatys iterations=6 scales=1 size-limit=32")

; In 16 bits; floats again only for the file.
(define deep (car (gimp-image-duplicate lights)))
(precise deep 250)
(repaint deep (active deep) srgb "method=gatys iterations=6 scales=1")
(gimp-image-remove-layer deep (cadr (layers deep)))
(precise deep 600)
(store-floats deep "deep")
(check-floats lights "srgb-light")

; On a page of one colour no single step is for the better.
(define page-image (car (gimp-image-new 96 64 RGB)))
(define page (new-layer page-image "page" 96 64 RGB-IMAGE))
(gimp-image-insert-layer page-image page -1 0)
(gimp-drawable-fill page FILL-WHITE)
(check-differs "a white page is painted on"
               (export (repaint page-image page -1 (words "method=gatys iterations=4 scales=1 style-file=" here
                                                         "/../data/sample-style.png")) "page")
               (export page "white") 0.02)
