; run-window.scm: see run-window.sh, which presses the keys and asks.

(load (string-append here "/windows.scm"))
(tell)
