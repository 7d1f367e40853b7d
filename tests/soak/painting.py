"""painting.py: what the campaign paints: small pictures of many colours, and settings chosen at random from the table
of settings, some of them impossible."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import subprocess

import numpy
from PIL import Image

TRAITS = ["gray", "deep", "float", "alpha", "mask", "selection", "soft", "offset", "group", "no-undo"]
# Files, layers and what would take long are for other trials.
NOT_VARIED = {"style-file", "start-layer", "report", "weights", "size-limit", "iterations", "threads", "memory-limit", "scales"}


def picture(seed, size):
    """Writes smooth blobs of colour to a path."""
    def write(path):
        random = numpy.random.default_rng(seed)
        small = Image.fromarray(random.integers(0, 256, (5, 6, 3), dtype=numpy.uint8))
        small.resize(size, Image.BICUBIC).save(path)
    return write


PICTURES = {"content.png": picture(1, (96, 72)), "style.png": picture(2, (80, 64))}


class Table:
    """The table of settings, as the README has it."""

    def __init__(self, build):
        rows = subprocess.run([pathlib.Path(build) / "tests/layout/print_settings"], capture_output=True, text=True,
                              check=True).stdout.splitlines()
        self.values = {}
        for row in rows[2:]:
            name, values = [cell.strip() for cell in row.split("|")[1:3]]
            self.values[name.strip("`")] = values

    def _value(self, random, values):
        if ranged := re.match(r"(whole )?number, ([\d.]+) to ([\d.]+)", values):
            low, high = float(ranged[2]), float(ranged[3])
            value = random.choice([low, high, random.uniform(low, high), random.uniform(low, min(high, low + 10))])
            return str(int(value)) if ranged[1] else f"{value:.6g}"
        if choices := re.findall(r"`([^`]+)`", values):
            return random.choice(choices)
        layers = [f"relu{block}_{layer}" for block in (1, 2, 3, 4) for layer in (1, 2)]
        return ",".join(f"{layer}:{random.uniform(0, 3):.2f}" for layer in random.sample(layers, random.randint(1, 3)))

    def settings(self, random, wild=0.0):
        """A settings string that paints quickly; with that probability one value makes no sense."""
        names = random.sample(sorted(set(self.values) - NOT_VARIED), random.randint(0, 5))
        chosen = {name: self._value(random, self.values[name]) for name in names}
        if chosen.get("start") == "layer":
            del chosen["start"]
        if chosen.get("preset") in ("classical", "draft"):
            del chosen["preset"]
        chosen["iterations"] = str(random.randint(1, 4))
        chosen["scales"] = str(random.randint(0, 3))
        chosen["threads"] = str(random.randint(1, 3))
        if random.random() < 0.2:
            chosen["memory-limit"] = str(random.randint(60, 400))
        if random.random() < wild:
            chosen[random.choice(sorted(chosen))] = random.choice(["-1", "1e308", "nan", "99999999999", "x", "relu9_9", "-0", "inf"])
        return " ".join(f"{name}={value}" for name, value in chosen.items())


def sizes(random):
    return " ".join(str(random.randint(16, 96)) for _ in range(4))


def traits(random):
    chosen = random.sample(TRAITS, random.choice([0, 0, 1, 1, 2, 3]))
    if "deep" in chosen and "float" in chosen:
        chosen.remove("deep")
    if "no-undo" in chosen:  # last: others may need it
        chosen.remove("no-undo")
        chosen.append("no-undo")
    return "'(" + " ".join(chosen) + ")"
