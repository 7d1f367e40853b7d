; style-file.scm: see style-file.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define image (load-image (in-work "content.png")))
(define content (active image))
(define (images) (if gimp-3? (vector-length (car (gimp-get-images))) (car (gimp-image-list))))
(define (painted settings file)
  (repaint image content -1 (words settings " style-file=" (in-work file))))
(define quick "iterations=3 method=gatys")
(define (from-file file) (painted quick file))

; ---- What is painted ----

; The file's picture as a layer, all of its layers together; by GIMP's own means.
(define (flat file)
  (let* ((opened (load-image (in-work file)))
         (layer (car (gimp-layer-new-from-visible opened opened "flat"))))
    (gimp-image-insert-layer opened layer -1 0)
    layer))

(define (check-as-layer name file title)
  (let* ((style (flat file)) (before (images)) (made (from-file file)))
    (check-equal (words name ": no image is left open") (images) before)
    (check-pixels (words name ": painted as from a layer")
                  (export made (words name " file"))
                  (export (repaint image content style quick) (words name " layer")))
    (check-equal (words name ": the layer's name") (car (gimp-item-get-name made))
                 (words title " · Background"))
    (check (words name ": the record names the file")
           (and (contains? (record made) (words "style: " file "\n"))
                (contains? (record made) (words "style-file='" (in-work file) "'"))))
    (gimp-image-delete (car (gimp-item-get-image style)))))

(define (save-as file change)
  (let ((copy (load-image (in-work "style.png"))))
    (change copy)
    (save copy (in-work file))
    (gimp-image-delete copy)))

(gimp-item-set-name content "Background")
(check-as-layer "a PNG file" "style.png" "Style")

(save-as "indexed.png" convert-indexed)
(check-as-layer "an indexed file" "indexed.png" "Indexed")

; A layer that hides half of the other, and one that is hidden.
(define (pile copy)
  (let ((half (new-layer copy "half" 40 64 RGBA-IMAGE)) (hidden (new-layer copy "hidden" 80 64 RGBA-IMAGE)))
    (for-each (lambda (layer) (gimp-image-insert-layer copy layer -1 0)) (list half hidden))
    (fill half '(200 100 50))
    (fill hidden '(0 200 0))
    (gimp-item-set-visible hidden FALSE)))
(save-as "layers.xcf" pile)
(check-as-layer "a file of several layers" "layers.xcf" "Layers")

; White margins around it, as a scan has.
(define (frame copy)
  (gimp-context-set-background '(255 255 255))
  (gimp-image-resize copy 100 80 12 8)
  (gimp-image-flatten copy))
(save-as "framed.png" frame)
(define unframed (export (painted "iterations=1 method=gatys" "style.png") "no frame"))
(check-pixels "a file's frame is cut off" (export (painted "iterations=1 method=gatys" "framed.png") "frame cut off")
              unframed)
(check-differs "unless it is to be kept"
               (export (painted "iterations=1 method=gatys style-frame=keep" "framed.png") "frame kept") unframed 0.001)

; In 16 bits, lest what 8 round off be painted larger.
(define (to-adobe copy)
  (gimp-image-convert-precision copy 250)
  (gimp-image-convert-color-profile-from-file copy (file-name (in-work "adobe.icc"))
    COLOR-RENDERING-INTENT-RELATIVE-COLORIMETRIC FALSE))
(save-as "adobe.xcf" to-adobe)
(check-as-layer "a file with a colour profile" "adobe.xcf" "Adobe")
; By the method of Gatys: a match goes by what is nearest, and small differences may decide that.
; After two steps what 16 bits round off has grown to 0.016, and colours without their profile would make 0.086; later
; both are larger, and nearer to each other.
(check-near "a colour profile changes nothing of what is painted"
            (export (painted "iterations=2 method=gatys" "adobe.xcf") "adobe")
            (export (painted "iterations=2 method=gatys" "style.png") "plain") 0.03)

; ---- Styles with a name ----

(define (check-named name file title)
  (let ((made (repaint image content -1 (words quick " style-file=" name))))
    (check-pixels (words "the style " name ": as from its file") (export made (words name " name"))
                  (export (painted quick file) (words name " path")))
    (check-equal (words "the style " name ": the layer's name") (car (gimp-item-get-name made))
                 (words title " · Background"))
    (check (words "the style " name ": the record has the name")
           (contains? (record made) (words "style-file='" name "'")))))

(check-named "mosaic" "mosaic.jpg" "Mosaic")
(check-named "zebra" "style.png" "Zebra") ; the user's own

; ---- What is refused ----

(define (refused name expected thunk)
  (let* ((open (images)) (before (store image (words name ", before"))) (message (error-of thunk)))
    (check (words name ": refused, and " expected " is named") (and message (contains? message expected)))
    (found "note" (if message message "there was no error"))
    (check-equal (words name ": no image is left open") (images) open)
    (check-same (words name ": the image is untouched") (store image (words name ", after")) before)))

(refused "a file that is not there" "nowhere.png” can't be read: there is no such file"
         (lambda () (from-file "nowhere.png")))
(refused "a name that no style has" "no style of that name, only swirls, knife, "
         (lambda () (repaint image content -1 "style-file=whirls")))
(refused "a folder" "it is a folder" (lambda () (from-file "")))
(refused "a pipe" "it is a pipe" (lambda () (from-file "pipe.png")))
(refused "a link to nothing" "it is a link" (lambda () (from-file "link.png")))
(refused "a file below a file" "text.png” is not a folder" (lambda () (from-file "text.png/style.png")))
(refused "an address elsewhere" "not on this computer"
         (lambda () (repaint image content -1 "style-file=smb://elsewhere/style.png")))
(refused "a text called PNG" "text.png” can't be read" (lambda () (from-file "text.png")))
(refused "a file of no kind" "unknown.kind” can't be read" (lambda () (from-file "unknown.kind")))
(refused "a narrow picture" "tïny.png” is too small: 15×40" (lambda () (from-file "tïny.png")))
(define style (flat "style.png"))
(refused "a layer and a file" "style-file"
         (lambda () (repaint image content style (words "style-file=" (in-work "style.png")))))
