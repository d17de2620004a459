"""The demo's webinar can be published as it is, and has every kind of segment."""

from datetime import UTC, datetime
from functools import reduce

from demo.sample_webinar import lay_out, make_settings
from demo.scene_player import make_scenes
from editor.schedule.edits import apply
from editor.schedule.kinds import kind_of
from editor.schedule.model import KINDS, Media, Webinar
from editor.schedule.preflight import find_problems
from editor.schedule.preflight_inputs import HostingFacts, gather_preflight_inputs
from tests.segment_defaults import SEGMENT_DEFAULTS

MEDIA = (
    Media(sha256="1" * 64, kind="image", name="Agenda.png", width=1920, height=1080),
    Media(sha256="2" * 64, kind="video", name="Talk.mp4", duration_ms=40_000, width=1280, height=720, has_audio=True),
    Media(sha256="3" * 64, kind="audio", name="Interlude.mp3", duration_ms=20_000, has_audio=True),
    Media(sha256="4" * 64, kind="presentation", name="Handout.pdf", pages=5),
    Media(sha256="5" * 64, kind="image", name="Thanks.jpg", width=1920, height=1080),
)


def test_nothing_stands_in_its_way():
    empty = Webinar(id="w", title="The night sky", zone="Europe/Paris")
    steps = (make_settings(MEDIA[0]), *lay_out(MEDIA, SEGMENT_DEFAULTS))
    webinar = reduce(lambda webinar_so_far, step: apply(webinar_so_far, step).webinar, steps, empty)
    inputs = gather_preflight_inputs(
        webinar,
        {"plan": "automated", "video_hold_ms": 5_000},
        now=datetime.now(UTC),
        get_media_state=lambda _sha256: "ready",
        hosting=HostingFacts(),
    )
    found = find_problems(inputs)
    assert [problem for problem in found if problem.severity == "error"] == []
    kinds = {kind_of(segment) for segment in (*webinar.programme, *webinar.interactions)}
    assert kinds == set(KINDS) - {"recording"}, "every kind, but no imported recording"
    assert all(0 <= scene.from_ms < scene.until_ms < webinar.length_ms for scene in make_scenes(webinar))
