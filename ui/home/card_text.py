"""What a card says of a webinar: its next start, its state, its length. No widget here."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from editor.errors import KnownError
from editor.schedule.model import HOUR, MINUTE
from editor.schedule.start_time import resolve_start
from ui.sync.sync_badge import SyncBadge
from ui.text.formatter import Formatter

if TYPE_CHECKING:
    from editor.library.records import WebinarSummary

LibrarySection = Literal["recent", "coming", "templates", "archive", "deleted", "hosted"]
"""One view of the library: what was edited last first; what starts next first; the three that lie apart; and what is on
the hosting alone."""
SECTIONS: tuple[LibrarySection, ...] = ("recent", "coming", "templates", "archive", "deleted", "hosted")


class CardText(NamedTuple):
    """A card in words."""

    id: str
    title: str
    start: str
    """When it starts, in its own zone, or that no date is set."""
    time_until: str
    """How far that is from now; empty without a date."""
    version_state: str
    """Which version, and whether there are edits since."""
    length: str
    has_unsaved_edits: bool
    starts_soon: bool
    """Starts within a day."""
    on_demand: bool
    is_template: bool
    sync_text: str = ""
    """How it stands to the hosting, in words; empty where that is not known."""
    needs_attention: bool = False
    """It waits for somebody: to choose, or to mend what the hosting does not take."""

    @property
    def accessible_text(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(
            part
            for part in (self.title, self.start, self.time_until, self.length, self.version_state, self.sync_text)
            if part
        )


class CardTextFormatter(QObject):
    """Writes cards' lines; a QObject for the plurals."""

    def __init__(self, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter

    def format_card(self, summary: "WebinarSummary", now: datetime, badge: SyncBadge = "") -> CardText:
        """The card's lines as of `now` (aware)."""
        instant = find_start(summary)
        if instant is None:
            start, time_until = self.tr("No date yet"), ""
        else:
            start = self._formatter.format_datetime(instant.astimezone(ZoneInfo(summary.zone)), zone=summary.zone)
            time_until = self._time_until_text(instant, now)
        return CardText(
            id=summary.id,
            title=summary.title or self.tr("Untitled webinar"),
            start=start,
            time_until=time_until,
            version_state=self._version_text(summary),
            length=self._formatter.format_duration(summary.length_ms) if summary.length_ms else self.tr("empty"),
            has_unsaved_edits=summary.unsaved,
            starts_soon=instant is not None and 0 <= _milliseconds_until(instant, now) < 24 * HOUR,
            on_demand=summary.room == "on_demand",
            is_template=summary.template,
            sync_text=self._sync_text(badge),
            needs_attention=badge in {"apart", "refused"},
        )

    def _sync_text(self, badge: SyncBadge) -> str:
        return {
            "": "",
            "synced": self.tr("synced"),
            "ahead": self.tr("newer here"),
            "apart": self.tr("choose …"),
            "refused": self.tr("not taken by the hosting"),
        }[badge]

    def _version_text(self, summary: "WebinarSummary") -> str:
        if not summary.versions:
            return self.tr("draft, no version yet")
        version = self.tr("version {number}").format(number=summary.versions)
        return self.tr("{version}, edited since").format(version=version) if summary.unsaved else version

    def _time_until_text(self, instant: datetime, now: datetime) -> str:
        ms = _milliseconds_until(instant, now)
        if ms < 0:
            return self.tr("in the past")
        if ms < HOUR:
            return self.tr("in %n minutes", "", max(1, ms // MINUTE))
        if ms < 48 * HOUR:
            return self.tr("in %n hours", "", ms // HOUR)
        return self.tr("in %n days", "", ms // (24 * HOUR))


def find_start(summary: "WebinarSummary") -> datetime | None:
    """When a webinar starts, in UTC; None without a date, or where its zone is not known here."""
    if summary.start is None:
        return None
    try:
        return resolve_start(summary.start, summary.zone, shift=True).instant
    except KnownError:
        return None


def filter_and_sort(
    summaries: "tuple[WebinarSummary, ...]", section: LibrarySection, search: str, now: datetime
) -> "tuple[WebinarSummary, ...]":
    """The cards of a shelf in its order, those only whose title has every word of the search."""
    if section == "hosted":
        return ()
    search_words = search.casefold().split()
    matching = [card for card in summaries if all(word in card.title.casefold() for word in search_words)]
    if section == "templates":
        matching = [card for card in matching if card.template]
    elif section in {"recent", "coming"}:
        matching = [card for card in matching if not card.template]
    if section == "coming":
        dated = [(instant, card) for card in matching if (instant := find_start(card)) is not None and instant >= now]
        return tuple(card for _, card in sorted(dated, key=lambda pair: pair[0]))
    return tuple(sorted(matching, key=lambda card: card.edited_at, reverse=True))


def _milliseconds_until(instant: datetime, now: datetime) -> int:
    difference = instant - now
    return difference.days * 24 * HOUR + difference.seconds * 1_000
