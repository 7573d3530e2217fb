"""Borrowed programs: what is said where an environment cannot be made, and what pip may install."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from building.errors import BuildError
from building.fetch import tools
from building.fetch.pins import read_pins
from building.fetch.tools import NODE_SUMS, make_environment
from support.sites import make_context


def test_what_venv_itself_says_is_shown(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    with pytest.raises(BuildError) as failure:
        make_environment(tmp_path / "file")
    said = str(failure.value)
    assert str(tmp_path / "file") in said
    assert len(said.splitlines()) > 1
    assert "ensurepip" not in said


def test_a_python_without_ensurepip_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "No module named ensurepip")

    monkeypatch.setattr(subprocess, "run", failing)
    with pytest.raises(BuildError, match="apt-get install python3-venv"):
        make_environment(tmp_path / "venv")


def test_node_is_installed_by_the_sums_of_its_wheels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(tools.shutil, "which", lambda name: None)
    monkeypatch.setattr(tools, "run_quietly", lambda command, folder: asked.append(command))
    make_context(tmp_path / "cache").tools.node()
    assert "--require-hashes" in asked[0]
    assert str(NODE_SUMS) in asked[0]
    listed = NODE_SUMS.read_text(encoding="utf-8")
    assert f"\n{read_pins().node_package} \\\n" in listed
    assert len(set(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", listed))) == 8
