; weights.scm: see weights.sh; imagenet and mine are installed.
; SPDX-FileCopyrightText: The Neural Style authors
; SPDX-License-Identifier: GPL-3.0-or-later

(load (in-work "hashes.scm"))
(define image (load-image (in-work "content.png")))
(define style-image (load-image (in-work "style.png")))
(define style (active style-image))
(define content (active image))
(gimp-item-set-name style "sky")
(define quick "iterations=1 scales=1 method=gatys")

(define (check-record name settings weights hash)
  (let ((text (record (repaint image content style (words quick settings)))))
    (check (words name ": its name is recorded") (contains? text (words "\nweights: " weights "\n")))
    (check (words name ": its file's hash is recorded") (contains? text (words "\nweights-sha256: " hash "\n")))
    (check (words name ": it is among the settings") (contains? text (words " weights='" weights "'")))
    (found "note" (if (contains? text "settings: ") "with its settings" text))))

(check-record "nothing said" "" "imagenet" imagenet-hash)
(check-record "imagenet" " weights=imagenet" "imagenet" imagenet-hash)
(check-record "built-in" " weights=built-in" "built-in" built-in-hash)
(check-record "a user's own" " weights=mine" "mine" built-in-hash)
(check-record "a path" (words " weights=" (in-work "elsewhere.safetensors")) (in-work "elsewhere.safetensors")
              built-in-hash)

(define layer (repaint image content style (words quick " strength=60")))
(define text (record layer))
(check "the style and the plug-in's version are recorded"
       (and (contains? text "plug-in: Neural Style ") (contains? text "\nstyle: sky\n")))
(check "so are the settings" (and (contains? text "strength='60'") (contains? text "iterations='1'")))

; The record outlives GIMP.
(define file (in-work "kept.xcf"))
(save image file)
(define kept (load-image file))
(check-equal "it is in GIMP's own file" (record (active kept)) text)
