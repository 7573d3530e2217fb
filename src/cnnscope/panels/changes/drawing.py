"""What the picture is changed with, and what the network answers before and after.

``tools`` is mounted once the card of the picture is open; ``answer_pose`` and ``tool_pose`` say
all that changes in it.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.scale import percent
from cnnscope.nn.ops import Array
from cnnscope.panels.changes.tool import SIZES, Tool
from cnnscope.state.changes import ERASER, PALETTE, changes_for, patch_side
from cnnscope.state.state import Place
from cnnscope.views.overview.input_card import BRUSH, MAP, PATCH
from cnnscope.views.overview.nodes import bar_style
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model

CHANGED = "altered"
"""Key of what says, over the network, that the picture is changed."""

ROWS = 5  # classes that are listed
BEFORE = 3  # of them: those that were most probable in the picture as it is


def tools(model: Model) -> Iterator[Element]:
    """The answer before and after, the buttons, the brush."""
    text, (channels, *_) = model.text, model.network.input_shape
    yield element(
        "div", {"class": "changes-answer"},
        element("p", {"class": "changes-said", "data-key": "changes.said"}),
        answers(model),
    )  # fmt: skip
    named = (
        button(f"change/{name}", "change", name, text(f"change.{name}"),
               title=text(f"change.{name}.hint"))
        for name in changes_for(channels)
    )  # fmt: skip
    yield element(
        "div",
        {"class": "changes-named", "role": "group", "aria-label": text("change.name")},
        *named,
        button("change/patch", "change.patch", "", text("change.patch"),
               title=text("change.patch.hint")),
    )  # fmt: skip
    yield element("div", {"class": "changes-foot"}, brush(model), undo(model))


def answers(model: Model) -> Element:
    """The most probable classes, each with a bar and a number before and after."""
    text = model.text
    heads = (element("th", {"scope": "col"}, text(f"changes.{each}"))
             for each in ("class", "share", "before", "after"))  # fmt: skip
    rows = range(min(ROWS, len(model.classes)))
    return element(
        "table", {"class": "changes-table"},
        element("caption", {"class": "unseen"}, text("changes.table")),
        element("thead", {}, element("tr", {}, *heads)),
        element("tbody", {}, *(answer_row(row) for row in rows)),
    )  # fmt: skip


def answer_row(row: int) -> Element:
    """A class; what it is called and its numbers come by the pose."""
    bars = (element("span", {"class": "bar", "data-of": each},
                    element("span", {"data-key": f"changes.bar/{each}/{row}"}))
            for each in ("before", "after"))  # fmt: skip
    numbers = (element("td", {"data-key": f"changes.{each}/{row}", **LITERAL})
               for each in ("before", "after"))  # fmt: skip
    return element(
        "tr", {},
        element("th", {"scope": "row", "data-key": f"changes.class/{row}"}),
        element("td", {"aria-hidden": "true"}, *bars),
        *numbers,
    )  # fmt: skip


def brush(model: Model) -> Element:
    """The brush's colours, the eraser, and how wide it is."""
    text = model.text
    colours = (
        button(f"brush/{each}", "change.brush", each, "", label=text(f"colour.{each}"),
               style=f"--colour:rgb{rgb}".replace(" ", ""))
        for each, rgb in PALETTE.items()
    )  # fmt: skip
    sizes = (
        button(f"brush.size/{size}", "change.size", str(size), "",
               label=text("brush.size", size=size), style=f"--size:{size}")
        for size in SIZES
    )  # fmt: skip
    return element(
        "div", {"class": "changes-brush", "role": "group", "aria-label": text("brush")},
        element("span", {"aria-hidden": "true"}, text("brush")),
        element("div", {"class": "colours"}, *colours),
        button("brush/", "change.brush", ERASER, text("brush.eraser")),
        element("div", {"class": "sizes"}, *sizes),
    )  # fmt: skip


def undo(model: Model) -> Element:
    """The way back to the picture as it is."""
    attributes: Attributes = {"type": "button", "class": "changes-undo", "data-on": "change.undo",
                              "data-args": "card", "data-key": "changes.undo"}  # fmt: skip
    return element("button", attributes, model.text("changes.undo"))


def button(
    key: str, action: str, argument: str, word: str, *,
    label: str | None = None, title: str | None = None, style: str | None = None,
) -> Element:  # fmt: skip
    """Something that is pressed or not; a pose says which."""
    attributes: Attributes = {
        "type": "button", "data-on": action, "data-args": argument, "data-key": key,
        "aria-pressed": "false", "aria-label": label, "title": title or label, "style": style,
    }  # fmt: skip
    return element("button", attributes, word)


