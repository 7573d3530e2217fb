import pytest

from cnnscope.drawing.geometry import Box
from cnnscope.state.state import Node
from cnnscope.views.shared.detail_layout import (
    MINI_GAP,
    PLUS,
    Transform,
    across,
    breadth,
    info_box,
    miniature_pitch,
    miniature_scale,
    miniatures,
    narrow_classes,
    narrow_miniatures,
    plus_before,
)
from cnnscope.views.shared.network_plan import PAD, Viewport, lay_out
from support.networks import other_network, sequential, tiny_vgg

every_network = pytest.mark.parametrize("network", [tiny_vgg(), other_network()])


def test_between_two_boxes_the_first_comes_to_the_corner_of_the_other_and_as_wide():
    moved = Transform.between(Box(100, 40, 60, 80), Box(10, 20, 30, 30))
    assert moved == Transform(10 - 100 / 2, 20 - 40 / 2, 30 / 60)
    assert moved.box(Box(100, 40, 60, 80)) == Box(10, 20, 30, 40)


@every_network
def test_across_the_drawing_a_column_keeps_its_size_and_its_height(network):
    plan = lay_out(network, Viewport(1440, 900))
    for node, box in plan.boxes.items():
        moved = across(plan, node, 7).box(box)
        assert (moved.x, moved.y) == pytest.approx((7, box.y))
        assert (moved.width, moved.height) == (box.width, box.height)


@every_network
@pytest.mark.parametrize("width", [320, 390, 600, 899])
def test_in_a_narrow_window_miniatures_fill_a_line_and_the_classes_are_in_the_middle(
    network, width
):
    plan = lay_out(network, Viewport(width, 800))
    line, transforms = narrow_miniatures(plan)
    assert (line.x, line.right) == (PAD, width - PAD)
    assert [*transforms] == [column.layer for column in plan.columns[:-1]]
    for column in plan.columns[:-1]:
        for node in column.nodes:
            box = transforms[column.layer].box(plan.boxes[node])
            assert line.x - 0.01 <= box.x < box.right <= line.right + 0.01
            assert line.y - 0.01 <= box.y < box.bottom <= line.bottom + 0.01
    last = plan.columns[-1]
    box = plan.boxes[Node(last.layer, 0)]
    moved = narrow_classes(plan, 500)[last.layer].box(box)
    assert moved.centre == pytest.approx(width / 2)
    assert moved.y == box.y + 500


@pytest.mark.parametrize("window", [(1440, 900), (1280, 720), (900, 700)])
def test_miniatures_of_columns_that_stand_in_sub_columns_are_beside_each_other(window):
    network = sequential(
        (1, 28, 28),
        [
            ("conv2d", "first", 32), ("relu", "bent"), ("conv2d", "second", 64),
            ("flatten", "row"), ("dense", "hidden", 120), ("dense", "sums", 4), ("softmax", "last"),
        ],
    )  # fmt: skip
    plan = lay_out(network, Viewport(*window))
    columns = plan.columns[:-1]
    assert breadth(plan, columns) > len(columns)
    pitch = miniature_pitch(plan, columns, 240)
    scale = miniature_scale(plan, columns, pitch)
    moved = miniatures(plan, columns, 30, pitch, scale)
    right = 30.0
    for column in columns:
        boxes = [moved[column.layer].box(plan.boxes[node]) for node in column.nodes]
        assert min(box.x for box in boxes) >= right - 0.01
        right = max(box.right for box in boxes)
    assert right <= 30 + 240 + MINI_GAP


def test_a_plus_stands_half_way_down_before_what_it_makes():
    plus = plus_before(Box(100, 40, 60, 80), 5)
    assert plus == Box(100 - 5 - PLUS, 40 + 80 / 2 - PLUS / 2, PLUS, PLUS)


def test_the_way_to_the_article_is_a_square_beside_the_way_out():
    close = Box(200, 6, 84, 36)
    info = info_box(close)
    assert (info.width, info.height, info.y) == (36, 36, 6)
    assert info.right < close.x
