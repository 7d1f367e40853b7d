; cancel.scm: see cancel.sh, which kills the plug-in while it paints.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define style-image (load-image (in-work "style.png")))
(define image (load-image (in-work "content.png")))
(define style-before (store style-image "style-before"))
(define before (store image "before"))
(define message (error-of (lambda () (repaint image (active image) (active style-image) "iterations=5000"))))

(check "a plug-in that was killed is an error" message)
(check "there is nothing to undo" (not (is? (gimp-image-is-dirty image))))
(check "no undo group is left open" (not (undo-open? image)))
(check-same "the image is untouched" (store image "after") before)
(check-same "the style's image is untouched" (store style-image "style-after") style-before)
