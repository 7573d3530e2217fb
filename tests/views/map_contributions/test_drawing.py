import re
from dataclasses import replace

import numpy as np
import pytest

from cnnscope.drawing.color import ACTIVATION
from cnnscope.state.state import Node
from cnnscope.text import load_text
from cnnscope.views.map_contributions.bars import bar_reached
from cnnscope.views.map_contributions.drawing import (
    said,
    stage,
    stage_paintings,
    stage_pose,
    window_pose,
)
from cnnscope.views.map_contributions.numbers import waterfall, weighed
from cnnscope.views.map_contributions.sentence import sentence, words
from support.displayed import read
from support.networks import explained, lenet, other_network, trained
from support.stages import check_stage
from support.states import changed

CASES = [(trained(), Node("output", 6), None), (trained(), Node("output", 0), 9),
         (other_network(), Node("answer", 3), 1)]  # fmt: skip
every_case = pytest.mark.parametrize(("network", "node", "rival"), CASES)
WINDOWS = [(390, 844), (1024, 768), (1440, 900)]


def parts_of(here, numbers):
    """How many bars stand over that of the bias."""
    return len(waterfall(weighed(here, numbers))) - 1


def shares(style):
    return {name: float(value) for name, value in re.findall(r"--(\w+):([\d.]+)", style)}


@every_case
@pytest.mark.parametrize("size", WINDOWS)
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(
    network, node, rival, size
):
    here, numbers = explained(node, network=network, window=size, contrast=rival)
    markup = str(stage(here, numbers, here.detail))
    pose, paintings = stage_pose(here, numbers, here.detail), stage_paintings(here, numbers)
    painted = check_stage(markup, pose, paintings)
    against = weighed(here, numbers)
    assert len(painted) == 2 * len(against.shown) + 1 + bool(against.others)


