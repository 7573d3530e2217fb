"""What the build tells the person at the keyboard: plain lines, and a bar while bytes arrive.

Example::

    report = Report(sys.stderr)
    with report.transfer("pyodide.asm.wasm", 9_596_386) as advance:
        advance(65536)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

BAR_WIDTH = 30  # characters


class Report:
    """Writes to a terminal or a log; a log gets no bars."""

    def __init__(self, stream: TextIO) -> None:
        """Write to that stream."""
        self._stream = stream
        self._live = stream.isatty()

    def line(self, text: str) -> None:
        """Write one line."""
        print(text, file=self._stream, flush=True)

    @contextmanager
    def transfer(self, name: str, total: int, start: int = 0) -> Iterator[Callable[[int], None]]:
        """Show one transfer of ``total`` bytes; yield a function to tell of bytes that arrived."""
        if not self._live:
            self.line(f"  {name} ({_megabytes(total)})")
            yield lambda count: None
            return
        done = start

        def advance(count: int) -> None:
            nonlocal done
            done += count
            filled = min(BAR_WIDTH, BAR_WIDTH * done // total)
            bar = "#" * filled + "." * (BAR_WIDTH - filled)
            self._stream.write(f"\r  [{bar}] {_megabytes(done):>8} of {_megabytes(total)}  {name} ")
            self._stream.flush()

        advance(0)
        try:
            yield advance
        finally:
            self._stream.write("\n")


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
