"""trials.py: the kinds of trials. Each is a class: what its rows in the table are called, and one trial, which is
made of nothing but its own seed, so that it can be made again. A trial returns what was lost, or nothing."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time

from gimp import ANSWER_SECONDS, Gimp, Gone, wait_for
from painting import PICTURES, Table, sizes, traits
from weight_files import published

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
TRIALS_A_GIMP = 30  # Script-Fu has lost its variables over long loops
CRASH = re.compile(r"[Cc]rashed|neural-style: fatal error|\(neural-style:\d+\): .*(?:WARNING|CRITICAL|ERROR)")
OTHERS = re.compile(r"theme engine|gimp_flush\(\): error: Broken pipe")  # tests/gimp/lib.sh says whose these are


def without_counter(xcf):
    """An image's file without the number that its next new item gets (PROP_TATTOO, 20): a layer that never became a
    part of the image has had one."""
    at = xcf.index(b"\0\0\0\x14\0\0\0\x04") + 8
    return xcf[:at] + xcf[at + 4:]


def by_seed(seed):
    return random.Random(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))


class InGimp:
    """Trials within one GIMP, which is replaced after some, and after each that loses."""

    sanitized = False
    fails = None  # the object to load (Orders), or None

    def __init__(self, flavour):
        self.flavour = flavour
        self.orders = Orders(self.fails) if self.fails else None
        self.gimp = None
        self.made = 0
        self.table = Table(BUILD)
        self.counted = 1  # what a trial counts for: 0 if it came too late, say

    def fresh_gimp(self):
        if self.gimp and self.made >= TRIALS_A_GIMP:
            self.end()
        if not self.gimp:
            self.gimp = Gimp(self.flavour, PICTURES, self.sanitized, self.orders and self.orders.variables)
            self.made = 0
        self.made += 1
        self.log_before = len(self.gimp.log())
        return self.gimp

    def end(self):
        if self.gimp:
            self.gimp.close()
            self.gimp.remove()
        self.gimp = None

    def keep(self, where):
        if self.gimp:
            self.gimp.keep(where)

    def trial(self, seed):
        self.counted = 1
        try:
            lost = self.make(self.fresh_gimp(), by_seed(seed))
        except Gone as gone:
            lost = str(gone)
        return lost

    def news(self):
        """What GIMP and the plug-in have said since the trial began."""
        return self.gimp.log()[self.log_before:]

    def complaint(self):
        """What says in the log that our code broke, where nobody killed it."""
        found = [line for line in self.news().splitlines() if CRASH.search(line) and not OTHERS.search(line)]
        return f"GIMP's log: {found[0]}" if found else None

    def judge(self, answer):
        """The answer of `outcome` in soak.scm, and the files beside it. "not made": what was needed could not be made
        before the trial, for an earlier run was hit."""
        if answer.startswith("not made"):
            self.counted = 0
            return f"the trial itself is at fault: {answer}" if "unbound" in answer else None
        verdict, dirty, undo, _added, message = answer.split("\n", 4)
        before, after = (without_counter((self.gimp.folder / name).read_bytes()) for name in ("before.xcf", "after.xcf"))
        if undo == "open":
            return "an undo group was left open"
        if verdict == "failed":
            if dirty == "dirty" or before != after:
                return f"the image was changed by a failed run ({message.strip()})"
            if not message.strip():
                return "a failure without a message"
        elif before == after:
            return "painted, but nothing has changed"
        return None

    def painter(self, wild=0.0):
        settings = self.table.settings(self.random, wild)
        return f'(begin (make {sizes(self.random)} {traits(self.random)}) (try-painting "{settings}"))'

    def repainter(self, slow):
        first = "iterations=1 scales=1 method=gatys"
        return f'(begin (make {sizes(self.random)} {traits(self.random)}) (try-again "{first}" "{slow}"))'


# ---- Kills ----------------------------------------------------------------------------------------------


def report_lost(path):
    """The report is old or new, but whole, and nothing lies beside it."""
    beside = [name for name in os.listdir(path.parent) if name != path.name]
    if beside:
        return f"left beside the report: {', '.join(beside)}"
    try:
        json.loads(path.read_text())
    except (OSError, ValueError) as error:
        return f"the report is not whole: {error}"
    return None


class PlugInKills(InGimp):
    """The plug-in is killed at a random moment, or at one that its log names."""

    moments = {"seen": None, "forecast": "neural-style: about ", "iteration": " iteration ", "painted": "neural-style: painted ",
               "after a while": None}
    signals = [signal.SIGKILL] * 4 + [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]

    @property
    def what(self):
        return f"kills of the plug-in, GIMP {self.flavour}"

    def report(self):
        path = self.gimp.folder / "reports" / "report.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"earlier": true}\n')
        return path

    def await_moment(self):
        if not wait_for(ANSWER_SECONDS, lambda: self.gimp.plug_ins() or self.gimp.answered(), 0.002):
            raise Gone("no plug-in was started")
        moment = self.random.choice(sorted(self.moments))
        if self.moments[moment]:
            wait_for(20, lambda: self.moments[moment] in self.news() or self.gimp.answered(), 0.002)
        elif moment == "after a while":
            time.sleep(self.random.uniform(0, 1.5))
        time.sleep(self.random.choice([0, 0, self.random.uniform(0, 0.1)]))

    def kill(self, numbers):
        sent = self.random.choice(self.signals)
        for number in numbers:
            try:
                os.kill(number, sent)
            except ProcessLookupError:
                self.counted = 0

    def ask_slowly(self):
        """A run that takes a second or two."""
        report = self.report()
        slow = f"iterations={self.random.choice([5, 40, 400])} method={self.random.choice(['gatys', 'painter'])}"
        if self.random.random() < 0.3:
            expression = self.repainter(f"{slow} strength=90")
        else:
            expression = (f'(begin (make {sizes(self.random)} {traits(self.random)}) '
                          f'(try-painting "{slow} report={report}"))')
        self.gimp.ask(expression)
        return report

    def make(self, gimp, random):
        self.random = random
        report = self.ask_slowly()
        self.await_moment()
        victims = gimp.plug_ins()
        self.counted = 1 if victims and not gimp.answered() else 0
        self.kill(victims)
        answer = gimp.take()
        if not wait_for(10, lambda: not gimp.plug_ins()):
            return "a plug-in's process stays"
        if "neural-style terminated: " in self.news():
            return "GIMP's library has handled the signal, in which it may wait for itself"
        return self.judge(answer) or report_lost(report)


class GimpKills(PlugInKills):
    """GIMP itself is killed while the plug-in paints, which then has to go, and to leave whole files."""

    @property
    def what(self):
        return f"kills of GIMP, GIMP {self.flavour}"

    def make(self, gimp, random):
        self.random = random
        report = self.ask_slowly()
        self.await_moment()
        self.counted = 1 if gimp.plug_ins() else 0
        for number in gimp.processes():
            os.kill(number, signal.SIGKILL)
        gone = wait_for(15, lambda: not gimp.plug_ins(), 0.05)
        lost = None if gone else "a plug-in's process outlives GIMP"
        lost = lost or report_lost(report)
        if not lost:
            self.end()
        return lost


# ---- Allocations ----------------------------------------------------------------------------------------


class Orders:
    """What an object that is loaded before the C library shall let fail next, and whether it has."""

    def __init__(self, kind):
        self.folder = tempfile.TemporaryDirectory(prefix="neural-style-order.")
        self.file = pathlib.Path(self.folder.name) / "order"
        self.variables = {"LD_PRELOAD": str(BUILD / f"tests/soak/lib{kind}.so"), f"NST_{kind.upper()}": str(self.file)}

    def give(self, text):
        self.file.with_suffix(".failed").unlink(missing_ok=True)
        self.file.write_text(text)

    def end(self):
        """Returns whether it failed."""
        self.file.unlink()
        return self.file.with_suffix(".failed").exists()


def which_allocation(random, most):
    return f"{int(2 ** random.uniform(0, most))}{' on' if random.random() < 0.3 else ''}"


class PlugInAllocations(InGimp):
    """In the plug-in's process one allocation of our code fails, or all from one on."""

    fails = "fail_allocation"

    @property
    def what(self):
        return f"failed allocations in the plug-in, GIMP {self.flavour}"

    def make(self, gimp, random):
        self.random = random
        self.orders.give(which_allocation(random, 10))
        answer = gimp.value(self.painter())
        self.counted = 1 if self.orders.end() else 0
        return self.complaint() or self.judge(answer)


