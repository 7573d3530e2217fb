"""The switch "Without ReLU": every ReLU of the network passes its input on, and all follows."""

from functools import cache

import numpy as np
import pytest

from cnnscope.drawing.scale import percent
from cnnscope.pictures.gallery import Gallery
from cnnscope.state.state import Edit, Node
from cnnscope.views.overview.drawing import announcement
from cnnscope.views.relu.drawing import WITHOUT
from support import naive
from support.app_on_fake_page import started, started_trained
from support.comparing import check_same
from support.networks import other_network, picture, sequential, trained

EDIT = Edit(Node("one", 1), 0, (0.25, -0.5, 0, 1, -1, 0.5, 0, 0.75, -0.25))


@cache
def network():
    """Small enough for loops; what is pooled is below zero as often as above."""
    return sequential(
        (3, 14, 12),
        [
            ("conv2d", "one", 4), ("relu", "bent"), ("max_pool2d", "half"),
            ("conv2d", "two", 5), ("relu", "bent_again"), ("flatten", "row"),
            ("dense", "sums", 4), ("softmax", "answer"),
        ],
    )  # fmt: skip


def computed_by_loops(x, edits=()):
    """All activations without ReLU, by the definitions."""
    layer, found = network().layer, {"input": x.astype(float)}
    kernel = layer("one").kernel.astype(float)
    for edit in edits:
        kernel[edit.node.channel, edit.source] = np.reshape(edit.values, (3, 3))
    found["one"] = found["bent"] = naive.conv2d(found["input"], kernel, layer("one").bias)
    found["half"] = naive.max_pool2d(found["bent"], 2, 2)
    found["two"] = naive.conv2d(found["half"], layer("two").kernel, layer("two").bias)
    found["bent_again"], row = found["two"], found["two"].ravel()
    found["row"], sums = row, layer("sums")
    found["sums"] = np.array([
        sum(float(a) * float(b) for a, b in zip(kernel_row.ravel(), row, strict=True)) + float(bias)
        for kernel_row, bias in zip(sums.kernel, sums.bias, strict=True)
    ])  # fmt: skip
    found["answer"] = naive.softmax(found["sums"])
    return found


def gallery():
    return Gallery(network(), {"one": picture(network(), 1), "two": picture(network(), 2)})


@pytest.mark.parametrize("edits", [(), (EDIT,)])
def test_without_relu_all_numbers_are_those_of_loops_that_cut_nothing(edits):
    here = gallery()
    here.trace("one", ())
    made = here.trace("one", edits, relu=False)
    expected = computed_by_loops(here.input("one"), edits)
    for name, values in expected.items():
        np.testing.assert_allclose(made[name], values, atol=1e-4, err_msg=name)
    assert (made["half"] < 0).any()


def test_back_and_forth_each_network_computes_what_a_fresh_one_does():
    here, rng = gallery(), np.random.default_rng(5)
    for _ in range(30):
        edits, relu = (EDIT,) if rng.random() < 0.5 else (), bool(rng.random() < 0.5)
        key = str(rng.choice(["one", "two"]))
        fresh, made = gallery().trace(key, edits, relu=relu), here.trace(key, edits, relu=relu)
        assert all((made[name] == fresh[name]).all() for name in network().shapes)


def test_the_switch_is_in_the_address_and_a_step_for_back():
    app, page = started("view=relu_1_2/3")
    app.act("relu")
    assert page.addresses[-1] == "view=relu_1_2/3&relu=off"
    assert page.elements[WITHOUT]["aria-pressed"] == "true"
    other, _ = started(page.addresses[-1])
    check_same((app, page), (other, _))
    app.navigate(page.addresses[-2], is_step=True)
    assert app.state.relu
    assert page.elements[WITHOUT]["aria-pressed"] == "false"
    app.act("relu")
    app.act("relu")
    assert (app.state.relu, page.addresses[-1]) == (True, "view=relu_1_2/3")


