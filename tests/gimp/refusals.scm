; refusals.scm: see refusals.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define style (active (load-image (in-work "style.png"))))
(define image (load-image (in-work "content.png")))
(define content (active image))

(define (refused name expected image thunk)
  (let* ((before (store image (words name ", before"))) (message (error-of thunk)))
    (check (words name ": refused, and " expected " is named") (and message (contains? message expected)))
    (found "note" (if message message "there was no error"))
    (check (words name ": nothing to undo") (not (is? (gimp-image-is-dirty image))))
    (check (words name ": no undo group is left open") (not (undo-open? image)))
    (check-same (words name ": the image is untouched") (store image (words name ", after")) before)))

; ---- Settings ----

(define (refused-settings settings expected)
  (refused (words "settings " settings) expected image
           (lambda () (repaint image content style settings))))

(refused-settings "foo=3" "foo")
(refused-settings "strength=101" "strength")
(refused-settings "strength=-0.5" "strength")
(refused-settings "iterations=0" "iterations")
(refused-settings "iterations=many" wrong-kind)
(refused-settings "start=side" "start")
(refused-settings "style-layers=relu9_9" "style-layers")
(refused-settings "style-layers=relu1_1:1e308" "1e+308")
(refused-settings "style-layers=relu1_1:0" "style-layers")
(refused-settings "style-layers=" "style-layers")
(refused-settings "start=layer" "start layer is missing")
(refused-settings "content-weight=0 style-weight=0" "content-weight")
(refused "no weights file" "nowhere.safetensors" image
         (lambda () (repaint image content style (words "weights=" (in-work "nowhere.safetensors")))))
(refused "a weights file cut off" "cut.safetensors" image
         (lambda () (repaint image content style (words "weights=" (in-work "cut.safetensors")))))
(refused "a picture as weights" "style.png" image
         (lambda () (repaint image content style (words "weights=" (in-work "style.png")))))

; ---- Layers ----

(define (add name width height)
  (let ((layer (new-layer image name width height RGBA-IMAGE)))
    (gimp-image-insert-layer image layer -1 0)
    (fill layer '(200 100 50))
    layer))

(define narrow (add "narrow" 15 40))
(define low (add "low" 40 15))
(define clear (add "clear" 40 40))
(gimp-drawable-edit-clear clear)
(define masked (add "masked" 40 40))
(gimp-layer-add-mask masked (car (gimp-layer-create-mask masked ADD-MASK-WHITE)))
(define mask (car (gimp-layer-get-mask masked)))
(define channel (car (gimp-selection-save image)))

(define (bottom image) (car (reverse (layers image))))

(define (refused-layers name expected image content style)
  (refused name expected image (lambda () (repaint image content style ""))))

(refused-layers "no style" "style layer is missing" image content -1)
(refused-layers "a style that was deleted" "style" image content 99999)
(refused-layers "a content that was deleted" "" image 99999 style)
(refused-layers "a narrow content" "narrow" image narrow style)
(refused-layers "a low content" "low" image low style)
(refused-layers "a small style" "narrow" image content narrow)
(refused-layers "a transparent content" "clear" image clear style)
(refused-layers "a transparent style" "clear" image content clear)
(refused-layers "a channel as the content" "is not a layer" image channel style)
(refused-layers "a mask as the content" "is not a layer" image mask style)
(refused-layers "a channel as the style" "style" image content channel)
(refused-layers "a content of another image" "another image" image style style)
(refused "a start that is too small" "narrow" image
         (lambda () (repaint image content style (words "start=layer start-layer=" narrow))))

(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 60 50 30 20)
(refused-layers "a selection beside the layer" "selection" image clear style)
(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 10 10 12 40)
(refused-layers "a small selection" "too small" image content style)
(define half (add "half" 96 72))
(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 40 72)
(gimp-drawable-edit-clear half)
(refused-layers "a selection over a transparent part" "The selected part of the content layer “half” is empty" image
                half style)
(gimp-selection-none image)

(let ((indexed (load-image (in-work "content.png"))))
  (convert-indexed indexed)
  (refused-layers "an indexed image" "indexed" indexed (active indexed) style))

; An ordinary paste.
(let ((floating (load-image (in-work "content.png"))))
  (gimp-image-select-rectangle floating CHANNEL-OP-REPLACE 10 10 40 30)
  (let ((pixels (paste-onto (active floating))))
    (refused-layers "a selection floats" "anchor it or make it a layer" floating (bottom floating) style)
    (refused-layers "what floats is the content" "anchor it or make it a layer" floating pixels style)))

(if gimp-3?
    (let ((two (words " " content " " narrow)))
      (refused "two layers at once" "exactly one" image
               (lambda () (call-plug-in image two (words " #:style " style))))
      (refused "no layer at all" "exactly one" image
               (lambda () (call-plug-in image "" (words " #:style " style))))))

; After all this it still works.
(check "a run that is right" (> (repaint image content style "iterations=1 scales=1") 0))
