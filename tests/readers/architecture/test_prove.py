"""Proofs: of all networks that fit, the one that gives the printed numbers, and no other."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cnnscope.nn.layers import Activation, Conv2d, Dense, Flatten, Relu, Softmax
from cnnscope.nn.network import Network
from cnnscope_readers.architecture import (
    Activated,
    Answers,
    Arrangement,
    Place,
    PrintedError,
    arrangements,
    blocks,
    known,
    prove,
    read_printed,
)
from cnnscope_readers.architecture import found as found_by
from cnnscope_readers.assemble import assemble
from support.printing import printed_by, skeleton
from support.state_dicts import NAMES, OTHERS, named_weights, state_dict
from support.table_networks import made, table_networks

SMALL = 0.1
"""For weights of which two functions make much the same."""

SLOW = ("moroney_hands", "short_mobilenet", "tf_flowers", "jovian_cifar")
CASES = [
    pytest.param(name, is_ordered, marks=[pytest.mark.long] if name in SLOW else [])
    for name in [*NAMES, *OTHERS]
    for is_ordered in (True, False)
]


def plainest(found, size):
    return Answers(arrangements(found, size, 1)[0])


def last_step(found, text, answers, **settings):
    *_, step = prove(found, read_printed(text), answers, **settings)
    return step


@pytest.mark.parametrize(("name", "is_ordered"), CASES)
def test_printed_numbers_leave_the_true_network_alone(name, is_ordered):
    true = table_networks()[name]
    found = blocks(state_dict(name, is_ordered=is_ordered))
    step = last_step(found, printed_by(true), plainest(found, true.input_shape[1:]))
    assert step.verdict == "proved"
    (answers,) = step.answers
    assert skeleton(assemble(found_by(found, answers))) == skeleton(true)


UNFAMILIAR = {
    "steps, a mean of whole maps, leaky": ((3, 20, 28), "c8p1 l c12s2p1 l c6k1 l g f d4 logits"),
    "windows of three": ((1, 30, 30), "c6p1 gelu m3s2 c8p1 gelu m3s2 f d5 softmax"),
    "normalised behind functions": ((3, 16, 16), "c6p1 elu n m2 c8p1 elu n f d3 logits"),
    "even kernels": ((1, 24, 24), "c6k4s2p1 silu c8k2 silu m2 f d12 silu d3 logits"),
    "one probability": ((3, 18, 18), "c8k5 r m2 c8 r f d1 sigmoid_classes"),
    "means before functions": ((1, 28, 28), "c6k5 a2 tanh c8k5 a2 tanh f d20 tanh d4 log_softmax"),
    "no functions between dense layers": ((1, 14, 14), "c6 r m2 c6 r f d20 d9 d4 logits"),
    "no functions": ((1, 14, 14), "c6 m2 c6 f d4 logits"),
    "steps of kernels of one cell": ((1, 13, 13), "c6 r c4k1s2 r f d3 logits"),
    "one convolution": ((1, 12, 12), "c4 r m2 f d3 logits"),
    "bias only at the end": ((3, 16, 16), "c4b r c4b r m2 f d3 logits"),
}


BENT = {"l": ("leaky_relu", 0.2), "elu": ("elu", 1.0)}


def unfamiliar(case):
    """A network of drawn weights, and names for it that say nothing."""
    shape, spec = UNFAMILIAR[case]
    first, layers, counts, rng = shape, [], {}, np.random.default_rng(len(case))
    for word in spec.split():
        if word in BENT:
            layer = Activation(f"bent_{len(layers)}", *BENT[word])
        else:
            layer = made(word, shape, counts, rng)
        layers.append(layer)
        shape = layer.output_shape(shape)
    names = [layer.name for layer in layers if re.match("conv|norm|dense", layer.name)]
    return Network(first, tuple(layers)), " ".join(names)


@pytest.mark.parametrize("is_ordered", [True, False])
@pytest.mark.parametrize("case", UNFAMILIAR)
def test_unfamiliar_networks_are_proved_to_compute_the_same(case, is_ordered):
    true, names = unfamiliar(case)
    found = blocks(named_weights(true, names, is_ordered=is_ordered))
    step = last_step(found, printed_by(true), plainest(found, true.input_shape[1:]))
    assert step.verdict == "proved"
    network = assemble(found_by(found, step.answers[0]))
    picture = np.random.default_rng(1).random(true.input_shape, np.float32)
    last, true_last = list(network.shapes)[-1], list(true.shapes)[-1]
    np.testing.assert_allclose(network(picture)[last], true(picture)[true_last], rtol=0, atol=1e-5)


def test_what_was_answered_is_tried_first_and_lends_its_scale_and_classes():
    found, true = blocks(state_dict("d2l_lenet")), table_networks()["d2l_lenet"]
    first, *rest = prove(found, read_printed(printed_by(true)), known(found).answers)
    assert first.verdict == "searching"
    assert {step.verdict for step in rest[:-1]} == {"checking"}
    assert rest[-1].answers == (known(found).answers,)


def test_an_arrangement_of_ones_own_is_tried_even_if_it_is_not_among_those_that_are_found():
    rng, given = np.random.default_rng(5), Arrangement((9, 9), (Place(1, 0, None, 2),), (4, 5, 5))
    kernel, dense = (rng.normal(size=size).astype(np.float32) for size in ((4, 1, 3, 3), (3, 100)))
    conv = Conv2d("conv", kernel, np.zeros(4, np.float32), 1, 0, 2)
    end = Dense("dense", dense, np.zeros(3, np.float32)), Softmax("output", 3, "logits")
    true = Network((1, 9, 9), (conv, Relu("relu"), Flatten("flatten", (4, 5, 5)), *end))
    found = blocks(named_weights(true, "conv dense"))
    assert given not in arrangements(found, (9, 9), 10_000)
    assert last_step(found, printed_by(true), Answers(given)).answers[0].arrangement == given


def test_of_two_that_agree_the_one_that_is_far_nearer_is_it():
    true, names = unfamiliar("windows of three")
    weights = named_weights(true, names)
    small = {name: array * np.float32(SMALL) for name, array in weights.arrays.items()}
    found = blocks(replace(weights, arrays=small))
    answers = last_step(blocks(weights), printed_by(true), plainest(found, (30, 30))).answers[0]
    text = printed_by(assemble(found_by(found, answers)))
    step = last_step(found, text, plainest(found, (30, 30)))
    assert step.verdict == "proved"
    assert step.answers == (answers,)


def test_a_wrong_answer_does_not_hinder():
    found, true = blocks(state_dict("cifar_net")), table_networks()["cifar_net"]
    wrong = replace(plainest(found, (32, 32)), activation=Activated("gelu"), pooling="avg",
                    ending="softmax", order=("pool", "activation", "batch_norm"))  # fmt: skip
    assert last_step(found, printed_by(true), wrong).verdict == "proved"


def test_the_size_that_was_printed_counts():
    found, true = blocks(state_dict("cifar_net")), table_networks()["cifar_net"]
    other = replace(plainest(found, (32, 32)).arrangement, size=(31, 31))
    (answers,) = last_step(found, printed_by(true), Answers(other)).answers
    assert answers.arrangement.size == (32, 32)


def test_a_single_row_of_one_picture_is_enough_where_it_is_clear():
    found, true = blocks(state_dict("cifar_net")), table_networks()["cifar_net"]
    (row, _) = re.findall(r"\[\[[^\]]*\]\]", printed_by(true))
    step = last_step(found, row, plainest(found, (32, 32)))
    assert "relu" in {answers.activation.function for answers in step.answers}


def test_rounded_numbers_that_leave_several_are_ambiguous():
    found, true = blocks(state_dict("d2l_bn_lenet")), table_networks()["d2l_bn_lenet"]
    text = printed_by(true, decimals=0)
    step = last_step(found, text, known(found).answers)
    assert step.verdict == "ambiguous"
    assert len(step.answers) > 1
    assert known(found).answers in [replace(each, scale=known(found).answers.scale)
                                    for each in step.answers]  # fmt: skip


def test_four_decimals_are_enough_where_nothing_else_comes_near():
    found, true = blocks(state_dict("cifar_net")), table_networks()["cifar_net"]
    step = last_step(found, printed_by(true, decimals=4), plainest(found, (32, 32)))
    assert step.verdict == "proved"


def test_numbers_of_another_network_are_of_none():
    true, names = unfamiliar("one convolution")
    found = blocks(named_weights(true, names))
    text = printed_by(true).replace("-", "-1")
    step = last_step(found, text, plainest(found, true.input_shape[1:]))
    assert (step.verdict, step.answers) == ("none", ())
    assert step.tried == step.total
    assert 1e-5 < step.nearest < float("inf")


def test_so_many_are_tried_at_most():
    found = blocks(state_dict("fastbook"))
    step = last_step(found, "[[1.5, 2.5]]", plainest(found, (28, 28)), most=50)
    assert (step.verdict, step.tried) == ("none", 50)


@pytest.mark.parametrize("count", [1, 3, 9, 11, 19, 30])
def test_another_count_of_numbers_is_refused_at_once(count):
    found = blocks(state_dict("cifar_net"))
    with pytest.raises(PrintedError) as refused:
        prove(found, read_printed("1.5 " * count), plainest(found, (32, 32)))
    assert refused.value.values == {"expected": "20", "got": str(count)}


def test_a_proof_goes_on_from_where_it_was_left():
    found, true = blocks(state_dict("nn_tutorial")), table_networks()["nn_tutorial"]
    steps = prove(found, read_printed(printed_by(true)), plainest(found, (28, 28)))
    tried = [next(steps).tried for _ in range(5)]
    assert tried == [0, 1, 2, 3, 4]
    *_, last = steps
    assert last.verdict == "proved"
