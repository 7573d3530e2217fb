from dataclasses import replace

import pytest

from cnnscope.state.state import Node
from cnnscope.views.shared.player_controls import ICONS, bar, bar_pose
from support.fake_page import keyed
from support.networks import explained
from support.states import changed

NODE = Node("conv_2_2", 4)  # 26 by 26


def posed(**state):
    here, explanation = explained(NODE)
    return bar_pose(replace(here, state=changed(here.state, **state)), explanation)


def test_the_bar_has_a_button_for_each_action_and_all_that_is_posed_is_there():
    here, explanation = explained(NODE)
    places = keyed(str(bar(here, explanation, here.detail.bar)))
    assert set(bar_pose(here, explanation)) <= set(places)
    actions = {each["data-action"] for each in places.values() if "data-action" in each}
    assert actions == {"back", "play", "step", "skip"}
    assert all(each["aria-label"] for each in places.values() if "data-action" in each)


@pytest.mark.parametrize(("playing", "action"), [(False, "play"), (True, "pause")])
def test_the_middle_button_plays_or_pauses(playing, action):
    pose = posed(playing=playing)
    assert pose["play.play"]["data-action"] == pose["play.play"]["data-on"] == action
    assert pose["play.play"]["aria-label"].lower() == action
    assert pose["play.play.icon"]["d"] == ICONS[action]


@pytest.mark.parametrize(
    ("state", "action"),
    [({}, "skip"), ({"reached": (5, 5)}, "skip"), ({"is_whole": True}, "replay"),
     ({"reached": (25, 25)}, "replay"), ({"reached": (25, 24)}, "skip"),
     ({"is_whole": True, "playing": True}, "skip")],
)  # fmt: skip
def test_the_last_button_skips_until_everything_is_shown_and_then_replays(state, action):
    pose = posed(**state)
    assert pose["play.skip"]["data-on"] == action
    assert pose["play.skip.icon"]["d"] == ICONS[action]


def test_the_slider_runs_over_all_cells_and_says_where_the_window_is():
    here, explanation = explained(NODE)
    slider = keyed(str(bar(here, explanation, here.detail.bar)))["play.place"]
    assert (slider["min"], slider["max"]) == ("0", str(26 * 26 - 1))
    pose = posed(window=(2, 7))
    assert pose["play.place"] == {"value": 2 * 26 + 7, "aria-valuetext": "row 3, column 8"}
    assert posed()["play.place"]["value"] == 0


def test_the_chosen_speed_is_pressed_and_no_other():
    pose = posed(speed="slow")
    pressed = [key for key in ("play.slow", "play.medium", "play.fast")
               if pose[key]["aria-pressed"] == "true"]  # fmt: skip
    assert pressed == ["play.slow"]