class CoreAllocations:
    """core by itself: allocations.c makes the trials."""

    what = "failed allocations in core"

    def __init__(self, _flavour=None):
        self.program = BUILD / "tests/soak/soak_allocations"

    def run(self, seed, first, seconds):
        """Returns how many failed, and what was lost: [(trial, what)]."""
        done = subprocess.run([self.program, str(seed), str(first), str(seconds)], capture_output=True, text=True,
                              env=os.environ | {"NST_WEIGHTS": str(ROOT / "weights/default.safetensors")})
        lost = [(int(number), what) for number, what in re.findall(r"^lost (\d+) (.*)$", done.stdout, re.M)]
        at = [int(number) for number in re.findall(r"^at (\d+)$", done.stdout, re.M)]
        if done.returncode != 0:
            lost.append((at[-1] if at else first, f"ended with {done.returncode}: {done.stderr[-300:]}"))
        return len(at), lost


class ImporterAllocations:
    """The importer's program: no part of a file is left, and a failure says why."""

    what = "failed allocations in the importer"
    fails = "fail_allocation"

    def __init__(self, _flavour=None):
        self.orders = Orders(self.fails)
        self.temporary = tempfile.TemporaryDirectory(prefix="neural-style-soak.")
        self.folder = pathlib.Path(self.temporary.name)
        self.counted = 1
        built_in = ROOT / "weights/default.safetensors"
        self.files = [built_in] + published(built_in, self.folder)

    def order(self, random):
        return which_allocation(random, 6)

    def trial(self, seed):
        random = by_seed(seed)
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        self.orders.give(self.order(random))
        done = subprocess.run([BUILD / "weights/neural-style-weights", "import", random.choice(self.files),
                               out / "made.safetensors"], capture_output=True, text=True,
                              env=os.environ | self.orders.variables)
        self.counted = 1 if self.orders.end() else 0
        left = sorted(os.listdir(out))
        if done.returncode < 0:
            return f"killed by signal {-done.returncode}: {done.stderr[-200:]}"
        if done.returncode == 0 and left != ["made.safetensors"]:
            return f"success, but there is {left}"
        if done.returncode != 0 and left:
            return f"a failure left {left}"
        if done.returncode != 0 and not done.stderr.strip():
            return "a failure without a message"
        return None

    def keep(self, where):
        shutil.copytree(self.folder, where, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pth"))

    def end(self):
        """Nothing stays running."""


# ---- A full disk ----------------------------------------------------------------------------------------


class ImporterOnFullDisk(ImporterAllocations):
    """The disk is full after any part of the file that the importer writes."""

    what = "imports onto a full disk"
    fails = "full_disk"

    def order(self, random):
        return str(int(2 ** random.uniform(0, 25)))


class ReportsOnFullDisk(PlugInKills):
    """The disk is full after any part of a report: it stays what it was, and the painting is kept."""

    fails = "full_disk"

    @property
    def what(self):
        return f"reports onto a full disk, GIMP {self.flavour}"

    def make(self, gimp, random):
        self.random = random
        report = self.report()
        self.orders.give(str(int(2 ** random.uniform(0, 14)) - 1))
        answer = gimp.value(f"(begin (make {sizes(random)} '()) "
                            f'(try-painting "iterations=1 scales=1 report={report}"))')
        self.counted = 1 if self.orders.end() else 0
        if self.counted and "earlier" not in report.read_text():
            return "a report that didn't fit has replaced the earlier one"
        if not answer.startswith("painted"):
            return f"the painting was lost with its report: {answer}"
        return self.complaint() or self.judge(answer) or report_lost(report)


# ---- Sanitized runs -------------------------------------------------------------------------------------


class SanitizedRuns(InGimp):
    """The plug-in with sanitizers: any settings, sizes and kinds of pictures."""

    sanitized = True

    @property
    def what(self):
        return f"sanitized runs, GIMP {self.flavour}"

    def make(self, gimp, random):
        self.random = random
        answer = gimp.value(self.painter(wild=0.15))
        if complaints := gimp.complaints():
            return f"the sanitizers: {complaints[0][:2000]}"
        return self.complaint() or self.judge(answer)


# ---- Files under way ------------------------------------------------------------------------------------


class FilesUnderWay(PlugInKills):
    """While the plug-in runs, its weights or its style file are cut off, replaced, removed or become a link."""

    @property
    def what(self):
        return f"files that change under way, GIMP {self.flavour}"

    def spoil(self, path):
        """No pipe in the style's place: GIMP opens that, after we have looked, and would wait for ever."""
        pipe = ["pipe"] if path.suffix == ".safetensors" else []
        how = self.random.choice(["cut", "replaced", "removed", "link", "folder", "noise"] + pipe)
        if how == "cut":
            os.truncate(path, int(os.path.getsize(path) * self.random.random()))
            return
        if how == "noise":
            with open(path, "r+b") as file:
                file.seek(int(os.path.getsize(path) * self.random.random()))
                file.write(os.urandom(64))
            return
        path.unlink()
        if how == "replaced":
            path.write_bytes(os.urandom(1000))
        elif how == "link":
            path.symlink_to("/dev/zero" if pipe and self.random.random() < 0.5 else "nowhere")
        elif how == "folder":
            path.mkdir()
        elif how == "pipe":
            os.mkfifo(path)

    def restore(self, path, original):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        path.unlink(missing_ok=True)
        shutil.copyfile(original, path)

    def make(self, gimp, random):
        self.random = random
        style, weights = gimp.folder / "spoiled.png", gimp.folder / "spoiled.safetensors"
        self.restore(style, gimp.folder / "style.png")
        self.restore(weights, ROOT / "weights/default.safetensors")
        report = self.report()
        method = random.choice(["gatys", "painter"])
        gimp.ask(f'(begin (make {sizes(random)} {traits(random)}) (outcome (lambda () (set! painting (repaint image '
                 f'(active image) -1 "iterations=5 method={method} style-file={style} weights={weights} report={report}")))))')
        wait_for(ANSWER_SECONDS, lambda: gimp.plug_ins() or gimp.answered(), 0.002)
        time.sleep(random.uniform(0, 0.7))
        self.spoil(random.choice([style, weights]))
        answer = gimp.take()
        return self.complaint() or self.judge(answer) or report_lost(report)


# ---- Readers --------------------------------------------------------------------------------------------


class Fuzzing:
    """Made-up files and settings strings, for every reader that has a program in tests/fuzz."""

    what = "made-up inputs for readers"

    def __init__(self, _flavour=None):
        pass

    def run(self, _seed, _first, seconds):
        names = sorted(path.stem.removeprefix("fuzz_") for path in (ROOT / "tests/fuzz").glob("fuzz_*.c"))
        count, lost = 0, []
        for name in names:
            share = str(max(1, int(seconds / len(names))))
            done = subprocess.run([ROOT / "tests/fuzz/run", share, name], capture_output=True, text=True,
                                  env=os.environ | {"NST_BUILT": "1"})
            count += sum(int(number) for number in re.findall(r": (\d+) files in", done.stdout))
            if done.returncode != 0:
                lost.append((0, f"tests/fuzz/run {share} {name}: {done.stdout[-500:]}"))
        return count, lost


BOTH = ["2.10", "3"]
# Name: (class, GIMPs or None, share of the time against other parts). A kill takes longest and tells most; a failed
# allocation takes little; readers need very many inputs before something new is reached.
PARTS = {
    "plug-in-kills": (PlugInKills, BOTH, 6),
    "gimp-kills": (GimpKills, BOTH, 6),
    "plug-in-allocations": (PlugInAllocations, BOTH, 2),
    "core-allocations": (CoreAllocations, [None], 2),
    "importer-allocations": (ImporterAllocations, [None], 2),
    "full-disk": (ReportsOnFullDisk, BOTH, 2),
    "importer-full-disk": (ImporterOnFullDisk, [None], 1),
    "sanitized": (SanitizedRuns, BOTH, 6),
    "files": (FilesUnderWay, BOTH, 3),
    "fuzz": (Fuzzing, [None], 12),
}
