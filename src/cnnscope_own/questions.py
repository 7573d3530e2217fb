"""What is asked about weights without an architecture, as it stands on the page.

``questions`` are for a case: size of pictures, arrangement, activation, pooling, and the proof.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cnnscope.drawing.element import LITERAL, Child, Element, element
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed
from cnnscope_own.case import FEW_OFFERED, FUNCTIONS, POOLINGS, Case, Pair
from cnnscope_readers.architecture import Arrangement, Drawn, diagram

SILENT = ("flatten", "relu", "activation", "batch_norm2d")
"""Layers that a small diagram leaves out: they change no shape, or say nothing of it."""


def questions(say: Text, case: Case, lines: str, typed: str) -> Iterator[Element]:
    """Each question with its answers, the one that is taken marked; then the proof."""
    answers = case.answers
    yield size_asked(say, case.sizes, answers.arrangement.size)
    yield element(
        "div", {"class": "own-answer own-arrangements", "role": "group",
                "aria-label": say("own.arrangement")},
        element("span", {"class": "own-question"}, say("own.arrangement")),
        *(arrangement(say, case, number, each) for number, each in enumerate(case.offered)),
        button("own.more", say("own.more")) if len(case.offered) == FEW_OFFERED else None,
    )  # fmt: skip
    yield asked(
        say("own.function"), "own.function",
        [(name, say(f"own.function.{name}"), name == answers.activation.function)
         for name in FUNCTIONS],
    )  # fmt: skip
    yield asked(
        say("own.pooling"),
        "own.pooling",
        [(name, say(f"own.pooling.{name}"), name == answers.pooling) for name in POOLINGS],
    )
    yield proof(say, lines, typed)


def size_asked(say: Text, sizes: Sequence[Pair], taken: Pair) -> Element:
    """The size of pictures: those that fit, and a field for any other."""
    offered = [
        (f"{rows}x{cols}", f"{rows} × {cols}", (rows, cols) == taken) for rows, cols in sizes
    ]
    other = element(
        "input",
        {"type": "text", "class": "own-size", "data-input": "own.size", "data-key": "own.size",
         "aria-label": say("own.size.other"), "placeholder": say("own.size.other"),
         "inputmode": "numeric", "autocomplete": "off"},
    )  # fmt: skip
    told = element("span", {"class": "own-told", "role": "status", "data-key": "own.size.told"})
    return asked(say("own.size"), "own.size", offered, other, told)


def asked(
    question: str,
    action: str,
    answers: Sequence[tuple[str, str, bool]],
    *more: Child,
    name: str = "",
) -> Element:
    """A question with a row of answers: argument, words, and whether it is the one taken.

    ``more`` stands behind them; ``name`` is what a screen reader calls the row, if not so.
    """
    buttons = (
        element(
            "button",
            {"type": "button", "data-on": action, "data-args": argument,
             "data-key": f"{action}/{argument}", "aria-pressed": pressed(is_taken)},
            said,
        )
        for argument, said, is_taken in answers
    )  # fmt: skip
    return element(
        "div", {"class": "own-answer"},
        element("span", {"class": "own-question"}, question),
        element("span", {"class": "choice", "role": "group", "aria-label": name or question},
                *buttons),
        *more,
    )  # fmt: skip


def arrangement(say: Text, case: Case, number: int, each: Arrangement) -> Element:
    """An arrangement to press: a small diagram, and why it fits."""
    rows = diagram(case.blocks, replace(case.answers, arrangement=each))
    boxes = [box(say, row) for row in rows if row.type not in SILENT]
    channels, height, width = each.maps
    values = {"count": channels * height * width, "maps": channels, "rows": height, "cols": width}
    return element(
        "button",
        {"type": "button", "class": "own-arrangement", "data-on": "own.arrangement",
         "data-args": number, "data-key": f"own.arrangement/{number}",
         "aria-pressed": pressed(each == case.answers.arrangement)},
        element("span", {"class": "own-diagram"}, *boxes),
        element("span", {"class": "own-reason"}, say("own.reason", **values)),
    )  # fmt: skip


def box(say: Text, row: Drawn) -> Element:
    """A layer of a diagram: what it is, and the shape behind it."""
    settings = dict(row.settings)
    details = [
        say(f"own.box.{name}", value=plain(settings[name]))
        for name in ("size", "stride", "padding")
        if name in settings and plain(settings[name]) != {"stride": "1", "padding": "0"}.get(name)
        if not (name == "stride" and settings.get("size") == settings[name])
    ]
    return element(
        "span", {"class": "own-box"},
        element("b", {}, say(f"own.box.{row.type}")),
        *(element("i", {}, each) for each in details),
        element("span", LITERAL, " × ".join(map(str, row.shape))),
    )  # fmt: skip


def plain(value: object) -> str:
    """A setting as one number where it is the same on all sides."""
    while isinstance(value, tuple | list) and len(set(map(str, value))) == 1:
        value = value[0]
    return str(value)


def proof(say: Text, lines: str, typed: str) -> Element:
    """The lines to copy, the field for what they print, and how the search stands."""
    return element(
        "details", {"class": "own-proof", "open": bool(typed)},
        element("summary", {"data-key": "own.proof"}, say("own.proof.title")),
        element("p", {}, say("own.proof")),
        element("pre", LITERAL, element("code", {}, lines)),
        button("own.copy", say("own.proof.copy")),
        element(
            "label", {},
            element("span", {"class": "own-question"}, say("own.proof.printed")),
            element("textarea", {"data-input": "own.printed", "data-key": "own.printed", "rows": 2,
                                 "spellcheck": "false", **LITERAL}, typed),
        ),
        button("own.prove", say("own.proof.begin")),
        button("own.stop", say("own.proof.stop"), hidden=True),
        element("span", {"class": "own-told", "data-key": "own.proof.tried"}),
        element("p", {"class": "own-told", "role": "status", "data-key": "own.proof.told"}),
    )  # fmt: skip


def button(name: str, label: str, *, hidden: bool = False, expanded: str | None = None) -> Element:
    """A button that does one thing."""
    return element(
        "button",
        {"type": "button", "class": "quiet", "data-on": name, "data-key": name,
         "hidden": hidden, "aria-expanded": expanded},
        label,
    )  # fmt: skip
