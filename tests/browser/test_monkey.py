"""A monkey at the page, in a real Chromium: whatever it does, a fresh page shows the same.

One seed each time; for a long run, give how many, of how many actions each, and which is first:

    MONKEY_SEEDS=20 MONKEY_ACTIONS=1000 MONKEY_FIRST=1 python -m pytest tests/browser/test_monkey.py

A failure tells the seed and the trail of actions that led there, as JSON. With the trail in a file,
what it needs of it is found by leaving out as much as goes:

    MONKEY_FIRST=7 MONKEY_TRAIL=trail.json python -m pytest tests/browser/test_monkey.py
"""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.monkey.runner import GROWTH, Keeper, shortened

pytestmark = pytest.mark.browser

FIRST = int(os.environ.get("MONKEY_FIRST", "2"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("MONKEY_SEEDS", "1")))
ACTIONS = int(os.environ.get("MONKEY_ACTIONS", "80"))
TRAIL = os.environ.get("MONKEY_TRAIL")

if TRAIL:

    def test_a_trail_goes_right(browser: Browser, site_url: str) -> None:
        trail = shortened(browser, site_url, FIRST, json.loads(Path(TRAIL).read_text()))
        with Keeper(browser, site_url, FIRST) as keeper:
            violations = keeper.replay(trail)
        assert not violations, "\n".join([*violations, json.dumps(trail)])

else:

    @pytest.mark.parametrize("seed", SEEDS)
    def test_whatever_is_done_a_fresh_page_at_the_address_shows_the_same(
        browser: Browser, site_url: str, seed: int
    ) -> None:
        with Keeper(browser, site_url, seed) as keeper:
            violations = keeper.watch(ACTIONS)
            assert not violations, "\n".join(violations)
            for name, (kept, fresh) in keeper.growth().items():
                assert kept < fresh + GROWTH[name], name
