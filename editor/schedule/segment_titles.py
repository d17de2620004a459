"""The name of a segment in a sentence."""

from collections.abc import Mapping

from editor.schedule.kinds import kind_of
from editor.schedule.model import AnySegment, Cta, Media, Offer


def get_segment_title(segment: AnySegment, media: Mapping[str, Media]) -> str:
    """Return a segment's title, else its call to action's text or button, its file's name, or its kind."""
    title = segment.title.strip()
    if title:
        return title
    if isinstance(segment, Cta):
        return segment.text.strip() or segment.label.strip() or kind_of(segment)
    known = None if isinstance(segment, Offer) else media.get(segment.media)
    return known.name if known is not None and known.name else kind_of(segment)
