"""What is shown follows the page's address, and the address follows what is shown.

navigation = Navigation(app, guide)
navigation.navigate("view=conv_1_1/3")   # typed, or come back to
navigation.follow("view=relu_1_1/3")     # a link of the article
navigation.correct()                     # a word, where the address named what is not here
"""

from dataclasses import replace

from cnnscope.app.renderer import stage_of
from cnnscope.panels.base import Showing
from cnnscope.panels.tour.controller import Guide
from cnnscope.state.embed import framed
from cnnscope.state.state import Detail, Expanded, State
from cnnscope.state.tour import resumed
from cnnscope.state.url import from_hash, merged, names_no_view, step, structure, to_hash


class Navigation:
    """The ways through one page's addresses."""

    def __init__(self, app: Showing, guide: Guide) -> None:
        """Navigate an application and its guide."""
        self.app = app
        self.guide = guide

    def navigate(self, address: str, *, is_step: bool = False) -> None:
        """Follow Back and Forward (a step), or an edited address.

        An anchor of the article changes nothing.
        """
        if is_anchor(address):
            return
        app, kept = self.app, self.app.state
        wanted = resumed(from_hash(address), kept)
        wanted = app.settle(stepped(wanted, kept) if is_step else wanted, kept)
        wanted = carried(wanted, kept)
        app.show(wanted)
        notice = self.correct()
        if notice or app.state != kept:  # an edited address arrives twice: keep what is said of it
            app.browser.notice(notice or app.word_about_picture())
        if kept.tour != wanted.tour:
            self.guide.arrive()
        if not is_same_view(wanted, kept):
            app.begin()

    def follow(self, link: str) -> None:
        """Show what a link of the article names, as a step that Back returns from."""
        app, old = self.app, self.app.state
        app.browser.write_hash(merged(old, link), push=True)
        self.navigate(app.browser.read_hash())
        app.screen.enter(app.context, old)

    def correct(self) -> str | None:
        """Have the address say what is shown; a word about it if it named what is not here."""
        app, gallery = self.app, self.app.gallery
        address = app.browser.read_hash()
        if is_anchor(address) or address == to_hash(app.state):
            return None
        app.browser.write_hash(to_hash(app.state), push=False)
        asked = framed(from_hash(address), app.embed, app.trained)
        asked = replace(asked, picture=asked.picture or gallery.samples[0])
        shown = replace(structure(app.state), picture=app.picture)
        match asked.focus, shown.focus:
            case Detail(node), Expanded(same) if node == same:  # an old link, which is followed
                asked = replace(asked, focus=shown.focus)
        if structure(asked) == shown and not names_no_view(address):
            return None
        has_picture = asked.picture in gallery.pictures
        return app.text("notice.address.view" if has_picture else "notice.address")

    def write(self, old: State, *, is_turn: bool) -> None:
        """Have the address say what an action made of a state, as a step where it is one."""
        state = self.app.state
        if structure(old) == structure(state):
            return  # as at every frame of a sliding window
        address = to_hash(state)
        if to_hash(old) != address:
            is_step = not is_turn and step(old) != step(state)  # through a layer's channels
            self.app.browser.write_hash(address, push=is_step)


def stepped(wanted: State, kept: State) -> State:
    """A state to step back to, with what is no step itself: kernels, speed, receptive fields."""
    wanted = replace(wanted, speed=kept.speed, language=kept.language, playground=kept.playground)
    if kept.tour is None and wanted.tour is None:
        wanted = replace(wanted, edits=kept.edits, field=kept.field)
    return wanted


def carried(wanted: State, kept: State) -> State:
    """A state of an address, with what no address says as it is where that still applies."""
    if structure(wanted).playground == structure(kept).playground:
        wanted = replace(wanted, playground=kept.playground)  # with what is typed and played
    wanted = replace(wanted, cursor=kept.cursor, brought=kept.brought)
    wanted = replace(wanted, resume=wanted.tour or kept.resume)
    is_pointed = stage_of(wanted.focus) == stage_of(kept.focus)  # nodes stand where they stood
    if is_pointed and (kept.tour == wanted.tour or wanted.tour is None):
        wanted = replace(wanted, hover=kept.hover, cell=kept.cell)
    if not is_same_view(wanted, kept):
        return wanted
    if wanted.window is None:
        return replace(wanted, window=kept.window, reached=kept.reached, playing=kept.playing)
    return replace(wanted, reached=max(kept.reached, wanted.window))


def is_same_view(one: State, other: State) -> bool:
    """Whether two states explain the same, at the same stop if on tour."""
    return one.tour == other.tour and stage_of(one.focus) == stage_of(other.focus)


def is_anchor(address: str) -> bool:
    """Whether an address names a part of the article, and nothing that is shown."""
    return bool(address) and "=" not in address
