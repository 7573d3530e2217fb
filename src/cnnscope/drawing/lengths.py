"""Lengths as a style says them: in rem, so that they follow the reader's default font size.

Layouts count in pixels of a page whose default font size is 16 px. Where the reader's is another,
``browser/dom.py`` gives the window's size in such pixels, and the drawing is larger as a whole.

    rem(36)                      # '2.25rem'
    drawing_size(1440, 900)      # {'viewBox': '0 0 1440 900', 'style': 'width:90rem;...'}
"""

from cnnscope.drawing.element import Attributes

REM = 16  # px, where the reader set nothing


def rem(length: float, digits: int = 2) -> str:
    """A length in px of the layout, rounded to so many decimals, as a style says it."""
    return f"{round(length, digits) / REM:.9g}rem"


def font_rem(size: float) -> str:
    """The same of letters, which do not grow with the room that they are given."""
    return f"calc({rem(size, 1)} / var(--room, 1))"


def size_style(width: float, height: float) -> str:
    """A style that makes an element as large."""
    return f"width:{rem(width)};height:{rem(height)}"


def drawing_size(width: float, height: float) -> Attributes:
    """What makes an SVG element as large, with the layout's pixels as its units."""
    return {"viewBox": f"0 0 {width:g} {height:g}", "style": size_style(width, height)}
