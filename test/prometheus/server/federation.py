#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Two real Prometheus servers scrape ten processes of one program, and a third one federates one of
them. All must say what the processes were told to measure, and of the labelled runs the exemplars.

    federation.py PROMETHEUS PROMTOOL MEASURING
"""

import bisect
import math
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from prometheus_server import (LIMIT, Prometheus, get, limit_this_test_to, promtool, true_quantile,
                               wait_for)

PROCESSES = 10
RUNS = 2000  # of each
EVERY = 50  # of them is labelled
RUNS_TOTAL = 'perf_timer_runs_total{timer="request"}'
BUCKETS = 'perf_timer_elapsed_seconds_bucket{timer="request"}'


class Measuring:
    """A process, and what it is told to measure."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.port = int(self.process.stdout.readline())
        self.elapsed = []
        self.traces = {}

    def measure(self, runs):
        lines = []
        for elapsed, trace in runs:
            self.elapsed.append(elapsed)
            if trace:
                self.traces[trace] = elapsed
            lines.append(f"{elapsed} {trace}\n")
        self.process.stdin.write("".join(lines) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "\n"

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait(LIMIT) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()


def runs_of(process):
    """No two processes take equally long. Some runs are a hundred times as long as others."""
    chance = random.Random(process)
    for i in range(RUNS):
        elapsed = int(chance.lognormvariate(math.log(2e6 * (1 + process)), 1))
        yield elapsed, f"{process:016x}{i:016x}" if i % EVERY == 0 else ""


def counters_of(prometheus):
    """All that only grows while runs are measured, by its labels."""
    names = "perf_timer_(runs|failed|lost|partial|dropped)_total|perf_timer_elapsed_seconds_.*"
    return {tuple(sorted(one["metric"].items())): one["value"][1]
            for one in prometheus.query(f'{{__name__=~"{names}",timer="request"}}')}


def check_counters(servers, processes):
    """What one server has seen isn't missing from the other, and each has all."""
    first, second = (counters_of(server) for server in servers)
    # The runs, what failed and was dropped, 92 buckets and the one to infinity, count and sum.
    assert len(first) >= PROCESSES * 96, len(first)
    assert first == second, set(first.items()) ^ set(second.items())
    for process in processes:
        its = f'instance="127.0.0.1:{process.port}"'
        for server in servers:
            assert server.number(RUNS_TOTAL.replace("}", f",{its}}}")) == RUNS
            total = server.number(f'perf_timer_elapsed_seconds_sum{{timer="request",{its}}}')
            assert math.isclose(total, sum(process.elapsed) / 1e9, rel_tol=1e-12), total
            resets = server.query(f'max(resets({{__name__=~"perf_timer_runs_total|'
                                  f'perf_timer_elapsed_seconds_bucket",{its}}}[10m]))')
            assert [one["value"][1] for one in resets] == ["0"], resets


def check_quantiles(federated, elapsed):
    """Prometheus is off by what the bounds are apart. Rates are of each process by itself, and of times
    that aren't quite the same, so that they weigh a little differently."""
    samples = [((one, one), 1) for one in sorted(elapsed)]
    print("   q       truth [ms]   of counts   of rates")
    for q in (0.1, 0.5, 0.9, 0.99):
        truth = true_quantile(samples, q)[0] / 1e9
        of_counts, of_rates = (
            federated.number(f"histogram_quantile({q}, sum by (le) ({value}))")
            for value in (BUCKETS, f"rate({BUCKETS}[10m])"))
        print(f"{q:5.2f} {truth * 1e3:15.4f} {of_counts * 1e3:11.4f} {of_rates * 1e3:10.4f}")
        assert truth / 1.25 <= of_counts <= truth * 1.25, (q, truth, of_counts)
        least = true_quantile(samples, q - 0.005)[0] / 1e9 / 1.25
        most = true_quantile(samples, q + 0.005)[0] / 1e9 * 1.25
        assert least <= of_rates <= most, (q, least, of_rates, most)


def exemplars_of(prometheus, since):
    series = prometheus.ask("query_exemplars", query=BUCKETS, start=since, end=time.time() + 1)
    found = defaultdict(list)
    for one in series:
        for exemplar in one["exemplars"]:
            found[one["seriesLabels"]["instance"]].append((one["seriesLabels"]["le"], exemplar))
    return found


def latest(traces, place_of):
    """The latest of each place. The longer it took, the later it is in the result."""
    found = {place_of(elapsed): (trace, elapsed) for trace, elapsed in traces}
    return [found[place] for place in sorted(found)]


def check_exemplars(prometheus, processes, since, bounds):
    """Each is a run that was labelled, in the bucket that has it. Those that were the latest at the end
    are there, and perhaps earlier ones."""
    found = exemplars_of(prometheus, since)
    for process in processes:
        its = found[f"127.0.0.1:{process.port}"]
        order = list(process.traces)
        # A timer keeps one of each octave, and a bucket shows the latest of these.
        kept = sorted(latest(process.traces.items(), int.bit_length), key=lambda run: order.index(run[0]))
        shown = latest(kept, lambda elapsed: bisect.bisect_left(bounds, elapsed / 1e9))
        assert len(shown) >= 5, shown
        missing = {trace for trace, _ in shown} - {one["labels"]["trace_id"] for _, one in its}
        assert not missing, (missing, shown, its)
        for le, exemplar in its:
            trace = exemplar["labels"]["trace_id"]
            assert exemplar["labels"] == {"trace_id": trace}
            value = float(exemplar["value"])
            assert value == process.traces[trace] / 1e9, (trace, value)
            assert since - 0.001 <= float(exemplar["timestamp"]) <= time.time() + 0.001, exemplar
            below = max((bound for bound in bounds if bound < float(le)), default=0)
            assert below < value <= float(le), (below, value, le)


def check_texts(port):
    """promtool reads Prometheus' text. The reference of OpenMetrics is a parser in Python, if that is
    installed (Debian: python3-prometheus-client)."""
    text = get(port, "/metrics")
    promtool("check", "metrics", text=text)
    assert b"trace_id" not in text
    openmetrics = get(port, "/metrics", {"Accept": "application/openmetrics-text; version=1.0.0"})
    assert b"trace_id" in openmetrics and openmetrics.endswith(b"# EOF\n")
    try:
        from prometheus_client.openmetrics.parser import text_string_to_metric_families
    except ImportError:
        print("prometheus_client isn't installed, so it hasn't read the text in OpenMetrics")
        return
    families = {family.name: family for family in text_string_to_metric_families(openmetrics.decode())}
    exemplars = [sample.exemplar for sample in families["perf_timer_elapsed_seconds"].samples
                 if sample.exemplar]
    assert len(exemplars) >= 5 and families["perf_timer_elapsed_seconds"].unit == "seconds"


MEASURING = sys.argv[3]
limit_this_test_to(seconds=150)
began = time.time()

with ExitStack() as stack:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    processes = []
    for _ in range(PROCESSES):
        processes.append(Measuring(MEASURING))
        stack.callback(processes[-1].kill)
    ports = [process.port for process in processes]
    servers = [stack.enter_context(Prometheus(folder / name, {"ten": ports},
                                              "--enable-feature=exemplar-storage"))
               for name in ("first", "second")]
    federated = stack.enter_context(Prometheus(
        folder / "federated", {"federate": [servers[0].port]},
        more={"metrics_path": "/federate", "honor_labels": True,
              "params": {"match[]": ['{job="ten"}']}}))
    # A rate is of what comes after the first scrape.
    for server in (*servers, federated):
        wait_for("a scrape of all", lambda: server.number(f"count({RUNS_TOTAL} == 0)") == PROCESSES)
    all_runs = [list(runs_of(number)) for number in range(PROCESSES)]
    for part in range(4):  # while they are scraped
        for process, runs in zip(processes, all_runs):
            process.measure(runs[part * RUNS // 4:(part + 1) * RUNS // 4])
    for server in (*servers, federated):
        wait_for("all runs", lambda: server.number(f"sum({RUNS_TOTAL})") == PROCESSES * RUNS)
    les = [one["metric"]["le"] for one in federated.query(f"count by (le) ({BUCKETS})")]
    assert len(les) == 93 and {"1e-06", "0.085", "1.0", "+Inf"} <= set(les), les
    bounds = sorted(map(float, les))
    check_counters(servers, processes)
    check_quantiles(federated, [elapsed for process in processes for elapsed in process.elapsed])
    for server in servers:
        check_exemplars(server, processes, began, bounds)
    check_texts(ports[0])
    for process in processes:
        process.stop()
