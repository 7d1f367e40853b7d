; memory.scm: see memory.sh, which watches what the plug-in's process takes.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define style (active (load-image (in-work "style.png"))))
(define image (load-image (in-work "content.png")))
(define content (active image))
(define before (store image "before"))

; The whole number that follows `part` in a text, or #f.
(define (number-after text part)
  (let ((length (string-length part)) (end (string-length text)))
    (let find ((at 0))
      (cond ((> (+ at length) end) #f)
            ((string=? (substring text at (+ at length)) part)
             (let digits ((to (+ at length)))
               (if (and (< to end) (char-numeric? (string-ref text to)))
                   (digits (+ to 1))
                   (string->number (substring text (+ at length) to)))))
            (else (find (+ at 1)))))))

(define (with-limit mebibytes)
  (lambda () (repaint image content style (words "iterations=1 scales=1 memory-limit=" mebibytes))))

; The refusal of a limit far too small says what the smallest plan needs.
(define refusal (error-of (with-limit 64)))
(define needed (number-after refusal "at least "))
(found "note" refusal)
(check "64 MiB are refused, and what is needed is reported" needed)
(check-equal "so is what was allowed" (number-after refusal "memory-limit allows ") 64)

(define (slightly factor) (number->string (inexact->exact (round (* factor needed)))))

(check "just under what is needed is refused" (error-of (with-limit (slightly 0.97))))
(check "there is nothing to undo" (not (is? (gimp-image-is-dirty image))))
(check-same "the image is untouched" (store image "after") before)

(define painted #f)
(check "just over it the picture is painted"
       (not (error-of (lambda () (set! painted ((with-limit (slightly 1.03))))))))
(check-equal "whole" (place painted) '(0 0 640 420))
(found "limit" (slightly 1.03))

; A style's size alone never decides: of 16 megapixels only so much is kept as the small picture needs.
(define large-image (car (gimp-image-new 4000 4000 RGB)))
(define large (new-layer large-image "large" 4000 4000 RGB-IMAGE))
(gimp-image-insert-layer large-image large -1 0)
(gimp-drawable-fill large FILL-WHITE)
(define small-image (car (gimp-image-new 160 120 RGB)))
(define small (new-layer small-image "small" 160 120 RGB-IMAGE))
(gimp-image-insert-layer small-image small -1 0)
(gimp-drawable-fill small FILL-WHITE)
(define (paint-small)
  (repaint small-image small large "method=gatys iterations=1 scales=1 memory-limit=150"))
(define refused (error-of paint-small))
(if refused (found "note" refused))
(check "a small picture is painted with a style that is larger than the memory" (not refused))
