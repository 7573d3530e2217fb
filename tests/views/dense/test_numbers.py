from functools import partial

import numpy as np
import pytest

from cnnscope.drawing.rounding import thousandths
from cnnscope.state.state import EVERY_NUMBER, Node
from cnnscope.views.dense.numbers import explain
from support import networks
from support.logits import CASES, every_case, numbers_of
from support.networks import sequential, tiny_vgg, trained

explained = partial(networks.explained, view=EVERY_NUMBER)


def by_hand(network, trace, channel, rival):
    """(value, weight, contribution) by (channel, row, col), one at a time in float64."""
    _, dense, _ = network.layers[-3:]
    maps = trace[network.layers[-4].name]
    found = {}
    for element, place in enumerate(np.ndindex(*maps.shape)):
        weight = float(dense.kernel[channel, element])
        if rival is not None:
            weight -= float(dense.kernel[rival, element])
        found[place] = float(maps[place]), weight, float(maps[place]) * weight
    return found


@every_case
def test_contributions_and_bias_are_the_logit_or_the_lead(network, seed, channel, rival):
    trace, numbers = numbers_of(network, seed, channel, rival)
    expected = by_hand(network, trace, channel, rival)
    for place, (value, weight, contribution) in expected.items():
        assert numbers.maps[place] == pytest.approx(value)
        assert numbers.weights[place] == pytest.approx(weight, abs=1e-6)
        assert numbers.contributions[place] == pytest.approx(contribution, abs=1e-5)
    logits = trace[network.layers[-2].name]
    lead = float(logits[channel]) - (0 if rival is None else float(logits[rival]))
    total = sum(each[2] for each in expected.values()) + numbers.bias
    assert total == pytest.approx(lead, abs=1e-4)


@every_case
def test_what_is_displayed_adds_up(network, seed, channel, rival):
    trace, numbers = numbers_of(network, seed, channel, rival)
    expected = by_hand(network, trace, channel, rival)
    numbers = numbers.listing(unfolded=True)
    added = numbers.sum
    for k, term in enumerate(added.terms[:-1]):
        exact = sum(each[2] for place, each in expected.items() if place[0] == k)
        assert abs(term - 1000 * exact) <= 0.51
    assert abs(added.rounding) <= len(added.terms) // 2 + 2
    assert sum(added.terms) + added.rounding == added.total
    shown = numbers.logit(channel) - (0 if rival is None else numbers.logit(rival))
    assert added.total == shown
    logits = trace[network.layers[-2].name]
    assert numbers.logit(channel) == thousandths(float(logits[channel]))


@every_case
def test_the_five_that_add_most_and_the_five_that_take_most_are_ranked(
    network, seed, channel, rival
):
    trace, numbers = numbers_of(network, seed, channel, rival)
    expected = by_hand(network, trace, channel, rival)
    given = sorted(each[2] for each in expected.values())
    for elements, most in ((numbers.raising, given[:-6:-1]), (numbers.lowering, given[:5])):
        places = [tuple(numbers.head.place(element)) for element in elements]
        assert len(set(places)) == len(places) == 5
        assert [expected[place][2] for place in places] == pytest.approx(most, abs=1e-5)
    assert numbers.strongest == numbers.raising[0]


def test_value_times_weight_and_the_rounding_are_the_contribution_for_every_element():
    for network, seed, channel, rival in CASES[::3]:
        _, numbers = numbers_of(network, seed, channel, rival)
        for element in range(0, numbers.maps.size, 7):
            found = numbers.product(element)
            place = tuple(numbers.head.place(element))
            assert found.value == thousandths(float(numbers.maps[place]))
            assert found.weight == thousandths(float(numbers.weights[place]))
            (term,) = found.sum.terms
            assert abs(term - found.value * found.weight / 1000) <= 0.5
            assert term + found.sum.rounding == found.sum.total
            assert found.sum.total == thousandths(float(numbers.contributions[place]))


def test_a_class_against_a_rival_is_the_rival_against_it_turned_round():
    _, numbers = numbers_of(trained(), 4, 2, 7)
    _, turned = numbers_of(trained(), 4, 7, 2)
    np.testing.assert_allclose(numbers.contributions, -turned.contributions, atol=1e-6)
    assert numbers.sum.total == -turned.sum.total
    assert (numbers.raising, numbers.lowering) == (turned.lowering, turned.raising)


def test_domains_hold_all_that_is_coloured():
    for rival in (None, 3):
        _, numbers = numbers_of(trained(), 5, 6, rival)
        assert numbers.domain.high == pytest.approx(abs(numbers.contributions).max())
        assert numbers.weight_domain.high == pytest.approx(abs(numbers.weights).max())
        assert numbers.place_domain.high >= abs(numbers.by_place).max() * 0.9999
        assert numbers.place_domain.high >= numbers.domain.high


def test_all_channels_at_a_place_are_added_and_the_strongest_of_them_found():
    _, numbers = numbers_of(trained(), 6, 1)
    for row, col in ((0, 0), (5, 11), (12, 12)):
        there = [float(each[row, col]) for each in numbers.contributions]
        assert numbers.by_place[row, col] == pytest.approx(sum(there), abs=1e-5)
        channel = max(range(10), key=lambda k: abs(there[k]))
        assert tuple(numbers.head.place(numbers.strongest_at(row, col))) == (channel, row, col)


def test_a_class_whose_maps_are_all_zero_has_no_ranking_and_its_bias_for_a_logit():
    network = tiny_vgg()
    trace = network(np.zeros((3, 64, 64), np.float32))
    numbers = explain(network, trace, Node("output", 0))
    maps = np.zeros_like(numbers.maps)
    dark = type(numbers)(numbers.node, numbers.head, maps, numbers.head.dense.bias)
    assert (dark.raising, dark.lowering, dark.strongest) == ((), (), 0)
    against = type(numbers)(numbers.node, numbers.head, -numbers.maps * (numbers.weights > 0),
                            numbers.head.dense.bias)  # fmt: skip
    assert against.raising == ()
    assert against.strongest == against.lowering[0]
    assert dark.sum.terms[:-1] == (0,) * 10
    assert dark.sum.rounding == 0


def test_only_weighted_sums_are_explained():
    network = sequential(
        (1, 8, 8), [("flatten", "row"), ("dense", "one", 5), ("relu", "bent"), ("dense", "two", 3),
                    ("softmax", "answer")]
    )  # fmt: skip
    trace = network(np.zeros((1, 8, 8), np.float32))
    assert explain(network, trace, Node("answer", 0)).source == "bent"
    with pytest.raises(TypeError, match="bent: expected a dense layer"):
        explain(network, trace, Node("bent", 0))


def test_the_numbers_of_a_context_are_those_of_its_class():
    _, numbers = explained(Node("output", 6), network=trained())
    assert (numbers.node.channel, numbers.source) == (6, "max_pool_2")
