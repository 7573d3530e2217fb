"""A host on which one file is broken, in each way that hosts and lines have.

with FaultyHost(contents) as host:
    host.fault = Fault("numpy.zip.gz", "flipped")
    page.goto(host.url)
    host.fault = None

What it sends may be kept for an hour, right or wrong: a browser that does not ask anew goes on with
what is broken.
"""

import http.server
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from building.site.addresses import Contents
from building.site.server import HOST, TYPES

CORE = "core-C9KDLldu.js"
SCRIPTS = ["pyodide.js", "pyodide.asm.js", "core.js", CORE]
ARCHIVES = ["python_stdlib.zip.gz", "numpy.zip.gz", "cnnscope.zip.gz"]
PROGRAM = "pyodide.asm.wasm"
PARTS = [*SCRIPTS, *ARCHIVES, PROGRAM]
HTML = b"<!DOCTYPE html><title>Welcome</title><p>Please log in to use this network.</p>"
BROKEN = ["404", "500", "reset", "cut off", "too short", "flipped", "empty", "html"]
STALLED = ["silent", "halfway"]
KINDS = [*BROKEN, "type", *STALLED]


@dataclass(frozen=True)
class Fault:
    """A file, by the end of its name, and what is wrong with it."""

    name: str
    kind: str

    def __str__(self) -> str:
        return f"{self.name}: {self.kind}"


class FaultyHost:
    """Serves a site from memory."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.fault: Fault | None = None
        self.unpacked: tuple[str, ...] = ()  # endings of what comes as packed only for the way
        self.asked: list[str] = []
        self.going_on = threading.Event()  # what has stalled
        self.stalled = threading.Semaphore(0)  # one for each that has ended since
        self.home = ""  # its address, also of one that has stopped
        self._server: http.server.ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        host = self

        class Handler(_Handler):
            def do_GET(self) -> None:
                self.answer(host)

        self._server = _Server((HOST, 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.home = self.url
        return self

    def __exit__(self, *error: object) -> None:
        self.going_on.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://{HOST}:{self._server.server_address[1]}/"


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a browser that went away, or a connection that was broken off."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def answer(self, host: FaultyHost) -> None:
        name = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        host.asked.append(name)
        content = host.contents.get(name)
        if content is None:
            self.reply(HTML, "text/html", status=404)
            return
        kind = TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        fault = host.fault
        if name.endswith(host.unpacked):
            self.reply(content, kind, headers={"Content-Encoding": "gzip"})
            return
        if fault is None or PurePosixPath(name).name != fault.name:
            self.reply(content, kind)
        elif fault.kind in STALLED:
            sent = len(content) // 2 if fault.kind == "halfway" else 0
            self.stall(content, kind, sent, host.going_on)
            host.stalled.release()
        else:
            _break(self, content, kind, fault.kind)

    def reply(
        self,
        body: bytes,
        kind: str,
        *,
        status: int = 200,
        size: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if size is None else size))
        self.send_header("Cache-Control", "max-age=3600")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def stall(self, body: bytes, kind: str, sent: int, going_on: threading.Event) -> None:
        """Send a part, and the rest once it goes on."""
        if sent:
            self.reply(body[:sent], kind, size=len(body))
            self.wfile.flush()
        going_on.wait()
        try:
            self.wfile.write(body[sent:]) if sent else self.reply(body, kind)
        except OSError:  # the browser has gone
            self.close_connection = True

    def reset(self) -> None:
        """Break the connection off, as a firewall does."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()


def _flipped(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


def _break(handler: _Handler, body: bytes, kind: str, how: str) -> None:
    half = body[: len(body) // 2]

    def cut_off() -> None:
        handler.close_connection = True
        handler.reply(half, kind, size=len(body))

    ways: dict[str, Callable[[], None]] = {
        "404": lambda: handler.reply(HTML, "text/html", status=404),
        "500": lambda: handler.reply(HTML, "text/html", status=500),
        "reset": handler.reset,
        "cut off": cut_off,
        "too short": lambda: handler.reply(half, kind),
        "flipped": lambda: handler.reply(_flipped(body), kind),
        "empty": lambda: handler.reply(b"", kind),
        "html": lambda: handler.reply(HTML, "text/html"),
        "type": lambda: handler.reply(body, "text/plain"),
    }
    ways[how]()
