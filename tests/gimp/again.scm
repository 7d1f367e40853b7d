; again.scm: see again.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define quick "method=gatys iterations=2 scales=1")

; An image of the content's picture, its layer called "town", and above that the style's, "sky".
(define (studio)
  (let* ((image (load-image (in-work "content.png"))) (town (active image))
         (sky (car (gimp-layer-new-from-drawable (active (load-image (in-work "style.png"))) image))))
    (gimp-item-set-name town "town")
    (gimp-image-insert-layer image sky -1 0)
    (gimp-item-set-name sky "sky")
    (gimp-image-clean-all image)
    image))
(define (named image name) (car (gimp-image-get-layer-by-name image name)))
(define (name-of layer) (car (gimp-item-get-name layer)))

(define image (studio))
(define town (named image "town"))
(define sky (named image "sky"))
(define painting (repaint image town sky (words quick " report=" (in-work "first.json"))))
(file-delete (in-work "first.json"))
(define first (export painting "first"))

; ---- Settings ----

(define (check-first name layer) (check-pixels name (export layer name) first))

(define stack (names (layers image)))
(check-equal "without changes: the layer is the same" (again image painting "") painting)
(check-first "without changes the bytes are the same" painting)
(check-equal "the stack is the same" (names (layers image)) stack)
(check-equal "with changes: the layer is the same" (again image painting "strength=95 iterations=3") painting)
(check-differs "with changes it is another picture" (export painting "changed") first 0.005)
(check "the record has the changes" (contains? (record painting) "strength='95'"))
(check-equal "the name follows the style, which is the same" (name-of painting) "Sky · town")

; ---- What the user has done to the layer ----

