"""What happens when Chromium's own renderer dies while a page loads, as it now and then does.

The test is run once more, with fresh fixtures, and the run's summary says so. A renderer that dies
again, or after the page is up, or more than ``FORGIVEN`` times a worker, fails the test: the cause
may be ours.
"""

from collections.abc import Generator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from support.browser.console_watch import RendererCrashError

FORGIVEN = 3  # a worker; two in four hundred starts were seen
PROPERTY = "renderer crashed"

_began_again = pytest.StashKey[list[str]]()
_crash = pytest.StashKey[str]()
_failed = pytest.StashKey[bool]()


def has_failed(test: pytest.Item) -> bool:
    """Whether a test that is coming to its end has failed."""
    return test.stash.get(_failed, False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    if call.excinfo is not None and isinstance(call.excinfo.value, RendererCrashError):
        item.stash[_crash] = call.excinfo.value.args[0].splitlines()[0]
    report = yield
    item.stash[_failed] = report.failed
    return report


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    place = item.nodeid, item.location
    item.ihook.pytest_runtest_logstart(nodeid=place[0], location=place[1])
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    crash = item.stash.get(_crash, None)
    before = item.config.stash.setdefault(_began_again, [])
    if crash is not None and len(before) < FORGIVEN:
        before.append(item.nodeid)
        item.user_properties.append((PROPERTY, crash))
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=place[0], location=place[1])
    return True


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told = {
        report.nodeid: dict(report.user_properties)[PROPERTY]
        for reports in terminalreporter.stats.values()
        for report in reports
        if PROPERTY in dict(getattr(report, "user_properties", ()))
    }
    if told:
        terminalreporter.section("renderer crashes", yellow=True)
        for name, crash in told.items():
            terminalreporter.line(f"{name}: begun again, for Chromium's renderer died ({crash})")
