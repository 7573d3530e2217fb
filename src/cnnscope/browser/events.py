"""What the visitor does, told to the application: one listener for each type of event."""

from js import cnnscopeBoot, document, window
from pyodide.ffi import create_proxy

from cnnscope.browser.dom import OWN, found
from cnnscope.browser.fields import Fields
from cnnscope.browser.file_input import FileInput
from cnnscope.browser.links import Links
from cnnscope.browser.tasks import Tasks, next_frame
from cnnscope.state.state import parse_node

PLACES = "[data-node], [role='application'], .label, .row, .tour"
"""What keys mean something in."""

REST = 40  # px that a pointer moves before it is meant


def listen(app) -> None:
    """Start listening, and take up the picture that came before. Call once."""
    handlers = Handlers(app)
    app.browser.clock.fail = handlers.fail
    root = document.documentElement
    for target, owner, names in (
        (document, handlers, ("click", "pointerdown", "pointermove", "focusin", "focusout",
                              "keydown", "change", "input", "spoken")),
        (document, handlers.file_input, ("dragover", "dragleave", "drop", "paste")),
        (root, handlers, ("pointerleave",)),
        (window, handlers, ("popstate", "hashchange", "resize")),
    ):  # fmt: skip
        for name in names:
            handler = handlers.guarded(getattr(owner, name))
            target.addEventListener(name, create_proxy(handler))
    early = found(cnnscopeBoot.waiting())
    if early is not None:
        handlers.file_input.bring(early)


