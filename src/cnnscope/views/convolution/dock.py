"""Layout of the docked arithmetic: one channel's map, window, kernel, products and their sum.

The map stands left over the whole height; right of it the window and its kernel, below these
their products and what they add up to. Digits are as large as there is room for; a kernel of too
many numbers is drawn in cells of colour.

    dock = lay_out_dock(Box(500, 400, 700, 220), kernel=(3, 3), given=(62, 62))
    dock.size      # px of its digits
    dock.map       # Box(...), or None where there is no room for one
"""

from dataclasses import dataclass

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.sliding import Sides
from cnnscope.state.state import Place
from cnnscope.views.convolution.numbers import READ_MOST
from cnnscope.views.convolution.row_layout import within_padding

# In px, or in em of the digits where that is said.
DIGITS = (11.0, 23.0)  # least and most; a window of 1080 lines has them a fifth larger
CELL_WIDE = 4.3  # em
CELL_HIGH = 1.6  # em
COLOURED = 13.0  # digits beside cells of colour
CELLS = (6.0, 24.0)  # least and most side of a cell of colour
CELLS_LEAST = 3  # rows and columns that always have room: names and sums need it beside fewer
SIGN = 1.6  # em, for the sign before a grid
CELL_CLOSE, SIGN_CLOSE = 3.97, 1.2  # em, where numbers would be too small else
CLOSE_FROM = 4  # columns of a kernel whose numbers may stand so close
HEAD = 36  # whose arithmetic it is
CAPTION = 19  # what a grid is
MAP = (160, 240)  # least and most side of the channel's map
MAP_GAP = 36  # from the map to the window's numbers, where the lines of sight are
SUM_GAP = 12  # from the products to what they add up to
NO_PADDING: Sides = ((0, 0), (0, 0))


@dataclass(frozen=True)
class Dock:
    """The place of everything in the docked arithmetic."""

    frame: Box
    size: float  # px of the digits
    wide: float  # em of a number's cell
    map: Box | None  # of the channel, with the window
    head: Box
    patch: Box
    kernel: Box
    products: Box
    sum: Box


def lay_out_dock(frame: Box, kernel: Place, given: Place, padding: Sides = NO_PADDING) -> Dock:
    """The dock in a frame, for a kernel and an input of (rows, cols), with padding around it."""
    (above, below), (before, after) = padding
    rows, cols = given[0] + above + below, given[1] + before + after
    side = map_side_in(frame, kernel, (rows, cols))
    size = digits_beside(frame, kernel, side)
    cell_wide, cell_high = cell_beside(frame, kernel, side)
    head = frame.reaching(left=frame.right - frame.width + beside_map(side)).sized(height=HEAD)
    em, sign = cell_and_sign(frame.width, kernel)
    high, wide, sign = kernel[0] * cell_high, wide_in_cells(kernel) * cell_wide, sign * size
    patch = head.below(0, high, wide) if side else head.below(0, high, wide).moved(sign)
    weights = patch.right_of(sign, wide)
    products = patch.below(CAPTION, high)
    added = products.right_of(SUM_GAP, frame.right - products.right - SUM_GAP, high + CAPTION)
    longest = max(rows, cols)
    whole = Box(frame.x, frame.y, side * cols / longest, side * rows / longest)
    shown = within_padding(whole, padding, given) if side else None
    return Dock(frame, size, em, shown, head, patch, weights, products, added)


def is_coloured(kernel: Place) -> bool:
    """Whether the numbers of a kernel are cells of colour."""
    return max(kernel) > READ_MOST


def has_room(width: float, kernel: Place) -> bool:
    """Whether a kernel's numbers can be read in a width."""
    if is_coloured(kernel):
        return 2 * (wide_in_cells(kernel) * CELLS[0] + SIGN * COLOURED) <= width
    return least_width(kernel, *cell_and_sign(width, kernel)) <= width