(fill painting '(200 100 50))
(gimp-image-select-ellipse image CHANNEL-OP-REPLACE 10 10 50 40)
(gimp-layer-add-mask painting (car (gimp-layer-create-mask painting ADD-MASK-SELECTION)))
(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 20 72) ; plays no part
(gimp-layer-set-offsets painting 7 -5)
(gimp-layer-set-opacity painting 40)
(gimp-layer-set-mode painting LAYER-MODE-SCREEN)
(gimp-layer-set-lock-alpha painting TRUE)
(gimp-item-set-name painting "my sky")
(define mask (export (car (gimp-layer-get-mask painting)) "mask"))
(define selected (export (car (gimp-image-get-selection image)) "selected"))
(define place-before (place painting))
(again image painting "strength=50 iterations=2")
(check-first "changed back the bytes are the same, on a layer that was moved, masked and painted over" painting)
(check-equal "it stays where it was moved to" (place painting) place-before)
(check "its opacity stays" (= (car (gimp-layer-get-opacity painting)) 40))
(check-equal "its mode stays" (car (gimp-layer-get-mode painting)) LAYER-MODE-SCREEN)
(check-equal "its own name stays" (name-of painting) "my sky")
(check-pixels "its mask stays" (export (car (gimp-layer-get-mask painting)) "mask after") mask)
(check-pixels "the selection stays" (export (car (gimp-image-get-selection image)) "selected after") selected)
(check "no undo group is left open" (not (undo-open? image)))

; ---- Saved and reopened, with a content that was renamed ----

(gimp-item-set-name town "a house")
(define reopened
  (begin (store image "saved") (load-image (in-work "saved.xcf"))))
(again reopened (named reopened "my sky") "")
(check-first "after saving and reopening" (named reopened "my sky"))
(check "the record knows the layer's new name" (contains? (record (named reopened "my sky")) "content: a house\n"))
(gimp-item-set-name town "town")

; ---- The original has changed ----

(gimp-selection-none image)
(gimp-drawable-invert town FALSE)
(again image painting "")
(check-pixels "its present pixels are painted" (export painting "inverted")
              (export (repaint image town sky quick) "inverted, new"))
(gimp-drawable-invert town FALSE)

; ---- A part of the content ----

(let* ((image (studio)) (town (named image "town")))
  (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 20 10 50 40)
  (let* ((part (repaint image town (named image "sky") quick)) (before (export part "part")) (at (place part)))
    (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 96 30)
    (again image part "")
    (check-pixels "a part: the same area as the first time" (export part "part again") before)
    (check-equal "a part: in its place" (place part) at)
    (gimp-image-scale image 192 144)
    (again image part "")
    (check-equal "a part of an image that was scaled: what lies below it" (place part) '(40 20 100 80))
    (again image part (words "content=" (named image "sky")))
    (check-equal "a part, with another original" (place part) '(40 20 100 80))))

; ---- Mixing layers ----

(define (check-group name layer layer-name group-name)
  (let ((group (parent layer)))
    (check-equal (words name ": the group has the painting's name") (name-of group) group-name)
    (check-equal (words name ": what is in it") (names (children group))
                 (list "Colours of the original" "Detail of the original" layer-name))
    (check-equal (words name ": it lies above the original") (names (layers image)) (list "sky" group-name "town"))
    (check-equal (words name ": the painting is active") (active image) layer)))
(define (dial layer number) (list-ref (children (parent layer)) number))
(define (visible? layer) (is? (gimp-item-get-visible layer)))

(define image (studio))
(define town (named image "town"))
(define sky (named image "sky"))
(gimp-image-select-ellipse image CHANNEL-OP-REPLACE 20 10 50 40)
(let ((part (repaint image town sky (words quick " dials=yes"))))
  (check-group "with mixing layers" part "Painting" "Sky · town")
  (check-pixels "it is painted as without" (export part "part in a group") (in-work "part.png"))
  (check "the selection is the group's mask" (and (has-mask? (parent part)) (not (has-mask? part))))
  (check "the mixing layers are hidden" (not (or (visible? (dial part 0)) (visible? (dial part 1)))))
  (check-equal "they lie on the painting" (map place (children (parent part))) (make-list 3 (place part)))
  (check-equal "they mix" (map (lambda (layer) (car (gimp-layer-get-mode layer))) (children (parent part)))
               (list LAYER-MODE-LCH-COLOR LAYER-MODE-GRAIN-MERGE LAYER-MODE-NORMAL))
  (gimp-selection-none image)
  (let ((colours (export (dial part 0) "colours")))
    (gimp-drawable-invert town FALSE)
    (again image (parent part) "")
    (gimp-drawable-invert town FALSE)
    (check-differs "on the group: painted again with another original, with its colours"
                   (export (dial part 0) "inverted colours") colours 0.1)
    (check-group "painted again" part "Painting" "Sky · town"))
  (gimp-image-remove-layer image (parent part)))
(let ((whole (repaint image town sky quick)))
  (gimp-item-set-name whole "mine")
  (again image whole "dials=yes")
  (check-group "added later" whole "Painting" "mine")
  (check-pixels "the painting is the same" (export whole "whole in a group") first))

; ---- What can't be painted again ----

(define image (car (gimp-item-get-image painting)))
(define town (named image "town"))
(define sky (named image "sky"))

(define (refused name expected image thunk)
  (gimp-image-clean-all image)
  (let ((message (error-of thunk)))
    (check (words name ": refused, and " expected " is named") (and message (contains? message expected)))
    (found "note" (if message message "there was no error"))
    (check (words name ": nothing to undo") (not (is? (gimp-image-is-dirty image))))))

(define before-all (store image "before all"))
(refused "a layer without a record" "no record" image (lambda () (again image town "")))
(refused "a wrong setting" "strength" image (lambda () (again image painting "strength=101")))
(refused "no setting" "foo" image (lambda () (again image painting "foo=3")))
(refused "an open quote" "settings" image (lambda () (again image painting "report='")))
(refused "itself as its original" "own original" image
         (lambda () (again image painting (words "content=" painting))))
(refused "a content that isn't there" "no longer exists" image (lambda () (again image painting "content=99999")))
(refused "a layer and a file" "style-file" image
         (lambda () (again image painting (words "style-file=" (in-work "style.png") " style=" sky))))
(check-same "the image is untouched by all that was refused" (store image "after all") before-all)
(gimp-item-set-lock-content painting TRUE)
(refused "a locked layer" "locked" image (lambda () (again image painting "")))
(gimp-item-set-lock-content painting FALSE)

; ---- The style is gone ----

(gimp-image-remove-layer image sky)
(refused "a style that is gone" "“sky” of this painting can't be found: give another one (style=ID, style-file=FILE)"
         image (lambda () (again image painting "")))
(gimp-item-set-name painting "Sky · town #2") ; as GIMP itself would have called it
(again image painting (words "style-file=" (in-work "style.png")))
(check-first "a style file in its place" painting)
(check-equal "the name follows the style" (name-of painting) "Style · town")
(check "the record has the file and its hash"
       (and (contains? (record painting) (words "style-path: " (in-work "style.png") "\n"))
            (contains? (record painting) "style-sha256: ")))
(let* ((changed (load-image (in-work "style.png"))) (pixels (active changed)))
  (gimp-drawable-invert pixels FALSE)
  (save changed (in-work "style.png"))
  (again image painting "")
  (gimp-drawable-invert pixels FALSE)
  (save changed (in-work "style.png")))
(define copy (car (gimp-image-duplicate image)))

; ---- The original is gone ----

(gimp-image-remove-layer image town)
(refused "an original that is gone" "“town” of this painting can't be found: give another one (content=ID)" image
         (lambda () (again image painting "")))
(define other (car (gimp-layer-new-from-drawable (active (load-image (in-work "other.png"))) image)))
(gimp-image-insert-layer image other -1 1)
(gimp-layer-set-offsets other 30 3)
(gimp-item-set-name other "bay")
(check-equal "another original: the same layer" (again image painting (words "content=" other)) painting)
(check-equal "another original: its place and size" (place painting) '(30 3 64 80))
(check-equal "another original: the name follows" (name-of painting) "Style · bay")

; ---- Copies ----

(again copy (named copy "Style · town") "")
(check-first "in a copy of the image" (named copy "Style · town"))
(define stranger
  (let ((layer (car (gimp-layer-new-from-drawable (named copy "Style · town") (car (gimp-item-get-image other))))))
    (gimp-image-insert-layer image layer -1 0)
    layer))
(refused "a copy in another image" "“town” of this painting can't be found" image (lambda () (again image stranger "")))

; ---- A style in another image, which is closed and opened again ----

(define town (named copy "town"))
(save (load-image (in-work "style.png")) (in-work "paintings.xcf"))
(define style-image (load-image (in-work "paintings.xcf")))
(define style-name (name-of (active style-image)))
(define elsewhere (repaint copy town (active style-image) quick))
(gimp-item-set-name elsewhere "elsewhere")
(again copy elsewhere "")
(check-first "a style in another image" elsewhere)
(gimp-image-delete style-image)
(for-each (lambda (image) (if (not (member image (list copy reopened))) (gimp-image-delete image))) (all-images))
(refused "a style whose image is closed" (words "“" style-name " (paintings.xcf)” of this painting can't be found") copy
         (lambda () (again copy elsewhere "")))
(load-image (in-work "paintings.xcf"))
(again copy elsewhere "")
(check-first "a style whose image is open again" elsewhere)

; ---- Records of earlier versions ----

(define (attach layer text) (gimp-item-attach-parasite layer (list "neural-style" 1 text)))
(define sky
  (let ((layer (car (gimp-layer-new-from-drawable (active (load-image (in-work "style.png"))) copy))))
    (gimp-image-insert-layer copy layer -1 0)
    (gimp-item-set-name layer "sky")
    layer))
(define (old name)
  (let ((layer (new-layer copy name 96 72 RGBA-IMAGE)))
    (gimp-image-insert-layer copy layer -1 0)
    (attach layer (words "plug-in: Neural Style 0.1.0\nstyle: sky\nweights: built-in\nweights-sha256: abc\n"
                         "settings: method='gatys' iterations='2' scales='1' gone='3'\n"))
    layer))
(let ((layer (old "town in the style of sky")))
  (again copy layer "")
  (check-first "an old record" layer))
(refused "an old record without its original" "The content layer of this painting can't be found" copy
         (let ((layer (old "village in the style of sky"))) (lambda () (again copy layer ""))))

; ---- What stays as it was ----

(check "the report of the first time isn't written again" (not (file-exists? (in-work "first.json"))))
(check "by script a painting can be painted on" (not (= (repaint copy elsewhere sky quick) elsewhere)))
