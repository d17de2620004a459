"""Every edit as a value: what gestures, menus, the command line and other programs send.

An operation is data; `editor.schedule.edits.apply(webinar, operation)` carries it out. A gesture in the timeline
previews the same operation that it commits on release; `docs/edits.md` is generated from these structs. Each is tagged
by ``op``. There are three placement modes: *normal* refuses a place that is taken, *insert* makes room, *overwrite*
cuts back what lies there.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from editor.schedule.model import (
    MAX_WEBINAR_MS,
    Access,
    AnySegment,
    ChatMode,
    Id,
    Lane,
    LocalTime,
    Media,
    MediaMs,
    Moderator,
    Ms,
    Page,
    Price,
    RoomType,
    Sha256,
    Webinar,
)

PlacementMode = Literal["normal", "insert", "overwrite"]
Edge = Literal["start", "end"]
DeltaMs = Annotated[int, Meta(ge=-MAX_WEBINAR_MS, le=MAX_WEBINAR_MS)]
"""A signed difference in milliseconds."""


class Operation(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="op", omit_defaults=True, forbid_unknown_fields=True
):
    """The base of all edit operations: immutable values that say what to do (`editor.schedule.edits.apply` does it).

    With `unlock`, locked lanes that forbid the edit are unlocked in the same step.
    """

    unlock: bool = False


# ------------------------------------------------------------------------------------------------ placing


class Add(Operation, frozen=True, kw_only=True, tag="add"):
    """Add new segments at their own starts, all or none; `media` has the facts about their media.

    Where a place is taken, mode `normal` refuses, `insert` makes room, and `overwrite` cuts back what lies there.
    """

    segments: tuple[AnySegment, ...]
    media: tuple[Media, ...] = ()
    mode: PlacementMode = "normal"


class Move(Operation, frozen=True, kw_only=True, tag="move"):
    """Move segments, and the groups they belong to, by `delta_ms` milliseconds, later (positive) or earlier."""

    segments: tuple[Id, ...]
    delta_ms: DeltaMs
    mode: PlacementMode = "normal"


class Resize(Operation, frozen=True, kw_only=True, tag="resize"):
    """Drag one edge of one segment by `delta_ms` milliseconds, later (positive) or earlier.

    Where the edge cannot go as far, it stops and the result shows where; with `exact` the edit is refused instead.
    """

    segment: Id
    edge: Edge
    delta_ms: DeltaMs
    mode: PlacementMode = "normal"
    exact: bool = False


class Lengths(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The start and the lengths (ms) of one segment, as the length pop-up sets them; null leaves one as it is.

    `play_ms` is the part played, or the whole length for kinds without a hold; `hold_ms` the hold of timed media;
    `pages` the page times of a presentation.
    """

    segment: Id
    start_ms: Ms | None = None
    in_ms: MediaMs | None = None
    play_ms: MediaMs | None = None
    hold_ms: Ms | None = None
    pages: tuple[Page, ...] | None = None


class SetLengths(Operation, frozen=True, kw_only=True, tag="set_lengths"):
    """Set starts, in-points, lengths, holds and page times of segments to given values (ms), all or none.

    A value that is null stays as it is. `mode` says what happens to neighbours, as in `Resize`; a segment that is
    named twice is refused (``refused.overlap``).
    """

    lengths: tuple[Lengths, ...]
    mode: PlacementMode = "normal"


class Split(Operation, frozen=True, kw_only=True, tag="split"):
    """Split the named segments at a position (ms), or the programme's segment there where none is named.

    The parts play as the segment did; the left one keeps its id.
    """

    at_ms: Ms
    segments: tuple[Id, ...] = ()


class Delete(Operation, frozen=True, kw_only=True, tag="delete"):
    """Remove segments, and the groups they belong to, and leave their places empty."""

    segments: tuple[Id, ...]


class RippleDelete(Operation, frozen=True, kw_only=True, tag="ripple_delete"):
    """Remove segments, and the groups they belong to, and close the gaps they leave.

    What lies behind moves earlier; behind a segment of the programme, both lanes follow.
    """

    segments: tuple[Id, ...]


class RippleTrim(Operation, frozen=True, kw_only=True, tag="ripple_trim"):
    """Cut the programme segment under a position (ms) from its start (or end) up to the position, and close the gap."""

    at_ms: Ms
    edge: Edge


class CloseGaps(Operation, frozen=True, kw_only=True, tag="close_gaps"):
    """Close every gap of one lane from a position (ms) on; on the programme the interactions follow."""

    lane: Lane = "programme"
    from_ms: Ms = 0


class CloseGap(Operation, frozen=True, kw_only=True, tag="close_gap"):
    """Close the one gap of a lane that a position (ms) lies in; on the programme the interactions follow."""

    lane: Lane
    at_ms: Ms


class Paste(Operation, frozen=True, kw_only=True, tag="paste"):
    """Paste copies of segments (from any webinar) so that the earliest begins at a position (ms).

    The copies get new ids, as do their groups and offers. `media` has the facts about their media; known ones stay.
    """

    segments: tuple[AnySegment, ...]
    media: tuple[Media, ...] = ()
    at_ms: Ms
    mode: PlacementMode = "normal"


