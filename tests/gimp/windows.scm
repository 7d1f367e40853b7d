; windows.scm: the Scheme side of tests with windows: see windows.sh, whose user presses the keys.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define (write-file name . values)
  (let ((port (open-output-file (in-work name))))
    (for-each (lambda (value) (display value port)) values)
    (close-output-port port)))

(define image (load-image (in-work "town.png")))
(define style-image (load-image (in-work "sky.png")))
(define content (active image))
(define style (active style-image))
(gimp-item-set-name content "town")
(gimp-item-set-name style "sky")
(gimp-image-undo-disable image) ; so that the name isn't the step to undo
(gimp-image-undo-enable image)
(define display-of-image (car (gimp-display-new image)))

; The expression in the file "question", if there is one; its value goes into "answer", and a point below it.
(define (answer)
  (if (file-exists? (in-work "question"))
      (let* ((port (open-input-file (in-work "question"))) (question (read port)))
        (close-input-port port)
        (file-delete (in-work "question"))
        (write-file "answer" (eval question) "\n.\n"))))

; Reports what becomes of the image, until the file "stop" appears or the image is gone. It asks as little as it can:
; Script-Fu has lost its variables over long loops of many questions, and GIMP ends with its script.
(define told #f)
(define (tell-change there)
  (let ((said (names there)))
    (if (not (equal? said told))
        (begin
          (if (not (null? (cdr there))) (write-file "record" (record (car there))))
          (write-file "layers" said)
          (set! told said)))))

; A layer may go between the question for the layers and that for its name; then it is reported the next time.
(define (tell)
  (if (valid? image) (catch #f (tell-change (layers image))))
  (answer)
  (usleep 200000)
  (if (not (file-exists? (in-work "stop"))) (tell)))
