"""The page as the application knows it: regions to mount, keys to pose, canvases to paint.

page = Page()
page.mount("network", "<div data-key='conv_1_1/3'>...</div>")
page.pose({"conv_1_1/3": {"aria-label": "..."}})
"""

from js import ImageData, document, history, location, window
from pyodide.ffi import jsnull

from cnnscope.layout import Viewport
from cnnscope.scene.color import Rgba
from cnnscope.scene.element import Pose, attribute


class Page:
    """The document that Python runs in."""

    def __init__(self):
        """Nothing is looked up before it is mounted."""
        self.keyed = {}  # data-key -> element
        self.painters = {}  # data-paint -> (2d context, its one ImageData)
        self.posed = {}  # (data-key, attribute) -> the value it was given last

    def viewport(self) -> Viewport:
        """The window's size, without scroll bars across its width."""
        return Viewport(document.documentElement.clientWidth, window.innerHeight)

    def read_hash(self) -> str:
        """The address's fragment, without ``#``."""
        return location.hash.removeprefix("#")

    def write_hash(self, text: str, *, push: bool) -> None:
        """Change the address without moving; ``push`` makes a step for Back."""
        address = f"#{text}" if text else location.pathname + location.search
        if push:
            history.pushState(None, "", address)
        else:
            history.replaceState(None, "", address)

    def mount(self, region: str, markup: str) -> None:
        """Replace a region's content, and forget what stood in it."""
        place = found(document.getElementById(region)) or self.element(region)
        if place is not None:
            place.innerHTML = markup
            self.forget()

    def pose(self, pose: Pose) -> None:
        """Give elements new attributes; those that are not on the page are passed over."""
        for key, attributes in pose.items():
            target = self.element(key)
            if target is None:
                continue
            for name, value in attributes.items():
                if self.posed.get((key, name), self) == value:
                    continue  # said already: a screen reader must not hear it again
                self.posed[key, name] = value
                if name == "text":
                    target.textContent = value
                elif value is None or value is False:
                    target.removeAttribute(name)
                else:
                    target.setAttribute(name, "" if value is True else attribute(value))

    def paint(self, key: str, rgba: Rgba) -> None:
        """Put pixels, (rows, cols, 4) uint8, on a canvas of that size."""
        painter = self.painters.get(key)
        if painter is None:
            canvas = found(document.querySelector(f'[data-paint="{key}"]'))
            if canvas is None:
                return
            image = ImageData.new(rgba.shape[1], rgba.shape[0])
            painter = self.painters[key] = (canvas.getContext("2d"), image)
        context, image = painter
        image.data.assign(rgba.reshape(-1))
        context.putImageData(image, 0, 0)

    def focus(self, key: str) -> None:
        """Move the keyboard's focus."""
        target = self.element(key)
        if target is not None:
            target.focus(preventScroll=key.startswith("card"))  # the card is in view as it is

    def reveal(self, key: str) -> None:
        """Bring an element to the top of the window, above a sheet at its foot."""
        target = self.element(key)
        if target is not None:
            target.scrollIntoView(block="start", inline="center")

    def focused(self) -> str:
        """Key of the element that has the keyboard's focus; empty without one."""
        return getattr(document.activeElement.dataset, "key", None) or ""

    def announce(self, text: str) -> None:
        """Have a screen reader say something, politely."""
        document.getElementById("announcer").textContent = text

    def alert(self, text: str | None) -> None:
        """Show a message the visitor can act on, or take it away."""
        box = document.getElementById("alert")
        document.getElementById("alert-text").textContent = text or ""
        box.hidden = text is None

    def notice(self, text: str | None) -> None:
        """Show a word about what is on screen, or take it away."""
        box = document.getElementById("notice")
        box.textContent = text or ""
        box.hidden = text is None

    def element(self, key: str):
        """The element with a ``data-key``, or None."""
        if key not in self.keyed:
            target = found(document.querySelector(f'[data-key="{key}"]'))
            if target is None:
                return None
            self.keyed[key] = target
        return self.keyed[key]

    def forget(self) -> None:
        """Let go of elements and canvases that are no longer on the page."""
        gone = {key for key, kept in self.keyed.items() if not kept.isConnected}
        self.posed = {place: value for place, value in self.posed.items() if place[0] not in gone}
        self.keyed = {key: kept for key, kept in self.keyed.items() if kept.isConnected}
        self.painters = {
            key: painter for key, painter in self.painters.items() if painter[0].canvas.isConnected
        }


def found(result):
    """An element that was looked for, or None where JavaScript says null."""
    return None if result is jsnull else result
