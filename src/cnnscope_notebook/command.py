"""The shell command: a network's file in the browser, or saved as a page.

cnnscope net.pt2 --classes cat,dog --picture cat.jpg
cnnscope net.keras --save lesson.html
cnnscope                                 # the page alone
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.frame import Frame
from cnnscope_notebook.page import page_text
from cnnscope_notebook.show import page_with
from cnnscope_own.opened import SCALES


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit status."""
    options = parser().parse_args(arguments)
    try:
        frame = Frame(page_of(options))
        if options.save is None:
            print(f"{frame.open()} is open in the browser")
        else:
            size = frame.save(options.save).stat().st_size
            print(f"{options.save}: {size / 1e6:.1f} MB; open it in a browser")
    except (ModelError, OSError) as error:
        print(f"cnnscope: {error}", file=sys.stderr)
        return 1
    return 0


def page_of(options: argparse.Namespace) -> str:
    """The page that is asked for. Raises ModelError, OSError."""
    if not options.file:
        return page_text()
    classes = options.classes
    if classes is not None and Path(classes).is_file():
        classes = Path(classes).read_text(encoding="utf-8")
    return page_with(options.file, options.picture, classes, options.scale, options.input_shape)


def shape(text: str) -> tuple[int, ...]:
    """Channels, rows and columns of ``1,28,28``."""
    parts = text.replace("x", ",").split(",")
    if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
        raise argparse.ArgumentTypeError(f"expected channels,rows,columns, got {text!r}")
    return tuple(map(int, parts))


def parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    made = argparse.ArgumentParser(
        prog="cnnscope", description="Look inside a network of your own."
    )
    made.add_argument("file", nargs="*", help="a network's file, or the files of one; without "
                      "any, the page opens alone")  # fmt: skip
    made.add_argument("--classes", help="names with commas between, or a file with one a line")
    made.add_argument(
        "--picture", action="append", default=[], help="to begin with; may be repeated"
    )
    made.add_argument("--scale", choices=SCALES, help="how pixels become numbers; default: as the "
                      "file says, else 0..1")  # fmt: skip
    made.add_argument("--input-shape", type=shape, help="channels,rows,columns of its pictures")
    made.add_argument("--save", type=Path, metavar="PAGE", help="write one HTML file instead")
    return made
