"""tools/perf_top: python3 test_perf_top.py PERF_TOP HTTP_SERVER SERVED_AT"""
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)

import http.client
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest

from running_server import RunningServer
from terminal import Terminal
from text_server import TextServer

PERF_TOP, HTTP_SERVER, SERVED_AT = sys.argv[1:4]
TOKEN = "0123456789abcdef"
NAMES = ["GET /hello", "GET /thumbnail", "GET /upstream", "GET /ledger", "ledger's strand", "GET /visits"]


def series(buckets):
    """A series of a report, from its buckets."""
    count = sum(bucket[2] for bucket in buckets)
    total = sum((first + last) // 2 * number for first, last, number in buckets)
    return {"count": count, "total_ns": total, "quantiles": [], "buckets": buckets}


def timer(name, busy, queued=(), kind="task", **more):
    runs = sum(bucket[2] for bucket in busy)
    return {"name": name, "kind": kind, "runs": runs, "partial": 0, "failed": 0, "lost": 0, "dropped": 0, "open": 0,
            "stalls": 0, "busy": series(busy), "queued": series(list(queued)), "elapsed": series(busy), **more}


def told(*reports, port=0):
    """A server of whole reports, which tells these one after the other and the last one again and again."""
    reports = list(reports)

    def text_of(path):
        if path != "/perf.json":
            return None
        return json.dumps(reports.pop(0) if len(reports) > 1 else reports[0]).encode()

    return TextServer(text_of, "application/json", port)


def report(seconds, *timers):
    return {"schema": "perf_timer", "version": 1, "time_ns": 0, "steady_ns": int(seconds * 1e9), "timers": list(timers)}


def once(address, *options, **environment):
    """Returns the status, what is printed, and what is complained of."""
    ended = subprocess.run([PERF_TOP, str(address), "--once", *options], capture_output=True, text=True, timeout=60,
                           env=os.environ | {"LC_ALL": "C.UTF-8"} | environment, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def table(text):
    """The cells of the rows, by the names of timers and the titles of columns."""
    lines = text.split("\n") if isinstance(text, str) else text
    begin = next(i for i, line in enumerate(lines) if line.startswith("TIMER"))
    titles = lines[begin].split()[1:]
    rows = {}
    for line in lines[begin + 1:]:
        if not line:
            break
        name, *cells = line.rsplit(maxsplit=len(titles))
        rows[name] = dict(zip(titles, cells))
    return rows


def ask(server, path, times=1):
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for _ in range(times):
        client.request("GET", path)
        client.getresponse().read()
    client.close()


class Served:
    """A program that is served at an address."""

    def __init__(self, address, token=""):
        self.process = subprocess.Popen([SERVED_AT, address, token], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()


class Once(unittest.TestCase):
    def test_the_lifetime(self):
        one = report(9, timer("GET /a", [[1000, 1000, 99], [9000, 9000, 1]], [[0, 0, 50], [50_000, 50_001, 50]], open=3),
                      timer("GET /b", [[2_000_000, 2_000_000, 2]], failed=4, lost=1, partial=2, stalls=1),
                      timer("none", []))
        with told(one) as server:
            status, text, complaint = once(server.port)
        self.assertEqual((status, complaint), (0, ""))
        self.assertTrue(text.startswith(f"perf_top 127.0.0.1:{server.port}  3 timers, 102 runs since its start, 3 open\n"), text)
        a = {"RUNS": "100", "OPEN": "3", "BUSYTIME": "108us", "BUSYAVG": "1.08us", "BUSY99": "1.00us", "QUEUED99": "50.0us",
             "ELAPSED99": "1.00us", "FAILED": "0", "LOST": "0", "STALLS": "0"}
        b = {"RUNS": "2", "OPEN": "0", "BUSYTIME": "4.00ms", "BUSYAVG": "2.00ms", "BUSY99": "2.00ms", "QUEUED99": "-",
             "ELAPSED99": "2.00ms", "FAILED": "4", "LOST": "3", "STALLS": "1"}
        rows = table(text)
        self.assertEqual(list(rows), ["GET /b", "GET /a", "none"])
        self.assertEqual(rows["GET /a"], a)
        self.assertEqual(rows["GET /b"], b)
        self.assertEqual(rows["none"]["BUSYAVG"], "-")

    def test_labels_tell_timers_of_one_name_apart(self):
        one = report(9, timer("request", [[1000, 1000, 3]], labels={"method": "GET", "zone": "eu"}),
                      timer("request", [[1000, 1000, 2]], labels={"method": "PUT"}), timer("request", [[1000, 1000, 1]]))
        with told(one) as server:
            _, text, _ = once(server.port)
        self.assertEqual({name: row["RUNS"] for name, row in table(text).items()},
                         {"request{method=GET, zone=eu}": "3", "request{method=PUT}": "2", "request": "1"})

    def test_an_interval_is_a_difference(self):
        before = [timer("a", [[1000, 1000, 100]]), timer("twice", [[5, 5, 7]]), timer("twice", [[5, 5, 1]]), timer("reset", [[7, 7, 70]])]
        after = [timer("a", [[1000, 1000, 100], [4000, 4001, 50]]), timer("twice", [[5, 5, 7]]), timer("twice", [[5, 5, 3]]),
                 timer("reset", [[8, 8, 10]]), timer("new", [[1_000_000_000, 1_000_000_000, 1]])]
        with told(report(10, *before), report(12, *after)) as server:
            _, text, _ = once(server.port, "0.01", "--sort", "runs")
        self.assertIn("5 timers, 31.5 runs/s in 2.0 s, 0 open", text)
        rows = table(text)
        shown = {name: (row["RUNS/S"], row["RUNS"], row["BUSY"], row["BUSYAVG"], row["BUSY99"]) for name, row in rows.items()}
        self.assertEqual(shown, {
            "a": ("25", "50", "0.0%", "4.00us", "4.00us"), "reset": ("5", "10", "0.0%", "8ns", "8ns"),
            "twice": ("0", "0", "0.0%", "-", "-"), "new": ("0.5", "1", "50%", "1.00s", "1.00s")})
        self.assertEqual([line.split()[0] for line in text.split("\n")[2:-1]], ["a", "reset", "twice", "new", "twice"])

    def test_it_sorts_by_every_column(self):
        timers = [timer("b", [[10, 10, 3]]), timer("a", [[40, 40, 2]], open=2), timer("c", [[90, 90, 1]], open=1, failed=5), timer("d", [])]
        orders = {"timer": "abcd", "runs": "bacd", "open": "acbd", "busytime": "cabd", "busy99": "cabd", "failed": "cabd", "n": "abcd"}
        with told(report(1, *timers)) as server:
            for column, order in orders.items():
                _, text, _ = once(server.port, "--sort", column)
                self.assertEqual("".join(table(text)), order, column)

    def test_a_filter(self):
        with told(report(1, timer("GET /a", []), timer("POST /A", []), timer("b", []))) as server:
            self.assertEqual(list(table(once(server.port, "--filter", "/a")[1])), ["GET /a", "POST /A"])

    def test_names_command_no_terminal(self):
        with told(report(1, timer("a\x1b[2J\u202e\n\u4eba\u0301", []))) as server:
            _, text, _ = once(server.port)
        self.assertIn("\na\\x1b[2J\\u202e\\n\u4eba\u0301 ", text)

    def test_a_unix_socket_and_a_token(self):
        with tempfile.TemporaryDirectory() as folder, Served(f"unix:{folder}/perf", TOKEN):
            address = f"unix:{folder}/perf"
            status, text, complaint = once(address)
            self.assertEqual((status, text), (1, ""))
            self.assertIn("401 Unauthorized: a token is needed", complaint)
            self.assertEqual(once(address, "--token", TOKEN + "0")[0], 1)
            for status, text, _ in (once(address, "--token", TOKEN), once(address, PERF_TOP_TOKEN=TOKEN)):
                self.assertEqual(status, 0)
                self.assertEqual(table(text)["a \\x1b[2J session \u4eba"]["OPEN"], "1")

    def test_what_goes_wrong_is_said(self):
        with told({"schema": "another"}) as other, told(report(1)) as none:
            self.assertIn("this isn't a report of perf_timer", once(other.port)[2])
            self.assertEqual(once(none.port)[0], 0)
            gone = other.port
        self.assertRegex(once(gone)[2], rf"^perf_top: 127\.0\.0\.1:{gone}: Connection refused\n$")
        self.assertEqual(once("ftp://x")[0], 2)
        self.assertIn("--sort takes one of timer, runs/s", once(1, "--sort", "size")[2])


class Changes(unittest.TestCase):
    """What a service tells has the same numbers as its whole report, and only of what has changed."""

    SERIES = ("busy", "queued", "elapsed")

    def setUp(self):
        loader = importlib.machinery.SourceFileLoader("perf_top", PERF_TOP)
        self.perf_top = importlib.util.module_from_spec(importlib.util.spec_from_loader("perf_top", loader))
        loader.exec_module(self.perf_top)

    def numbers(self, timer):
        return [timer[name] for name in ("name", "kind", "open", "runs", "partial", "failed", "lost", "dropped", "stalls")] + [
            (timer[of]["count"], timer[of]["total_ns"], timer[of]["buckets"],
             [one["ns"] for one in timer[of]["quantiles"] if one["probability"] == 0.99]) for of in self.SERIES]

    def test_they_are_those_of_the_report(self):
        with RunningServer(HTTP_SERVER) as server:
            service = self.perf_top.Service(str(server.perf_port), "")
            for path in ("/hello", "/upstream", "/ledger"):
                ask(server, path, 3)
                report, _ = service.look()
                connection = service.connect()
                whole = json.loads(service.get(connection, "/perf.json"))
                connection.close()
                self.assertTrue(service.tells_changes)
                self.assertEqual([self.numbers(timer) for timer in report["timers"]],
                                 [self.numbers(timer) for timer in whole["timers"]])
            again, _ = service.look()
            self.assertTrue(all(one is other for one, other in zip(again["timers"], report["timers"])))

    def test_what_it_cannot_read_it_asks_for_as_a_whole(self):
        whole = report(9, timer("GET /a", [[1000, 1000, 99]]))
        for changes in ({"schema": "perf_timer_page", "version": 2},
                        {"schema": "perf_timer_page", "version": 1, "follows_all": False}):
            with TextServer(lambda path: json.dumps(changes if "?" in path else whole).encode()) as server:
                self.assertEqual(table(once(server.port)[1])["GET /a"]["RUNS"], "99")
        with TextServer(lambda path: b'{"schema":"perf_timer_page","version":1,"follows_all":true}') as server:
            self.assertEqual(once(server.port)[0], 1)


class Live(unittest.TestCase):
    def start(self, port, **size):
        terminal = Terminal(PERF_TOP, str(port), "--every", "0.25", **size)
        self.addCleanup(terminal.__exit__)
        terminal.shows("a table", lambda lines: lines[2].startswith("TIMER"))
        return terminal

    def test_what_a_server_does(self):
        with RunningServer(HTTP_SERVER) as server:
            for path in ("/hello", "/thumbnail", "/upstream", "/ledger", "/visits"):
                ask(server, path)
            terminal = self.start(server.perf_port, columns=160)
            terminal.shows("no runs any more", lambda lines: "RUNS/S" in lines[2] and " 0 runs/s in 0." in lines[0])
            terminal.press("i")
            lines = terminal.shows("the lifetime", lambda lines: "6 runs since its start" in lines[0])
            self.assertEqual(set(table(lines)), set(NAMES))
            self.assertEqual(list(table(lines))[0], "GET /thumbnail")
            terminal.shows("what runs now", lambda lines: lines[-1].startswith("threads: 2, "))
            self.assertIn("steps that execute: ", "\n".join(lines))
            terminal.press("x")
            terminal.shows("less", lambda lines: not any(lines[9:]))
            ask(server, "/hello", 3)
            lines = terminal.shows("more runs", lambda lines: table(lines)["GET /hello"]["RUNS"] == "4")
            for key, first in {"n": "GET /hello", "R": "ledger's strand", "u": "GET /hello"}.items():
                terminal.press(key)
                terminal.shows(f"the order of {key}", lambda lines: lines[3].startswith(first))
            terminal.press("/LEDG")
            terminal.shows("a filter", lambda lines: set(table(lines)) == {"GET /ledger", "ledger's strand"} and lines[1] == "/LEDG_")
            terminal.press("q\x7f\n")
            terminal.shows("the same filter", lambda lines: lines[1] == "/LEDG")
            terminal.press("/\x1b")
            terminal.shows("no filter", lambda lines: len(table(lines)) == 6)
            terminal.press("h")
            terminal.shows("help", lambda lines: any("quit" in line for line in lines))
            terminal.press("z")
            terminal.shows("the table again", lambda lines: lines[2].startswith("TIMER"))
            terminal.press("q")
            self.assertEqual(terminal.end(), 0)
            self.assertTrue(terminal.is_as_it_was())

    def test_it_fits_the_terminal(self):
        timers = [timer(f"timer {i:03} with a long name \u4eba\u4eba", [[i, i, 1]]) for i in range(200)]
        with told(report(1, *timers)) as server:
            terminal = self.start(server.port, columns=100, lines=20)
            terminal.press("n")
            terminal.shows("all lines", lambda lines: lines[3].startswith("timer 000") and lines[19].startswith("timer 016"))
            terminal.press("\x1b[6~")  # page down
            terminal.shows("the next page", lambda lines: lines[3].startswith("timer 017"))
            terminal.press("\x1b[B")
            terminal.shows("a line more", lambda lines: lines[3].startswith("timer 018"))
            terminal.press("\x1b[4~")  # end
            terminal.shows("the end", lambda lines: lines[19].startswith("timer 199"))
            terminal.resize(40, 10)
            terminal.shows("a small table", lambda lines: lines[2].split() == ["TIMER", "RUNS", "OPEN"] and lines[9].startswith("timer 189"))
            terminal.press("\x1b[4~")
            lines = terminal.shows("its end", lambda lines: lines[9].startswith("timer 199"))
            self.assertEqual(lines[:2], [f"perf_top 127.0.0.1:{server.port}  200 timers, 2~", "sorted by TIMER; h: help"])
            self.assertTrue(lines[3].startswith("timer 193 with a lo~"), lines[3])
            for columns, height in ((5, 2), (1, 1), (200, 50)):
                terminal.resize(columns, height)
            lines = terminal.shows("a large table", lambda lines: lines[49].startswith("timer 199") and lines[2].endswith("STALLS"))
            self.assertIn("timer 153 with a long name", lines[3])

    def test_a_server_that_goes_and_comes_back(self):
        with told(report(10, timer("a", [[5, 5, 100]]))) as server:
            terminal = self.start(server.port)
            terminal.press("i")
            terminal.shows("a row", lambda lines: "100" in lines[3])
            port = server.port
        lines = terminal.shows("that it's lost", lambda lines: lines[1].startswith("LOST since ") and
                               ": Connection refused; the numbers are older" in lines[1])
        self.assertIn("100", lines[3])
        with told(report(11, timer("a", [[5, 5, 3]])), port=port):
            lines = terminal.shows("the new one", lambda lines: lines[3].split()[:2] == ["a", "3"])
            self.assertIn("the program has begun anew", lines[1])

    def test_pause(self):
        with RunningServer(HTTP_SERVER) as server:
            terminal = self.start(server.perf_port)
            terminal.press("i")
            terminal.press(" ")
            terminal.shows("that it pauses", lambda lines: "paused" in lines[1])
            ask(server, "/hello", 5)
            terminal.press("h")
            terminal.shows("help", lambda lines: any("quit" in line for line in lines))
            terminal.press("h")
            lines = terminal.shows("the table", lambda lines: lines[2].startswith("TIMER") and "GET /hello" in table(lines))
            self.assertEqual(table(lines)["GET /hello"]["RUNS"], "0")
            terminal.press(" ")
            terminal.shows("that it goes on", lambda lines: table(lines)["GET /hello"]["RUNS"] == "5")

    def test_before_there_is_a_server(self):
        with told(report(1)) as server:
            port = server.port
        terminal = Terminal(PERF_TOP, str(port))
        self.addCleanup(terminal.__exit__)
        terminal.shows("why not", lambda lines: lines[1] == "no answer yet: Connection refused; it keeps trying")
        os.kill(terminal.process, 15)
        self.assertEqual(terminal.end(), 1)
        self.assertTrue(terminal.is_as_it_was())

    def test_without_a_terminal(self):
        ended = subprocess.run([PERF_TOP, "1"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("print a table by --once", ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
