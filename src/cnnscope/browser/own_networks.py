"""Networks of visitors: what opens their files is fetched when the first one is brought.

opening = OwnNetworks(app, tasks, fail)
opening.open(files)          # shown beside the others, or refused with a reason
opening.stop()               # another was asked for
"""

import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from js import cnnscopeBoot
from pyodide.ffi import JsException

from cnnscope.app.app import App
from cnnscope.browser.shipped_networks import network_file
from cnnscope.browser.tasks import Tasks, next_frame
from cnnscope.pictures.formats.source import PictureError
from cnnscope.state.state import is_own

READERS = "readers"
"""Name of the archive with the code that opens files, beside the networks that are shipped."""

FOLDER = "/home/pyodide/own"
SLICE = 4 << 20
"""Bytes that are read before the page is drawn again."""


class OwnNetworks:
    """Reads the files of networks that the visitor brings."""

    def __init__(self, app: App, tasks: Tasks, fail: Callable[[Exception], None]) -> None:
        """Open networks for an application; ``fail`` is told what should not have gone wrong."""
        self.app = app
        self.tasks = tasks
        self.fail = fail
        self.asked = 0  # number of what was asked for last
        self.door: Any = None  # the panel of it all, once it was fetched

    def open(self, files: Sequence[Any]) -> None:
        """Start opening the files that belong to one network."""
        self.asked += 1
        self.app.toolbar.clear_error()
        self.app.toolbar.show_opening(True)
        self.tasks.begin(self.guard(list(files), self.asked))

    def stop(self) -> None:
        """Forget what is being opened."""
        self.asked += 1
        self.app.toolbar.show_opening(False)
        if self.door is not None:
            self.door.has_read()

    async def guard(self, files: Sequence[Any], number: int) -> None:
        """Open files; say so where that fails."""
        try:
            await self.read(files, number)
        except JsException:  # a file that is gone, or that may not be read
            if number == self.asked:
                self.app.toolbar.show_error("picture.error.unreadable")
        except Exception as error:
            self.fail(error)
            raise
        finally:
            if number == self.asked:
                self.app.toolbar.show_opening(False)

    async def read(self, files: Sequence[Any], number: int) -> None:
        """Hand over what files hold to what opens them, unless another is asked for meanwhile."""
        if self.door is None:
            self.door = await self.fetched()
        if self.door is None:
            self.app.toolbar.show_error("network.error", name=self.app.model.text("network.own"))
            return
        pictures = [file for file in files if is_picture(file)]
        files = [file for file in files if not is_picture(file)]
        sizes = {str(file.name): int(file.size) for file in files}
        if not self.door.takes(sizes):
            return
        contents: dict[str, bytes] = {}
        for file in files:
            parts = []
            for start in range(0, int(file.size), SLICE):
                part = await file.slice(start, start + SLICE).arrayBuffer()
                parts.append(part.to_bytes())
                self.door.show_progress(sum(map(len, contents.values())) + sum(map(len, parts)))
                await next_frame()
                if number != self.asked:
                    return
            contents[str(file.name)] = b"".join(parts)
        self.door.open(contents)
        await self.read_pictures(pictures, number)

    @property
    def takes_pictures(self) -> bool:
        """Whether several pictures are taken at once: where a network of the visitor's is shown."""
        return is_own(self.app.state.network)

    def takes_names(self, file: Any) -> bool:
        """Whether a file may name the classes of the visitor's network that is shown."""
        return self.takes_pictures and str(file.name).lower().endswith((".txt", ".json"))

    def bring_pictures(self, files: Sequence[Any]) -> None:
        """Start reading pictures, which are offered beside the others."""
        self.asked += 1
        self.tasks.begin(self.read_pictures(files, self.asked))

    async def read_pictures(self, files: Sequence[Any], number: int) -> None:
        """Offer pictures beside the others; say of one that is none what is wrong with it."""
        await cnnscopeBoot.whole()
        from cnnscope.browser.decode import open_picture

        toolbar = self.app.toolbar
        for file in files:
            try:
                picture = await open_picture(file, None, toolbar.size, toolbar.gallery.fit)
            except PictureError as error:
                self.app.toolbar.show_error(f"picture.error.{error.code}", **error.facts)
                continue
            if number != self.asked or not self.takes_pictures:
                return
            self.door.offer(picture.rgb)

    async def fetched(self) -> Any:
        """What opens networks, once it is here; None where it cannot be had."""
        await cnnscopeBoot.whole()
        file = await network_file(READERS)
        if file is None:
            return None
        from zipfile import ZipFile  # which a start has no use for

        with ZipFile(BytesIO(file)) as archive:
            archive.extractall(FOLDER)
        if FOLDER not in sys.path:
            sys.path.append(FOLDER)
        from cnnscope_own.door import Door

        door = Door(self.app.desk, self.app.networks, self.stop, self.app.crop)
        self.app.join(door, door.inputs)
        return door


def is_picture(file: Any) -> bool:
    """Whether a file is declared a picture."""
    return bool(file.type.startswith("image/"))
