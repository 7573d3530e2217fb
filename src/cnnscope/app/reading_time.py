"""How long a word about what is on screen stands there: as long as it takes to read.

reading_seconds("This picture moves; its first frame is used.")   # 6.6
"""

SETTLING = 4.0  # s, until somebody has seen that there is something to read
A_LETTER = 0.06  # s, of who reads slowly
A_HAN = 0.2  # s, of a sign that is a word or half of one
HAN_FROM = "\u2e80"


def reading_seconds(said: str) -> float:
    """How long it takes to see and read something."""
    return SETTLING + sum(A_HAN if sign >= HAN_FROM else A_LETTER for sign in said)
