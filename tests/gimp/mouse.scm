; mouse.scm: see mouse.sh, whose user has a mouse.
(load (string-append here "/windows.scm"))
(load-image (in-work "field.png"))
(tell)
