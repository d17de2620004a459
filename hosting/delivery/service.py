"""From a session's id to its gate, to what was prepared of the media it plays, and to one picture or track of that."""

from sqlalchemy import Connection

from editor.errors import Known
from editor.protocol.manifest import Manifest, Rung, Still, Track
from hosting.delivery.gate import Gate
from hosting.house import House
from hosting.media import service as media_service
from hosting.sessions.desk import desk_of


def gate_of(connection: Connection, house: House, session: str) -> tuple[Gate, str]:
    """A session's gate at this moment, and whose session it is.

    Raises:
        Known: ``session.unknown``.
    """
    state = desk_of(house).rooms.state(connection, session)
    now = house.now()
    gate = Gate(
        webinar=state.webinar,
        clock=state.clock,
        now_ms=now,
        reached_ms=state.reached_ms(now),
        lead_ms=house.settings.lead_ms,
        waiting_ms=state.row.waiting_ms,
        replay=state.row.replay,
        cancelled=state.cancelled,
    )
    return gate, state.row.account


def manifest_of(connection: Connection, account: str, media: str) -> Manifest:
    """What was prepared of a media.

    Raises:
        Known: ``media.not_here``, also for what is no hash at all.
    """
    try:
        return media_service.manifest(connection, account, media)
    except Known as error:
        raise Known("media.not_here", sha256=media) from error


def rung_of(manifest: Manifest, name: str) -> Rung:
    """A rung by its name.

    Raises:
        Known: ``media.not_here``.
    """
    for rung in manifest.rungs:
        if rung.name == name:
            return rung
    raise Known("media.not_here", sha256=manifest.media)


def still_of(manifest: Manifest, width: int, page: int | None) -> Still:
    """The narrowest picture that is at least so wide, else the widest there is.

    Raises:
        Known: ``media.not_here``.
    """
    there = sorted((still for still in manifest.stills if still.page == page), key=lambda still: still.width)
    if not there:
        raise Known("media.not_here", sha256=manifest.media)
    return next((still for still in there if still.width >= width), there[-1])


def track_of(manifest: Manifest, source: str) -> Track:
    """Captions by the hash of the file they were made of.

    Raises:
        Known: ``media.not_here``.
    """
    for track in manifest.captions:
        if track.source == source:
            return track
    raise Known("media.not_here", sha256=source)
