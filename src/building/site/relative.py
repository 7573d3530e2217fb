"""Lengths in rem: the style sheet follows the default font size that the reader set.

Sheets are written in px, as the layout counts: those of a page whose default font size is 16 px.
Here each becomes that share of the reader's. Letters do not grow with ``--room``, by which
``public/room.js`` has all else grow where they need more of it. A length that is written ``PX``
is one of a drawing's own units and stays. Comments, a fifth of the sheet on its way, are left out.

Example::

    in_rem("@media (width < 800px){p{margin:8px;font-size:12px}}")
    # @media (width < 50em){p{margin:0.5rem;font-size:calc(0.75rem / var(--room, 1))}}
"""

from __future__ import annotations

import re

REM = 16  # px, where the reader set nothing
COMMENT = re.compile(r" *(?:/\*.*?\*/)\n?", re.DOTALL)
PIXELS = re.compile(r"(?<![\w.#])(\d*\.?\d+)px\b")
MEDIA = re.compile(r"@media\b[^{]+")
SIZE = re.compile(r"(?<![\w-])font-size:( ?)([^;{}]*px[^;{}]*)")
FONT = re.compile(r"(?<![\w-])(font: ?[^;{}/]*?)((?<![\w.])\d*\.?\d+px)")


def in_rem(sheet: str) -> str:
    """Return a sheet whose lengths are shares of the reader's default font size."""
    sheet = COMMENT.sub("", sheet)
    sheet = MEDIA.sub(lambda found: _relative(found[0], "em"), sheet)  # of which it is the only one
    sheet = SIZE.sub(lambda found: f"font-size:{found[1]}{_letters(found[2])}", sheet)
    sheet = FONT.sub(lambda found: f"{found[1]}{_letters(found[2])}", sheet)
    return _relative(sheet, "rem")


def _letters(size: str) -> str:
    return f"calc({size} / var(--room, 1))"


def _relative(text: str, unit: str) -> str:
    return PIXELS.sub(lambda found: f"{float(found[1]) / REM:.7g}{unit}", text)
