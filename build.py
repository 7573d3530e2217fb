#!/usr/bin/env python3
"""Builds, serves and tests cnnscope; needs nothing but Python 3.11 or newer.

python build.py serve      build the page and open it in a browser
python build.py test       check everything
python build.py dist       only build, into dist/
"""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("cnnscope's build needs Python 3.11 or newer; this is " + sys.version.split()[0])

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from building.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
