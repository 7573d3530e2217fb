"""What the test command runs: all checks, or pytest alone, and more at random on demand."""

import sys
from io import StringIO
from types import SimpleNamespace

import pytest

from building.check import checks
from building.command import main
from building.report import Report


@pytest.fixture
def runs(monkeypatch):
    """Every command that would be run, with the environment that it would get."""
    found = []

    def run(command, *, env, **_options):
        found.append((command[2:], env))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(checks, "ready_python", lambda root, report: sys.executable)
    monkeypatch.setattr(checks, "ready_chromium", lambda python, report: "chromium")
    monkeypatch.setattr(checks.subprocess, "run", run)
    for name in checks.LONG:
        monkeypatch.delenv(name, raising=False)
    return found


def test_all_checks_are_run_and_the_tests_last(runs, tmp_path):
    assert checks.run_checks(tmp_path, [], Report(StringIO())) == 0
    assert [command[0] for command, _ in runs] == ["ruff", "ruff", "mypy", "pytest"]
    assert not any(name in environment for _, environment in runs for name in checks.LONG)


def test_with_arguments_of_pytest_that_alone_is_run(runs):
    assert main(["test", "tests/views", "-k", "logit"]) == 0
    ((command, _),) = runs
    assert command[0] == "pytest"
    assert command[-3:] == ["tests/views", "-k", "logit"]


def test_a_long_run_draws_more_at_random(runs):
    assert main(["test", "--long"]) == 0
    assert [command[0] for command, _ in runs] == ["ruff", "ruff", "mypy", "pytest"]
    for _, environment in runs:
        assert environment.items() >= checks.LONG.items()
    assert "--long" not in runs[-1][0]
