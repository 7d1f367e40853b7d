; looks.scm: see looks.sh, which looks at the pictures that this leaves.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define image (load-image (in-work "content.png")))
(define content (active image))
(define style (active (load-image (in-work "style.png"))))

(define (paint settings name) (export (repaint image content style settings) name))
(define (check-alike name settings others)
  (check-pixels (words name ": " settings) (paint settings "one") (paint others "other")))

; ---- Colours ----

(paint "iterations=20" "style")
(paint "iterations=20 color=luminance" "luminance")
(paint "iterations=40 preset=texture" "texture")
(paint "iterations=40 preset=texture color=match" "match")
(check-differs "luminance repaints light and dark" (in-work "luminance.png") (in-work "content.png") 0.01)
(check "a color that there isn't is refused"
       (contains? (error-of (lambda () (paint "color=gray" "none"))) "color"))

(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 20 10 50 40)
(let ((layer (repaint image content style "iterations=10 color=luminance"))
      (part (car (gimp-layer-new-from-drawable content image))))
  (check-equal "a selection: place and size" (place layer) '(20 10 50 40))
  (gimp-layer-remove-mask layer MASK-DISCARD)
  (export layer "selected")
  (gimp-image-insert-layer image part -1 0)
  (gimp-layer-resize part 50 40 -20 -10)
  (export part "part")
  (gimp-image-remove-layer image part))
(gimp-selection-none image)

; ---- Presets ----

(define texture "method=gatys content-weight=0 start=noise iterations=2")
(check-alike "a preset" "preset=texture iterations=2" texture)
(check-alike "the order doesn't matter" "iterations=2 preset=texture" texture)
(check-alike "what is given overrides it" "preset=texture start=content iterations=2 seed=3"
             (if gimp-3? "method=gatys content-weight=0 start=noise iterations=2 seed=3" ; equal to its default: not given
                 "method=gatys content-weight=0 iterations=2 seed=3"))
(check-alike "so does a text" "preset=draft style-layers=relu1_1" "iterations=24 style-layers=relu1_1")
(check-alike "painting is what there is without a preset" "preset=painting iterations=2" "iterations=2")
(check "classical" (> (repaint image content style "preset=classical iterations=2") 0))
(check "a preset that there isn't is refused"
       (contains? (error-of (lambda () (paint "preset=modern" "none"))) "preset"))
