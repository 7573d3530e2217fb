"""In and out of explanations faster than they move: what is left is what the address says."""

import random

import pytest
from playwright.sync_api import Page

from cnnscope.state.state import Node
from cnnscope.views.convolution.layout import lay_out_convolution
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.browser.page_probes import FINISH, NODES, view
from support.networks import trained
from support.sampling import sampled

pytestmark = pytest.mark.browser

NETWORK = trained()
CONVOLUTIONS = ["conv_1_1", "conv_1_2", "conv_2_1", "conv_2_2"]
FRAMES = "count => new Promise(done => { const next = () => count-- > 0 ? \
requestAnimationFrame(next) : done(); next(); })"
LEFT = """() => {
    const found = selector => [...document.querySelectorAll(selector)];
    return {
        address: location.hash,
        view: document.querySelector('.explainer').dataset.view,
        dialogs: found('[role=dialog]').filter(each => each.checkVisibility()).length,
        stages: found('#stage[data-open]').length,
        opened: found(".node[aria-expanded='true']").map(each => each.dataset.node),
    };
}"""


def hurry(page: Page, rng: random.Random) -> None:
    """Go in or out of an explanation, in one of the ways that there are."""
    match rng.choice(["open", "open", "row", "escape", "back", "close", "picture"]):
        case "open":
            node = f"{rng.choice(CONVOLUTIONS)}/{rng.randrange(10)}"
            page.evaluate("n => document.querySelector(`[data-node='${n}']`).click()", node)
        case "row":
            page.evaluate("document.querySelector('#stage[data-open] .row')?.click()")
        case "escape":
            page.keyboard.press("Escape")
        case "back" if view(page) == "convolution":
            page.go_back()
        case "close":
            page.evaluate("document.querySelector('#stage[data-open] .leave')?.click()")
        case "picture":
            key = rng.choice(["espresso", "pizza", "orange"])
            page.evaluate(f"document.querySelector('[data-sample={key}]').click()")


@pytest.mark.parametrize("seed", sampled([7, 8, 9], every=3))
def test_ten_hurried_ways_in_and_out_end_where_they_should(ready_page: Page, seed: int) -> None:
    rng = random.Random(seed)
    page = ready_page
    plan = lay_out(NETWORK, Viewport(1440, 900))
    for _ in range(10):
        for _ in range(rng.randint(2, 5)):
            hurry(page, rng)
            page.evaluate(FRAMES, rng.choice((0, 1, 2, 3, 8)))
        page.evaluate(FINISH)
        found = page.evaluate(LEFT)
        address = found["address"]
        assert found["view"] == ("convolution" if "view=" in address else "overview")
        assert found["dialogs"] == 0  # the arithmetic is docked
        assert found["stages"] == ("view=" in address)
        assert len(found["opened"]) == ("view=" in address)
        transforms = {}
        for name in found["opened"]:
            assert f"view={name}" in address
            layer, channel = name.split("/")
            transforms = dict(
                lay_out_convolution(NETWORK, plan, Node(layer, int(channel))).transforms
            )
        places = page.evaluate(NODES)
        for node, box in plan.boxes.items():
            moved = transforms[node.layer].box(box) if transforms else box
            assert places[str(node)][:2] == pytest.approx([moved.x, moved.y], abs=0.6)
