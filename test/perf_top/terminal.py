# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""A terminal with a program in it."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte

LIMIT = 60  # seconds, for anything that is waited for
PICTURE = 2026 << 5  # pyte's number of the private mode that is set while a picture is drawn


class Terminal:
    def __init__(self, *arguments, columns=120, lines=24, **environment):
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            self._set_size(0, columns, lines)
            os.execvpe(arguments[0], arguments, os.environ | {"TERM": "linux", "LC_ALL": "C.UTF-8"} | environment)
        self.usual = termios.tcgetattr(self.descriptor)

    @staticmethod
    def _set_size(descriptor, columns, lines):
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns, lines):
        self.screen.resize(lines, columns)
        self._set_size(self.descriptor, columns, lines)  # and the program is told

    def press(self, keys):
        os.write(self.descriptor, keys.encode())

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def shows(self, what, is_so):
        """Waits until a whole picture on the screen is so. Returns its lines."""
        deadline = time.monotonic() + LIMIT
        while PICTURE in self.screen.mode or not is_so(self.lines()):
            if time.monotonic() > deadline:
                raise AssertionError(f"the terminal never shows {what}:\n" + "\n".join(self.lines()))
            self._read(0.2)
        return self.lines()

    def _read(self, seconds):
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            self.stream.feed(os.read(self.descriptor, 64))  # few, as on a slow line
        except OSError:  # the program has ended
            return False
        return True

    def end(self):
        """Waits for the program's end. Returns its status, and whether the terminal is as it was."""
        deadline = time.monotonic() + LIMIT
        while True:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                self.process = 0
                while self._read(0) and select.select([self.descriptor], [], [], 0)[0]:
                    pass
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < deadline, "the program doesn't end"
            self._read(0.05)

    def is_as_it_was(self):
        return termios.tcgetattr(self.descriptor)[:4] == self.usual[:4]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.descriptor)
