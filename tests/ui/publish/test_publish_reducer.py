"""The rules of publishing, tested as a pure function: no Qt, no server, no thread."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from editor.errors import KnownError
from editor.sync.media_upload import TransferStatus
from editor.sync.publisher import PublishRequest
from ui.publish import publish_events as events
from ui.publish import publish_state as states
from ui.publish import reducer
from ui.publish.publish_state import DRAFT, PublishState, UpdateRequest
from ui.publish.reducer import reduce

REQUEST = PublishRequest(webinar="w", version="v1")
UPDATE = UpdateRequest("s", "w", "v2")
SESSION = SimpleNamespace(url="https://webinars.example.org/w/x", test=False, number=1)
CONFLICT = SimpleNamespace(theirs=SimpleNamespace(id="w"))
ERROR = KnownError("sync.offline", address="x")
RUNNING = PublishState(phase="running", request=REQUEST)
PREPARING = TransferStatus(stage="prepare", name="talk.mp4", number=1, count=2, done=1, total=10)
UPLOADING = TransferStatus(stage="upload", name="talk.mp4", number=1, count=2, done=1, total=10)


def play(state, *sent):
    """Send events one after another; return the last state and all effects."""
    effects = []
    for event in sent:
        state, more = reduce(state, event)
        effects += more
    return state, effects


@pytest.mark.parametrize("module", [reducer, events, states])
def test_the_rules_import_no_qt(module):
    assert re.search(r"PySide6|QObject", Path(module.__file__).read_text("utf-8")) is None


def test_problems_of_the_chosen_version_prevent_publishing_until_they_are_solved():
    problem = object()
    state, effects = play(PublishState(), events.PreflightChecked((problem,)), events.PublishRequested(REQUEST))
    assert (state.can_publish, state.phase, effects) == (False, "idle", [])
    state, effects = play(state, events.PreflightChecked(()), events.PublishRequested(REQUEST))
    assert (state.phase, effects) == ("running", [events.StartRun(REQUEST)])


def test_the_same_problems_change_nothing():
    state = PublishState(problems=(ERROR,))
    assert reduce(state, events.PreflightChecked((ERROR,)))[0] is state


def test_from_the_first_step_to_the_link():
    state, _ = play(PublishState(), events.PublishRequested(REQUEST), events.StepReached("document"))
    assert (state.step, state.transfer, state.total) == ("document", None, 0)
    state, _ = play(state, events.StepReached("media"), events.TransferReported(PREPARING))
    assert (state.step, state.transfer) == ("media", PREPARING)
    state, _ = play(state, events.TransferReported(UPLOADING), events.ProgressReported(600, 1000, is_paused=False))
    assert (state.transfer, state.done, state.total) == (UPLOADING, 600, 1000)
    state, _ = play(state, events.StepReached("session"))
    assert (state.step, state.transfer) == ("session", None)
    state, effects = play(state, events.RunEnded(), events.SessionScheduled(SESSION))
    assert state == PublishState(outcome=states.PublishedOutcome(SESSION))
    assert effects == []


def test_a_draft_is_saved_first():
    draft = PublishRequest(webinar="w", version=DRAFT, test=True, in_ms=7_000)
    state, effects = play(PublishState(), events.PublishRequested(draft))
    assert (state.phase, effects) == ("saving", [events.SaveDraft()])
    assert not state.can_pause
    state, effects = play(state, events.DraftSaved("v9"))
    saved = PublishRequest(webinar="w", version="v9", test=True, in_ms=7_000)
    assert (state.phase, effects) == ("running", [events.StartRun(saved)])


def test_a_draft_that_cannot_be_saved_is_not_published():
    draft = PublishRequest(webinar="w", version=DRAFT)
    state, effects = play(PublishState(), events.PublishRequested(draft), events.SaveFailed(ERROR))
    assert state == PublishState(outcome=states.FailureOutcome(ERROR))
    assert effects == [events.SaveDraft()]


@pytest.mark.parametrize("state", [PublishState(), RUNNING])
def test_what_is_saved_or_fails_to_be_saved_elsewhere_is_not_ours(state):
    assert play(state, events.SaveFailed(ERROR), events.DraftSaved("v9")) == (state, [])


def test_a_saved_version_changes_no_update():
    saving = PublishState(phase="saving", request=UPDATE)
    assert reduce(saving, events.DraftSaved("v9")) == (saving, ())


def test_pausing_and_resuming_are_shown_once_the_task_reports_them():
    state, effects = play(RUNNING, events.PauseRequested(is_paused=True))
    assert (state, effects) == (RUNNING, [events.PauseRun(is_paused=True)])
    state, _ = play(state, events.ProgressReported(1, 10, is_paused=True))
    assert state.is_paused
    state, effects = play(
        state, events.PauseRequested(is_paused=False), events.ProgressReported(1, 10, is_paused=False)
    )
    assert (state.is_paused, effects) == (False, [events.PauseRun(is_paused=False)])


def test_cancelling_happens_once_and_ends_the_run():
    state, effects = play(RUNNING, events.CancelRequested(), events.CancelRequested(), events.PauseRequested(True))
    assert (state.is_cancelling, state.can_pause, effects) == (True, False, [events.CancelRun()])
    assert state.is_busy, "the task ends at its next report"
    state, _ = play(state, events.RunEnded(is_cancelled=True))
    assert state == PublishState(outcome=states.CancelOutcome())


def test_a_paused_run_can_be_cancelled():
    state, effects = play(replace(RUNNING, is_paused=True), events.CancelRequested())
    assert effects == [events.CancelRun()]
    state, _ = play(state, events.RunEnded(is_cancelled=True))
    assert not state.is_paused


def test_after_a_failure_it_is_tried_again_from_the_start():
    state, _ = play(
        replace(RUNNING, step="media", transfer=UPLOADING, done=5, total=10), events.RunEnded(), events.RunFailed(ERROR)
    )
    assert state == PublishState(outcome=states.FailureOutcome(ERROR))
    state, effects = play(state, events.PublishRequested(REQUEST))
    assert (state, effects) == (RUNNING, [events.StartRun(REQUEST)])


def test_a_known_conflict_is_asked_about_at_once_and_nothing_is_sent():
    state, effects = play(PublishState(), events.PublishRequested(REQUEST, CONFLICT))
    assert state == PublishState(outcome=states.ConflictOutcome(CONFLICT))
    assert effects == [events.AskConflict(CONFLICT)]


def test_a_conflict_that_the_run_meets_ends_it():
    state, effects = play(RUNNING, events.RunEnded(), events.MergeRequired(CONFLICT))
    assert state == PublishState(outcome=states.ConflictOutcome(CONFLICT))
    assert effects == [events.AskConflict(CONFLICT)]


def test_a_session_gets_another_version():
    state, effects = play(PublishState(problems=(ERROR,)), events.UpdateRequested(UPDATE))
    assert effects == [events.StartRun(UPDATE)], "what the chosen version lacks is no matter of the newest one"
    state, _ = play(state, events.RunEnded(), events.SessionUpdated(SESSION))
    assert (state.phase, state.outcome) == ("idle", states.UpdatedOutcome(SESSION))
    assert state.problems == (ERROR,)


@pytest.mark.parametrize("phase", ["saving", "running"])
@pytest.mark.parametrize("event", [events.PublishRequested(REQUEST), events.UpdateRequested(UPDATE)])
def test_one_run_at_a_time(phase, event):
    busy = replace(RUNNING, phase=phase)
    assert reduce(busy, event) == (busy, ())


def test_messages_of_the_window_are_shown_after_the_run():
    state, _ = play(RUNNING, events.MessageShown("warning", "The disk is nearly full."))
    assert (state.phase, state.outcome) == ("running", states.MessageOutcome("warning", "The disk is nearly full."))
    state, _ = play(state, events.RunEnded())
    assert state.outcome == states.MessageOutcome("warning", "The disk is nearly full.")


@pytest.mark.parametrize(
    ("event", "outcome"),
    [
        (events.SessionScheduled(SESSION), states.PublishedOutcome(SESSION)),
        (events.SessionUpdated(SESSION), states.UpdatedOutcome(SESSION)),
        (events.RunFailed(ERROR), states.FailureOutcome(ERROR)),
        (events.MergeRequired(CONFLICT), states.ConflictOutcome(CONFLICT)),
    ],
)
def test_closed_while_it_runs_it_goes_on_and_the_window_says_how_it_ended(event, outcome):
    state, effects = play(RUNNING, events.DialogClosed(), events.StepReached("session"))
    assert (state.phase, state.step, state.is_finished, effects) == ("running", "session", False, [])
    state, effects = play(state, events.RunEnded(), event)
    assert effects == [events.PostOutcome(outcome)]
    assert state.is_finished


def test_closed_while_the_draft_is_saved_it_is_still_published():
    saving = PublishState(phase="saving", request=PublishRequest(webinar="w", version=DRAFT))
    state, effects = play(saving, events.DialogClosed(), events.DraftSaved("v1"))
    assert (state.phase, state.is_closed, effects) == ("running", True, [events.StartRun(REQUEST)])


def test_closed_it_starts_nothing_and_takes_no_messages():
    closed, _ = play(PublishState(), events.DialogClosed())
    assert closed.is_finished
    sent = (
        events.PublishRequested(REQUEST),
        events.UpdateRequested(UPDATE),
        events.MessageShown("error", "No."),
        events.PreflightChecked((ERROR,)),
        events.DialogClosed(),
    )
    for event in sent:
        after, effects = reduce(closed, event)
        assert after is closed, event
        assert effects == ()


@pytest.mark.parametrize(
    "event",
    [
        events.StepReached("media"),
        events.TransferReported(PREPARING),
        events.ProgressReported(1, 2, is_paused=True),
        events.PauseRequested(is_paused=True),
        events.CancelRequested(),
    ],
)
def test_a_late_report_changes_nothing(event):
    idle = PublishState(outcome=states.CancelOutcome())
    assert reduce(idle, event) == (idle, ())
