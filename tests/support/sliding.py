"""A window that slides over a node’s map, on a page without a browser."""

from support.app_on_fake_page import started


def slid(place, cells, cols=62):
    """The place so many cells on, by counting."""
    row, col = place
    for _ in range(cells):
        row, col = (row, col + 1) if col + 1 < cols else (row + 1, 0)
    return row, col


def passed(seconds, pace=1.0, cells=62 * 62):
    """How many cells a window has left behind: six to be read, then evenly faster to the end."""
    time = seconds * pace
    if time <= 3.6:
        return int(time / 0.6)
    gain = (cells - 1 - 6 - 8.4 / 0.6) / (8.4**2 / 2)
    return min(cells - 1, int(6 + (time - 3.6) / 0.6 + gain * (time - 3.6) ** 2 / 2))


def opened(*, still=False, node="conv_1_1/3", address=""):
    app, page = started(address, still=still)
    if node:
        app.act("open", node)
    return app, page
