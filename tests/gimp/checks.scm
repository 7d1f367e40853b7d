; checks.scm: the small language the tests are written in. Findings go to a file, a line each, its words separated
; by tabs; lib.sh turns them into TAP, and does there what Scheme can't: comparing files.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define findings (open-output-file (string-append work "/findings")))

(define (found . words)
  (display (car words) findings)
  (for-each (lambda (word) (display "\t" findings) (display word findings)) (cdr words))
  (newline findings))

(define (text-of x) (if (string? x) x (atom->string x)))
(define (words . parts) (apply string-append (map text-of parts)))
(define (in-work name) (string-append work "/" name))

(define (check name true) (found (if (and true (not (eqv? true 0))) "ok" "not ok") name))

; Where two values differ, both are printed.
(define (check-equal name value expected)
  (check name (equal? value expected))
  (if (not (equal? value expected))
      (begin (found "note" "it is:")  (found "note" value)
             (found "note" "and not:") (found "note" expected))))

; Files, by their bytes; and pictures, by their values, white being 1: none differs by more than `limit`, or
; they differ by `least` or more on average.
(define (check-same name file expected) (found "same" name file expected))
(define (check-near name file expected limit) (found "near" name file expected limit))
(define (check-pixels name file expected) (check-near name file expected 0))
(define (check-differs name file other least) (found "differs" name file other least))

(define (contains? text part)
  (let ((length (string-length part)))
    (let try ((from 0))
      (cond ((> (+ from length) (string-length text)) #f)
            ((string=? (substring text from (+ from length)) part) #t)
            (else (try (+ from 1)))))))

; The message of the error that the thunk ends with, or #f. An error caught within it doesn't count.
(define (error-of thunk)
  (let ((before *error-hook*) (message #f) (ended #f))
    (set! *error-hook*
          (lambda parts (set! message (apply words parts)) (apply before parts)))
    (catch #f (thunk) (set! ended #t))
    (set! *error-hook* before)
    (if ended #f message)))

; ---- Pictures and layers ----

(define (is? answer) (= (car answer) TRUE))
(define (type layer) (car (gimp-drawable-type layer)))
(define (place layer) (append (offsets layer) (list (width layer) (height layer))))
(define (parent item) (car (gimp-item-get-parent item)))
(define (has-mask? layer) (not (= (car (gimp-layer-get-mask layer)) -1)))

; The text that the plug-in leaves with a layer.
(define (record layer) (caddr (car (gimp-item-get-parasite layer "neural-style"))))

(define (fill layer colour)
  (gimp-context-push)
  (gimp-context-set-foreground colour)
  (gimp-drawable-edit-fill layer FILL-FOREGROUND)
  (gimp-context-pop))

; An empty image to put a copy of the drawable into; of the same profile, or GIMP would convert the colours.
(define (image-like drawable)
  (if (channel? drawable)
      (car (gimp-image-new-with-precision (width drawable) (height drawable) GRAY
             (car (gimp-image-get-precision (car (gimp-item-get-image drawable))))))
      (let ((copy (car (gimp-image-duplicate (car (gimp-item-get-image drawable))))))
        (for-each (lambda (layer) (gimp-image-remove-layer copy layer)) (layers copy))
        (gimp-selection-none copy)
        (gimp-image-resize copy (width drawable) (height drawable) 0 0)
        copy)))

; A file of one drawable's pixels as they are stored, its mask, opacity and mode left out.
(define (export drawable name)
  (let* ((file (in-work (string-append name ".png"))) (image (image-like drawable))
         (copy (car (gimp-layer-new-from-drawable drawable image))))
    (gimp-image-insert-layer image copy -1 0)
    (if (has-mask? copy) (gimp-layer-remove-mask copy MASK-DISCARD))
    (gimp-layer-set-opacity copy 100)
    (gimp-layer-set-mode copy LAYER-MODE-NORMAL)
    (gimp-layer-set-offsets copy 0 0)
    (save image file)
    (gimp-image-delete image)
    file))

; All of an image, as GIMP's own format has it: pixels, layers, masks, selection, profile.
(define (store image name)
  (let ((file (in-work (string-append name ".xcf"))))
    (save image file)
    (gimp-image-clean-all image)
    file))

(define (names layers) (map (lambda (layer) (car (gimp-item-get-name layer))) layers))
(define (undo-open? image) (not (error-of (lambda () (gimp-image-undo-group-end image)))))

; ---- Running a file of checks ----

(define (done)
  (found "end")
  (close-output-port findings))

(define (checks file)
  (let ((message (error-of (lambda () (load file)))))
    (if message (found "not ok" (words "an error stopped the checks: " message)))
    (done)))
