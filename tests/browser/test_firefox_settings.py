"""Firefox as its reader has set it: the page starts, reads truly, and promises what holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from cnnscope.pictures.resize import prepare
from cnnscope.text import load_text
from support.browser.console_watch import SETTLED
from support.browser.firefox import ENVIRONMENT_VARIABLE, Firefox, Tab, find_firefox
from support.pictures.encoded import Pixels, encoded, upright
from support.sampling import sampled

pytestmark = pytest.mark.browser

PATIENCE = 80  # seconds
TEXT = load_text("en")
FALSIFIED = TEXT("picture.notice.falsified")
CROPPED = TEXT("picture.notice.cropped")
UNTIL = """seconds => new Promise(done => {
    const end = performance.now() + 1000 * seconds;
    const look = () => {
        const holds = !!(TEST)();
        if (holds || performance.now() > end) done(holds);
        else setTimeout(look, 50);
    };
    look();
})"""
SAID = """() => {
    const {offline} = document.documentElement.dataset;
    return offline && offline !== 'saving';
}"""
STATE = """() => [
    document.documentElement.dataset.state, document.getElementById('boot-error').innerText,
]"""
SHOWN = """() => {
    const words = id => {
        const box = document.getElementById(id);
        return box.checkVisibility() ? box.innerText : '';
    };
    return [words('alert'), words('notice'), [...cnnscope.picture()]];
}"""
ASKED = "Storage access is restricted"
"""What Firefox itself writes on its console where a page asks whether it may store."""


@dataclass(frozen=True)
class Setting:
    """What a reader has set, the last word of use without a network, and how pictures are read."""

    preferences: Mapping[str, bool | int] = field(default_factory=dict)
    word: str = "ready"
    is_falsified: bool = False


SETTINGS = {
    "as it comes": Setting(),
    "all cookies blocked": Setting({"network.cookie.cookieBehavior": 2}, "forbidden"),
    "no words kept": Setting({"dom.storage.enabled": False}),
    "no workers": Setting({"dom.serviceWorkers.enabled": False}, "unsupported"),
    "little room": Setting({"dom.quotaManager.temporaryStorage.fixedLimit": 3000}, "full"),
    "always private": Setting({"browser.privatebrowsing.autostart": True}),
    "no cache": Setting({"browser.cache.disk.enable": False, "browser.cache.memory.enable": False}),
    "hard to recognise": Setting({"privacy.resistFingerprinting": True}, is_falsified=True),
    "protected from being recognised": Setting({"privacy.fingerprintingProtection": True}),
}


@pytest.fixture(params=sampled(SETTINGS, every=5))
def setting(request: pytest.FixtureRequest) -> Setting:
    return SETTINGS[request.param]


@pytest.fixture
def tab(setting: Setting, site_url: str, tmp_path: Path) -> Iterator[Tab]:
    path = find_firefox()
    if path is None:
        pytest.skip(f"no Firefox is installed, and {ENVIRONMENT_VARIABLE} names none")
    with Firefox.started(path, tmp_path / "profile", setting.preferences) as firefox:
        tab = firefox.tab(site_url)
        tab.go(f"{site_url}?probe")
        until(tab, SETTLED)
        yield tab
        assert [each for each in tab.problems if ASKED not in each] == []
        assert tab.foreign == []


def until(tab: Tab, condition: str) -> None:
    assert tab.run(UNTIL.replace("TEST", condition), PATIENCE), condition


def bring(tab: Tab, file: Path) -> tuple[str, str, Pixels]:
    """The alert, the notice and the picture once a file is read."""
    tab.run("() => { globalThis.isBrought = false; }")
    tab.run("""() => new MutationObserver((_, observer) => {
        if (document.documentElement.dataset.reading) return;
        observer.disconnect();
        globalThis.isBrought = true;
    }).observe(document.documentElement, {attributeFilter: ['data-reading']})""")
    tab.choose("#chooser", file)
    until(tab, "() => isBrought")
    alert, notice, values = tab.run(SHOWN)
    return alert, notice, np.array(values, np.uint8).reshape(64, 64, 3)


def test_the_page_starts_promises_what_holds_and_reads_truly(
    tab: Tab, setting: Setting, tmp_path: Path
) -> None:
    assert tab.run(STATE) == ["ready", ""]
    rgb = upright(300, 200)
    for name, options in (("PNG", {}), ("WEBP", {"lossless": True})):
        (tmp_path / name).write_bytes(encoded(rgb, name, **options))
    alert, notice, shown = bring(tab, tmp_path / "PNG")
    assert (alert, notice) == ("", FALSIFIED if setting.is_falsified else CROPPED)
    np.testing.assert_array_equal(shown, prepare(rgb))
    alert, _, after = bring(tab, tmp_path / "WEBP")
    expected = TEXT("picture.error.falsified", format="WebP") if setting.is_falsified else ""
    assert alert.removesuffix("×").strip() == expected
    np.testing.assert_array_equal(after, prepare(rgb))  # or the picture before
    until(tab, SAID)
    said = tab.run("() => document.getElementById('offline').innerText")
    assert said == TEXT(f"boot.offline.{setting.word}")
