#!/usr/bin/env python3
"""Counts the instructions that each row executes more than the same program without this library.
Fails if they exceed the bound, which was set some 5 % above the count.

    instructions.py VALGRIND PROGRAM[,PROGRAM] BOUNDS [--set]      --set: writes the bounds anew
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

valgrind, programs, bounds_file = sys.argv[1:4]
set_anew = sys.argv[4:] == ["--set"]


def counted(program):
    """Instructions of one turn of each row, by name, in the order of the program; and what each is
    to be compared with."""
    with tempfile.TemporaryDirectory() as folder:
        # steady_clock, which every machine has. With the processor's counter, the bounds would hold
        # only for one kind of machine.
        environment = dict(os.environ, PERF_TIMER_TSC="0")
        result = subprocess.run(
            [valgrind, "--tool=callgrind", f"--callgrind-out-file={folder}/counts", program],
            env=environment, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"{program} failed under valgrind:\n{result.stderr}")
        turns = int(re.search(r"turns: (\d+)", result.stdout).group(1))
        parts = sorted(Path(folder).glob("counts.*"), key=lambda part: int(part.suffix[1:]))
        rows = {}
        for part in parts:
            text = part.read_text()
            row = re.search(r"^desc: Trigger: Client Request: (\S+)$", text, re.MULTILINE)
            if row:
                total = re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE)
                rows[row.group(1)] = int(total.group(1)) / turns
        return rows, dict(re.findall(r"^(\S+) beside (\S+)$", result.stdout, re.MULTILINE))


def with_bound(row):
    # Not counted, because they depend on the samples and on when a thread wakes.
    if row.endswith("/PSquareObserver") or "/thread_pool/" in row:
        return False
    return row != "loop" and not row.startswith("two_readings/") and not row.endswith("/plain")


rows, plain = {}, {}
for each in programs.split(","):
    more_rows, more_plain = counted(each)
    rows |= more_rows
    plain |= more_plain
beyond = {row: rows[row] - rows[plain[row]] for row in rows if with_bound(row)}
if set_anew:
    lines = [f"{row} {round(count * 1.05 + 2)}\n" for row, count in beyond.items()]
    Path(bounds_file).write_text("".join(lines))

bounds = {}
for line in Path(bounds_file).read_text().splitlines():
    row, bound = line.split()
    bounds[row] = int(bound)

wrong = sorted(bounds.keys() ^ beyond.keys())
for row, count in beyond.items():
    too_many = row in bounds and count > bounds[row]
    print(f"{row:45} {count:8.1f} of {bounds.get(row, 0):5}{'  TOO MANY' if too_many else ''}")
    if too_many:
        wrong.append(row)
if wrong:
    sys.exit("instructions: more than the bound, or without row or bound: " + ", ".join(wrong))
