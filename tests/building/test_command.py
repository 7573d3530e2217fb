"""The command line: what it says of itself, and what it refuses."""

import subprocess
import sys

import pytest

from support.sites import ROOT


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--help"], 0, "serve"),
        ([], 2, "usage"),
        (["dust"], 2, "invalid choice"),
        (["dist", "--nonsense"], 2, "unrecognized arguments"),
        (["serve", "--port", "99999"], 2, "expected 0 to 65535"),
    ],
)
def test_the_command_line_explains_itself(arguments: list[str], status: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert said in done.stdout + done.stderr
