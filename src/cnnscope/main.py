"""Where the page starts Python: load the network, draw it, listen."""

import asyncio

from js import cnnscopeBoot, cnnscopeLanguage, document, location
from pyscript import when

from cnnscope.app.app import App
from cnnscope.browser.dom import DomPage
from cnnscope.browser.events import listen
from cnnscope.browser.shipped_networks import asked_networks
from cnnscope.browser.sight import Sight
from cnnscope.pictures.shipped import load_shipped
from cnnscope.text import load_text


async def start() -> None:
    """Make the page live. The boot script shows what goes wrong before that."""
    cnnscopeBoot.stage("network")
    await asyncio.sleep(0)  # the visitor's turn, here and below
    shipped = load_shipped()
    page = DomPage()
    others = await asked_networks(page)
    app = App(
        page,
        shipped.network,
        shipped.classes,
        shipped.samples,
        load_text(cnnscopeLanguage.preferred),
        shipped.out_of_distribution,
        page.embed or page.asked_embed,
        others,
    )
    await asyncio.sleep(0)
    app.begin()
    if "probe" in location.search:
        await cnnscopeBoot.whole()
        from cnnscope.browser.test_hooks import expose

        expose(app, page)
    guarded = listen(app, page)
    document.documentElement.dataset.state = "ready"
    cnnscopeBoot.done()
    while app.waiting:
        await asyncio.sleep(0)
        guarded(lambda _: app.settle())(None)
    sight = Sight(app.act, guarded)
    when("spoken", document)(guarded(sight.watch))
    sight.watch()
    page.clock.idle(app.rehearse)
