"""What the playground says in words: what is unread, what "same" means, what cannot be."""

from collections.abc import Iterator

from cnnscope.drawing.scale import number
from cnnscope.drawing.timeline import Place
from cnnscope.nn.conv_geometry import ConvGeometry, same_padding
from cnnscope.panels.playground.numbers import PlaygroundNumbers, numbers_for, plain
from cnnscope.state.playground import RANGES, Playground
from cnnscope.state.sweep import START
from cnnscope.text import Text


def place_of(playground: Playground) -> Place:
    """The output cell that the window makes."""
    return playground.sweep.place or START


def unread_line(text: Text, geometry: ConvGeometry) -> str:
    """Which rows and columns the windows do not read."""
    if geometry.count == 0:
        return ""
    left = len(geometry.left_over)
    around = sum(geometry.is_padding(row) for row in geometry.left_over)
    passed = len(geometry.passed_over)
    lines = []
    if left:
        many = "one" if left == 1 else "many"
        key = f"playground.left.{many}.padding" if around else f"playground.left.{many}"
        lines.append(text(key, count=left, padding=around, stride=geometry.stride))
    if passed:
        key = "playground.passed.one" if passed == 1 else "playground.passed.many"
        lines.append(text(key, count=passed))
    return text.together(lines) or text("playground.left.none")


def same_line(text: Text, geometry: ConvGeometry) -> str:
    """What "same" would be for these settings, here and in PyTorch and TensorFlow."""
    before, after = same_padding(geometry.size, geometry.span, geometry.stride)
    facts = {
        "before": before, "after": after, "span": geometry.span, "stride": geometry.stride,
        "size": geometry.size, "most": RANGES["padding"][-1], "needed": (geometry.span - 1) // 2,
        "put": min((geometry.span - 1) // 2, RANGES["padding"][-1]),
        "wanted": -(-geometry.size // geometry.stride),
    }  # fmt: skip
    if geometry.stride > 1:
        both = ".dilation" if geometry.dilation > 1 else ""
        return text(f"playground.same.stride{both}", **facts)
    if facts["needed"] > facts["most"]:
        return text("playground.same.far", **facts)
    if geometry.span % 2 == 0:
        return text("playground.same.even", **facts)
    return text("playground.same", **facts)


def impossible_line(text: Text, geometry: ConvGeometry) -> str:
    """Why there is no output; empty where there is one."""
    if geometry.count:
        return ""
    key = "playground.impossible.padding" if geometry.padding else "playground.impossible"
    if geometry.dilation > 1:
        key = f"{key}.dilation"
    return text(
        key, span=geometry.span, size=geometry.size, padded=geometry.padded,
        kernel=geometry.kernel, padding=geometry.padding, dilation=geometry.dilation,
    )  # fmt: skip


def remedies(geometry: ConvGeometry) -> Iterator[tuple[str, int]]:
    """Each setting that alone would make the window fit, and its value nearest to the present."""
    lacking = geometry.span - geometry.padded
    found = {
        "size": geometry.size + lacking,
        "kernel": (geometry.padded - 1) // geometry.dilation + 1,
        "padding": geometry.padding + -(-lacking // 2),
    }
    if geometry.kernel > 1:
        found["dilation"] = (geometry.padded - 1) // (geometry.kernel - 1)
    return ((name, value) for name, value in found.items() if value in RANGES[name])


def refusal(text: Text, field: str, draft: str) -> str:
    """Why what was typed into a field cannot be used."""
    allowed = RANGES[field]
    key = "playground.refused" if draft.strip() else "playground.refused.empty"
    return text(key, text=shortened(draft), low=allowed[0], high=allowed[-1])


def refused_weight(text: Text, drafts: dict[str, str], limit: float) -> str:
    """Why a typed number of the kernel cannot be used; empty where none was."""
    typed = [draft for field, draft in sorted(drafts.items()) if field.startswith("weight/")]
    if not typed:
        return ""
    key = "playground.refused.weight" if typed[0].strip() else "playground.refused.weight.empty"
    return text(key, text=shortened(typed[0]), limit=number(limit, 0))


def shortened(draft: str) -> str:
    """What was typed, as far as it can be told in a line."""
    kept = " ".join(draft.split())
    return kept if len(kept) <= 12 else f"{kept[:11]}…"


def stale_line(text: Text, playground: Playground) -> str:
    """That what is drawn is not of what was typed; empty where it is."""
    if not playground.drafts:
        return ""
    return text("playground.stale", **playground.settings._asdict())


def size_line(text: Text, playground: Playground) -> str:
    """The size of the output, or why there is none."""
    geometry = numbers_for(playground).geometry
    return impossible_line(text, geometry) or text("playground.size.said", count=geometry.count)


def cell_line(text: Text, playground: Playground) -> str:
    """What the window makes where it stands, for a screen reader."""
    made, (row, col) = numbers_for(playground), place_of(playground)
    geometry = made.geometry
    read = [sum(geometry.is_padding(at) for at in geometry.rows_read(each)) for each in (row, col)]
    inside = (geometry.kernel - read[0]) * (geometry.kernel - read[1])
    cells = geometry.kernel**2
    key = "playground.cell" if inside == cells else "playground.cell.padding"
    value = plain(int(made.output[row, col]))
    return text(key, row=row + 1, col=col + 1, value=value, cells=cells, padding=cells - inside)


def given_line(text: Text, made: PlaygroundNumbers) -> str:
    """The name of the input's grid."""
    geometry = made.geometry
    key = "playground.given.padded" if geometry.padding else "playground.given"
    return text(key, size=geometry.size, padded=geometry.padded, padding=geometry.padding)
