"""Numbers as they stand on the page, read back.

read("− 2.384")   # -2384
"""


def read(text: str) -> int:
    """A displayed number in thousandths; its sign may be set apart."""
    return round(
        1000 * float(text.replace("\N{MINUS SIGN}", "-").replace(" ", "").replace("+", ""))
    )
