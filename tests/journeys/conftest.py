"""Fixtures of the journeys: a rendered sample, a library, and programs that end with the test."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from demo.sample.sample_media import RenderedSample, render_sample
from editor.schedule import operations, segment_factory
from editor.schedule.model import Question, Webinar
from editor.workspace import Workspace
from tests.hosting.hosting_fixtures import HostingServer
from tests.hosting.web.conftest import browser, built_pages
from tests.journeys import desktop_driver
from tests.journeys.desktop_driver import EditorProcess

__all__ = ["browser", "built_pages"]
"""Fixtures of the attendees' pages, for the journeys that end there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey as needing a real screen."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.screen)


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> RenderedSample:
    """Return the sample's media; from ``MATINEE_SAMPLE`` if they were rendered before."""
    return render_sample(Path(os.environ.get("MATINEE_SAMPLE") or tmp_path_factory.mktemp("sample")))


@pytest.fixture
def library(tmp_path) -> Path:
    """Return the folder in which a library will be created."""
    return tmp_path / "library"


@pytest.fixture
def library_after_tour(library) -> Path:
    """Return a library whose owner has seen the tour."""
    library.mkdir()
    (library / "settings.json").write_text('{"toured": true}', "utf-8")
    return library


@pytest.fixture
def make_webinar(library_after_tour, sample) -> Callable[..., Webinar]:
    """Return a function that creates a webinar of the sample, without the window: all kinds of segments."""

    def make(
        *,
        title: str = "A short evening",
        talk_ms: int = 40_000,
        hold_ms: int = 5_000,
        image_ms: int = 10_000,
        page_ms: int = 10_000,
        pages: int = 5,
        audio_ms: int = 20_000,
        talk: Path = sample.talk,
    ) -> Webinar:
        defaults = segment_factory.SegmentDefaults(
            image_ms=image_ms, page_ms=page_ms, cta_ms=talk_ms // 4, survey_ms=talk_ms // 4, hold_ms=hold_ms
        )
        with Workspace(library_after_tour) as workspace:
            video, image, handout, sound = (
                workspace.catalog.add_file(path) for path in (talk, sample.agenda, sample.handout, sample.interlude)
            )
            placed = [segment_factory.make_segment(video, 0, defaults, out_ms=talk_ms)]
            placed.append(segment_factory.make_segment(image, placed[-1].end_ms, defaults))
            slides = segment_factory.make_segment(handout, placed[-1].end_ms, defaults)
            placed.append(replace(slides, pages=slides.pages[:pages], out_ms=pages * page_ms))
            placed.append(segment_factory.make_segment(sound, placed[-1].end_ms, defaults, out_ms=audio_ms))
            offers = (
                replace(
                    segment_factory.make_cta(talk_ms // 2, defaults, title="Book a seat"),
                    link="https://example.org/book",
                    label="Book",
                ),
                replace(
                    segment_factory.make_survey(talk_ms + hold_ms, defaults, title="How was it?"),
                    questions=(Question(id="q", text="Was it clear?", kind="rating"),),
                ),
            )
            webinar_id = workspace.create_webinar(title, zone="Europe/Paris")
            document = workspace.open(webinar_id)
            document.apply(operations.ChangeProperties(start="2027-03-01T18:00:00"))
            document.apply(operations.Add(segments=tuple(placed), media=(video, image, handout, sound)))
            document.apply(operations.Add(segments=offers))
            return document.webinar

    return make


@pytest.fixture
def start_editor(qapp, library, tmp_path) -> Iterator[Callable[..., EditorProcess]]:
    """Return a function that starts the editor on the library, as often as needed."""
    started: list[EditorProcess] = []

    def begin(*words: str, before: Sequence[str] = (), **environment: str) -> EditorProcess:
        started.append(EditorProcess(library, tmp_path, *words, command_prefix=before, environment=environment))
        return started[-1]

    yield begin
    for each in started:
        each.stop()
    desktop_driver.xdotool("mouseup", 1)


@pytest.fixture
def start_hosting(tmp_path) -> Iterator[Callable[..., HostingServer]]:
    """Return a function that starts a server on a folder of its own, as `./matinee host` does."""
    started: list[HostingServer] = []

    def begin(*options: str) -> HostingServer:
        started.append(HostingServer(tmp_path / "hosting", *options))
        return started[-1]

    yield begin
    for each in started:
        each.stop()
