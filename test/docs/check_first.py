#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Runs README's program as a reader would: asks it, ends it by Ctrl-C, and reads its report.

check_first.py PROGRAM
"""

import re
import signal
import socket
import subprocess
import sys


def main():
    with subprocess.Popen([sys.argv[1]], text=True, stdout=subprocess.PIPE) as server:
        try:
            port = int(re.fullmatch(r"listening on port (\d+)\n", server.stdout.readline())[1])
            for client in range(2):
                with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                    lines = connection.makefile("rw", encoding="ascii")
                    for line in (f"hello {client}\n", "and bye\n"):
                        lines.write(line)
                        lines.flush()
                        assert lines.readline() == line
            server.send_signal(signal.SIGINT)
            report = server.communicate(timeout=30)[0]
        finally:
            server.kill()
    print(report)
    assert server.returncode == 0, server.returncode
    assert re.search(r"^echo \*?\s*\|\s*4 \|", report, re.MULTILINE), "the table has no echo of 4 runs"
    assert re.search(r'^timer "echo": average .* in 4 runs$', report, re.MULTILINE), "no line at exit"


main()
