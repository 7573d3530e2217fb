"""The page in one file, which comes with the package; put into it, a network is what it starts on.

embedded(page_text(), file)      # the page with a network of ``network_file.packed``
"""

import base64
import gzip
import hashlib
import json
import re
from functools import cache
from io import BytesIO
from pathlib import Path

from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.shipped import read_shipped
from cnnscope.state.state import PHOTOS, own_network
from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.pictures import decoded
from cnnscope_own.pictures import DIGITS

PAGE = Path(__file__).with_name("page.html.gz")

NAME = own_network(1)
ADDRESS = f"networks/{NAME}.zip"
MANIFEST = re.compile(r'(<script [^>]*id="boot-manifest">)(.*?)(</script>)', re.DOTALL)
HTML = re.compile(r"<html\b")
END = '<script type="text/plain" data-file="end">'
BLOCK = re.compile(r'<script type="text/plain" data-file="([^"]+)"[^>]*>([^<]*)<')


@cache
def page_text() -> str:
    """The page. Raises ModelError where the package was not installed from its wheel."""
    if not PAGE.exists():
        raise ModelError("This copy of cnnscope has no page in it; `python build.py wheel` makes "
                         "one to install.")  # fmt: skip
    return gzip.decompress(PAGE.read_bytes()).decode()


def embedded(page: str, file: bytes) -> str:
    """The page with a network in it, on which it starts; those that it has stay beside.

    Raises ValueError where it is no such page.
    """
    found, start, end = MANIFEST.search(page), HTML.search(page), page.rfind(END)
    if not (found and start and end > 0):
        raise ValueError("expected a page in one file")
    digest = base64.b64encode(hashlib.sha256(file).digest()).decode()
    manifest = json.loads(found[2])
    manifest["networks"][NAME] = {"url": f"./{ADDRESS}", "integrity": f"sha256-{digest}"}
    kept = base64.b64encode(file).decode()
    return "".join((
        page[: start.end()], ' data-waiting=""', page[start.end() : found.start(2)],
        json.dumps(manifest).replace("<", "\\u003c"), page[found.end(2) : end],
        f'<script type="text/plain" data-file="{ADDRESS}" data-type="application/zip">{kept}'
        "</script>\n", page[end:],
    ))  # fmt: skip


def galleries(page: str) -> dict[str, Gallery]:
    """The pictures that the page has, by the networks that they are for."""
    files = {found[1]: found[2] for found in BLOCK.finditer(page)}
    digits = base64.b64decode(files[f"networks/{DIGITS}.zip"])
    shipped = read_shipped(digits)
    photos = {
        Path(name).stem: decoded(BytesIO(base64.b64decode(content)))
        for name, content in files.items()
        if name.startswith("samples/")
    }
    return {DIGITS: shipped.gallery(), PHOTOS: Gallery(shipped.network, photos)}
