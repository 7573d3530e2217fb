"""Screen-reader announcements: the value where a window stands, the answer, the picture."""

from cnnscope.app.address_notice import embed_notice
from cnnscope.panels.base import Desk
from cnnscope.state.embed import is_missing
from cnnscope.state.state import Explained, State, shown_picture
from cnnscope.state.tour import tells_of_picture
from cnnscope.views.overview.drawing import announcement
from cnnscope.views.overview.receptive_field import field_line
from cnnscope.views.registry import view_facts, view_of


class Announcer:
    """Says things for one page."""

    def __init__(self, desk: Desk, embed: str | None, unknown: str | None = None) -> None:
        """Speak at a desk; ``embed`` is the kind of view that the page shows alone, if it does.

        ``unknown`` was asked for in its place, and is none.
        """
        self.desk = desk
        self.embed = embed
        self.unknown = unknown

    def announce_value(self, _argument: str = "") -> None:
        """Say what the window makes where it stands, or what is marked."""
        model = self.desk.model
        match model.state.focus:
            case Explained() as focus:
                said = view_of(model.network, focus).said(model, model.numbers)
                self.desk.announce(said, field_line(model))

    def announce_loaded(self) -> None:
        """Say that the page is live, and what the network answers."""
        model = self.desk.model
        self.desk.announce(model.text("announce.loaded"), announcement(model))

    def follow(self, old: State, new: State) -> None:
        """Say what the network answers to another picture, or in another language."""
        is_other = shown_picture(old) != shown_picture(new) or old.network != new.network
        if is_other or old.reading.language != new.reading.language:
            if old.pad.drawn == new.pad.drawn:  # else a line is not yet at its end
                self.desk.announce(announcement(self.desk.model))
            self.desk.page.notice(self.picture_notice)

    @property
    def picture_notice(self) -> str | None:
        """What there is to be said about the picture that is shown, unless the tour says it."""
        model = self.desk.model
        if tells_of_picture(model.state):
            return None
        return model.gallery.notice_of(model.picture, model.text)

    @property
    def view_notice(self) -> str | None:
        """What there is to be said about what is shown, where it is not what was asked for."""
        model = self.desk.model
        if is_missing(self.embed, model.trained, view_facts):
            return model.text("notice.embed")
        return self.picture_notice

    def opening_notices(self, of_address: str | None) -> tuple[str | None, ...]:
        """What there is to be said first: of what was asked for, then of what is shown."""
        if self.unknown:
            of_embed = embed_notice(self.desk.model, self.unknown)
            of_address = self.desk.model.text.together((of_embed, of_address or ""))
        return of_address, self.view_notice
