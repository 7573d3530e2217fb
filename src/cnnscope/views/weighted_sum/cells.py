"""The layer before as cells, three times: its values, the weights of the sum, their products.

``grids`` gives the structure, ``grid_paintings`` the colours, ``unit_pose`` the numbers of the
unit that is marked.
"""

from collections.abc import Iterator

import numpy as np

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Ramp, Rgba
from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.scale import Domain, number, ticks
from cnnscope.nn.ops import Array
from cnnscope.state.state import Place
from cnnscope.views.dense.names import others_name, part_name
from cnnscope.views.dense.selection import CHIPS, mark, product_pose, weight_name
from cnnscope.views.shared.legend import bar_and_ticks
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.weighted_sum.layout import WeightedSumLayout
from cnnscope.views.weighted_sum.numbers import LogitNumbers, all_of, marked_unit, place_in, weighed

CELLS = "cells/"
"""What the name of a grid begins with; what its cells are follows."""


def grids(model: Model, plan: WeightedSumLayout) -> Iterator[Element]:
    """Each grid under its name, with a frame on the cell of the marked unit."""
    rows, cols = plan.grid
    for name, head, box in zip(CHIPS, plan.captions, plan.grids, strict=True):
        key = f"{CELLS}{name}"
        yield element("p", {"class": "over-picture", "style": placed(head),
                            "data-key": f"{key}.name"})  # fmt: skip
        yield element("span", {"class": "heat cells", "data-map": key, "style": placed(box)},
                      canvas(key, rows, cols))  # fmt: skip
        yield mark("cell", box, plan.grid, 0)


def scales(model: Model, numbers: LogitNumbers) -> dict[str, tuple[Ramp, Domain, Array]]:
    """By what a grid's cells are: the colours, the values between which they run, the values."""
    numbers = weighed(model, numbers)
    source = model.domains[numbers.source]
    return {
        "value": (ACTIVATION, source, numbers.maps),
        "weight": (WEIGHT, numbers.weight_domain, numbers.weights),
        "product": (ACTIVATION, numbers.domain, numbers.contributions),
    }


def grid_paintings(
    model: Model, numbers: LogitNumbers, plan: WeightedSumLayout
) -> Iterator[tuple[str, Rgba]]:
    """The cells of each grid; those beyond the last unit are clear."""
    for name, (ramp, domain, values) in scales(model, numbers).items():
        yield f"{CELLS}{name}", in_grid(ramp.paint(values.reshape(-1), domain), plan.grid)


def in_grid(colors: Rgba, grid: Place) -> Rgba:
    """Colours of units one below the other in so many rows and columns: (rows, cols, 4)."""
    rows, cols = grid
    filled = np.zeros((rows * cols, 4), np.uint8)
    filled[: len(colors)] = colors
    return np.ascontiguousarray(filled.reshape(cols, rows, 4).swapaxes(0, 1))


def grid_legends(model: Model, numbers: LogitNumbers) -> Iterator[Element]:
    """The bars of the very colours drawn."""
    for ramp, domain, _ in scales(model, numbers).values():
        values = [number(value) for value in ticks(domain, 2)]
        yield element("div", {"class": "legend"}, *bar_and_ticks([ramp.gradient()], values))


def part_of_sum(model: Model, numbers: LogitNumbers, name: str) -> str:
    """What a grid's cells are."""
    if name == "weight":
        return weight_name(model)
    return numbers.source if name == "value" else model.text(f"point.{name}")


def grids_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """The names of the grids."""
    return {
        f"{CELLS}{name}.name": {"text": part_of_sum(model, numbers, name)} for name in CHIPS
    }  # fmt: skip


def unit_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """The unit that is marked, in numbers; nothing but a name where several are."""
    numbers, unit = weighed(model, numbers), marked_unit(model, numbers)
    if unit is None:
        place = several(model, numbers)
        return {"point.place": {"text": place}, "point.line": {"hidden": True}}
    place = unit_line(model, numbers, unit)
    return {
        "point.place": {"text": place},
        "point.line": {"hidden": False},
        **product_pose(model, numbers, unit),
    }


def unit_line(model: Model, numbers: LogitNumbers, unit: int) -> str:
    """Which unit it is, of how many, in which layer."""
    name = part_name(model, numbers, unit)
    return model.text("unit.of", name=name, count=all_of(numbers), layer=numbers.source)


def several(model: Model, numbers: LogitNumbers) -> str:
    """What is marked where it is no single unit."""
    is_all = model.explained.marked_map == all_of(numbers) or not numbers.others
    return model.text("unit.all") if is_all else others_name(model, numbers)


def cell_style(model: Model, numbers: LogitNumbers, plan: WeightedSumLayout) -> str:
    """Where in each grid the marked unit is."""
    unit = marked_unit(model, numbers)
    row, col = (0, 0) if unit is None else place_in(plan.grid, unit)
    return f"--channel:0;--row:{row};--col:{col}"
