; agree.scm: see agree.sh.

(define image (load-image (in-work "content.png")))
(define style (load-image (in-work "style.png")))
(define layer (repaint image (active image) (active style) ""))
(check-equal "the layer covers the content" (place layer) (place (cadr (layers image))))
(export layer "painted")