@every_case
def test_the_numbers_beside_the_bars_add_up_to_the_last_as_displayed(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    pose = stage_pose(here, numbers, here.detail)
    count = parts_of(here, numbers)
    *terms, total = (read(pose[f"bar/{k}.value"]["text"]) for k in range(count + 2))
    found = re.findall(r"([+−] )?(−?\d+\.\d{3})", pose["why.sum"]["text"])
    given, bias, written, *beside = (read(sign + value) for sign, value in found)
    assert given == sum(terms[:-1])
    assert bias == terms[-1]
    assert given + bias + sum(beside) == written == total
    assert bool(beside) == ("≈" in pose["why.sum"]["text"])


@every_case
def test_bars_follow_each_other_and_the_last_runs_from_zero_to_the_logit(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    pose = stage_pose(here, numbers, here.detail)
    count = parts_of(here, numbers)
    tracks = [shares(pose[f"bar/{k}.track"]["style"]) for k in range(count + 2)]
    before = tracks[0]["zero"]
    for k, track in enumerate(tracks[:-1]):
        assert track["from"] == pytest.approx(before, abs=1e-4)
        sign = -1 if pose[f"bar/{k}.track"]["data-sign"] == "below" else 1
        assert track["to"] - track["from"] == pytest.approx(sign * track["size"], abs=2e-4)
        assert track["low"] == min(track["from"], track["to"])
        before = track["to"]
    last = tracks[-1]
    assert last["to"] == pytest.approx(before, abs=2e-3)  # but for the rounding
    ends = last["low"], last["low"] + last["size"]
    assert min(abs(end - last["zero"]) for end in ends) < 2e-4


@every_case
def test_a_bar_says_and_shows_its_own_map(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    pose = stage_pose(here, numbers, here.detail)
    painted = dict(stage_paintings(here, numbers))
    against = weighed(here, numbers)
    for place, step in enumerate(waterfall(against)[: len(against.shown)]):
        assert pose[f"bar/{place}.name"]["text"] == f"map {step.channel + 1}"
        assert pose[f"bar/{place}"]["data-args"] == step.channel
        assert f"map {step.channel + 1}: " in pose[f"bar/{place}"]["aria-label"]
        expected = ACTIVATION.paint(numbers.maps[step.channel], here.domains[numbers.source])
        np.testing.assert_array_equal(painted[f"bar/{place}"], expected)


@every_case
def test_at_first_what_adds_most_lies_over_the_picture_and_then_what_is_marked(
    network, node, rival
):
    here, numbers = explained(node, network=network, contrast=rival)
    count, against = len(numbers.maps), weighed(here, numbers)
    first = waterfall(against)[0].channel
    heats = [*against.shown, count, *([count + 1] if against.others else [])]
    for marked in (None, 2, count - 1, count, *against.others[:1]):
        moved = replace(here, state=changed(here.state, marked_map=marked))
        pose = window_pose(moved, numbers, here.detail)
        shown = [heats[k] for k in range(len(heats)) if pose[f"over/{k}"]["data-shown"]]
        expected = count + 1 if marked in against.others else first if marked is None else marked
        assert shown == [expected]
        checked = [k for k in range(len(heats) + 1)
                   if pose.get(f"bar/{k}", {}).get("aria-checked") == "true"]  # fmt: skip
        assert len(checked) == 1
        assert pose[f"bar/{checked[0]}"]["tabindex"] == 0
        named = {count: "all maps", count + 1: f"{len(against.others)} others"}
        assert pose["why.caption"]["text"] == named.get(expected, f"map {expected + 1}")


def test_keys_lead_from_bar_to_bar_past_the_bias_and_stop_at_the_ends():
    here, numbers = explained(Node("output", 6), network=trained())
    steps = waterfall(numbers)
    for key, now, place in (("ArrowDown", 0, 1), ("ArrowUp", 0, 0), ("ArrowUp", 5, 4),
                            ("ArrowDown", 9, 11), ("End", 0, 11), ("Home", 7, 0)):  # fmt: skip
        moved = replace(here, state=changed(here.state, marked_map=steps[now].channel))
        channel = 10 if place == 11 else steps[place].channel
        assert bar_reached(moved, numbers, key) == (place, channel)
    last = replace(here, state=changed(here.state, marked_map=10))
    assert bar_reached(last, numbers, "ArrowDown") == (11, 10)
    assert bar_reached(last, numbers, "ArrowUp") == (9, steps[9].channel)
    assert bar_reached(here, numbers, "x") is None


def weighed_as(here, numbers, sums):
    """Numbers of maps that add so much each, all of it at one element."""
    maps = np.zeros_like(numbers.maps)
    for channel, each in enumerate(sums):
        row, col = np.unravel_index(abs(numbers.weights[channel]).argmax(), maps.shape[1:])
        maps[channel, row, col] = each / numbers.weights[channel, row, col]
    added = float(numbers.contributions.sum())
    logits = numbers.logits + (float((maps * numbers.weights).sum()) - added)
    return type(numbers)(numbers.node, numbers.head, maps, logits.astype(np.float32))


SENTENCES = [
    ([0, 1.2, 0, -2, 0, 0, 0, 3.2, 3.68, -2.025],
     "Maps 9 and 8 speak most for {name} (+3.7, +3.2), map 10 most against it (−2.0)."),
    ([0, 1.2, 0, 0, 0, 0, 0, 3.2, 3.68, 0],
     "Maps 9 and 8 speak most for {name} (+3.7, +3.2). No map speaks against it."),
    ([0, 0, 0, 0, 0, 0.25, 0, 0, 0, -1.5],
     "Only map 6 speaks for {name} (+0.25); map 10 speaks most against it (−1.5)."),
    ([0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0],
     "Only map 6 speaks for {name} (+0.25). No map speaks against it."),
    ([0, -3, 0, 0, 0, 0, 0, 0, 0, -1.5],
     "No map speaks for {name}; map 2 speaks most against it (−3.0)."),
    ([0] * 10, "No map speaks for {name}, and none against it: only the bias is left."),
]  # fmt: skip


@pytest.mark.parametrize(("sums", "expected"), SENTENCES)
def test_one_sentence_says_which_maps_speak_most_for_and_against(sums, expected):
    here, numbers = explained(Node("output", 5), network=trained())
    made = weighed_as(here, numbers, sums)
    assert sentence(here, made) == expected.format(name="koala")
    chinese = sentence(replace(here, text=load_text("zh")), made)
    assert "{" not in chinese
    assert chinese.endswith("。")
    for figure in re.findall(r"[+−]\d\.\d+", expected):
        assert figure in chinese


def spread(sums, count=84):
    """Terms of so many units, those after the first all nothing."""
    return [*sums, *[0] * (count - len(sums))]


OF_MANY = [
    (spread([5, 4, *[-3] * 7, -4, 0.5, -0.5]),
     "Units 1 and 2 speak most for {name} (+5.0, +4.0), unit 10 most against it (−4.0)."),
    (spread([5, 0.5, *[-3] * 9, -4]),
     "What speaks most for {name} is unit 1 (+5.0); what speaks most against it, unit 12 (−4.0)."),
    (spread([5, *[-3] * 9, -4]),
     "Only unit 1 speaks for {name} (+5.0); unit 11 speaks most against it (−4.0)."),
    (spread([*[-3] * 9, -4, 0.5]), "What speaks most against it is unit 10 (−4.0)."),
    (spread([*[3] * 9, 4, -0.5]), "Units 10 and 1 speak most for {name} (+4.0, +3.0)."),
    (spread([*[3] * 9, 4, 0.5]),
     "Units 10 and 1 speak most for {name} (+4.0, +3.0). No unit speaks against it."),
]  # fmt: skip


@pytest.mark.parametrize(("sums", "expected"), OF_MANY)
def test_of_many_units_the_sentence_names_only_those_that_are_listed(sums, expected):
    here, numbers = explained(Node("answer", 7), network=lenet())
    made = weighed_as(here, numbers, sums)
    assert sentence(here, made) == expected.format(name=here.names[7])
    assert "{" not in sentence(replace(here, text=load_text("zh")), made)
    named = re.findall(r"nits? (\d+)(?: and (\d+))?", expected)
    assert {int(each) - 1 for pair in named for each in pair if each} <= set(made.shown)


def test_with_every_unit_listed_the_second_is_named_however_small_it_is():
    here, numbers = explained(Node("answer", 7), network=lenet())
    made = weighed_as(here, numbers, OF_MANY[1][0]).listing(unfolded=True)
    assert sentence(here, made).startswith("Units 1 and 2 speak most for ")


def test_what_a_logit_is_is_said_and_of_a_rival_how_the_difference_comes_about():
    here, numbers = explained(Node("output", 5), network=trained())
    logit = numbers.logit(5)
    assert f"{logit / 1000:.3f}".replace("-", "−") in words(here, numbers)
    assert "the score that softmax turns into a probability" in words(here, numbers)
    here, numbers = explained(Node("output", 5), network=trained(), contrast=7)
    against = numbers.against(7)
    assert "for red panda" in said(here, numbers)
    shown = re.findall(r"−?\d+\.\d{3}", words(here, against))
    first, second, lead = (read(each) for each in shown[-3:])
    assert first - second == lead


def test_a_line_leads_from_the_logit_through_softmax_to_the_class_but_from_no_lead():
    here, numbers = explained(Node("output", 5), network=trained())
    plan = here.detail
    path = stage_pose(here, numbers, plan)["why.onward"]["d"]
    assert path.startswith(f"M{plan.bars[-1].right:.1f} {plan.bars[-1].middle:.1f}")
    assert f"M{plan.onward.x:.1f} {plan.onward.middle:.1f}H" in path
    here, numbers = explained(Node("output", 5), network=trained(), contrast=2)
    assert stage_pose(here, numbers, plan)["why.onward"]["d"] == ""
