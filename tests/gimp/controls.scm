; controls.scm: see controls.sh, which presses the keys.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(load (string-append here "/windows.scm"))

(define (images) (if gimp-3? (vector-length (car (gimp-get-images))) (car (gimp-image-list))))
(tell)

(check-equal "no image is left behind by a style file" (images) 2)
