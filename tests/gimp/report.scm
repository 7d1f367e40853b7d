; report.scm: see report.sh, which reads the reports.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(define image (load-image (in-work "content.png")))
(define content (active image))
(define style (active (load-image (in-work "style.png"))))

(define (report-to file) (words "report=" (in-work file)))

(check "a run with a report"
       (> (repaint image content style (words "method=gatys iterations=4 scales=2 refinement=1 color=match " (report-to "report.json"))) 0))

(define (refused name file)
  (let* ((before (layers image))
         (message (error-of (lambda () (repaint image content style (words "iterations=5000 " (report-to file)))))))
    (check (words name ": refused by its name, at once") (and message (contains? message file)))
    (found "note" (if message message "there was no error"))
    (check-equal (words name ": no layer") (layers image) before)))

(refused "a report in no folder" "nowhere/report.json")
(refused "a report that is a folder" "leaves")

; The folder vanishes while this one paints.
(check "the layer is there though the report isn't"
       (> (repaint image content style (words "iterations=150 " (report-to "leaves/report.json"))) 0))
