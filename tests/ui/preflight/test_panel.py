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
def panel(environment: PanelEnvironment, clock, qtbot):
    preflight_panel = PreflightPanel(
        environment.controller,
        environment.selection,
        environment.playhead,
        environment.media_service,
        environment.tasks,
        environment.formatter,
        environment.settings,
        now=clock,
    )
    qtbot.addWidget(preflight_panel)
    preflight_panel.resize(320, 300)
    preflight_panel.show()
    return preflight_panel


def list_codes(panel):
    return [problem.code for problem in panel.problems]


def find_row(panel, code):
    return panel._rows[list_codes(panel).index(code)]


def test_an_empty_webinar_is_checked_at_once_and_the_most_severe_problem_is_first(panel):
    assert list_codes(panel) == ["problem.no_start", "problem.empty"]
    assert [problem.severity for problem in panel.problems] == ["error", "error"]
    assert panel._rows[1]._message_label.text()


def test_problems_and_their_counts_follow_edits(panel, environment: PanelEnvironment):
    counts = []
    panel.problems_changed.connect(lambda errors, warnings: counts.append((errors, warnings)))
    environment.controller.edit(ChangeProperties(start="2026-12-01T18:00:00"))
    cta = segment_factory.make_cta(0, SEGMENT_DEFAULTS)
    environment.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
                cta,
            ),
            media=(IMAGE,),
        )
    )
    environment.wait_until(lambda: "problem.gap" in list_codes(panel))
    assert counts[-1] == (
        sum(p.severity == "error" for p in panel.problems),
        sum(p.severity == "warning" for p in panel.problems),
    )
    assert "problem.cta_no_link" in list_codes(panel)
    environment.controller.edit(
        ChangeSegment(segment=msgspec.structs.replace(cta, link="https://example.org", label="Go"))
    )
    environment.wait_until(lambda: "problem.cta_no_link" not in list_codes(panel))


def test_fix_applies_the_fix_as_an_undo_step(panel, environment: PanelEnvironment):
    environment.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
            ),
            media=(IMAGE,),
        )
    )
    environment.wait_until(lambda: "problem.gap" in list_codes(panel))
    fix = find_row(panel, "problem.gap")._fix_button
    assert fix.text() == "Close gap"
    fix.click()
    assert environment.webinar.programme[1].start_ms == 10_000
    environment.wait_until(lambda: "problem.gap" not in list_codes(panel))
    assert environment.controller.undo_step.op_tag == "close_gap"


def test_a_fix_in_a_locked_lane_is_refused_with_the_offer_to_unlock(panel, environment: PanelEnvironment):
    environment.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
            ),
            media=(IMAGE,),
        )
    )
    environment.controller.edit(Lock(lane="programme"))
    environment.wait_until(lambda: "problem.gap" in list_codes(panel))
    find_row(panel, "problem.gap")._fix_button.click()
    assert panel._error_line.is_shown
    panel._error_line._button.click()
    assert environment.webinar.programme[1].start_ms == 10_000


def test_show_selects_and_seeks(panel, environment: PanelEnvironment):
    cta = segment_factory.make_cta(42_000, SEGMENT_DEFAULTS)
    environment.controller.edit(Add(segments=(cta,)))
    environment.wait_until(lambda: "problem.cta_no_link" in list_codes(panel))
    find_row(panel, "problem.cta_no_link")._show_button.click()
    assert environment.selection.ids == {cta.id}
    assert environment.playhead.position_ms == 42_000


def test_a_problem_of_the_settings_leads_to_the_settings(panel, qtbot):
    with qtbot.waitSignal(panel.settings_requested):
        find_row(panel, "problem.no_start")._show_button.click()


def test_a_start_that_passes_becomes_a_problem_without_an_edit(panel, environment: PanelEnvironment, clock):
    environment.controller.edit(ChangeProperties(start="2026-11-01T18:00:00"))
    environment.wait_until(lambda: "problem.no_start" not in list_codes(panel))
    clock.time = NOW.replace(day=2)
    panel._recheck_timer.timeout.emit()
    assert "problem.start_past" in list_codes(panel)


