; memory.scm: see memory.sh, which watches what the plug-in's process takes.

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
(check-equal "whole" (place painted) '(0 0 900 600))
(found "limit" (slightly 1.03))
