import math
import random

import numpy as np
import pytest

from cnnscope.drawing.scale import percent
from cnnscope.drawing.timeline import PACES
from cnnscope.nn.kernels import LIMIT, LOGIT_LIMIT
from cnnscope.state.state import Node
from cnnscope.views.softmax.numbers import WeightedLogits, displayed, explain
from support.networks import model, other_network, tiny_vgg, trained

CASES = [(tiny_vgg(), Node("output", 6)), (other_network(), Node("answer", 3))]
every_case = pytest.mark.parametrize(("network", "node"), CASES, ids=["tiny_vgg", "other"])


def naive_softmax(logits):
    """With exact fractions of e to so many digits, and no trick for large numbers."""
    largest = max(logits)
    weights = [math.exp(logit - largest) for logit in logits]
    return [weight / math.fsum(weights) for weight in weights]


def drawn_logits(seed, reach):
    rng = random.Random(seed)
    return tuple(rng.uniform(-reach, reach) for _ in range(rng.randint(2, 14)))


@every_case
def test_the_networks_own_probabilities_come_out(network, node):
    here = model(network)
    numbers = explain(network, here.trace, node)
    np.testing.assert_allclose(numbers.own.probabilities, here.trace[node.layer], rtol=0, atol=1e-6)
    assert numbers.weighted(()) is numbers.own


@pytest.mark.parametrize("reach", [0.5, 8, 30, LIMIT])
@pytest.mark.parametrize("seed", range(40))
def test_exponentials_and_probabilities_add_up_as_displayed(seed, reach):
    logits = drawn_logits(seed, reach)
    weighted = WeightedLogits(logits)
    assert sum(weighted.added.terms) + weighted.added.rounding == weighted.added.total
    assert abs(weighted.added.rounding) <= (len(logits) + 1) / 2
    assert sum(weighted.shares.terms) + weighted.shares.rounding == 1000
    assert abs(weighted.shares.rounding) <= len(logits)
    assert weighted.probabilities == pytest.approx(naive_softmax(logits), rel=1e-9)
    assert math.fsum(weighted.probabilities) == pytest.approx(1)


@pytest.mark.parametrize("reach", [0.5, 8, 30, LIMIT])
@pytest.mark.parametrize("seed", range(40))
def test_the_displayed_exponentials_divide_into_the_displayed_probability(seed, reach):
    weighted = WeightedLogits(drawn_logits(seed, reach))
    for term, share in zip(weighted.added.terms, weighted.probabilities, strict=True):
        assert term / weighted.added.total == pytest.approx(share, abs=0.006)
    assert 100 <= max(weighted.added.terms) <= 1e9  # written with some digits, and not too many


def test_exponentials_are_counted_plainly_where_they_read_well():
    assert WeightedLogits((6.855, -3.9)).power == 0
    assert WeightedLogits((6.855, -3.9)).added.terms == (948612, 20)
    large = WeightedLogits((50.0, 49.0))
    assert large.power == 21
    assert large.exponentials == pytest.approx([math.exp(50) / 1e21, math.exp(49) / 1e21])
    assert WeightedLogits((-9.0, -10.0)).power == -6


@every_case
def test_another_logit_changes_every_probability_and_no_other_logit(network, node):
    here = model(network)
    numbers = explain(network, here.trace, node)
    changed = numbers.weighted(((1, 3.5),))
    expected = [float(each) for each in here.trace[numbers.source]]
    expected[1] = 3.5
    assert changed.logits == tuple(expected)
    assert changed.probabilities == pytest.approx(naive_softmax(expected), rel=1e-6)
    pairs = zip(changed.probabilities, numbers.own.probabilities, strict=True)
    assert [now < was for now, was in pairs] == [k != 1 for k in range(len(expected))]


@every_case
def test_the_same_added_to_all_logits_changes_no_probability(network, node):
    numbers = explain(network, model(network).trace, node)
    shifted = numbers.shifted(((0, -2.0),), 1.0)
    assert shifted[0] == -1.0
    after, before = numbers.weighted(tuple(shifted.items())), numbers.weighted(((0, -2.0),))
    assert after.probabilities == pytest.approx(before.probabilities, rel=1e-7)
    assert after.exponentials == pytest.approx(
        [math.e * each for each in before.exponentials], rel=1e-6
    )
    at_the_end = ((0, LOGIT_LIMIT),)
    assert numbers.shifted(at_the_end, LOGIT_LIMIT) == dict(at_the_end)


@every_case
def test_the_axis_has_room_for_every_logit_and_does_not_jump_within_it(network, node):
    numbers = explain(network, model(network).trace, node)
    reach = numbers.reach(numbers.own)
    assert reach > max(map(abs, numbers.own.logits))
    for logit in (-reach, 0.0, reach):
        assert numbers.reach(numbers.weighted(((0, logit),))) == reach
    assert numbers.reach(numbers.weighted(((0, -3 * reach),))) == 3 * reach


def test_classes_join_slowly_enough_to_follow_at_every_speed():
    numbers = explain(tiny_vgg(), model().trace, Node("output", 0))
    assert numbers.rows_cols == (1, 10)
    speeds = [numbers.slide(PACES[name]).speed
              for name in ("slow", "medium", "fast")]  # fmt: skip
    assert speeds == [1, 2, 5]
    assert numbers.slide(1).at((0, 0), 4.6) == (0, 9)


def test_a_share_counts_as_it_is_displayed():
    for share in (0.0, 0.0001, 0.0005, 0.0349, 0.5, 0.9994, 0.9996, 1.0):
        text = percent(share)
        shown = 0.0 if text.startswith("<") else float(text.strip("<> %\N{NO-BREAK SPACE}"))
        assert displayed(share) == pytest.approx(10 * shown)


def test_other_layers_have_no_probabilities():
    with pytest.raises(TypeError, match="conv_1_1: expected a softmax, got Conv2d"):
        explain(tiny_vgg(), model().trace, Node("conv_1_1", 0))


def test_the_shipped_network_divides_as_its_last_layer_does():
    network = trained()
    here = model(network)
    numbers = explain(network, here.trace, Node("output", 2))
    assert numbers.source == "logits"
    assert numbers.own.probabilities == pytest.approx(
        naive_softmax([float(each) for each in here.trace["logits"]])
    )
