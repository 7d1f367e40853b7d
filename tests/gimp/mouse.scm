; mouse.scm: see mouse.sh, whose user has a mouse.
(load (string-append here "/windows.scm"))
(tell)
