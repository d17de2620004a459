"""The data model: a webinar, its two lanes and the segments on them.

All structs are frozen. The same structs are the edit state, the wire format and the JSON Schema; there is no second
model. Times are integer milliseconds (`Ms`); intervals are half-open; a lane is a tuple sorted by start in which
nothing overlaps. A segment names its media by SHA-256 and never by a path; the facts about each media that the rules
need (its duration, its number of pages) are in `Webinar.media`.

Presenters' notes are not part of a webinar: they are stored beside it (`Note`) and make no new version.
"""

import uuid
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

FORMAT = 2
"""The number of the wire format; `editor.schedule.serialization` has one upgrade function for each older number."""

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
MIN_SEGMENT_MS = SECOND
"""The least length of a segment."""
MAX_WEBINAR_MS = 24 * HOUR
"""The greatest length of a webinar."""

Ms = Annotated[int, Meta(ge=0, le=MAX_WEBINAR_MS)]
"""Integer milliseconds, a position or a length."""
# Each pattern comes with a greatest length because "$" in a Python pattern also matches before a final line break.
LocalTime = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$", max_length=19)]
"""A local date and time without a zone, e.g. ``2026-03-14T19:00:00``."""
MAX_MEDIA_MS = 2**31 - 1
"""The greatest duration of a media or a track of pages: about 24 days, which fits 31 bits."""
MediaMs = Annotated[int, Meta(ge=0, le=MAX_MEDIA_MS)]
"""Integer milliseconds within a media, which may be longer than a webinar."""
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Amount = Annotated[int, Meta(ge=0, le=2**53 - 1)]
"""The integers that every JSON reader represents exactly."""
Percent = Annotated[int, Meta(ge=0, le=100)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]

