"""Activation functions explained: each by its graph, its formula, and where it is flat."""

import math
import re

import numpy as np
import pytest

from cnnscope.nn.layers.activation import BENT, FUNCTIONS
from cnnscope.state.embed import framed
from cnnscope.state.state import Explained, Node, State, view_shown
from cnnscope.text import LANGUAGES
from cnnscope.views.registry import view_facts, view_of
from support.channelwise import check_stage, network_with, numbers_in, opened
from support.networks import explained

NODE = Node("bent", 2)
NAMES = [*FUNCTIONS, *BENT]
KERNEL = {"first.kernel": np.random.default_rng(3).standard_normal((4, 3, 3, 3)).astype(np.float32),
          "first.bias": np.full(4, 4, np.float32)}  # fmt: skip


def normal(x):
    return (1 + math.erf(x / math.sqrt(2))) / 2


ORACLE = {
    "relu6": lambda x: min(max(0.0, x), 6.0),
    "leaky_relu": lambda x: x if x >= 0 else 0.01 * x,
    "elu": lambda x: x if x >= 0 else math.exp(x) - 1,
    "gelu": lambda x: x * normal(x),
    "gelu_tanh": lambda x: x * normal(x),  # within a thousandth
    "silu": lambda x: x / (1 + math.exp(-x)),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}

every_function = pytest.mark.parametrize("function", NAMES)


def network(function, **settings):
    entry = {"type": "activation", "name": "bent", "function": function, **settings}
    return network_with(entry, KERNEL)


@every_function
@pytest.mark.parametrize("size", [(390, 844), (960, 600), (1440, 900)])
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(function, size):
    here, numbers = explained(NODE, network=network(function), window=size)
    check_stage(view_of(here.network, here.state.focus), here, numbers)


