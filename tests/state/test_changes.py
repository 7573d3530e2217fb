"""Changes of the picture as part of the state: toggled, painted, told by the address, undone."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from cnnscope.state.actions import (
    ACTIONS,
    bring,
    choose_picture,
)
from cnnscope.state.changes import (
    ERASER,
    UNCHANGED,
    Changes,
    Paint,
    brushed,
    cells_of,
    fitting,
    line,
    paint_of,
    toggled,
)
from cnnscope.state.opening import (
    explain_node,
    open_input,
)
from cnnscope.state.state import OWN_PICTURE, Node, State
from cnnscope.state.tour import go_to, is_at_stop
from cnnscope.state.unread import unread
from cnnscope.state.url import from_hash, merged, step, to_hash
from cnnscope.state.validation import validated
from cnnscope.views.registry import view_facts
from support.networks import tiny_vgg

SHAPE = (3, 64, 64)
CHANGED = Changes(("grey", "blur"), (Paint(2, 3, 4, 5, "r"),), (20, 14))


def test_a_change_is_made_and_taken_back_and_others_are_none():
    changes = toggled(toggled(UNCHANGED, "blur"), "grey")
    assert changes.named == ("grey", "blur")
    assert toggled(changes, "blur").named == ("grey",)
    assert toggled(changes, "sharpen") == changes
    assert not toggled(toggled(UNCHANGED, "grey"), "grey")


def test_the_brush_paints_squares_and_the_eraser_frees_them():
    changes = brushed(UNCHANGED, 1, [(10, 10), (10, 12)], 3, "r")
    assert changes.paint == (Paint(9, 9, 3, 5, "r"),)
    changes = brushed(changes, 2, [(10, 11)], 1, "b")
    assert cells_of(changes.paint)[10, 11] == "b"
    assert len(cells_of(changes.paint)) == 15
    changes = brushed(changes, 3, [(10, 11)], 5, ERASER)
    assert changes == UNCHANGED


def test_a_brush_at_the_edge_stays_within_the_picture():
    changes = fitting(brushed(UNCHANGED, 1, [(0, 0), (63, 63)], 4, "k"), SHAPE)
    cells = cells_of(changes.paint)
    assert {(0, 0), (1, 1), (63, 63), (61, 61)} <= set(cells)
    assert all(0 <= row < 64 and 0 <= col < 64 for row, col in cells)


def test_the_same_cells_are_the_same_paint_however_they_were_painted():
    rng = random.Random(2)
    for _ in range(60):
        cells = {(rng.randrange(9), rng.randrange(9)): rng.choice("rgb") for _ in range(60)}
        paint = paint_of(cells)
        assert cells_of(paint) == cells
        assert paint_of(cells_of(reversed(paint))) == paint
        assert sum(each.rows * each.cols for each in paint) == len(cells)


def test_a_stroke_that_changes_nothing_is_none():
    changes = brushed(UNCHANGED, 1, [(5, 5)], 3, "r")
    assert brushed(changes, 2, [(5, 5)], 1, "r").stroke == 1


def test_a_fast_stroke_has_no_gaps():
    for end in ((3, 40), (40, 3), (0, 0), (-7, 12)):
        way = line((2, 2), end)
        assert (way[0], way[-1]) == ((2, 2), end)
        assert all(max(abs(a - c), abs(b - d)) <= 1
                   for (a, b), (c, d) in pairwise(way))  # fmt: skip


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("picture=pizza&change=grey,patch:20-14", "picture=pizza&change=grey,patch:20-14"),
        ("change=swap,grey", "change=grey,swap"),
        ("change=patch:60-999", "change=patch:48-48"),
        ("change=blur&paint=r20-14-5-5,k0-0-1-64", "change=blur&paint=k0-0-1-64,r20-14-5-5"),
        ("paint=r60-60-99-99", "paint=r60-60-4-4"),
        ("paint=r99-0-1-1", ""),
        ("change=grey,sharpen", ""),
        ("paint=q1-1-1-1", ""),
        ("paint=r1-1-1", ""),
        ("paint=r0-0-99999-99999,b0-0-99999-99999", "paint=r0-0-64-64"),
    ],
)  # fmt: skip
def test_an_address_tells_what_is_changed(address, told):
    state = validated(from_hash(address), tiny_vgg(), ("espresso", "pizza"), view_facts)
    assert to_hash(state) == told
    assert from_hash(told) == state


def test_what_an_address_names_in_vain_is_told_of():
    for address in ("change=grey,sharpen", "paint=q1-1-1-1", "change="):
        asked = from_hash(address)
        assert unread(address, asked, asked, {"en"}) != []
    asked = from_hash("change=grey&paint=r1-1-1-1")
    assert unread("change=grey&paint=r1-1-1-1", asked, asked, {"en"}) == []


def test_what_was_changed_in_an_own_picture_goes_with_it():
    state = from_hash("picture=own&change=grey")
    kept = validated(state, tiny_vgg(), ("espresso", OWN_PICTURE), view_facts)
    assert kept.changes.named == ("grey",)
    assert validated(state, tiny_vgg(), ("espresso",), view_facts).changes == UNCHANGED


def test_a_picture_without_colours_is_offered_no_change_of_them():
    assert fitting(CHANGED, (1, 64, 64)).named == ("blur",)


def test_each_change_is_a_step_and_where_the_patch_goes_is_none():
    def act(state, name, *arguments):
        return ACTIONS[name](state, *arguments)

    state = State()
    for name, arguments in (
        ("change", ("grey",)), ("patch", ((0, 0),)), ("brush", (1, [(9, 9)], 3, "r")),
        ("brush", (2, [(30, 30)], 3, "r")), ("unchange", ()),
    ):  # fmt: skip
        after = act(state, name, *arguments)
        assert step(after) != step(state), name
        state = after
    state = act(act(State(), "patch", (0, 0)), "brush", 1, [(9, 9)], 3, "r")
    assert step(act(state, "patch", (5, 0))) == step(state)
    assert step(act(state, "brush", 1, [(9, 12)], 3, "r")) == step(state)


def test_another_picture_is_changed_alike_only_where_pictures_are_being_changed():
    state = replace(State(), changes=CHANGED)
    assert choose_picture(state, "pizza").changes == UNCHANGED
    assert choose_picture(open_input(state), "pizza").changes == replace(CHANGED, paint=())
    assert bring(open_input(state)).changes == UNCHANGED


def test_changed_logits_go_with_the_picture_that_made_them():
    state = from_hash("view=output/2&logits=0:3.5")
    assert ACTIONS["change"](state, "grey").focus.logits == ()
    assert ACTIONS["change"](explain_node(State(), Node("relu_1_1", 0)), "grey").changes


def test_a_link_to_another_picture_shows_it_as_the_link_says():
    state = from_hash("change=grey&paint=r1-1-1-1")
    assert merged(state, "picture=cat&view=overview") == "picture=cat&view=overview"
    assert merged(state, "view=relu_1_1/3") == "change=grey&paint=r1-1-1-1&view=relu_1_1/3"
    link = "picture=orange&change=grey&view=picture"
    assert merged(from_hash("change=swap"), link) == link


def test_a_stop_of_the_tour_shows_its_picture_unchanged():
    state = go_to(replace(State(), changes=CHANGED), 2)
    assert state.changes == UNCHANGED
    assert is_at_stop(state)
    strayed = ACTIONS["change"](state, "grey")
    assert not is_at_stop(strayed)
    assert from_hash(to_hash(strayed)).changes.named == ("grey",)
