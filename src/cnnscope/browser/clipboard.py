"""The clipboard: text put there, also where a browser has only the old way."""

from collections.abc import Callable

from js import document, navigator


def copy_text(text: str, done: Callable[[bool], None]) -> None:
    """Put a text on the clipboard, then call ``done`` with whether it is there."""
    clipboard = getattr(navigator, "clipboard", None)  # there is none without HTTPS
    if clipboard is None:
        done(copy_selected(text))
        return
    clipboard.writeText(text).then(
        lambda _nothing: done(True),
        lambda _reason: done(copy_selected(text)),
    )


def copy_selected(text: str) -> bool:
    """Copy from a field that is there for that only; returns whether it could be done."""
    focused = document.activeElement
    field = document.createElement("textarea")
    field.value = text
    field.className = "unseen"
    document.body.append(field)
    field.select()
    is_done = bool(document.execCommand("copy"))
    field.remove()
    focused.focus(preventScroll=True)
    return is_done
