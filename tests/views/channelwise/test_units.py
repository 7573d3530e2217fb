"""Units of hidden layers: a ReLU, another activation or a normalisation of a vector, explained."""

import json
import re

import numpy as np
import pytest

from cnnscope.nn.weights import build_network
from cnnscope.state.state import Card, Explained, Node, view_shown
from cnnscope.text import LANGUAGES
from cnnscope.views.channelwise.units import folded, strip_boxes
from cnnscope.views.registry import view_of
from support.app_on_fake_page import started
from support.channelwise import check_stage, numbers_in
from support.networks import drawn, explained
from support.styles import lengths_of

UNITS = 37
LAYERS = {"bent": "relu", "curved": "activation", "normal": "batch_norm", "flat": "batch_norm"}
every_layer = pytest.mark.parametrize("layer", LAYERS)


def network(units=UNITS):
    """A normalisation of the flattened maps, and three functions of hidden units."""
    rng = np.random.default_rng(2)
    layers = [
        {"type": "conv2d", "name": "first"}, {"type": "flatten", "name": "row"},
        {"type": "batch_norm2d", "name": "flat"}, {"type": "dense", "name": "hidden"},
        {"type": "batch_norm2d", "name": "normal"}, {"type": "relu", "name": "bent"},
        {"type": "dense", "name": "more"},
        {"type": "activation", "name": "curved", "function": "tanh"},
        {"type": "dense", "name": "sums"}, {"type": "softmax", "name": "answer"},
    ]  # fmt: skip
    features = 4 * 6 * 5
    arrays = {"first.kernel": drawn(rng, 4, 3, 3, 3), "first.bias": drawn(rng, 4)}
    shapes = {"hidden": (units, features), "more": (units, units), "sums": (5, units)}
    for name, shape in shapes.items():
        arrays |= {f"{name}.kernel": drawn(rng, *shape), f"{name}.bias": drawn(rng, shape[0])}
    for name, size in {"flat": features, "normal": units}.items():
        roles = ("gamma", "beta", "mean", "variance")
        arrays |= {f"{name}.{role}": abs(drawn(rng, size)) + np.float32(0.1) for role in roles}
    described = json.dumps({"input": [3, 8, 7], "layers": layers})
    return build_network({"architecture": np.array(described), **arrays})


def opened(node, **named):
    return started(f"view={node}", network=network(), **named)


@every_layer
@pytest.mark.parametrize("size", [(390, 844), (960, 600), (1440, 900)])
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(layer, size):
    here, numbers = explained(Node(layer, 11), network=network(), window=size)
    check_stage(view_of(here.network, here.state.focus), here, numbers)


@every_layer
@pytest.mark.parametrize("size", [(390, 844), (960, 600), (1440, 900)])
def test_the_rule_keeps_off_what_stands_above_and_below_it(layer, size):
    here, numbers = explained(Node(layer, 11), network=network(), window=size)
    view, plan = view_of(here.network, here.state.focus), here.detail
    style = re.search(r'class="rule[^"]*" style="([^"]*)"', str(view.stage(here, numbers, plan)))[1]
    rule = lengths_of(style)
    assert plan.turn.bottom <= rule["top"]
    assert rule["top"] + rule["height"] <= plan.readout.y
    assert plan.given.right <= rule["left"]
    assert rule["left"] + rule["width"] <= plan.output.x


@every_layer
def test_a_unit_shows_its_number_before_and_after(layer):
    app, page = opened(f"{layer}/11")
    trace, before = app.model.trace, app.model.network.before(layer)
    assert page.elements["explainer"]["data-view"] == LAYERS[layer]
    given, made = float(trace[before][11]), float(trace[layer][11])
    shown = (page.elements[f"rule.{name}"]["text"] for name in ("before", "after"))
    assert [numbers_in(each)[0] for each in shown] == pytest.approx([given, made], abs=5.1e-4)
    line = page.elements["stage.value"]["text"]
    assert line.startswith("unit 12 of ")
    assert numbers_in(line) == [pytest.approx(made, abs=5.1e-4)]


@every_layer
def test_keys_and_buttons_lead_to_the_units_beside_and_stay_within_the_layer(layer):
    app, page = opened(f"{layer}/1")
    (units,) = app.model.network.shapes[layer]
    for key, channel in [("ArrowLeft", 0), ("ArrowLeft", 0), ("ArrowDown", 1), ("ArrowRight", 2),
                         ("ArrowUp", 1), ("End", units - 1), ("ArrowRight", units - 1),
                         ("Home", 0)]:  # fmt: skip
        assert app.press(key, "explained")
        assert view_shown(app.state.focus) == Explained(Node(layer, channel))
        assert page.focuses[-1] == "explained"
        assert page.said[-1].startswith(f"unit {channel + 1} of {units}")
    app.act("neighbour", "-1")
    assert view_shown(app.state.focus) == Explained(Node(layer, units - 1))
    assert page.focuses[-1] == "stage.previous"
    assert not app.press("x", "explained")


