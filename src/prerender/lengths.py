"""The lengths that the layout and the style sheets share, as custom properties of the page.

Each stands in the module whose positions count on it. A sheet says ``var(--tour-side)``; in the
condition of a rule, where there is no ``var()``, it says the name alone, which the build replaces,
see ``building/site/stylesheet.py``. Lengths of one sheet alone are none of these.

    shared_lengths()   # ":root{--strip-below:700px;--sheet-below:800px;...}\\n"
"""

from cnnscope.panels.tour import viewport
from cnnscope.views.shared import detail_layout, network_plan

# All in CSS pixels.
LENGTHS = {
    "strip-below": network_plan.STRIP_BELOW,
    "sheet-below": network_plan.SHEET_BELOW,
    "narrow-below": detail_layout.NARROW_BELOW,
    "tour-side-from": viewport.SIDE_FROM,
    "tour-side": viewport.SIDE_WIDTH,
    "tour-foot": viewport.FOOT_HEIGHT,
}


def shared_lengths() -> str:
    """The rule that gives the page these lengths, before every sheet: one may change them again."""
    return f":root{{{''.join(f'--{name}:{length}px;' for name, length in LENGTHS.items())}}}\n"