class Handlers:
    """One method for each type of event."""

    def __init__(self, app):
        """Handle events for an application."""
        self.app = app
        self.links = Links(app)
        self.tasks = Tasks()
        self.file_input = FileInput(app, self.tasks, self.fail)
        self.fields = Fields(app, self.tasks)
        self.pointer = None  # where it was last, on the screen
        self.rested = None  # where it was when it opened a view, which it is over now
        self.resizing = False

    def guarded(self, handler):
        """A handler whose failure the visitor is told of; the console has the rest."""

        def handle(event):
            try:
                handler(event)
            except Exception as error:
                self.fail(error)
                raise

        return handle

    def fail(self, error):
        """Say that something went wrong that should not."""
        self.app.complain("error.unexpected", error=type(error).__name__)

    def click(self, event):
        """A press on something that says what it does, or on a link within the page."""
        target = closest(event.target, "[data-on]")
        if target is not None and not getattr(target, "disabled", False):
            if target.tagName == "A":  # which leads there without Python too
                if has_modifier(event):
                    return  # the link itself, in another tab
                event.preventDefault()
            if target.dataset.on == "picture":
                self.file_input.stop()
            self.rested = (event.screenX, event.screenY)
            self.app.act(target.dataset.on, getattr(target.dataset, "args", None) or "")
            return
        link = closest(event.target, 'a[href^="#"]')
        if link is not None and not has_modifier(event):
            event.preventDefault()
            self.links.follow(link)
        elif closest(event.target, ".explainer") and not closest(event.target, ".card"):
            self.app.act("leave")

    def pointerdown(self, event):
        """A finger put down, which has not moved there."""
        self.pointermove(event)

    def pointermove(self, event):
        """The pointer over a node, over a map, or over neither."""
        if event.type == "pointermove" and not self.has_moved(event):
            return  # what is under it moved, not the pointer
        self.reach_element(event.target)
        frame = closest(event.target, "[data-map]")
        if frame is not None and self.is_at_rest(event):
            return
        if frame is not None:
            place = place_in(event, frame.querySelector("canvas"))
            self.app.point(frame.dataset.map, *place)
            return
        node, cell = pointed_at(event)
        state = self.app.state
        if (node, cell) != (state.hover, state.cell):
            self.app.hover(node, cell)

    def reach_element(self, target):
        """Something pointed at or focused that may stand for a class that softmax weighs."""
        if closest(target, "[data-view='softmax']") is None:
            return
        found_element = closest(target, "[data-element]")
        element = None if found_element is None else int(found_element.dataset.element)
        if element != self.app.state.element:
            self.app.dispatch("element", element)

    def is_at_rest(self, event):
        """Whether the pointer is still about where it opened the view that is under it now."""
        if self.rested is None or event.type != "pointermove":
            return False
        x, y = self.rested
        if abs(event.screenX - x) + abs(event.screenY - y) > REST:
            self.rested = None
        return self.rested is not None

    def has_moved(self, event):
        """Whether the pointer is elsewhere than when it was last heard of."""
        before, self.pointer = self.pointer, (event.screenX, event.screenY)
        return before != self.pointer

    def pointerleave(self, event):
        """The pointer left the window; a finger that lifts leaves what it pointed at."""
        if event.pointerType != "touch":
            self.app.hover(None, None)

    def focusin(self, event):
        """A node or a row reached; or the chooser, which will soon want Pillow."""
        if event.target.id == "chooser":
            self.file_input.fetch_pillow()
        self.reach_element(event.target)
        target = closest(event.target, "[data-node]")
        if target is not None and target.matches(":focus-visible"):
            self.app.dispatch("focus", parse_node(target.dataset.node))
        self.fields.reach(event.target)
        entry = closest(event.target, "[data-on='element']")
        if entry is not None and entry.matches(":focus-visible"):
            self.app.act("element", entry.dataset.args)
        row = closest(event.target, ".row")
        if row is not None:
            self.app.keyboard.reach_row(int(row.dataset.args))

    def focusout(self, event):
        """A node left, or a number of a kernel, which then shows how it is read.

        What is taken off the page while the visitor is on it was not left.
        """
        if self.app.browser.is_mounting:
            return
        if closest(event.target, "[data-node]") is not None:
            self.app.hover(None, None)
        self.fields.leave(event.target)

    def keydown(self, event):
        """A key that means something where it is pressed."""
        if event.ctrlKey or event.metaKey or event.altKey:
            return
        if event.target.tagName == "INPUT" and self.fields.press(event):
            return
        if event.target.tagName == "SELECT" and event.key != "Escape":
            return
        if self.app.keyboard.is_letter(event.key) and not self.is_at_network(event.target):
            return
        target = closest(event.target, PLACES)
        place = target.dataset.key if target is not None else ""
        if self.app.press(event.key, place):
            event.preventDefault()

    def is_at_network(self, target):
        """Whether a key is pressed within the explanation, or over it without any focus.

        A letter that works wherever it is pressed would come in the way of those who speak to
        their computer.
        """
        has_focus = found(target.closest(".explainer")) is not None
        return has_focus or (target.tagName == "BODY" and self.app.state.hover is not None)

    def input(self, event):
        """Something is being typed or dragged."""
        self.fields.take(event.target, is_final=False)

    def change(self, event):
        """A file chosen."""
        if event.target.id == "chooser" and event.target.files.length:
            self.file_input.bring(event.target.files.item(0))
            event.target.value = ""  # so that the same file can be chosen again
        else:
            self.fields.take(event.target, is_final=True)

    def popstate(self, event):
        """Back, Forward; or a fragment that was typed, which is no step of this page."""
        is_step = found(event.state) == OWN
        self.file_input.stop()
        self.app.browser.arrive()
        self.app.navigate(self.app.browser.read_hash(), is_step=is_step)
        self.links.come_back()

    def hashchange(self, event):
        """An edited address; after Back it finds nothing left to do."""
        self.app.navigate(self.app.browser.read_hash())

    def spoken(self, event):
        """The article is there in another language, without what Python draws in it."""
        self.app.playground.draw()

    def resize(self, event):
        """Another window size; many events become one redraw a frame."""
        if self.resizing:
            return
        self.resizing = True
        self.tasks.begin(self.resize_once())

    async def resize_once(self):
        """Redraw when the browser draws its next frame."""
        await next_frame()
        self.resizing = False
        self.app.resize()


def has_modifier(event):
    """Whether a press asks for another tab or window."""
    return event.ctrlKey or event.metaKey or event.shiftKey


def closest(target, selector):
    """The nearest element that matches, from a target upwards, or None."""
    if not hasattr(target, "closest"):  # the document itself, or nothing
        return None
    return found(target.closest(selector))


def pointed_at(event):
    """(node, (row, col)) under the pointer; the cell is None outside a map."""
    target = closest(event.target, "[data-node]")
    if target is None:
        return None, None
    is_map = event.target.tagName == "CANVAS"
    return parse_node(target.dataset.node), place_in(event, event.target) if is_map else None


def place_in(event, canvas):
    """The cell under the pointer, on a canvas that has one pixel a cell."""
    row = int(event.offsetY * canvas.height / canvas.clientHeight)
    col = int(event.offsetX * canvas.width / canvas.clientWidth)
    return min(max(row, 0), canvas.height - 1), min(max(col, 0), canvas.width - 1)
