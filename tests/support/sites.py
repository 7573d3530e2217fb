"""Building and serving the site inside a test."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from building.cache import Cache
from building.fetch import Fetcher
from building.pins import read_pins
from building.report import Report
from building.runtime import Workshop
from building.server import Server
from building.tools import Tools

ROOT = Path(__file__).parents[2]


def make_workshop(cache: Path) -> Workshop:
    """Everything a build needs, silent, with that cache."""
    report = Report(io.StringIO())
    pins = read_pins()
    kept = Cache(cache, report)
    tools = Tools(kept, pins, report)
    return Workshop(kept, pins, tools, Fetcher(kept, tools, report), report)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve a folder on a free port until the block ends."""
    with Server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
