; again-window.scm: the Scheme side of again-window.sh.
(load (string-append here "/windows.scm"))

(define (painting) (car (layers image)))
(define (pixels name) (export (active image) name))
(define (has? part) (contains? (record (active image)) part))

; Ends the session with the image, and goes on with it as it was saved.
(define (reopen)
  (store image "saved")
  (gimp-display-delete display-of-image)
  (set! image (load-image (in-work "saved.xcf")))
  (set! content (car (gimp-image-get-layer-by-name image "town")))
  (set! display-of-image (car (gimp-display-new image)))
  (names (layers image)))
(tell)
