"""The section of the article that an address leads to, beside what the network shows.

    parted("picture=koala&section=pooling")   # ('picture=koala', 'pooling')
    joined("picture=koala", "pooling")        # 'picture=koala&section=pooling'
    joined("", "pooling")                     # 'pooling', which browsers follow by themselves

It is no part of the state: it says how far the page is scrolled, until another view is shown.
"""

import re

KEY = "section="
NAME = re.compile(r"[\w-]+")  # of a section; what else has no "=" was changed on its way here


def parted(address: str) -> tuple[str, str]:
    """What an address says of the network, and the section that it names beside that, or none."""
    parts = address.split("&")
    sections = [part.removeprefix(KEY) for part in parts if part.startswith(KEY)]
    rest = "&".join(part for part in parts if not part.startswith(KEY))
    return rest, sections[-1] if sections else ""


def section_of(address: str) -> str:
    """The section that an address names, by itself or beside what the network shows."""
    named = address if is_anchor(address) else parted(address)[1]
    return named if NAME.fullmatch(named) else ""


def joined(address: str, section: str) -> str:
    """An address with another section; with none, if that is empty."""
    rest = "" if is_anchor(address) else parted(address)[0]
    return f"{rest}&{KEY}{section}" if rest and section else rest or section


def is_anchor(address: str) -> bool:
    """Whether an address names a part of the article, and nothing that is shown."""
    return bool(address) and "=" not in address
