"""What every part of a build works with: cache, pins, programs, fetcher, and its voice.

Example::

    context = make_context(cache_folder(), Report(sys.stderr))
    context.fetcher.fetch(context.pins["pyodide.mjs"])
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from building.fetch.cache import Cache
from building.fetch.fetch import Fetcher
from building.fetch.pins import Pins, read_pins
from building.fetch.tools import Tools
from building.report import Report


@dataclass(frozen=True)
class BuildContext:
    """Passed from the command to each part, so that a test can pass another cache."""

    cache: Cache
    pins: Pins
    tools: Tools
    fetcher: Fetcher
    report: Report


def make_context(folder: Path, report: Report) -> BuildContext:
    """Return the context of a build that keeps its files in that cache folder."""
    cache = Cache(folder, report)
    pins = read_pins()
    tools = Tools(cache, pins, report)
    return BuildContext(cache, pins, tools, Fetcher(cache, tools, report), report)