def test_a_missing_file_is_a_problem_and_leads_to_relinking(
    panel, environment: PanelEnvironment, files: SampleFiles, tmp_path, qtbot
):
    copy = tmp_path / "a.png"
    copy.write_bytes(files.image.read_bytes())
    (media,) = environment.import_files(copy)
    environment.controller.edit(
        Add(segments=(segment_factory.make_segment(media, 0, SEGMENT_DEFAULTS),), media=(media,))
    )
    environment.wait_until(lambda: environment.media_service.get_path(media.sha256))
    assert "problem.media_missing" not in list_codes(panel)
    copy.unlink()
    environment.media_service.recheck()
    environment.wait_until(lambda: "problem.media_missing" in list_codes(panel))
    with qtbot.waitSignal(panel.relink_requested):
        find_row(panel, "problem.media_missing")._show_button.click()


def test_the_plan_in_the_settings_limits_the_length(panel, environment: PanelEnvironment):
    environment.controller.edit(
        Add(
            segments=(
                msgspec.structs.replace(segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS), length_ms=1_200_000),
            ),
            media=(IMAGE,),
        )
    )
    environment.settings["plan"] = "trial"
    environment.wait_until(lambda: "problem.too_long" in list_codes(panel))


def test_a_webinar_without_problems_is_shown_as_such(panel, environment: PanelEnvironment, files: SampleFiles, qtbot):
    (media,) = environment.import_files(files.image)
    environment.controller.edit(ChangeProperties(start="2026-12-01T18:00:00"))
    environment.controller.edit(
        Add(segments=(segment_factory.make_segment(media, 0, SEGMENT_DEFAULTS),), media=(media,))
    )
    environment.wait_until(lambda: not panel.problems)
    assert panel._all_clear_label.isVisible()
    with qtbot.waitSignal(panel.problems_changed):
        environment.controller.edit(Delete(segments=(environment.webinar.programme[0].id,)))
    assert not panel._all_clear_label.isVisible()


def test_a_large_webinar_is_checked_in_the_background(environment: PanelEnvironment, clock, qtbot):
    images = tuple(
        segment_factory.make_segment(IMAGE, at * 20_000, SEGMENT_DEFAULTS) for at in range(BACKGROUND_THRESHOLD + 100)
    )
    webinar = Webinar(id="w", programme=images, media={IMAGE.sha256: IMAGE})
    panel = PreflightPanel(
        type(environment.controller).in_memory(webinar, environment.root),
        environment.selection,
        environment.playhead,
        environment.media_service,
        environment.tasks,
        environment.formatter,
        environment.settings,
        now=clock,
    )
    qtbot.addWidget(panel)
    assert not panel.problems
    environment.wait_until(lambda: list_codes(panel).count("problem.gap") == BACKGROUND_THRESHOLD + 99)
    assert len(panel._rows) == MAX_LISTED
    assert panel._more_label.text()


@pytest.mark.usefixtures("theme_name")
def test_screenshots(panel, environment: PanelEnvironment, theme_name, screenshot):
    environment.controller.edit(ChangeProperties(chat="moderated"))
    environment.controller.edit(
        Add(
            segments=(
                segment_factory.make_segment(IMAGE, 0, SEGMENT_DEFAULTS),
                segment_factory.make_segment(IMAGE, 60_000, SEGMENT_DEFAULTS),
                segment_factory.make_survey(20_000, SEGMENT_DEFAULTS, title="How clear was this?"),
            ),
            media=(IMAGE,),
        )
    )
    environment.wait_until(lambda: "problem.gap" in list_codes(panel))
    panel.resize(320, 420)
    environment.wait_idle()
    screenshot(panel, f"preflight-{theme_name}")
