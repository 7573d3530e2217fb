"""Layout of convolution in windows as narrow as a phone's: one below the other."""

from cnnscope.drawing.geometry import Box, clamp
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.convolution.dock import Dock, has_room, wanted_height
from cnnscope.views.convolution.layout_parts import (
    BIAS,
    DOCK_GAP,
    LINKS,
    READOUT_GAP,
    SWITCH,
    SWITCH_GAP,
    ConvolutionLayout,
    bias_box,
    docked,
    map_side,
)
from cnnscope.views.convolution.row_layout import (
    Rows,
    is_gathered,
    kernel_shape,
    kernel_size,
    make_row,
    make_rows,
    stood,
)
from cnnscope.views.shared.detail_layout import (
    BAR,
    MAP_SHARE,
    NARROW_HEIGHT,
    PICTURE,
    PLUS,
    READOUT,
    Transform,
    close_box,
    narrow_classes,
    narrow_miniatures,
)
from cnnscope.views.shared.network_plan import CHROME, LABELS, LEGENDS, PAD, Plan

# All in CSS pixels.
NARROW_MAP_MOST = 264
DOCK_FROM = 600  # px; in narrower windows it lies over the foot, when asked for
DOCK_NARROW = (250, 330)  # least and most height of it in a narrow window
NARROW_HINT = 60  # what can be done, in words
NARROW_HEADING = 40
NARROW_HEADINGS = 50  # from the miniatures to the enlarged output
NARROW_LEGENDS = 20  # from the last map to the legends
NARROW_PICTURE = 14  # from the enlarged output to the picture


def lay_out_narrow(
    network: Network, plan: Plan, node: Node, is_unfolded: bool
) -> ConvolutionLayout:
    """One below the other, for a window as narrow as a phone's."""
    width, gathered = plan.viewport.width, is_gathered(network, plan, node)
    is_first = plan.columns.index(plan.column_of[node.layer]) == 1
    line, transforms = narrow_miniatures(plan)
    side = map_side(network, node, min(MAP_SHARE * (NARROW_HEIGHT - CHROME), NARROW_MAP_MOST))
    output = line.below(NARROW_HEADINGS, side, side)
    readout = output.sized(width=line.width).below(READOUT_GAP, READOUT)
    bar = readout.below(0, 2 * BAR)
    dock, hint = narrow_dock(network, node, bar)
    rows = narrow_rows(network, plan, node, dock.frame if dock else hint, is_unfolded)
    maps = rows.maps
    plus_x = min(rows.rows[0].value.right + LINKS[0], width - (PLUS + BIAS[0]) / 2)
    plus = maps.at(x=plus_x).sized(PLUS, PLUS).centred_on(y=maps.middle)
    legends = line.at(y=maps.bottom + NARROW_LEGENDS).sized(height=LEGENDS)
    switch = legends.below(SWITCH_GAP, SWITCH)
    room = line.right - output.right - NARROW_PICTURE
    picture = Transform.between(plan.picture, output.right_of(NARROW_PICTURE, min(room, PICTURE)))
    if rows.stepped is not None:
        transforms[plan.sources[node][0].layer] = rows.stepped
        picture = rows.stepped if is_first else picture
    return ConvolutionLayout(
        node=node, sources=() if gathered else plan.sources[node],
        width=width, height=switch.bottom + plan.height,
        transforms={**transforms, **narrow_classes(plan, switch.bottom)},
        picture=picture, rows=rows.rows, others=rows.others, is_gathered=gathered,
        is_unfolded=is_unfolded, bias=bias_box(network, node, plus, 0), plus=plus,
        heading=output.grown(output.x, 0).above(READOUT_GAP, NARROW_HEADING), output=output,
        scale=None,
        readout=readout, bar=bar, dock=dock, hint=None if dock else hint, legends=legends,
        switch=switch, close=close_box(line.right), is_narrow=True,
    )  # fmt: skip


def narrow_rows(network: Network, plan: Plan, node: Node, above: Box, is_unfolded: bool) -> Rows:
    """All rows below what stands above them: from where the maps step, or with their own."""
    size, x = float(plan.node_size), narrow_left(network, plan, node)
    if is_gathered(network, plan, node):
        return stood(network, node, Box(x, above.bottom + LABELS, size, size), is_unfolded)
    stepped = Transform(x - plan.boxes[plan.sources[node][0]].x, above.bottom)
    return Rows(make_rows(network, plan, node, stepped), None, stepped)


def narrow_dock(network: Network, node: Node, bar: Box) -> tuple[Dock | None, Box]:
    """The arithmetic below the controls of a narrow window, or the words that lead to it."""
    hint = bar.below(0, NARROW_HINT)
    if bar.width < DOCK_FROM or not has_room(bar.width, kernel_shape(network, node)):
        return None, hint
    least, most = DOCK_NARROW
    height = clamp(wanted_height(bar.width, kernel_shape(network, node)), least, most)
    return docked(network, node, bar, bar.bottom + DOCK_GAP + height), hint


def narrow_left(network: Network, plan: Plan, node: Node) -> float:
    """Where a row begins in a narrow window that it stands in the middle of, with the sum."""
    size = float(plan.node_size)
    row = make_row(Box(0, 0, size, size), *kernel_size(network, node, size))
    used = row.value.right + PLUS + LINKS[0]
    return max(PAD, (plan.viewport.width - used) / 2)
