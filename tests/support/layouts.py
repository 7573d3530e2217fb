"""What every layout must keep to: windows to try, and what overlaps."""

import itertools

from cnnscope.drawing.geometry import Box

WINDOWS = [(360, 640), (390, 844), (600, 960), (699, 900), (700, 900), (768, 1024), (800, 600),
           (1024, 768), (1180, 820), (1280, 720), (1366, 657), (1440, 900), (1536, 730),
           (1920, 1080), (2560, 1440), (1024, 500)]  # fmt: skip


def classes(plan, expansion):
    """Where the classes stand, all together."""
    column = plan.columns[-1]
    boxes = [expansion.transforms[column.layer].box(plan.boxes[node]) for node in column.nodes]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def overlap(one, other):
    return (
        one.x < other.right - 0.01
        and other.x < one.right - 0.01
        and one.y < other.bottom - 0.01
        and other.y < one.bottom - 0.01
    )


def overlapping(boxes):
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes.items(), 2)
        if overlap(a, b)
    ]
