"""Kernels changed by typing, nudging and presets, over a page without a browser."""

import numpy as np
import pytest

from cnnscope.nn.kernels import presets
from cnnscope.state.state import Edit, Explained, Node, view_shown
from support.app_on_fake_page import probabilities, started
from support.networks import tiny_vgg

NODE = Node("conv_1_1", 3)
TRAINED = tiny_vgg().layer("conv_1_1").kernel[3, 1]


def opened(channel=1, node=NODE):
    app, page = started()
    app.act("open", str(node))
    app.act("channel", str(channel))
    return app, page


def weights(page):
    return [page.elements[f"card.weight/{i}"]["value"] for i in range(9)]


def put(app, name):
    """A known kernel chosen in the list."""
    app.inputs.take("preset", "", name, is_final=True)


def typed(app, position, text):
    app.editor.weight(position, text, is_final=False)
    app.editor.weight(position, text, is_final=True)


def computed(kernel, channel=1, node=NODE, picture_of=None):
    """What the network gives with a kernel put in by hand."""
    layers = {layer.name: layer for layer in tiny_vgg().layers}
    x = picture_of
    for name, layer in layers.items():
        if name == node.layer:
            changed = layer.kernel.copy()
            changed[node.channel, channel] = np.reshape(kernel, (3, 3))
            windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
            x = np.einsum("chwij,ocij->ohw", windows, changed) + layer.bias[:, None, None]
            x = x.astype(np.float32)
        else:
            x = layer(x)
    return x


def test_a_number_changes_the_map_and_the_networks_answer_at_once():
    app, page = opened()
    before = probabilities(page)
    map_before = page.painted["explained"].copy()
    said = len(page.said)
    app.editor.weight(4, "2.5", is_final=True)
    kernel = TRAINED.ravel().tolist()
    kernel[4] = 2.5
    expected = computed(kernel, picture_of=app.model.trace["input"])
    assert probabilities(page) == pytest.approx(expected, abs=1e-6)
    assert probabilities(page) != pytest.approx(before, abs=1e-6)
    assert (page.painted["explained"] != map_before).any()
    assert weights(page)[4] == "2.500"
    assert "The network’s answer" in page.said[-1]
    assert len(page.said) == said + 1


def test_the_numbers_of_the_card_follow_the_kernel():
    app, page = opened()
    typed(app, 0, "1.5")
    patch = float(page.elements["card.patch/0"]["text"])
    made = float(page.elements["card.product/0"]["text"])
    assert made == pytest.approx(1.5 * patch, abs=0.0005001)


@pytest.mark.parametrize("text", ["x", "-", "1.2.3", "nan", "inf", "1_0", "٣"])
def test_what_is_no_number_is_told_and_changes_nothing(text):
    app, page = opened()
    before = probabilities(page)
    typed(app, 4, text)
    assert app.state.edits == ()
    assert probabilities(page) == before
    assert page.elements["card.weight/4"]["aria-invalid"] == "true"
    assert f"“{text}” is not a number" in page.elements["card.message"]["text"]


def test_an_empty_field_is_told_what_it_needs():
    app, page = opened()
    typed(app, 4, " ")
    assert app.state.edits == ()
    assert "needs a number" in page.elements["card.message"]["text"]


@pytest.mark.parametrize("text", ["101", "-1e9", "100.001"])
def test_a_number_too_large_is_told_and_changes_nothing(text):
    app, page = opened()
    typed(app, 4, text)
    assert app.state.edits == ()
    assert "too large" in page.elements["card.message"]["text"]
    typed(app, 4, "-100")
    assert app.state.edits[0].values[4] == -100


def test_while_typing_nothing_is_told_yet():
    app, page = opened()
    app.editor.weight(4, "-", is_final=False)
    assert page.elements["card.weight/4"]["aria-invalid"] == "true"
    assert not page.elements["card.message"].get("text")


def test_a_number_that_is_one_takes_the_message_away():
    app, page = opened()
    typed(app, 4, "x")
    typed(app, 4, "0.5")
    assert page.elements["card.message"]["text"] == ""
    assert "aria-invalid" not in page.elements["card.weight/4"]


def test_leaving_the_number_that_is_displayed_changes_nothing():
    app, page = opened()
    for position, text in enumerate(weights(page)):
        typed(app, position, text)
    assert app.state.edits == ()


