"""Pooling of any window, of both kinds: what is shown, against loops over the map itself."""

import re

import numpy as np
import pytest

from cnnscope.state.state import Node
from cnnscope.views.registry import view_of
from support.channelwise import check_stage, network_with, numbers_in, opened
from support.networks import explained
from support.styles import lengths_of

SETTINGS = {
    "row": {"size": [1, 2]},
    "apart": {"size": [2, 3], "stride": [3, 1]},
    "overlapping": {"size": 3, "stride": 2, "padding": 1},
    "one-sided": {"size": [3, 4], "stride": 2, "padding": [[0, 1], [2, 0]]},
    "ceil": {"size": 4, "ceil_mode": True},
    "ceil-padded": {"size": 4, "stride": 3, "padding": 1, "ceil_mode": True},
}
KINDS = {"max": {"type": "max_pool2d"}, "mean": {"type": "avg_pool2d"},
         "inner mean": {"type": "avg_pool2d", "count_include_pad": False}}  # fmt: skip
SIZE = (15, 13)  # of the maps that are read

every_setting = pytest.mark.parametrize("setting", SETTINGS)
every_kind = pytest.mark.parametrize("kind", KINDS)


def network(kind, settings, side=SIZE[0] + 2):
    return network_with({"name": "pool", **KINDS[kind], **settings}, side=side)


def pairs(settings):
    """(size, stride, padding) by axis."""
    size = settings.get("size", 2)
    size = [size, size] if isinstance(size, int) else size
    stride = settings.get("stride", size)
    stride = [stride, stride] if isinstance(stride, int) else stride
    padding = settings.get("padding", 0)
    padding = [[padding] * 2] * 2 if isinstance(padding, int) else padding
    return size, stride, padding


def seen(kind, settings, given, place):
    """Row by row, the value of each place of a window, or None where it does not count."""
    (high, wide), (down, across), ((top, bottom), (left, right)) = pairs(settings)
    rows, cols = given.shape
    for i in range(high):
        for j in range(wide):
            row, col = place[0] * down - top + i, place[1] * across - left + j
            if 0 <= row < rows and 0 <= col < cols:
                yield float(given[row, col])
            elif kind == "mean" and -top <= row < rows + bottom and -left <= col < cols + right:
                yield 0.0
            else:
                yield None


