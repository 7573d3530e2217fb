from itertools import combinations

import pytest

from cnnscope.state.state import Node
from cnnscope.views.map_contributions.layout import lay_out_map_contributions
from cnnscope.views.shared.network_plan import CHROME, Viewport, lay_out
from support.layouts import overlap
from support.networks import other_network, sequential, tiny_vgg

WINDOWS = [(320, 640), (390, 844), (768, 1024), (960, 688), (1024, 768), (1280, 720), (1440, 900),
           (1920, 1080), (2560, 1440)]  # fmt: skip
DIRECT = sequential((1, 12, 12), [("flatten", "row"), ("dense", "sums", 3), ("softmax", "answer")])
NETWORKS = [tiny_vgg(), other_network(), DIRECT]

everywhere = pytest.mark.parametrize("size", WINDOWS)
every_network = pytest.mark.parametrize("network", NETWORKS, ids=["tiny", "other", "direct"])


def planned(network, size):
    plan = lay_out(network, Viewport(*size))
    node = Node(network.layers[-1].name, 1)
    return plan, lay_out_map_contributions(network, plan, node)


def boxes(made):
    yield from made.bars
    yield from (made.title, made.words, made.head, made.sum, made.caption, made.over, made.legends)
    yield from (made.choose, made.onward, made.switch, made.close)


@every_network
@everywhere
def test_nothing_stands_on_anything_else_and_all_is_inside(network, size):
    plan, made = planned(network, size)
    classes = [made.transforms[plan.columns[-1].layer].box(plan.boxes[node])
               for node in plan.columns[-1].nodes]  # fmt: skip
    for a, b in combinations([*boxes(made), *classes], 2):
        assert not overlap(a, b), (a, b)
    minis = [made.transforms[column.layer].box(plan.boxes[node])
             for column in plan.columns[:-1] for node in column.nodes]  # fmt: skip
    for a in boxes(made):
        assert not any(overlap(a, b) for b in minis), a
        assert a.x >= 0
        assert a.right <= made.width + 0.01
        assert a.bottom <= made.height + 0.01


@everywhere
def test_bars_stand_in_one_stack_one_for_each_map_and_two_more(size):
    _, made = planned(tiny_vgg(), size)
    assert len(made.bars) == 12
    for above, below in zip(made.bars, made.bars[1:], strict=False):
        assert (below.x, below.width) == (above.x, above.width)
        assert below.y == pytest.approx(above.bottom)


@pytest.mark.parametrize(
    "size", [(960, 600 + CHROME - 28), (1280, 720), (1366, 641), (1440, 900), (1920, 1080)]
)
def test_all_fits_where_the_network_itself_does(size):
    plan, made = planned(tiny_vgg(), size)
    assert made.height <= plan.height + 0.01
    assert all(each.bottom <= plan.height + 0.01 for each in boxes(made))


def test_on_a_phone_the_picture_stands_beside_the_words_and_over_the_bars():
    _, made = planned(tiny_vgg(), (390, 844))
    assert made.over.x > made.words.right
    assert made.over.bottom < made.bars[0].y
    assert made.bars[-1].bottom < 844
