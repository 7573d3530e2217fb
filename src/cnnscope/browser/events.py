"""What the visitor does, told to the application: one listener for each type of event."""

import asyncio
import contextlib

from js import cnnscopeBoot, document, window
from pyodide.ffi import create_once_callable, create_proxy

from cnnscope.browser.dom import OWN, found
from cnnscope.browser.following import Links
from cnnscope.state import parse_node

PLACES = "[data-node], [role='application'], .label, .row, .tour"
"""What keys mean something in."""

REST = 40  # px that a pointer moves before it is meant


def listen(app) -> None:
    """Start listening, and take up the picture that came before. Call once."""
    handlers = Handlers(app)
    app.browser.clock.fail = handlers.fail
    root = document.documentElement
    for target, names in (
        (document, ("click", "pointerdown", "pointermove", "focusin", "focusout", "keydown",
                    "change", "input", "dragover", "dragleave", "drop", "paste", "spoken")),
        (root, ("pointerleave",)),
        (window, ("popstate", "hashchange", "resize")),
    ):  # fmt: skip
        for name in names:
            handler = handlers.guarded(getattr(handlers, name))
            target.addEventListener(name, create_proxy(handler))
    early = found(cnnscopeBoot.waiting())
    if early is not None:
        handlers.bring(early)


