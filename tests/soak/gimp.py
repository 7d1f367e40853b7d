"""gimp.py: a real GIMP that the campaign drives, and looks after: expressions go in, values come out, and what
crashes, hangs or stays is noticed. gimp.sh starts it, soak.scm answers."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ANSWER_SECONDS = 90  # what takes longer hangs: a trial takes about one


class Gone(Exception):
    """GIMP has ended, or doesn't answer."""


def wait_for(seconds, condition, step=0.01):
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            return None
        time.sleep(step)
    return value


def _read(path):
    try:
        return pathlib.Path(path).read_bytes()
    except OSError:
        return b""


def processes(begins):
    """The ids of all processes whose command line begins with that path, or holds it where it is a folder's."""
    wanted = begins.encode()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and wanted in _read(f"/proc/{name}/cmdline")]


class Gimp:
    def __init__(self, flavour, pictures, sanitized=False, variables=None):
        """pictures: {name: what writes it to a path}"""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="neural-style-soak."))
        for name, write in pictures.items():
            write(self.folder / name)
        command = [str(HERE / "gimp.sh"), flavour, str(self.folder)] + (["sanitized"] if sanitized else [])
        self.shell = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                      stderr=subprocess.DEVNULL, start_new_session=True,
                                      env=os.environ | self._sanitizers() | (variables or {}))
        self.directory = self.shell.stdout.readline().strip()
        self.plug_in = f"{self.directory}/plug-ins/neural-style/neural-style"
        if not self.directory or not wait_for(60, (self.folder / "ready").exists):
            raise Gone("GIMP does not start")

    def _sanitizers(self):
        log = f"log_path={self.folder}/sanitizer"
        return {"ASAN_OPTIONS": f"{log}:exitcode=99:detect_leaks=0", "UBSAN_OPTIONS": f"{log}:print_stacktrace=1"}

    def ask(self, expression):
        """Hands it over; take() waits for the value."""
        (self.folder / "answer").unlink(missing_ok=True)
        part = self.folder / "question.part"
        part.write_text(expression)
        part.rename(self.folder / "question")

    def answered(self):
        return _read(self.folder / "answer").endswith(b"\n.\n")

    def take(self):
        def done():
            return self.answered() or self.shell.poll() is not None or not self.alive()
        if not wait_for(ANSWER_SECONDS, done) or not self.answered():
            raise Gone("GIMP does not answer")
        return _read(self.folder / "answer")[:-3].decode("utf-8", "replace")

    def value(self, expression):
        self.ask(expression)
        return self.take()

    def log(self):
        return _read(self.folder / "log").decode("utf-8", "replace")

    def alive(self):
        return bool(self.processes())

    def processes(self):
        """GIMP's own: those that were given soak.scm and are neither a shell nor what limits their time."""
        def is_gimp(number):
            return os.path.basename(_read(f"/proc/{number}/cmdline").split(b"\0")[0]).startswith(b"gimp")
        return [number for number in processes(f'work "{self.folder}"') if is_gimp(number)]

    def plug_ins(self):
        return [number for number in processes(self.plug_in) if _read(f"/proc/{number}/cmdline").startswith(self.plug_in.encode())]

    def complaints(self):
        """What the sanitizers have found."""
        found = [_read(path).decode("utf-8", "replace") for path in self.folder.glob("sanitizer.*")]
        return [text for text in found if "ERROR: " in text or "runtime error: " in text]

    def close(self):
        try:
            self.shell.stdin.close()
            self.shell.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            pass
        for number in self.processes() + self.plug_ins():
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            self.shell.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.shell.pid, signal.SIGKILL)

    def keep(self, where):
        def left_out(folder, names):  # what is large, and pipes, which would be waited for
            return [name for name in names if name.endswith(".safetensors") or (pathlib.Path(folder) / name).is_fifo()]
        shutil.copytree(self.folder, where, symlinks=True, dirs_exist_ok=True, ignore=left_out)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
