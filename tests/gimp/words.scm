; words.scm: see words.sh. Two images are open until the file "stop" appears; names are figures, which are no words.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define image (load-image (in-work "1.png")))
(define style-image (load-image (in-work "2.png")))
(gimp-item-set-name (active image) "1")
(gimp-item-set-name (active style-image) "2")
(gimp-display-new image)

(define (wait)
  (usleep 200000)
  (if (not (file-exists? (in-work "stop"))) (wait)))
(wait)
