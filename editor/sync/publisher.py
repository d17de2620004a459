"""Publishing a saved version: from the library to a session on the hosting, in one call that can be repeated.

The document goes first, then its media (prepared if need be), then the session is scheduled. What was done before a
failure or a cancel stays done: the next call continues from there.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from editor.errors import KnownError
from editor.library import ancestry
from editor.media.catalog import MediaCatalog
from editor.media.prepare import preparation
from editor.progress import Progress
from editor.protocol import api
from editor.protocol.manifest import Manifest
from editor.schedule.invariants import find_violations
from editor.schedule.model import LocalTime, Media, Webinar
from editor.sync.media_upload import OnTransfer
from editor.sync.webinar_sync import MergeConflictError, WebinarSync

if TYPE_CHECKING:
    from editor.library.store import Library

PublishStep = Literal["document", "media", "session"]


class PublishRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Which version of which webinar to publish, and when: an immutable argument of `publish_version`.

    Its session is at `start` in `zone` (None means those of the version), or it is a private test `in_ms` milliseconds
    from now.
    """

    webinar: str
    version: str
    """Its hash."""
    test: bool = False
    """A private test session, `in_ms` from now."""
    in_ms: int = api.PRIVATE_TEST_DELAY_MS
    start: LocalTime | None = None
    zone: str | None = None


def publish_version(
    sync: WebinarSync,
    library: "Library",
    catalog: MediaCatalog,
    request: PublishRequest,
    progress: Progress,
    on_step: Callable[[PublishStep], None] = lambda _step: None,
    on_transfer: OnTransfer = lambda _doing: None,
) -> api.Session:
    """Push a version and its media, and schedule a session of it.

    Args:
        sync: The library and the hosting.
        library: Where the version is.
        catalog: Where the media are.
        request: What to publish.
        progress: Receives thousandths.
        on_step: Called in this thread at the begin of each step.
        on_transfer: Called in this thread with the progress of preparing and uploading.

    Returns:
        The session; it plays the version that was asked for, or its merge with a colleague's (as `upload_version`).

    Raises:
        MergeConflictError: A person has to choose a version first.
        KnownError: ``sync.*``, ``upload.*``, ``media.*``, ``session.*``, and what else the hosting refuses.
        CancelledError: The progress was cancelled; what arrived stays there.
    """
    version = upload_version(sync, library, catalog, request.webinar, request.version, progress, on_step, on_transfer)
    on_step("session")
    publication = api.CreateSessionRequest(
        webinar=request.webinar,
        version=version,
        start=request.start,
        zone=request.zone,
        test=request.test,
        in_ms=request.in_ms,
    )
    return sync.client.publish_session(publication)


def upload_version(
    sync: WebinarSync,
    library: "Library",
    catalog: MediaCatalog,
    webinar: str,
    version: str,
    progress: Progress,
    on_step: Callable[[PublishStep], None] = lambda _step: None,
    on_transfer: OnTransfer = lambda _doing: None,
) -> str:
    """Push a version and its media; return the hash of the version that the hosting has.

    That is the one asked for, or its merge with a colleague's work. Only the newest version of a webinar can be pushed;
    an older one has to be on the hosting already.

    Args:
        sync: The library and the hosting.
        library: Where the version is.
        catalog: Where the media are.
        webinar: The webinar's id.
        version: The version's hash.
        progress: Receives thousandths.
        on_step: Called in this thread at the begin of each step.
        on_transfer: Called in this thread with the progress of preparing and uploading.

    Raises:
        MergeConflictError: As `publish_version`.
        KnownError: As `publish_version`; ``sync.old_version``: the hosting never had this version, and an edit was
            saved after it.
        CancelledError: As `publish_version`.
    """
    on_step("document")
    progress.report(0, 1000)
    pushed = sync.push(webinar)
    remote_hashes = {each.hash for each in sync.client.fetch_versions(webinar)}
    if version not in remote_hashes:
        if not ancestry.is_merged_into(library.list_versions(webinar), version, pushed.hash):
            raise KnownError("sync.old_version")
        version = pushed.hash
    on_step("media")
    sync.upload_media(library.load_version(version), partial(_prepare_media, catalog), progress, on_transfer)
    return version


def _prepare_media(catalog: MediaCatalog, media: Media, progress: Progress) -> tuple[Manifest, Callable[[str], Path]]:
    manifest = preparation.find_prepared(catalog, media) or preparation.prepare(catalog, media, progress)
    return manifest, partial(preparation.prepared_file_path, catalog, media.sha256)


def resolve_with_mine(conflict: MergeConflictError) -> Webinar:
    """Return the webinar for `WebinarSync.resolve` where a person chose mine: the merge if valid, else mine alone."""
    return conflict.mine if find_violations(conflict.merged.webinar) else conflict.merged.webinar
