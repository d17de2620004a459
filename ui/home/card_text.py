"""The texts on the card of a webinar: its next start, its state, its length; without widgets."""

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
"""One view of the library: edited last first; starting next first; templates, archive, deleted; and those on the server
alone."""
SECTIONS: tuple[LibrarySection, ...] = ("recent", "coming", "templates", "archive", "deleted", "hosted")


class CardText(NamedTuple):
    """The translated texts of one webinar's card on Home, and what the card marks.

    Immutable, made by `CardTextFormatter`.
    """

    id: str
    title: str
    start: str
    """When it starts, in its own time zone, or that there is no date."""
    time_until: str
    """How long until then; empty without a date."""
    version_state: str
    """The latest version, and whether there are edits since."""
    length: str
    has_unsaved_edits: bool
    starts_soon: bool
    """Whether it starts within a day."""
    on_demand: bool
    is_template: bool
    sync_text: str = ""
    """How it compares with the server, in words; empty if that is unknown."""
    needs_attention: bool = False
    """Whether the user has to resolve a conflict, or mend what the server rejects."""

    @property
    def accessible_text(self) -> str:
        """Title, start, time until then, length, version and sync state in one text, for a screen reader.

        They are joined by commas; empty ones are left out.
        """
        return ", ".join(
            part
            for part in (self.title, self.start, self.time_until, self.length, self.version_state, self.sync_text)
            if part
        )


class CardTextFormatter(QObject):
    """The formatter of the texts of webinars' cards on Home, in the language of the window.

    It is a QObject for Qt's translation of plurals.
    """

    def __init__(self, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter

    def format_card(self, summary: "WebinarSummary", now: datetime, badge: SyncBadge = "") -> CardText:
        """Return the texts of a webinar's card.

        Args:
            summary: the webinar.
            now: the time to count from until the start, an aware datetime.
            badge: how the webinar compares with the server; empty if that is unknown.
        """
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
            "synced": self.tr("Up to date"),
            "ahead": self.tr("Newer on this computer"),
            "apart": self.tr("Conflict"),
            "refused": self.tr("Rejected by the server"),
        }[badge]

    def _version_text(self, summary: "WebinarSummary") -> str:
        if not summary.versions:
            return self.tr("Not saved yet")
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
    """Return when a webinar starts, in UTC; None without a date, or if its time zone is unknown here.

    A local time that clocks skip is shifted forward by the skipped time.
    """
    if summary.start is None:
        return None
    try:
        return resolve_start(summary.start, summary.zone, shift=True).instant
    except KnownError:
        return None


def filter_and_sort(
    summaries: "tuple[WebinarSummary, ...]", section: LibrarySection, search: str, now: datetime
) -> "tuple[WebinarSummary, ...]":
    """Return the webinars of one section that match a search: the next start first in "coming", else edited last first.

    "templates" has templates alone, "recent" and "coming" have none, "archive" and "deleted" have all that are given.

    Args:
        summaries: the webinars, as `load_summaries` reads them for the section: archived and deleted ones are not told
            apart here.
        section: the section; always empty for "hosted", whose webinars are not in the library.
        search: words that a title must contain, all of them, in any order and case; empty for all webinars.
        now: aware datetime; "coming" has only webinars that start then or later.
    """
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
