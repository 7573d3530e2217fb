"""Shapes of arrays, and the error that says which two do not fit.

expect_shape("conv bias", (4,), bias.shape)   # ShapeError: conv bias: expected (4,), got (3,)
"""

Shape = tuple[int, ...]
"""(channels, rows, cols) of a map, or (features,) of a vector."""


class ShapeError(ValueError):
    """Two shapes that do not fit; says subject, expected and got."""

    def __init__(self, subject: str, expected: str, got: object) -> None:
        """``got`` is what there is in place of what is expected."""
        super().__init__(f"{subject}: expected {expected}, got {got}")
        self.subject = subject
        self.expected = expected
        self.got = got


def expect(holds: bool, subject: str, expected: str, got: object) -> None:
    """Raise ShapeError unless ``holds``."""
    if not holds:
        raise ShapeError(subject, expected, got)


def expect_shape(subject: str, expected: Shape, got: Shape) -> None:
    """Raise ShapeError unless the shapes are equal."""
    expect(expected == got, subject, str(expected), got)
