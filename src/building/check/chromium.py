"""Finding the browser that the tests drive.

Example::

    path = find_chromium()
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ENVIRONMENT_VARIABLE = "CHROMIUM_PATH"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
# For a machine without a display, and so that the browser itself asks nothing of the network.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # containers give it little
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def find_chromium() -> str | None:
    """Return the path of a Chromium: CHROMIUM_PATH, or an installed one, or None."""
    if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
        return chosen
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return next((place for place in PLACES.get(sys.platform, ()) if Path(place).exists()), None)
