"""Records that the library returns: summaries, drafts, versions. Frozen values that need no database."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from editor.schedule.model import RoomType, Webinar

RESTORABLE_FOR = timedelta(days=30)
"""How long a deleted webinar can be restored; the daily backup purges it afterwards (`Library.make_daily_backup`)."""

VersionLine = Literal["own", "pulled", "left"]
"""What a version is to the draft: "own" ones lead to it; "pulled" came from a hosting, or of a merge with what came,
and are not in it yet; "left" ones were given up for another."""


class WebinarSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of webinars shows of one, without its draft: an immutable record of the moment it was read."""

    id: str
    title: str
    start: str | None
    """Local to `zone`."""
    zone: str
    room: RoomType
    length_ms: int
    rev: int
    edited_at: datetime
    """UTC, for people; the clock it came from may have been wrong."""
    versions: int
    """How many were saved."""
    unsaved: bool
    """Whether the draft differs from the version saved last."""
    archived: bool
    deleted: bool
    template: bool


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The draft of a webinar as it is stored: the state being edited, saved as a version or not; immutable.

    `Library.load_draft` returns it. `rev` is the revision that the next write must name.
    """

    webinar: Webinar
    rev: int
    """What `store_draft` must have seen to write the next."""
    unknown: tuple[str, ...]
    """Fields and kinds this program does not know; with any, the draft may be looked at and not written."""
    body: bytes
    """The stored bytes themselves."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """The immutable record of a saved version, known by its hash, without its document (`Library.load_version`)."""

    hash: str
    """SHA-256 of the canonical JSON and the parents, in hex."""
    webinar: str
    ordinal: int
    """1, 2, 3 …: the order they were saved in, whatever the clocks said."""
    parents: tuple[str, ...]
    note: str
    saved_at: datetime
    number: int | None = None
    """The hosting's number; None until it has given one."""
    line: VersionLine = "own"
    over: str | None = None
    """The version here that it follows, where its parents never came here."""


class LastSynced(msgspec.Struct, frozen=True, kw_only=True):
    """What one hosting had of a webinar and its notes at the last sync, as this library stores it; immutable.

    The defaults stand for a webinar that was never synced.
    """

    rev: int = 0
    """Its revision; 0 where it was never there."""
    version: str = ""
    """The hash of the version that it was; kept here, too."""
    notes_rev: int = 0
    notes: dict[str, str] = {}
    """As both sides had them then."""


class SyncInputs(msgspec.Struct, frozen=True, kw_only=True):
    """What this library knows for comparing one webinar with a hosting: its versions, its notes, and the last sync.

    An immutable record, read in one transaction by `SyncState.load_inputs`; all empty for a webinar that is not here.
    """

    versions: tuple[Version, ...] = ()
    """Newest first."""
    notes: dict[str, str] = {}
    last_synced: LastSynced = LastSynced()
