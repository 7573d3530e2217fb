"""The house in one picture: the folders of the application as boxes, their imports as arrows.

It is drawn from the code, so that it cannot say what is not so. Arrows that follow from others
are left out. Example::

    write_whole(root / HOUSE, picture(root / "src").encode())
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import wrap

from building.check.house_layout import (
    MARGIN,
    WIDTH,
    Graph,
    Place,
    Way,
    box_width,
    direct,
    lay_out,
    levels,
    ways,
)
from building.check.imports import imported, parts

HOUSE = Path(".github") / "house.svg"
PACKAGE = "cnnscope"
BESIDE_IT = "prerender"  # what is drawn with the application's own means while the page is built
BROWSER = "js"  # whoever imports it runs in a browser alone

LETTER = 6.9  # px, of a text of 13 px in a wide font
INSIDE = 16  # px from a box's side to its text
FIRST_LINE = 26  # px from a box's top to the line of its name
LINE = 18  # px from line to line
BELOW = 14  # px from the last line to a box's end
HEAD = 8  # px of an arrow's

STYLE = """
:root{color-scheme:light dark}
text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:#515b6b}
.name{font-size:16px;font-weight:600;fill:#1b2230}
.uses{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#6b7482}
rect{fill:#fbfaf7;stroke:#cfccc3}
.page rect{fill:#e4eef7;stroke:#9dbbd8}
path{fill:none;stroke:#7d8794;stroke-width:1.5}
.head{fill:#7d8794;stroke:none}
@media (prefers-color-scheme:dark){
text{fill:#a5afbd}.name{fill:#e9ecf1}.uses{fill:#8f99a8}
rect{fill:#1c222c;stroke:#414b5a}.page rect{fill:#1d3147;stroke:#3f6288}
path{stroke:#8a94a3}.head{fill:#8a94a3}}
"""


@dataclass(frozen=True)
class Part:
    """A folder of the application, or the module that starts it."""

    said: str  # its docstring's first line
    below: set[str]  # the parts that it imports, without itself
    uses: tuple[str, ...]  # what it imports of others, beside the standard library


def read_parts(source: Path) -> dict[str, Part]:
    """Return every part of the application, by its name."""
    found = parts(source / PACKAGE, PACKAGE)
    found[BESIDE_IT] = set().union(*parts(source / BESIDE_IT, PACKAGE).values())
    return {
        name: read_part(source, name, below) for name, below in found.items() if name != "__init__"
    }


def read_part(source: Path, name: str, below: set[str]) -> Part:
    """Return what a part says of itself, and what it uses."""
    folder = source / name if name == BESIDE_IT else source / PACKAGE / name
    paths = sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]
    names = {each.split(".")[0] for path in paths for each in imported(path)}
    uses = names - sys.stdlib_module_names - {PACKAGE, BESIDE_IT}
    said = ast.get_docstring(ast.parse(paths[0].read_text(encoding="utf-8"))) or ""
    return Part(said.partition("\n")[0], below - {name}, tuple(sorted(uses, key=str.lower)))


def picture(source: Path) -> str:
    """Return the picture as SVG, legible on light and dark ground."""
    found = read_parts(source)
    graph = direct({name: part.below for name, part in found.items()})
    lines = {
        name: wrapped(found[name].said, box_width(len(level)))
        for level in levels(graph)
        for name in level
    }
    heights = {name: box_height(part, lines[name]) for name, part in found.items()}
    places = lay_out(graph, heights)
    height = max(place.foot for place in places.values()) + MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}"'
            f' width="{WIDTH}" height="{height:g}" role="img" aria-labelledby="title">',
            f'<title id="title">{escape(summary(graph))}</title>',
            f"<style>{STYLE}</style>",
            *(arrow(way) for way in ways(places, graph).values()),
            *(box(name, found[name], lines[name], place) for name, place in places.items()),
            "</svg>\n",
        )
    )


def wrapped(said: str, width: float) -> list[str]:
    """Return a sentence in lines that a box of a width has room for."""
    return wrap(said, int((width - 2 * INSIDE) / LETTER))


def box_height(part: Part, lines: list[str]) -> float:
    """Return the height of a box with a name, such lines, and perhaps what it uses."""
    return FIRST_LINE + LINE * (len(lines) + bool(part.uses)) + BELOW


def summary(graph: Graph) -> str:
    """Return the picture in words, for who does not see it."""
    said = (f"{name} imports {', '.join(sorted(below))}" for name, below in graph.items() if below)
    return f"What imports what: {'; '.join(said)}."


def box(name: str, part: Part, lines: list[str], place: Place) -> str:
    """Return a box with a part's name, what it says of itself, and what of others it uses."""
    left, width, height = place.x - place.width / 2, place.width, place.height
    texts = [("name", name), *(("said", line) for line in lines)]
    if part.uses:
        texts.append(("uses", " ".join(part.uses)))
    drawn = "".join(
        f'<text class="{kind}" x="{left + INSIDE:g}" y="{place.y + FIRST_LINE + LINE * at:g}">'
        f"{escape(text)}</text>"
        for at, (kind, text) in enumerate(texts)
    )
    group = '<g class="page">' if BROWSER in part.uses else "<g>"
    frame = f'<rect x="{left:g}" y="{place.y:g}" width="{width:g}" height="{height:g}" rx="8"/>'
    return f"{group}{frame}{drawn}</g>"


def arrow(way: Way) -> str:
    """Return an arrow: a curve from level to level, straight down beside what it passes."""
    (x, y), *rest = way
    (tip_x, tip_y) = rest.pop()
    line = f"M{x:g} {y:g}"
    for to_x, to_y in (*rest, (tip_x, tip_y - HEAD)):
        middle = (y + to_y) / 2
        line += f"C{x:g} {middle:g} {to_x:g} {middle:g} {to_x:g} {to_y:g}"
        x, y = to_x, to_y
    head = f"M{tip_x - HEAD / 2:g} {tip_y - HEAD:g}h{HEAD}l{-HEAD / 2:g} {HEAD}z"
    return f'<path d="{line}"/><path class="head" d="{head}"/>'
