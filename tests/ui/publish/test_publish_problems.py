"""The command line, the preflight panel and the publish dialog name the same problems of one webinar."""

import json

import pytest

from editor import cli
from editor.schedule import operations
from ui.preflight.panel import PreflightPanel
from ui.state.playhead import Playhead
from ui.state.selection import Selection


@pytest.fixture
def panel(environment):
    preflight_panel = PreflightPanel(
        environment.controller,
        Selection(),
        Playhead(),
        environment.media_service,
        environment.context.tasks,
        environment.context.formatter,
        environment.context.settings,
        now=environment.context.now,
    )
    environment.qtbot.addWidget(preflight_panel)
    return preflight_panel


def run_check(environment, capsys):
    """Return the problems that `matinee check` prints, as pairs of code and severity, and its exit code."""
    capsys.readouterr()
    exit_code = cli.main(["check", environment.id, "--library", str(environment.workspace.root), "--json"])
    problems = json.loads(capsys.readouterr().out)
    return sorted((each["code"], each["severity"]) for each in problems), exit_code


def collect_answers(environment, panel, capsys):
    """Return all problems that the command line and the panel name, and the errors that the dialog names."""
    environment.wait_idle()
    dialog = environment.open_dialog()
    environment.wait_until(lambda: not panel._debounce_timer.isActive() and not panel._is_checking)
    environment.wait_idle()
    dialog.version_form.refresh()
    in_dialog = sorted(problem.code for problem in dialog.version_form.problems)
    dialog.close()
    in_panel = sorted((problem.code, problem.severity) for problem in panel.problems)
    return run_check(environment, capsys), in_panel, in_dialog


@pytest.mark.parametrize("case", ["sound", "missing file", "no moderator", "on trial"])
def test_all_three_give_the_same_answer(environment, panel, case, tmp_path, capsys):
    if case == "missing file":
        (sha256,) = environment.controller.webinar.media
        # A check that is under way may still find the file; only an answered one is asked anew.
        environment.wait_until(lambda: environment.media_service.get_state(sha256) == "ready")
        (tmp_path / "agenda.png").unlink()
        environment.media_service.recheck()
        environment.wait_until(lambda: environment.media_service.get_state(sha256) == "missing")
    elif case == "no moderator":
        environment.edit_settings(chat="moderated")
    elif case == "on trial":
        environment.context.settings["plan"] = "trial"
        environment.workspace.settings["plan"] = "trial"
        segment = environment.controller.webinar.programme[0]
        lengths = operations.Lengths(segment=segment.id, play_ms=1_000_000)
        environment.controller.edit(operations.SetLengths(lengths=(lengths,)))
    (in_command, exit_code), in_panel, in_dialog = collect_answers(environment, panel, capsys)
    expected = {
        "sound": [],
        "missing file": [("problem.media_missing", "error")],
        "no moderator": [("problem.no_moderator", "error")],
        "on trial": [("problem.too_long", "error")],
    }[case]
    assert in_command == in_panel == expected
    assert in_dialog == [code for code, severity in expected if severity == "error"]
    assert exit_code == (3 if expected else 0)
