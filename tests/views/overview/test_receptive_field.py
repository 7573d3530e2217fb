import re

import pytest

from cnnscope.nn.layers import Cell
from cnnscope.nn.receptive_field import receptive_field
from cnnscope.state.state import Card, Explained, Node
from cnnscope.views.overview.drawing import overview
from cnnscope.views.overview.receptive_field import field_line, field_pose, pointed_cell
from support.fake_page import keyed
from support.networks import explained, model, other_network
from support.states import state_of

NODE = Node("conv_2_2", 4)
FRAMES = ["field/picture", "field/input/0", "field/input/1", "field/input/2"]


def test_nothing_is_framed_unless_it_is_asked_for():
    here, _ = explained(NODE, window=(1440, 900))
    pose = field_pose(here)
    assert [pose[key]["hidden"] for key in FRAMES] == [True] * 4
    assert pose["picture.caption"]["text"] == "picture"
    assert field_line(here) == ""


def test_frames_are_on_the_picture_and_on_each_of_its_channels():
    for network in (None, other_network()):
        here = model(network, state_of(field=True))
        posed = set(field_pose(here)) - {"field/all", "field/one"}  # these are in a class's view
        assert posed <= set(keyed(str(overview(here))))
        assert len(posed) == 2 + here.network.input_shape[0]


@pytest.mark.parametrize(
    ("name", "at"),
    [("conv_1_1", (0, 0)), ("conv_1_2", (59, 3)), ("max_pool_1", (7, 29)), ("conv_2_2", (25, 25)),
     ("max_pool_2", (12, 0)), ("input", (63, 5))],
)  # fmt: skip
def test_the_frame_covers_the_cells_that_the_value_sees_in_shares_of_the_picture(name, at):
    here = model(state=state_of(field=True, hover=Node(name, 1), cell=at))
    pose = field_pose(here)
    style = dict(re.findall(r"(\w+):([\d.]+)%", pose["field/picture"]["style"]))
    seen = receptive_field(here.network, name, Cell(1, *at))
    pixels = {side: float(share) * 64 / 100 for side, share in style.items()}
    assert pixels == pytest.approx(
        {"left": seen.cols.start, "top": seen.rows.start, "width": len(seen.cols),
         "height": len(seen.rows)}, abs=0.001,
    )  # fmt: skip
    assert all(pose[key] == pose["field/picture"] for key in FRAMES)
    assert pose["picture.caption"]["text"] == f"sees {len(seen.rows)}×{len(seen.cols)}"


def test_the_field_is_said_in_words_counted_from_one():
    here = model(state=state_of(field=True, hover=Node("conv_1_2", 0), cell=(2, 10)))
    assert field_line(here) == "The value sees rows 3 to 7, columns 11 to 15 of the picture."


def test_what_is_pointed_at_counts_before_what_a_view_stands_on():
    pointed = {"hover": Node("relu_1_1", 2), "cell": (3, 4)}
    for focus, window, expected in (
        (Explained(NODE), (5, 6), (NODE, (5, 6))),
        (Explained(NODE), None, (NODE, (0, 0))),
        (Card(Node("relu_1_1", 0)), None, (Node("relu_1_1", 0), (9, 9))),
    ):
        map_cell = (9, 9) if isinstance(focus, Card) else None
        state = state_of(focus=focus, window=window, map_cell=map_cell)
        assert pointed_cell(model(state=state)) == expected
        over = state_of(focus=focus, window=window, map_cell=map_cell, **pointed)
        assert pointed_cell(model(state=over)) == (Node("relu_1_1", 2), (3, 4))


@pytest.mark.parametrize(
    "state",
    [state_of(), state_of(hover=Node("output", 2), cell=(0, 0)),
     state_of(hover=Node("relu_1_1", 2)),
     state_of(focus=Card(Node("output", 2)))],
)  # fmt: skip
def test_without_a_cell_of_a_map_there_is_no_field(state):
    assert pointed_cell(model(state=state)) is None
