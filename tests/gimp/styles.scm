; styles.scm: see styles.sh, whose user has one photo open and nothing else.
(load (string-append here "/windows.scm"))
(gimp-image-delete style-image)
(tell)