Lane = Literal["programme", "interactions"]
LANES: tuple[Lane, Lane] = ("programme", "interactions")
Kind = Literal["video", "audio", "image", "presentation", "recording", "cta", "survey"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OfferKind = Literal["cta", "survey"]
MediaKind = Literal["video", "audio", "image", "presentation"]
MEDIA_KINDS: tuple[MediaKind, ...] = get_args(MediaKind)
RoomType = Literal["automated", "on_demand"]
ChatMode = Literal["none", "moderated", "answer_later"]
Access = Literal["free", "paid"]
Role = Literal["owner", "organizer", "presenter", "moderator"]


def new_id() -> str:
    """Return a new random id, 32 hexadecimal digits, for a segment, a marker, a group, an offer or a webinar."""
    return uuid.uuid4().hex


class ModelStruct(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The base of the model: immutable, compared by content; the JSON leaves out fields that have their default."""


# ---------------------------------------------------------------------------------------------------- media


class CaptionTrack(ModelStruct, frozen=True, kw_only=True):
    """One subtitle file that belongs to a media, by its SHA-256, with its language and the name of the imported file.

    Its times count from the beginning of the media, whatever segment plays it.
    """

    sha256: Sha256
    language: str = ""
    """A BCP 47 tag; empty where it is unknown."""
    name: str = ""
    """The name of the imported file, for display."""


class Media(ModelStruct, frozen=True, kw_only=True):
    """The facts about one source file: its kind, duration (ms), size in bytes and pixels, pages, captions.

    It is named by the hash of its content (`sha256`), and not by a path. Numbers that a kind does not have are 0.
    """

    sha256: Sha256
    kind: MediaKind
    """The kind of content; a recording is a video."""
    name: str
    """The name of the imported file, for display."""
    size: Amount = 0
    """Bytes."""
    duration_ms: MediaMs = 0
    """Milliseconds; 0 for images and presentations. May exceed 24 h; a segment may not."""
    width: Count = 0
    """Pixels as shown, after rotation."""
    height: Count = 0
    pages: Count = 0
    """Pages of a presentation."""
    has_audio: bool = False
    captions: tuple[CaptionTrack, ...] = ()


# ------------------------------------------------------------------------------------------------- segments


class Segment(ModelStruct, frozen=True, kw_only=True):
    """The base of all segments: each occupies `[start_ms, start_ms + length_ms)` on the lane of its kind.

    All times are integer milliseconds from the beginning of the webinar.
    """

    id: Id
    start_ms: Ms
    title: str = ""
    group: str | None = None
    """The id of the group; segments of one group are moved, copied and deleted together."""


class Timed(Segment, frozen=True, kw_only=True):
    """The base of segments that play `in_ms … out_ms` of their media, then hold its last frame, silent, for `hold_ms`.

    Times are milliseconds, those of the media from its beginning. `volume` is in percent; the fades lie within what
    plays, and have an offset where a cut has left a part of them (`editor.schedule.fades`).
    """

    media: Sha256
    in_ms: MediaMs = 0
    out_ms: MediaMs
    hold_ms: Ms = 0
    volume: Percent = 100
    muted: bool = False
    fade_in_ms: Ms = 0
    fade_in_offset_ms: Ms = 0
    """How much of the fade-in was over before the segment begins, because it was cut there."""
    fade_out_ms: Ms = 0
    fade_out_offset_ms: Ms = 0
    """How much of the fade-out comes after what plays, because it was cut there."""
    captions: Sha256 | None = None
    """The caption track of the media that is shown; None shows none."""

    @property
    def play_ms(self) -> int:
        """How long the media plays, in ms, without the hold."""
        return self.out_ms - self.in_ms

    @property
    def length_ms(self) -> int:
        """The length of the segment in ms: the part of the media and the hold together."""
        return self.out_ms - self.in_ms + self.hold_ms

    @property
    def end_ms(self) -> int:
        """The first position after the segment, in ms from the beginning of the webinar."""
        return self.start_ms + self.out_ms - self.in_ms + self.hold_ms


class Video(Timed, frozen=True, kw_only=True, tag_field="kind", tag="video"):
    """A segment that plays a part of a video, with its sound, and then holds the last frame."""


class Recording(Timed, frozen=True, kw_only=True, tag_field="kind", tag="recording"):
    """A segment that plays a video made with another tool, e.g. in a meeting; it differs from `Video` by its kind only.

    The kind is a person's choice: the media itself is of the kind "video", and a segment can be changed between both.
    """


class Audio(Timed, frozen=True, kw_only=True, tag_field="kind", tag="audio"):
    """A segment that plays sound, and shows the image `picture` (a SHA-256) meanwhile, if it has one."""

    picture: Sha256 | None = None


class Image(Segment, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """A segment that shows a still picture for `length_ms` milliseconds, without sound."""

    media: Sha256
    length_ms: Ms

    @property
    def end_ms(self) -> int:
        """The first position after the segment, in ms from the beginning of the webinar."""
        return self.start_ms + self.length_ms


class Page(ModelStruct, frozen=True, kw_only=True):
    """One page on a presentation's track: its number in the document, from 0, and how many ms it is shown."""

    page: Count
    """The number of the page in the document, from 0."""
    length_ms: Annotated[int, Meta(ge=1, le=MAX_MEDIA_MS)]


class Presentation(Segment, frozen=True, kw_only=True, tag_field="kind", tag="presentation"):
    """A segment that shows the window `in_ms … out_ms` of a track of pages, which follow each other.

    Times are milliseconds from the beginning of the track; each page on it has a time of its own, and may come again.
    """

    media: Sha256
    pages: tuple[Page, ...]
    in_ms: MediaMs = 0
    out_ms: MediaMs
    audio: Sha256 | None = None
    """A sound track that runs along the page track: it begins at track time 0, and after its end there is silence."""
    volume: Percent = 100
    muted: bool = False
    fade_in_ms: Ms = 0
    fade_in_offset_ms: Ms = 0
    """How much of the fade-in was over before the segment begins, because it was cut there."""
    fade_out_ms: Ms = 0
    fade_out_offset_ms: Ms = 0
    """How much of the fade-out comes after the segment, because it was cut there."""

    @property
    def length_ms(self) -> int:
        """The length of the window, and so of the segment, in ms."""
        return self.out_ms - self.in_ms

    @property
    def end_ms(self) -> int:
        """The first position after the segment, in ms from the beginning of the webinar."""
        return self.start_ms + self.out_ms - self.in_ms

    @property
    def track_ms(self) -> int:
        """The length of the whole track in ms: the sum of its pages, whether the window shows them or not."""
        return sum(page.length_ms for page in self.pages)


class Offer(Segment, frozen=True, kw_only=True):
    """The base of segments that show an interaction over the programme for `length_ms` milliseconds.

    When one is split, its parts share the id `offer`, and each person answers it once.
    """

    offer: Id
    length_ms: Ms

    @property
    def end_ms(self) -> int:
        """The first position after the segment, in ms from the beginning of the webinar."""
        return self.start_ms + self.length_ms


class Cta(Offer, frozen=True, kw_only=True, tag_field="kind", tag="cta"):
    """A call to action over the programme: a heading (the title), a line of text and a button that opens `link`."""

    text: str = ""
    label: str = ""
    """The text of the button."""
    link: str = ""
    look: Literal["banner", "card", "corner"] = "banner"
    colour: Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$", max_length=7)] = "#D55E00"


QuestionKind = Literal["single", "multiple", "text", "rating"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


class Question(ModelStruct, frozen=True, kw_only=True):
    """One question of a survey: `choices` is for single and multiple choice, `scale` for a rating from 1 to `scale`.

    Answers name choices by their index, from 0.
    """

    id: Id
    kind: QuestionKind = "single"
    text: str = ""
    choices: tuple[str, ...] = ()
    scale: Annotated[int, Meta(ge=2, le=10)] = 5
    required: bool = False


class Survey(Offer, frozen=True, kw_only=True, tag_field="kind", tag="survey"):
    """A survey, shown over the programme: questions to the attendees, which each person answers once."""

    questions: tuple[Question, ...] = ()


ProgrammeSegment = Video | Audio | Image | Presentation | Recording
InteractionSegment = Cta | Survey
AnySegment = Video | Audio | Image | Presentation | Recording | Cta | Survey

# -------------------------------------------------------------------------------------------------- webinar


class Marker(ModelStruct, frozen=True, kw_only=True):
    """A named position (ms) on the timeline, for the editor alone: attendees see nothing of it."""

    id: Id
    at_ms: Ms
    title: str = ""


class Price(ModelStruct, frozen=True, kw_only=True):
    """An amount in the currency's smallest unit (e.g. cents), with the currency's ISO 4217 code."""

    amount: Amount
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$", max_length=3)] = "EUR"


class Moderator(ModelStruct, frozen=True, kw_only=True):
    """The name, e-mail address and role of a person of the team who is to moderate the chat."""

    name: str
    email: str
    role: Role = "moderator"


class Webinar(ModelStruct, frozen=True, kw_only=True):
    """A whole webinar: its settings, the segments of both lanes, its markers, and the facts about its media.

    It never changes: an edit makes another one. The segments of `programme` and of `interactions` are sorted by start
    and do not overlap.
    """

    id: Id
    title: str = ""
    description: str = ""
    start: LocalTime | None = None
    """The local date and time of the start in `zone`; `editor.schedule.start_time.resolve_start` gives the instant."""
    zone: str = "UTC"
    """An IANA time zone."""
    room: RoomType = "automated"
    available_until: LocalTime | None = None
    """On demand: the local date and time in `zone` until which new access is given."""
    chat: ChatMode = "none"
    moderators: tuple[Moderator, ...] = ()
    access: Access = "free"
    price: Price | None = None
    language: str = "en"
    waiting_text: str = ""
    waiting_picture: Sha256 | None = None
    programme: tuple[ProgrammeSegment, ...] = ()
    interactions: tuple[InteractionSegment, ...] = ()
    programme_locked: bool = False
    interactions_locked: bool = False
    markers: tuple[Marker, ...] = ()
    media: dict[Sha256, Media] = {}
    """The facts about every media that a segment or the waiting room refers to. Never changed in place."""

    def get_lane(self, lane: Lane) -> tuple[AnySegment, ...]:
        """Return the segments of one lane, "programme" or "interactions", in order of their starts."""
        return self.programme if lane == "programme" else self.interactions

    def is_locked(self, lane: Lane) -> bool:
        """Return whether a lane is locked: edits that would change it are refused."""
        return self.programme_locked if lane == "programme" else self.interactions_locked

    @property
    def segments(self) -> tuple[AnySegment, ...]:
        """The segments of both lanes: the programme's in order of their starts, then the interactions."""
        return (*self.programme, *self.interactions)

    @property
    def length_ms(self) -> int:
        """The length of the webinar in ms: the last end of a segment on either lane; 0 without segments."""
        return max((lane[-1].end_ms for lane in (self.programme, self.interactions) if lane), default=0)

    def find_segment(self, segment_id: str) -> AnySegment | None:
        """Return the segment with an id, from either lane; None where there is none."""
        for lane in (self.programme, self.interactions):
            for segment in lane:
                if segment.id == segment_id:
                    return segment
        return None


class Note(ModelStruct, frozen=True, kw_only=True):
    """The text of a presenter's note beside a segment, by the segment's id.

    It is stored beside the webinar: it is not part of versions, and synced separately.
    """

    segment: Id
    text: str
