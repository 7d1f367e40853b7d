; preview.scm: see preview.sh, which drives the dialog, and does to the image from here what a user would do.
(load (string-append here "/windows.scm"))
(tell)
