; agree.scm: see agree.sh.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define (agree name settings)
  (let* ((image (load-image (in-work (string-append name "-content.png"))))
         (style (load-image (in-work (string-append name "-style.png"))))
         (layer (repaint image (active image) (active style) settings)))
    (check-equal "the layer covers the content" (place layer) (place (cadr (layers image))))
    (export layer name)))

(agree "tubingen" "method=gatys")
(agree "hoovertowernight" "method=gatys")
(agree "painter" "")
