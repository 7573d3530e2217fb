"""The door as it stands over the network: what was opened, how sure that is, what can be answered.

``panel`` is mounted while a network of the visitor's is shown or read, and is empty otherwise.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Element, element, fragment
from cnnscope.text import Text
from cnnscope.views.shared.aria import pressed
from cnnscope_own.fitting import FITS
from cnnscope_own.opened import SCALES, Opened
from cnnscope_own.questions import asked as choice
from cnnscope_own.questions import button, questions, size_asked

TITLE = "own-title"
PROOFS = {"told": "exact", "preset": "guess", "proved": "proved", "guess": "guess"}
"""How sure it is, by how it is known."""


def panel(
    say: Text,
    opened: Opened | None,
    progress: tuple[int, int] | None,
    asked: tuple[str, str],
    *,
    is_unfolded: bool,
) -> str:
    """All of it as markup; empty where there is nothing to be said.

    ``asked`` are the lines for a notebook, and what was typed of what they print.
    """
    parts: list[Element] = []
    if progress is not None:
        parts.append(reading(say))
    if opened is not None:
        parts.append(
            element(
                "section", {"class": "own", "aria-labelledby": TITLE},
                strip(say, opened, is_unfolded=is_unfolded),
                element("div", {"class": "own-answers"}, *answers(say, opened, *asked))
                if is_unfolded else None,
            )
        )  # fmt: skip
    return fragment(parts)


def reading(say: Text) -> Element:
    """How far files are read, and the way to stop."""
    return element(
        "div", {"class": "own own-reading"},
        element("span", {}, say("own.reading")),
        element("span", {"class": "own-progress", "data-key": "own.progress",
                         "style": "--share:0"}),
        button("own.cancel", say("own.cancel")),
    )  # fmt: skip


def strip(say: Text, opened: Opened, *, is_unfolded: bool) -> Element:
    """One line: the file, how its architecture is known, and the ways on and back."""
    preset = None if opened.case is None else opened.case.preset
    source = "" if preset is None else preset.source
    return element(
        "div", {"class": "own-strip"},
        element("strong", {"id": TITLE, **LITERAL}, opened.file),
        element("span", {"class": "own-kind"}, say(f"own.kind.{opened.kind}")),
        element("span", {"class": "own-standing", "data-standing": opened.standing,
                         "data-proof": PROOFS[opened.standing],
                         "title": say(f"own.standing.{opened.standing}.hint")},
                say(f"own.standing.{opened.standing}", source=source)),
        element("span", {"class": "own-told"}, say("own.names.guessed"))
        if opened.are_names_guessed and opened.names(opened.network)[0] != "0" else None,
        button("own.fold", say("own.fold"), expanded="true" if is_unfolded else "false"),
        button("own.back", say("own.back")),
    )  # fmt: skip


def answers(say: Text, opened: Opened, lines: str, typed: str) -> Iterator[Element]:
    """What can be answered about a network, each answer as it is now."""
    network = opened.network
    if opened.case is not None:
        yield from questions(say, opened.case, lines, typed)
    elif opened.shapes:
        sizes = [(rows, cols) for _, rows, cols in opened.shapes]
        yield size_asked(say, sizes, (network.input_shape[1], network.input_shape[2]))
    yield choice(
        say("own.fit"),
        "own.fit",
        [(name, say(f"own.fit.{name}"), name == opened.fit_taken) for name in FITS],
    )
    yield scale_choice(say, opened)
    if network.input_shape[0] == 1:
        yield element(
            "div", {"class": "own-answer"},
            element("span", {"class": "own-question"}, say("own.ground")),
            element("button", {"type": "button", "class": "switch", "data-on": "own.invert",
                               "data-key": "own.invert",
                               "aria-pressed": pressed(network.scale.is_inverted)},
                    say("own.invert")),
        )  # fmt: skip
    names = opened.names(network)
    yield element(
        "label", {"class": "own-answer"},
        element("span", {"class": "own-question"}, say("own.classes", count=len(names))),
        element("textarea", {"data-input": "own.classes", "data-key": "own.classes", "rows": 2,
                             "spellcheck": "false", **LITERAL}, ", ".join(names)),
        element("span", {"class": "own-told", "role": "status",
                         "data-key": "own.classes.told"}),
    )  # fmt: skip


def scale_choice(say: Text, opened: Opened) -> Element:
    """How pixels become numbers: the usual ways, and the file's own."""
    network = opened.network
    now = network.scale.mean, network.scale.std
    is_now = {name: (scale.mean, scale.std) == now for name, scale in SCALES.items()}
    is_told = opened.case is None and opened.found.scale is not None and opened.scale is None
    offered = [
        (name, say(f"own.scale.{name}"), is_now[name])
        for name in SCALES
        if name != "imagenet" or network.input_shape[0] == 3
        if name != "mnist" or network.input_shape[0] == 1
    ]
    line = element("span", {"class": "own-told"}, scale_line(say, opened))
    return choice(
        say("own.scale.told" if is_told else "own.scale"), "own.scale", offered,
        None if any(is_now.values()) else line, name=say("own.scale"),
    )  # fmt: skip


def scale_line(say: Text, opened: Opened) -> str:
    """The scale in numbers, where it is none of the usual ones."""
    scale = opened.network.scale
    numbers = [", ".join(f"{each:.4g}" for each in values) for values in (scale.mean, scale.std)]
    return say("own.scale.numbers", mean=numbers[0], std=numbers[1])
