"""Hosts as people have them: what each calls a file, adds to it, and makes of its address.

with habitual(Host("types unknown", types={}), contents) as address:
    page.goto(address)
"""

import functools
import http.server
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from building.site.addresses import Contents
from building.site.server import HOST, TYPES
from building.site.site import write_site
from support.browser.faults import HTML

PLACE = "/course/cnnscope"
MIME_TYPES = Path("/etc/nginx/mime.types")
NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
  include {types};
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}
"""


@dataclass(frozen=True)
class Habits:
    """What a host does with the files of a site."""

    name: str
    types: Mapping[str, str] = field(default_factory=lambda: TYPES)
    other: str = "application/octet-stream"  # the type of what it does not know
    headers: Mapping[str, str] = field(default_factory=dict)
    is_pretty: bool = False  # addresses without .html, and none for index
    is_slashless: bool = False  # the page of a folder is sent at the folder's name
    unpacks: bool = False  # archives are sent as what they are when unpacked
    logs_in: str = ""  # in place of a file whose name ends so, a page to log in

    def __str__(self) -> str:
        return self.name


@contextmanager
def habitual(habits: Habits, contents: Contents) -> Iterator[str]:
    """Serve a site as a host with some habits would; yields its address, with its slash."""
    handler = functools.partial(_Handler, habits, contents)
    with _served(handler) as origin:
        yield f"{origin}{PLACE}/"


@contextmanager
def standard_server(contents: Contents, folder: Path) -> Iterator[str]:
    """Serve a site with ``python -m http.server``."""
    write_site(contents, folder / PLACE.strip("/"))

    class Silent(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with _served(functools.partial(Silent, directory=str(folder))) as origin:
        yield f"{origin}{PLACE}/"


@contextmanager
def nginx(contents: Contents, folder: Path) -> Iterator[str]:
    """Serve a site with a stock nginx and its own list of types."""
    write_site(contents, folder / "site" / PLACE.strip("/"))
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, types=MIME_TYPES, port=port), encoding="utf-8")
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert program is not None
    process = subprocess.Popen([program, "-c", str(config), "-p", str(folder)])
    try:
        while process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex((HOST, port)) == 0:
                    break
        assert process.poll() is None, (folder / "errors").read_text()
        yield f"http://{HOST}:{port}{PLACE}/"
    finally:
        process.terminate()
        process.wait()


def has_nginx() -> bool:
    """Whether a stock nginx is there, with its list of types."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    return found is not None and MIME_TYPES.is_file()


@contextmanager
def _served(handler: Any) -> Iterator[str]:
    with _Server((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a browser that went away."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, habits: Habits, contents: Contents, *rest: Any) -> None:
        self.habits, self.contents = habits, contents
        super().__init__(*rest)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        moved = self._moved(path)
        if moved is not None:
            query = f"?{parts.query}" if parts.query else ""
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/html", {"Location": moved + query})
            return
        name = self._name(path)
        content = self.contents.get(name)
        if self.habits.logs_in and path.endswith(self.habits.logs_in):
            self._send(HTTPStatus.OK, HTML, "text/html", {})
        elif content is None:
            self._send(HTTPStatus.NOT_FOUND, b"<!DOCTYPE html><p>Not found", "text/html", {})
        else:
            kind = self.habits.types.get(PurePosixPath(name).suffix, self.habits.other)
            unpacked = self.habits.unpacks and name.endswith(".gz")
            coded = {"Content-Encoding": "gzip"} if unpacked else {}
            self._send(HTTPStatus.OK, content, kind, {**coded, **self.habits.headers})

    def _moved(self, path: str) -> str | None:
        """Where the host would have the browser go instead."""
        if path == PLACE and not self.habits.is_slashless:
            return f"{PLACE}/"
        if self.habits.is_pretty and path.endswith("/index.html"):
            return path.removesuffix("index.html")
        return (
            path.removesuffix(".html") if self.habits.is_pretty and path.endswith(".html") else None
        )

    def _name(self, path: str) -> str:
        name = path.removeprefix(PLACE).lstrip("/") or "index.html"
        is_pretty = self.habits.is_pretty and name not in self.contents
        return f"{name}.html" if is_pretty and f"{name}.html" in self.contents else name

    def _send(self, status: int, body: bytes, kind: str, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
