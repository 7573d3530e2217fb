import pytest

from cnnscope.drawing.geometry import Box, Point, clamp

BOX = Box(10, 20, 60, 40)


def test_edges_and_middles_follow_from_corner_and_size():
    assert (BOX.right, BOX.bottom) == (10 + 60, 20 + 40)
    assert (BOX.centre, BOX.middle) == (10 + 60 / 2, 20 + 40 / 2)
    assert (BOX.start, BOX.end) == (Point(10, 40), Point(70, 40))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (BOX.at(x=1), Box(1, 20, 60, 40)),
        (BOX.at(y=2), Box(10, 2, 60, 40)),
        (BOX.at(0, 0), Box(0, 0, 60, 40)),
        (BOX.moved(3), Box(10 + 3, 20, 60, 40)),
        (BOX.moved(dy=-4), Box(10, 20 - 4, 60, 40)),
        (BOX.centred_on(x=100), Box(100 - 60 / 2, 20, 60, 40)),
        (BOX.centred_on(y=0), Box(10, -40 / 2, 60, 40)),
        (BOX.centred_on(BOX.centre, BOX.middle), BOX),
    ],
)
def test_a_box_is_moved_without_changing_its_size(made, expected):
    assert made == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (BOX.sized(width=5), Box(10, 20, 5, 40)),
        (BOX.sized(height=0), Box(10, 20, 60, 0)),
        (BOX.sized(7, 8), Box(10, 20, 7, 8)),
        (BOX.grown(4), Box(10 - 4, 20 - 4, 60 + 2 * 4, 40 + 2 * 4)),
        (BOX.grown(4, 0), Box(10 - 4, 20, 60 + 2 * 4, 40)),
        (BOX.reaching(left=0), Box(0, 20, 70, 40)),
        (BOX.reaching(top=0), Box(10, 0, 60, 60)),
        (BOX.reaching(right=100, bottom=100), Box(10, 20, 100 - 10, 100 - 20)),
        (BOX.reaching(left=20, right=30), Box(20, 20, 30 - 20, 40)),
        (BOX.reaching(), BOX),
    ],
)
def test_a_box_is_resized_from_the_edges_that_stay(made, expected):
    assert made == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (BOX.below(5, 8), Box(10, 60 + 5, 60, 8)),
        (BOX.below(5, 8, 30), Box(10, 60 + 5, 30, 8)),
        (BOX.above(5, 8), Box(10, 20 - 5 - 8, 60, 8)),
        (BOX.above(5, 8, 30), Box(10, 20 - 5 - 8, 30, 8)),
        (BOX.right_of(5, 8), Box(70 + 5, 20, 8, 40)),
        (BOX.right_of(5, 8, 30), Box(70 + 5, 20, 8, 30)),
        (BOX.left_of(5, 8), Box(10 - 5 - 8, 20, 8, 40)),
        (BOX.left_of(5, 8, 30), Box(10 - 5 - 8, 20, 8, 30)),
    ],
)
def test_a_box_beside_another_keeps_the_gap_and_the_edge_they_share(made, expected):
    assert made == expected


def test_a_foot_ends_where_the_box_ends():
    assert BOX.foot(12) == Box(10, 60 - 12, 60, 12)


def test_a_box_splits_into_what_is_left_and_its_right_end():
    assert BOX.split_right(15, gap=5) == (Box(10, 20, 60 - 15 - 5, 40), Box(70 - 15, 20, 15, 40))
    rest, last = BOX.split_right(15)
    assert rest.right == last.x


def test_a_union_is_the_smallest_box_around_both():
    assert BOX.union(Box(0, 30, 20, 50)) == Box(0, 20, 70 - 0, 80 - 20)
    assert BOX.union(Box(20, 30, 5, 5)) == BOX


def test_a_clamped_value_stays_between_its_bounds_and_the_lower_wins():
    assert [clamp(value, 0, 10) for value in (-3, 4, 12)] == [0, 4, 10]
    assert clamp(5, 8, 2) == 8
