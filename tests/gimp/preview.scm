; preview.scm: see preview.sh, which drives the dialog. This side opens the images, and does to them what the user
; would do meanwhile: whatever stands in the file "do".

(define image (load-image (in-work "town.png")))
(define style-image (load-image (in-work "sky.png")))
(define content (active image))
(define style (active style-image))
(gimp-item-set-name content "town")
(gimp-item-set-name style "sky")
(gimp-display-new image)

; Until the file "stop" appears.
(define (serve)
  (if (file-exists? (in-work "do"))
      (begin (load (in-work "do")) (file-delete (in-work "do"))))
  (usleep 50000)
  (if (not (file-exists? (in-work "stop"))) (serve)))
(serve)
