import random

import pytest

from cnnscope.state import (
    ACTIONS,
    Detail,
    Node,
    Overview,
    State,
    back,
    choose_picture,
    choose_scale,
    from_hash,
    hover,
    open_node,
    parse_node,
    point_at_cell,
    settled,
    structure,
    to_hash,
    toggle_details,
)

NODE = Node("conv_1_1", 3)


def test_opening_a_node_twice_closes_it():
    opened = open_node(State(), NODE)
    assert opened.focus == Detail(NODE)
    assert open_node(opened, NODE).focus == Overview()


def test_opening_another_node_switches_to_it():
    assert open_node(open_node(State(), NODE), Node("output", 0)).focus == Detail(Node("output", 0))


def test_back_at_the_overview_does_nothing():
    assert back(State()) == State()


def test_another_picture_leaves_open_what_is_open_and_the_cursor_in_it():
    state = point_at_cell(open_node(State(), NODE), 1, 2)
    chosen = choose_picture(state, "pizza")
    assert (chosen.picture, chosen.focus, chosen.map_cell) == ("pizza", Detail(NODE), (1, 2))


def test_another_node_forgets_where_the_cursor_was():
    state = point_at_cell(open_node(State(), NODE), 1, 2)
    assert open_node(state, Node("relu_1_1", 0)).map_cell is None


def test_an_unknown_colour_scale_changes_nothing():
    assert choose_scale(State(), "galactic") == State()


def test_the_default_state_has_an_empty_hash():
    assert to_hash(State()) == ""


def test_every_structural_state_survives_the_way_through_the_address():
    rng = random.Random(1)
    pictures = [None, "espresso", "own", "odd &=#/ name", "große"]
    for _ in range(500):
        state = State(picture=rng.choice(pictures))
        state = choose_scale(state, rng.choice(["unit", "module", "global"]))
        if rng.random() < 0.5:
            state = toggle_details(state)
        if rng.random() < 0.5:
            layer = rng.choice(["conv_1_1", "output", "odd name&"])
            state = open_node(state, Node(layer, rng.randrange(64)))
        assert from_hash("#" + to_hash(state)) == structure(state)


@pytest.mark.parametrize(
    "text",
    ["", "#", "#nonsense", "node=", "node=a", "node=a/-1", "node=a/x", "node=/3", "node=a/1/2",
     "scale=galactic", "details=maybe", "=&=&", "%", "node=a/٣", "node=a/99999999999999"],
)  # fmt: skip
def test_what_an_address_says_wrongly_is_left_at_its_default(text):
    assert from_hash(text) == State()


def test_a_node_is_named_as_the_page_names_it():
    assert parse_node(str(NODE)) == NODE


def test_a_state_from_elsewhere_is_settled_to_what_is_here():
    state = open_node(State(picture="unheard-of"), Node("conv_9", 1))
    kept = settled(state, "espresso", pictures={"espresso"}, nodes={NODE})
    assert (kept.picture, kept.focus) == (None, Overview())
    known = open_node(State(picture="pizza"), NODE)
    here = {"pictures": {"espresso", "pizza"}, "nodes": {NODE}}
    assert settled(known, "espresso", **here) == known
    assert settled(State(picture="espresso"), "espresso", **here) == State()


def test_pointing_is_not_part_of_the_address():
    assert to_hash(hover(State(), NODE, (3, 4))) == ""


def test_what_the_page_can_ask_for_is_what_the_views_offer():
    assert set(ACTIONS) == {
        "picture", "open", "close", "scale", "details", "hover", "focus", "cell",
    }  # fmt: skip
