import pytest

from cnnscope.state.state import Node
from cnnscope.views.dense.layouts import lay_out_dense
from cnnscope.views.shared.network_plan import Viewport, lay_out
from cnnscope.views.softmax.layout import lay_out_softmax
from support.networks import lenet, other_network, tiny_vgg

WINDOWS = [(390, 844), (768, 1024), (1024, 768), (1280, 720), (1440, 900), (2560, 1440)]
CASES = [(tiny_vgg(), Node("output", 6)), (other_network(), Node("answer", 3))]

every_case = pytest.mark.parametrize(("network", "node"), CASES, ids=["tiny_vgg", "other"])
every_window = pytest.mark.parametrize("window", WINDOWS)


def planned(network, node, window):
    plan = lay_out(network, Viewport(*window))
    return plan, lay_out_softmax(network, plan, node)


def apart(a, b):
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


@every_case
@every_window
def test_each_class_has_a_row_and_nothing_lies_over_anything(network, node, window):
    plan, made = planned(network, node, window)
    classes = plan.columns[-1]
    assert len(made.rows) == len(classes.nodes)
    shift = made.transforms[classes.layer]
    nodes = [shift.box(plan.boxes[each]) for each in classes.nodes]
    parts = [*made.rows, made.head, made.foot, made.panel, made.close, made.back, *nodes]
    parts += [made.words] if made.words else []
    for k, part in enumerate(parts):
        assert part.x >= 0
        assert part.right <= window[0]
        assert 0 <= part.y < part.bottom <= made.height
        assert all(apart(part, other) for other in parts[k + 1 :])


@every_case
@every_window
def test_the_way_out_is_where_it_is_in_the_view_before(network, node, window):
    plan, made = planned(network, node, window)
    assert made.close == lay_out_dense(network, plan, node).close


@every_case
@every_window
def test_the_maps_and_the_picture_step_aside_without_covering_each_other(network, node, window):
    plan, made = planned(network, node, window)
    picture = made.picture.box(plan.picture)
    columns = [
        [made.transforms[column.layer].box(plan.boxes[each]) for each in column.nodes]
        for column in plan.columns[:-1]
    ]
    boxes = [picture, *(box for column in columns for box in column)]
    for k, box in enumerate(boxes):
        assert box.bottom <= made.panel.y
        assert apart(box, made.close)
        assert all(apart(box, other) for other in boxes[k + 1 :])
    assert all(column[0].width < plan.node_size for column in columns)


@every_case
@pytest.mark.parametrize("window", [(1024, 768), (1440, 900)])
def test_side_by_side_the_rows_end_at_their_classes(network, node, window):
    plan, made = planned(network, node, window)
    classes = plan.columns[-1]
    shift = made.transforms[classes.layer]
    assert (shift.x, shift.scale) == (0, 1)
    assert 0 <= shift.y <= 20  # no further than the heads of the rows need
    for each, row in zip(classes.nodes, made.rows, strict=True):
        assert row.middle == shift.box(plan.boxes[each]).middle
        assert row.right < plan.boxes[each].x


@every_case
@pytest.mark.parametrize("window", [(1280, 593), (1280, 720), (1366, 641), (1024, 600)])
def test_in_low_windows_too_the_heads_keep_off_the_first_row_and_the_ways_out(
    network, node, window
):
    _, made = planned(network, node, window)
    assert made.head.y >= max(made.close.bottom, made.back.bottom) + 5
    assert made.head.bottom + 5 <= made.rows[0].y


@every_case
@every_window
def test_the_vector_stands_left_of_every_row_and_touches_none(network, node, window):
    _, made = planned(network, node, window)
    assert made.vector.x >= (made.panel.x if made.is_narrow else made.panel.right)
    assert all(made.vector.right + 8 < row.x for row in made.rows)
    assert made.vector.y == made.rows[0].y
    assert made.vector.bottom == made.rows[-1].bottom


@pytest.mark.parametrize("window", [*WINDOWS, (1366, 641)])
def test_miniatures_of_units_keep_off_the_strip_and_the_rows(window):
    plan, made = planned(lenet(), Node("answer", 3), window)
    for column in plan.columns[:-1]:
        for each in column.nodes:
            box = made.transforms[column.layer].box(plan.boxes[each])
            assert made.is_narrow or box.right < made.vector.x
            assert all(apart(box, other) for other in (made.vector, made.head, *made.rows))
