"""Warm-up before the memory snapshot is taken: the imports, and a start before nobody.

A start that was rehearsed has imported what is only imported when it is needed, and the
interpreter has specialised what it runs often. What touches the page is imported there.
"""

import gc
import importlib
import pkgutil
import sys
from collections.abc import Callable
from typing import Any

sys.path_importer_cache.clear()  # folders were looked at while they were empty

import cnnscope  # noqa: E402

ON_PAGE = ("cnnscope.browser", "cnnscope.main", "pyscript")
# What those and PyScript import before the page is up, and what tells of an exception: with the
# image, the standard library comes later.
WANTED = (
    *("asyncio", "base64", "contextlib", "html", "importlib.util", "inspect"),
    *("io", "linecache", "numpy.typing", "traceback", "unicodedata"),
    *("urllib.parse", "warnings"),
)

for module in pkgutil.walk_packages(cnnscope.__path__, "cnnscope."):
    if not module.name.startswith(ON_PAGE):
        importlib.import_module(module.name)


for name in WANTED:
    importlib.import_module(name)


def warm_up() -> None:
    """Start the application as the page does."""
    from cnnscope.app.app import App
    from cnnscope.pictures.shipped import load_shipped
    from cnnscope.text import LANGUAGES, load_text
    from cnnscope.views.shared.network_plan import Viewport

    answers = {"viewport": Viewport(1440, 900), "read_hash": "", "focused": "", "link": ""}

    class Nobody:
        """A page that shows nothing."""

        def __getattr__(self, name: str) -> Callable[..., Any]:
            return lambda *given, **named: answers.get(name)

    for language in LANGUAGES:
        load_text(language)
    shipped = load_shipped()
    pictures = shipped.samples, load_text("en"), shipped.out_of_distribution
    for stands_there in (False, True, True):  # as the page does when it takes itself up
        answers["holds"] = stands_there
        app = App(Nobody(), shipped.network, shipped.classes, *pictures)
        app.start()
        app.rehearse()


warm_up()
gc.collect()
