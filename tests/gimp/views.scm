; views.scm: see views.sh, which presses the keys.
(load (string-append here "/windows.scm"))
(tell)
