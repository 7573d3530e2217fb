import numpy as np
import pytest

from cnnscope.drawing.rounding import thousandths
from cnnscope.state.state import Node
from cnnscope.views.map_contributions.numbers import explain, levels, rough, waterfall
from support.logits import every_case, numbers_of
from support.networks import hidden_network, other_network, tiny_vgg


def by_hand(network, trace, channel, rival):
    """What each map adds, one element at a time in float64; the bias; the logit or the lead."""
    _, dense, _ = network.layers[-3:]
    maps = trace[network.layers[-4].name]
    added = [0.0] * len(maps)
    for element, place in enumerate(np.ndindex(*maps.shape)):
        for sign, each in ((1, channel), (-1, rival)):
            if each is not None:
                added[place[0]] += sign * float(maps[place]) * float(dense.kernel[each, element])
    bias = float(dense.bias[channel]) - (0 if rival is None else float(dense.bias[rival]))
    return added, bias, sum(added) + bias


@every_case
def test_each_map_adds_what_its_elements_times_their_weights_add_up_to(
    network, seed, channel, rival
):
    trace, numbers = numbers_of(network, seed, channel, rival)
    added, bias, total = by_hand(network, trace, channel, rival)
    numbers = numbers.listing(unfolded=True)
    *maps, last = waterfall(numbers)
    assert sorted(step.channel for step in maps) == list(range(len(added)))
    for step in maps:
        assert abs(step.term - 1000 * added[step.channel]) <= 0.6
    assert last.channel is None
    assert abs(last.term - 1000 * bias) <= 0.6
    assert abs(numbers.sum.total - 1000 * total) <= 1.6


@every_case
def test_the_most_comes_first_and_each_begins_where_the_one_before_ended(
    network, seed, channel, rival
):
    _, numbers = numbers_of(network, seed, channel, rival)
    steps = waterfall(numbers)
    terms = [step.term for step in steps[: len(numbers.shown)]]
    assert terms == sorted(terms, reverse=True)
    level = 0
    for step in steps:
        assert step.start == level
        level += step.term
        assert step.end == level
    assert level + numbers.sum.rounding == numbers.sum.total
    reach = levels(numbers)
    for each in (0, numbers.sum.total, *(step.end for step in steps)):
        assert reach.low <= each <= reach.high


@every_case
def test_the_logit_that_the_bars_end_at_is_the_networks_own(network, seed, channel, rival):
    trace, numbers = numbers_of(network, seed, channel, rival)
    logits = trace[network.layers[-2].name]
    less = 0 if rival is None else thousandths(float(logits[rival]))
    assert numbers.sum.total == thousandths(float(logits[channel])) - less


@pytest.mark.parametrize("rival", [None, 1])
def test_of_many_maps_the_ten_largest_are_listed_and_the_others_are_their_exact_sum(rival):
    network = other_network()  # of 14 maps
    trace, numbers = numbers_of(network, 3, 3, rival)
    added, bias, total = by_hand(network, trace, 3, rival)
    by_size = sorted(range(14), key=lambda each: -abs(added[each]))
    *listed, others, last = waterfall(numbers)
    assert {step.channel for step in listed} == set(by_size[:10])
    assert others.channel == 15
    assert abs(others.term - 1000 * sum(added[each] for each in by_size[10:])) <= 0.6
    assert abs(last.term - 1000 * bias) <= 0.6
    assert last.end + numbers.sum.rounding == numbers.sum.total
    assert abs(numbers.sum.total - 1000 * total) <= 1.6
    place = by_size[10:]
    exact = sum(numbers.contributions[each] for each in place)
    np.testing.assert_allclose(numbers.by_others, exact, atol=1e-6)


@pytest.mark.parametrize("unit", [0, 5])
def test_the_sum_of_a_hidden_unit_is_that_of_its_maps_and_its_bias(unit):
    network = hidden_network()
    pixels = np.linspace(0, 1, 3 * 16 * 16, dtype=np.float32).reshape(3, 16, 16)
    trace = network(pixels)
    dense = network.layer("hidden")
    maps, total = trace["bent"], float(dense.bias[unit])
    added = [0.0] * len(maps)
    for element, place in enumerate(np.ndindex(*maps.shape)):
        added[place[0]] += float(maps[place]) * float(dense.kernel[unit, element])
    numbers = explain(network, trace, Node("hidden", unit))
    for step in waterfall(numbers)[:-1]:
        assert abs(step.term - 1000 * added[step.channel]) <= 0.6
    assert abs(numbers.sum.total - 1000 * (total + sum(added))) <= 1.6
    assert numbers.sum.total == thousandths(float(trace["hidden"][unit]))


def test_maps_that_are_all_dark_still_have_bars_of_no_length():
    network = tiny_vgg()
    numbers = explain(network, network(np.zeros((3, 64, 64), np.float32)), Node("output", 0))
    dark = type(numbers)(
        numbers.node, numbers.head, np.zeros_like(numbers.maps), numbers.head.dense.bias
    )
    assert [step.term for step in waterfall(dark)[:-1]] == [0] * 10
    assert levels(dark).high > levels(dark).low


@pytest.mark.parametrize(
    ("thousandths_", "said"),
    [(3680, "+3.7"), (-2025, "−2.0"), (950, "+0.9"), (949, "+0.95"), (-42, "−0.042"), (0, "0.000"),
     (12345, "+12.3")],
)  # fmt: skip
def test_a_contribution_is_said_in_about_two_figures(thousandths_, said):
    assert rough(thousandths_) in (said, said.replace("+0.9", "+1.0"))