class Handlers:
    """One method for each type of event."""

    def __init__(self, app):
        """Handle events for an application."""
        self.app = app
        self.links = Links(app)
        self.reading = 0  # number of the picture that was asked for last
        self.pointer = None  # where it was last, on the screen
        self.rested = None  # where it was when it opened a view, which it is over now
        self.reached = ("", "")  # key and value of the number that is being changed
        self.resizing = False
        self.has_fetched_pillow = False
        self.tasks = set()  # what is under way: the event loop itself would let go of it

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
        self.app.complain(self.app.text("error.unexpected", error=type(error).__name__))

    def click(self, event):
        """A press on something that says what it does, or on a link within the page."""
        target = closest(event.target, "[data-on]")
        if target is not None and not getattr(target, "disabled", False):
            if target.tagName == "A":  # which leads there without Python too
                if has_modifier(event):
                    return  # the link itself, in another tab
                event.preventDefault()
            if target.dataset.on == "picture":
                self.stop_reading()
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
            self.fetch_pillow()
        self.reach_element(event.target)
        target = closest(event.target, "[data-node]")
        if target is not None and target.matches(":focus-visible"):
            self.app.dispatch("focus", parse_node(target.dataset.node))
        if getattr(event.target.dataset, "input", None) == "weight":
            self.reached = (event.target.dataset.key, event.target.value)
        entry = closest(event.target, "[data-on='element']")
        if entry is not None and entry.matches(":focus-visible"):
            self.app.act("element", entry.dataset.args)
        row = closest(event.target, ".row")
        if row is not None:
            self.app.reach_row(int(row.dataset.args))

    def focusout(self, event):
        """A node left, or a number of a kernel, which then shows how it is read."""
        if closest(event.target, "[data-node]") is not None:
            self.app.hover(None, None)
        match getattr(event.target.dataset, "input", None):
            case "weight":
                self.begin(self.settle(self.app.fill_card))
            case "tuning":
                self.begin(self.settle(self.app.tuner.tidy))

    async def settle(self, fill):
        """Show numbers as they are, once the field that was left is no longer typed into."""
        await next_frame()
        fill()

    def keydown(self, event):
        """A key that means something where it is pressed."""
        if event.ctrlKey or event.metaKey or event.altKey:
            return
        if event.target.tagName == "INPUT" and self.type_key(event):
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

    def type_key(self, event):
        """A key in a field; whether it belongs to the field alone."""
        field = event.target
        by = {"ArrowUp": 1, "ArrowDown": -1}.get(event.key, 0)
        if getattr(field.dataset, "input", None) == "tuning":
            return tuning_key(self.app.tuner, event, by)
        if by and getattr(field.dataset, "input", None) == "weight":
            event.preventDefault()
            field.blur()  # so that the field shows what it is given
            self.app.editor.nudge(int(field.dataset.args), field.value, by)
            field.focus()
        if event.key == "Escape" and self.restore(field):
            return True
        is_letter = field.type == "range" and self.app.keyboard.is_letter(event.key)
        return event.key != "Escape" and not is_letter

    def restore(self, field):
        """Put back the number that a field had when it was reached; whether it was another."""
        key, value = self.reached
        if getattr(field.dataset, "key", None) != key or field.value == value:
            return False
        field.value = value
        self.take_input(field, is_final=True)
        return True

    def input(self, event):
        """Something is being typed or dragged."""
        self.take_input(event.target, is_final=False)

    def take_input(self, field, *, is_final):
        """A number of a kernel, or the place of the sliding window."""
        match getattr(field.dataset, "input", None):
            case "weight":
                self.app.editor.weight(int(field.dataset.args), field.value, is_final=is_final)
            case "tuning":
                self.app.tuner.type(field.dataset.args, field.value)
            case "logit":
                self.app.dispatch("logit", int(field.dataset.args), float(field.value))
            case "rival" if is_final:
                self.app.act("rival", field.value)
            case "scrub":
                self.app.player.scrub(field.value)
                if is_final:
                    self.app.say_value()

    def change(self, event):
        """A file chosen."""
        if event.target.id == "chooser" and event.target.files.length:
            self.bring(event.target.files.item(0))
            event.target.value = ""  # so that the same file can be chosen again
        else:
            self.take_input(event.target, is_final=True)

    def dragover(self, event):
        """A file held over the page."""
        if has_files(event.dataTransfer):
            event.preventDefault()
            document.documentElement.dataset.drop = self.app.text("drop.here")
            self.fetch_pillow()

    def dragleave(self, event):
        """A file carried out of the window again."""
        if found(event.relatedTarget) is None:
            document.documentElement.removeAttribute("data-drop")

    def drop(self, event):
        """A file let go over the page."""
        document.documentElement.removeAttribute("data-drop")
        if has_files(event.dataTransfer):
            event.preventDefault()
            if event.dataTransfer.files.length:
                self.bring(event.dataTransfer.files.item(0))

    def paste(self, event):
        """A picture from the clipboard."""
        if found(event.clipboardData) is not None and event.clipboardData.files.length:
            event.preventDefault()
            self.bring(event.clipboardData.files.item(0))

    def popstate(self, event):
        """Back, Forward; or a fragment that was typed, which is no step of this page."""
        is_step = found(event.state) == OWN
        self.stop_reading()
        self.app.browser.arrive()
        self.app.navigate(self.app.browser.read_hash(), is_step=is_step)
        self.links.come_back(is_step=is_step)

    def hashchange(self, event):
        """An edited address; after Back it finds nothing left to do."""
        self.app.navigate(self.app.browser.read_hash())

    def spoken(self, event):
        """The article is there in another language, without what Python draws in it."""
        self.app.tuner.draw()

    def resize(self, event):
        """Another window size; many events become one redraw a frame."""
        if self.resizing:
            return
        self.resizing = True
        self.begin(self.resize_once())

    async def resize_once(self):
        """Redraw when the browser draws its next frame."""
        await next_frame()
        self.resizing = False
        self.app.resize()

    def bring(self, file):
        """Start reading a file that was chosen, dropped or pasted."""
        self.reading += 1
        document.documentElement.dataset.reading = "yes"
        self.app.read(True)
        self.begin(self.read(file, self.reading))

    def fetch_pillow(self):
        """Have Pillow there before a picture is: choosing takes longer than fetching."""
        if not self.has_fetched_pillow:
            self.has_fetched_pillow = True
            self.begin(self.try_pillow())

    async def try_pillow(self):
        """Fetch Pillow; where that fails, reading a picture will try again and say so."""
        pictures = reading()
        with contextlib.suppress(pictures.PictureError):
            await pictures.load_pillow()

    def stop_reading(self):
        """Forget the file that is being read: another picture was asked for."""
        self.reading += 1
        self.has_read()

    def has_read(self):
        """Take away what says that a file is being read."""
        if hasattr(document.documentElement.dataset, "reading"):
            self.app.read(False)
            document.documentElement.removeAttribute("data-reading")

    def begin(self, coroutine):
        """Run something that takes its time."""
        task = asyncio.ensure_future(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def read(self, file, number):
        """Show the picture in a file, unless another was asked for in the meantime."""
        pictures = reading()
        try:
            picture = await pictures.open_picture(file)
            if number == self.reading:
                moves = picture.header.is_animated
                notice = self.app.text("picture.notice.animated") if moves else None
                self.app.bring(picture.rgb, notice)
        except pictures.PictureError as error:
            if number == self.reading:
                key = f"picture.error.{error.code}"
                self.app.complain(self.app.text(key, **error.facts))
        except Exception as error:
            self.fail(error)
            raise
        finally:
            if number == self.reading:
                self.has_read()


def tuning_key(tuner, event, by):
    """A key in a field of the playground; all but Tab and the like belong to it."""
    field = event.target
    if by and field.type == "text":
        event.preventDefault()
        field.blur()  # so that the field shows what it is given
        tuner.nudge(field.dataset.args, field.value, by)
        field.focus()
    elif event.key == "Escape" and field.type == "text":
        field.blur()
        tuner.drop(field.dataset.args)
        tuner.tidy()
        field.focus()
    return True


def reading():
    """What reads pictures; imported when one is near, which makes the page's start shorter."""
    from cnnscope.browser import pictures

    return pictures


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


def has_files(transfer):
    """Whether files are being dragged, and not text or a link."""
    return found(transfer) is not None and "Files" in transfer.types.to_py()


def next_frame():
    """A future that is done when the browser draws its next frame."""
    frame = asyncio.get_event_loop().create_future()
    window.requestAnimationFrame(create_once(frame))
    return frame


def create_once(frame):
    """A callback that ends a future and then frees itself."""
    return create_once_callable(lambda _time: frame.set_result(None))
