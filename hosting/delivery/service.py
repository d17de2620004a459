"""Look-ups of delivery: a session's gate, the manifest of a media, and one rung, still or caption track of it."""

from sqlalchemy import Connection

from editor.errors import KnownError
from editor.protocol.manifest import Manifest, PreparedCaptions, Rung, Still
from hosting.delivery.gate import Gate
from hosting.media import service as media_service
from hosting.sessions.engine.log_writer import LogWriter


def load_gate(connection: Connection, log_writer: LogWriter, session: str) -> tuple[Gate, str]:
    """Return a session's gate at this moment, and the id of the account that the session belongs to.

    Args:
        connection: A reading transaction.
        log_writer: Of the hosting; its clock gives the moment.
        session: The session's id.

    Raises:
        KnownError: ``session.unknown``.
    """
    context = log_writer.context
    state = log_writer.states.load(connection, session)
    now = context.now()
    gate = Gate(
        webinar=state.webinar,
        clock=state.clock,
        now_ms=now,
        reached_ms=state.find_reached_ms(now),
        lead_ms=context.settings.lead_ms,
        waiting_ms=state.record.waiting_ms,
        replay=state.record.replay,
        cancelled=state.is_cancelled,
    )
    return gate, state.record.account


def require_manifest(connection: Connection, account: str, media: str) -> Manifest:
    """Return the manifest that an account stored for a media, by the media's hash.

    Raises:
        KnownError: ``media.not_here``: there is none, or `media` is not a hash.
    """
    try:
        return media_service.load_manifest(connection, account, media)
    except KnownError as error:
        raise KnownError("media.not_here", sha256=media) from error


def require_rung(manifest: Manifest, name: str) -> Rung:
    """Return the rung (one rendition of a video or its sound) that a manifest has under a name, such as "720".

    Raises:
        KnownError: ``media.not_here``: it has none.
    """
    for rung in manifest.rungs:
        if rung.name == name:
            return rung
    raise KnownError("media.not_here", sha256=manifest.media)


def require_still(manifest: Manifest, width: int, page: int | None) -> Still:
    """Return the narrowest still of a manifest that is at least `width` pixels wide, else the widest.

    Args:
        manifest: Of the media.
        width: In pixels.
        page: The page of a presentation, from 0; None for the media as a whole.

    Raises:
        KnownError: ``media.not_here``: the manifest has no such still.
    """
    candidates = sorted((still for still in manifest.stills if still.page == page), key=lambda still: still.width)
    if not candidates:
        raise KnownError("media.not_here", sha256=manifest.media)
    return next((still for still in candidates if still.width >= width), candidates[-1])


def require_track(manifest: Manifest, source: str) -> PreparedCaptions:
    """Return the prepared captions of a manifest that were made from the caption file with the hash `source`.

    Raises:
        KnownError: ``media.not_here``: it has none.
    """
    for track in manifest.captions:
        if track.source == source:
            return track
    raise KnownError("media.not_here", sha256=source)
