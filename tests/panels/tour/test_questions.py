"""The right answers, worked out anew by plain loops and other formulas."""

import math

import numpy as np
import pytest

from cnnscope.panels.tour.questions import ask
from cnnscope.state.tour import ANSWERS, STOPS, place_of
from support.app_on_fake_page import pictures, trace_of
from support.naive import conv2d
from support.networks import CLASSES, trained

STOP = {stop.key: stop for stop in STOPS if stop.asks}


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
    for stop in STOP.values():
        assert any(ask(stop, trained(), trace, CLASSES).right), stop.key
    assert ask(STOP["pixels"], trained(), trace, CLASSES).right == (True, True, True)


def test_the_brightest_grid():
    red, green, blue = (
        sum(float(v) for v in grid.flat) / 4096 for grid in trace_of("bell_pepper")["input"]
    )
    assert red > max(green, blue)
    assert question("pixels").right == expected(0)
    assert value(question("pixels").facts["green"]) == pytest.approx(green, abs=0.005)


def test_what_stays_as_the_window_moves_on():
    picture, kernel = trace_of("bell_pepper")["input"][0], trained().layer("conv_1_1").kernel[7, 0]
    (row, col), moved = (place_of(s) for s in (STOP["kernel"].screen, STOP["kernel"].shown))
    assert moved == (row, col + 1)
    first, second = (
        sum(
            float(picture[row + i, left + j]) * float(kernel[i, j])
            for i in range(3)
            for j in range(3)
        )
        for left in (col, col + 1)
    )
    asked = question("kernel")
    assert value(asked.facts["total"]) == pytest.approx(first, abs=0.0006)
    assert value(asked.facts["next"]) == pytest.approx(second, abs=0.0006)
    assert asked.facts["after"] == len([left for left in range(64) if left + 3 <= 64])
    assert asked.right == expected(1)


def test_the_window_on_a_kernel_stands_where_its_sum_is_telling():
    """On an edge, darker on the left, where a kernel that is negative there finds most."""
    picture, kernel = trace_of("bell_pepper")["input"][0], trained().layer("conv_1_1").kernel[7, 0]
    row, col = place_of(STOP["kernel"].screen)
    window = picture[row : row + 3, col : col + 3]
    assert (window[:, 0] < 0.45).all()
    assert (window[:, 2] > 0.85).all()
    assert (kernel[:, 0] < 0).all()
    assert (kernel[:, 2] > 0).all()
    sums = conv2d(picture[None], kernel[None, None], np.zeros(1, np.float32))[0]
    assert sums[row, col] == sums.max()


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
    assert trained().layer("conv_1_1").kernel[:, :, 0, 0].size == 30
    assert kernels[:, :, 0].mean() < 0 < kernels[:, :, 2].mean()
    assert (kernels[:, :, 0] < 0).sum() >= 6
    assert (kernels[:, :, 2] > 0).sum() > 6


def test_where_the_map_of_edges_is_bluest():
    trace = trace_of("bell_pepper")
    conv = trained().layer("conv_1_1")
    found = conv2d(trace["input"], conv.kernel[5:6], conv.bias[5:6])[0]
    light = trace["input"].mean(0)
    up, down, even = [], [], []
    for row in range(62):
        for col in range(62):
            slope = light[row + 1, col + 2] - light[row + 1, col]
            if abs(slope) > 0.15:
                (up if slope > 0 else down).append(found[row, col])
            elif light[row + 1, col + 1] > 0.5:
                even.append(found[row, col])
    asked = question("maps")
    assert value(asked.facts["up"]) == pytest.approx(np.mean(up), abs=0.006)
    assert value(asked.facts["down"]) == pytest.approx(np.mean(down), abs=0.006)
    assert value(asked.facts["even"]) == pytest.approx(np.mean(even), abs=0.006)
    assert np.mean(up) > 0.5 > 0 > np.mean(even) > np.mean(down)
    assert asked.right == expected(0)


def test_nearly_all_of_the_bluest_cells_are_where_the_picture_turns_brighter():
    """So that what the eye finds in the picture is what the question says."""
    trace = trace_of("bell_pepper")
    found, light = trace["conv_1_1"][5], trace["input"].mean(0)
    slope = light[1:-1, 2:] - light[1:-1, :-2]
    bluest = found > np.quantile(found, 0.98)
    assert (slope[bluest] > 0.15).mean() > 0.9


def test_how_many_cells_survive():
    before = trace_of("bell_pepper")["conv_1_1"][5]
    kept = sum(1 for cell in before.flat if cell > 0)
    asked = question("relu")
    assert asked.facts["kept"] == kept
    assert 100 * kept / 3844 < 33
    assert asked.right == expected(0)


def test_which_change_of_a_window_pooling_writes_down():
    four = [float(v) for v in trace_of("bell_pepper")["relu_1_2"][6][28:30, 20:22].flat]
    asked = question("pooling")
    assert [value(asked.facts[name]) for name in "abcd"] == pytest.approx(four, abs=0.0006)
    least, _, second, most = sorted(round(each, 3) for each in four)
    facts = [value(asked.facts[name]) for name in ("least", "second", "most", "more")]
    assert facts == pytest.approx([least, second, most, most + 0.01], abs=0.0001)
    changes = [(least, most), (second, 0.0), (most, most + 0.01)]
    outputs = [max(new if each == old else each for each in (round(v, 3) for v in four))
               for old, new in changes]  # fmt: skip
    assert outputs == pytest.approx([most, most, most + 0.01])
    assert asked.right == expected(2)


