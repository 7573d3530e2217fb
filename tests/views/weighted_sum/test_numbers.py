import numpy as np
import pytest

from cnnscope.drawing.rounding import thousandths
from cnnscope.state.state import Node
from cnnscope.views.map_contributions.numbers import all_terms
from cnnscope.views.weighted_sum.numbers import (
    explain,
    facts,
    place_in,
    unit_of_cell,
    waterfall,
)
from support.networks import hidden_network, lenet

CASES = [
    (lenet(), "dense_2", 5, None, "relu_3"),
    (lenet(), "answer", 3, None, "relu_4"),
    (lenet(), "answer", 3, 7, "relu_4"),
    (hidden_network(), "answer", 4, 0, "again"),
]
every_case = pytest.mark.parametrize(("network", "layer", "unit", "rival", "source"), CASES)


def traced(network, seed=2):
    rng = np.random.default_rng(seed)
    return network(rng.random(network.input_shape, np.float32))


def by_hand(network, trace, layer, unit, rival, source):
    """What each unit adds, one product at a time in float64; the bias."""
    dense = network.layer(layer if layer != "answer" else "sums")
    added = []
    for place, value in enumerate(trace[source]):
        weight = float(dense.kernel[unit, place])
        weight -= 0 if rival is None else float(dense.kernel[rival, place])
        added.append(float(value) * weight)
    return added, float(dense.bias[unit]) - (0 if rival is None else float(dense.bias[rival]))


@every_case
def test_each_unit_adds_its_value_times_its_weight_and_all_is_the_networks_sum(
    network, layer, unit, rival, source
):
    trace = traced(network)
    numbers = explain(network, trace, Node(layer, unit)).against(rival).listing(unfolded=True)
    added, bias = by_hand(network, trace, layer, unit, rival, source)
    *units, last = waterfall(numbers)
    assert sorted(step.channel for step in units) == list(range(len(added)))
    for step in units:
        assert abs(step.term - 1000 * added[step.channel]) <= 0.51
    assert abs(last.term - 1000 * bias) <= 0.51
    logits = trace[network.layers[-2].name] if layer == "answer" else trace[layer]
    less = 0 if rival is None else thousandths(float(logits[rival]))
    assert numbers.sum.total == thousandths(float(logits[unit])) - less
    assert last.end + numbers.sum.rounding == numbers.sum.total
    assert [term for _, term in all_terms(numbers)] == sorted(
        (step.term for step in units), reverse=True
    )


@every_case
def test_of_many_units_the_ten_largest_are_listed_and_the_others_are_their_exact_sum(
    network, layer, unit, rival, source
):
    trace = traced(network)
    numbers = explain(network, trace, Node(layer, unit)).against(rival)
    added, _ = by_hand(network, trace, layer, unit, rival, source)
    by_size = sorted(range(len(added)), key=lambda each: -abs(added[each]))
    steps = waterfall(numbers)
    assert steps[-1].end + numbers.sum.rounding == numbers.sum.total
    if len(added) <= 12:
        assert len(steps) == len(added) + 1
        return
    *listed, others, _ = steps
    smallest = min(abs(added[step.channel]) for step in listed)
    assert len(listed) == 10
    assert smallest == abs(added[by_size[9]])
    rest = set(range(len(added))) - {step.channel for step in listed}
    assert abs(others.term - 1000 * sum(added[each] for each in rest)) <= 0.51


def test_only_sums_of_single_numbers_have_this_view():
    found = [name for name in lenet().shapes if name != "input" and facts(lenet(), Node(name, 0))]
    assert found == ["dense_2", "sums", "answer"]
    assert facts(lenet(), Node("answer", 0)).classes == 10
    assert facts(lenet(), Node("dense_2", 0)).classes == 0


def test_cells_and_units_are_each_others_inverse_column_by_column():
    numbers = explain(lenet(), traced(lenet()), Node("answer", 0))
    grid = (11, 8)  # of 84 units
    places = [place_in(grid, unit) for unit in range(84)]
    assert places[:12] == [*((row, 0) for row in range(11)), (0, 1)]
    assert [unit_of_cell(numbers, grid, *place) for place in places] == list(range(84))
    assert unit_of_cell(numbers, grid, 10, 7) is None
