"""The pinned runtime files: which bytes of other projects the page stands on.

Example::

    pins = read_pins()
    pin = pins["pyodide.asm.wasm"]
    check_bytes(pin, path.read_bytes())
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building.errors import BuildError

PIN_FILE = Path(__file__).with_name("runtime.toml")
SOURCE = re.compile(r"https://\S+|(npm|pip):[^!\s]+![^!\s]+|pip:[^!\s]+")
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Pin:
    """One file: its name, its exact bytes (by size and sum) and where it can be had, in order."""

    name: str
    size: int  # bytes
    sha256: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Pins:
    """Everything the pin file says."""

    files: dict[str, Pin]
    compiler: dict[str, Pin]  # wheels of the build's own, of which nothing is shipped
    versions: dict[str, str]
    node_minimum: int  # major version
    node_package: str  # what pip installs where Node.js is missing

    def __getitem__(self, name: str) -> Pin:
        """Return the pin of that name."""
        return self.files[name]

    def wheel(self, package: str) -> Pin:
        """Return the pin of a package's wheel."""
        return next(pin for name, pin in self.files.items() if name.startswith(f"{package}-"))


def read_pins(path: Path = PIN_FILE) -> Pins:
    """Read the pin file.

    Raises BuildError when an entry is incomplete or malformed, naming it.
    """
    with path.open("rb") as file:
        table = tomllib.load(file)
    files = _pins(table["file"], path.name)
    compiler = _pins(table.get("compiler", []), path.name)
    node = table["node"]
    return Pins(files, compiler, table["versions"], node["minimum"], node["package"])


def check_bytes(pin: Pin, content: bytes) -> None:
    """Raise BuildError unless the content is exactly what the pin names."""
    if len(content) != pin.size:
        raise BuildError(f"{pin.name}: expected {pin.size:,} bytes, got {len(content):,}; refused")
    found = hashlib.sha256(content).hexdigest()
    if found != pin.sha256:
        raise BuildError(f"{pin.name}: expected sha256 {pin.sha256}, got {found}; refused")


def _pins(entries: list[dict[str, Any]], file_name: str) -> dict[str, Pin]:
    pins: dict[str, Pin] = {}
    for entry in entries:
        pin = _pin(entry, file_name)
        if pin.name in pins:
            raise BuildError(f"{file_name}: {pin.name} is listed twice")
        pins[pin.name] = pin
    return pins


def _pin(entry: dict[str, Any], file_name: str) -> Pin:
    name = entry.get("name")
    if not isinstance(name, str) or not name or ".." in name or name.startswith("/"):
        raise BuildError(f"{file_name}: expected a relative file name, got {name!r}")
    size, sha256, sources = entry.get("size"), entry.get("sha256"), entry.get("sources")
    if not isinstance(size, int) or size <= 0:
        raise BuildError(f"{file_name}: {name}: expected a size in bytes, got {size!r}")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise BuildError(f"{file_name}: {name}: expected 64 hexadecimal digits, got {sha256!r}")
    if not isinstance(sources, list) or not sources:
        raise BuildError(f"{file_name}: {name}: expected a list of sources, got {sources!r}")
    for source in sources:
        if not isinstance(source, str) or not SOURCE.fullmatch(source):
            raise BuildError(
                f"{file_name}: {name}: expected https://..., npm:PACKAGE!PATH, pip:PACKAGE!PATH or"
                f" pip:PACKAGE, got {source!r}"
            )
    return Pin(name, size, sha256, tuple(sources))
