#!/usr/bin/env bash
# report.sh: what scripts learn about a run: the losses of each scale on standard error, and the report as a JSON
# file. A path that can't be written to is refused at once; one that fails later costs no layer.
set -euo pipefail
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/gimp/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# json EXPRESSION: it is true of the report r.
json() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$work/report.json" "$1"; }

second_run() { (($(grep -c '^neural-style: about ' "$log") == 2)); }
scale='^neural-style: scale 2 of 2 (180×135), iterations: 4 in [0-9.]* s; loss [^ ]* to [^ ]*; content '
layers='(relu1_1 [^ ]* to [^ ]*, relu2_1 [^ ]* to [^ ]*, relu3_1 [^ ]* to [^ ]*), tv '

begin "${1:-}"
picture content 180x135 1 red-blue
picture style 80x64 2 yellow-black
mkdir "$work/leaves"
start_scheme "$here/report.scm"
check 'the second run that is not refused begins' wait_for 120 second_run
check 'and its folder goes away meanwhile' rmdir "$work/leaves"
end_scheme

check 'each scale reports its losses on standard error' grep -q "$scale.*$layers" "$log"
check 'what could not be written is reported' grep -q 'leaves/report.json.* can.t be written' "$log"
check 'the report names the program and GIMP' json 'r["versions"]["neural-style"] and r["versions"]["host"].startswith("GIMP ")'
check 'it has the settings' json 'r["settings"]["iterations"] == 4 and r["settings"]["color"] == "match"'
check 'and the weights' json 'r["weights"]["file"].endswith("default.safetensors") and "k-means" in r["weights"]["provenance"]'
check 'and the sizes' json '(r["content"]["width"], r["content"]["height"], r["style"]["width"]) == (180, 135, 80)'
check 'times and memory' json 'r["seconds"]["taken"] > 0 < r["seconds"]["forecast"] and r["bytes"]["peak"] > 1e7 < r["bytes"]["forecast"]'
check 'two scales' json '[s["width"] for s in r["scales"]] == [90, 180]'
check 'their iterations, and a curve that falls' json 'all(s["iterations"] == len(s["curve"]) == 4 and s["curve"] == sorted(s["curve"], reverse=True) for s in r["scales"])'
check 'it ends where the losses end' json 'all(s["curve"][-1] == s["end"]["total"] < s["start"]["total"] for s in r["scales"])'
check 'the total is what the weights say' json 'all(abs(r["settings"]["content-weight"] * s["end"]["content"] + r["settings"]["style-weight"] * s["end"]["style"] + r["settings"]["tv-weight"] * s["end"]["tv"] - s["end"]["total"]) < 1e-9 for s in r["scales"])'
check "and the style's loss the mean of its layers', each with its weight" json '(lambda w: all(abs(sum(float(w[n]) * v for n, v in s["end"]["style-layers"].items()) / sum(map(float, w.values())) - s["end"]["style"]) < 1e-9 for s in r["scales"]))(dict((n + ":1").split(":")[:2] for n in r["settings"]["style-layers"].split(",")))'
finish
