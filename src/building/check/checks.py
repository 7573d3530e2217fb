"""Everything that must pass before a change is taken: lint, format, types, tests.

Example::

    status = run_checks(root, ["-k", "softmax"], report)
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from building.check.chromium import ENVIRONMENT_VARIABLE
from building.check.environment import ready_chromium, ready_python
from building.report import Report

TYPED = ("src", "build.py")  # train.py's PyTorch is not installed for the tests
# A worker a processor, each with a browser of its own, whose pages a file's tests share. Files are
# handed out in their order: the browser's, which take longest, come first.
IN_PARALLEL = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
IN_PARALLEL += ["--no-loadscope-reorder"]
# What tests read that take as long as they are given.
LONG = {"MONKEY_SEEDS": "20", "MONKEY_ACTIONS": "1000", "PAIR_CHAINS": "1000"}
LONG |= {"LAYOUT_FONTS": "all", "LAYOUT_SETTINGS": "all", "KILLS": "25", "EVERY_CASE": "yes"}


def run_checks(
    root: Path, pytest_arguments: list[str], report: Report, *, is_long: bool = False
) -> int:
    """Run all checks, or pytest alone where it is given arguments; return the exit status.

    A long run takes an hour on two processors. The tests come last, so that the last line is
    theirs, unless another check failed.
    """
    python = ready_python(root, report)
    chromium = ready_chromium(python, report)
    modules = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "--quiet", "."],
        "mypy": ["mypy", *TYPED],
        "pytest": ["pytest", *IN_PARALLEL, *pytest_arguments],
    }
    if pytest_arguments:
        modules = {"pytest": modules["pytest"]}
    environment = os.environ | {ENVIRONMENT_VARIABLE: chromium, "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= LONG if is_long else {}
    failed = []
    for name, arguments in modules.items():
        report.line(f"--- {name}")
        done = subprocess.run(
            [str(python), "-m", *arguments], cwd=root, env=environment, check=False
        )
        if done.returncode:
            failed.append(name)
    if failed and failed != ["pytest"]:
        passed = len(modules) - len(failed)
        print(f"Failed: {', '.join(failed)}\nchecks: {passed} passed, {len(failed)} failed")
    return 1 if failed else 0
