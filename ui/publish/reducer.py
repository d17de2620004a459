"""The rules of publishing as one pure function: state and event in, state and effects out.

One run at a time: a draft is saved first, then the version is sent, its media are prepared and uploaded, and the
session is scheduled. A run that failed or was cancelled can be started again, and goes on from what was sent.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, assert_never

import msgspec

from ui.publish import publish_events as events
from ui.publish import publish_state as states
from ui.publish.publish_state import DRAFT, PublishState

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.sync.publisher import PublishRequest
    from editor.sync.webinar_sync import MergeConflictError
    from ui.publish.publish_events import PublishEffect, PublishEvent
    from ui.publish.publish_state import PublishOutcome, PublishPhase, UpdateRequest

PublishReduction: TypeAlias = "tuple[PublishState, tuple[PublishEffect, ...]]"


def reduce(state: PublishState, event: "PublishEvent") -> PublishReduction:  # noqa: C901, PLR0912 - one case per event
    """Return the state of publishing after an event, and the effects to carry out in order; a pure function.

    Args:
        state: the state before the event.
        event: what happened.

    Returns:
        The next state (the same object if nothing changed) and the effects.
    """
    match event:
        case events.PublishRequested(request, conflict):
            return _on_publish(state, request, conflict)
        case events.UpdateRequested(request):
            if state.is_busy or state.is_closed:
                return state, ()
            return _begin(state, "running", request), (events.StartRun(request),)
        case events.PauseRequested(is_paused):
            return state, (events.PauseRun(is_paused),) if state.can_pause else ()
        case events.CancelRequested():
            return (replace(state, is_cancelling=True), (events.CancelRun(),)) if state.can_pause else (state, ())
        case events.DialogClosed():
            return (state if state.is_closed else replace(state, is_closed=True)), ()
        case events.PreflightChecked(problems):
            is_new = problems != state.problems and not state.is_closed
            return (replace(state, problems=problems) if is_new else state), ()
        case events.DraftSaved(version):
            return _on_saved(state, version)
        case events.SaveFailed(error):
            return _on_failed(state, error) if state.phase == "saving" else (state, ())
        case events.StepReached(step):
            return (replace(state, step=step, transfer=None) if state.phase == "running" else state), ()
        case events.TransferReported(transfer):
            return (replace(state, transfer=transfer) if state.phase == "running" else state), ()
        case events.ProgressReported(done, total, is_paused):
            if state.phase != "running":
                return state, ()
            return replace(state, done=done, total=total, is_paused=is_paused), ()
        case events.RunEnded(is_cancelled):
            ended = _end(state)
            return (replace(ended, outcome=states.CancelOutcome()) if is_cancelled else ended), ()
        case events.SessionScheduled(session):
            return _finish(state, states.PublishedOutcome(session))
        case events.SessionUpdated(session):
            return _finish(state, states.UpdatedOutcome(session))
        case events.MergeRequired(conflict):
            return _on_conflict(state, conflict)
        case events.RunFailed(error):
            return _on_failed(state, error)
        case events.MessageShown(role, text):
            return (state if state.is_closed else replace(state, outcome=states.MessageOutcome(role, text))), ()
        case _:
            assert_never(event)


def _on_publish(
    state: PublishState, request: "PublishRequest", conflict: "MergeConflictError | None"
) -> PublishReduction:
    if not state.can_publish:
        return state, ()
    if conflict is not None:
        return _on_conflict(state, conflict)
    if request.version == DRAFT:
        return _begin(state, "saving", request), (events.SaveDraft(),)
    return _begin(state, "running", request), (events.StartRun(request),)


def _on_saved(state: PublishState, version: str) -> PublishReduction:
    if state.phase != "saving" or state.request is None or isinstance(state.request, states.UpdateRequest):
        return state, ()
    request = msgspec.structs.replace(state.request, version=version)
    return _begin(state, "running", request), (events.StartRun(request),)


def _on_conflict(state: PublishState, conflict: "MergeConflictError") -> PublishReduction:
    after, effects = _finish(state, states.ConflictOutcome(conflict))
    return after, effects or (events.AskConflict(conflict),)


def _on_failed(state: PublishState, error: "KnownError") -> PublishReduction:
    return _finish(state, states.FailureOutcome(error))


def _begin(state: PublishState, phase: "PublishPhase", request: "PublishRequest | UpdateRequest") -> PublishState:
    return PublishState(phase=phase, request=request, problems=state.problems, is_closed=state.is_closed)


def _end(state: PublishState) -> PublishState:
    """Return the state in which nothing runs; the last outcome stays."""
    return PublishState(problems=state.problems, outcome=state.outcome, is_closed=state.is_closed)


def _finish(state: PublishState, outcome: "PublishOutcome") -> PublishReduction:
    """End the run with an outcome, which the dialog shows, or the window once the dialog is closed."""
    effects = (events.PostOutcome(outcome),) if state.is_closed else ()
    return replace(_end(state), outcome=outcome), effects
