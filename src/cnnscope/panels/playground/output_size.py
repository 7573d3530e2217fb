"""The size of a convolution's output as a formula, in letters and with the current numbers.

fragment(size_formula(text, ConvGeometry(7, 3)))   # '<p><math ...>...</math><math ...
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Child, Element, element
from cnnscope.drawing.scale import MINUS, number
from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.text import Text

LETTERS = {"size": "n", "kernel": "k", "padding": "p", "stride": "s", "dilation": "d"}
"""What each hyper-parameter is called in the formula."""


def general_formula(text: Text) -> Element:
    """The formula in letters."""
    letters = {name: element("mi", {}, letter) for name, letter in LETTERS.items()}
    return equation(
        [element("mtext", {}, text("playground.formula.size"))], right_side(letters, "")
    )


def size_formula(text: Text, geometry: ConvGeometry) -> Iterator[Element]:
    """The formula with numbers; below it the quotient by itself, and what comes out."""
    numbers = {name: figure(getattr(geometry, name)) for name in LETTERS}
    over, result = (
        geometry.padded - geometry.span,
        (geometry.padded - geometry.span) // geometry.stride,
    )
    size = [element("mtext", {}, text("playground.formula.size"))]
    yield equation(size, right_side(numbers, "×"))
    yield equation(
        size,
        [sign("="), *floor(fraction(figure(over), figure(geometry.stride))), sign("+"), figure(1)],
        [sign("="), figure(result), sign("+"), figure(1)],
        [sign("="), element("mn", {"class": "result"}, number(result + 1, 0))],
    )


def right_side(part: dict[str, Element], times: str) -> list[Element]:
    """``= floor((n + 2p - d(k - 1) - 1) / s) + 1``, made of letters or of numbers."""
    by = [sign(times)] if times else []
    over = row(
        part["size"], sign("+"), figure(2), *by, part["padding"],
        sign(MINUS), part["dilation"], *by,
        row(sign("("), part["kernel"], sign(MINUS), figure(1), sign(")")),
        sign(MINUS), figure(1),
    )  # fmt: skip
    return [sign("="), *floor(fraction(over, part["stride"])), sign("+"), figure(1)]


def equation(*sides: list[Element]) -> Element:
    """A formula that stands by itself; where it is too long, a line ends before a side of it."""
    return element(
        "p", {}, *(element("math", {"displaystyle": "true", **LITERAL}, row(*x)) for x in sides)
    )


def floor(part: Element) -> list[Element]:
    """Rounded down to a whole number."""
    return [sign("⌊"), part, sign("⌋")]


def fraction(over: Element, under: Element) -> Element:
    """One over the other."""
    return element("mfrac", {}, over, under)


def row(*parts: Child) -> Element:
    """Parts side by side."""
    return element("mrow", {}, *parts)


def figure(value: int) -> Element:
    """A number."""
    return element("mn", {}, number(value, 0))


def sign(text: str) -> Element:
    """An operator or a bracket."""
    return element("mo", {}, text)
