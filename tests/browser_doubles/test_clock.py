import importlib

import pytest

from support.fake_js import with_browser


@pytest.fixture
def clock(monkeypatch):
    js = with_browser(monkeypatch)
    made = importlib.import_module("cnnscope.browser.clock").Clock()
    made.asked = js.requestAnimationFrame
    return made


def failing(seconds):
    raise ValueError(seconds)


def test_each_tick_is_called_at_each_frame_with_its_seconds(clock):
    first, second = [], []
    clock.run(first.append, "first")
    clock.run(second.append, "second")
    assert clock.asked.call_count == 1
    clock.on_frame(500)
    clock.run(None, "first")
    clock.on_frame(1500)
    assert (first, second) == ([0.5], [0.5, 1.5])


@pytest.mark.parametrize("names", [("failing", "other"), ("other", "failing")])
def test_a_tick_that_fails_is_told_of_and_lets_the_other_go_on(clock, names):
    told, seconds = [], []
    clock.fail = told.append
    for name in names:
        clock.run(failing if name == "failing" else seconds.append, name)
    with pytest.raises(ValueError, match=r"0\.5"):
        clock.on_frame(500)
    assert [str(error) for error in told] == ["0.5"]
    assert clock.asked.call_count == 2
    clock.on_frame(1500)
    assert seconds[-1] == 1.5
    assert len(told) == 1


def test_a_frame_without_ticks_asks_for_no_other(clock):
    clock.run(lambda _: clock.run(None, "once"), "once")
    clock.on_frame(500)
    assert clock.asked.call_count == 1


def test_a_tick_that_is_stopped_by_another_is_not_called_any_more(clock):
    seconds = []
    clock.run(lambda _: clock.run(None, "other"), "one")
    clock.run(seconds.append, "other")
    clock.on_frame(500)
    assert seconds == []
