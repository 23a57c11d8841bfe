# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""A small HTTP server for tests of what asks one."""

import http.server
import threading


class TextServer:
    """A context manager that serves on a free port of loopback, on its own thread. `text_of(path)` returns the bytes
    at a path; None if nothing is there."""

    def __init__(self, text_of, kind="text/plain; charset=utf-8", port=0):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                text = text_of(self.path)
                self.send_response(200 if text is not None else 404)
                text = text or b""
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)  # which may reuse the address
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
