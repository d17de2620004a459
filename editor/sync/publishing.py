"""Publishing a saved version, from the library here to a session on the hosting, in one go that can be repeated.

The document goes first, then what its media need (prepared here if they are not yet), then the session is scheduled.
Whatever was done before a failure or a cancel stays done: the next time goes on from there.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import Known
from editor.library import lines
from editor.media import prepare
from editor.media.shelf import Shelf
from editor.progress import Progress
from editor.protocol import api
from editor.protocol.manifest import Manifest
from editor.schedule.invariants import broken
from editor.schedule.model import LocalTime, Media, Webinar
from editor.sync.sending import OnDoing
from editor.sync.sync import Apart, Sync

if TYPE_CHECKING:
    from editor.library.store import Library

Step = Literal["document", "media", "session"]


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be published, and when it begins: as planned, unless it is a test."""

    webinar: str
    version: str
    """Its hash."""
    test: bool = False
    """A private test session, `in_ms` from now."""
    in_ms: int = 5_000
    start: LocalTime | None = None
    zone: str | None = None


def publish(
    sync: Sync,
    library: "Library",
    shelf: Shelf,
    wish: Wish,
    progress: Progress,
    on_step: Callable[[Step], None] = lambda _step: None,
    on_doing: OnDoing = lambda _doing: None,
) -> api.Session:
    """Bring a version and its media to the hosting and schedule a session from it.

    Args:
        sync: the library and the hosting.
        library: where the version is.
        shelf: where the media are.
        wish: what to publish.
        progress: told thousandths.
        on_step: told, in this thread, what is being done.
        on_doing: told, in this thread, which media is being prepared or uploaded, and how far that is.

    Raises:
        Apart: both sides went on and somebody has to choose first.
        Known: ``sync.*``, ``upload.*``, ``media.*``, and what the hosting refuses.
        Cancelled: it was given up; what arrived stays there.
    """
    version = bring(sync, library, shelf, wish.webinar, wish.version, progress, on_step, on_doing)
    on_step("session")
    asked = api.Publish(
        webinar=wish.webinar, version=version, start=wish.start, zone=wish.zone, test=wish.test, in_ms=wish.in_ms
    )
    return sync.client.publish(asked)


def bring(
    sync: Sync,
    library: "Library",
    shelf: Shelf,
    webinar: str,
    version: str,
    progress: Progress,
    on_step: Callable[[Step], None] = lambda _step: None,
    on_doing: OnDoing = lambda _doing: None,
) -> str:
    """Bring a version and its media to the hosting; gives the version that is there.

    That is the one asked for, unless a colleague's work had to be merged with it: then it is what came of that.

    Raises:
        Apart, Known, Cancelled: as `publish`.
    """
    on_step("document")
    progress.report(0, 1000)
    pushed = sync.push(webinar)
    there = {each.hash for each in sync.client.versions(webinar)}
    if version not in there:
        if version not in lines.before(library.versions(webinar), pushed.hash):
            # An older one that was never sent: only the newest goes to the hosting.
            raise Known("sync.old_version")
        version = pushed.hash
    on_step("media")
    sync.send_media(library.version(version), partial(_prepared, shelf), progress, on_doing)
    return version


def _prepared(shelf: Shelf, media: Media, progress: Progress) -> tuple[Manifest, Callable[[str], Path]]:
    manifest = prepare.prepared(shelf, media) or prepare.prepare(shelf, media, progress)
    return manifest, partial(prepare.file_of, shelf, media.sha256)


def mine(both: Apart) -> Webinar:
    """What holds where mine is chosen: with theirs wherever that goes together, else my version alone."""
    return both.mine if broken(both.merged.webinar) else both.merged.webinar
