"""The rules of synchronization as one pure function: state and event in, state and effects out.

An exchange runs when the server becomes available, after a saved version, a moment after a small change, when the
network is back, once a minute, and when the user asks. While the server is out of reach it is tried again after
growing delays. What the server refused (401, 403, 409, 412) is not tried again before the user acts.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar, assert_never

from editor.sync.retry import BACKGROUND_SYNC_RETRY
from ui.sync import sync_events as events
from ui.sync.server_state import ServerState, SyncPhase
from ui.sync.sync_events import SyncEffect, SyncEvent

if TYPE_CHECKING:
    from editor.errors import KnownError
    from editor.sync.library_sync import SyncReport

Step: TypeAlias = tuple[ServerState, tuple[SyncEffect, ...]]
V = TypeVar("V")

SYNC_INTERVAL_MS = 60_000
DEBOUNCE_MS = 3_000
"""Small changes that follow each other within this time are sent together."""
TICK_MS = 1_000
"""How often the remaining time is shown anew while the server is out of reach."""


def reduce(state: ServerState, event: SyncEvent, now_ms: int) -> Step:
    """Return the state of the sync after an event, and the effects to carry out in order; a pure function.

    After `ShutDown` every event leaves the state as it is, without effects.

    Args:
        state: the state before the event.
        event: what happened.
        now_ms: monotonic time in milliseconds.

    Returns:
        The next state (the same object if nothing changed) and the effects.
    """
    if state.is_shut_down:
        return state, ()
    after, effects = _apply(state, event, now_ms)
    if after.is_shut_down:
        return after, effects
    after = _note_offline(after, event, now_ms)
    after, more = _follow_server(state, after, restart=isinstance(event, events.AccountChanged))
    return after, effects + more


def _apply(state: ServerState, event: SyncEvent, now_ms: int) -> Step:  # noqa: C901, PLR0912 - one case per event
    match event:
        case events.ServerChangeStarted():
            return replace(state, is_busy=True), ()
        case events.ServerChanged(connection, local_hosting):
            changed = replace(
                state,
                is_busy=False,
                connection=connection,
                local_hosting=local_hosting,
                remote=None,
                refresh_error=None,
            )
            return _then(_refresh(changed), () if local_hosting else (events.UpdateKeepAwake(()),))
        case events.ServerChangeFailed(error):
            stopped = replace(state, is_busy=False, local_hosting=None)
            return stopped, (events.UpdateKeepAwake(()), events.NotifyError(error))
        case events.LocalServerDied():
            effects = (events.UpdateKeepAwake(()), events.NotifyLocalServerDied())
            return _then(_refresh(replace(state, local_hosting=None)), effects)
        case events.AccountChanged(connection):
            changed = replace(
                state, connection=connection, remote=None, refresh_error=None, conflicts=MappingProxyType({})
            )
            return _refresh(changed)
        case events.WebinarOpened(webinar_id):
            opened = replace(state, webinar_id=webinar_id, remote=None)
            return _refresh(opened) if webinar_id else (opened, ())
        case events.RefreshRequested():
            return _refresh(state)
        case events.Refreshed():
            return _on_refreshed(state, event)
        case events.RefreshFailed(error):
            return replace(state, is_refreshing=False, refresh_error=error), ()
        case events.ConflictFound(conflict):
            return replace(state, conflicts=_with(state.conflicts, conflict.theirs.id, conflict)), ()
        case events.ConflictResolved(webinar_id):
            return _request_sync(replace(state, conflicts=_without(state.conflicts, webinar_id)))
        case events.SyncRequested(by_user):
            return _request_sync(replace(state, sync_error=None) if by_user else state)
        case events.SmallChangeMade():
            if state.phase == "idle":
                return _schedule(state, min(DEBOUNCE_MS, state.remaining_ms(now_ms)), now_ms)
            return (replace(state, run_again=True) if state.phase == "running" else state), ()
        case events.NetworkRestored():
            return _request_sync(replace(state, failure_count=0)) if state.phase == "waiting" else (state, ())
        case events.TimerFired():
            remaining_ms = state.remaining_ms(now_ms)
            return _schedule(state, remaining_ms, now_ms) if remaining_ms else _request_sync(state)
        case events.SyncEnded(is_cancelled):
            return _on_sync_ended(state, now_ms, is_cancelled=is_cancelled)
        case events.SyncReported(report):
            return _on_report(state, report, now_ms)
        case events.SyncFailed(error):
            return _on_sync_failed(state, error, now_ms)
        case events.DownloadStarted(webinar_id):
            return replace(state, downloads=state.downloads | {webinar_id}), ()
        case events.DownloadEnded(webinar_id):
            return replace(state, downloads=state.downloads - {webinar_id}), ()
        case events.Downloaded(webinar_id):
            rest = tuple(each for each in state.remote_only or () if each.id != webinar_id)
            return _request_sync(replace(state, remote_only=rest))
        case events.ShutDown():
            closed = replace(state, phase="off", is_shut_down=True)
            return closed, (events.CancelTimer(), events.UpdateKeepAwake(()))
        case _:
            assert_never(event)


# -------------------------------------------------------------------------------------------------- the server


def _note_offline(state: ServerState, event: SyncEvent, now_ms: int) -> ServerState:
    """Note since when the server is out of reach, or that it is reached again."""
    if isinstance(event, events.SyncFailed | events.RefreshFailed):
        is_offline = BACKGROUND_SYNC_RETRY.next_delay_ms(event.error, 1) is not None
        if is_offline and state.offline_since_ms is None:
            return replace(state, offline_since_ms=now_ms)
    elif isinstance(event, events.SyncReported | events.Refreshed | events.ServerChanged | events.AccountChanged):
        return replace(state, offline_since_ms=None) if state.offline_since_ms is not None else state
    return state


def _follow_server(before: ServerState, after: ServerState, *, restart: bool) -> Step:
    """Start or stop exchanging where another server is in use, or it became available or unavailable."""
    is_same_server = before.connection == after.connection
    if is_same_server and before.is_server_ready == after.is_server_ready and not restart:
        return after, ()
    if not is_same_server:
        after = replace(after, results=MappingProxyType({}), remote_only=None, sync_error=None)
    if after.is_server_ready:
        return _request_sync(replace(after, failure_count=0, phase="idle"))
    return replace(after, phase="off"), (events.CancelTimer(),)


def _refresh(state: ServerState) -> Step:
    """Ask the server for the open webinar, unless that is under way or there is nothing to ask for."""
    has_subject = bool(state.webinar_id) or (state.is_local and not state.is_local_stopped)
    if state.is_refreshing or state.is_busy or not has_subject:
        return state, ()
    return replace(state, is_refreshing=True), (events.StartRefresh(state.webinar_id, state.connection),)


def _on_refreshed(state: ServerState, event: events.Refreshed) -> Step:
    state = replace(state, is_refreshing=False)
    hosts_here = state.is_local and not state.is_local_stopped
    effects = (events.UpdateKeepAwake(event.remote.local_sessions),) if hosts_here else ()
    if event.remote.webinar != state.webinar_id:
        return _then(_refresh(state), effects)
    return replace(state, remote=event.remote, refresh_error=None), effects


# ------------------------------------------------------------------------------------------------ the exchange


def _request_sync(state: ServerState) -> Step:
    """Exchange at once, or after the exchange that is under way."""
    if state.phase == "off":
        return state, ()
    return (replace(state, run_again=True), ()) if state.is_exchanging else _start_sync(state)


def _start_sync(state: ServerState) -> Step:
    started = replace(state, phase="running", is_exchanging=True, run_again=False)
    return started, (events.CancelTimer(), events.StartSync())


def _schedule(state: ServerState, delay_ms: int, now_ms: int) -> Step:
    """Exchange again after a delay; while the server is out of reach the timer fires every second on the way."""
    timer_ms = min(delay_ms, TICK_MS) if state.phase == "waiting" else delay_ms
    return replace(state, due_ms=now_ms + delay_ms), (events.SetTimer(timer_ms),)


def _finish_exchange(state: ServerState, phase: SyncPhase, delay_ms: int, now_ms: int) -> Step:
    if state.run_again and phase == "idle":
        return _start_sync(state)
    return _schedule(replace(state, phase=phase), delay_ms, now_ms)


def _on_sync_ended(state: ServerState, now_ms: int, *, is_cancelled: bool) -> Step:
    state = replace(state, is_exchanging=False)
    if state.phase != "running":
        return state, ()
    if is_cancelled:
        return _finish_exchange(state, "idle", SYNC_INTERVAL_MS, now_ms)
    return _schedule(state, SYNC_INTERVAL_MS, now_ms)


def _on_report(state: ServerState, report: "SyncReport", now_ms: int) -> Step:
    if state.phase == "off":
        return state, ()
    state = replace(state, failure_count=0, sync_error=None)
    deliver = (events.DeliverReport(report),)
    if report.was_restored:
        notify = () if state.is_restore_announced else (events.NotifyServerRestored(),)
        state = replace(state, is_restore_announced=True)
        return _then(_finish_exchange(state, "restored", SYNC_INTERVAL_MS, now_ms), (*notify, *deliver))
    was_offline = state.refresh_error is not None
    is_affected = any(item.webinar == state.webinar_id and item.state != "same" for item in report.items)
    state = replace(
        state,
        is_restore_announced=False,
        results=MappingProxyType({item.webinar: item for item in report.items}),
        conflicts=MappingProxyType({item.webinar: item.conflict for item in report.items if item.conflict is not None}),
        remote_only=report.remote_only,
        refresh_error=None,
    )
    state, effects = _finish_exchange(state, "idle", SYNC_INTERVAL_MS, now_ms)
    step = _refresh(state) if was_offline or is_affected else (state, ())
    return _then(step, (*effects, *deliver), first=True)


def _on_sync_failed(state: ServerState, error: "KnownError", now_ms: int) -> Step:
    if state.phase == "off":
        return state, ()
    previous, state = state.sync_error, replace(state, sync_error=error)
    delay_ms = BACKGROUND_SYNC_RETRY.next_delay_ms(error, state.failure_count + 1)
    if delay_ms is not None:
        return _finish_exchange(replace(state, failure_count=state.failure_count + 1), "waiting", delay_ms, now_ms)
    notify = (events.NotifyRefused(error),) if previous is None or previous.code != error.code else ()
    return replace(state, phase="refused", run_again=False), (events.CancelTimer(), *notify)


# ----------------------------------------------------------------------------------------------------- helpers


def _then(step: Step, effects: tuple[SyncEffect, ...], *, first: bool = False) -> Step:
    """Add effects to a step, behind its own, or before them with `first`."""
    state, own = step
    return state, (effects + own if first else own + effects)


def _with(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    return MappingProxyType({**mapping, key: value})


def _without(mapping: Mapping[str, V], key: str) -> Mapping[str, V]:
    return MappingProxyType({each: value for each, value in mapping.items() if each != key})
