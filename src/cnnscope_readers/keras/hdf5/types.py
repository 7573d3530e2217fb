"""Types and shapes of HDF5 values: numbers as NumPy names them, or text.

    type_at(packed, address, end)     # Type("<f4", 4)
    shape_at(packed, address, end)    # (3, 3, 1, 32); None of an empty one

Source: the specification, sections IV.A.2.b and IV.A.2.d.
"""

from dataclasses import dataclass

from cnnscope_readers.keras.hdf5.packed import Packed, damaged

FLOATS = {
    (2, 15, 0, 16, 10, 5, 0, 10, 15): "f2",
    (2, 15, 0, 16, 7, 8, 0, 7, 127): "bf16",
    (4, 31, 0, 32, 23, 8, 0, 23, 127): "f4",
    (8, 63, 0, 64, 52, 11, 0, 52, 1023): "f8",
}
"""Names by size, place of the sign, and what else a type says of its bits."""

AXES = 32

TEXT, FIXED = "text", "fixed"


@dataclass(frozen=True)
class Type:
    """What one value is: a float by NumPy's name, ``text``, ``fixed`` text, or something else."""

    name: str
    size: int  # bytes


def type_at(packed: Packed, at: int, end: int) -> Type:
    """The type that a message describes. Raises RefusedError: damaged."""
    kind, low, middle, _, size = packed.unpack("<BBBBI", at)
    match kind & 15:
        case 1:
            if at + 20 > end:
                raise damaged("type")
            bits = packed.unpack("<HHBBBBI", at + 8)
            name = FLOATS.get((size, middle, *bits))
            is_vax = low & 0x40
            if name is None or is_vax:
                return Type("float of another form", size)
            return Type((">" if low & 1 else "<") + name, size)
        case 3:
            return Type(FIXED, size)
        case 9 if low & 15 == 1 and size == 16:
            return Type(TEXT, size)
        case number:
            return Type(OTHERS.get(number, "other"), size)


OTHERS = {0: "integer", 5: "opaque", 6: "compound", 8: "enumeration", 9: "list"}
"""What is not read, by its class."""


def shape_at(packed: Packed, at: int, end: int) -> tuple[int, ...] | None:
    """The shape that a message describes; None where there are no values at all."""
    version, rank, _, kind = packed.unpack("<BBBB", at)
    start = at + {1: 8, 2: 4}.get(version, 0)
    if start == at or rank > AXES or start + 8 * rank > end:
        raise damaged("shape")
    return None if version == 2 and kind == 2 else packed.numbers("Q", rank, start)
