"""The right answers, worked out anew by plain loops and other formulas."""

import math

import numpy as np
import pytest

from cnnscope.panels.tour.questions import ask
from cnnscope.state.state import Explained
from cnnscope.state.tour import ANSWERS, STOPS, place_of
from support.app_on_fake_page import pictures, trace_of
from support.naive import conv2d
from support.networks import CLASSES, trained

STOP = {stop.key: stop for stop in STOPS}


def question(key, picture=None):
    stop = STOP[key]
    shown = picture or (stop.shown if stop.is_about_shown else stop.screen).picture
    return ask(stop, trained(), trace_of(shown), CLASSES)


def expected(*right):
    return tuple(place in right for place in range(ANSWERS))


def value(text):
    return float(str(text).replace("−", "-"))


@pytest.mark.parametrize("key", STOP)
def test_one_answer_to_each_stop_is_right_and_the_others_are_wrong(key):
    assert sum(question(key).right) == 1
    assert len(question(key).right) == ANSWERS


@pytest.mark.parametrize("picture", pictures())
@pytest.mark.parametrize("key", STOP)
def test_each_question_has_a_right_answer_for_any_sample(key, picture):
    assert any(question(key, picture).right)


def test_a_picture_of_one_grey_asks_nothing_that_has_no_answer():
    trace = trained()(np.full((3, 64, 64), 0.5, np.float32))
    for stop in STOPS:
        assert any(ask(stop, trained(), trace, CLASSES).right), stop.key
    assert ask(STOP["pixels"], trained(), trace, CLASSES).right == (True, True, True)


def test_the_brightest_grid():
    red, green, blue = (
        sum(float(v) for v in grid.flat) / 4096 for grid in trace_of("bell_pepper")["input"]
    )
    assert red > max(green, blue)
    assert question("pixels").right == expected(0)
    assert value(question("pixels").facts["green"]) == pytest.approx(green, abs=0.005)


def test_the_width_of_the_map():
    places = [left for left in range(64) if left + 3 <= 64]
    asked = question("kernel")
    assert asked.facts["after"] == len(places) == 62
    assert asked.right == expected(1)


def test_the_sum_without_one_channel():
    conv = trained().layer("conv_1_1")
    row, col = place_of(STOP["channels"].screen)
    window = trace_of("bell_pepper")["input"][:, row : row + 3, col : col + 3]
    parts = [float((window[c] * conv.kernel[9, c]).sum()) for c in range(3)]
    asked = question("channels")
    assert value(asked.facts["green"]) == pytest.approx(parts[1], abs=0.0006)
    assert value(asked.facts["total"]) == pytest.approx(sum(parts) + conv.bias[9], abs=0.0006)
    left = parts[0] + parts[2] + float(conv.bias[9])
    assert value(asked.facts["without"]) == pytest.approx(left, abs=0.0006)
    assert asked.right == expected(1)


def test_the_kernels_of_the_edges_are_negative_on_the_left_and_positive_on_the_right():
    kernels = trained().layer("conv_1_1").kernel[STOP["maps"].shown.focus.node.channel]
    assert kernels[:, :, 0].mean() < 0 < kernels[:, :, 2].mean()
    assert (kernels[:, :, 0] < 0).sum() > 6
    assert (kernels[:, :, 2] > 0).sum() > 6


def test_where_the_map_of_edges_is_bluest():
    trace = trace_of("bell_pepper")
    conv = trained().layer("conv_1_1")
    found = conv2d(trace["input"], conv.kernel[7:8], conv.bias[7:8])[0]
    light = trace["input"].mean(0)
    up, down = [], []
    for row in range(62):
        for col in range(62):
            slope = light[row + 1, col + 2] - light[row + 1, col]
            if abs(slope) > 0.15:
                (up if slope > 0 else down).append(found[row, col])
    asked = question("maps")
    assert value(asked.facts["up"]) == pytest.approx(np.mean(up), abs=0.006)
    assert value(asked.facts["down"]) == pytest.approx(np.mean(down), abs=0.006)
    assert np.mean(up) > 0.2 > 0 > np.mean(down)
    assert asked.right == expected(0)


