"""The seven kinds of segment and what is true of each: one table, `TRAITS`, that every other module asks.

There are three ways to ask about a kind, one for each situation:

* a rule asks for one property of a segment or of a kind: ``traits_of(segment).has_sound``, ``TRAITS[kind].lane``;
* code that reads fields which only some kinds have narrows by class, for the type checker:
  ``isinstance(segment, Timed)`` and ``isinstance(segment, Offer)`` for the two families of the model, ``VideoSegment``,
  ``SoundSegment`` and ``LengthSegment`` for the other sets;
* code that does something different for each kind is a dispatch that ends in ``typing.assert_never``.

A new kind is added to `Kind` and `AnySegment` (`editor.schedule.model`) and to this table. mypy then names every
dispatch and every `KindTable` in which it is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypedDict, TypeVar

from editor.schedule.model import (
    KINDS,
    AnySegment,
    Audio,
    Cta,
    Image,
    Kind,
    Lane,
    MediaKind,
    Presentation,
    Recording,
    Segment,
    Survey,
    Video,
)

T = TypeVar("T")

TimedSegment = Video | Audio | Recording
"""The kinds derived from `Timed`, for annotations: a part of a media that plays, then its last frame holds."""
VideoSegment = Video | Recording
"""The kinds that show a moving picture. One can be changed into the other, because they play the same content."""
SoundSegment = Video | Audio | Recording | Presentation
"""The kinds that play `in_ms … out_ms` of a track and so have a volume and fades."""
LengthSegment = Image | Cta | Survey
"""The kinds that have nothing but a length: nothing in them plays, holds or fades."""


class KindTable(TypedDict, Generic[T]):
    """A dict with a value for every kind of segment; for mypy, a table in which a kind is missing is a type error."""

    video: T
    audio: T
    image: T
    presentation: T
    recording: T
    cta: T
    survey: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What is true of every segment of one kind: its class and lane, the media it can play, whether it has sound, etc.

    `TRAITS` has the one of each kind; `traits_of` finds it. It is immutable.
    """

    type: type[AnySegment]
    lane: Lane
    media_kinds: frozenset[MediaKind] = frozenset()
    """The content it can play or show as `media`; empty where it has no media."""
    is_timed: bool = False
    """It is derived from `Timed`: it plays a part of its media, then holds the last frame."""
    is_video: bool = False
    """It shows a moving picture (`VideoSegment`)."""
    has_sound: bool = False
    """It plays a window of a track, with a volume and fades (`SoundSegment`)."""
    is_offer: bool = False
    """It is derived from `Offer`: an interaction that each person answers once."""

    @property
    def has_media(self) -> bool:
        """Whether segments of the kind play or show a media; not so for calls to action and surveys."""
        return bool(self.media_kinds)


TRAITS: KindTable[Traits] = {
    "video": Traits(
        type=Video,
        lane="programme",
        media_kinds=frozenset({"video"}),
        is_timed=True,
        is_video=True,
        has_sound=True,
    ),
    "audio": Traits(
        type=Audio,
        lane="programme",
        media_kinds=frozenset({"audio", "video"}),  # the sound of a video will do
        is_timed=True,
        has_sound=True,
    ),
    "image": Traits(type=Image, lane="programme", media_kinds=frozenset({"image"})),
    "presentation": Traits(
        type=Presentation,
        lane="programme",
        media_kinds=frozenset({"presentation"}),
        has_sound=True,
    ),
    "recording": Traits(
        type=Recording,
        lane="programme",
        media_kinds=frozenset({"video"}),
        is_timed=True,
        is_video=True,
        has_sound=True,
    ),
    "cta": Traits(type=Cta, lane="interactions", is_offer=True),
    "survey": Traits(type=Survey, lane="interactions", is_offer=True),
}
"""What is true of each kind."""

KIND_BY_TYPE: Mapping[type, Kind] = {TRAITS[kind].type: kind for kind in KINDS}
"""The kind of each class of segment; `kind_of` for code that has the class and not the segment."""
_TRAITS_BY_TYPE: Mapping[type, Traits] = {TRAITS[kind].type: TRAITS[kind] for kind in KINDS}


def kind_of(segment: Segment) -> Kind:
    """Return the kind of a segment, such as "video" or "cta", as the wire format names it."""
    return KIND_BY_TYPE[type(segment)]


def traits_of(segment: Segment) -> Traits:
    """Return the traits of a segment's kind, which are true of every segment of it."""
    return _TRAITS_BY_TYPE[type(segment)]


def lane_of(segment: Segment) -> Lane:
    """Return the lane that a segment lies on by its kind: "programme" or "interactions"."""
    return _TRAITS_BY_TYPE[type(segment)].lane
