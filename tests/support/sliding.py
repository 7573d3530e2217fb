"""A window that slides over a node’s map, on a page without a browser."""

from support.app_on_fake_page import started


def slid(place, cells, cols=62):
    """The place so many cells on, by counting."""
    row, col = place
    for _ in range(cells):
        row, col = (row, col + 1) if col + 1 < cols else (row + 1, 0)
    return row, col


def opened(*, still=False, node="conv_1_1/3", address=""):
    app, page = started(address, still=still)
    if node:
        app.act("open", node)
    return app, page
