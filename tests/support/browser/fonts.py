"""Fonts that readers' systems have, one to a browser, by a fontconfig file for each.

Those that are not installed are left out. Debian's packages: fonts-dejavu-core, fonts-noto-core,
fonts-roboto-unhinted, fonts-inter, fonts-liberation, fonts-noto-cjk. ``FONT_FOLDERS`` names more
folders to look in.

    environment = font_environment("Roboto", folder)   # for the browser's own process
"""

import os
from pathlib import Path

from playwright.sync_api import Browser

from building.check.chromium import FLAGS, find_chromium

FAMILIES = {
    "Liberation Sans": "LiberationSans-Regular.ttf",
    "Inter": "Inter-Regular.otf",
    "DejaVu Sans": "DejaVuSans.ttf",
    "Noto Sans": "NotoSans-Regular.ttf",
    "Roboto": "Roboto-Regular.ttf",
    "Noto Sans CJK SC": "NotoSansCJK-Regular.ttc",
}
"""Each by a file that it has; the first two are tried in every run, and all in a long one."""

FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    *filter(None, os.environ.get("FONT_FOLDERS", "").split(os.pathsep)),
)  # fmt: skip
GENERIC = ("system-ui", "ui-sans-serif", "sans-serif", "sans")

CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
{folders}<cachedir>{cache}</cachedir>
<include ignore_missing="yes">/etc/fonts/conf.d</include>
{preferences}</fontconfig>
"""
PREFERENCE = """<match target="pattern">
<test qual="any" name="family"><string>{generic}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit></match>
"""


def families() -> list[str]:
    """The families to try in this run."""
    return list(FAMILIES)[: None if os.environ.get("LAYOUT_FONTS") == "all" else 2]


def is_installed(family: str) -> bool:
    """Whether this machine has a family, where fontconfig finds fonts."""
    folders = (Path(folder).expanduser() for folder in FOLDERS)
    return any(next(folder.rglob(FAMILIES[family]), None) for folder in folders)


def font_environment(family: str, folder: Path) -> dict[str, str]:
    """The environment of a browser that sets text in this family; the folder gets its file."""
    config = folder / "fonts.conf"
    config.write_text(
        CONFIG.format(
            folders="".join(f"<dir>{Path(each).expanduser()}</dir>\n" for each in FOLDERS),
            cache=folder / "cache",
            preferences="".join(PREFERENCE.format(generic=each, family=family) for each in GENERIC),
        ),
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def another_browser(browser: Browser, *flags: str, **how: object) -> Browser:
    """A browser beside the tests' own, started otherwise."""
    return browser.browser_type.launch(
        executable_path=find_chromium(), args=[*FLAGS, "--js-flags=--liftoff-only", *flags], **how
    )