def least_width(kernel: Place, cell: float, sign: float) -> float:
    """Width in which the smallest digits have room, in cells and signs of so many em."""
    return 2 * (wide_in_cells(kernel) * cell + sign) * DIGITS[0]


def cell_and_sign(width: float, kernel: Place) -> tuple[float, float]:
    """Widths of a number's cell and of a sign, em: closer where many have no room else."""
    is_wide = kernel[1] < CLOSE_FROM or width >= least_width(kernel, CELL_WIDE, SIGN)
    return (CELL_WIDE, SIGN) if is_wide or is_coloured(kernel) else (CELL_CLOSE, SIGN_CLOSE)


def beside_map(side: float) -> float:
    """Where what stands beside a map begins: at once, where there is none."""
    return side + MAP_GAP if side else 0.0


def cell_beside(frame: Box, kernel: Place, side: float) -> tuple[float, float]:
    """Width and height of a number's cell in a frame beside a map, px."""
    if not is_coloured(kernel):
        size = digits_beside(frame, kernel, side)
        return cell_and_sign(frame.width, kernel)[0] * size, CELL_HIGH * size
    wide = (frame.width - beside_map(side) - 2 * SIGN * COLOURED) / (2 * wide_in_cells(kernel))
    high = (frame.height - HEAD - 2 * CAPTION) / (2 * kernel[0])
    cell = float(int(clamp(min(wide, high), *CELLS)))
    return cell, cell


def digits_beside(frame: Box, kernel: Place, side: float) -> float:
    """Size of the digits in a frame beside a map, px."""
    rows, cols = kernel[0], wide_in_cells(kernel)
    if is_coloured(kernel):
        return COLOURED
    signs = 1 if side else 2  # the sign of equality stands where the lines of sight are, if any
    cell, sign = cell_and_sign(frame.width, kernel)
    wide = (frame.width - beside_map(side)) / (2 * cols * cell + signs * sign)
    high = (frame.height - HEAD - 2 * CAPTION) / (2 * rows * CELL_HIGH)
    return float(int(clamp(min(wide, high), *DIGITS)))


def map_side_in(frame: Box, kernel: Place, given: Place) -> float:
    """Side of the channel's map in a frame; 0 where there is no room for one.

    It is large, but leaves the digits as large as they would be beside the smallest.
    """
    least, most = MAP
    if least > frame.height - CAPTION:
        return 0.0
    taken = (2 * wide_in_cells(kernel) * cell_beside(frame, kernel, least)[0]) + MAP_GAP
    taken += SIGN * digits_beside(frame, kernel, least)
    room = min(most, frame.width - taken, frame.height - CAPTION)
    return whole_cells(room, given) if room >= least else 0.0


def whole_cells(side: float, given: Place) -> float:
    """The largest side up to this whose cells are whole pixels, unless that is much smaller."""
    longest = max(given)
    whole = int(side / longest) * longest
    return float(whole if whole >= MAP[0] else int(side))


def wanted_height(width: float, kernel: Place) -> float:
    """Height at which the width decides how large the digits are."""
    endless = Box(0, 0, width, 1e6)
    if is_coloured(kernel):
        numbers = rows_twice(kernel) * cell_beside(endless, kernel, MAP[0])[1]
    else:
        numbers = rows_twice(kernel) * CELL_HIGH * digits_beside(endless, kernel, MAP[0])
    return max(HEAD + 2 * CAPTION + numbers, MAP[0] + CAPTION)


def least_height(kernel: Place) -> float:
    """Height at which the smallest digits have room."""
    least = CELLS[0] if is_coloured(kernel) else CELL_HIGH * DIGITS[0]
    return HEAD + 2 * CAPTION + rows_twice(kernel) * least


def wide_in_cells(kernel: Place) -> int:
    """How many columns of numbers a grid has, or has room for."""
    return max(kernel[1], CELLS_LEAST)


def rows_twice(kernel: Place) -> int:
    """Rows of numbers that stand below each other, or have room to."""
    return 2 * max(kernel[0], CELLS_LEAST)
