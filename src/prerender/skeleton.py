"""The page before Python is up: a true picture of the network, drawn while the page is built.

It is the drawing that the application takes up. Its nodes stand where they will stay, at any size
of window, by CSS alone, and show the first sample's own maps: each x is
``PAD + nodes_before * node + units_before * unit`` (see ``network_plan``), and both lengths follow
from the window by the very rules of that module, written as queries.

    parts = render(network, classes, {"espresso": pixels})
    parts["skeleton"], parts["css"], parts["sheet"]
"""

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypedDict

import numpy as np
from PIL import Image

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Attributes, Element, element, fragment
from cnnscope.nn.network import Network
from cnnscope.panels.changes.drawing import CHANGED
from cnnscope.panels.toolbar.drawing import controls
from cnnscope.panels.tour.drawing import start_button
from cnnscope.pictures.resize import Pixels, to_input
from cnnscope.state.state import PHOTOS, State
from cnnscope.state.validation import has_tour
from cnnscope.text import DEFAULT, LANGUAGES, Text, load_text
from cnnscope.views.overview.drawing import STILL, overview
from cnnscope.views.overview.story import story
from cnnscope.views.overview.tooltip import readout
from cnnscope.views.registry import view_facts
from cnnscope.views.shared import network_plan as layout
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.network_plan import Plan, Viewport, lay_out
from cnnscope.views.shared.painting import paintings, whole_picture

TILE = 64  # px of the sheet for each node, whatever its map's size
DRAWN_AT = Viewport(1440, 900)  # any window: no position of this plan is used


class Parts(TypedDict):
    """What the build puts into the page."""

    skeleton: Mapping[str, str]  # language -> markup
    tour: Mapping[str, str]  # the way into it, by language
    css: str
    sheet: bytes


def render(
    network: Network,
    classes: Sequence[Mapping[str, str]],
    samples: Mapping[str, Pixels],
    out_of_distribution: Collection[str] = (),
) -> Parts:
    """The page's main part for the first of the samples, its placement, and its maps.

    ``out_of_distribution`` are the keys of samples that belong to none of the classes.
    """
    picture = next(iter(samples.values()))
    names = [entry["name"] for entry in classes]
    trace = network(to_input(picture))
    plan = lay_out(network, DRAWN_AT)
    contexts = {
        language: Model(network, names, load_text(language), State(), trace, plan)
        for language in sorted(LANGUAGES)
    }
    model = contexts[DEFAULT]
    return {
        "skeleton": {
            language: fragment(page(tuple(samples), out_of_distribution, each))
            for language, each in contexts.items()
        },
        "tour": {
            language: fragment(still_start(each, tuple(samples)))
            for language, each in contexts.items()
        },
        "css": placement(model.plan),
        "sheet": sheet(model),
    }


def page(
    samples: Sequence[str], out_of_distribution: Collection[str], model: Model
) -> Iterator[Element]:
    """The page's main part: controls and drawing as the application has them, the rest empty."""
    text = model.text
    _, rows, cols = model.network.input_shape
    yield element(
        "div",
        {"id": "controls", "class": "controls", "data-speak": "still.controls"},
        *controls(text, State(), samples, out_of_distribution, size=(rows, cols), live=False),
    )
    yield from said_above(text)
    yield element(
        "div",
        {
            "class": "explainer",
            "data-view": "overview",
            "data-network": PHOTOS,
            "data-key": "explainer",
            "data-letters": True,
            "data-beside": "leave",
            "data-ground": True,
        },
        element(
            "div",
            {"class": "story", "data-speak": "still.story", "data-ground": True},
            story(model),
        ),
        marks(text),
        element("div", {"id": "pad", "data-quiet-focus": True, "data-beside": ""}),
        element(
            "div",
            {"class": "scroller", "data-ground": True},
            element(
                "div", {"id": "network", "data-speak": "still.network"}, drawing(model), readout()
            ),
            element("div", {"id": "stage", "data-key": "stage.frame", "inert": True}),
        ),
        element("div", {"id": "card", "data-quiet-focus": True, "data-beside": ""}),
    )


def said_above(text: Text) -> Iterator[Element]:
    """What may stand between the controls and the network: words, and what a visitor opened."""
    yield element("div", {"id": "own", "data-beside": ""})
    yield notices(text)


def notices(text: Text) -> Element:
    """Where a word about what is on screen will stand, over the line above the network."""
    name = text("page.dismiss")
    return element(
        "div", {"class": "notices"},
        element(
            "div", {"class": "notice", "hidden": True},
            element("p", {"id": "notice", "role": "status"}),
            element("button", {"type": "button", "aria-label": name, "data-speak": "dismiss"},
                    "×"),
        ),
    )  # fmt: skip


def marks(text: Text) -> Element:
    """What says that the visitor changed something."""
    return element(
        "div",
        {"class": "marks", "data-beside": ""},
        mark_of_changes("edited", "reset", "edited.reset", text("edited.reset")),
        mark_of_changes(CHANGED, "change.undo", f"{CHANGED}.undo", text("changes.undo")),
    )


def mark_of_changes(key: str, action: str, button: str, word: str) -> Element:
    """What says that kernels or the picture were changed, hidden until they are."""
    return element(
        "div",
        {"class": key, "role": "status", "data-key": key, "hidden": True},
        element("span", {"data-key": f"{key}.text", "id": f"{key}-text"}),
        element("button", {"type": "button", "data-on": action, "data-key": button}, word),
    )


