import importlib
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from support.fake_js import FakeElement


@pytest.fixture
def observers(js):
    """What was made to observe: [what it tells, its options, what it observes]."""
    made = []

    def new(tell, options):
        observed = []
        made.append((tell, options, observed))
        return SimpleNamespace(disconnect=observed.clear, observe=observed.append)

    js.IntersectionObserver.new = new
    return made


@pytest.fixture
def act():
    return Mock()


@pytest.fixture
def sight(js, observers, act):
    return importlib.import_module("cnnscope.browser.sight").Sight(act, lambda handler: handler)


def entry(name, *, is_there):
    place = FakeElement("DIV", {"data-live": name})
    return SimpleNamespace(target=place, isIntersecting=is_there)


def test_every_place_is_watched_and_none_of_an_article_that_was_left(sight, js, observers):
    js.document.querySelectorAll.return_value = ["one", "other"]
    sight.watch()
    assert [observed for *_, observed in observers] == [["one", "other"]] * 2
    js.document.querySelectorAll.return_value = ["new"]
    sight.watch()
    assert [observed for *_, observed in observers] == [["new"]] * 2


def test_a_figure_is_told_when_it_comes_near_is_seen_and_is_gone(sight, observers, act):
    (near, options, _), (seen, _, _) = observers
    assert options == {"rootMargin": "100% 0px"}
    near([entry("sliding", is_there=False), entry("landing", is_there=True)], None)
    seen([entry("landing", is_there=True), entry("sliding", is_there=False)], None)
    told = [call.args for call in act.call_args_list]
    assert told == [("landing.near",), ("landing.seen",), ("sliding.gone",)]
