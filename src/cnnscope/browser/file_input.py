"""Pictures that the visitor brings: chosen, dropped or pasted, and read one at a time.

Whoever asks for another picture is shown that one, however long the one before took to be read.

    file_input = FileInput(toolbar, tasks, fail)
    file_input.fetch_pillow()   # a picture is near
    file_input.bring(file)
    file_input.stop()           # another was asked for
"""

import contextlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

from js import document

from cnnscope.browser.dom import found
from cnnscope.browser.tasks import Tasks
from cnnscope.panels.toolbar.controller import Toolbar


class FileInput:
    """Reads what is brought, and handles the events that bring it by hand or clipboard."""

    def __init__(self, toolbar: Toolbar, tasks: Tasks, fail: Callable[[Exception], None]) -> None:
        """Bring pictures to the toolbar; ``fail`` is told what should not have gone wrong."""
        self.toolbar = toolbar
        self.tasks = tasks
        self.fail = fail
        self.reading = 0  # number of the picture that was asked for last
        self.has_fetched_pillow = False

    def dragover(self, event: Any) -> None:
        """A file held over the page."""
        if has_files(event.dataTransfer):
            event.preventDefault()
            document.documentElement.dataset.drop = self.toolbar.drop_hint
            self.fetch_pillow()

    def dragleave(self, event: Any) -> None:
        """A file carried out of the window again."""
        if found(event.relatedTarget) is None:
            document.documentElement.removeAttribute("data-drop")

    def drop(self, event: Any) -> None:
        """A file let go over the page."""
        document.documentElement.removeAttribute("data-drop")
        if has_files(event.dataTransfer):
            event.preventDefault()
            if event.dataTransfer.files.length:
                self.bring(event.dataTransfer.files.item(0))

    def paste(self, event: Any) -> None:
        """A picture from the clipboard."""
        if found(event.clipboardData) is not None and event.clipboardData.files.length:
            event.preventDefault()
            self.bring(event.clipboardData.files.item(0))

    def bring(self, file: Any) -> None:
        """Start reading a file that was chosen, dropped or pasted."""
        self.reading += 1
        document.documentElement.dataset.reading = "yes"
        self.toolbar.show_reading(True)
        self.tasks.begin(self.read(file, self.reading))

    def fetch_pillow(self) -> None:
        """Have Pillow there before a picture is: choosing takes longer than fetching."""
        if not self.has_fetched_pillow:
            self.has_fetched_pillow = True
            self.tasks.begin(self.try_pillow())

    async def try_pillow(self) -> None:
        """Fetch Pillow; where that fails, reading a picture will try again and say so."""
        pictures = reading()
        with contextlib.suppress(pictures.PictureError):
            await pictures.load_pillow()

    def stop(self) -> None:
        """Forget the file that is being read: another picture was asked for."""
        self.reading += 1
        self.has_read()

    def has_read(self) -> None:
        """Take away what says that a file is being read."""
        if hasattr(document.documentElement.dataset, "reading"):
            self.toolbar.show_reading(False)
            document.documentElement.removeAttribute("data-reading")

    async def read(self, file: Any, number: int) -> None:
        """Show the picture in a file, unless another was asked for in the meantime."""
        pictures = reading()
        try:
            picture = await pictures.open_picture(file)
            if number == self.reading:
                self.toolbar.bring(picture.rgb, picture.notice)
        except pictures.PictureError as error:
            if number == self.reading:
                self.toolbar.show_error(f"picture.error.{error.code}", **error.facts)
        except Exception as error:
            self.fail(error)
            raise
        finally:
            if number == self.reading:
                self.has_read()


def reading() -> ModuleType:
    """What reads pictures; imported when one is near, which makes the page's start shorter."""
    from cnnscope.browser import decode as pictures

    return pictures


def has_files(transfer: Any) -> bool:
    """Whether files are being dragged, and not text or a link."""
    return found(transfer) is not None and "Files" in transfer.types.to_py()
