"""A host that tests can deploy to, cut off and bring back at the same address.

with Host(tmp_path) as host:
    host.deploy(contents)
    page.goto(host.url)
    host.stop()
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

from building.site.addresses import Contents
from building.site.server import Server
from building.site.site import write_site

PLACE = "a class/cnnscope"  # below the host's root


class Host:
    """Serves a site below a path, and writes down what it was asked for."""

    def __init__(self, root: Path) -> None:
        self.folder = root / PLACE
        self.asked: list[str] = []  # paths inside the site
        self.rebuilds: Callable[[], None] | None = None  # before a page is sent
        self._root = root
        self._server: _Server | None = None
        self._port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/{quote(PLACE)}/"

    def deploy(self, contents: Contents) -> None:
        write_site(contents, self.folder)

    def start(self) -> None:
        self._server = _Server(self._root, self._port, self)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections, and break off those that are open."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.break_off()
            self._server = None


class _Server(Server):
    def __init__(self, folder: Path, port: int, host: Host) -> None:
        self._host = host
        self._open: list[socket.socket] = []
        super().__init__(folder, port, host.rebuilds)

    def get_request(self) -> tuple[socket.socket, Any]:
        request, address = super().get_request()
        self._open.append(request)
        return request, address

    def find(self, path: str) -> Path | None:
        self.before_page = self._host.rebuilds
        self._host.asked.append(unquote(urlsplit(path).path).removeprefix(f"/{PLACE}/"))
        return super().find(path)

    def break_off(self) -> None:
        for request in self._open:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
