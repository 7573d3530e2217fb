"""Layers out of names and shapes: in order, whatever the order of the file, or refused by name."""

import time

import numpy as np
import pytest

from cnnscope_readers.architecture import arrangements, blocks, known
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from support.state_dicts import NAMES, OTHERS, state_dict


def weights(shapes, *, is_ordered=True):
    return Weights({name: np.ones(shape, np.float32) for name, shape in shapes.items()}, is_ordered)


def norm(name, channels):
    return {f"{name}.{role}": (channels,) for role in
            ("weight", "bias", "running_mean", "running_var")}  # fmt: skip


def sources(shapes, *, is_ordered=True):
    return [block.source for block in blocks(weights(shapes, is_ordered=is_ordered))]


@pytest.mark.parametrize("prefix", ["", "model."])
@pytest.mark.parametrize("is_ordered", [True, False])
@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
def test_layers_stand_in_the_order_in_which_they_read_each_other(name, is_ordered, prefix):
    found = blocks(state_dict(name, is_ordered=is_ordered, prefix=prefix))
    names = {**NAMES, **OTHERS}[name].split()
    assert [block.source for block in found] == [prefix + each for each in names]


def test_numbers_in_sorted_names_are_read_as_numbers():
    shapes = {f"body.{at}.weight": (8, 3 if at == 0 else 8, 3, 3) for at in (0, 10, 12, 2, 4)}
    assert sources(shapes, is_ordered=False) == [f"body.{at}" for at in (0, 2, 4, 10, 12)]


def test_normalisations_that_are_registered_apart_follow_the_layer_of_their_number():
    convs = {f"conv{at}.weight": (8, 3 if at == 1 else 8, 3, 3) for at in (1, 2, 3)}
    shapes = {**convs, **norm("bn1", 8), **norm("bn3", 8), "fc.weight": (4, 32)}
    wanted = ["conv1", "bn1", "conv2", "conv3", "bn3", "fc"]
    assert sources(shapes) == wanted
    assert sources(dict(sorted(shapes.items())), is_ordered=False) == wanted


def test_a_normalisation_follows_the_layer_of_its_number_where_it_could_follow_another():
    shapes = {"conv1.weight": (8, 3, 3, 3), "conv2.weight": (8, 8, 3, 3), **norm("bn1", 8),
              "fc.weight": (4, 32)}  # fmt: skip
    assert sources(shapes) == ["conv1", "bn1", "conv2", "fc"]


def test_layers_that_are_registered_backwards_are_turned_round():
    shapes = {"fc2.weight": (1, 20), "fc1.weight": (20, 48), "b.weight": (12, 8, 3, 3),
              "a.weight": (8, 3, 5, 5)}  # fmt: skip
    assert sources(shapes) == ["a", "b", "fc1", "fc2"]


def test_a_convolution_that_reads_fewer_channels_than_there_are_has_groups():
    shapes = {"a.weight": (8, 3, 3, 3), "dw.weight": (16, 1, 3, 3), "pw.weight": (4, 8, 1, 1)}
    assert [block.groups for block in blocks(weights(shapes))] == [1, 8, 2]


def test_a_normalisation_of_flattened_maps_stands_before_the_dense_layer():
    shapes = {"c.weight": (4, 1, 3, 3), **norm("n", 36), "d.weight": (2, 36)}
    assert sources(shapes) == ["c", "n", "d"]


def test_a_normalisation_without_gamma_and_beta_multiplies_by_one_and_adds_zero():
    shapes = {"c.weight": (4, 1, 3, 3), "n.running_mean": (4,), "n.running_var": (4,),
              "n.num_batches_tracked": ()}  # fmt: skip
    arrays = blocks(weights(shapes))[1].arrays
    assert (arrays["gamma"] == 1).all()
    assert (arrays["beta"] == 0).all()