def test_a_changed_kernel_is_marked_and_counted_and_all_are_reset_by_one_press():
    app, page = opened()
    before = probabilities(page)
    assert page.elements["edited"] == {"hidden": ""}
    typed(app, 4, "2")
    app.act("neighbour", "1")
    typed(app, 4, "2")
    assert "hidden" not in page.elements["edited"]
    assert page.elements["edited.text"]["text"].startswith("Kernels changed: 2. Trained: ")
    assert "data-edited" in page.elements["conv_1_1/3"]
    assert "data-edited" not in page.elements["conv_1_1/4"]
    marked = [k for k in range(3) if "data-changed" in page.elements[f"channel/{k}"]]
    assert marked == [1, 2]
    app.act("reset")
    assert app.state.edits == ()
    assert probabilities(page) == before
    assert "hidden" in page.elements["edited"]
    assert "data-edited" not in page.elements["conv_1_1/3"]
    assert weights(page)[4] == f"{tiny_vgg().layer('conv_1_1').kernel[3, 2, 1, 1]:.3f}".replace(
        "-", "−"
    )


@pytest.mark.parametrize("name", ["identity", "blur", "sharpen", "edges"])
def test_a_preset_is_put_in_and_the_trained_kernel_put_back(name):
    app, page = opened()
    before, shown_before = probabilities(page), weights(page)
    assert page.elements["card.preset"]["value"] == "trained"
    put(app, name)
    assert page.elements["card.preset"]["value"] == name
    kernel = presets(3, 3)[name]
    assert weights(page) == [f"{value:.3f}".replace("-", "−") for value in kernel.flat]
    expected = computed(kernel, picture_of=app.model.trace["input"])
    assert probabilities(page) == pytest.approx(expected, abs=1e-6)
    put(app, "trained")
    assert (app.state.edits, weights(page)) == ((), shown_before)
    assert probabilities(page) == before
    assert page.elements["card.preset"]["value"] == "trained"
    typed(app, 0, "0.25")
    assert page.elements["card.preset"]["value"] == "changed"


def test_an_unknown_preset_changes_nothing():
    app, _ = opened()
    put(app, "magic")
    assert app.state.edits == ()


def test_the_trained_numbers_typed_exactly_are_no_change():
    app, _ = opened()
    put(app, "blur")
    for position, value in enumerate(TRAINED.ravel().tolist()):
        typed(app, position, repr(value))
    assert app.state.edits == ()


def test_arrow_keys_change_a_number_by_a_tenth_and_stop_at_the_limit():
    app, page = opened()
    typed(app, 4, "0.5")
    app.editor.nudge(4, "0.500", "ArrowUp")
    assert weights(page)[4] == "0.600"
    app.editor.nudge(4, "0.600", "ArrowDown")
    assert weights(page)[4] == "0.500"
    app.editor.nudge(4, "99.95", "ArrowUp")
    assert weights(page)[4] == "100.000"
    app.editor.nudge(4, "x", "ArrowUp")
    assert weights(page)[4] == "100.000"


def test_where_no_arithmetic_is_shown_there_is_no_kernel_to_change():
    app, _ = started(window=(390, 844))
    for node in ("", "conv_1_1/3", "relu_1_1/0"):
        app.act("open", node)
        app.editor.weight(4, "2", is_final=True)
        put(app, "blur")
        assert app.state.edits == ()


def test_a_change_is_in_the_address_and_comes_back_from_it():
    app, page = opened()
    typed(app, 4, "-2.25")
    address = page.addresses[-1]
    assert "kernel=conv_1_1/3/1:" in address
    again, other = started(address)
    assert view_shown(again.state.focus) == Explained(NODE, channel=1)
    assert probabilities_of(again) == pytest.approx(probabilities(page), abs=1e-5)
    assert weights(other) == weights(page)
    assert "hidden" not in other.elements["edited"]
    assert other.noticed is None


def probabilities_of(app):
    return app.model.trace["output"].tolist()


def test_a_change_makes_no_step_for_back():
    app, page = opened()
    steps = len(page.addresses)
    typed(app, 4, "1")
    put(app, "edges")
    app.act("reset")
    assert len(page.addresses) == steps


def test_a_change_holds_for_every_picture_and_every_view():
    app, page = opened()
    put(app, "edges")
    app.act("picture", "pizza")
    expected = computed(presets(3, 3)["edges"], picture_of=app.model.trace["input"])
    assert probabilities(page) == pytest.approx(expected, abs=1e-6)
    app.act("overview")
    app.act("open", "conv_2_1/0")
    assert app.state.edits == (Edit(NODE, 1, tuple(presets(3, 3)["edges"].ravel().tolist())),)
    assert probabilities(page) == pytest.approx(expected, abs=1e-6)


def test_an_own_picture_brought_to_a_changed_network_is_seen_by_that_network():
    app, page = opened()
    put(app, "edges")
    app.toolbar.bring(app.gallery.pictures["pizza"])
    expected = computed(presets(3, 3)["edges"], picture_of=app.model.trace["input"])
    assert probabilities(page) == pytest.approx(expected, abs=1e-6)
