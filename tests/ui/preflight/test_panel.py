"""The preflight panel."""

from datetime import UTC, datetime

import msgspec
import pytest

from editor.schedule import segment_factory
from editor.schedule.model import Media, Webinar
from editor.schedule.operations import Add, ChangeProperties, ChangeSegment, Delete, Lock
from tests.segment_defaults import SEGMENT_DEFAULTS
from tests.ui.panel_fixtures import PanelEnvironment, SampleFiles
from ui.preflight.panel import BACKGROUND_THRESHOLD, MAX_LISTED, PreflightPanel

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
IMAGE = Media(sha256="b" * 64, kind="image", name="agenda.png", width=640, height=360)


class SettableClock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock():
    return SettableClock()


@pytest.fixture
def panel(room: PanelEnvironment, clock, qtbot):
    made = PreflightPanel(
        room.controller,
        room.selection,
        room.playhead,
        room.media_service,
        room.tasks,
        room.formatter,
        room.settings,
        now=clock,
    )
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    return made


def list_codes(panel):
    return [problem.code for problem in panel.problems]


def find_row(panel, code):
    return panel._rows[list_codes(panel).index(code)]


def test_an_empty_webinar_is_checked_at_once_and_the_most_severe_problem_is_first(panel):
    assert list_codes(panel) == ["problem.no_start", "problem.empty"]
    assert [problem.severity for problem in panel.problems] == ["error", "error"]
    assert panel._rows[1]._message_label.text()


def test_problems_and_their_counts_follow_edits(panel, room: PanelEnvironment):
    counts = []
    panel.problems_changed.connect(lambda errors, warnings: counts.append((errors, warnings)))
    room.controller.edit(ChangeProperties(start="2026-12-01T18:00:00"))
    cta = segment_factory.make_cta(0, SEGMENT_DEFAULTS)
    room.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
                cta,
            ),
            media=(IMAGE,),
        )
    )
    room.wait_until(lambda: "problem.gap" in list_codes(panel))
    assert counts[-1] == (
        sum(p.severity == "error" for p in panel.problems),
        sum(p.severity == "warning" for p in panel.problems),
    )
    assert "problem.cta_no_link" in list_codes(panel)
    room.controller.edit(ChangeSegment(segment=msgspec.structs.replace(cta, link="https://example.org", label="Go")))
    room.wait_until(lambda: "problem.cta_no_link" not in list_codes(panel))


def test_fix_applies_the_fix_as_an_undo_step(panel, room: PanelEnvironment):
    room.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
            ),
            media=(IMAGE,),
        )
    )
    room.wait_until(lambda: "problem.gap" in list_codes(panel))
    fix = find_row(panel, "problem.gap")._fix_button
    assert fix.text() == "Close gap"
    fix.click()
    assert room.webinar.programme[1].start_ms == 10_000
    room.wait_until(lambda: "problem.gap" not in list_codes(panel))
    assert room.controller.undo_step.op_tag == "close_gap"


def test_a_fix_in_a_locked_lane_is_refused_with_the_offer_to_unlock(panel, room: PanelEnvironment):
    room.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
            ),
            media=(IMAGE,),
        )
    )
    room.controller.edit(Lock(lane="programme"))
    room.wait_until(lambda: "problem.gap" in list_codes(panel))
    find_row(panel, "problem.gap")._fix_button.click()
    assert panel._error_line.is_shown
    panel._error_line._button.click()
    assert room.webinar.programme[1].start_ms == 10_000


def test_show_selects_and_seeks(panel, room: PanelEnvironment):
    cta = segment_factory.make_cta(42_000, SEGMENT_DEFAULTS)
    room.controller.edit(Add(segments=(cta,)))
    room.wait_until(lambda: "problem.cta_no_link" in list_codes(panel))
    find_row(panel, "problem.cta_no_link")._show_button.click()
    assert room.selection.ids == {cta.id}
    assert room.playhead.position_ms == 42_000