@pytest.mark.parametrize("window", [(390, 844), (1440, 900)])
def test_a_press_on_a_cell_of_the_strip_opens_its_unit_and_none_beyond_the_last(window):
    app, page = opened("bent/3", window=window)
    strip = folded(UNITS, strip_boxes(app.model.detail.units)["output"])
    for unit in (0, 20, UNITS - 1):
        app.pointer.point("units", *strip.place(unit))
        assert app.state.pointer.node == Node("bent", unit)
        app.act("unit", "")
        assert view_shown(app.state.focus) == Explained(Node("bent", unit))
    for beyond in range(UNITS, strip.rows * strip.cols):
        app.pointer.point("units", *strip.place(beyond))
        app.act("unit", "")
        assert view_shown(app.state.focus) == Explained(Node("bent", UNITS - 1))
    assert page.painted["units.strip.output"].shape == (strip.rows, strip.cols, 4)


@every_layer
def test_strips_have_the_colours_of_all_units_in_reading_order(layer):
    app, page = opened(f"{layer}/3")
    model, before = app.model, app.model.network.before(layer)
    for role, name in (("output", layer), ("given", before)):
        rgba = page.painted[f"units.strip.{role}"].reshape(-1, 4)
        values = model.trace[name].ravel()
        assert (rgba[: len(values), 3] == 255).all()
        assert (rgba[len(values) :] == 0).all()
        if name != "row":
            shown = page.elements[f"{name}/7"]["style"].split("background:")[1]
            assert shown == f"#{bytes(rgba[7, :3]).hex()}"


def test_a_dot_of_the_graph_is_a_unit():
    app, page = opened("bent/3")
    dots = page.elements["graph.others"]["d"].split("M")[1:]
    assert len(dots) == UNITS
    given = app.model.trace["normal"]
    order = np.argsort([float(dot.split()[0]) for dot in dots], kind="stable")
    assert (np.diff(given[order]) >= -1e-2).all()
    low = {dot.split()[1] for dot, value in zip(dots, given, strict=True) if value < 0}
    assert len(low) == 1  # on the axis


def test_how_many_units_were_cut_is_counted():
    app, page = opened("bent/3")
    cut = int((app.model.trace["normal"] < 0).sum())
    assert 0 < cut < UNITS
    assert page.elements["channelwise.figure"]["text"].startswith(f"{cut} of {UNITS} units")


def test_the_way_back_to_the_weighted_sum_is_there_where_one_is_read():
    for layer, has_sum in {
        "normal": "hidden",
        "curved": "more",
        "bent": None,
        "flat": None,
    }.items():
        app, page = opened(f"{layer}/3")
        assert ("units.sum" in page.elements) == (has_sum is not None)
        if has_sum is not None:
            assert page.elements["units.sum"]["data-args"] == f"{has_sum}/3"
            app.act("open", f"{has_sum}/3")
            assert isinstance(app.state.focus, Card | Explained)
            assert app.state.focus.node == Node(has_sum, 3)


@every_layer
def test_there_is_nothing_to_play_and_no_place_in_the_address(layer):
    app, page = opened(f"{layer}/3&cell=2,2", still=False)
    assert app.state.focus.sweep.place is None
    assert "play.play" not in page.elements
    app.act("play")
    assert page.tick is None
    assert not app.state.focus.sweep.playing


def test_units_of_another_page_are_reached_by_the_buttons():
    app, _ = started("view=bent/255", network=network(300))
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(Node("bent", 256))
    assert Node("bent", 256) in app.model.plan.boxes
    assert Node("bent", 0) not in app.model.plan.boxes
    app.press("Home", "explained")
    assert view_shown(app.state.focus) == Explained(Node("bent", 0))
    assert Node("bent", 0) in app.model.plan.boxes


def test_a_value_sees_the_whole_picture_through_dense_layers():
    app, page = opened("curved/3")
    app.act("field")
    assert page.elements["field/picture"]["style"] == (
        "left:0.000%;top:0.000%;width:100.000%;height:100.000%"
    )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@every_layer
def test_every_language_has_the_words(layer, language):
    app, page = opened(f"{layer}/3&lang={language}")
    stage = page.regions["stage"]
    for key in ("units.unit", "units.previous", "units.next", "units.title.given"):
        assert app.model.text(key) in stage
