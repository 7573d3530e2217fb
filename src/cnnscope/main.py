"""Where the page starts Python: load the network, draw it, listen."""

import asyncio
import json
from pathlib import Path

from js import cnnscopeBoot, cnnscopeLanguage, document, location

from cnnscope.app.app import App
from cnnscope.browser.dom import DomPage
from cnnscope.browser.events import listen
from cnnscope.nn.weights import load_network
from cnnscope.pictures.samples import load_samples
from cnnscope.text import load_text

ASSETS = Path(__file__).parent / "assets"


async def start() -> None:
    """Make the page live. The boot script shows what goes wrong before that."""
    cnnscopeBoot.stage("network")
    await asyncio.sleep(0)  # the visitor's turn, here and below
    network = load_network(ASSETS / "tiny_vgg.npz")
    classes = [entry["name"] for entry in json.loads((ASSETS / "classes.json").read_text())]
    listed = json.loads((ASSETS / "samples.json").read_text())
    pictures = load_samples(ASSETS / "samples.npz")
    samples = {entry["key"]: pictures[entry["key"]] for entry in listed}
    out_of_distribution = {entry["key"] for entry in listed if entry["class"] is None}
    page = DomPage()
    text = load_text(cnnscopeLanguage.preferred)
    app = App(
        page, network, classes, samples, text, out_of_distribution, page.embed or page.asked_embed
    )
    await asyncio.sleep(0)
    app.start()
    await asyncio.sleep(0)
    listen(app, page)
    if "probe" in location.search:
        await cnnscopeBoot.whole()
        from cnnscope.browser.test_hooks import expose

        expose(app)
    document.documentElement.dataset.state = "ready"
    cnnscopeBoot.done()
    page.clock.idle(app.rehearse)
