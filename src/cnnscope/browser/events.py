"""What the visitor does, told to the application: one listener for each type of event.

What stands on the page says in its markup what it takes; none of it is known here by name:

    data-on, data-args     a press asks for this action, with this argument
    data-focus-acts        so does the keyboard's focus
    data-stops-reading     a press asks for another picture than the one that is being read
    data-beside            what a press within, on nothing else, asks for; nothing if it is empty
    data-ground            where there is nothing at all: the press asks for that "of the ground"
    data-keys              keys mean something here; the place is its data-key
    data-letters           letters too mean something within
    data-roving            one of several that share a tab stop
    data-shift             a key together with Shift is another, "Shift+ArrowUp"
    data-pen               what a pointer draws on (``pen``)
    data-drag              what a pointer is dragged over (``dragging``)
    data-node, data-map    what can be pointed at (``pointing``), with data-mark
    data-input, data-args  a field (``fields``)
"""

from collections.abc import Callable
from typing import Any

from js import cnnscopeBoot, document, window
from pyscript import when

from cnnscope.app.app import App
from cnnscope.app.keyboard import latin
from cnnscope.browser.addresses import OWN
from cnnscope.browser.dom import DomPage, closest, found
from cnnscope.browser.dragging import Dragging
from cnnscope.browser.fields import Fields
from cnnscope.browser.file_input import FileInput
from cnnscope.browser.links import Links
from cnnscope.browser.own_networks import OwnNetworks
from cnnscope.browser.pen import Pen
from cnnscope.browser.pointing import Pointing
from cnnscope.browser.selecting import is_marked, mark_number
from cnnscope.browser.tasks import Tasks, next_frame
from cnnscope.panels.pad.pen import SHIFTED
from cnnscope.state.state import parse_node

GROUND = "ground"
"""What a press on empty ground adds to what it asks for."""

Handler = Callable[[Any], None]
Guarded = Callable[[Callable[[Any], object]], Handler]
"""Makes a handler of what may return something."""


def listen(app: App, page: DomPage) -> Guarded:
    """Start listening, and take up what came before. Call once.

    Returns what makes a handler whose failure the visitor is told of.
    """
    handlers = Handlers(app, page)
    page.clock.fail = handlers.fail
    root = document.documentElement
    for target, owner, names in (
        (document, handlers, ("click", "dblclick", "focusin", "focusout", "keydown", "change",
                              "input", "spoken")),
        (document, handlers.pointing, ("pointerdown", "pointermove")),
        (document, handlers.dragging, ("pointerdown", "pointermove", "pointerup",
                                       "pointercancel")),
        (document, handlers.pen, ("pointerdown", "pointermove", "pointerup", "pointercancel")),
        (document, handlers.file_input, ("dragstart", "dragend", "dragover", "dragleave", "drop",
                                         "paste")),
        (root, handlers.pointing, ("pointerleave",)),
        (window, handlers, ("popstate", "hashchange", "resize", "beforeprint", "afterprint")),
    ):  # fmt: skip
        for name in names:
            when(name, target)(handlers.guarded(getattr(owner, name)))
    early = found(cnnscopeBoot.waiting())
    if early is not None:
        handlers.file_input.take(early)
    if page.viewport() != app.modeller.window:  # the window became another while nobody listened
        handlers.resize(None)
    return handlers.guarded


