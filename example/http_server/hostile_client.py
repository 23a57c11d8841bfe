# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""A client that sends what it likes, and reads whatever comes back."""

import socket

LIMIT = 30  # seconds, for everything but what is to be waited for
FAREWELL = "Connection: close\r\n"


def get(path, method="GET", fields="", host="localhost"):
    """A request. Who says no host is asked for none."""
    named = f"Host: {host}\r\n" if host is not None else ""
    return f"{method} {path} HTTP/1.1\r\n{named}{fields}\r\n".encode("latin-1")


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