def corners(shape):
    rows, cols = shape
    return [(0, 0), (0, cols - 1), (rows // 2, cols // 2), (rows - 1, 0), (rows - 1, cols - 1)]


@every_setting
@every_kind
def test_a_window_shows_the_values_that_count_and_what_they_make(kind, setting):
    settings = SETTINGS[setting]
    app, page = opened(network(kind, settings), Node("pool", 1))
    given, made = app.model.trace["first"][1], app.model.trace["pool"][1]
    for place in corners(made.shape):
        app.dispatch("window", *place)
        values = list(seen(kind, settings, given, place))
        texts = [page.elements[f"value/{k}"]["text"] for k in range(len(values))]
        shown = [numbers_in(text)[0] if text else None for text in texts]
        assert shown == [None if v is None else pytest.approx(v, abs=5.1e-4) for v in values]
        counted = [value for value in values if value is not None]
        expected = max(counted) if kind == "max" else sum(counted) / len(counted)
        assert made[place] == pytest.approx(expected, abs=1e-5)
        assert numbers_in(page.elements["rule.after"]["text"]) == [
            pytest.approx(expected, abs=6e-4)
        ]
        if kind != "max":
            assert f"÷ {len(counted)} " in page.elements["stage.sum"]["text"]


def framed_window(page):
    """Where the window's frame stands on the map that is read: (top, left, height, width), px."""
    stage = page.elements["stage"]["style"]
    row, col = (int(re.search(rf"--{axis}:(\d+)", stage)[1]) for axis in ("row", "col"))
    given = page.regions["stage"].split('data-map="input"')[1].split("</div>")[0]
    found = lengths_of(re.search(r'class="window" style="([^"]*)"', given)[1])
    return (found["top"] + row * found["--down"], found["left"] + col * found["--across"],
            found["height"], found["width"])  # fmt: skip


@every_setting
@every_kind
def test_the_frame_stands_around_the_window_also_in_the_padding_which_is_drawn(kind, setting):
    (high, wide), (down, across), ((top, _), (left, _)) = pairs(SETTINGS[setting])
    app, page = opened(network(kind, SETTINGS[setting]), Node("pool", 1))
    plan, made = app.model.detail, app.model.trace["pool"][1]
    cell = plan.given.width / SIZE[1]
    for place in corners(made.shape):
        app.dispatch("window", *place)
        frame = framed_window(page)
        wanted = (place[0] * down - top, place[1] * across - left, high, wide)
        assert frame == pytest.approx([each * cell for each in wanted], abs=0.1)
        y, x = plan.given.y + frame[0], plan.given.x + frame[1]
        assert y >= plan.framed.y - 0.1
        assert x >= plan.framed.x - 0.1
        assert y + frame[2] <= plan.framed.bottom + 0.1
        assert x + frame[3] <= plan.framed.right + 0.1
    given = app.model.trace["first"][1]
    places = corners(made.shape)
    is_beyond = any(None in seen("max", SETTINGS[setting], given, place) for place in places)
    assert ('class="rim"' in page.regions["stage"]) == is_beyond == (plan.framed != plan.given)


@every_setting
@every_kind
def test_what_becomes_of_the_edges_is_said_where_there_is_something_to_say(kind, setting):
    app, page = opened(network(kind, SETTINGS[setting]), Node("pool", 1))
    text, stage = app.model.text, page.regions["stage"]
    padded = {"max": "pool.padding", "mean": "avg.padding", "inner mean": "avg.padding.left_out"}
    assert (text(padded[kind]) in stage) == ("padding" in SETTINGS[setting])
    assert (text("pool.cut_short") in stage) == setting.startswith("ceil")


@every_setting
@every_kind
@pytest.mark.parametrize("size", [(390, 844), (960, 600), (1440, 900)])
def test_all_that_is_posed_is_on_the_stage(kind, setting, size):
    here, numbers = explained(
        Node("pool", 1), network=network(kind, SETTINGS[setting]), window=size
    )
    check_stage(view_of(here.network, here.state.focus), here, numbers)


@pytest.mark.parametrize("kind", ["max", "avg"])
@pytest.mark.parametrize("side", [9, 32])
def test_one_window_that_is_the_whole_map_is_told_as_such_with_what_comes_of_it(kind, side):
    layer = {"type": f"global_{kind}_pool2d", "name": "pool"}
    mixing = np.zeros((5, 4, 1, 1), np.float32)
    app, page = opened(network_with(layer, {"second.kernel": mixing}, side), Node("pool", 1))
    stage, given = page.regions["stage"], app.model.trace["first"][1]
    rows, cols = given.shape
    key = "pool.global" if kind == "max" else "avg.global"
    assert app.model.text(key, rows=rows, cols=cols) in stage
    wanted = given.max() if kind == "max" else given.astype(np.float64).mean()
    assert page.elements["rule.after"]["text"].endswith(f"{abs(wanted):.3f}")
    assert ("value/0" in page.elements) == (rows * cols <= 256)
    assert (f"of all {rows * cols} values" in stage) == (rows * cols > 256)
    assert stage.count("<") < 400  # however large the window is


def test_a_rim_is_left_out_of_the_map_that_the_pointer_finds():
    app, _ = opened(network("max", SETTINGS["overlapping"]), Node("pool", 1))
    for place in ((0, 0), (14, 12), (7, 4)):
        app.pointer.point("input", *place)
        row, col = app.state.focus.sweep.place
        window = app.model.numbers.window((row, col))
        assert place[0] in window.rows
        assert place[1] in window.cols
