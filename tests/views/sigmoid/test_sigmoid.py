"""The sigmoid of one logit: its numbers, its layout, and how it is reached on a page."""

import math
import re
from itertools import combinations

import pytest

from cnnscope.drawing.scale import percent
from cnnscope.state.state import SOFTMAX, Explained, Node, view_shown
from cnnscope.views.shared.network_plan import Viewport, lay_out
from cnnscope.views.sigmoid.layout import lay_out_sigmoid
from cnnscope.views.sigmoid.numbers import SigmoidNumbers
from support.app_on_fake_page import started
from support.displayed import read
from support.layouts import overlap
from support.networks import table_classes, table_networks

NETWORK = "yes_or_no"


def opened(address=""):
    network = table_networks()[NETWORK]
    app, page = started(address, network=network, classes=table_classes(NETWORK))
    return app, page, float(app.model.trace[network.layers[-2].name][0])


@pytest.mark.parametrize("logit", [-1000.0, -3.2, -0.001, 0.0, 0.7, 25.0, 1000.0])
def test_both_probabilities_add_up_to_one_for_any_logit(logit):
    numbers = SigmoidNumbers(Node("output", 1), "dense", logit)
    no, yes = numbers.probabilities
    assert no + yes == pytest.approx(1)
    if abs(logit) < 700:
        assert yes == pytest.approx(1 / (1 + math.exp(-logit)))
    assert sum(numbers.shares.terms) + numbers.shares.rounding == 1000
    assert -numbers.reach < logit < numbers.reach
    for x, y in numbers.curve[::8]:
        assert y == pytest.approx(1 / (1 + math.exp(-x)) if x > -700 else 0)


@pytest.mark.parametrize("channel", [0, 1])
def test_either_class_opens_on_the_one_sum_which_speaks_for_the_second_above_zero(channel):
    app, page, logit = opened()
    app.act("open", f"output/{channel}")
    assert page.elements["explainer"]["data-view"] == "flatten"
    assert page.elements["why.title"]["text"] == "dog or cat?"
    assert (page.elements["why.above"]["text"], page.elements["why.below"]["text"]) == (
        "for dog", "for cat"
    )  # fmt: skip
    bars = [key for key in page.elements if re.fullmatch(r"bar/\d+.value", key)]
    assert read(page.elements[f"bar/{len(bars) - 1}.value"]["text"]) == round(1000 * logit)
    assert "stage.rival" not in page.elements
    assert percent(1 / (1 + math.exp(-logit))) in page.elements["why.words"]["text"]
    app.act("every-number")
    assert f"{abs(logit):.3f}" in page.elements["stage.value"]["text"]


def test_it_leads_on_to_the_sigmoid_and_back():
    app, page, logit = opened("view=output/0")
    app.act("normalise")
    assert view_shown(app.state.focus) == Explained(Node("output", 0), SOFTMAX)
    assert page.elements["explainer"]["data-view"] == "sigmoid"
    assert page.focuses[-1] == "explained"
    yes = 1 / (1 + math.exp(-logit))
    assert page.elements["sigmoid/1.probability"]["text"] == percent(yes)
    assert page.elements["sigmoid/0.probability"]["text"] == percent(1 - yes)
    assert "data-chosen" in page.elements["sigmoid/0"]
    assert page.elements["explained"]["text"].endswith(percent(yes))
    before = page.elements["graph.point"]["cx"]
    app.act("picture", "pizza")
    assert page.elements["graph.point"]["cx"] != before
    assert app.press("Escape", "explained")
    assert view_shown(app.state.focus) == Explained(Node("output", 0))
    assert page.addresses[-1] == "picture=pizza&view=output/0"


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (960, 600), (1280, 720), (1440, 900)])
def test_nothing_stands_on_anything_else(size):
    network = table_networks()[NETWORK]
    plan = lay_out(network, Viewport(*size))
    made = lay_out_sigmoid(network, plan, Node("output", 1))
    shift = made.transforms["output"]
    parts = [made.title, made.words, made.formula, made.graph, made.shares, made.back, made.close]
    parts += [shift.box(plan.boxes[node]) for node in plan.columns[-1].nodes]
    for a, b in combinations(parts, 2):
        assert not overlap(a, b), (a, b)
    for part in parts:
        assert part.x >= 0
        assert part.right <= size[0] + 0.01
        assert part.bottom <= made.height + 0.01
