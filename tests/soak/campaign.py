"""campaign.py: shares the time among the kinds of trials (trials.py), two at a time, and prints what each has lost.
Called by tests/soak/run, which says how."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import time

from trials import BUILD, PARTS

KEPT = BUILD / "soak"


def parts_of(names):
    """[(part, flavour)], those wanted that this machine can run."""
    def can(flavour):
        return flavour is None or os.environ.get(f"NST_SOAK_{flavour.replace('.', '_')}", "1") == "1"
    return [(name, flavour) for name, (_, flavours, _) in PARTS.items() for flavour in flavours
            if can(flavour) and (not names or name in names)]


def say(row):
    print(json.dumps(row), flush=True)


def run_part(name, flavour, seed, first, seconds, once):
    """In a process of its own: one row for all trials, and one for each that lost."""
    kind = PARTS[name][0](flavour)
    if hasattr(kind, "run"):
        count, lost = kind.run(seed, first, 0 if once else seconds)
        for trial, what in lost:
            say({"lost": what, "trial": trial})
        say({"what": kind.what, "count": count})
        return
    count, end = 0, time.monotonic() + seconds
    try:
        for trial in itertools.count(first):
            lost = kind.trial(f"{seed}-{name}-{flavour}-{trial}")
            count += kind.counted
            if lost:
                kept = KEPT / f"{name}-{flavour}-{seed}-{trial}"
                kind.keep(kept)
                kind.end()
                say({"lost": lost, "trial": trial, "kept": str(kept)})
            if once or time.monotonic() > end:
                break
    finally:
        kind.end()
    say({"what": kind.what, "count": count})


def start(part, seed, seconds):
    name, flavour = part
    command = [sys.executable, "-B", __file__, "--part", name, "--flavour", flavour or "", "--seed", str(seed), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(part, process, seed):
    """(what, how many, lost) for the table; what was lost is told at once, with how to see it again."""
    rows = [json.loads(line) for line in process.communicate()[0].splitlines()]
    total = next((row for row in rows if "what" in row), None)
    losses = [row for row in rows if "lost" in row]
    name, flavour = part
    if not total:
        losses.append({"lost": "the part ended early", "trial": 0})
        total = {"what": f"{name} {flavour or ''}".strip(), "count": 0}
    for row in losses:
        where = f" --flavour {flavour}" if flavour else ""
        print(f"LOST: {total['what']}: {row['lost']}", row.get("kept", ""),
              f"again: tests/soak/run --seed {seed} --only {name}{where} --trial {row['trial']}",
              sep="\n  ", file=sys.stderr, flush=True)
    return total["what"], total["count"], len(losses)


def shares(parts, seconds):
    """The seconds of each part, by the weights in PARTS."""
    weights = [PARTS[name][2] for name, _ in parts]
    return [max(1, int(seconds * weight / sum(weights))) for weight in weights]


def run_all(parts, seed, minutes, slots):
    """So many at a time, the longest first. Rows are few and small, so no pipe fills up."""
    waiting = sorted(zip(shares(parts, minutes * 60 * slots), parts), reverse=True)
    running, table = {}, []
    while waiting or running:
        while waiting and len(running) < slots:
            share, part = waiting.pop(0)
            running[start(part, seed, share)] = part
        for process in [process for process in running if process.poll() is not None]:
            table.append(finish(running.pop(process), process, seed))
        time.sleep(0.2)
    return table


def print_table(table):
    rows = [f"| {what} | {count:,} | {lost} |" for what, count, lost in sorted(table)]
    print("", "| what | how many | lost |", "|---|---|---|", *rows, sep="\n")


def print_tap(table):
    for number, (what, count, lost) in enumerate(table, 1):
        print(f"{'not ok' if lost else 'ok'} {number} - {what}: {count}, none lost")
    print(f"1..{len(table)}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("minutes", nargs="?", type=float, default=10)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options.add_argument("--only", action="append", choices=sorted(PARTS), default=[])
    options.add_argument("--flavour")
    options.add_argument("--trial", type=int)
    options.add_argument("--slots", type=int, default=2)
    options.add_argument("--tap", action="store_true")
    options.add_argument("--part", help=argparse.SUPPRESS)
    given = options.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    if given.part:  # the minutes are seconds
        return run_part(given.part, given.flavour or None, given.seed, 1, given.minutes, False)
    if given.trial is not None:
        return run_part(given.only[0], given.flavour, given.seed, given.trial, 0, True)
    if not given.tap:
        print(f"seed {given.seed}", flush=True)
    parts = [part for part in parts_of(given.only) if not given.flavour or part[1] == given.flavour]
    if given.tap:  # tests/run runs them by themselves
        parts = [part for part in parts if part[0] != "fuzz"]
    if not parts:
        sys.exit("there is no GIMP for these")
    table = run_all(parts, given.seed, given.minutes, given.slots)
    print_tap(table) if given.tap else print_table(table)
    return any(lost for _, _, lost in table)


if __name__ == "__main__":
    sys.exit(main())
