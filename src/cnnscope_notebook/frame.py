"""The page in a frame, as a notebook shows what a cell returns; as a file, elsewhere.

Frame(page, height=720)            # the last line of a cell
Frame(page).save("lesson.html")
"""

import tempfile
import webbrowser
from pathlib import Path
from typing import Any

HEIGHT = 720
"""CSS pixels of a frame: the network, its header and controls."""


class Frame:
    """A page that shows itself."""

    def __init__(self, page: str, height: int = HEIGHT) -> None:
        """Show a page, in a frame of a height in CSS pixels."""
        self.page = page
        self.height = int(height)

    def __repr__(self) -> str:
        """What it is, for those who show no pages."""
        return f"<cnnscope: a page of {len(self.page) / 1e6:.1f} MB; .open() or .save('net.html')>"

    def _repr_html_(self) -> str:
        """The page within the markup of a frame: nothing is fetched for it."""
        page = self.page.replace("&", "&amp;").replace('"', "&quot;")
        return (
            f'<iframe title="cnnscope" height="{self.height}" allow="clipboard-write; fullscreen" '
            f'style="inline-size: 100%; border: 1px solid #8888" srcdoc="{page}"></iframe>'
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The same, and what it is in words."""
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}

    def save(self, path: str | Path) -> Path:
        """Write the page as one file, which opens by double-click. Raises OSError."""
        file = Path(path)
        file.write_text(self.page, encoding="utf-8")
        return file

    def open(self) -> Path:
        """Open the page in the browser, from a file in the system's folder for what is passing."""
        file = self.save(Path(tempfile.mkdtemp(prefix="cnnscope-")) / "cnnscope.html")
        webbrowser.open(file.as_uri())
        return file
