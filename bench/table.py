#!/usr/bin/env python3
"""Prints tables of what tools/bench measured: medians, ratios, and the cost beyond the plain program.

    table.py RESULTS [DOCUMENT]      also writes them between the marks in DOCUMENT
"""

import datetime
import json
import re
import statistics
import sys
from pathlib import Path

results = Path(sys.argv[1])
document = Path(sys.argv[2]) if len(sys.argv) > 2 else None

MARKS = ("<!-- tools/bench writes what follows -->", "<!-- tools/bench wrote what is above -->")


def unit(run):
    return {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[run["time_unit"]]


def rows_of(files):
    """Returns, for each row, medians over its repetitions: CPU and real time in ns, items per second,
    bytes."""
    runs = {}
    for file in files:
        for run in json.loads(file.read_text())["benchmarks"]:
            if run["run_type"] == "iteration":
                runs.setdefault(run["name"], []).append(run)
    median = statistics.median
    return {
        name: {
            "cpu": median(r["cpu_time"] * unit(r) for r in many),
            "each": [r["cpu_time"] * unit(r) for r in many],
            "least": min(r["cpu_time"] * unit(r) for r in many),
            "real": median(r["real_time"] * unit(r) for r in many),
            "items": median(r.get("items_per_second", 0) for r in many),
            "bytes": median(r.get("bytes", 0) for r in many),
            "repetitions": len(many),
        }
        for name, many in runs.items()
    }


rows = {}
for row, values in rows_of(sorted(results.glob("*.json"))).items():
    rows[re.sub(r"/(real_time|iterations:\d+)", "", row)] = values


def cpu(row):
    return rows[row]["cpu"]


reading = cpu("two_readings/tsc_clock") / 2  # what a timer of steady_clock reads


def beyond(row, plain, readings):
    """Returns the median of the rounds' differences, and in brackets the difference of the least.
    What a neighbour on a virtual machine takes away shows only in the median."""
    def difference(all_of):
        base = all_of(plain) if plain else 0
        return all_of(row) - base - readings * all_of("two_readings/tsc_clock") / 2

    rounds = [difference(lambda name: rows[name]["each"][number])
              for number in range(len(rows[row]["each"]))]
    return f"{statistics.median(rounds):.0f} ({difference(lambda name: rows[name]['least']):.0f})"


def table(head, lines):
    text = "| " + " | ".join(head) + " |\n" + "| --- " * len(head) + "|\n"
    for line in lines:
        text += "| " + " | ".join(cell if isinstance(cell, str) else f"{cell:.0f}"
                                  for cell in line) + " |\n"
    return text + "\n"


def scopes():
    names = [
        ("`PerfTimer`", "scope/PerfTimer", "8"),
        ("`BasicPerfTimer<unfenced_clock>`", "scope/PerfTimer/unfenced_clock", "25 in all"),
        ("`PerfTimer`, `AverageObserver`", "scope/PerfTimer/AverageObserver", ""),
        ("`PerfTimer`, `PSquareObserver`", "scope/PerfTimer/PSquareObserver", ""),
        ("a function decorated by `PerfTimer`", "scope/PerfTimer/function", ""),
        ("`ThreadPerfTimer`", "scope/ThreadPerfTimer", "10"),
        ("`AsioPerfTimer` in a step", "scope/AsioPerfTimer/in_a_step", "10"),
        ("`AsioPerfTimer` outside of every step", "scope/AsioPerfTimer", ""),
    ]
    lines = [(text, cpu(row), beyond(row, None, 2), limit) for text, row, limit in names]
    text = table(("a scope", "ns", f"beyond two readings ({2 * reading:.0f})", "aim"), lines)
    off = ", ".join(f"`{name}` {max(cpu(f'scope/{name}/off') - cpu('loop'), 0):.1f} ns"
                    for name in ("PerfTimer", "ThreadPerfTimer", "AsioPerfTimer"))
    return text + f"Switched off (`enabled(false)`): {off}; the aim is 2.\n\n"


def handlers():
    aims = {"io_context/typed": ("15", "15"), "strand/typed": ("15", "20"),
            "strand/erased": ("15", "35"), "io_context/erased": ("15", ""),
            "thread_pool/typed": ("15", ""), "thread_pool/erased": ("15", "")}
    lines = []
    for kind, (idle, wrapped) in aims.items():
        plain, instrumented, measured = (cpu(f"handler/{kind}/{how}")
                                         for how in ("plain", "instrumented", "wrapped"))
        where, erased = kind.split("/")
        lines.append((f"`{where}`, {'typed' if erased == 'typed' else 'in `any_io_executor`'}",
                      plain, instrumented,
                      beyond(f"handler/{kind}/instrumented", f"handler/{kind}/plain", 0), idle,
                      measured, beyond(f"handler/{kind}/wrapped", f"handler/{kind}/plain", 3),
                      wrapped))
    return table(("a handler, posted by the one before", "plain", "instrumented, no run open",
                  "beyond plain", "aim", "wrapped", f"beyond plain and three readings "
                  f"({3 * reading:.0f})", "aim"), lines)


def coroutines():
    lines = []
    for text, row, measured, readings, aim in (
            ("`co_await post(use_awaitable)`; measured: inside an open run", "post",
             "inside_a_run", 2, ""),
            ("`co_await child()`; measured: decorated", "child", "decorated", 2, "40"),
            ("the same, with a child that suspends once", "suspending_child", "decorated", 3,
             "60")):
        plain, instrumented, inside = (cpu(f"co_await/{row}/{how}")
                                       for how in ("plain", "instrumented", measured))
        passed_on = f"co_await/{row}/passed_on"
        lines.append((text, plain,
                      beyond(passed_on, f"co_await/{row}/plain", 0) if passed_on in rows else "",
                      instrumented, inside, f"{readings}",
                      beyond(f"co_await/{row}/{measured}", f"co_await/{row}/plain", readings), aim))
    return table(("a coroutine", "plain", "an empty coroutine around it: beyond plain",
                  "instrumented, no run open", "measured", "readings",
                  "beyond plain and readings", "aim"), lines)


def round_trips():
    lines = []
    for text, row in (("64 bytes there and back", "echo"), ("a request of Boost.Beast", "beast")):
        plain, instrumented, measured = (cpu(f"round_trip/{row}/{how}")
                                         for how in ("plain", "instrumented", "measured"))
        lines.append((text, plain, f"{instrumented:.0f} ({instrumented / plain:.2f})",
                      f"{measured:.0f} ({measured / plain:.2f})"))
    return table(("over a loopback socket, client and server on one thread", "plain, ns",
                  "server instrumented", "each request measured"), lines)


def alternatives():
    plain = cpu("handler/io_context/typed/plain")
    names = {
        "two_readings_alone": "two readings of `steady_clock`, and nothing else",
        "handler_tracking_custom": "Asio's handler tracking: two readings, powers of two",
        "hand_written_wrapper": "a typical hand-written wrapper: `shared_ptr`, mutex, P-square",
        "prometheus_histogram": "prometheus-cpp, `Histogram` with 7 buckets",
        "prometheus_summary": "prometheus-cpp, `Summary` with 3 quantiles",
        "handler_tracking_built_in": "Asio's handler tracking, built in, to `/dev/null`",
    }
    lines = [(text, cpu(f"alternative/{row}"), cpu(f"alternative/{row}") - plain)
             for row, text in names.items() if f"alternative/{row}" in rows]
    if "tracked/handler" in rows:
        tracked = cpu("tracked/handler")
        lines.append(("`perf_timer::tracking`: waiting, queued and busy of each operation, with quantiles",
                      tracked, tracked - plain))
    wrapped = cpu("handler/io_context/typed/wrapped")
    lines.append(("`AsioPerfTimer::wrap`: busy, queued and elapsed, with quantiles", wrapped,
                  wrapped - plain))
    lines.sort(key=lambda line: line[1])
    return table((f"the handler on an `io_context` ({plain:.0f}), timed by", "ns", "beyond plain"),
                 lines)


def reports():
    text = table(("number of timers", "10", "1 000", "10 000"), [
        [f"`{row}()`, us"] + [cpu(f"{row}/{number}") / 1e3 for number in (10, 1000, 10000)]
        for row in ("snapshot_all", "write_report")])
    timer, used, run = (rows[f"memory/{row}"]["bytes"]
                        for row in ("timer", "timer_and_thread", "open_run"))
    few, many = (cpu(f"open_runs/{number}") / 1e3 for number in (1000, 100000))
    text += (f"`open_runs()` takes {few:.0f} us with 1 000 open runs, and {many / 1e3:.1f} ms with "
             "100 000.\n\n")
    of_threads = cpu("snapshot_all_of_threads/8") / 1e6
    eight, sixty_four = (rows[f"memory/threads/{number}"]["bytes"] / 1024
                         for number in (8, 64))
    text += (f"`snapshot_all()` of 1 000 timers that 8 threads use takes {of_threads:.1f} ms; the aim "
             f"is 10. A timer that 8 threads use, with samples in all buckets of twenty octaves, takes "
             f"{eight:.0f} KB, and one that 64 threads use {sixty_four:.0f} KB; the aims are 60 and "
             "200.\n\n")
    return text + (f"Memory: an `AsioPerfTimer` takes {timer:.0f} bytes, each thread that uses it "
                   f"{used:.0f} more, an open run {run:.0f}.\n\n")


def threads():
    def ratio(row):
        return rows[f"{row}/threads:2"]["items"] / rows[f"{row}/threads:1"]["items"]

    return ("Two threads on one timer do {:.2f} (`ThreadPerfTimer`) and {:.2f} (`AsioPerfTimer`) "
            "times what one thread does. Two threads that share nothing do {:.2f} times "
            "what one does. The aim is 1.9.\n\n".format(
                *(ratio(f"threads/{name}") for name in
                  ("ThreadPerfTimer", "AsioPerfTimer", "nothing_shared"))))


def flight():
    names = {"scope/PerfTimer": "`PerfTimer`", "scope/AsioPerfTimer/in_a_step": "`AsioPerfTimer` in a step",
             "handler/io_context/typed/instrumented": "a handler, instrumented",
             "handler/io_context/typed/wrapped": "a handler, wrapped"}
    watched = {text: cpu(f"watched/{row}") for row, text in names.items() if f"watched/{row}" in rows}
    return table(("ns", "alone", "with a stall watch", "with a flight recorder"),
                 [(text, cpu(row), watched.get(text, ""), cpu(f"flight/{row}")) for row, text in names.items()])


def server():
    def requests(kind):
        return [float(line) for line in (results / kind).read_text().split()]

    timers, plain, recorded = (requests(kind) for kind in ("timers", "no-timers", "flight"))
    ratios = [a / b for a, b in zip(timers, plain)]
    flights = [a / b for a, b in zip(recorded, timers)]
    return (f"The example server under wrk, every request measured: "
            f"{statistics.median(ratios):.1%} of its throughput without timers (median of "
            f"{len(ratios)} pairs, {min(ratios):.0%} to {max(ratios):.0%}; "
            f"{statistics.median(plain):.0f} requests a second without). The aim is 98 %. With a flight recorder as well, "
            f"{statistics.median(flights):.1%} of its throughput with timers ({min(flights):.0%} to "
            f"{max(flights):.0%}; {datetime.date.today()}).\n\n")


def machine():
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", info)
    source = Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")
    repetitions = rows["scope/PerfTimer"]["repetitions"]
    return (f"Medians of {repetitions} rounds, in ns of CPU time, on "
            f"{info.count('processor')} cores of {model.group(1) if model else 'a CPU'}, "
            f"clocksource {source.read_text().strip() if source.exists() else 'unknown'}. "
            f"\"Beyond\" is the median of the rounds' differences, and in brackets the "
            f"difference of the least values. `steady_clock::now()` costs "
            f"{cpu('two_readings/steady_clock') / 2:.1f} ns, and a timer's reading {reading:.1f}.\n\n")


text = "".join((machine(), scopes(), handlers(), coroutines(), round_trips(), threads(), server(), flight(),
                alternatives(), reports())).strip() + "\n"
print(text)
if document:
    before, rest = document.read_text().split(MARKS[0])
    _, after = rest.split(MARKS[1])
    document.write_text(before + MARKS[0] + "\n\n" + text + "\n" + MARKS[1] + after)
