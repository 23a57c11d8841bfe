#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Compares output in the documents with what a program prints.

check_output.py NAME PROGRAM...          each block after <!-- output: NAME --> is printed so
check_output.py --shape NAME PROGRAM...  the same but for numbers, units, bars, the order of a
                                         table's rows, and footnotes, which depend on numbers
"""

import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "doc/reference"))

import markdown  # noqa: E402


def shape(line):
    """A line without what differs from run to run: all numbers are N, and the widths of columns go."""
    if re.fullmatch(r"[-+]+", line):
        return re.sub(r"-+", "-", line)
    # A thread that is preempted between two readings may not know a part of a wait.
    line = re.sub(r", <?\d+% for what isn't known$", "", line)
    line = re.sub(r"\bsuch as async_\w+", "such as OPERATION", line)  # the one with the greatest total
    cells = line.split("|")
    if len(cells) > 1:
        cells[-1] = re.sub(r"[#=.]{10}(?=\s)", "BAR", cells[-1])
    cells[0] = re.sub(r" \*( *)$", r"  \1", cells[0])
    cells = [re.sub(r"<?\d[\d.,]*", "N", re.sub(r"\((ns|us|ms|s)\)", "(UNIT)", cell)) for cell in cells]
    if len(cells) == 1:
        cells[0] = re.sub(r"\bN(ns|us|ms|s)\b", "N UNIT", cells[0])
        cells[0] = re.sub(r": \.+ N", ": DOTS N", cells[0])
    return "|".join(" ".join(cell.split()) for cell in cells)


def missing_lines(block, printed, by_shape):
    """Yields (offset, line) of what the output doesn't have."""
    if by_shape:
        shapes = {shape(line) for line in printed}
        yield from ((offset, line) for offset, line in enumerate(block.lines)
                    if shape(line) not in shapes and not line.startswith("*: "))
        return
    for start in range(len(printed)):
        if printed[start:start + len(block.lines)] == block.lines:
            return
    yield 0, block.lines[0]


def main():
    arguments = sys.argv[1:]
    by_shape = arguments[:1] == ["--shape"]
    name, *command = arguments[by_shape:]
    told = subprocess.run(command, text=True, capture_output=True, check=False)
    if told.returncode != 0:
        sys.exit(f"{command[0]} ended with {told.returncode}:\n{told.stdout}{told.stderr}")
    printed = told.stdout.split("\n")
    errors = []
    count = 0
    for document in markdown.documents():
        for block in markdown.blocks(document.read_text(encoding="utf-8")):
            if block.language or block.before != f"<!-- output: {name} -->":
                continue
            count += 1
            for offset, line in missing_lines(block, printed, by_shape):
                errors.append(f"{document.relative_to(markdown.ROOT)}:{block.first_line + offset}: "
                              f"{name} doesn't print this:\n{line}")
    if count == 0:
        errors.append(f"No document has the output {name}: take out its test.")
    if errors:
        sys.exit("\n".join(errors) + f"\n\n{name} printed:\n{told.stdout}")
    print(f"{count} blocks are what {name} prints.")


main()