CONV = {"c.weight": (8, 3, 3, 3), "c.bias": (8,)}
REFUSED = {
    "nothing": ({}, "no_layers", {}),
    "dense alone": ({"a.weight": (8, 4), "b.weight": (2, 8)}, "no_convolution", {}),
    "LSTM": ({"l.weight_ih_l0": (32, 4), "l.weight_hh_l0": (32, 8)}, "layer",
             {"layer": "l", "kind": "recurrent"}),
    "GRU": ({"l.weight_hh_l0": (24, 8), "l.weight_ih_l0": (24, 4)}, "layer",
            {"layer": "l", "kind": "GRU"}),
    "attention": ({"e.self_attn.in_proj_weight": (24, 8)}, "layer", {"kind": "attention"}),
    "class token": ({**CONV, "cls_token": (1, 1, 8)}, "layer", {"layer": "cls_token"}),
    "embedding": ({"emb.weight": (100, 8), **CONV}, "layer", {"layer": "emb", "kind": "Embedding"}),
    "LayerNorm": ({**CONV, "n.weight": (8,), "n.bias": (8,)}, "layer",
                  {"kind": "LayerNorm, GroupNorm"}),
    "PReLU": ({**CONV, "a.weight": (1,)}, "layer", {"layer": "a", "kind": "PReLU, RMSNorm"}),
    "Conv1d": ({"a.weight": (8, 3, 5)}, "layer", {"layer": "a", "kind": "Conv1d"}),
    "Conv3d": ({"a.weight": (8, 3, 5, 5, 5)}, "layer", {"layer": "a", "kind": "Conv3d"}),
    "transposed": ({**CONV, "deconv1.weight": (8, 8, 2, 2)}, "layer", {"kind": "ConvTranspose2d"}),
    "pruned": ({"c.weight_orig": (8, 3, 3, 3), "c.weight_mask": (8, 3, 3, 3)}, "layer",
               {"kind": "weight_orig (8, 3, 3, 3)"}),
    "torchvision's ResNet": ({**CONV, "layer1.0.conv1.weight": (8, 8, 3, 3)}, "branches",
                             {"layer": "layer1.0.conv1"}),
    "shortcut": ({**CONV, "down.shortcut.0.weight": (8, 8, 1, 1)}, "branches", {}),
    "ResNet9": ({**CONV, "res1.0.0.weight": (8, 8, 3, 3)}, "branches", {"layer": "res1.0.0"}),
    "inverted residuals": ({**CONV, "features.1.conv.0.0.weight": (8, 8, 1, 1)}, "branches", {}),
    "side by side": ({**CONV, "a.weight": (4, 8, 3, 3), "b.weight": (4, 8, 3, 3),
                      "fc.weight": (2, 8)}, "branches", {}),
    "two heads": ({**CONV, "age.weight": (1, 72), "sex.weight": (2, 72)}, "branches", {}),
    "four channels": ({"c.weight": (8, 4, 3, 3)}, "input_size", {"shape": "(4, '?', '?')"}),
    "bias too long": ({"c.weight": (8, 3, 3, 3), "c.bias": (9,)}, "shapes", {"layer": "c"}),
    "variance too short": ({**CONV, "n.running_mean": (8,), "n.running_var": (7,)}, "shapes",
                           {"layer": "n"}),
    "no kernels": ({"c.weight": (0, 3, 3, 3)}, "shapes", {"layer": "c"}),
    "too many": ({f"c{at}.weight": (3, 3, 1, 1) for at in range(41)}, "too_large",
                 {"what": "layers", "got": "41"}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_chain_of_known_layers_is_refused_by_name(case):
    shapes, reason, values = REFUSED[case]
    with pytest.raises(RefusedError) as refused:
        blocks(weights(shapes))
    assert refused.value.reason == reason
    assert values.items() <= refused.value.values.items()


def drawn_weights(rng):
    """Layers of few widths with odd names, so that many fit each other and some do not."""
    widths, shapes = [1, 3, 4, 8], {}
    for at in range(rng.integers(1, 14)):
        name = rng.choice(["conv", "bn", "fc", "x", "a.0", "a.10", "b", ""]) + str(at % 5)
        one, other = (int(rng.choice(widths)) for _ in range(2))
        kernel = int(rng.integers(0, 8))
        drawn = [(one, other, kernel, kernel), (one, other * 16), (one,), (), (one, other, 2)]
        shape = drawn[rng.choice(5, p=[0.55, 0.25, 0.1, 0.05, 0.05])]
        if rng.random() < 0.3:
            shapes.update(norm(name, one))
        else:
            shapes[f"{name}.weight"] = shape
    return weights(shapes, is_ordered=bool(rng.random() < 0.5))


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(at, marks=pytest.mark.long) for at in range(1, 20))]
)
def test_whatever_the_shapes_nothing_but_a_refusal_comes_and_soon(seed):
    rng = np.random.default_rng(seed)
    read = 0
    for _ in range(60):
        begun = time.process_time()
        try:
            found = blocks(drawn_weights(rng))
            known(found)
            arrangements(found, limit=3)
            read += 1
        except RefusedError:
            pass
        assert time.process_time() - begun < 2
    assert read >= 1
