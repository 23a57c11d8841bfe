#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Sends the example server what no client should send: to its routes, and to the service that shows
its timers. Expects that both reject that, go on to serve the others, and end as they should.

    hostile.py SERVER
"""

import http.client
import json
import os
import random
import socket
import sys
import time

import hostile_service
from hostile_client import FAREWELL, LIMIT, answers, ask, connect, get, send
from running_server import RunningServer

CLOSED = "closed"  # without an answer


class Target:
    """One of the two: a port, a small page, and pages that take longer."""

    def __init__(self, port, page, large):
        self.port, self.page, self.large = port, page, large


def rows_of(page):
    def at_page(method="GET", fields=""):
        return get(page, method, fields)

    line = f"GET {page} HTTP/1.1\r\n".encode()
    return [
        # description, bytes, expected statuses
        ("nothing", b"", [CLOSED]),
        ("garbage", bytes(range(256)) * 4, [400]),
        ("a greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), [400]),
        ("empty lines", b"\r\n\r\n\r\n" + at_page(fields=FAREWELL), [400, 200]),
        ("a header of 9 KB", at_page(fields="X: " + "a" * 9000 + "\r\n"), [431]),
        ("10 000 small fields", at_page(fields="A: b\r\n" * 10_000), [431]),
        ("a header of 1 MB that doesn't end", line + b"X: " + b"a" * 1_000_000, [431]),
        ("a path of 100 KB", get("/" + "a" * 100_000), [431]),
        ("a method of 100 KB", b"A" * 100_000, [400, 431]),
        ("a header of just below 8 KB", at_page(fields=FAREWELL + "X: " + "a" * 8000 + "\r\n"), [200]),
        ("half a request", line[:-6], [CLOSED, 400]),
        ("half a header", line + b"Host: ", [CLOSED, 400]),
        ("an unknown method", at_page("FROBNICATE", FAREWELL), [405]),
        ("DELETE", at_page("DELETE", FAREWELL), [405]),
        ("CONNECT", get("a:1", "CONNECT", FAREWELL), [405]),
        ("TRACE", at_page("TRACE", FAREWELL), [405]),
        ("OPTIONS", at_page("OPTIONS", FAREWELL), [405]),
        ("POST with a body", at_page("POST", "Content-Length: 3\r\n") + b"abc", [405]),
        ("POST with a body of 300 KB", at_page("POST", "Content-Length: 300000\r\n") + b"a" * 300_000,
         [405]),
        ("POST that promises a huge body", at_page("POST", "Content-Length: 9" + "0" * 17 + "\r\n"), [405]),
        ("GET with a body", at_page(fields="Content-Length: 3\r\n") + b"abc", [413]),
        ("GET that promises a huge body", at_page(fields="Content-Length: 9" + "0" * 17 + "\r\n"), [413]),
        ("GET with chunks", at_page(fields="Transfer-Encoding: chunked\r\n") + b"3\r\nabc\r\n0\r\n\r\n", [413]),
        ("a body that hides a request", at_page(fields="Content-Length: 48\r\n") + get("/metrics"), [413]),
        ("two lengths", at_page(fields="Content-Length: 0\r\nContent-Length: 40\r\n"), [400]),
        ("a negative length", at_page(fields="Content-Length: -1\r\n"), [400]),
        ("a length beyond all", at_page(fields="Content-Length: " + "9" * 40 + "\r\n"), [400]),
        ("length and chunks", at_page(fields="Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") +
         b"0\r\n\r\n", [400, 413]),
        ("a NUL in the path", b"GET /hel\0lo HTTP/1.1\r\n\r\n", [400]),
        ("a NUL in a field", line + b"X: a\0b\r\n\r\n", [400]),
        ("a bare line feed", line.replace(b"\r", b"") + b"Host: a\n\n", [400]),
        ("../", get("/../../../etc/passwd", fields=FAREWELL), [404]),
        ("%2e%2e", get("/%2e%2e/%2e%2e/etc/passwd", fields=FAREWELL), [404]),
        ("%00", get(page + "%00", fields=FAREWELL), [404]),
        ("another %00", get(page + "%00.html", fields=FAREWELL), [404]),
        ("no path", get("*", fields=FAREWELL), [400, 404]),
        ("a whole URL", get("http://example.org/metrics", fields=FAREWELL), [400, 404, 421]),
        ("markup in the path", get("/<script>alert(1)</script>", fields=FAREWELL), [400, 404]),
        ("escaped markup in the path", get("/%3Cscript%3Ealert(1)", fields=FAREWELL), [404]),
        ("a query", get(page + "?" + "a=b&" * 500, fields=FAREWELL), [200]),
        ("HTTP/9.9", line.replace(b"1.1", b"9.9") + b"\r\n", [400]),
        ("HTTP/0.9", line.replace(b" HTTP/1.1", b""), [400]),
        ("HTTP/1.0", line.replace(b"1.1", b"1.0") + b"\r\n", [200]),
    ]


def rows(target):
    for what, data, expected in rows_of(target.page):
        received = ask(target.port, data)
        status = received[0][0] if received else CLOSED
        assert status in expected and len(received) <= 1, f"{what}: {received}"
        if status == 405:
            assert received[0][1]["allow"] == "GET, HEAD", f"{what}: {received}"
        if received:
            assert b"script" not in received[0][2], f"{what}: the answer repeats what the client sent"


def head(target):
    for path in (target.page, *target.large, "/nowhere"):
        (status, fields, body), = ask(target.port, get(path, fields=FAREWELL))
        (status_of_head, fields_of_head, nothing), = ask(target.port, get(path, "HEAD", FAREWELL), heads={0})
        assert nothing == b"" and status_of_head == status, path
        assert int(fields_of_head.pop("content-length")) > 0 and len(body) > 0, path
        fields.pop("content-length")  # what is told changes from one moment to the next
        assert fields_of_head == fields, path


def pipelined(target):
    paths = [target.page, "/nowhere", target.page, target.page] * 25
    data = (b"".join(get(path) for path in paths) + get(target.page, "HEAD") +
            get(target.page, fields=FAREWELL))
    received = ask(target.port, data, heads={len(paths)})
    expected = [404 if path == "/nowhere" else 200 for path in paths] + [200, 200]
    assert [status for status, _, _ in received] == expected, received


def early_close(target):
    for data in (b"", b"GET", *(get(path) * 50 for path in (target.page, *target.large))):
        for _ in range(10):
            with connect(target.port) as connection:
                # The server closed at once, with a reset.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                send(connection, data)


def by_chance(target):
    chance = random.Random(20240604)
    seeds = [data for _, data, _ in rows_of(target.page) if 0 < len(data) < 20_000]
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
            received = ask(target.port, bytes(data), heads)
        except (AssertionError, ValueError) as error:
            if heads:  # bodies of other answers follow: not to be told from headers
                continue
            raise AssertionError(f"turn {turn}: {bytes(data)!r}: {error}") from error
        for status, _, _ in received:
            assert status in (200, 400, 404, 405, 413, 421, 431), f"turn {turn}: {bytes(data)!r}: {status}"


def slow(connection, since):
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


def attack(target):
    since = time.monotonic()
    with connect(target.port) as crawler:
        send(crawler, f"GET {target.page} HTTP/1.1\r\nX: ".encode())
        silent = [connect(target.port) for _ in range(50)]
        for test in (rows, head, pipelined, early_close, by_chance):
            test(target)
        slow(crawler, since)
        for connection in silent:
            assert answers(connection) == [], "who says nothing is told something"
            connection.close()


def still_serves(server):
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LIMIT)
    for path in ("/hello", "/thumbnail", "/upstream", "/ledger"):
        client.request("GET", path)
        answer = client.getresponse()
        assert answer.status == 200 and answer.read(), path
    client.close()
    if server.perf_port:
        client = http.client.HTTPConnection("127.0.0.1", server.perf_port, timeout=LIMIT)
        client.request("GET", "/perf.json")
        report = json.loads(client.getresponse().read())
        runs = {timer["name"]: timer["runs"] for timer in report["timers"]}
        assert all(runs[f"GET {path}"] > 0 for path in ("/hello", "/thumbnail", "/upstream", "/ledger"))
        client.close()


with RunningServer(sys.argv[1]) as server:
    try:
        attack(Target(server.port, "/hello", ("/thumbnail", "/upstream", "/ledger")))
        still_serves(server)
        if server.perf_port:
            attack(Target(server.perf_port, "/now", ("/perf.json", "/report", "/index")))
            still_serves(server)
            hostile_service.attack(server.perf_port)
            still_serves(server)
        status, report = server.stop()
        assert status == 0, f"the server ended with {status}"
        assert "GET /hello" in report, report
        assert server.errors_but_stalls() == [], "the server wrote to standard error"
    except BaseException:
        print(server.error_text(), file=sys.stderr)
        raise
