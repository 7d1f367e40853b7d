; soak.scm: GIMP's side of the campaign (gimp.py): evaluates what it is handed, and makes the pictures to paint.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define (write-file name . values)
  (let ((port (open-output-file (in-work name))))
    (for-each (lambda (value) (display value port)) values)
    (close-output-port port)))

; An error that no trial awaits is one before it: while what it needs is made.
(define (value-of question)
  (let* ((value #f) (message (error-of (lambda () (set! value (eval question))))))
    (if message (words "not made\n" message) value)))

(define (answer)
  (if (file-exists? (in-work "question"))
      (let* ((port (open-input-file (in-work "question"))) (question (read port)))
        (close-input-port port)
        (file-delete (in-work "question"))
        (write-file "answer" (value-of question) "\n.\n"))))

; ---- A picture, one trait after the other ----

(define (give-trait image trait)
  (let ((layer (active image)) (wide (car (gimp-image-get-width image))) (high (car (gimp-image-get-height image))))
    (cond
      ((eq? trait 'gray) (gimp-image-convert-grayscale image))
      ((eq? trait 'deep) (gimp-image-convert-precision image 250)) ; 16 bits; its name is another in each GIMP
      ((eq? trait 'float) (gimp-image-convert-precision image PRECISION-FLOAT-LINEAR))
      ((eq? trait 'alpha) (gimp-layer-add-alpha layer)
                          (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 0 0 wide high)
                          (gimp-selection-invert image)
                          (if (not (is? (gimp-selection-is-empty image))) (gimp-drawable-edit-clear layer))
                          (gimp-selection-none image))
      ((eq? trait 'mask) (gimp-layer-add-mask layer (car (gimp-layer-create-mask layer ADD-MASK-COPY))))
      ((eq? trait 'selection) (gimp-image-select-ellipse image CHANNEL-OP-REPLACE 2 1 (- wide 3) (- high 2)))
      ((eq? trait 'soft) (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 3 2 (- wide 5) (- high 4))
                         (gimp-selection-feather image 4))
      ((eq? trait 'offset) (gimp-layer-set-offsets layer 5 -3))
      ((eq? trait 'group) (let ((group (new-group image)))
                            (gimp-image-insert-layer image group -1 0)
                            (gimp-image-reorder-item image layer group 0)
                            (activate layer)))
      ((eq? trait 'no-undo) (gimp-image-undo-disable image)))))

(define image #f)
(define style-image #f)
(define painting #f)

(define (forget)
  (if image (gimp-image-delete image))
  (if style-image (gimp-image-delete style-image))
  (set! image #f)
  (set! style-image #f))

; Content, with a step to undo, and style of those sizes.
(define (make wide high style-wide style-high traits)
  (forget)
  (set! image (load-image (in-work "content.png")))
  (gimp-image-scale image wide high)
  (set! style-image (load-image (in-work "style.png")))
  (gimp-image-scale style-image style-wide style-high)
  (for-each (lambda (trait) (give-trait image trait)) traits)
  (gimp-drawable-invert (active image) FALSE)
  #t)

; ---- Trials: what became of the image is in before.xcf and after.xcf, and in the answer ----

(define (layer-count) (length (layers image)))

(define (outcome thunk)
  (let* ((before (store image "before")) (count (layer-count)) (message (error-of thunk))
         (dirty (is? (gimp-image-is-dirty image))) (open (and message (undo-open? image))))
    (store image "after")
    (words (if message "failed" "painted") "\n" (if dirty "dirty" "clean") "\n" (if open "open" "closed") "\n"
           (- (layer-count) count) "\n" (if message message ""))))

; A group holds the new layer where the content is in one: then nothing is added to the top.
(define (try-painting settings)
  (outcome (lambda () (set! painting (repaint image (active image) (active style-image) settings)))))

; The painting is made first, and what is tried is to change it.
(define (try-again first settings)
  (set! painting (repaint image (active image) (active style-image) first))
  (outcome (lambda () (again image painting settings))))

(define (serve)
  (answer)
  (usleep 20000)
  (if (not (file-exists? (in-work "stop"))) (serve)))

(if (not (defined? 'gimp-image-get-width))
    (begin (define gimp-image-get-width gimp-image-width) (define gimp-image-get-height gimp-image-height)))
(write-file "ready" "\n")
(serve)
