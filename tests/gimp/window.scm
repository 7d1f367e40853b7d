; window.scm: see window.sh, which presses the keys. This side opens the images and tells what becomes of them.

(define (write-file name text)
  (let ((port (open-output-file (in-work name))))
    (display text port)
    (close-output-port port)))

(define image (load-image (in-work "town.png")))
(define style-image (load-image (in-work "sky.png")))
(define content (active image))
(define style (active style-image))
(gimp-item-set-name content "town")
(gimp-item-set-name style "sky")
(gimp-image-undo-disable image) ; so that the name isn't the step to undo
(gimp-image-undo-enable image)
(gimp-display-new image)

; Until the file "stop" appears.
(define (tell)
  (write-file "layers" (names (layers image)))
  (if (not (null? (cdr (layers image)))) (write-file "record" (record (car (layers image)))))
  (usleep 200000)
  (if (not (file-exists? (in-work "stop"))) (tell)))
(tell)

(check-pixels "what was chosen and typed in the dialog counts, and is remembered"
              (export (car (layers image)) "repeated")
              (export (repaint image content style "preset=draft strength=60") "expected"))
