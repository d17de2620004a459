"""The name of a segment in a sentence."""

from collections.abc import Mapping

from editor.schedule.kinds import kind_of
from editor.schedule.model import AnySegment, Cta, Media, Offer


def get_segment_title(segment: AnySegment, media: Mapping[str, Media]) -> str:
    """Return a text to name a segment by: its title, else its media's file name, else its kind as in ``video``.

    A call to action without a title is named by its text, its button, or its kind. The text is never empty.

    Args:
        segment: The segment.
        media: The facts about media, by SHA-256.
    """
    title = segment.title.strip()
    if title:
        return title
    if isinstance(segment, Cta):
        return segment.text.strip() or segment.label.strip() or kind_of(segment)
    known = None if isinstance(segment, Offer) else media.get(segment.media)
    return known.name if known is not None and known.name else kind_of(segment)
