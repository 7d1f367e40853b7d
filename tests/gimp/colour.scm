; colour.scm: see colour.sh. Two images show the same town, one in sRGB and one, converted by GIMP, in Adobe RGB:
; the numbers in them differ, the looks don't. With the style's weight at 0 a start that looks like the content is
; where the run ends too, so the result shows how the start was read.

(define adobe (file-name (in-work "adobe.icc")))

; Nothing else to pull at the picture, and one step that is too long to be for the better: Adam's first is as long
; whatever there is to gain. The best that was seen is the start then.
(define stay "method=gatys style-weight=0 tv-weight=0 iterations=1 scales=1 optimizer=adam")
(define (from layer)
  (words stay " start=layer start-layer=" layer))

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
            (export (repaint adobe-image other other stay) "adobe-back")
            adobe-file 0.01) ; near black a step of core's floats is a large one in gamma 2.2

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
