"""Files that were damaged on purpose: seeded, so that what a reader trips over comes back.

    for broken in mutations(content, seed=7, count=60):
        with suppress(RefusedError):
            read_onnx({"net.onnx": broken}, "net.onnx")

Most of those of a ZIP archive keep a directory and checksums that are right, and are damaged in a
member, as what one meets in the wild is not; and JSON is also damaged as JSON.
"""

import json
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

PIECE = 4096
"""Bytes that one step of damage adds, removes or overwrites at most."""

STEPS = 4
"""Steps of damage to one file at most."""

LARGEST_JSON = 256 << 10
"""Bytes of JSON that is taken apart and damaged as such; what is larger is damaged as bytes."""

NESTINGS = (150, 1_000, 100_000)
"""Levels of brackets that are put around something in JSON."""

LONGER = 2 * max(NESTINGS) + STEPS * PIECE + 7 * LARGEST_JSON
"""Bytes by which a file grows at most."""


def mutations(content: bytes, seed: int, count: int) -> Iterator[bytes]:
    """So many damaged copies, one at a time; the same ones for the same seed.

    One at a time is in memory, and is longer than the content by ``LONGER`` at most (members of an
    archive that were packed are stored as they are).
    """
    chance = random.Random(seed)
    members = _members(content)
    for _ in range(count):
        if members and chance.random() < 0.6:
            yield _with_a_damaged_member(members, chance)
        else:
            yield _damaged(content, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """Some steps of damage, to bytes or, where it is that, to JSON."""
    if content[:1] in (b"{", b"[") and len(content) <= LARGEST_JSON and chance.random() < 0.6:
        try:
            return _damaged_json(json.loads(content), chance)
        except (ValueError, RecursionError):
            pass
    for _ in range(chance.randint(1, STEPS)):
        content = chance.choice(DAMAGES)(content, chance)
    return content


def _span(content: bytes, chance: random.Random) -> tuple[int, int]:
    """A piece to be damaged: often a few bytes, near the start as often as anywhere."""
    reach = len(content) if chance.random() < 0.5 else min(len(content), 512)
    start = chance.randint(0, reach)
    length = chance.choice((1, 2, 4, 8, 64, chance.randint(1, PIECE)))
    return start, min(len(content), start + length)


def _flip(content: bytes, chance: random.Random) -> bytes:
    """Some bits of a piece."""
    start, end = _span(content, chance)
    made = bytearray(content)
    for _ in range(min(end - start, 8)):
        made[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(content: bytes, chance: random.Random) -> bytes:
    """A piece is missing, or all that follows."""
    start, end = _span(content, chance)
    return content[:start] + (content[end:] if chance.random() < 0.7 else b"")


def _insert(content: bytes, chance: random.Random) -> bytes:
    """A few bytes that have no business there."""
    start, end = _span(content, chance)
    return content[:start] + chance.randbytes(min(end - start, 64)) + content[start:]


def _duplicate(content: bytes, chance: random.Random) -> bytes:
    """A piece stands there twice."""
    start, end = _span(content, chance)
    return content[:end] + content[start:]


def _zero(content: bytes, chance: random.Random) -> bytes:
    """A piece of nothing but zeros, or of nothing but ones."""
    start, end = _span(content, chance)
    return content[:start] + chance.choice((b"\0", b"\xff")) * (end - start) + content[end:]


def _swap(content: bytes, chance: random.Random) -> bytes:
    """Two pieces that follow each other change places."""
    start, end = _span(content, chance)
    far = min(len(content), 2 * end - start)
    return content[:start] + content[end:far] + content[start:end] + content[far:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _insert, _duplicate, _zero, _swap,
)  # fmt: skip


Members = list[tuple[str, bytes]]


def _members(content: bytes) -> Members:
    """Names and bytes of an archive's members; none of what is no archive."""
    if not content.startswith(b"PK"):
        return []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _with_a_damaged_member(members: Members, chance: random.Random) -> bytes:
    """An archive with right checksums, one of whose members is damaged, gone, renamed or twice."""
    at = chance.randrange(len(members))
    name, content = members[at]
    match chance.randrange(10):
        case 0:
            changed: Members = []
        case 1:
            changed = [(name + chance.choice("/x"), content)]
        case 2:
            changed = [(name, content), (name, members[chance.randrange(len(members))][1])]
        case _:
            changed = [(name, _damaged(content, chance))]
    return zipped(members[:at] + changed + members[at + 1 :])


def zipped(members: Members) -> bytes:
    """An archive of members that are stored as they are, all dated alike; some may be twice."""
    packed = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2**31, 2**63, -(2**63), 10**30, 1.5, 1e308, float("nan"), float("inf"),
    "", "../x", "\0", "9" * 5000, [], {}, [[]], [None], {"": None}, "\N{SNOWMAN}",
)  # fmt: skip
"""Values that stand where others are expected."""


def _damaged_json(value: Any, chance: random.Random) -> bytes:
    """JSON, of which some values are strange, missing, twice there, or nested deep."""
    deep = None
    for _ in range(chance.randint(1, 3)):
        holder, key = _place(value, chance)
        if holder is None:
            break
        match chance.randrange(6):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, holder[key])
            case 2 if isinstance(holder, dict):
                holder[key + chance.choice("_ ")] = holder.pop(key)
            case 3:
                deep = deep or chance.choice(NESTINGS)
                holder[key] = "DEEP"
            case _:
                holder[key] = json.loads(json.dumps(chance.choice(STRANGE)))
    text = json.dumps(value, ensure_ascii=False)
    if deep:
        opening, closing = chance.choice((("[", "]"), ('{"a":', "}"))) if deep < 5000 else "[]"
        text = text.replace('"DEEP"', opening * deep + "0" + closing * deep, 1)
    return text.encode(errors="surrogatepass")


def _place(value: Any, chance: random.Random) -> tuple[Any, Any]:
    """A container in the JSON, and a key or index of it; (None, None) where there is none."""
    holder, key = None, None
    while isinstance(value, dict | list) and value:
        holder = value
        key = (
            chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        )
        value = holder[key]
        if chance.random() < 0.15:
            break
    return holder, key
