import re

import pytest

from cnnscope.nn.layers import Cell
from cnnscope.nn.receptive_field import receptive_field
from cnnscope.state.state import Card, Explained, Node
from cnnscope.views.overview.drawing import overview
from cnnscope.views.overview.receptive_field import CONE, field_line, field_pose, pointed_cell
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
        posed = set(field_pose(here)) - {
            "field/all",
            "field/one",
            *CONE,
        }  # the first are in a class's view
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


def drawn(here):
    """The frames of a cone: each as (left, top, width, height), px."""
    d = str(field_pose(here)["cone"]["d"])
    found = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", d)
    return [tuple(map(float, each)) for each in found]


def cells(here, node, rows, cols):
    """Where some cells of a map are drawn."""
    box, (_, high, wide) = here.plan.boxes[node], here.network.shapes[node.layer]
    return (
        box.x + cols.start * box.width / wide, box.y + rows.start * box.height / high,
        len(cols) * box.width / wide, len(rows) * box.height / high,
    )  # fmt: skip


def test_pointing_frames_what_a_cell_sees_column_by_column():
    """Sizes by hand: pooling doubles a box, a convolution of 3 adds 2 to it, ReLU nothing."""
    here = model(state=state_of(hover=Node("max_pool_1", 4), cell=(5, 7)))
    expected = [
        cells(here, Node("max_pool_1", 4), range(5, 6), range(7, 8)),
        cells(here, Node("relu_1_2", 4), range(10, 12), range(14, 16)),
        cells(here, Node("conv_1_2", 4), range(10, 12), range(14, 16)),
        *(cells(here, Node(layer, k), range(10, 14), range(14, 18))
          for layer in ("relu_1_1", "conv_1_1") for k in range(10)),
    ]  # fmt: skip
    found = drawn(here)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=0.06)
    assert field_pose(here)["picture.caption"]["text"] == "sees 6×6"


def test_by_keyboard_the_cone_is_of_the_middle_of_the_map():
    by_keys = model(state=state_of(hover=Node("conv_2_1", 0)))
    pointed = model(state=state_of(hover=Node("conv_2_1", 0), cell=(14, 14)))
    assert drawn(by_keys) == drawn(pointed)
    assert len(drawn(by_keys)) > 40


@pytest.mark.parametrize("hover", [None, Node("output", 3), Node("input", 0)])
def test_there_is_no_cone_of_a_class_or_the_picture(hover):
    here = model(state=state_of(hover=hover))
    assert drawn(here) == []
    assert field_pose(here)["field/picture"]["hidden"]


def test_in_a_view_there_is_no_cone():
    here, _ = explained(NODE, window=(1440, 900))
    assert drawn(here) == []


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
