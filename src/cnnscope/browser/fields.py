"""What is typed into the page's fields, or dragged, or chosen, told to the application.

A field says in its markup what it is:

    data-input, data-args     its kind, and which of that kind it is
    data-restores             Escape gives it back the value that it had when it was reached
    data-shift-nudges         a key changes its number also together with Shift
    aria-invalid              what it holds cannot be used; Escape forgets it

    fields = Fields(app.inputs, app.keyboard, tasks)
    fields.reach(field)                  # the focus is there
    fields.take(field, is_final=False)   # something was typed
    fields.leave(field)
"""

from typing import Any

from cnnscope.app.inputs import Inputs
from cnnscope.app.keyboard import Keyboard, latin
from cnnscope.browser.tasks import Tasks, next_frame


class Fields:
    """The fields of one page."""

    def __init__(self, inputs: Inputs, keyboard: Keyboard, tasks: Tasks) -> None:
        """Tell an application what is typed."""
        self.inputs = inputs
        self.keyboard = keyboard
        self.tasks = tasks
        self.entered = ""  # key of the number's field that was just reached
        self.reached = ("", "")  # key and value of the field that is being changed

    def reach(self, field: Any) -> None:
        """The focus is in a field: remember what it holds."""
        self.entered = field.dataset.key if is_number(field) else ""
        if field.hasAttribute("data-restores"):
            self.reached = (field.dataset.key, field.value)

    def select(self, field: Any) -> None:
        """The press by which a number's field was reached: what is typed then takes its place.

        A second press puts the cursor; what was marked by that press stays marked.
        """
        is_first = is_number(field) and field.dataset.key == self.entered
        self.entered = ""
        if is_first and field.selectionStart == field.selectionEnd:
            field.select()

    def leave(self, field: Any) -> None:
        """The focus left a field, which then shows how it is read."""
        kind = kind_of(field)
        if kind is not None:
            self.tasks.begin(self.tidy(kind))

    async def tidy(self, kind: str) -> None:
        """Show fields as they are read, once the one that was left is no longer typed into."""
        await next_frame()
        self.inputs.tidy(kind)

    def take(self, field: Any, *, is_final: bool) -> None:
        """Take over what a field holds."""
        kind = kind_of(field)
        if kind is not None:
            self.inputs.take(kind, argument_of(field), field.value, is_final=is_final)

    def press(self, event: Any) -> bool:
        """A key in a field; whether it belongs to the field alone."""
        field, key = event.target, event.key
        if key == "Escape":
            return self.restore(field)
        if self.is_nudge(event):
            event.preventDefault()
            field.blur()  # so that the field shows what it is given
            self.inputs.nudge(kind_of(field) or "", argument_of(field), field.value, key)
            field.focus()
            return True
        return not (field.type == "range" and self.keyboard.is_letter(latin(key, event.code)))

    def is_nudge(self, event: Any) -> bool:
        """Whether a key changes the number in a field; a slider's keys are its own."""
        field, kind = event.target, kind_of(event.target)
        if kind is None or field.type != "text":
            return False
        if event.shiftKey and not field.hasAttribute("data-shift-nudges"):
            return False
        return self.inputs.is_nudge(kind, argument_of(field), event.key)

    def restore(self, field: Any) -> bool:
        """Take back what was typed; whether there was anything to take back."""
        if field.hasAttribute("data-restores"):
            return self.put_back(field)
        kind = kind_of(field)
        if kind is None or field.type != "text" or field.getAttribute("aria-invalid") != "true":
            return False
        field.blur()  # so that the field shows what it is given
        is_restored = self.inputs.restore(kind, argument_of(field))
        field.focus()
        return is_restored

    def put_back(self, field: Any) -> bool:
        """Put back what a field held when it was reached; whether that was something else."""
        key, value = self.reached
        if field.dataset.key != key or field.value == value:
            return False
        field.value = value
        self.take(field, is_final=True)
        return True


def kind_of(field: Any) -> str | None:
    """What kind of field an element is, or None for what is none of the application's."""
    return getattr(field.dataset, "input", None)


def argument_of(field: Any) -> str:
    """Which field of its kind it is; empty where there is only one."""
    return getattr(field.dataset, "args", None) or ""


def is_number(field: Any) -> bool:
    """Whether an element is a field in which a number is typed."""
    return bool(field.tagName == "INPUT" and field.type == "text" and kind_of(field) is not None)
