"""The example server, on a free port of loopback, and clients for it."""

import json
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request

# Connects directly, never through a proxy.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """`address` and `port` are where the page is. `routes` is what people want of the server."""

    def __init__(self, program, *options, port=0):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([program, "--port", "0", "--perf-port", str(port), *options],
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True)
        first = self.process.stdout.readline()
        found = re.match(r"listening on (http://127\.0\.0\.1:\d+) .* on (http://127\.0\.0\.1:(\d+))/;", first)
        if not found:
            self.process.kill()
            self.errors.seek(0)
            raise RuntimeError(f"the server didn't start: {first}{self.errors.read()}")
        self.routes, self.address, self.port = found[1], found[2], int(found[3])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it like Ctrl-C, and returns what it wrote at its end."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        finally:
            self.errors.close()

    def kill(self):
        self.process.kill()
        self.process.communicate()
        self.errors.close()

    def get(self, path):
        return self._get(self.routes + path)

    def report(self):
        return json.loads(self._get(self.address + "/perf.json"))

    @staticmethod
    def _get(url):
        with _direct.open(url, timeout=20) as answer:
            return answer.read()

    def load(self, script, seconds):
        """Starts wrk on all routes, and returns its process."""
        wrk = shutil.which("wrk")
        if not wrk:
            raise RuntimeError("wrk isn't here")
        return subprocess.Popen(
            [wrk, "--threads", "5", "--connections", "40", "--duration", f"{seconds}s", "--script", script,
             self.routes], stdout=subprocess.DEVNULL)