def test_a_problem_of_the_settings_leads_to_the_settings(panel, qtbot):
    with qtbot.waitSignal(panel.settings_requested):
        find_row(panel, "problem.no_start")._show_button.click()


def test_a_start_that_passes_becomes_a_problem_without_an_edit(panel, room: PanelEnvironment, clock):
    room.controller.edit(ChangeProperties(start="2026-11-01T18:00:00"))
    room.wait_until(lambda: "problem.no_start" not in list_codes(panel))
    clock.time = NOW.replace(day=2)
    panel._recheck_timer.timeout.emit()
    assert "problem.start_past" in list_codes(panel)


def test_a_missing_file_is_a_problem_and_leads_to_relinking(
    panel, room: PanelEnvironment, files: SampleFiles, tmp_path, qtbot
):
    copy = tmp_path / "a.png"
    copy.write_bytes(files.image.read_bytes())
    (media,) = room.import_files(copy)
    room.controller.edit(Add(segments=(segment_factory.make_segment(media, 0, SEGMENT_DEFAULTS),), media=(media,)))
    room.wait_until(lambda: room.media_service.get_path(media.sha256))
    assert "problem.media_missing" not in list_codes(panel)
    copy.unlink()
    room.media_service.recheck()
    room.wait_until(lambda: "problem.media_missing" in list_codes(panel))
    with qtbot.waitSignal(panel.relink_requested):
        find_row(panel, "problem.media_missing")._show_button.click()


def test_the_plan_in_the_settings_limits_the_length(panel, room: PanelEnvironment):
    room.controller.edit(
        Add(
            segments=(
                msgspec.structs.replace(segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), length_ms=1_200_000),
            ),
            media=(IMAGE,),
        )
    )
    room.settings["plan"] = "trial"
    room.wait_until(lambda: "problem.too_long" in list_codes(panel))


def test_a_webinar_without_problems_is_shown_as_such(panel, room: PanelEnvironment, files: SampleFiles, qtbot):
    (media,) = room.import_files(files.image)
    room.controller.edit(ChangeProperties(start="2026-12-01T18:00:00"))
    room.controller.edit(Add(segments=(segment_factory.make_segment(media, 0, SEGMENT_DEFAULTS),), media=(media,)))
    room.wait_until(lambda: not panel.problems)
    assert panel._all_clear_label.isVisible()
    with qtbot.waitSignal(panel.problems_changed):
        room.controller.edit(Delete(segments=(room.webinar.programme[0].id,)))
    assert not panel._all_clear_label.isVisible()


def test_a_large_webinar_is_checked_in_the_background(room: PanelEnvironment, clock, qtbot):
    images = tuple(
        segment_factory.make_segment(IMAGE, at * 20_000, SEGMENT_DEFAULTS) for at in range(BACKGROUND_THRESHOLD + 100)
    )
    webinar = Webinar(id="w", programme=images, media={IMAGE.sha256: IMAGE})
    panel = PreflightPanel(
        type(room.controller).in_memory(webinar, room.root),
        room.selection,
        room.playhead,
        room.media_service,
        room.tasks,
        room.formatter,
        room.settings,
        now=clock,
    )
    qtbot.addWidget(panel)
    assert not panel.problems
    room.wait_until(lambda: list_codes(panel).count("problem.gap") == BACKGROUND_THRESHOLD + 99)
    assert len(panel._rows) == MAX_LISTED
    assert panel._more_label.text()


@pytest.mark.usefixtures("dress")
def test_screenshots(panel, room: PanelEnvironment, dress, screenshot):
    room.controller.edit(ChangeProperties(chat="moderated"))
    room.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
                segment_factory.make_survey(20_000, SEGMENT_DEFAULTS, title="How clear was this?"),
            ),
            media=(IMAGE,),
        )
    )
    room.wait_until(lambda: "problem.gap" in list_codes(panel))
    panel.resize(320, 420)
    room.wait_idle()
    screenshot(panel, f"preflight-{dress}")
