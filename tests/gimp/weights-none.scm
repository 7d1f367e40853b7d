; weights-none.scm: see weights.sh; no weights are installed yet.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define image (load-image (in-work "content.png")))
(define style (active (load-image (in-work "style.png"))))
(define content (active image))

(define layer (repaint image content style "iterations=1 scales=1"))
(check "with none installed the built-in ones are taken" (contains? (record layer) "\nweights: built-in\n"))

(define message (error-of (lambda () (repaint image content style "weights=imagenet"))))
(check "weights that aren't installed are refused, and those that are named"
       (and message (contains? message "imagenet") (contains? message "only built-in")))
