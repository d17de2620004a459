"""What a card says of a webinar: its next start, its state, its length. No widget here."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from editor.errors import Known
from editor.schedule.model import HOUR, MINUTE
from editor.schedule.start import resolve
from ui.words import Words

if TYPE_CHECKING:
    from editor.library.values import Card

Shelf = Literal["recent", "coming", "templates", "archive", "deleted", "hosted"]
"""One view of the library: what was edited last first; what starts next first; the three that lie apart; and what is on
the hosting alone."""
SHELVES: tuple[Shelf, ...] = ("recent", "coming", "templates", "archive", "deleted", "hosted")
Synced = Literal["", "synced", "ahead", "apart", "refused"]
"""How a webinar stands to the hosting; nothing where that is not known."""


class CardLines(NamedTuple):
    """A card in words."""

    id: str
    title: str
    start: str
    """When it starts, in its own zone, or that no date is set."""
    away: str
    """How far that is from now; empty without a date."""
    state: str
    """Which version, and whether there are edits since."""
    length: str
    unsaved: bool
    soon: bool
    """Starts within a day."""
    on_demand: bool
    template: bool
    synced: str = ""
    """How it stands to the hosting, in words; empty where that is not known."""
    choose: bool = False
    """It waits for somebody: to choose, or to mend what the hosting does not take."""

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(
            part for part in (self.title, self.start, self.away, self.length, self.state, self.synced) if part
        )


class CardWriter(QObject):
    """Writes cards' lines; a QObject for the plurals."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def lines(self, card: "Card", now: datetime, synced: Synced = "") -> CardLines:
        """The card's lines as of `now` (aware)."""
        instant = instant_of(card)
        if instant is None:
            start, away = self.tr("No date yet"), ""
        else:
            start = self._words.moment(instant.astimezone(ZoneInfo(card.zone)), zone=card.zone)
            away = self._away(instant, now)
        return CardLines(
            id=card.id,
            title=card.title or self.tr("Untitled webinar"),
            start=start,
            away=away,
            state=self._state(card),
            length=self._words.duration(card.length_ms) if card.length_ms else self.tr("empty"),
            unsaved=card.unsaved,
            soon=instant is not None and 0 <= _ms(instant, now) < 24 * HOUR,
            on_demand=card.room == "on_demand",
            template=card.template,
            synced=self._synced(synced),
            choose=synced in {"apart", "refused"},
        )

    def _synced(self, synced: Synced) -> str:
        return {
            "": "",
            "synced": self.tr("synced"),
            "ahead": self.tr("newer here"),
            "apart": self.tr("choose …"),
            "refused": self.tr("not taken by the hosting"),
        }[synced]

    def _state(self, card: "Card") -> str:
        if not card.versions:
            return self.tr("draft, no version yet")
        version = self.tr("version {number}").format(number=card.versions)
        return self.tr("{version}, edited since").format(version=version) if card.unsaved else version

    def _away(self, instant: datetime, now: datetime) -> str:
        ms = _ms(instant, now)
        if ms < 0:
            return self.tr("in the past")
        if ms < HOUR:
            return self.tr("in %n minutes", "", max(1, ms // MINUTE))
        if ms < 48 * HOUR:
            return self.tr("in %n hours", "", ms // HOUR)
        return self.tr("in %n days", "", ms // (24 * HOUR))


def instant_of(card: "Card") -> datetime | None:
    """When a webinar starts, in UTC; None without a date, or where its zone is not known here."""
    if card.start is None:
        return None
    try:
        return resolve(card.start, card.zone, shift=True).instant
    except Known:
        return None


def arranged(cards: "tuple[Card, ...]", shelf: Shelf, search: str, now: datetime) -> "tuple[Card, ...]":
    """The cards of a shelf in its order, those only whose title has every word of the search."""
    if shelf == "hosted":
        return ()
    wanted = search.casefold().split()
    found = [card for card in cards if all(word in card.title.casefold() for word in wanted)]
    if shelf == "templates":
        found = [card for card in found if card.template]
    elif shelf in {"recent", "coming"}:
        found = [card for card in found if not card.template]
    if shelf == "coming":
        dated = [(instant, card) for card in found if (instant := instant_of(card)) is not None and instant >= now]
        return tuple(card for _, card in sorted(dated, key=lambda pair: pair[0]))
    return tuple(sorted(found, key=lambda card: card.edited_at, reverse=True))


def _ms(instant: datetime, now: datetime) -> int:
    passed = instant - now
    return passed.days * 24 * HOUR + passed.seconds * 1_000
