# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Runs the example server while a test talks to it."""

import os
import re
import selectors
import signal
import subprocess
import tempfile
import time


class RunningServer:
    """A context manager that starts the server on free loopback ports, and stops it at the end. It has
    its `port`, and the `perf_port` that shows its timers; None if it was built without."""

    def __init__(self, program, *options):
        self.errors = tempfile.TemporaryFile()
        usage = subprocess.run([program, "--help"], capture_output=True, check=True).stdout
        if b"--perf-port" in usage:
            options = ("--perf-port", "0", *options)
        self.process = subprocess.Popen(
            [program, "--port", "0", *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=self.errors)
        try:
            line = self._first_line(deadline=time.monotonic() + 30)
            found = re.match(r"listening on http://127\.0\.0\.1:(\d+) ", line)
            if not found:
                raise RuntimeError(f"the server didn't start: {line!r} {self.error_text()!r}")
            self.port = int(found.group(1))
            shown = re.search(r"shown on http://127\.0\.0\.1:(\d+)/;", line)
            self.perf_port = int(shown.group(1)) if shown else None
        except BaseException:
            self.kill()
            raise

    def _first_line(self, deadline):
        line = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n") and selector.select(max(0, deadline - time.monotonic())):
                more = os.read(self.process.stdout.fileno(), 4096)
                if not more:
                    break
                line += more
        return line.decode(errors="replace")

    def error_text(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def errors_but_stalls(self):
        """Lines on standard error that aren't the stall watch's. On a busy machine, a step may get no
        processor for so long that it is told."""
        return [line for line in self.error_text().splitlines()
                if not re.match(r"perf_timer: (thread \d|\d+ more stalls)|  ", line)]

    def stop(self):
        """Stops the server as Ctrl-C does; returns its exit status and its report."""
        self.process.send_signal(signal.SIGINT)
        report, _ = self.process.communicate(timeout=30)
        return self.process.returncode, report.decode(errors="replace")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        self.errors.close()
