"""The lengths that the layout and the style sheets share, as custom properties of the page.

Each stands in the module whose positions count on it. A sheet says ``var(--tour-side)``; in the
condition of a rule, where there is no ``var()``, it says the name alone, which the build replaces,
see ``building/site/stylesheet.py``. Lengths of one sheet alone are none of these.

    shared_lengths()   # ":root{--strip-below:700px;--sheet-below:800px;...}\\n"
"""

from cnnscope.panels.pad import place
from cnnscope.panels.tour import viewport
from cnnscope.views.dense import layout as dense
from cnnscope.views.dense import picture_layout
from cnnscope.views.map_contributions import layout as map_contributions
from cnnscope.views.overview import input_card
from cnnscope.views.shared import detail_layout, network_plan
from cnnscope.views.softmax import layout as softmax

# All in CSS pixels.
LENGTHS = {
    "strip-below": network_plan.STRIP_BELOW,
    "sheet-below": network_plan.SHEET_BELOW,
    "narrow-below": detail_layout.NARROW_BELOW,
    "tour-side-from": viewport.SIDE_FROM,
    "tour-side": viewport.SIDE_WIDTH,
    "tour-foot": viewport.FOOT_HEIGHT,
    "pad-side": place.PAD_SIDE,
    "pad-foot": place.PAD_FOOT,
    "frame-head": viewport.FRAME_HEAD,
    "header-height": network_plan.HEADER,
    "controls-height": network_plan.CONTROLS,
    "story-height": network_plan.STORY,
    "gutter": network_plan.PAD,
    "readout-width": network_plan.READOUT_WIDTH,
    "original-side": input_card.SIDE,
    "card-padding": input_card.PADDING,
    "control": detail_layout.CONTROL,
    "value-height": detail_layout.VALUE[1],
    "term-height": softmax.TERM[1],
    "why-line": map_contributions.WORDS_LINE,
    "why-line-narrow": map_contributions.WORDS_LINE_NARROW,
    "why-head": map_contributions.HEAD,
    "why-sum": map_contributions.SUM,
    "bias-height": dense.BIAS,
    "ranking-heading": picture_layout.HEADING,
    "ranking-side": dense.LISTING,
    "ranking-item": dense.ITEM,
}


def shared_lengths() -> str:
    """The rule that gives the page these lengths, before every sheet: one may change them again."""
    return f":root{{{''.join(f'--{name}:{length}px;' for name, length in LENGTHS.items())}}}\n"
