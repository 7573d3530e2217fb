"""Pictures that the visitor brings: chosen, dropped or pasted, and read one at a time.

Whoever asks for another picture is shown that one, however long the one before took to be read.

    file_input = FileInput(toolbar, crop, tasks, guarded, fail)
    file_input.fetch_pillow()   # a picture is near
    file_input.bring(file)
    file_input.stop()           # another was asked for
"""

import contextlib
from collections.abc import Callable, Coroutine, Sequence
from types import ModuleType
from typing import Any

from js import cnnscopeBoot, document
from pyodide.ffi import JsException

from cnnscope.browser.cropping import Cropping, Handler
from cnnscope.browser.dom import closest, found
from cnnscope.browser.own_networks import OwnNetworks, is_picture
from cnnscope.browser.tasks import Tasks
from cnnscope.panels.crop.controller import Brought, CropPanel
from cnnscope.panels.toolbar.controller import Toolbar
from cnnscope.pictures.brought import HEAD, chosen, holds_network, refusal
from cnnscope.pictures.formats.source import PictureError
from cnnscope.pictures.resize import Region

SEVERAL = "picture.notice.several"
CROPPED = "picture.notice.cropped"


class FileInput:
    """Reads what is brought, and handles the events that bring it by hand or clipboard."""

    def __init__(
        self,
        toolbar: Toolbar,
        crop: CropPanel,
        tasks: Tasks,
        guarded: Callable[[Handler], Handler],
        fail: Callable[[Exception], None],
        networks: OwnNetworks,
    ) -> None:
        """Bring pictures to the toolbar, which ``crop`` may have read anew, or open networks.

        ``fail`` is told what should not have gone wrong, also in handlers that are ``guarded``.
        """
        self.toolbar = toolbar
        self.crop = crop
        self.tasks = tasks
        self.guarded = guarded
        self.fail = fail
        self.networks = networks
        self.reading = 0  # number of the picture that was asked for last
        self.has_fetched_pillow = False
        self.is_own_drag = False  # whether something of the page itself is being dragged

    def dragstart(self, _event: Any) -> None:
        """Something of the page itself is being dragged: a text, a link."""
        self.is_own_drag = True

    def dragend(self, _event: Any) -> None:
        """It was let go."""
        self.is_own_drag = False

    def dragover(self, event: Any) -> None:
        """Something held over the page; what is no file is told of where it is let go."""
        if not self.takes_drop(event):
            return
        event.preventDefault()  # else the browser would leave the page for it
        if has_files(event.dataTransfer):
            document.documentElement.dataset.drop = self.toolbar.drop_hint
            self.fetch_pillow()

    def dragleave(self, event: Any) -> None:
        """A file carried out of the window again."""
        if found(event.relatedTarget) is None:
            document.documentElement.removeAttribute("data-drop")

    def drop(self, event: Any) -> None:
        """Something let go over the page."""
        document.documentElement.removeAttribute("data-drop")
        if self.takes_drop(event):
            event.preventDefault()
            self.take(cnnscopeBoot.handed(event.dataTransfer))

    def takes_drop(self, event: Any) -> bool:
        """Whether what is dragged would be a picture brought: not the page's own, nor a text."""
        if found(event.dataTransfer) is None or self.is_own_drag:
            return False
        return has_files(event.dataTransfer) or not is_text_field(event.target)

    def paste(self, event: Any) -> None:
        """A picture from the clipboard, or what somebody took for one."""
        transfer = found(event.clipboardData)
        if transfer is None or (is_text_field(event.target) and not transfer.files.length):
            return
        event.preventDefault()
        self.take(cnnscopeBoot.handed(transfer))

    def take(self, handed: Any) -> None:
        """Read the picture that was handed over (``public/boot/hands.js``), or say why none is."""
        if self.crop.is_open:
            self.crop.close()  # nothing behind it could be read
        files = list(handed.files)
        if not files:
            code = refusal(handed.html, handed.text)
        else:
            types = [
                (file.type, folder) for file, folder in zip(files, handed.areFolders, strict=True)
            ]
            meant = chosen(types)
            code = "folder" if meant is None else None
            if meant is not None:
                notice = SEVERAL if len(files) > 1 else None
                plain = [file for file, (_, folder) in zip(files, types, strict=True) if not folder]
                are_pictures = all(is_picture(file) for file in plain)
                if are_pictures and len(plain) > 1 and self.networks.takes_pictures:
                    self.stop()
                    self.networks.bring_pictures(plain)
                elif are_pictures:
                    self.bring(files[meant], notice)
                else:
                    self.tasks.begin(self.take_file(plain, files[meant], notice))
        if code is not None:
            self.stop()
            self.toolbar.show_error(f"picture.error.{code}")

    def choose(self, files: Sequence[Any], *, is_network: bool) -> None:
        """Take what was chosen in one of the fields for files, whichever it was meant for."""
        are_pictures = all(is_picture(file) for file in files)
        if is_network and not are_pictures:
            self.networks.open(files)
        elif are_pictures and len(files) > 1 and self.networks.takes_pictures:
            self.networks.bring_pictures(files)
        elif is_network or are_pictures:
            self.bring(files[0])
        else:
            self.tasks.begin(self.take_file(files, files[0], None))

    async def take_file(self, files: Sequence[Any], meant: Any, notice: str | None) -> None:
        """Open the network that was handed over in files; without one, read the picture meant."""
        self.stop()
        number = self.reading
        is_network = False
        for file in files:
            is_network = is_network or self.networks.takes_names(file)
            is_network = is_network or (not is_picture(file) and await is_of_network(file))
        if number != self.reading:
            return
        if is_network:
            self.networks.open(files)
        else:
            self.bring(meant, notice)

    def bring(self, file: Any, notice: str | None = None, part: Region | None = None) -> None:
        """Start reading a file that was chosen, dropped or pasted; a notice is shown with it.

        ``part`` is the square of it that is wanted, where that is not the central one.
        """
        self.reading += 1
        document.documentElement.dataset.reading = "yes"
        self.toolbar.show_reading(True)
        self.tasks.begin(self.read(file, self.reading, notice, part))

    def fetch_pillow(self) -> None:
        """Have Pillow there before a picture is: choosing takes longer than fetching."""
        if not self.has_fetched_pillow:
            self.has_fetched_pillow = True
            self.tasks.begin(self.try_pillow())

    async def try_pillow(self) -> None:
        """Fetch Pillow; where that fails, reading a picture will try again and say so."""
        with contextlib.suppress(PictureError):
            await (await reading()).load_pillow()

    def stop(self) -> None:
        """Forget the file that is being read: another picture was asked for, or a network."""
        self.reading += 1
        self.networks.stop()
        self.has_read()

    def has_read(self) -> None:
        """Take away what says that a file is being read."""
        if hasattr(document.documentElement.dataset, "reading"):
            self.toolbar.show_reading(False)
            document.documentElement.removeAttribute("data-reading")

    async def read(
        self, file: Any, number: int, notice: str | None = None, part: Region | None = None
    ) -> None:
        """Show the picture in a file, unless another was asked for in the meantime, or a network.

        It has the size of what that reads.
        """
        gallery = self.toolbar.gallery
        try:
            picture = await (await reading()).open_picture(
                file, part, self.toolbar.size, gallery.fit
            )
            if number == self.reading and gallery is self.toolbar.gallery:
                is_cropped = part is None and gallery.fit.part(*picture.size)[2:] != picture.size
                self.toolbar.bring(picture.rgb, notices_of(picture, notice, is_cropped=is_cropped))
                if part is None:
                    self.offer(file, picture.size)
                else:
                    self.crop.take(part)
        except PictureError as error:
            if number == self.reading:
                self.toolbar.show_error(f"picture.error.{error.code}", **error.facts)
        except Exception as error:
            self.fail(error)
            raise
        finally:
            if number == self.reading:
                self.has_read()

    def offer(self, file: Any, size: tuple[int, int]) -> None:
        """Let the visitor choose another square of a picture that was read."""

        def show(key: str) -> None:
            cropping = Cropping(self.crop, self.guarded)
            self.tasks.begin(self.guard(cropping.show(key, file)))

        self.crop.offer(Brought(size, show, lambda part: self.bring(file, part=part)))

    async def guard(self, showing: Coroutine[Any, Any, None]) -> None:
        """Draw a picture to crop; where it cannot be, close the dialog and say why."""
        try:
            await showing
        except PictureError as error:
            self.crop.close()
            self.toolbar.show_error(f"picture.error.{error.code}", **error.facts)
        except Exception as error:
            self.fail(error)
            raise


def notices_of(picture: Any, notice: str | None, *, is_cropped: bool) -> tuple[str, ...]:
    """The keys of what there is to be said of a picture that was read, ``notice`` before all."""
    own = picture.notice or (CROPPED if is_cropped else None)
    return tuple(key for key in (notice, own) if key is not None)


async def reading() -> ModuleType:
    """What reads pictures; imported when one is near, which makes the page's start shorter.

    Raises PictureError where Python is not whole yet, and cannot be made so.
    """
    try:
        await cnnscopeBoot.whole()
    except JsException as error:
        raise PictureError("no_resizer") from error
    from cnnscope.browser import decode as pictures

    return pictures


async def is_of_network(file: Any) -> bool:
    """Whether a file begins as those do that hold networks; not one that cannot be read."""
    try:
        head = await file.slice(0, HEAD).arrayBuffer()
    except JsException:
        return False
    return holds_network(head.to_bytes())


def has_files(transfer: Any) -> bool:
    """Whether files are being dragged, and not text or a link."""
    return found(transfer) is not None and "Files" in transfer.types.to_py()


def is_text_field(target: Any) -> bool:
    """Whether text that is let go or pasted there belongs there."""
    return closest(target, "textarea, input[type=text]") is not None
