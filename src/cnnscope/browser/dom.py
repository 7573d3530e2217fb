"""The page as the application knows it: regions to mount, keys to pose, canvases to paint.

page = DomPage()
page.mount("network", "<div data-key='conv_1_1/3'>...</div>")
page.pose({"conv_1_1/3": {"aria-label": "..."}})
"""

import json
from collections.abc import Callable
from typing import Any

from js import ImageData, cnnscopeLanguage, cnnscopeRoom, document, history, location, window
from pyodide.ffi import jsnull

from cnnscope.browser.addresses import (
    OWN,
    address_of,
    own_of_step,
    page_address,
    step_of,
    whole_address,
)
from cnnscope.browser.clipboard import copy_text
from cnnscope.browser.clock import Clock
from cnnscope.browser.notices import Notices
from cnnscope.browser.shipped_networks import network_file
from cnnscope.browser.tasks import Tasks
from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Pose, Value, attribute
from cnnscope.state.anchor import joined, parted, section_of
from cnnscope.state.mended import asked
from cnnscope.views.shared.network_plan import PAPER, Viewport

ADDRESS_DELAY = 300  # ms
LEAST_WIDTH = 320  # px of the layout; in a narrower window, its drawing scrolls sideways


class DomPage:
    """The document that Python runs in; a ``Page`` to the application."""

    def __init__(self) -> None:
        """Nothing is looked up before it is mounted."""
        self.keyed: dict[str, Any] = {}  # data-key -> element
        self.painters: dict[str, Any] = {}  # data-paint -> 2d context
        self.images: dict[tuple[int, ...], tuple[Any, Any]] = {}
        """Shape -> the one ImageData for canvases of that shape, and its data."""
        self.posed: dict[tuple[str, str], Value] = {}
        """(data-key, attribute) -> the value it was given last."""
        self.address: str | None = None  # what the address is about to say
        self.own = own_of_step(history.state)
        """The visitor's network that this step is of, which no address tells."""
        self.steps = 0  # that this page made in the history
        self.is_mounting = False  # whether what stood on the page is being taken away
        self.is_on_paper = False  # whether it is being printed
        self.clock = Clock()
        self.notices = Notices(self.clock)
        self.tasks = Tasks()
        self.asked_embed = asked(str(location.search), "embed")  # which may be none
        history.replaceState(OWN, "", whole_address())
        self.embed: str | None = getattr(document.documentElement.dataset, "embed", None)
        """The view that the page shows alone, by its name."""
        self.show_way_out(self.read_hash())

    def viewport(self) -> Viewport:
        """The window's size in pixels of the layout, without scroll bars across its width.

        On paper, that of a sheet.
        """
        if self.is_on_paper:
            return PAPER
        scale = float(cnnscopeRoom.scale())
        width = document.documentElement.clientWidth / scale
        return Viewport(max(LEAST_WIDTH, width), window.innerHeight / scale)

    def read_hash(self) -> str:
        """What the address's fragment says of the network, without ``#``."""
        return parted(self.fragment())[0]

    def fragment(self) -> str:
        """All of the address's fragment, as it is or is about to be."""
        if self.address is not None:
            return self.address
        return str(location.hash).removeprefix("#")

    def write_hash(self, text: str, *, push: bool, own: str | None = None) -> None:
        """Change the address without moving; ``push`` makes a step for Back.

        ``own`` is the visitor's network that it is of, if not the same as before.

        Without ``push`` it is changed a moment later, and once for many changes: browsers
        complain of an address that changes with every move of the pointer. It then goes on naming
        the section of the article that it named.
        """
        self.show_way_out(text)
        self.own = self.own if own is None else own
        if push and self.embed is None:  # else Back would be the other page's
            self.flush_hash()
            self.steps += 1
            history.pushState(step_of(self.own), "", address_of(text))
        else:
            if self.address is None:
                self.clock.after(ADDRESS_DELAY, self.flush_hash)
            self.address = joined(text, section_of(self.fragment()))

    def show_way_out(self, text: str) -> None:
        """Have the link out of a frame lead to the whole page as it is here."""
        if self.embed is not None:
            way = page_address()  # the page of the same language
            self.pose({"embed.open": {"href": f"{way}#{text}" if text else way}})

    def arrive(self) -> None:
        """Let go of what the address was about to say: it was said of a page that was left."""
        self.address = None
        self.own = own_of_step(history.state)
        self.show_way_out(self.read_hash())

    def own_network(self) -> str:
        """The visitor's network that this step is of; empty for others, and typed addresses."""
        return self.own

    def flush_hash(self) -> None:
        """Have the address say what it was about to say."""
        if self.address is not None:
            address, self.address = self.address, None
            history.replaceState(step_of(self.own), "", address_of(address))

    def holds(self, key: str, name: str, value: str) -> bool:
        """Whether an element with a key is on the page, and has that value of an attribute."""
        target = self.element(key)
        return target is not None and target.getAttribute(name) == value

    def mount(self, region: str, markup: str) -> None:
        """Replace a region's content, and forget what stood in it."""
        place = found(document.getElementById(region)) or self.element(region)
        if place is not None:
            self.is_mounting = True
            place.innerHTML = markup
            self.is_mounting = False
            self.forget()

    def pose(self, pose: Pose) -> None:
        """Give elements new attributes; those that are not on the page are passed over."""
        for key, attributes in pose.items():
            target = self.element(key)
            if target is None:
                continue
            for name, value in attributes.items():
                if name == "value":
                    give_value(target, value)
                    continue
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
        context = self.painters.get(key)
        if context is None:
            canvas = found(document.querySelector(f'[data-paint="{key}"]'))
            if canvas is None:
                return
            context = self.painters[key] = canvas.getContext("2d")
        if rgba.shape not in self.images:
            image = ImageData.new(rgba.shape[1], rgba.shape[0])
            self.images[rgba.shape] = image, image.data
        image, data = self.images[rgba.shape]
        data.assign(rgba.reshape(-1))
        context.putImageData(image, 0, 0)

    def focus(self, key: str) -> None:
        """Move the keyboard's focus."""
        target = self.element(key)
        if target is not None:
            is_in_view = closest(target, "[data-quiet-focus]") is not None
            target.focus(preventScroll=is_in_view)

    def flush_layout(self) -> None:
        """Have the browser take in what was mounted, so that what comes next is a change."""
        document.body.offsetWidth  # noqa: B018 - asking for it does that

    def sample_address(self, sample: str) -> str:
        """Where a sample's whole picture lies, as this version of the page has it."""
        manifest = json.loads(document.getElementById("boot-manifest").textContent)
        return str(manifest["samples"][sample])

    def fetch_network(self, name: str, done: Callable[[bytes | None], None]) -> None:
        """Fetch a network that the page is shipped with, then hand it over, or None."""

        async def fetch() -> None:
            done(await network_file(name))

        self.tasks.begin(fetch())

    def later(self, call: Callable[[], None]) -> None:
        """Call something before the next frame is drawn."""
        self.clock.next(call)

    def animate(self, tick: Callable[[float], None] | None, clock: str) -> None:
        """Call ``tick`` with the seconds at each frame, until this clock has another or None."""
        self.clock.run(tick, clock)

    def copy(self, text: str, done: Callable[[bool], None]) -> None:
        """Put a text on the clipboard, then call ``done`` with whether it is there."""
        copy_text(text, done)

    def link(self, address: str) -> str:
        """This page's own address, with another fragment."""
        return f"{page_address()}#{address}"

    def is_still(self) -> bool:
        """Whether the visitor asked for little motion; paper has none."""
        return self.is_on_paper or bool(
            window.matchMedia("(prefers-reduced-motion: reduce)").matches
        )

    def scroll_into_view(self, key: str) -> None:
        """Bring an element into what is to be seen of the page, if it is not there."""
        target = self.element(key)
        if target is not None:
            target.scrollIntoView(block="nearest")

    def reveal(self, key: str) -> None:
        """Bring an element to the top of the window, above a sheet at its foot."""
        target = self.element(key)
        if target is not None:
            target.scrollIntoView(block="start", inline="center")

    def focused(self) -> str:
        """Key of the element that has the keyboard's focus; empty without one that is seen."""
        focused = document.activeElement
        key = getattr(focused.dataset, "key", None)
        return key if key and focused.getClientRects().length else ""

    def speak(self, language: str) -> None:
        """Have what Python does not draw say everything in another language."""
        cnnscopeLanguage.speak(language)

    def announce(self, text: str) -> None:
        """Have a screen reader say something, politely."""
        document.getElementById("announcer").textContent = text

    def alert(self, text: str | None) -> None:
        """Show a message the visitor can act on, or take it away."""
        box = document.getElementById("alert")
        document.getElementById("alert-text").textContent = text or ""
        box.hidden = text is None

    def notice(self, *said: str | None) -> None:
        """Show words about what is on screen one after the other; without any, take all away."""
        self.notices.show(*said)

    def element(self, key: str) -> Any:
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
        self.images = {}
        self.painters = {
            key: context for key, context in self.painters.items() if context.canvas.isConnected
        }


def give_value(target: Any, value: Value) -> None:
    """Put a value into a field, unless it is being typed into."""
    is_typed = target.type == "text" and target.isSameNode(document.activeElement)
    if not is_typed and target.value != str(value):
        target.value = str(value)


def found(result: Any) -> Any:
    """An element that was looked for, or None where JavaScript says null."""
    return None if result is jsnull else result


def closest(target: Any, selector: str) -> Any:
    """The nearest element that matches, from a target upwards, or None."""
    if not hasattr(target, "closest"):  # the document itself, or nothing
        return None
    return found(target.closest(selector))
