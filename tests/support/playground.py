"""The playground as it stands on a page without a browser."""

from support.app_on_fake_page import started


def shown(page, key):
    return page.elements[key].get("text", page.elements[key].get("value"))


def settings(app):
    return app.state.playground.settings


def playground(page):
    """Everything of the playground as it stands on the page."""
    elements = {k: dict(v) for k, v in page.elements.items() if k.startswith("playground.")}
    regions = {
        k: v for k, v in page.regions.items() if k in ("playground.given", "playground.made")
    }
    painted = {k: page.painted[k].tobytes() for k, v in regions.items() if v}
    return elements, painted, regions


def fresh(app):
    """The playground of another page in the same state."""
    other, page = started()
    other.store.replace(app.state)
    other.draw_article()
    return playground(page)


def tune(*values):
    app, page = started(f"play={','.join(map(str, values))}")
    return app, page
