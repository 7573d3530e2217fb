"""Makes ``public/fonts/math.woff2``: the part of STIX Two Math that the page's formulas need.

It has a MATH table, without which brackets do not stretch, and which few machines have a font with.
Needs fontTools and brotli, which nothing else here does, and the font as it is published:

    npm pack @fontsource/stix-two-math@5.3.0 && tar xzf fontsource-stix-two-math-5.3.0.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python src/fonts/math_subset.py package/files/stix-two-math-latin-400-normal.woff2

A sign that a formula is to use is added to ``SIGNS``; a test says which are missing.
"""

import hashlib
import string
import sys
from pathlib import Path

PUBLISHED = "8b2a6834cfe1f4e0f3724ffa59fe92000013fc5a4c41e6a3f438006c26c60f0d"
"""SHA-256 of the file that the subset is made of."""

NAME = "cnnscope Math"  # the licence reserves none, and yet it is another font
MADE = Path(__file__).parents[2] / "public" / "fonts" / "math.woff2"

GREEK = "αβγδεζηθικλμνξοπρςστυφχψω"
OPERATORS = "+−±×÷·∗/=≈≠<>≤≥,.:;!|‖()[]{}⌊⌋⌈⌉⟨⟩∑∏∫∂∇√∞∈←→↦…′ "
SIGNS = frozenset(string.ascii_letters + string.digits + GREEK + OPERATORS)
"""What formulas may say. A letter alone is set in italics, which are signs of their own."""

ITALIC, ITALIC_GREEK = 0x1D434, 0x1D6FC  # where A and α stand among the letters of mathematics
ITALIC_H, PLANCK = 0x1D455, 0x210E  # where an italic h would stand, and where it does


def italics() -> set[int]:
    """The signs that a browser sets for a letter alone."""
    latin = {ITALIC + k for k in range(len(string.ascii_letters))} - {ITALIC_H}
    return latin | {PLANCK} | {ITALIC_GREEK + k for k in range(len(GREEK))}


def make(published: Path) -> bytes:
    """The subset of the published font, under a name of its own."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(
        flavor="woff2", layout_features=["ssty", "kern"], hinting=False, notdef_outline=True
    )
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = load_font(str(published), options)
    for entry in font["name"].names:
        if entry.nameID in (1, 3, 4, 6):
            entry.string = NAME.replace(" ", "") if entry.nameID == 6 else NAME
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(sign) for sign in SIGNS} | italics())
    subsetter.subset(font)
    save_font(font, str(MADE), options)
    return MADE.read_bytes()


def main() -> None:
    """Make the subset of the font that the arguments name."""
    published = Path(sys.argv[1])
    found = hashlib.sha256(published.read_bytes()).hexdigest()
    if found != PUBLISHED:
        raise SystemExit(f"{published}: expected SHA-256 {PUBLISHED}, got {found}")
    print(f"{MADE}: {len(make(published)):,} bytes")


if __name__ == "__main__":
    main()
