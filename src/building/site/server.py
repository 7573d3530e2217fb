"""Serving ``dist/`` to this machine only, as a static host would.

Example::

    with Server(folder, port=8000) as server:
        server.serve_forever()
"""

from __future__ import annotations

import gzip
import hashlib
import http.server
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
COMPRESSED = {
    ".css",
    ".html",
    ".js",
    ".json",
    ".mjs",
    ".svg",
    ".txt",
    ".wasm",
    ".webmanifest",
    ".whl",
    ".zip",
}
FRESH = {"Cnnscope-Pages": "fresh"}  # to sw.js: they are built anew whenever they are asked for
COMPRESSION = 9  # as static hosts do, once per file
Handler = http.server.BaseHTTPRequestHandler


@dataclass(frozen=True)
class Content:
    """A file as it is sent, read once."""

    body: bytes
    kind: str  # MIME type
    stamp: tuple[int, int]  # modification time in ns, size

    @cached_property
    def gzipped(self) -> bytes:
        """The body, compressed the first time somebody accepts it so."""
        return gzip.compress(self.body, COMPRESSION, mtime=0)

    @cached_property
    def tag(self) -> str:
        """The ETag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class Server(http.server.ThreadingHTTPServer):
    """Serves one folder; ``before_page``, if given, runs before each HTML document is read.

    Such pages are sent with a header that has the site's service worker ask for them every time.
    """

    daemon_threads = True
    # On Windows, reusing an address would let two servers share a port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self, folder: Path, port: int, before_page: Callable[[], None] | None = None
    ) -> None:
        """Listen on that port of 127.0.0.1; 0 takes a free one. Raises OSError when taken."""
        self.folder = folder.resolve()
        self.before_page = before_page
        self._contents: dict[Path, Content] = {}
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def find(self, path: str) -> Path | None:
        """Return the file that a request's path names, if it is inside the folder."""
        name = unquote(urlsplit(path).path).lstrip("/")
        try:
            found = (self.folder / name).resolve()
            if not found.is_relative_to(self.folder) or _is_hidden(found, self.folder):
                return None
            if found.is_dir():
                found /= "index.html"
            elif name.endswith("/"):
                return None
            return found if found.is_file() else None
        except (OSError, ValueError):  # no file can have such a name
            return None

    def missing_slash(self, path: str) -> str | None:
        """Return the proper address of a folder with a page, where the path lacks its slash."""
        parts = urlsplit(path)
        found = self.find(path)
        if found is None or parts.path.endswith("/") or found.name != "index.html":
            return None
        if unquote(parts.path).endswith("index.html"):
            return None
        return parts._replace(path=f"{parts.path}/").geturl()

    def content(self, path: Path) -> Content:
        """Return a file's content, from memory unless the file has changed."""
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        known = self._contents.get(path)
        if known is None or known.stamp != stamp:
            kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
            known = self._contents[path] = Content(path.read_bytes(), kind, stamp)
        return known

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a browser that went away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _is_hidden(path: Path, folder: Path) -> bool:
    """Tell the build's own notes and drafts, which are no part of the site."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


class _Handler(Handler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:  # noqa: N802
        """Send a file."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # noqa: N802
        """Send what is known of a file."""
        self._answer(with_body=False)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Log nothing; the terminal belongs to the build's own messages."""

    def _answer(self, *, with_body: bool) -> None:
        if location := self.server.missing_slash(self.path):
            headers = {"Location": location}
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", headers, with_body=with_body)
            return
        path = self.server.find(self.path)
        if path is None:
            self._send(HTTPStatus.NOT_FOUND, b"Not found\n", {}, with_body=with_body)
            return
        headers = {"Cache-Control": "no-cache"}
        if path.suffix == ".html" and self.server.before_page:
            self.server.before_page()
            headers |= FRESH
        try:
            content = self.server.content(path)
        except FileNotFoundError:  # a build has just removed it
            self._send(HTTPStatus.NOT_FOUND, b"Not found\n", {}, with_body=with_body)
            return
        headers["ETag"] = content.tag
        headers["Last-Modified"] = self.date_time_string(content.stamp[0] / 1e9)
        if self.headers.get("If-None-Match") == content.tag:
            self._send(HTTPStatus.NOT_MODIFIED, None, headers, with_body=False)
            return
        headers["Content-Type"] = content.kind
        body = content.body
        if path.suffix in COMPRESSED:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"] = "gzip"
                body = content.gzipped
        self._send(HTTPStatus.OK, body, headers, with_body=with_body)

    def _send(
        self, status: HTTPStatus, body: bytes | None, headers: dict[str, str], *, with_body: bool
    ) -> None:
        self.send_response(status)
        if body is not None:
            headers = {"Content-Type": "text/plain; charset=utf-8"} | headers
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body and body:
            self.wfile.write(body)
