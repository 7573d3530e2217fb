"""Layout of the picture beside a logit: whole, and twice with a heat map over it.

The two with heat maps stand in the panel under the largest contributions, where they fit, or else
under the miniatures of the maps, which the whole picture then is one of.

    shown = wide_pictures(plan, left, minis, ranking, below, area)
    shown.pictures   # (Box(...), Box(...)): with all channels' heat map over it, with one channel's
"""

from collections.abc import Mapping
from typing import NamedTuple

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.views.shared.detail_layout import Transform, picture_transform
from cnnscope.views.shared.network_columns import Column
from cnnscope.views.shared.network_plan import LEGENDS, Plan

# All in CSS pixels.
BETWEEN = 10  # parts of the panel
HEADING = 24  # over a picture, over the largest contributions
PICTURES = (120, 230)  # side of the pictures with heat maps over them
BESIDE = 220  # side from which they stand in the panel, and not under the miniatures
PICTURE_LEGEND = LEGENDS - 10
PICTURE_LEGEND_GAP = 6
HINT = 56
HINT_GAP = 40  # from the picture to it
HINT_HIGH = 124  # where it is written in many lines
HINT_TALL = 270  # the same in many more


class Pictures(NamedTuple):
    """The whole picture, those with heat maps over them, and the words about them."""

    picture: Transform
    pictures: tuple[Box, Box]
    legend: Box
    hint: Box
    bottom: float  # how far down the drawing has to reach for them


def wide_pictures(
    plan: Plan,
    left: tuple[Column, ...],
    minis: Mapping[str, Transform],
    ranking: Box,
    below: Box,
    area: Box,
) -> Pictures:
    """In the panel under the largest contributions, or without room there under the miniatures.

    ``below`` is the place under the miniatures, ``area`` all that lies right of them.
    """
    high = plan.height - ranking.bottom - BETWEEN - HEADING - LEGENDS
    side = min(high, (ranking.width - 2 * BETWEEN) / 2)
    if side >= BESIDE or not left:
        return pictures_in_panel(plan, left, ranking, below, clamp(side, *PICTURES))
    return pictures_under_miniatures(plan, minis[left[0].layer], ranking, below, area)


def pictures_in_panel(
    plan: Plan, left: tuple[Column, ...], ranking: Box, below: Box, side: float
) -> Pictures:
    """Under the largest contributions; the whole picture and the words ``below`` the miniatures."""
    pictures = abreast(ranking.below(BETWEEN + HEADING, side, side))
    picture = picture_transform(plan, left, below.y)
    if left:
        hint = picture.box(plan.picture).below(HINT_GAP, HINT_TALL, below.width)
    else:
        hint = pictures[0].below(LEGENDS + BETWEEN, HINT, ranking.width)
    legend = legend_below(pictures)
    return Pictures(
        picture=picture, pictures=pictures, legend=legend, hint=hint, bottom=legend.bottom
    )


def pictures_under_miniatures(
    plan: Plan, picture: Transform, ranking: Box, below: Box, area: Box
) -> Pictures:
    """One below the other; the words in the panel, or below the ``area`` where that is full."""
    free = (plan.height - below.y - LEGENDS) / 2 - HEADING - BETWEEN
    side = clamp(free, PICTURES[0], below.width)
    first = below.moved(dy=HEADING).sized(side, side)
    hint = ranking.below(BETWEEN, HINT_HIGH)
    if hint.bottom > area.bottom:
        hint = area.below(0, HINT)
    pictures = first, first.below(BETWEEN + HEADING, side)
    legend = legend_below(pictures)
    bottom = max(legend.bottom, hint.bottom)
    return Pictures(picture=picture, pictures=pictures, legend=legend, hint=hint, bottom=bottom)


def abreast(first: Box) -> tuple[Box, Box]:
    """A picture and another beside it."""
    return first, first.right_of(BETWEEN, first.width)


def legend_below(pictures: tuple[Box, Box]) -> Box:
    """One legend for both pictures."""
    return pictures[0].union(pictures[1]).below(PICTURE_LEGEND_GAP, PICTURE_LEGEND)
