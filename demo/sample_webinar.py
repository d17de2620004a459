"""The sample webinar: its media, and the edit operations that lay them on the two lanes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from demo.console import make_quarter_listener, print_status
from editor.progress import Progress
from editor.schedule import operations, segment_factory
from editor.schedule.model import (
    SECOND,
    Cta,
    Image,
    Media,
    Moderator,
    Page,
    Presentation,
    ProgrammeSegment,
    Question,
    Survey,
    Video,
    new_id,
)

TALK_MS = 20 * SECOND
"""How much of the talk plays, in milliseconds: to the end of its third slide."""
AGENDA_MS = 6 * SECOND
PAGE_MS = 6 * SECOND


def make_sample_webinar(output: Path) -> str:
    """Render the media, make a new webinar in the library ``library`` below a folder, and return the webinar's id.

    Media that were rendered before are kept; each call adds a webinar. It is saved as a version, and the setting
    ``toured`` is set, so that no tour is shown. The progress is printed.

    Args:
        output: Folder of the demo, created if missing.

    Raises:
        KnownError: The media cannot be rendered or read, or the library cannot be written.
    """
    from demo.sample import sample_media
    from editor.workspace import Workspace

    output.mkdir(parents=True, exist_ok=True)
    print_status(f"Rendering the sample's media in {output / 'media'}")
    rendered = sample_media.render_sample(output / "media", Progress(make_quarter_listener("Rendering")))
    (output / "library").mkdir(exist_ok=True)
    with Workspace(output / "library") as workspace:
        catalog = workspace.catalog
        media = tuple(catalog.add_file(path) for path in rendered.media)
        talk = next(each for each in media if each.kind == "video")
        captioned = catalog.attach_captions(talk, rendered.captions)
        media = tuple(captioned if each is talk else each for each in media)
        webinar_id = workspace.create_webinar("The night sky, for beginners", zone="Europe/Paris")
        document = workspace.open(webinar_id)
        document.apply(make_settings(media[0]))
        for operation in lay_out(media, segment_factory.SegmentDefaults.from_settings(workspace.settings)):
            document.apply(operation)
        workspace.save_version(webinar_id, "The sample")
        # The tour would cover the programme in the screenshots.
        workspace.settings["toured"] = True
    return webinar_id


def make_settings(waiting_picture: Media) -> operations.ChangeProperties:
    """Return the operation that sets the sample's settings: tomorrow at 18:00, a waiting picture, a moderated chat."""
    return operations.ChangeProperties(
        start=(datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT18:00:00"),
        description="Four things to find on a clear evening.",
        chat="moderated",
        moderators=(Moderator(name="Jonas", email="jonas@example.org"),),
        waiting_text="Welcome! Get yourself something warm to drink.",
        waiting_picture=waiting_picture.sha256,
        media=(waiting_picture,),
    )


def lay_out(media: Sequence[Media], defaults: segment_factory.SegmentDefaults) -> tuple[operations.Add, ...]:
    """Return the operations that put the sample on its lanes: the programme without gaps first, then the interactions.

    Segments are shortened, so that the demo ends soon. Nothing is changed yet: the caller applies them in order.

    Args:
        media: The media in the order of the programme; one of them must be a video.
        defaults: Lengths and the like of new segments.
    """
    programme: list[ProgrammeSegment] = []
    for each in media:
        at = programme[-1].end_ms if programme else 0
        programme.append(_shorten(segment_factory.make_segment(each, at, defaults)))
    talk = next(segment for segment in programme if isinstance(segment, Video))
    booking = Cta(
        id=new_id(),
        start_ms=talk.start_ms + talk.play_ms // 2,
        length_ms=15 * SECOND,
        offer=new_id(),
        title="Come and look with us",
        text="A guided evening at the observatory, free for attendees.",
        label="Book your evening",
        link="https://example.org/book",
    )
    survey = Survey(
        id=new_id(),
        start_ms=talk.end_ms,
        length_ms=30 * SECOND,
        offer=new_id(),
        title="How clear was this?",
        questions=(
            Question(id=new_id(), kind="rating", text="How clear was the talk?"),
            Question(id=new_id(), text="What will you look for first?", choices=("The Plough", "Orion", "A planet")),
            Question(id=new_id(), kind="text", text="What was missing?"),
        ),
    )
    return operations.Add(segments=tuple(programme), media=tuple(media)), operations.Add(segments=(booking, survey))


def _shorten(segment: ProgrammeSegment) -> ProgrammeSegment:
    """Shorten a segment so that the demo reaches the survey soon; the talk gets a fade-in."""
    if isinstance(segment, Presentation):
        pages = tuple(Page(page=page.page, length_ms=PAGE_MS) for page in segment.pages)
        return replace(segment, pages=pages, out_ms=PAGE_MS * len(pages))
    if isinstance(segment, Image):
        return replace(segment, length_ms=AGENDA_MS)
    return replace(segment, out_ms=TALK_MS, fade_in_ms=500) if isinstance(segment, Video) else segment