def still_start(model: Model, samples: tuple[str, ...]) -> Iterator[Element]:
    """The way into the tour, where there is one, not to be pressed yet."""
    if has_tour(model.network, samples, view_facts):
        live = start_button(model)
        yield Element(live.tag, {**live.attributes, "disabled": True}, live.children)


def drawing(model: Model) -> Element:
    """The network as the application draws it, with nothing to press before that is there."""
    live = overview(model)
    own: Attributes = {STILL: model.text.language, "inert": True}
    return Element(live.tag, {**live.attributes, **own}, live.children)


def sheet(model: Model) -> bytes:
    """All maps in one WebP: a column of tiles for each column, a row for each slot.

    Nothing is lost of them, in less than half the bytes of a PNG.
    """
    columns = model.plan.columns[:-1]
    rows = max(column.slots for column in columns)
    pixels = np.zeros((rows * TILE, len(columns) * TILE, 3), np.uint8)
    first = columns[0]
    lay(pixels, 0, 0, whole_picture(model))
    painted = dict(paintings(model, model.plan.columns))
    for place, column in enumerate(columns):
        start = first.slots - len(first.nodes) if place == 0 else 0
        for slot, node in enumerate(column.nodes, start):
            lay(pixels, slot, place, painted[str(node)])
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", lossless=True, quality=100, method=6)
    return file.getvalue()


def lay(pixels: Pixels, slot: int, place: int, rgba: Rgba) -> None:
    """Put one map on its tile, every cell a block of the same size or a pixel apart."""
    rows = np.arange(TILE) * rgba.shape[0] // TILE
    cols = np.arange(TILE) * rgba.shape[1] // TILE
    top, left = slot * TILE, place * TILE
    pixels[top : top + TILE, left : left + TILE] = rgba[rows][:, cols, :3]


def placement(plan: Plan) -> str:
    """The rules of ``network_plan`` as a style sheet.

    The live network gives its lengths itself; until it does, they follow from the window.
    """
    columns = plan.columns
    longest = max(column.slots for column in columns)
    last = columns[-1]
    smallest = layout.NODE_SIZES[0]
    tiles = len(columns) - 1
    return "\n".join(
        (
            f".network{{{size_of(smallest)};--breadth:100cqw;--unit:max(0px,calc((var(--breadth)"
            f" - {2 * layout.PAD + layout.OUTPUT_WIDTH}px - {tiles}*var(--node))"
            f"/{last.units_before:g}));--band:calc({longest}*var(--pitch));"
            "width:var(--breadth);"
            f"height:calc({layout.LABELS + layout.LEGENDS}px + var(--band))}}",
            ".network .label,.network .node,.network .picture{--left:calc("
            f"{layout.PAD}px + var(--nodes)*var(--node) + var(--units)*var(--unit))}}",
            ".network .node,.network .picture{left:var(--left);"
            f"top:calc({layout.LABELS}px + var(--band)*(var(--place) + .5)/var(--slots)"
            " - var(--node)/2);width:var(--node);height:var(--node)}",
            f".network [data-kind=output] .node{{width:{layout.OUTPUT_WIDTH}px}}",
            f".network .label{{top:0;height:{layout.LABELS}px;"
            "left:calc(var(--left) - var(--unit)/2);"
            "width:calc(var(--across) + var(--unit));--across:var(--node)}",
            f".network [data-kind=output] .label{{--across:{layout.OUTPUT_WIDTH}px}}",
            f"[{STILL}] :is(.node,.picture) canvas{{background:url(../images/skeleton.webp) "
            "calc(var(--column)*-1*var(--node)) calc(var(--place)*-1*var(--node))"
            f"/calc({tiles}*var(--node)) auto no-repeat}}",
            *size_rules(columns),
            *grown_rules(columns),
            f"@container (max-width:{layout.STRIP_BELOW - 0.02}px){{.network{{"
            f"{size_of(layout.STRIP_NODE)};--breadth:{layout.STRIP_WIDTH}px}}}}\n",
        )
    )


def size_rules(columns: tuple[Column, ...]) -> Iterator[str]:
    """For each size of node, the smallest window that it fits."""
    for size in layout.NODE_SIZES[1:]:
        height = layout.least_height(columns, size)
        width = layout.least_width(columns, size)
        yield (
            f"@media (min-height:{height:g}px){{@container (min-width:{width:g}px){{"
            f".network{{{size_of(size)}}}}}}}"
        )


def grown_rules(columns: tuple[Column, ...]) -> Iterator[str]:
    """The size of a node in windows so large that all grows with them, before any script runs.

    Their lengths count as in a window of ``GROWN``, or higher if they are: what a condition says of
    the height is then said of the shape.
    """
    wide, high = layout.GROWN.width, layout.GROWN.height
    large = f"(min-width:{wide:g}px) and (min-height:{high:g}px)"
    usual = layout.node_size(columns, layout.GROWN)
    yield f"@media {large}{{.network{{{size_of(usual)}}}}}"
    for size in layout.NODE_SIZES:
        height = layout.least_height(columns, size)
        if size > usual and layout.least_width(columns, size) <= wide:
            shape = f"(max-aspect-ratio:{wide:g}/{height:g})"
            yield f"@media {large} and {shape}{{.network{{{size_of(size)}}}}}"


def size_of(size: int) -> str:
    """The two lengths that a size of node decides."""
    return f"--node:{size}px;--pitch:{layout.pitch(size)}px"