class Duplicate(Operation, frozen=True, kw_only=True, tag="duplicate"):
    """Copy segments, and the groups they belong to, to the first free place after them; nothing else moves."""

    segments: tuple[Id, ...]


class Group(Operation, frozen=True, kw_only=True, tag="group"):
    """Join segments, and the groups they belong to, into one group.

    The members of a group are moved, copied and deleted together.
    """

    segments: tuple[Id, ...]


class Ungroup(Operation, frozen=True, kw_only=True, tag="ungroup"):
    """Dissolve the groups that these segments belong to, for all their members."""

    segments: tuple[Id, ...]


class Lock(Operation, frozen=True, kw_only=True, tag="lock"):
    """Lock or unlock a lane: edits that would change a locked lane are refused."""

    lane: Lane
    locked: bool = True


# ------------------------------------------------------------------------------------------------- content


class ChangeSegment(Operation, frozen=True, kw_only=True, tag="put"):
    """Replace a segment's fields with those of the given one: title, texts, questions, volume, captions, picture.

    The given one has the same id, kind, start and length, and its group is ignored; the kind may change between video
    and recording. `media` has the facts about media that it names.
    """

    segment: AnySegment
    media: tuple[Media, ...] = ()


class ReplaceMedia(Operation, frozen=True, kw_only=True, tag="replace_media"):
    """Replace the media of a segment by one of the same kind, and keep its place and length.

    The in-point is kept as far as the new media reaches; what the new media lacks becomes hold.
    """

    segment: Id
    media: Media


class AddMedia(Operation, frozen=True, kw_only=True, tag="know_media"):
    """Add media to the webinar, or update what is known of them (new captions), without placing anything."""

    media: tuple[Media, ...]


class RemoveMedia(Operation, frozen=True, kw_only=True, tag="forget_media"):
    """Remove the facts about media, named by SHA-256, from the webinar; media that it uses are refused."""

    media: tuple[Sha256, ...]


class SpreadEvenly(Operation, frozen=True, kw_only=True, tag="spread_evenly"):
    """Show every page in a presentation's window for the same time; the length of the segment stays."""

    segment: Id


class AddMarker(Operation, frozen=True, kw_only=True, tag="add_marker"):
    """Add a marker with a new id at a position (ms)."""

    at_ms: Ms
    title: str = ""


class ChangeMarker(Operation, frozen=True, kw_only=True, tag="change_marker"):
    """Move a marker to a position (ms), or rename it; null leaves its position or title as it is."""

    marker: Id
    at_ms: Ms | None = None
    title: str | None = None


class RemoveMarker(Operation, frozen=True, kw_only=True, tag="remove_marker"):
    """Remove the marker with an id."""

    marker: Id


class ChangeProperties(Operation, frozen=True, kw_only=True, tag="plan"):
    """Change the webinar's settings; a field left out stays as it is, and null empties one that may be empty.

    `media` has the facts about the waiting room's picture.
    """

    title: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType = msgspec.UNSET
    start: LocalTime | msgspec.UnsetType | None = msgspec.UNSET
    zone: str | msgspec.UnsetType = msgspec.UNSET
    room: RoomType | msgspec.UnsetType = msgspec.UNSET
    available_until: LocalTime | msgspec.UnsetType | None = msgspec.UNSET
    chat: ChatMode | msgspec.UnsetType = msgspec.UNSET
    moderators: tuple[Moderator, ...] | msgspec.UnsetType = msgspec.UNSET
    access: Access | msgspec.UnsetType = msgspec.UNSET
    price: Price | msgspec.UnsetType | None = msgspec.UNSET
    language: str | msgspec.UnsetType = msgspec.UNSET
    waiting_text: str | msgspec.UnsetType = msgspec.UNSET
    waiting_picture: Sha256 | msgspec.UnsetType | None = msgspec.UNSET
    media: tuple[Media, ...] = ()


AnyOperation = (
    Add
    | Move
    | Resize
    | SetLengths
    | Split
    | Delete
    | RippleDelete
    | RippleTrim
    | CloseGaps
    | CloseGap
    | Paste
    | Duplicate
    | Group
    | Ungroup
    | Lock
    | ChangeSegment
    | ReplaceMedia
    | AddMedia
    | RemoveMedia
    | SpreadEvenly
    | AddMarker
    | ChangeMarker
    | RemoveMarker
    | ChangeProperties
)


class EditResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an edit: the webinar after it, and the ids of what it moved, trimmed, created, removed and changed.

    It is immutable. A segment is in at most one of the five: a `trimmed` one plays another part or time (and may have
    moved as well), a `moved` one only begins elsewhere, a `changed` one has the same place and length. Markers can be
    moved, created, removed and changed too. An edit without effect (a move by 0) returns the same webinar object.
    """

    webinar: Webinar
    moved: tuple[Id, ...] = ()
    trimmed: tuple[Id, ...] = ()
    created: tuple[Id, ...] = ()
    removed: tuple[Id, ...] = ()
    changed: tuple[Id, ...] = ()