def answer_pose(model: Model) -> Pose:
    """What the network answers to the picture as it is, and to the changed one."""
    before, after = shares(model)
    pose: dict[str, Attributes] = {"changes.said": {"text": said(model)}}
    for row, channel in enumerate(listed(before, after)):
        pose[f"changes.class/{row}"] = {"text": model.names[channel]}
        for name, values in (("before", before), ("after", after)):
            share = float(values[channel])
            pose[f"changes.{name}/{row}"] = {"text": percent(share)}
            pose[f"changes.bar/{name}/{row}"] = {"style": bar_style(share)}
    changes = model.state.changes
    pose["changes.undo"] = {"aria-disabled": None if changes else "true"}
    for name in changes_for(model.network.input_shape[0]):
        pose[f"change/{name}"] = {"aria-pressed": pressed(name in changes.named)}
    pose["change/patch"] = {"aria-pressed": pressed(changes.patch is not None)}
    return {**pose, PATCH: mark(model, changes.patch, patch_size(model))}


def shares(model: Model) -> tuple[Array, Array]:
    """The probabilities of the classes before and after."""
    last = model.network.layers[-1].name
    before = model.gallery.trace(model.picture, model.state.edits, relu=model.state.relu)
    return before[last], model.trace[last]


def listed(before: Array, after: Array) -> list[int]:
    """The classes that are told of: the first of what was answered, then of what is."""
    first = before.argsort()[::-1][:BEFORE].tolist()
    then = [each for each in after.argsort()[::-1].tolist() if each not in first]
    return [*first, *then][:ROWS]


def said(model: Model) -> str:
    """The answer in words, beside the one to the picture as it is."""
    before, after = shares(model)
    text, (was, now) = model.text, (int(before.argmax()), int(after.argmax()))
    told = {
        name: text("changes.answer", name=model.names[each], percent=percent(float(values[each])))
        for name, each, values in (("was", was, before), ("now", now, after))
    }
    if not model.state.changes:
        return text("changes.said.none", **told)
    if was == now:
        return text("changes.said.same", before=percent(float(before[was])), **told)
    return text("changes.said.other", **told)


def told_of(model: Model, channel: int, values: Array) -> str:
    """A class and its probability."""
    name, share = model.names[channel], percent(float(values[channel]))
    return model.text("announce.class", name=name, percent=share)


def patch_size(model: Model) -> int:
    """How many cells the patch is wide."""
    _, rows, cols = model.network.input_shape
    return patch_side(rows, cols)


def mark(model: Model, corner: Place | None, side: int) -> Attributes:
    """A frame on the picture around a square of cells, or none."""
    if corner is None:
        return {"hidden": True}
    _, rows, cols = model.network.input_shape
    style = (
        f"left:{100 * corner[1] / cols:.3f}%;top:{100 * corner[0] / rows:.3f}%;"
        f"width:{100 * side / cols:.3f}%;height:{100 * side / rows:.3f}%"
    )
    return {"hidden": False, "style": style}


def tool_pose(model: Model, tool: Tool) -> Pose:
    """Which tool is in hand, and where the brush is."""
    pose: dict[str, Attributes] = {
        f"brush/{each}": {"aria-pressed": pressed(each == tool.brush)}
        for each in (*PALETTE, ERASER)
    }
    for size in SIZES:
        pose[f"brush.size/{size}"] = {"aria-pressed": pressed(size == tool.size)}
    corner = None
    if tool.brush is not None and tool.cursor is not None:
        corner = tool.cursor[0] - tool.size // 2, tool.cursor[1] - tool.size // 2
    key = "changes.map" if tool.brush is None else "changes.map.brush"
    pose[MAP] = {"aria-label": model.text(key)}
    return {**pose, BRUSH: mark(model, corner, tool.size)}


def summary(model: Model) -> str:
    """In a line, what is changed in the picture, and what the answer was."""
    text, changes = model.text, model.state.changes
    parts = [text(f"change.{name}") for name in changes.named]
    parts += [text("changes.painted")] if changes.paint else []
    parts += [text("change.patch")] if changes.patch is not None else []
    before, _ = shares(model)
    answer = told_of(model, int(before.argmax()), before)
    return text("changed", changes=text.joined("said.list", parts), answer=answer)
