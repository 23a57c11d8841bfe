#!/usr/bin/env python3
#
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
#
"""Types Ctrl-C at the console of a program for Windows, which wine runs in a terminal of this script's.

    console_control.py COMMAND [ARGUMENT ...]
"""

import os
import pty
import re
import sys

process, terminal = pty.fork()
if process == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

drawn = b""
typed = 0


def said():
    """What the program has written, without how wine draws it."""
    return re.findall(r"ready|called", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn.decode(errors="replace")))


while True:
    try:
        read = os.read(terminal, 4096)
    except OSError:  # how a terminal ends
        break
    if not read:
        break
    drawn += read
    if typed < min(len(said()), 2):
        typed += 1
        os.write(terminal, b"\x03")
status = os.waitpid(process, 0)[1]
print(said(), status)
sys.exit(said() != ["ready", "called", "called"] or status != 0)
