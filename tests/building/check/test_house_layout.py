"""Where boxes and arrows of the house's picture stand."""

from itertools import combinations, pairwise

import pytest

from building.check.house_layout import Graph, box_width, cost, direct, lay_out, levels, ways

HOUSE: Graph = {
    "roof": {"attic", "cellar", "well"},
    "attic": {"cellar", "well"},
    "cellar": {"rock", "sand"},
    "well": {"sand"},
    "rock": set(),
    "sand": set(),
}


def test_what_follows_from_other_arrows_is_left_out() -> None:
    assert direct(HOUSE) == {**HOUSE, "roof": {"attic"}}
    assert direct({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_a_box_stands_above_all_that_it_needs_and_no_higher() -> None:
    assert levels(HOUSE) == [["rock", "sand"], ["cellar", "well"], ["attic"], ["roof"]]


@pytest.mark.parametrize(
    "graph",
    [
        direct(HOUSE),
        {"a": {"b", "d"}, "b": {"c"}, "c": {"d", "e"}, "d": set(), "e": set()},
        {"a": {"z"}, "b": {"y"}, "y": set(), "z": set()},
    ],
)
def test_nothing_overlaps_and_no_arrow_crosses_another_or_a_box(graph: Graph) -> None:
    places = lay_out(graph, {name: 50 + 10 * at for at, name in enumerate(graph)})
    for one, other in combinations(places.values(), 2):
        is_beside = abs(one.x - other.x) >= (one.width + other.width) / 2
        assert is_beside or one.foot <= other.y or other.foot <= one.y
    assert cost(places, graph)[0] == 0
    for way in ways(places, graph).values():
        for (x, y), (to_x, to_y) in pairwise(way):
            assert to_y > y
            for box in places.values():
                if y < box.foot and box.y < to_y:  # it passes beside this one
                    assert x == to_x
                    assert abs(x - box.x) > box.width / 2


def test_an_arrow_begins_and_ends_at_its_boxes() -> None:
    places = lay_out(direct(HOUSE), dict.fromkeys(HOUSE, 60))
    for (high, low), way in ways(places, direct(HOUSE)).items():
        for name, (x, y), side in (
            (high, way[0], places[high].foot),
            (low, way[-1], places[low].y),
        ):
            assert y == side
            assert abs(x - places[name].x) < places[name].width / 2


def test_three_boxes_beside_each_other_are_narrower_than_one() -> None:
    assert box_width(3) < box_width(2) < box_width(1)
