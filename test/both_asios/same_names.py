#!/usr/bin/env python3
"""Compares two objects that end in one program, and were compiled without optimisation. The linker
keeps one of several functions or variables of the same name, so these must be the same. Prints each
that isn't.

    same_names.py OBJDUMP OBJECT OBJECT
"""

import re
import subprocess
import sys

objdump, *objects = sys.argv[1:]

# Each function or variable that several files may have has a section of its own.
SECTION = re.compile(r"^(?:Contents of section |RELOCATION RECORDS FOR \[)\.\w+(?:\.\w+)*?\.(_Z\w+)")
OTHER = re.compile(r"^(?:Contents of section|RELOCATION RECORDS FOR)")
# Where texts and constants of the file itself lie.
OWN = re.compile(r"\.(?:rodata|LC|data\.rel)[\w.]*(?:[+-]0x[0-9a-f]+)?")


def definitions(path):
    """What each weak name is: its bytes, and what these refer to."""
    lines = subprocess.run([objdump, "-sr", path], capture_output=True, text=True,
                           check=True).stdout.splitlines()
    found, name = {}, None
    for line in lines:
        if OTHER.match(line):
            section = SECTION.match(line)
            name = section and section[1]
        elif name and line.strip():
            found.setdefault(name, []).append(OWN.sub("OWN", line))
    return found


def readable(name):
    return subprocess.run(["c++filt", name], capture_output=True, text=True).stdout.strip() or name


first, second = map(definitions, objects)
ours = [name for name in sorted(first.keys() & second.keys()) if "perf_timer" in name]
different = [name for name in ours if first[name] != second[name]]
print(f"{len(ours)} names of perf_timer are in both objects")
for name in different:
    print(f"{readable(name)} isn't the same")
if not ours:
    sys.exit("same_names.py: nothing to compare")
if different:
    sys.exit(f"same_names.py: {len(different)} names mean different things")