class Handlers:
    """One method for each type of event; nothing else is handed the application."""

    def __init__(self, app: App, page: DomPage) -> None:
        """Handle a page's events for an application."""
        self.app = app
        self.page = page
        self.links = Links(app.history, page)
        self.tasks = Tasks()
        self.networks = OwnNetworks(app, self.tasks, self.fail)
        self.file_input = FileInput(
            app.toolbar, app.crop, self.tasks, self.guarded, self.fail, self.networks
        )
        self.fields = Fields(app.inputs, app.keyboard, self.tasks)
        self.pointing = Pointing(app.pointer, lambda: app.state)
        self.dragging = Dragging(app.changes)
        self.pen = Pen(app.pad)
        self.is_resizing = False

    def guarded(self, handler: Callable[[Any], object]) -> Handler:
        """A handler whose failure the visitor is told of; the console has the rest."""

        def handle(event: Any) -> None:
            try:
                handler(event)
            except Exception as error:
                self.fail(error)
                raise

        return handle

    def fail(self, error: Exception) -> None:
        """Say that something went wrong that should not."""
        self.app.toolbar.show_error("error.unexpected", error=type(error).__name__)

    def click(self, event: Any) -> None:
        """A press on something that says what it does, on a link within the page, or beside."""
        self.fields.select(event.target)
        target = closest(event.target, "[data-on]")
        if self.pointing.has_dragged(event) and is_marked(target or event.target):
            return
        if target is not None and not getattr(target, "disabled", False):
            self.click_on(target, event)
            return
        link = closest(event.target, 'a[href^="#"]')
        if link is not None and not has_modifier(event):
            event.preventDefault()
            self.links.follow(link)
        else:
            self.press_beside(event.target)

    def dblclick(self, event: Any) -> None:
        """A number, perhaps, that somebody wants to copy."""
        mark_number(event)

    def press_beside(self, target: Any) -> None:
        """A press on nothing in particular: the innermost place around it has a word on that."""
        around = closest(target, "[data-beside]")
        if around is not None and around.dataset.beside:
            self.app.act(around.dataset.beside, GROUND if target.matches("[data-ground]") else "")

    def click_on(self, target: Any, event: Any) -> None:
        """A press on something that says what it does."""
        if event.detail > 1 and hasattr(target.dataset, "node"):
            return  # of a double press, the second would close what the first opened
        if target.tagName == "A":  # which leads there without Python too
            if has_modifier(event):
                return  # the link itself, in another tab
            event.preventDefault()
        if is_file_input(target):
            return  # what is chosen there is what is asked for
        if target.hasAttribute("data-stops-reading"):
            self.file_input.stop()
        self.pointing.rest(event)
        self.act(target)

    def act(self, target: Any) -> None:
        """Do what an element asks for."""
        self.app.act(target.dataset.on, getattr(target.dataset, "args", None) or "")

    def focusin(self, event: Any) -> None:
        """Something reached by the keyboard; or a chooser of files, which will soon want Pillow."""
        target = event.target
        if is_file_input(target):
            self.file_input.fetch_pillow()
        self.pointing.mark(target)
        node = closest(target, "[data-node]")
        if node is not None and node.matches(":focus-visible"):
            self.app.dispatch("focus", parse_node(node.dataset.node))
        self.fields.reach(target)
        entry = closest(target, "[data-focus-acts]")
        if entry is not None and entry.matches(":focus-visible"):
            self.act(entry)
        row = closest(target, "[data-roving]")
        if row is not None:
            self.app.keyboard.reach_row(row.dataset.key)

    def focusout(self, event: Any) -> None:
        """A node left, or a field, which then shows how it is read.

        What is taken off the page while the visitor is on it was not left.
        """
        if self.page.is_mounting:
            return
        if closest(event.target, "[data-node]") is not None:
            self.app.pointer.hover(None, None)
        self.fields.leave(event.target)

    def keydown(self, event: Any) -> None:
        """A key that means something where it is pressed."""
        if event.ctrlKey or event.metaKey or event.altKey:
            return
        if event.target.tagName == "INPUT" and self.fields.press(event):
            return
        key = latin(event.key, event.code)
        if event.target.tagName in ("SELECT", "TEXTAREA") and key != "Escape":
            return
        if self.app.keyboard.is_letter(key) and not self.takes_letters(event.target, key):
            return
        target = closest(event.target, "[data-keys]")
        place = target.dataset.key if target is not None else ""
        if event.shiftKey and target is not None and target.hasAttribute("data-shift"):
            key = f"{SHIFTED}{key}"
        if self.app.press(key, place):
            event.preventDefault()

    def takes_letters(self, target: Any, key: str) -> bool:
        """Whether a key is pressed within what takes letters, or over it without any focus.

        A letter that works wherever it is pressed would come in the way of those who speak to
        their computer.
        """
        if closest(target, "[data-letters]") is not None:
            return True
        is_meant = self.app.state.pointer.node is not None or self.app.keyboard.is_for_all(key)
        return bool(target.tagName == "BODY") and is_meant

    def input(self, event: Any) -> None:
        """Something is being typed or dragged."""
        self.fields.take(event.target, is_final=False)

    def change(self, event: Any) -> None:
        """A file chosen, or something typed or dragged to its end."""
        if is_file_input(event.target) and event.target.files.length:
            files = [event.target.files.item(k) for k in range(event.target.files.length)]
            event.target.value = ""  # so that the same file can be chosen again
            self.file_input.choose(files, is_network=event.target.hasAttribute("multiple"))
        else:
            self.fields.take(event.target, is_final=True)

    def popstate(self, event: Any) -> None:
        """Back, Forward; or a fragment that was typed, which is no step of this page."""
        is_step = str(event.state).partition("/")[0] == OWN
        self.file_input.stop()
        self.page.arrive()
        address = self.page.fragment()  # which may be told more, once it is shown
        self.app.navigate(self.page.read_hash(), is_step=is_step)
        self.links.come_back(address)
        if not is_step:
            self.links.arrive()

    def hashchange(self, _event: Any) -> None:
        """An edited address; after Back it finds nothing left to do."""
        self.app.navigate(self.page.read_hash())

    def spoken(self, _event: Any) -> None:
        """The article is there in another language, without what Python draws in it."""
        self.app.draw_article()

    def resize(self, _event: Any) -> None:
        """Another window size; many events become one redraw a frame."""
        if self.is_resizing:
            return
        self.is_resizing = True
        self.tasks.begin(self.resize_once())

    def beforeprint(self, _event: Any) -> None:
        """The page goes to paper; in a frame it keeps the size that it has on the page around."""
        self.page.is_on_paper = getattr(document.documentElement.dataset, "framed", None) is None
        self.app.finish()
        self.app.resize()

    def afterprint(self, _event: Any) -> None:
        """Back to the window."""
        self.page.is_on_paper = False
        self.app.resize()

    async def resize_once(self) -> None:
        """Redraw when the browser draws its next frame."""
        await next_frame()
        self.is_resizing = False
        self.app.resize()


def has_modifier(event: Any) -> bool:
    """Whether a press asks for another tab or window."""
    return bool(event.ctrlKey or event.metaKey or event.shiftKey)


def is_file_input(target: Any) -> bool:
    """Whether an element is where files are chosen."""
    return bool(getattr(target, "type", None) == "file")