@pytest.mark.parametrize("four", [(0, 0, 0, 0), (0, 0, 1, 1), (0.25, 0.25, 0.25, 0.25)])
def test_of_any_four_values_only_the_largest_matters_to_pooling(four):
    trace = dict(trace_of("bell_pepper").items())
    trace["relu_1_2"] = trace["relu_1_2"].copy()
    trace["relu_1_2"][6][28:30, 20:22] = np.reshape(four, (2, 2))
    trace["max_pool_1"] = trained().layer("max_pool_1")(trace["relu_1_2"])
    assert ask(STOP["pooling"], trained(), trace, CLASSES).right == expected(2)


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


def votes(picture):
    """What the products of each of the last maps add up to, for a bell pepper."""
    trace, dense = trace_of(picture), trained().layer("logits")
    products = [float(w) * float(x) for w, x in zip(dense.kernel[3], trace["flatten"], strict=True)]
    return [sum(products[k * 169 : (k + 1) * 169]) for k in range(10)]


def test_which_map_speaks_most_for_the_class():
    found, asked = votes("bell_pepper"), question("flatten")
    first, last = int(np.argmax(found)), int(np.argmin(found))
    assert (asked.facts["first"], asked.facts["last"]) == (first + 1, last + 1)
    assert value(asked.facts["most"]) == pytest.approx(found[first], abs=0.0006)
    assert value(asked.facts["least"]) == pytest.approx(found[last], abs=0.0006)
    bias = float(trained().layer("logits").bias[3])
    assert value(asked.facts["logit"]) == pytest.approx(sum(found) + bias, abs=0.001)
    offered = [asked.facts[name] for name in "abc"]
    assert offered == sorted({first + 1, last + 1, int(np.argsort(found)[-2]) + 1})
    assert asked.right == expected(offered.index(first + 1))


def test_how_many_times_as_probable():
    shares = sorted(map(float, trace_of("bell_pepper")["output"]))
    ratio, asked = shares[-1] / shares[-2], question("softmax")
    assert 10 < ratio < 100
    assert value(asked.facts["ratio"]) == pytest.approx(ratio, rel=0.01)
    assert math.exp(value(asked.facts["exact"])) == pytest.approx(ratio, rel=0.01)
    assert asked.right == expected(1)
    assert (asked.facts["name"], asked.facts["rival"]) == ("bell pepper", "orange")


def test_the_changed_logit_is_as_high_as_the_rivals():
    ((changed, logit),) = STOP["softmax"].screen.focus.logits
    logits = trace_of("bell_pepper")["logits"]
    assert changed == int(logits.argmax()) == 3
    assert logit == pytest.approx(float(np.sort(logits)[-2]), abs=0.0006)
    assert STOP["softmax"].shown.focus.logits == ()


@pytest.mark.parametrize("picture", ["bell_pepper", "lifeboat", "koala"])
def test_what_is_answered_without_relu(picture):
    """All layers once more, in plain NumPy, with nothing cut."""
    net, x = trained(), trace_of(picture)["input"]
    for module in ("1", "2"):
        for place in ("1", "2"):
            layer = net.layer(f"conv_{module}_{place}")
            windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (1, 2))
            x = np.einsum("crsij,ocij->ors", windows, layer.kernel) + layer.bias[:, None, None]
        side = x.shape[1] // 2
        x = x[:, : 2 * side, : 2 * side].reshape(10, side, 2, side, 2).max((2, 4))
    dense = net.layer("logits")
    logits = dense.kernel @ x.reshape(-1) + dense.bias
    asked = question("linear", picture)
    assert asked.facts["answer"] == CLASSES[int(logits.argmax())]
    is_same = asked.facts["answer"] == asked.facts["name"]
    assert asked.right == expected(0 if is_same else 1)
    if picture == "bell_pepper":
        assert not is_same
        assert (asked.facts["count"], asked.facts["name"]) == (4, "bell pepper")


def test_what_is_answered_to_a_house():
    shares = trace_of("house")["output"]
    asked = question("limits")
    assert max(shares) > 0.2
    assert asked.facts["name"] == CLASSES[int(np.argmax(shares))]
    assert asked.right == expected(2)


def test_counts_are_written_in_groups_as_everywhere_on_the_page():
    assert question("flatten").values["elements"] == "1,690"
    assert question("flatten").facts["elements"] == 1690


@pytest.mark.parametrize(("first", "is_ahead"), [(0.45, False), (0.55, True)])
def test_one_of_four_classes_is_ahead_with_twice_its_even_share(first, is_ahead):
    trace = {"output": np.array([first, *[(1 - first) / 3] * 3], np.float32)}
    assert ask(STOP["limits"], trained(), trace, CLASSES).right == (False, not is_ahead, is_ahead)
