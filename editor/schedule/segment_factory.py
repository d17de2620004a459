"""Makes new segments: the kind that a media becomes, its length, and the hold after it.

A new image, page, call to action or survey is as long as the settings say; a video plays whole, and its last frame
stays for the time that they say. `editor.settings` declares these settings with their defaults; `SegmentDefaults`
carries their values here. `editor.schedule.operations.Add` places what is made.
"""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Protocol, assert_never

import msgspec

from editor.schedule.kinds import TimedSegment
from editor.schedule.model import (
    MAX_WEBINAR_MS,
    MIN_SEGMENT_MS,
    Audio,
    Cta,
    Image,
    Media,
    Page,
    Presentation,
    ProgrammeSegment,
    Recording,
    Survey,
    Video,
    new_id,
)


class SettingsLike(Protocol):
    """Anything that gives settings by name, such as `editor.settings.Settings` or a dict.

    `SegmentDefaults.from_settings` says which are read.
    """

    def __getitem__(self, name: str, /) -> int:
        """Return the setting's value."""


class SegmentDefaults(msgspec.Struct, frozen=True, kw_only=True):
    """The lengths of new segments, in ms: of images, pages, calls to action and surveys, and the hold after a video.

    It is immutable; `from_settings` makes one from the person's settings, `editor.settings.SETTINGS` has the defaults.
    """

    image_ms: int
    page_ms: int
    cta_ms: int
    survey_ms: int
    hold_ms: int

    @classmethod
    def from_settings(cls, settings: SettingsLike) -> "SegmentDefaults":
        """Return the lengths that the settings have, in ms.

        Read are `image_length_ms`, `page_length_ms`, `cta_length_ms`, `survey_length_ms` and `video_hold_ms`.
        """
        return cls(
            image_ms=settings["image_length_ms"],
            page_ms=settings["page_length_ms"],
            cta_ms=settings["cta_length_ms"],
            survey_ms=settings["survey_length_ms"],
            hold_ms=settings["video_hold_ms"],
        )


def make_segment(
    media: Media,
    start_ms: int,
    defaults: SegmentDefaults,
    *,
    recording: bool = False,
    in_ms: int | None = None,
    out_ms: int | None = None,
    new_id: Callable[[], str] = new_id,
) -> ProgrammeSegment:
    """Make the segment that plays or shows a media from a position on; it is not put on a lane.

    Its title is the file's name without the extension. Videos and recordings get the hold of the defaults, sound gets
    none; the first caption track of these is shown, if there is one. Every page of a presentation is shown for the same
    time. A video or sound shorter than 1 s is held for the rest of that second; one longer than 24 h is cut. Whether
    the place is free, and the end within 24 h, is not checked.

    Args:
        media: The media.
        start_ms: The start of the segment, in ms.
        defaults: The lengths and the hold of new segments.
        recording: Make a recording of a video; ignored for other kinds.
        in_ms: Where in the media to begin; None is its beginning. Ignored for images.
        out_ms: Where in the media to end; None is its end. Ignored for images.
        new_id: Makes the id.
    """
    title = PurePath(media.name).stem
    kind: type[TimedSegment]
    match media.kind:
        case "image":
            return Image(id=new_id(), start_ms=start_ms, title=title, media=media.sha256, length_ms=defaults.image_ms)
        case "presentation":
            return _make_presentation(media, start_ms, defaults, in_ms=in_ms, out_ms=out_ms, new_id=new_id)
        case "audio":
            kind, hold = Audio, 0
        case "video":
            kind, hold = Recording if recording else Video, defaults.hold_ms
        case _:
            assert_never(media.kind)
    begin = min(in_ms or 0, media.duration_ms)
    end = media.duration_ms if out_ms is None else min(out_ms, media.duration_ms)
    end = max(begin, min(end, begin + MAX_WEBINAR_MS - hold))
    return kind(
        id=new_id(),
        start_ms=start_ms,
        title=title,
        media=media.sha256,
        in_ms=begin,
        out_ms=end,
        hold_ms=max(hold, MIN_SEGMENT_MS - (end - begin)),
        captions=media.captions[0].sha256 if media.captions else None,
    )


def _make_presentation(
    media: Media,
    start_ms: int,
    defaults: SegmentDefaults,
    *,
    in_ms: int | None,
    out_ms: int | None,
    new_id: Callable[[], str],
) -> Presentation:
    """Make a presentation of all pages, each shown for the same time; for less where they would exceed 24 h."""
    count = max(media.pages, 1)
    page_ms = min(defaults.page_ms, MAX_WEBINAR_MS // count)
    track = count * page_ms
    begin = min(in_ms or 0, track - MIN_SEGMENT_MS)
    end = track if out_ms is None else max(begin + MIN_SEGMENT_MS, min(out_ms, track))
    return Presentation(
        id=new_id(),
        start_ms=start_ms,
        title=PurePath(media.name).stem,
        media=media.sha256,
        pages=tuple(Page(page=page, length_ms=page_ms) for page in range(count)),
        in_ms=begin,
        out_ms=end,
    )


def make_sequence(
    media_items: Iterable[Media],
    start_ms: int,
    defaults: SegmentDefaults,
    *,
    recording: bool = False,
    new_id: Callable[[], str] = new_id,
) -> tuple[ProgrammeSegment, ...]:
    """Make the segments of several media, one after another without gaps, as `make_segment` does.

    Without media the result is empty. The end is not checked against 24 h.

    Args:
        media_items: The media, in order.
        start_ms: The start of the first segment, in ms.
        defaults: The lengths and the hold of new segments.
        recording: Make recordings of the videos.
        new_id: Makes the ids.
    """
    segments: list[ProgrammeSegment] = []
    for media in media_items:
        segments.append(make_segment(media, start_ms, defaults, recording=recording, new_id=new_id))
        start_ms = segments[-1].end_ms
    return tuple(segments)


def make_cta(start_ms: int, defaults: SegmentDefaults, *, title: str = "", new_id: Callable[[], str] = new_id) -> Cta:
    """Make a call to action with a new offer id, the default length and no texts; it is not put on a lane.

    Args:
        start_ms: The position at which it begins, in ms.
        defaults: The lengths of new segments.
        title: Its heading.
        new_id: Makes the ids.
    """
    return Cta(id=new_id(), offer=new_id(), start_ms=start_ms, title=title, length_ms=defaults.cta_ms)


def make_survey(
    start_ms: int, defaults: SegmentDefaults, *, title: str = "", new_id: Callable[[], str] = new_id
) -> Survey:
    """Make a survey without questions, with a new offer id and the default length; it is not put on a lane.

    Args:
        start_ms: The position at which it begins, in ms.
        defaults: The lengths of new segments.
        title: Its title.
        new_id: Makes the ids.
    """
    return Survey(id=new_id(), offer=new_id(), start_ms=start_ms, title=title, length_ms=defaults.survey_ms)
