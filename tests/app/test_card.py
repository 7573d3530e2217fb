"""One node enlarged: how its card opens and closes, and the cursor on its map."""

import pytest

from cnnscope.state.state import Explained, Node, Overview, view_shown
from support.app_on_fake_page import started


def test_opening_moves_the_focus_into_the_card_and_escape_moves_it_back():
    app, page = started()
    app.act("open", "input/1")
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses[-1] == "card.map"
    assert app.press("Escape", "card.map")
    assert page.regions["card"] == ""
    assert page.focuses[-1] == "input/1"


def test_a_node_stays_open_when_the_window_changes():
    app, page = started()
    app.act("open", "input/1")
    page.window = (1024, 768)
    app.resize()
    assert app.model.plan.node_size < 60
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses == ["card.map", "card.map"]  # what was mounted anew lost the focus


def test_arrow_keys_walk_over_the_enlarged_map_and_stop_at_its_edge():
    app, page = started()
    app.act("open", "input/0")
    for _ in range(40):
        assert app.press("ArrowRight", "card.map")
    assert app.state.focus.cell == (32, 63)
    assert page.said[-1] == page.posed["card.value"]["text"]
    value = app.model.trace["input"][0, 32, 63]
    assert page.posed["card.value"]["text"] == f"row 33, column 64: {value:.4f}"


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("Home", (32, 0)),
        ("End", (32, 63)),
        ("PageUp", (22, 32)),
        ("PageDown", (42, 32)),
        ("a", None),
    ],
)
def test_keys_that_jump_on_the_enlarged_map(key, cell):
    app, _ = started()
    app.act("open", "input/0")
    assert app.press(key, "card.map") == (cell is not None)
    assert app.state.focus.cell == cell


def test_the_cursor_of_the_map_stays_when_the_pointer_wanders_or_the_picture_changes():
    app, page = started()
    app.act("open", "input/1")
    app.press("ArrowRight", "card.map")
    app.dispatch("hover", Node("conv_2_1", 0), (1, 1))
    app.dispatch("hover", None)
    app.act("picture", "pizza")
    assert app.state.focus.cell == (32, 33)
    value = app.model.trace["input"][1, 32, 33]
    assert page.posed["card.value"]["text"].endswith(f"{value:.4f}".replace("-", "−"))


def test_a_picture_changed_under_an_open_card_changes_the_card():
    app, page = started()
    app.act("open", "input/1")
    map_before, mean_before = page.painted["card"].copy(), page.posed["card.mean"]["text"]
    app.act("picture", "pizza")
    assert (page.painted["card"] != map_before).any()
    assert page.posed["card.mean"]["text"] != mean_before


def test_a_press_beside_the_card_closes_it_and_is_nothing_without_one():
    app, page = started()
    app.act("leave")
    app.act("open", "input/1")
    app.act("leave")
    assert view_shown(app.state.focus) == Overview()
    assert len(page.addresses) == 3


def test_a_press_on_empty_ground_goes_one_level_up_and_one_on_a_map_does_not():
    app, _ = started(window=(390, 844))
    app.act("open", "conv_1_2/3")
    app.act("channel", "2")
    app.act("leave", "")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_2", 3), channel=2)
    app.act("leave", "ground")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_2", 3))
    app.act("leave", "ground")
    assert view_shown(app.state.focus) == Overview()
    app.act("leave", "ground")
    assert view_shown(app.state.focus) == Overview()


def test_where_the_arithmetic_is_docked_a_press_on_empty_ground_leaves_all():
    app, _ = started("view=conv_1_2/3&channel=2")
    app.act("leave", "")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_2", 3), channel=2)
    app.act("leave", "ground")
    assert view_shown(app.state.focus) == Overview()


def test_on_a_phone_the_node_is_shown_above_the_sheet_about_it():
    app, page = started(window=(390, 844))
    app.act("open", "input/2")
    assert page.revealed == ["input/2"]


def test_the_cursor_is_marked_on_the_legend_where_its_value_lies():
    app, page = started()
    app.act("open", "input/1")
    app.press("Home", "card.map")
    domain = app.model.domains["input"]
    value = float(app.model.trace["input"][1, 32, 0])
    share = (value - domain.low) / (domain.high - domain.low)
    assert page.posed["card.mark"]["style"] == f"left:{100 * share:.2f}%"
