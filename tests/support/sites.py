"""Building and serving the site inside a test."""

import gzip
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from building import context
from building.context import BuildContext
from building.report import Report
from building.site.addresses import Contents
from building.site.server import Server

ROOT = Path(__file__).parents[2]


def make_context(cache: Path) -> BuildContext:
    """Everything a build needs, silent, with that cache."""
    return context.make_context(cache, Report(io.StringIO()))


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


def own_archive(contents: Contents) -> zipfile.ZipFile:
    """The page's own code and assets, as a site ships them."""
    return zipfile.ZipFile(io.BytesIO(gzip.decompress(contents["cnnscope.zip.gz"])))
