"""Styles as Python writes them, read as the layout counts: in px, with a default font size of 16.

lengths_of("left:1.25rem;--across:0.5rem")["left"]   # 20.0
"""

import re

from cnnscope.drawing.lengths import REM


def lengths_of(style):
    """The lengths that a style sets and the plain numbers, by name."""
    found = re.findall(r"([\w-]+):(?:calc\()?(-?[\d.e-]+?)(rem)?(?=[^\w.]|$)", str(style))
    return {name: float(value) * (REM if unit else 1) for name, value, unit in found}
