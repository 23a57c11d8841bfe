#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Sends the example server what no client should send. Expects that it rejects that, goes on to
serve the others, and ends as it should.

    hostile.py SERVER
"""

import http.client
import json
import os
import random
import socket
import sys
import time

from running_server import RunningServer

LIMIT = 30  # seconds, for everything but what is to be waited for
CLOSED = "closed"  # without an answer


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=LIMIT)


def send(connection, data):
    try:
        connection.sendall(data)
    except OSError:
        pass  # the server may hang up in the middle


def answers(connection, heads=()):
    """Returns the statuses, headers and bodies of all answers, until the server hangs up. `heads` has
    the indices of the answers without a body."""
    received = b""
    try:
        while True:
            more = connection.recv(65536)
            if not more:
                break
            received += more
    except ConnectionResetError:
        pass
    result = []
    while received:
        head, end, received = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        version, status, _ = lines[0].split(" ", 2)
        assert end and version in ("HTTP/1.0", "HTTP/1.1"), lines[0]
        fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            fields[name.lower()] = value
        length = 0 if len(result) in heads else int(fields["content-length"])
        assert len(received) >= length, "an incomplete answer"
        body, received = received[:length], received[length:]
        result.append((int(status), fields, body))
    return result


def ask(port, data, heads=()):
    """Returns what comes back when a client sends this and no more."""
    with connect(port) as connection:
        send(connection, data)
        try:
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        return answers(connection, heads)


def get(path, method="GET", fields=""):
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode("latin-1")


FAREWELL = "Connection: close\r\n"

ROWS = [
    # description, bytes, expected statuses
    ("nothing", b"", [CLOSED]),
    ("garbage", bytes(range(256)) * 4, [400]),
    ("a greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), [400]),
    ("empty lines", b"\r\n\r\n\r\n" + get("/hello", fields=FAREWELL), [400, 200]),
    ("a header of 9 KB", get("/hello", fields="X: " + "a" * 9000 + "\r\n"), [431]),
    ("10 000 small fields", get("/hello", fields="A: b\r\n" * 10_000), [431]),
    ("a header of 1 MB that doesn't end", b"GET /hello HTTP/1.1\r\nX: " + b"a" * 1_000_000, [431]),
    ("a path of 100 KB", get("/" + "a" * 100_000), [431]),
    ("a method of 100 KB", b"A" * 100_000, [400, 431]),
    ("a header of just below 8 KB", get("/hello", fields=FAREWELL + "X: " + "a" * 8000 + "\r\n"),
     [200]),
    ("half a request", b"GET /hello HT", [CLOSED, 400]),
    ("half a header", b"GET /hello HTTP/1.1\r\nHost: ", [CLOSED, 400]),
    ("an unknown method", get("/hello", "FROBNICATE", FAREWELL), [405]),
    ("DELETE", get("/hello", "DELETE", FAREWELL), [405]),
    ("CONNECT", get("a:1", "CONNECT", FAREWELL), [405]),
    ("TRACE", get("/perf.json", "TRACE", FAREWELL), [405]),
    ("POST with a body", get("/hello", "POST", "Content-Length: 3\r\n") + b"abc", [405]),
    ("POST with a body of 300 KB", get("/hello", "POST", "Content-Length: 300000\r\n") +
     b"a" * 300_000, [405]),
    ("POST that promises a huge body", get("/hello", "POST", "Content-Length: 9" + "0" * 17 + "\r\n"),
     [405]),
    ("GET with a body", get("/hello", fields="Content-Length: 3\r\n") + b"abc", [413]),
    ("GET that promises a huge body", get("/hello", fields="Content-Length: 9" + "0" * 17 + "\r\n"),
     [413]),
    ("GET with chunks", get("/hello", fields="Transfer-Encoding: chunked\r\n") +
     b"3\r\nabc\r\n0\r\n\r\n", [413]),
    ("a body that hides a request", get("/hello", fields="Content-Length: 40\r\n") +
     get("/metrics"), [413]),
    ("two lengths", get("/hello", fields="Content-Length: 0\r\nContent-Length: 40\r\n"), [400]),
    ("a negative length", get("/hello", fields="Content-Length: -1\r\n"), [400]),
    ("a length beyond all", get("/hello", fields="Content-Length: " + "9" * 40 + "\r\n"), [400]),
    ("length and chunks", get("/hello", fields="Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") +
     b"0\r\n\r\n", [400, 413]),
    ("a NUL in the path", b"GET /hel\0lo HTTP/1.1\r\n\r\n", [400]),
    ("a NUL in a field", b"GET /hello HTTP/1.1\r\nX: a\0b\r\n\r\n", [400]),
    ("a bare line feed", b"GET /hello HTTP/1.1\nHost: a\n\n", [400]),
    ("../", get("/../../../etc/passwd", fields=FAREWELL), [404]),
    ("%2e%2e", get("/%2e%2e/%2e%2e/etc/passwd", fields=FAREWELL), [404]),
    ("%00", get("/hello%00", fields=FAREWELL), [404]),
    ("another %00", get("/perf.json%00.html", fields=FAREWELL), [404]),
    ("no path", get("*", fields=FAREWELL), [404]),
    ("a whole URL", get("http://example.org/metrics", fields=FAREWELL), [404]),
    ("markup in the path", get("/<script>alert(1)</script>", fields=FAREWELL), [404]),
    ("a query", get("/hello?" + "a=b&" * 500, fields=FAREWELL), [200]),
    ("HTTP/9.9", b"GET /hello HTTP/9.9\r\n\r\n", [400]),
    ("HTTP/0.9", b"GET /hello\r\n", [400]),
    ("HTTP/1.0", b"GET /hello HTTP/1.0\r\n\r\n", [200]),
]


def rows(port):
    for what, data, expected in ROWS:
        received = ask(port, data)
        status = received[0][0] if received else CLOSED
        assert status in expected and len(received) <= 1, f"{what}: {received}"
        if status == 405:
            assert received[0][1]["allow"] == "GET, HEAD", f"{what}: {received}"
        if received:
            assert b"script" not in received[0][2], "the answer repeats what the client sent"


def head(port):
    for path in ("/hello", "/metrics", "/perf.json", "/nowhere"):
        (status, fields, body), = ask(port, get(path, fields=FAREWELL))
        (status_of_head, fields_of_head, nothing), = ask(port, get(path, "HEAD", FAREWELL), heads={0})
        assert nothing == b"" and status_of_head == status, path
        if path == "/perf.json":  # contains the time
            assert int(fields_of_head["content-length"]) > 0 and len(body) > 0
        elif path != "/metrics":  # the GET above has been counted since
            assert fields_of_head == fields, path
        if path in ("/metrics", "/perf.json") and status == 200:
            assert fields["cache-control"] == "no-store" == fields_of_head["cache-control"], path


def pipelined(port):
    paths = ["/hello", "/nowhere", "/metrics", "/hello"] * 25
    data = b"".join(get(path) for path in paths) + get("/hello", "HEAD") + get("/hello", fields=FAREWELL)
    received = ask(port, data, heads={len(paths)})
    statuses = [status for status, _, _ in received]
    known = {"/hello": 200, "/nowhere": 404}
    assert len(statuses) == len(paths) + 2, statuses
    assert all(status == known.get(path, status) for path, status in zip(paths, statuses)), statuses
    assert statuses[-2:] == [200, 200]


def early_close(port):
    for data in (b"", b"GET", get("/thumbnail"), get("/upstream"), get("/ledger"),
                 get("/metrics") * 50, get("/perf.json") * 50):
        for _ in range(10):
            with connect(port) as connection:
                # The server closed at once, with a reset.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                send(connection, data)


def by_chance(port):
    chance = random.Random(20240604)
    seeds = [data for _, data, _ in ROWS if 0 < len(data) < 20_000]
    for turn in range(300 * int(os.environ.get("PERF_TIMER_LONG", "1"))):
        data = bytearray(chance.choice(seeds) + chance.choice(seeds))
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            what = chance.randrange(3)
            if what == 0:
                data[at] = chance.randrange(256)
            elif what == 1:
                del data[at:at + chance.randrange(1, 40)]
            else:
                data[at:at] = chance.choice((b"\r\n", b"\0", b"\r\n\r\n", b": ", b"%", b"\xff" * 9))
            if not data:
                break
        heads = range(1000) if b"HEAD" in data else ()
        try:
            received = ask(port, bytes(data), heads)
        except (AssertionError, ValueError) as error:
            if heads:  # bodies of other answers follow: not to be told from headers
                continue
            raise AssertionError(f"turn {turn}: {bytes(data)!r}: {error}") from error
        for status, _, _ in received:
            assert status in (200, 400, 404, 405, 413, 431), f"turn {turn}: {bytes(data)!r}: {status}"


def slow(port, connection, since):
    """Checks that the server hangs up on a sender who never finishes, however busily it sends."""
    connection.settimeout(0.2)
    while True:
        assert time.monotonic() < since + LIMIT, "the server never hangs up on a slow sender"
        try:
            if not connection.recv(1000):
                return
        except TimeoutError:
            send(connection, b"a")
        except ConnectionResetError:
            return


def still_serves(port):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    for path in ("/hello", "/thumbnail", "/upstream", "/ledger"):
        client.request("GET", path)
        answer = client.getresponse()
        assert answer.status == 200 and answer.read(), path
    client.request("GET", "/perf.json")
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 404:  # built without
        report = json.loads(body)
        assert answer.status == 200 and report["schema"] == "perf_timer"
        runs = {timer["name"]: timer["runs"] for timer in report["timers"]}
        assert all(runs[f"GET {path}"] > 0 for path in ("/hello", "/thumbnail", "/upstream", "/ledger"))
    client.close()


with RunningServer(sys.argv[1]) as server:
    try:
        since = time.monotonic()
        with connect(server.port) as crawler:
            send(crawler, b"GET /hello HTTP/1.1\r\nX: ")
            silent = [connect(server.port) for _ in range(100)]
            for test in (rows, head, pipelined, early_close, by_chance, still_serves):
                test(server.port)
            slow(server.port, crawler, since)
        still_serves(server.port)
        for connection in silent:
            connection.close()
        status, report = server.stop()
        assert status == 0, f"the server ended with {status}"
        assert "GET /hello" in report, report
        assert server.errors_but_stalls() == [], "the server wrote to standard error"
    except BaseException:
        print(server.error_text(), file=sys.stderr)
        raise