def places(app):
    """Cells from the lowest to the highest: (row, col) each."""
    given = app.model.trace["first"][2]
    order = np.argsort(given, axis=None)[:: given.size // 7]
    found = [tuple(map(int, np.unravel_index(each, given.shape))) for each in order]
    assert given[found[0]] < 0 < given[found[-1]]
    return found


def points_of(page):
    """The graph's function in px, and where its axes cross and end: (points, origin, reach)."""
    points = [tuple(map(float, each.split())) for each in
              page.elements["graph.function"]["d"][1:].split("L")]  # fmt: skip
    axes = [float(each) for each in re.findall(r"-?[\d.]+", page.elements["graph.axes"]["d"])]
    middle = (axes[3], axes[1])
    return np.array(points), np.array(middle), axes[2] - 8 - middle[0]


@every_function
def test_the_graph_is_that_of_the_function_and_the_value_a_point_on_it(function):
    app, page = opened(network(function), NODE)
    points, middle, length = points_of(page)
    numbers = app.model.numbers
    for x, y in (points - middle) / length * (1, -1):
        wanted = ORACLE[function](x * numbers.reach) / numbers.up
        assert y == pytest.approx(wanted, abs=0.012)
    assert len(points) > 80
    assert page.elements["graph.top"]["text"] == f"{numbers.up:.2f}"
    for place in places(app):
        app.dispatch("window", *place)
        x = float(app.model.trace["first"][(2, *place)])
        point = page.elements["graph.point"]
        at = (np.array([float(point["cx"]), float(point["cy"])]) - middle) / length * (1, -1)
        assert at[0] == pytest.approx(x / numbers.reach, abs=2e-3)
        assert at[1] == pytest.approx(ORACLE[function](x) / numbers.up, abs=4e-3)


@every_function
def test_the_formula_has_the_number_in_it_and_comes_to_the_value_after(function):
    app, page = opened(network(function), NODE)
    for place in places(app):
        app.dispatch("window", *place)
        x = float(app.model.trace["first"][(2, *place)])
        line = page.elements["stage.sum"]["text"]
        before, after = (numbers_in(page.elements[f"rule.{name}"]["text"])[0]
                         for name in ("before", "after"))  # fmt: skip
        assert before == pytest.approx(x, abs=5.1e-4)
        assert after == pytest.approx(ORACLE[function](x), abs=2.1e-3)
        shown = numbers_in(line)
        assert -before in shown or before in shown
        assert after in shown
        if function in ("gelu", "gelu_tanh", "silu"):
            rounding = shown.pop() if "rounding" in line else 0.0
            gate = shown[-2]
            assert before * gate + rounding == pytest.approx(after, abs=5.1e-4)


def near_an_end(function, made):
    low, high, near = {"relu6": (0, 6, 0), "sigmoid": (0, 1, 0.02), "tanh": (-1, 1, 0.02)}[function]
    return sum(value <= low + near or value >= high - near for value in made)


@every_function
def test_how_many_values_lie_where_it_is_flat_or_below_zero_is_counted(function):
    app, page = opened(network(function), NODE)
    given = [float(value) for value in app.model.trace["first"][2].flat]
    made = [float(value) for value in app.model.trace["bent"][2].flat]
    is_flat = function in ("relu6", "sigmoid", "tanh")
    part = near_an_end(function, made) if is_flat else sum(value < 0 for value in given)
    assert 0 < part < len(given)
    text = page.elements["channelwise.figure"]["text"]
    assert text.startswith(f"{part} of {len(given)} values")
    assert ("flat" in text) == is_flat


@pytest.mark.parametrize(("function", "levels"), [("sigmoid", [1]), ("tanh", [-1, 1]),
                                                  ("relu6", [6]), ("elu", [-1])])  # fmt: skip
def test_what_a_curve_comes_near_to_is_drawn(function, levels):
    app, page = opened(network(function), NODE)
    _, middle, length = points_of(page)
    lines = page.elements["graph.asymptotes"]["d"].split("M")[1:]
    heights = sorted({float(each.split()[1].split("L")[0]) for each in lines}, reverse=True)
    up = app.model.numbers.up
    wanted = [middle[1] - level / up * length for level in levels]
    assert heights == pytest.approx(wanted, abs=0.11)


def test_another_alpha_is_told_and_drawn():
    _, page = opened(network("elu", alpha=2.5), NODE)
    assert "−2.5" in page.regions["stage"]
    _, page = opened(network("leaky_relu", alpha=0.3), NODE)
    assert "times 0.3" in page.regions["stage"]


def test_numbers_far_from_zero_are_written_in_few_signs():
    arrays = {"first.kernel": np.full((4, 3, 3, 3), -40, np.float32)}
    app, page = opened(network_with(
        {"type": "activation", "name": "bent", "function": "sigmoid"}, arrays), NODE)  # fmt: skip
    assert float(app.model.trace["first"][2, 0, 0]) < -100
    assert re.search(r"\d\.\d\d × 10[⁰¹²³⁴⁵⁶⁷⁸⁹]+\)", page.elements["stage.sum"]["text"])
    assert len(page.elements["stage.sum"]["text"]) < 60


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@every_function
def test_the_column_its_label_its_node_and_its_view_have_words(function, language):
    app, page = opened(network(function), f"{NODE}&lang={language}")
    text = app.model.text
    assert page.elements["column/bent"]["data-kind"] == "activation"
    assert text("column.short.activation") in page.regions["network"]
    assert page.elements["explainer"]["data-view"] == "activation"
    alpha = {"leaky_relu": "0.01", "elu": "1"}.get(function, "")
    key = function.replace("6", "_six")
    assert text(f"activation.explain.{key}", alpha=alpha) in page.regions["stage"]
    assert page.elements["about.stage"]["href"] == "#activations"


def test_it_opens_turns_and_closes_as_every_channelwise_layer_and_a_frame_can_show_it():
    app, _ = opened(network("tanh"), NODE)
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(Node("bent", 3))
    app.press("Escape", "")
    assert view_shown(app.state.focus) != Explained(Node("bent", 3))
    focus = framed(State(), "activation", network("tanh"), view_facts).focus
    assert focus == Explained(Node("bent", 0))
