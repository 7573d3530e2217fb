"""The tests' own environment: a virtual environment and a browser.

Example::

    python = ready_python(root, report)
    chromium = ready_chromium(python, report)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from building.check.chromium import ENVIRONMENT_VARIABLE, find_chromium
from building.errors import BuildError
from building.fetch.cache import key_of
from building.fetch.tools import environment_python, make_environment
from building.report import Report

STAMP = "requirements.sha256"
HOW_TO_GET_CHROMIUM = f"""\
The tests drive a real Chromium, and none was found.
  Debian, Ubuntu:  apt-get install chromium
  Fedora:          dnf install chromium
  macOS, Windows:  install Chrome or Chromium
Or name one in the environment variable {ENVIRONMENT_VARIABLE}."""


def ready_python(root: Path, report: Report) -> Path:
    """Return the Python of ``.cache/venv``, with what pyproject.toml's ``test`` extra names."""
    with (root / "pyproject.toml").open("rb") as file:
        requirements: list[str] = tomllib.load(file)["project"]["optional-dependencies"]["test"]
    folder = root / ".cache" / "venv"  # .venv may be somebody's own
    key = key_of(*requirements, sys.version)
    stamp = folder / STAMP
    whole = environment_python(folder).exists() and stamp.exists()
    if not whole or stamp.read_text() != key:
        report.line(f"Setting up {folder.relative_to(root)} with {', '.join(requirements)} ...")
        make_environment(folder)
        command = [str(environment_python(folder)), "-m", "pip", "install", "--quiet"]
        environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        if subprocess.run([*command, *requirements], env=environment, check=False).returncode:
            raise BuildError("pip could not install what the tests need; its own message is above")
        stamp.write_text(key)
    return environment_python(folder)


def ready_chromium(python: Path, report: Report) -> str:
    """Return the path of a Chromium, having the driver fetch one where none is installed.

    Raises BuildError that says how to get one.
    """
    if found := find_chromium():
        return found
    ask = "from playwright.sync_api import sync_playwright as start\n"
    ask += "with start() as playwright: print(playwright.chromium.executable_path)"
    answer = subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=False)
    path = Path(answer.stdout.strip() or "none")
    if not path.is_file():
        report.line("No Chromium found: asking Playwright to fetch one ...")
        subprocess.run([str(python), "-m", "playwright", "install", "chromium"], check=False)
    if not path.is_file():
        raise BuildError(HOW_TO_GET_CHROMIUM)
    return str(path)
