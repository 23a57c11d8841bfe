# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Runs servers of Prometheus, and asks them. The first two arguments of the program are prometheus and
promtool."""

import http.client
import json
import math
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

PROMETHEUS, PROMTOOL = sys.argv[1:3]
LIMIT = 60  # seconds, for anything that is waited for


def get(port, path, fields={}):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    client.request("GET", path, headers=fields)
    answer = client.getresponse()
    body = answer.read()
    client.close()
    assert answer.status == 200, f"{path}: {answer.status} {body[:500]}"
    return body


def wait_for(what, is_so):
    deadline = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < deadline, f"{what} didn't come about"
        time.sleep(0.1)


def promtool(*arguments, text=None):
    result = subprocess.run([PROMTOOL, *arguments], input=text, capture_output=True, timeout=LIMIT)
    assert result.returncode == 0, f"promtool {arguments}: {result.stdout} {result.stderr}"


class Prometheus:
    """A context manager that runs a server of Prometheus in an empty folder. It scrapes `targets`, which
    are the ports of each job; `more` is the rest of a job's configuration."""

    def __init__(self, folder, targets, *options, more={}):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.options = options
        jobs = [{"job_name": job, "static_configs": [{"targets": [f"127.0.0.1:{port}" for port in ports]}],
                 **more} for job, ports in targets.items()]
        config = {"global": {"scrape_interval": "1s", "scrape_timeout": "1s"}, "scrape_configs": jobs}
        self.config = self.folder / "prometheus.yml"
        self.config.write_text(json.dumps(config))  # which is YAML as well
        promtool("check", "config", str(self.config))
        self.process = None

    def __enter__(self):
        for attempt in range(3):  # somebody else may take the port before it does
            with socket.create_server(("127.0.0.1", 0)) as free:
                self.port = free.getsockname()[1]
            with open(self.folder / "log", "wb") as log:
                self.process = subprocess.Popen(
                    [PROMETHEUS, *self.options, f"--config.file={self.config}", "--storage.tsdb.path=data",
                     f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"],
                    cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            try:
                wait_for("prometheus", lambda: self.process.poll() is not None or self.is_ready())
            except BaseException:
                self.__exit__()
                raise
            if self.process.poll() is None:
                return self
        raise RuntimeError((self.folder / "log").read_text())

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def is_ready(self):
        try:
            return get(self.port, "/-/ready") is not None
        except (OSError, AssertionError):
            return False

    def ask(self, path, **parameters):
        answer = json.loads(get(self.port, f"/api/v1/{path}?" + urllib.parse.urlencode(parameters)))
        assert answer["status"] == "success" and not answer.get("warnings"), f"{parameters}: {answer}"
        return answer["data"]

    def query(self, query):
        return self.ask("query", query=query)["result"]

    def number(self, query):
        result = self.query(query)
        return float(result[0]["value"][1]) if len(result) == 1 else None


def true_quantile(buckets, probability):
    """The bucket of the least sample that this many don't exceed. It is at most 0.8 % wide."""
    total = sum(count for _, count in buckets)
    rank = max(1, math.ceil(probability * total))
    for bucket, count in buckets:
        rank -= count
        if rank <= 0:
            return bucket
    raise AssertionError("no samples")


def too_long(*_):
    raise TimeoutError("the test takes too long")  # and whatever was started is stopped


def limit_this_test_to(seconds):
    signal.signal(signal.SIGALRM, too_long)
    signal.signal(signal.SIGTERM, too_long)
    signal.alarm(seconds)
