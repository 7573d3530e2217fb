"""Hidden dense layers as the application explains them, on a page without a browser."""

import re

import pytest

from cnnscope.state.state import EVERY_NUMBER, SOFTMAX, Explained, Node, Overview, view_shown
from support.app_on_fake_page import started as started_on
from support.displayed import read
from support.networks import hidden_network, lenet


def started(address="", embed=None, network=None, **more):
    return started_on(address, network=network or lenet(), embed=embed, **more)


def checked(page):
    """The place of the bar that is marked, and what it says."""
    (found,) = (key for key, each in page.elements.items()
                if key.startswith("bar/") and each.get("aria-checked") == "true")  # fmt: skip
    return found, page.elements[f"{found}.name"]["text"]


def test_a_unit_of_the_first_hidden_layer_opens_on_the_maps_that_it_weighs():
    app, page = started()
    app.act("open", "dense_1/37")
    assert view_shown(app.state.focus) == Explained(Node("dense_1", 37))
    assert page.elements["explainer"]["data-view"] == "flatten"
    assert page.elements["why.title"]["text"] == "Why unit 38 of dense_1?"
    value = float(app.model.trace["dense_1"][37])
    after = max(0.0, value)
    assert f"relu_3 makes that {after:.3f}." in page.elements["why.words"]["text"]
    assert read(page.elements["bar/12.value"]["text"]) == round(1000 * value)
    assert "stage.rival" not in page.elements
    assert page.elements["bar/10.name"]["text"] == "6 others"
    assert page.elements["stage.softmax"]["data-args"] == "relu_3/37"
    app.act("every-number")
    assert view_shown(app.state.focus) == Explained(Node("dense_1", 37), EVERY_NUMBER)
    assert f"{value:.3f}".replace("-", "−") in page.elements["stage.value"]["text"]
    assert app.press("Escape", "explained")
    assert app.press("Escape", "explained")
    assert (view_shown(app.state.focus), page.focuses[-1]) == (Overview(), "dense_1/37")


def test_a_sum_of_units_opens_on_its_rows_and_each_leads_to_its_unit():
    app, page = started("view=dense_2/5")
    assert page.elements["explainer"]["data-view"] == "dense"
    name = page.elements["bar/0.name"]["text"]
    unit = int(re.fullmatch(r"unit (\d+)", name)[1]) - 1
    source = app.model.trace["relu_3"]
    weight = app.model.network.layer("dense_2").kernel[5, unit]
    assert read(page.elements["bar/0.factor"]["text"]) == round(1000 * float(source[unit]))
    assert read(page.elements["bar/0.weight"]["text"]) == round(1000 * float(weight))
    assert page.elements["unit/0"]["data-args"] == f"relu_3/{unit}"
    assert (page.elements["unit/0"]["tabindex"], page.elements["unit/1"]["tabindex"]) == ("0", "-1")
    app.act("open", f"relu_3/{unit}")
    assert view_shown(app.state.focus).node == Node("relu_3", unit)


@pytest.mark.parametrize("numbers", ["", "&list=all"])
def test_weights_less_a_rivals_are_called_the_same_over_the_cells_and_under_the_number(numbers):
    app, page = started(f"view=answer/7{numbers}")
    for rival, called in (("", "weight"), ("1", "Δ weight"), ("", "weight")):
        app.act("rival", rival)
        assert page.elements["cells/weight.name"]["text"] == called
        assert page.elements["point.weight.name"]["text"] == called


def test_a_cell_of_the_layer_before_marks_its_unit_listed_or_not_and_keys_lead_from_row_to_row():
    app, page = started("view=answer/3")
    rows = app.model.detail.grid[0]
    listed = app.model.numbers.shown
    app.pointer.point("cells/weight", listed[4] % rows, listed[4] // rows)
    assert checked(page)[1] == f"unit {listed[4] + 1}"
    other = app.model.numbers.others[3]
    app.pointer.point("cells/value", other % rows, other // rows)
    assert checked(page) == ("bar/10", "74 others")
    assert page.addresses[-1] == f"view=answer/3&map={other}"
    assert f"unit {other + 1} of 84" in page.elements["point.place"]["text"]
    assert re.search(
        rf"--row:{other % rows};--col:{other // rows}", page.elements["stage"]["style"]
    )
    assert app.press("ArrowDown", "bar/10")
    assert checked(page)[0] == page.focuses[-1] == "bar/12"
    assert "hidden" in page.elements["point.line"]
    assert app.press("Home", "bar/12")
    assert checked(page)[0] == "bar/0"
    app.pointer.point("cells/value", rows - 1, app.model.detail.grid[1])  # beyond the last
    assert checked(page)[0] == "bar/0"


@pytest.mark.parametrize(("address", "count"), [("view=answer/3", 84), ("view=dense_1/3", 16),
                                                ("view=dense_1/3&numbers=all", 16)])  # fmt: skip
def test_what_is_folded_unfolds_and_says_so_in_the_address(address, count):
    app, page = started(address)
    page.focus("stage.fold")
    app.act("unfold")
    assert page.addresses[-1] == f"{address}&list=all"
    assert page.focuses[-1] == "stage.fold"
    last = f"bar/{count + 1}.value" if "numbers" not in address else f"channel/{count - 1}.value"
    assert page.elements[last]["text"]
    _, again = started(page.addresses[-1])
    assert again.elements[last] == page.elements[last]
    app.act("unfold")
    assert page.addresses[-1] == address
    assert last not in page.elements


def test_a_class_can_be_compared_and_leads_on_to_its_probability_and_back():
    app, page = started("view=answer/3")
    alone = page.elements["bar/0.value"]["text"]
    app.act("rival", "7")
    assert page.addresses[-1] == "view=answer/3&rival=7"
    assert page.elements["bar/0.value"]["text"] != alone
    assert page.said[-1] in page.elements["why.words"]["text"]
    app.act("rival", "")
    app.act("normalise")
    assert app.state.focus.view == SOFTMAX
    app.act("close")
    assert view_shown(app.state.focus) == Explained(Node("answer", 3))
    assert page.focuses[-1] == "stage.softmax"


def test_another_picture_is_followed():
    app, page = started("view=answer/3")
    before = page.elements["why.words"]["text"], page.painted["cells/product"].copy()
    app.act("picture", "pizza")
    assert page.elements["why.words"]["text"] != before[0]
    assert (page.painted["cells/product"] != before[1]).any()


@pytest.mark.parametrize(("embed", "node"), [("flatten", Node("hidden", 0)),
                                             ("dense", Node("answer", 0)),
                                             ("softmax", Node("answer", 0))])  # fmt: skip
def test_a_frame_shows_the_first_node_that_has_its_view(embed, node):
    app, page = started("", embed, hidden_network())
    assert view_shown(app.state.focus).node == node
    assert page.elements["explainer"]["data-view"] == embed


def test_a_frame_for_a_view_that_is_missing_shows_the_network_and_says_so():
    app, page = started("", "pooling", hidden_network())
    assert view_shown(app.state.focus) == Overview()
    assert page.noticed == app.model.text("notice.embed")


@pytest.mark.parametrize("embed", [None, "overview", "playground", "relu", "convolution"])
def test_nothing_is_said_where_nothing_is_missing(embed):
    _, page = started("", embed, hidden_network())
    assert page.noticed is None
