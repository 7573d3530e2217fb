"""What pyproject.toml says of the project: its version, who made it, where its source is.

Example::

    read_project(root).source     # "https://example.org/cnnscope", or None where none is known
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = "pyproject.toml"
OWN = Path(__file__).parents[3] / FILE  # of what builds, where a copy has none


@dataclass(frozen=True)
class Project:
    """What a page says of the project that it is built from."""

    version: str
    authors: str  # in one line
    source: str | None  # address of the repository: ``project.urls``, ``Source``


def read_project(root: Path) -> Project:
    """Return what the project's own file says."""
    path = root / FILE if (root / FILE).exists() else OWN
    said = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    authors = ", ".join(author["name"] for author in said["authors"])
    return Project(said["version"], authors, said.get("urls", {}).get("Source"))
