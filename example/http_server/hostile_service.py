# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Attacks what only the service promises: names of others, floods of clients, and who doesn't read."""

import resource
import select
import socket
import time

from hostile_client import FAREWELL, LIMIT, answers, ask, connect, get, send

HALF_OPEN = 2000
HOSTS = [
    ("localhost", 200),
    ("LocalHost:80", 200),
    ("127.0.0.1", 200),
    ("127.0.0.1:9464", 200),
    ("[::1]:9464", 200),
    (None, 200),  # programs may name none, browsers always do
    ("attacker.example", 421),
    ("attacker.example:9464", 421),
    ("localhost.attacker.example", 421),
    ("127.0.0.1.attacker.example", 421),
    ("127.0.0.1:80.attacker.example", 421),
    ("[::1].attacker.example", 421),
    ("[attacker.example]", 421),
    ("[", 421),
    ("]:[", 421),
    (":::", 421),
    ("localhost, attacker.example", 421),
    ("localhost\r\nHost: attacker.example", 400),
]


def rebinding(port):
    """A page of somebody else reaches the service by a name of its own, which leads to 127.0.0.1."""
    for host, expected in HOSTS:
        (status, _, body), = ask(port, get("/report", fields=FAREWELL, host=host))
        assert status == expected, f"{host}: {status}"
        assert status == 200 or b"GET /hello" not in body, f"{host}: it tells the names of timers"


def others_pages(port):
    """A browser must not let a page of somebody else read, embed or guess what an answer is."""
    for path in ("/", "/perf.json", "/metrics", "/report", "/now", "/stalls", "/index", "/nowhere"):
        for method in ("GET", "OPTIONS"):
            (_, fields, _), = ask(port, get(path, method, FAREWELL + "Origin: http://attacker.example\r\n"))
            assert not [name for name in fields if name.startswith("access-control-")], path
            assert fields["x-content-type-options"] == "nosniff", path
            assert "frame-ancestors 'none'" in fields["content-security-policy"], path
            assert fields["cache-control"] == "no-store", path
    # It must not even make the program do something, such as by an image with this address.
    asked = get("/trace?seconds=60", fields=FAREWELL + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")
    (status, _, _), = ask(port, asked)
    assert status == 403, status


def half_open(port):
    """Clients that begin a request, and neither end it nor go away, keep nobody out and are gone soon."""
    most, limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(most, min(limit, HALF_OPEN + 200)), limit))
    since = time.monotonic()
    clients = []
    for number in range(HALF_OPEN):
        clients.append(connect(port))
        send(clients[-1], (b"", b"GET /now HT", b"GET /now HTTP/1.1\r\nHost: ")[number % 3])
        if number % 500 == 250:
            (status, _, _), = ask(port, get("/now", fields=FAREWELL))
            assert status == 200, status
    flooded = time.monotonic()
    for client in clients:
        assert answers(client) == [], "half a request is answered"
        client.close()
    took = time.monotonic() - flooded
    assert took < 8, f"half-open clients were gone {took} s after the last one came"
    print(f"{HALF_OPEN} half-open clients came within {flooded - since:.1f} s, and were gone {took:.1f} s later")


class TooSlow:
    """A client that is too slow. It is to be hung up on some seconds after it came."""

    def __init__(self, port, least, most):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(LIMIT)
        self.socket.connect(("127.0.0.1", port))
        self.since, self.least, self.most = time.monotonic(), least, most
        self.watch = select.poll()
        self.watch.register(self.socket, select.POLLRDHUP)
        self.is_over = False

    def look(self):
        took = time.monotonic() - self.since
        if self.watch.poll(0):
            self.is_over = True
            assert took > self.least, f"a {type(self).__name__} was hung up on after {took:.1f} s"
            self.socket.close()
        else:
            assert took < self.most, f"a {type(self).__name__} is still connected after {took:.1f} s"


class Sender(TooSlow):
    """It sends a byte now and then."""

    def look(self):
        send(self.socket, b"a")
        super().look()


class Reader(TooSlow):
    """It asks for much, and takes nothing."""

    def __init__(self, port, least, most):
        super().__init__(port, least, most)
        self.socket.settimeout(1)
        try:
            self.socket.sendall(get("/perf.json") * 20_000)
        except TimeoutError:
            pass  # as it should be: the service doesn't read on


def too_slow(port):
    """Who sends or takes too slowly is hung up on. Meanwhile others are served."""
    waiting = [Sender(port, 4.5, 8), Reader(port, 9.5, 16)]
    while waiting:
        (status, _, _), = ask(port, get("/now", fields=FAREWELL))
        assert status == 200, status
        for client in waiting:
            client.look()
        waiting = [client for client in waiting if not client.is_over]
        time.sleep(0.2)


def attack(port):
    for test in (rebinding, others_pages, half_open, too_slow):
        test(port)
