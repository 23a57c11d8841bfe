#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""A real Prometheus server scrapes two instances of the example server under a known load. What it
says must be true, and every query of the dashboard must have a result.

    scrape.py PROMETHEUS PROMTOOL SERVER TEXT_OF_NAMES DASHBOARD EXAMPLE_CONFIG MANUAL
"""

import bisect
import http.client
import json
import math
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

from dashboard import Dashboard
from prometheus_server import (LIMIT, Prometheus, get, limit_this_test_to, promtool, true_quantile,
                               wait_for)
from running_server import RunningServer
from text_server import TextServer

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"

# How many requests each instance gets for each route. The numbers differ, so the distributions do
# too.
LOADS = [
    # The 20th visit blocks its thread, so that the watch's samples have it.
    {"/hello": 400, "/thumbnail": 30, "/upstream": 40, "/ledger": 150, "/visits": 20},
    {"/hello": 50, "/thumbnail": 90, "/upstream": 10, "/ledger": 20, "/visits": 30},
]

TIMERS = [*(f"GET {path}" for path in LOADS[0]), "ledger's strand"]

# The bytes of a name, and how Prometheus must show them.
NAMES = {
    b"plain": "plain",
    b"quote\" back\\slash": "quote\" back\\slash",
    b"\\n": "\\n",
    b"line\nend\r\ttab": "line\nend\r\ttab",
    b"\"} 1\nevil_total{a=\"": "\"} 1\nevil_total{a=\"",
    b"nul\0nul": "nul\0nul",
    b"\x1b[31m": "\x1b[31m",
    "\u00e4\u20ac\U0001f600".encode(): "\u00e4\u20ac\U0001f600",
    b"half \xc3": "half \ufffd",
    b"\xff\xfe": "\ufffd\ufffd",
}


def put_load_on(port, load):
    """When this returns, every request has been answered and measured."""
    def ask(path, times):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        for _ in range(times):
            client.request("GET", path)
            answer = client.getresponse()
            assert answer.read() and answer.status == 200, path
        client.close()

    # All clients of the ledger at once, so that its strand has a queue.
    clients = [threading.Thread(target=ask, args=("/ledger", load["/ledger"] // 5)) for _ in range(5)]
    for client in clients:
        client.start()
    for path, times in load.items():
        if path != "/ledger":
            ask(path, times)
    for client in clients:
        client.join()


def distribution(reports, timer, series):
    """The buckets that all instances measured: (first ns, last ns), count."""
    buckets = Counter()
    for report in reports:
        for one in report["timers"]:
            if one["name"] == timer:
                for first, last, count in one[series]["buckets"]:
                    buckets[first, last] += count
    return sorted(buckets.items())


def check_buckets(prometheus, reports, bounds):
    """A bound of Prometheus can lie inside a bucket of the distribution, at most 0.8 % wide. Each count
    lies between the true counts at the two ends of that bucket."""
    for timer in TIMERS:
        for series in ("elapsed", "busy", "queued"):
            buckets = distribution(reports, timer, series)
            counts = {float(one["metric"]["le"]): float(one["value"][1]) for one in prometheus.query(
                f'sum by (le) (perf_timer_{series}_seconds_bucket{{timer="{timer}"}})')}
            assert counts[math.inf] == sum(count for _, count in buckets)
            for bound in bounds:
                nanoseconds = bound * 1e9 * (1 + 1e-12)
                least = sum(count for (_, last), count in buckets if last <= nanoseconds)
                most = sum(count for (first, _), count in buckets if first <= nanoseconds)
                assert least <= counts[bound] <= most, (
                    f"{timer} {series} {bound}: {least} <= {counts[bound]} <= {most}")


def check_quantiles(prometheus, reports, bounds):
    """Each quantile over both instances is in the same bucket of Prometheus as the true one."""
    print("            timer series    q        truth [ms]   Prometheus [ms]")
    for timer in TIMERS:
        for series in ("elapsed", "busy", "queued"):
            buckets = distribution(reports, timer, series)
            for probability in (0.05, 0.25, 0.5, 0.75, 0.9, 0.99):
                answer = prometheus.number(
                    f'histogram_quantile({probability}, sum by (le) '
                    f'(perf_timer_{series}_seconds_bucket{{timer="{timer}"}}))')
                first, last = true_quantile(buckets, probability)
                if series == "elapsed":
                    print(f"{timer:>17} {series} {probability:5.2f} "
                          f"{first / 1e6:9.4f}-{last / 1e6:9.4f} {answer * 1e3:9.4f}")
                if 1000 <= first and last <= 1e10:
                    assert first / 1.25 <= answer * 1e9 <= last * 1.25, (timer, series, probability, answer, first, last)
                place = bisect.bisect_left(bounds, answer * (1 - 1e-12))
                below = bounds[place - 1] if place else -1
                # The two may touch, because a bound can lie inside the bucket of the true quantile.
                assert first <= bounds[place] * 1e9 and last > below * 1e9, (
                    f"{timer} {series} {probability}: {answer} isn't in the bucket of "
                    f"{first}..{last} ns")


def check_names(prometheus):
    known = {one["metric"]["timer"] for one in prometheus.query('perf_timer_runs_total{job="names"}')}
    assert known == set(NAMES.values()), known ^ set(NAMES.values())
    reasons = {one["metric"]["reason"] for one in prometheus.query('perf_timer_lost_total{job="names"}')}
    assert reasons == {"for a \"reason\" \\ and\nanother"}, reasons
    for metric, labels in {"operations_total": ("object", "operation", "at"),
                           "awaited_total": ("timer", "object", "operation", "part_of", "at"),
                           "awaited_seconds_total": ("timer", "object", "operation", "part_of", "at")}.items():
        operations = [one["metric"] for one in prometheus.query(f'perf_timer_{metric}{{job="names"}}')]
        for label in labels:
            # A label without a value is none.
            known = {operation.get(label, "") for operation in operations}
            assert known == set(NAMES.values()), (metric, label, known ^ set(NAMES.values()))
    assert prometheus.query("evil_total") == []


def queries_of_manual(path):
    """The queries of the section Queries: blocks of PromQL, separated by empty lines."""
    section = Path(path).read_text(encoding="utf-8").split("\n## Queries\n")[1].split("\n## ")[0]
    queries = [query for block in re.findall(r"^```promql\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
               for query in block.strip().split("\n\n")]
    assert len(queries) >= 9, queries
    return queries


def check_queries(prometheus, queries):
    for query in queries:
        result = prometheus.query(query)
        # A metric that is above zero only when something is wrong may have no result.
        assert result or query.endswith("> 0"), f"nothing comes of {query}"


SERVER, TEXT_OF_NAMES, DASHBOARD, EXAMPLE_CONFIG, MANUAL = sys.argv[3:8]
limit_this_test_to(seconds=150)

promtool("check", "config", EXAMPLE_CONFIG)
names_text = subprocess.run([TEXT_OF_NAMES, *(name.hex() for name in NAMES)], check=True,
                            capture_output=True, timeout=LIMIT).stdout
promtool("check", "metrics", text=names_text)

with (tempfile.TemporaryDirectory() as folder, TextServer(lambda _: names_text, TEXT_FORMAT) as names,
      RunningServer(SERVER) as first, RunningServer(SERVER) as second):
    servers = [first, second]
    ports, perf_ports = zip(*((server.port, server.perf_port) for server in servers))
    with Prometheus(folder, {"http_server": perf_ports, "names": [names.port]}) as prometheus:
        wait_for("a scrape of every target", lambda: prometheus.number("sum(up)") == 3)
        for port, load in zip(ports, LOADS):
            put_load_on(port, load)
        sent = sum(sum(load.values()) for load in LOADS)
        runs = 'sum(perf_timer_runs_total{job="http_server",kind="task"})'
        wait_for(f"{sent} runs", lambda: prometheus.number(runs) == sent)
        for path in LOADS[0]:
            number = prometheus.number(f'sum(perf_timer_runs_total{{timer="GET {path}"}})')
            assert number == sum(load[path] for load in LOADS), f"{path}: {number}"
        # Nothing runs any more, so both must agree now.
        reports = [json.loads(get(port, "/perf.json")) for port in perf_ports]
        texts = [get(port, "/metrics") for port in perf_ports]
        for text in texts:
            promtool("check", "metrics", text=text)
        bounds = sorted({float(one["metric"]["le"]) for one in prometheus.query(
            "perf_timer_elapsed_seconds_bucket") if one["metric"]["le"] != "+Inf"})
        assert len(bounds) == 92, bounds
        check_buckets(prometheus, reports, bounds)
        check_quantiles(prometheus, reports, bounds)
        check_names(prometheus)
        check_queries(prometheus, Dashboard(DASHBOARD).queries)
        sampled = 'count(rate(perf_timer_thread_samples_total{state="in_steps"}[5m]))'
        wait_for("samples of both servers", lambda: (prometheus.number(sampled) or 0) >= 2)
        check_queries(prometheus, queries_of_manual(MANUAL))
    for server in servers:
        status, _ = server.stop()
        assert status == 0 and server.errors_but_stalls() == [], server.error_text()
