"""Links within the page: down into the article, up into the network, and back by the history."""

from typing import Any

from js import document, window

from cnnscope.app.history import History
from cnnscope.browser.dom import DomPage, found
from cnnscope.state.anchor import joined, parted


class Links:
    """Follows links, and remembers where the last one was left from."""

    def __init__(self, history: History, page: DomPage) -> None:
        """Follow links on a page, as steps of its history."""
        self.history = history
        self.page = page
        self.left: tuple[str, int, Any, float] | None = None
        """Address, steps of the history, the link, how far the page was scrolled."""

    def follow(self, link: Any) -> None:
        """Go at once where a link leads; Back comes back to the link."""
        page, scrolled = self.page, window.scrollY
        address = page.fragment()
        target = str(link.getAttribute("href")).removeprefix("#")
        if "=" not in target:  # the address goes on saying what the network shows
            is_told = self.history.close_layer()  # which would lie over the article on a phone
            page.write_hash(joined(page.read_hash(), target), push=not is_told)
            go_to(target)
        else:
            self.history.follow(target)
            self.go_on(parted(target)[1])
        self.left = (address, page.steps, link, scrolled)

    def go_on(self, section: str) -> None:
        """Go to a section that an address names beside what is shown, or else up to that."""
        if section:
            go_to(section)
            return
        window.scrollTo(0, 0)
        document.activeElement.scrollIntoView(block="nearest")

    def arrive(self) -> None:
        """Go to the section that a typed address names beside what it shows, if it does."""
        section = parted(self.page.fragment())[1]
        if section:
            go_to(section)

    def come_back(self, address: str) -> None:
        """After a step back to an address: return to the link, if one was left by that step.

        Showing what the address says may have moved focus and page. An address that was typed is
        no step back, and leaves the link behind.
        """
        left = self.left
        self.left = None
        if left is None or left[:2] != (address, self.page.steps):
            return
        link, scrolled = left[2:]
        if link.isConnected:
            link.focus(preventScroll=True)
        window.scrollTo(0, scrolled)


def go_to(anchor: str) -> None:
    """Scroll to a part of the page and have the keyboard go on from there."""
    part = found(document.getElementById(anchor))
    if part is not None:
        part.tabIndex = -1
        part.focus(preventScroll=True)
        part.scrollIntoView()
