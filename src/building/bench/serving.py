"""A server at work, with all that it may be asked for ready in memory.

Example::

    with serving(Server(folder, 0)) as url: ...
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from building.site.server import Server


@contextmanager
def serving(server: Server) -> Iterator[str]:
    """Serve its folder, each file read and compressed before it is asked for; yield the address."""
    with server:
        for path in server.folder.rglob("*"):
            if path.is_file():
                _ = server.content(path.resolve()).gzipped
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.url
        finally:
            server.shutdown()
