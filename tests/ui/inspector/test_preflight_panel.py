"""Preflight as one goes."""

from datetime import UTC, datetime

import msgspec
import pytest

from editor.schedule import build
from editor.schedule.model import Media, Webinar
from editor.schedule.operations import Add, Delete, Lock, Plan, Put
from tests.ui.room import Files, Room
from ui.inspector.preflight import LARGE, SHOWN, PreflightPanel

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
IMAGE = Media(sha256="b" * 64, kind="image", name="agenda.png", width=640, height=360)
DEFAULTS = build.Defaults()


class Clock:
    """A clock turned by hand."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def panel(room: Room, clock, qtbot):
    made = PreflightPanel(
        room.bridge, room.selection, room.playhead, room.desk, room.tasks, room.words, room.settings, now=clock
    )
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    return made


def codes(panel):
    return [problem.code for problem in panel.problems]


def row(panel, code):
    return panel._rows[codes(panel).index(code)]


def test_an_empty_webinar_has_its_problems_at_once_and_the_gravest_first(panel):
    assert codes(panel) == ["problem.no_start", "problem.empty"]
    assert [problem.severity for problem in panel.problems] == ["error", "error"]
    assert panel._rows[1]._sentence.text()


def test_it_follows_the_edits_and_tells_the_counts(panel, room: Room):
    counts = []
    panel.problems_changed.connect(lambda errors, warnings: counts.append((errors, warnings)))
    room.bridge.edit(Plan(start="2026-12-01T18:00:00"))
    cta = build.cta(0, DEFAULTS)
    room.bridge.edit(
        Add(
            segments=(build.segment_for(IMAGE, 0, DEFAULTS), build.segment_for(IMAGE, 60_000, DEFAULTS), cta),
            media=(IMAGE,),
        )
    )
    room.wait(lambda: "problem.gap" in codes(panel))
    assert counts[-1] == (
        sum(p.severity == "error" for p in panel.problems),
        sum(p.severity == "warning" for p in panel.problems),
    )
    assert "problem.cta_no_link" in codes(panel)
    room.bridge.edit(Put(segment=msgspec.structs.replace(cta, link="https://example.org", label="Go")))
    room.wait(lambda: "problem.cta_no_link" not in codes(panel))


def test_fix_applies_the_fix_and_it_is_a_step(panel, room: Room):
    room.bridge.edit(
        Add(
            segments=(build.segment_for(IMAGE, 0, DEFAULTS), build.segment_for(IMAGE, 60_000, DEFAULTS)), media=(IMAGE,)
        )
    )
    room.wait(lambda: "problem.gap" in codes(panel))
    fix = row(panel, "problem.gap")._fix
    assert fix.text() == "Close gap"
    fix.click()
    assert room.webinar.programme[1].start_ms == 10_000
    room.wait(lambda: "problem.gap" not in codes(panel))
    assert room.bridge.undoable.op_tag == "close_gap"


def test_a_locked_lane_stops_a_fix_and_offers_to_be_unlocked(panel, room: Room):
    room.bridge.edit(
        Add(
            segments=(build.segment_for(IMAGE, 0, DEFAULTS), build.segment_for(IMAGE, 60_000, DEFAULTS)), media=(IMAGE,)
        )
    )
    room.bridge.edit(Lock(lane="programme"))
    room.wait(lambda: "problem.gap" in codes(panel))
    row(panel, "problem.gap")._fix.click()
    assert panel._refusal.shown
    panel._refusal._button.click()
    assert room.webinar.programme[1].start_ms == 10_000


def test_show_selects_and_seeks(panel, room: Room):
    cta = build.cta(42_000, DEFAULTS)
    room.bridge.edit(Add(segments=(cta,)))
    room.wait(lambda: "problem.cta_no_link" in codes(panel))
    row(panel, "problem.cta_no_link")._show.click()
    assert room.selection.ids == {cta.id}
    assert room.playhead.position_ms == 42_000


def test_what_belongs_to_the_plan_leads_there(panel, qtbot):
    with qtbot.waitSignal(panel.plan_asked):
        row(panel, "problem.no_start")._show.click()


def test_a_start_comes_to_lie_in_the_past_without_an_edit(panel, room: Room, clock):
    room.bridge.edit(Plan(start="2026-11-01T18:00:00"))
    room.wait(lambda: "problem.no_start" not in codes(panel))
    clock.time = NOW.replace(day=2)
    panel._again.timeout.emit()
    assert "problem.start_past" in codes(panel)


def test_a_file_that_is_lost_is_a_problem_and_leads_to_relinking(panel, room: Room, files: Files, tmp_path, qtbot):
    copy = tmp_path / "a.png"
    copy.write_bytes(files.image.read_bytes())
    (media,) = room.take(copy)
    room.bridge.edit(Add(segments=(build.segment_for(media, 0, DEFAULTS),), media=(media,)))
    room.wait(lambda: room.desk.path(media.sha256))
    assert "problem.media_missing" not in codes(panel)
    copy.unlink()
    room.desk.recheck()
    room.wait(lambda: "problem.media_missing" in codes(panel))
    with qtbot.waitSignal(panel.relink_asked):
        row(panel, "problem.media_missing")._show.click()


def test_the_plan_of_the_settings_counts(panel, room: Room):
    room.bridge.edit(
        Add(
            segments=(msgspec.structs.replace(build.segment_for(IMAGE, 0, DEFAULTS), length_ms=1_200_000),),
            media=(IMAGE,),
        )
    )
    room.settings["plan"] = "trial"
    room.wait(lambda: "problem.too_long" in codes(panel))


def test_nothing_wrong_says_so(panel, room: Room, files: Files, qtbot):
    (media,) = room.take(files.image)
    room.bridge.edit(Plan(start="2026-12-01T18:00:00"))
    room.bridge.edit(Add(segments=(build.segment_for(media, 0, DEFAULTS),), media=(media,)))
    room.wait(lambda: not panel.problems)
    assert panel._fine.isVisible()
    with qtbot.waitSignal(panel.problems_changed):
        room.bridge.edit(Delete(segments=(room.webinar.programme[0].id,)))
    assert not panel._fine.isVisible()


def test_many_problems_of_a_large_webinar_are_found_in_the_background(room: Room, clock, qtbot):
    images = tuple(build.segment_for(IMAGE, at * 20_000, DEFAULTS) for at in range(LARGE + 100))
    webinar = Webinar(id="w", programme=images, media={IMAGE.sha256: IMAGE})
    panel = PreflightPanel(
        type(room.bridge).in_memory(webinar, room.root),
        room.selection,
        room.playhead,
        room.desk,
        room.tasks,
        room.words,
        room.settings,
        now=clock,
    )
    qtbot.addWidget(panel)
    assert not panel.problems
    room.wait(lambda: codes(panel).count("problem.gap") == LARGE + 99)
    assert len(panel._rows) == SHOWN
    assert panel._more.text()


@pytest.mark.usefixtures("dress")
def test_it_looks_as_it_should(panel, room: Room, dress, shot):
    room.bridge.edit(Plan(chat="moderated"))
    room.bridge.edit(
        Add(
            segments=(
                build.segment_for(IMAGE, 0, DEFAULTS),
                build.segment_for(IMAGE, 60_000, DEFAULTS),
                build.survey(20_000, DEFAULTS, title="How clear was this?"),
            ),
            media=(IMAGE,),
        )
    )
    room.wait(lambda: "problem.gap" in codes(panel))
    panel.resize(320, 420)
    room.wait_drawn()
    shot(panel, f"preflight-{dress}")
