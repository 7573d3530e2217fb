"""Numbers as they stand on the page, read back from its text and checked as a visitor would."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import numpy as np
import pytest

from cnnscope.drawing.color import ACTIVATION, WEIGHT, ink_on
from cnnscope.nn.kernels import with_kernel
from cnnscope.nn.layers import Conv2d
from cnnscope.pictures.resize import to_input
from cnnscope.state.state import Explained, Node
from cnnscope.views.convolution.arithmetic import arithmetic_paintings, arithmetic_pose
from cnnscope.views.convolution.channel_card import CARD, arithmetic_card, card_values
from cnnscope.views.convolution.drawing import window_pose
from cnnscope.views.convolution.layout import lay_out_convolution
from cnnscope.views.convolution.numbers import explain
from cnnscope.views.convolution.scales import contribution_domain
from support.fake_page import keyed
from support.networks import ROOT, explained, model, other_network, trained
from support.states import state_of

CELLS = 25  # drawn of each of the 40 nodes of convolutions: 1,000
THOUSANDTH = Decimal("0.001")
CONVOLUTIONS = [layer.name for layer in trained().layers if isinstance(layer, Conv2d)]


@cache
def seen():
    """The trained network, and what it computes for a photograph."""
    with np.load(ROOT / "tests" / "fixtures" / "tiny_vgg_activations.npz") as expected:
        return trained()(to_input(expected["picture"]))


def numbers_in(text):
    """The numbers in a line, exactly as they stand there; a sign may be set apart."""
    found = re.findall(r"(?:[+−] ?)?\d+\.\d+", text)
    return [Decimal(one.replace(" ", "").replace("−", "-")) for one in found]


def number(text):
    (only,) = numbers_in(text)
    assert text == f"{only:.3f}".replace("-", "−")
    return only


def is_rounded(shown, true):
    """Whether a number stands for a true one to within half its last digit."""
    return abs(float(shown) - true) <= 0.0005 + 1e-5  # what float32 may be off


def summed(line, beside):
    """(what a line says that terms add up to, what rounding makes of it, told beside)."""
    total = numbers_in(line)[-1]
    if not beside:
        assert "= " in line
        return total, 0
    assert "≈ " in line
    (rounding,) = numbers_in(beside)
    assert rounding != 0
    return total, rounding


def cells(layer):
    """(model, numbers, place, channel) for random cells and channels of every node."""
    rng = np.random.default_rng(CONVOLUTIONS.index(layer))
    overview = replace(model(trained()), trace=seen())
    for node in overview.plan.column_of[layer].nodes:
        numbers = explain(overview.network, overview.trace, node)
        rows, cols = numbers.rows_cols
        here = replace(overview, detail=lay_out_convolution(overview.network, overview.plan, node))
        for _ in range(CELLS):
            channel = int(rng.integers(len(numbers.inputs)))
            place = int(rng.integers(rows)), int(rng.integers(cols))
            state = state_of(focus=Explained(node, channel=channel), window=place)
            yield replace(here, state=state), numbers, place, channel


def true_products(numbers, place, channel):
    """Patch, kernel and products in float64, row by row, straight from trace and weights."""
    x = seen()[numbers.source][channel].astype(float)
    node = numbers.node
    kernel = trained().layer(node.layer).kernel[node.channel, channel].astype(float)
    patch = [float(x[place[0] + i, place[1] + j]) for i in range(3) for j in range(3)]
    weights = [float(kernel[i, j]) for i in range(3) for j in range(3)]
    return patch, weights, sum(a * b for a, b in zip(patch, weights, strict=True))


@pytest.mark.parametrize("layer", CONVOLUTIONS)
def test_the_numbers_in_the_card_add_up_as_displayed(layer):
    for here, numbers, place, channel in cells(layer):
        pose = arithmetic_pose(here, numbers, channel)
        patch = [number(pose[f"card.patch/{i}"]["text"]) for i in range(9)]
        weights = [number(pose[f"card.weight/{i}"]["value"]) for i in range(9)]
        products = [number(pose[f"card.product/{i}"]["text"]) for i in range(9)]
        for a, b, made in zip(patch, weights, products, strict=True):
            assert made == (a * b).quantize(THOUSANDTH, ROUND_HALF_UP)
        total, rounding = summed(pose["card.sum"]["text"], pose["card.rounding"]["text"])
        assert sum(products) + rounding == total
        true_patch, true_weights, contribution = true_products(numbers, place, channel)
        assert all(map(is_rounded, patch, true_patch))
        assert all(map(is_rounded, weights, true_weights))
        assert is_rounded(total, contribution)
        stage = window_pose(here, numbers, here.detail)
        assert number(stage[f"channel/{channel}.value"]["text"]) == total


@pytest.mark.parametrize("layer", CONVOLUTIONS)
def test_the_contributions_the_bias_and_the_rounding_add_up_to_the_output_as_displayed(layer):
    biases = trained().layer(layer).bias
    for here, numbers, place, _ in cells(layer):
        true_bias = float(biases[numbers.node.channel])
        pose = window_pose(here, numbers, here.detail)
        count = len(numbers.inputs)
        given = [number(pose[f"channel/{k}.value"]["text"]) for k in range(count)]
        line = pose["stage.sum"]["text"]
        from_all, bias, _ = numbers_in(line)
        total, rounding = summed(line, pose["stage.rounding"]["text"])
        assert from_all == sum(given)
        assert from_all + bias + rounding == total
        assert pose["stage.value"]["text"].endswith(f": {f'{total:.3f}'.replace('-', '−')}")
        assert f"row {place[0] + 1}, column {place[1] + 1}:" in pose["stage.value"]["text"]
        contributions = [true_products(numbers, place, k)[2] for k in range(count)]
        assert all(map(is_rounded, given, contributions))
        assert is_rounded(bias, true_bias)
        assert is_rounded(total, sum(contributions) + true_bias)
        for k, value in enumerate(given):
            name = pose[f"channel/{k}"]["aria-label"]
            assert f"channel {k + 1} of {count}: contributes" in name
            assert numbers_in(name) == [value]


@pytest.mark.parametrize(
    ("network", "node", "channel"),
    [(None, Node("conv_1_1", 0), 2), (None, Node("conv_2_2", 9), 9),
     (other_network(), Node("first", 5), 0), (other_network(), Node("second", 13), 5)],
)  # fmt: skip
@pytest.mark.parametrize("window", [(390, 844), (800, 700), (1440, 900), (2560, 1440)])
def test_every_number_of_the_card_has_its_place_and_every_place_its_number(
    network, node, channel, window
):
    here, numbers = explained(node, network=network, window=window, channel=channel)
    markup = str(arithmetic_card(here, numbers, channel))
    pose = card_values(here, numbers, channel)
    places = keyed(markup)
    assert set(pose) <= set(places)
    filled = {key for key in places if re.match(r"card\.(patch|weight|product)/|card\.sum", key)}
    assert filled <= set(pose)
    assert len(filled) == 3 * 9 + 1
    for key, rgba in arithmetic_paintings(here, channel):
        size = f'data-paint="{key}" width="{rgba.shape[1]}" height="{rgba.shape[0]}"'
        assert size in markup


def test_a_number_stands_on_the_colour_of_its_value_in_a_readable_ink():
    here, numbers = explained(Node("conv_1_2", 3), channel=4, window=(1440, 900))
    pose = arithmetic_pose(here, numbers, 4)
    products = numbers.products_at((0, 0), 4)
    domains = {
        "patch": (ACTIVATION, here.domains["relu_1_1"], products.patch),
        "weight": (WEIGHT, numbers.weight_domain, products.kernel),
        "product": (ACTIVATION, contribution_domain(here, numbers), products.sum.terms),
    }
    for name, (ramp, domain, values) in domains.items():
        for i, value in enumerate(values):
            rgba = ramp.paint(np.array([value / 1000], np.float32), domain)[0]
            color = "#" + bytes(rgba[:3]).hex()
            style = pose[f"card.{name}/{i}"]["style"]
            assert style == f"background:{color};color:{ink_on(color)}"


def test_a_number_too_long_for_its_cell_says_how_long_it_is():
    node = Node("conv_1_1", 3)
    network = with_kernel(trained(), *node, 1, [-99.5, *([0.25] * 8)])
    here, numbers = explained(node, channel=1, network=network)
    pose = arithmetic_pose(here, numbers, 1)
    assert pose["card.weight/0"]["value"] == "−99.500"
    assert pose["card.weight/0"]["style"].endswith(";--signs:7")
    assert "--signs" not in pose["card.weight/1"]["style"]


def test_a_card_is_named_by_what_it_explains():
    node = Node("conv_1_1", 3)
    here, numbers = explained(node, channel=1)
    card = keyed(str(arithmetic_card(here, numbers, 1)))[CARD]
    assert card["aria-label"] == "input green → conv_1_1 channel 4"
    here, numbers = explained(Node("conv_1_2", 0), channel=9)
    card = keyed(str(arithmetic_card(here, numbers, 9)))[CARD]
    assert card["aria-label"] == "relu_1_1 channel 10 → conv_1_2 channel 1"


def test_each_number_of_the_kernel_can_be_typed_and_has_a_name():
    here, numbers = explained(Node("conv_1_1", 3), channel=1)
    places = keyed(str(arithmetic_card(here, numbers, 1)))
    names = [places[f"card.weight/{i}"]["aria-label"] for i in range(9)]
    assert len(set(names)) == 9
    assert names[5] == "kernel, row 2, column 3"
    assert [places[f"card.weight/{i}"]["data-args"] for i in range(9)] == list("012345678")