def test_maps_answer_and_words_follow_the_switch_and_the_switch_again():
    app, page = started_trained("view=relu_1_2/3")
    before, answer = dict(page.painted), announcement(app.model)
    app.act("relu")
    without = app.model.trace
    assert (without["relu_1_2"] == without["conv_1_2"]).all()
    assert announcement(app.model) != answer
    changed = {key for key in before if (before[key] != page.painted[key]).any()}
    assert {"relu_1_1/0", "conv_1_2/0", "max_pool_2/9", "explained"} <= changed
    assert "conv_1_1/0" not in changed
    trained_share = float(trained()(app.gallery.input(app.model.picture))["output"].max())
    said = page.elements["edited.text"]["text"]
    assert said.startswith("Without ReLU. Trained: ")
    assert percent(trained_share) in said
    assert "hidden" not in page.elements["edited"]
    assert "left out" in page.elements["story.how"]["text"]
    first = app.model.names[int(without["output"].argmax())]
    assert first in page.elements["relu.answer"]["text"]
    app.act("relu")
    assert "replaced by zero" in page.elements["story.how"]["text"]
    assert announcement(app.model) == answer
    assert "hidden" in page.elements["edited"]
    assert all((before[key] == page.painted[key]).all() for key in before)


def test_resetting_the_kernels_brings_relu_back_and_relu_leaves_them():
    kernel = f"kernel=conv_1_1/3/0:{','.join(['0.5'] * 9)}"
    app, page = started(f"view=relu_1_1/3&{kernel}")
    app.act("relu")
    assert len(app.state.edits) == 1
    assert page.elements["edited.text"]["text"].startswith("Without ReLU. Kernels changed: 1.")
    app.act("reset")
    assert (app.state.relu, app.state.edits) == (True, ())
    assert page.said[-1].startswith("The network is as it was trained again.")


def test_in_the_view_nothing_is_cut_and_each_value_says_so():
    app, page = started("view=relu_1_1/0&relu=off")
    channel = int((app.model.trace["conv_1_1"] < 0).sum(axis=(1, 2)).argmax())
    app.act("open", f"relu_1_1/{channel}")
    given = app.model.trace["conv_1_1"][channel]
    assert (app.model.numbers.cut, app.model.numbers.below) == (0, int((given < 0).sum()))
    row, col = (int(each[0]) for each in np.nonzero(given < 0))
    app.dispatch("window", row, col)
    shown = page.elements["rule.before"]["text"]
    assert page.elements["rule.after"]["text"] == shown
    assert shown.startswith("−")
    assert page.elements["rule.open"]["text"] == ""
    assert "without ReLU it stays as it is" in page.elements["stage.sum"]["text"]
    assert "cells stay below zero" in page.elements["channelwise.figure"]["text"]


def test_pooling_and_the_average_of_what_is_below_zero_say_true_numbers():
    app, page = started("view=max_pool_1/3&relu=off")
    given, made = app.model.trace["relu_1_2"][3], app.model.trace["max_pool_1"][3]
    row, col = (int(each[0]) for each in np.nonzero(made < 0))
    app.dispatch("window", row, col)
    window = given[2 * row : 2 * row + 2, 2 * col : 2 * col + 2]
    assert made[row, col] == window.max()
    assert page.elements["rule.after"]["text"] == f"−{-float(window.max()):.3f}"
    at = divmod(int(window.argmax()), 2)
    assert (
        f"from row {2 * row + at[0] + 1}, column {2 * col + at[1] + 1}"
        in (page.elements["stage.sum"]["text"])
    )


def test_changed_logits_go_as_they_are_of_another_network():
    app, _ = started("view=output/3&softmax=on&cell=0,9&logits=2:5")
    app.dispatch("relu")
    assert app.state.focus.logits == ()


@pytest.mark.parametrize("address", ["relu=off", "relu=on", "view=second/2&relu=off"])
def test_a_network_without_relus_has_nothing_to_leave_out(address):
    bare = sequential((3, 10, 10), [
        ("conv2d", "first", 3), ("conv2d", "second", 3), ("flatten", "row"),
        ("dense", "sums", 4), ("softmax", "answer"),
    ])  # fmt: skip
    app, page = started(address, network=bare)
    assert app.state.relu
    assert "relu" not in page.addresses[-1]


def test_an_unknown_word_is_told_and_changes_nothing():
    app, page = started("relu=perhaps")
    assert app.state.relu
    assert page.noticed


def test_a_network_of_other_names_computes_without_them_too():
    app, _ = started("relu=off", network=other_network())
    assert (app.model.trace["bent"] == app.model.trace["second"]).all()
