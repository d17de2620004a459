"""Media files, and helpers that select segments and type into the fields of the inspector."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.schedule.model import CaptionTrack, Media
from editor.schedule.operations import Add
from tests.ui.panel_fixtures import PanelEnvironment

TRACK = CaptionTrack(sha256="f" * 64, language="fr", name="welcome-talk.fr.vtt")
VIDEO = Media(
    sha256="a" * 64,
    kind="video",
    name="welcome-talk.mp4",
    duration_ms=760_000,
    width=1920,
    height=1080,
    has_audio=True,
    captions=(TRACK,),
)
IMAGE = Media(sha256="b" * 64, kind="image", name="agenda.png", width=640, height=360)
SLIDES = Media(sha256="c" * 64, kind="presentation", name="product-tour.pdf", pages=3)
SOUND = Media(sha256="d" * 64, kind="audio", name="interlude.mp3", duration_ms=125_000, has_audio=True)


def add_and_select(environment: PanelEnvironment, *segments, media=()):
    environment.controller.edit(Add(segments=segments, media=media))
    environment.selection.set(segment.id for segment in segments)
    return segments[0]


def current_form(inspector):
    return inspector.page


def type_text(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def timing_field(inspector, name):
    return current_form(inspector)._timing._fields[name]


def find_segment(environment: PanelEnvironment, segment):
    return environment.webinar.find_segment(segment.id)
