"""Which media a webinar needs, and which segments need them."""

from typing import assert_never

from editor.schedule.kinds import VideoSegment
from editor.schedule.model import AnySegment, Audio, Image, Offer, Presentation, Webinar


def list_segment_media(segment: AnySegment) -> tuple[str, ...]:
    """Return the SHA-256 of each media a segment needs: what it plays, then its picture or its sound track.

    Caption files are not listed: they belong to a media (`Media.captions`) and go where it goes. Empty for calls to
    action and surveys.
    """
    if isinstance(segment, Audio):
        second = segment.picture
    elif isinstance(segment, Presentation):
        second = segment.audio
    elif isinstance(segment, VideoSegment | Image):
        second = None
    elif isinstance(segment, Offer):
        return ()
    else:
        assert_never(segment)
    return (segment.media,) if second is None else (segment.media, second)


def find_media_users(webinar: Webinar) -> dict[str, list[AnySegment | None]]:
    """Return every media a webinar plays or shows, by SHA-256, with the segments that do; None is the waiting room.

    Caption files are not among them. A media in no use is left out, even if the webinar has facts about it.
    """
    users: dict[str, list[AnySegment | None]] = {}
    for segment in webinar.programme:
        for sha256 in list_segment_media(segment):
            users.setdefault(sha256, []).append(segment)
    if webinar.waiting_picture is not None:
        users.setdefault(webinar.waiting_picture, []).append(None)
    return users


def find_required_media(webinar: Webinar) -> frozenset[str]:
    """Return the SHA-256 of every media that a webinar plays or shows, the waiting room's picture included.

    Not those that `Webinar.media` merely lists, and no caption files.
    """
    return frozenset(find_media_users(webinar))