def test_how_many_cells_survive():
    before = trace_of("bell_pepper")["conv_1_1"][5]
    kept = sum(1 for cell in before.flat if cell > 0)
    asked = question("relu")
    assert asked.facts["kept"] == kept
    assert 100 * kept / 3844 < 33
    assert asked.right == expected(0)


def test_what_pooling_writes_down():
    four = [float(v) for v in trace_of("bell_pepper")["relu_1_2"][6][28:30, 20:22].flat]
    asked = question("pooling")
    assert [value(asked.facts[name]) for name in "abcd"] == pytest.approx(four, abs=0.0006)
    assert value(asked.facts["most"]) == pytest.approx(max(four), abs=0.0006)
    assert value(asked.facts["sum"]) == pytest.approx(sum(four), abs=0.0006)
    assert len({round(each, 2) for each in (max(four), sum(four), sum(four) / 4)}) == 3
    assert asked.right == expected(2)


def test_how_much_a_deeper_value_depends_on():
    """Pixels within the receptive field decide the value, and those beyond it change nothing."""
    rng = np.random.default_rng(4)
    drawn = rng.random((3, 64, 64), dtype=np.float32)
    name = STOP["field"].screen.focus.node.layer
    row, col = place_of(STOP["field"].screen)
    seen = int(str(question("field").facts["seen"]).split("×")[0])
    inside = np.zeros((64, 64), bool)
    inside[2 * row : 2 * row + seen, 2 * col : 2 * col + seen] = True
    made = trained()(drawn)[name][:, row, col]
    np.testing.assert_array_equal(trained()(drawn * inside)[name][:, row, col], made)
    for edge in (2 * row, 2 * row + seen - 1):
        changed = drawn * inside
        changed[:, edge] = 0
        assert (trained()(changed)[name][:, row, col] != made).any()
    assert question("field").right == expected(1)


def test_how_many_products_speak_against():
    trace, dense = trace_of("bell_pepper"), trained().layer("logits")
    products = [float(w) * float(x) for w, x in zip(dense.kernel[3], trace["flatten"], strict=True)]
    against, speaking = sum(p < 0 for p in products), sum(p > 0 for p in products)
    asked = question("flatten")
    assert (asked.facts["against"], asked.facts["speaking"]) == (against, speaking)
    assert 0 < against < speaking
    assert value(asked.facts["logit"]) == pytest.approx(
        sum(products) + float(dense.bias[3]), abs=0.001
    )
    assert asked.right == expected(1)


def test_how_many_times_as_probable():
    shares = sorted(map(float, trace_of("bell_pepper")["output"]))
    asked = question("softmax")
    assert value(asked.facts["ratio"]) == pytest.approx(shares[-1] / shares[-2], rel=0.01)
    assert math.exp(value(asked.facts["exact"])) == pytest.approx(
        value(asked.facts["ratio"]), rel=0.01
    )
    assert asked.right == expected(2)
    assert (asked.facts["name"], asked.facts["rival"]) == ("bell pepper", "orange")


def test_what_is_answered_to_a_house():
    shares = trace_of("house")["output"]
    asked = question("limits")
    assert max(shares) > 0.2
    assert asked.facts["name"] == CLASSES[int(np.argmax(shares))]
    assert asked.right == expected(2)


def test_the_screen_that_answers_shows_what_is_asked_about():
    for stop in STOPS:
        for screen in (stop.screen, stop.shown):
            assert not isinstance(screen.focus, Explained) or screen.focus.channel is None


def test_counts_are_written_in_groups_as_everywhere_on_the_page():
    assert question("flatten").values["elements"] == "1,690"
    assert question("flatten").facts["elements"] == 1690


@pytest.mark.parametrize(("first", "is_ahead"), [(0.45, False), (0.55, True)])
def test_one_of_four_classes_is_ahead_with_twice_its_even_share(first, is_ahead):
    trace = {"output": np.array([first, *[(1 - first) / 3] * 3], np.float32)}
    assert ask(STOP["limits"], trained(), trace, CLASSES).right == (False, not is_ahead, is_ahead)
