#!/usr/bin/env python3
"""Counts what a file with one coroutine and one timer gives to the compiler beyond the same file
without the timer: preprocessed lines, and weak symbols of the optimised object. Fails if they exceed
the bounds, which were set 3 % above the count, or if perf_timer.hpp includes what takes long.

    compile_cost.py NM INCLUDE BOUNDS COMPILER...      BOUNDS with --set after it: writes them anew
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

set_anew = "--set" in sys.argv
nm, include, bounds_file, *compiler = [word for word in sys.argv[1:] if word != "--set"]
include = Path(include).resolve()
compiler += ["-std=c++20", "-O2"]
here = Path(__file__).parent

# Few programs need these in the header that all include.
HEAVY = ["condition_variable", "filesystem", "map", "typeinfo", "variant", "boost/accumulators"]
# Needs RTTI, which some programs switch off.
RTTI = re.compile(r"\b(typeid|dynamic_cast)\b")


def output_of(command):
    # ccache refers to files relative to its folder, if it is told one.
    environment = {name: value for name, value in os.environ.items() if name != "CCACHE_BASEDIR"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return result.stdout


def counts_of(source):
    with tempfile.TemporaryDirectory() as folder:
        object_file = f"{folder}/{source.stem}.o"
        output_of([*compiler, "-c", str(source), "-o", object_file])
        symbols = [line.split() for line in output_of([nm, object_file]).splitlines()]
    return {
        "preprocessed_lines": output_of([*compiler, "-E", "-P", str(source)]).count("\n"),
        "weak_symbols": sum(words[-2] in ("W", "V", "u") for words in symbols),
    }


def read_by_umbrella():
    """The headers of this library that perf_timer.hpp reads."""
    rule = output_of([*compiler, "-M", str(include / "perf_timer.hpp")])
    files = [Path(word).resolve() for word in rule.replace("\\\n", " ").split()[1:]]
    return [file for file in files if file.is_relative_to(include)]


def heavy_things():
    for header in read_by_umbrella():
        for line in header.read_text().splitlines():
            included = re.match(r"\s*#\s*include\s*[<\"]([^>\"]+)", line)
            name = included.group(1) if included else ""
            if any(name == heavy or name.startswith(heavy + "/") for heavy in HEAVY):
                yield f"{header.relative_to(include)} includes <{name}>"
            if RTTI.search(line.partition("//")[0]):
                yield f"{header.relative_to(include)} needs RTTI: {line.strip()}"


alone, timed = counts_of(here / "alone.cpp"), counts_of(here / "timed.cpp")
beyond = {row: timed[row] - alone[row] for row in alone}
if set_anew:
    lines = [f"{row} {count * 103 // 100}\n" for row, count in beyond.items()]
    Path(bounds_file).write_text("".join(lines))
bounds = dict(line.split() for line in Path(bounds_file).read_text().splitlines())

wrong = list(heavy_things())
if bounds.keys() != beyond.keys():
    wrong.append(f"{bounds_file} must have these rows: {', '.join(beyond)}")
for row, count in beyond.items():
    bound = int(bounds.get(row, 0))
    print(f"{row}: {alone[row]} alone, {timed[row]} with a timer; {count} more, of {bound}")
    if count > bound:
        wrong.append(f"{row}: {count} beyond Asio, more than {bound}")
if wrong:
    sys.exit("compile_cost: " + "\n  ".join(wrong))
