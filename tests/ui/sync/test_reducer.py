"""The rules of synchronization, tested as a pure function: no Qt, no server, no clock."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from editor.errors import KnownError
from editor.sync.connections import Connection
from editor.sync.library_sync import SyncItem, SyncReport
from ui.sync import reducer
from ui.sync import sync_events as events
from ui.sync.reducer import reduce
from ui.sync.server_state import ServerState, WebinarOnServer

REMOTE = Connection(address="https://webinars.example.org", email="ada@example.org")
LOCAL = Connection()
RUNNING = SimpleNamespace(url="http://127.0.0.1:8000")
OFFLINE = KnownError("sync.offline", address="x")
IDLE = ServerState(connection=REMOTE, phase="idle", due_ms=60_000)


def play(state, *sent, now_ms=0):
    """Send events one after another; return the last state and all effects."""
    effects = []
    for event in sent:
        state, more = reduce(state, event, now_ms)
        effects += more
    return state, effects


def kinds(effects):
    return [type(each).__name__ for each in effects]


def report(**fields):
    return events.SyncReported(SyncReport(epoch="e", **fields))


def finish(*outcome):
    """Return the events in which an exchange ends."""
    return (events.SyncEnded(), *outcome)


def test_the_rules_import_no_qt():
    source = Path(reducer.__file__).read_text("utf-8")
    assert re.search(r"PySide6|QObject", source) is None


def test_an_exchange_starts_once_a_server_is_available():
    state, effects = play(ServerState(), events.ServerChangeStarted(), events.ServerChanged(REMOTE, None))
    assert (state.phase, state.is_exchanging) == ("running", True)
    assert kinds(effects) == ["UpdateKeepAwake", "CancelTimer", "StartSync"]


def test_a_stopped_server_on_this_computer_is_not_exchanged_with():
    state, effects = play(ServerState(), events.ServerChanged(LOCAL, None))
    assert state.phase == "off"
    assert "StartSync" not in kinds(effects)
    state, effects = play(state, events.ServerChanged(LOCAL, RUNNING))
    assert state.phase == "running"
    assert "StartRefresh" in kinds(effects)
    state, effects = play(state, events.LocalServerDied())
    assert state.phase == "off"
    assert kinds(effects)[:2] == ["UpdateKeepAwake", "NotifyLocalServerDied"]


def test_another_server_forgets_what_the_last_one_had():
    before = replace(
        IDLE,
        remote_only=(),
        results={"w": object()},
        conflicts={"w": object()},
        sync_error=OFFLINE,
        refresh_error=OFFLINE,
    )
    state, _ = play(before, events.AccountChanged(Connection(address="https://other.example.org")))
    assert (state.remote_only, dict(state.results), dict(state.conflicts)) == (None, {}, {})
    assert (state.sync_error, state.refresh_error) == (None, None)


def test_signing_in_again_to_the_same_server_resumes_the_exchange():
    signed_out = replace(IDLE, phase="refused", sync_error=KnownError("account.signed_out", status=401))
    state, effects = play(signed_out, events.AccountChanged(REMOTE))
    assert state.phase == "running"
    assert "StartSync" in kinds(effects)


def test_signing_out_stops():
    state, effects = play(IDLE, events.AccountChanged(None))
    assert state.phase == "off"
    assert kinds(effects) == ["CancelTimer"]
    assert reduce(state, events.SyncRequested(), 0) == (state, ())


def test_what_is_asked_for_while_an_exchange_runs_follows_it():
    state, effects = play(IDLE, events.SyncRequested(), events.SyncRequested(), events.SyncRequested())
    assert kinds(effects).count("StartSync") == 1
    state, effects = play(state, *finish(report()))
    assert kinds(effects).count("StartSync") == 1
    state, effects = play(state, *finish(report()))
    assert "StartSync" not in kinds(effects)
    assert state.phase == "idle"


def test_an_exchange_is_never_started_beside_one_that_outlasted_its_server():
    state, _ = play(IDLE, events.SyncRequested(), events.ServerChangeStarted())
    assert (state.phase, state.is_exchanging) == ("off", True)
    state, effects = play(state, events.ServerChanged(REMOTE, None))
    assert "StartSync" not in kinds(effects)
    state, effects = play(state, *finish(report()))
    assert "StartSync" in kinds(effects)


def test_small_changes_are_sent_together_a_moment_later():
    state, effects = play(IDLE, events.SmallChangeMade(), now_ms=1_000)
    assert effects == [events.SetTimer(3_000)]
    assert state.remaining_ms(1_000) == 3_000
    state, effects = play(state, events.SmallChangeMade(), now_ms=2_000)
    assert state.remaining_ms(2_000) == 2_000, "more of them do not put it off"
    _, effects = play(state, events.TimerFired(), now_ms=4_000)
    assert "StartSync" in kinds(effects)


def test_offline_tries_again_after_growing_delays_and_counts_down():
    state, delays = IDLE, []
    for _ in range(4):
        state, _ = play(state, events.SyncRequested(), *finish(events.SyncFailed(OFFLINE)))
        assert state.phase == "waiting"
        delays.append(state.remaining_ms(0))
    assert delays == [5_000, 15_000, 60_000, 60_000]
    ticking, effects = play(state, events.TimerFired(), now_ms=1_000)
    assert effects == [events.SetTimer(1_000)]
    assert ticking is not state, "the countdown is shown anew"
    assert ticking.remaining_ms(1_000) == 59_000
    state, _ = play(state, events.NetworkRestored(), *finish(events.SyncFailed(OFFLINE)))
    assert state.remaining_ms(0) == 5_000, "the network is back: the delays begin anew"


def test_what_the_server_refuses_is_reported_once_and_not_tried_again():
    refusal = events.SyncFailed(KnownError("account.signed_out", status=401))
    state, effects = play(IDLE, events.SyncRequested(), *finish(refusal))
    assert state.phase == "refused"
    assert state.is_signed_out
    assert kinds(effects)[-2:] == ["CancelTimer", "NotifyRefused"]
    _, effects = play(state, events.SyncRequested(), *finish(refusal))
    assert "NotifyRefused" not in kinds(effects)
    _, effects = play(state, events.SyncRequested(by_user=True), *finish(refusal))
    assert "NotifyRefused" in kinds(effects), "the user asked"


def test_a_restored_server_is_announced_once_and_its_results_are_not_taken():
    known = replace(IDLE, results={"w": object()})
    restored = report(was_restored=True)
    state, effects = play(known, events.SyncRequested(), *finish(restored))
    assert state.phase == "restored"
    assert "NotifyServerRestored" in kinds(effects)
    assert state.results == known.results
    state, effects = play(state, events.TimerFired(), *finish(restored), now_ms=60_000)
    assert "NotifyServerRestored" not in kinds(effects)
    state, _ = play(state, events.SyncRequested(), *finish(report()))
    _, effects = play(state, events.SyncRequested(), *finish(restored))
    assert "NotifyServerRestored" in kinds(effects)


def test_a_report_replaces_results_and_conflicts_and_is_delivered():
    conflict = SimpleNamespace(theirs=SimpleNamespace(id="a"))
    items = (
        SyncItem(webinar="a", title="", state="apart", conflict=conflict),
        SyncItem(webinar="b", title="", state="same"),
    )
    before = replace(IDLE, conflicts={"c": object()}, webinar_id="a")
    state, effects = play(before, events.SyncRequested(), *finish(report(items=items)))
    assert dict(state.conflicts) == {"a": conflict}
    assert set(state.results) == {"a", "b"}
    assert "DeliverReport" in kinds(effects)
    assert "StartRefresh" in kinds(effects), "the open webinar is affected"


def test_a_conflict_waits_until_it_is_resolved():
    conflict = SimpleNamespace(theirs=SimpleNamespace(id="w"))
    state, _ = play(IDLE, events.ConflictFound(conflict))
    assert state.conflicts == {"w": conflict}
    state, effects = play(state, events.ConflictResolved("w"))
    assert state.conflicts == {}
    assert "StartSync" in kinds(effects)


def test_an_answer_about_another_webinar_is_asked_for_again():
    state, _ = play(IDLE, events.WebinarOpened("a"), events.WebinarOpened("b"))
    state, effects = play(state, events.Refreshed(WebinarOnServer("a", (), None, ())))
    assert state.remote is None
    assert effects == [events.StartRefresh("b", REMOTE)]
    state, _ = play(state, events.Refreshed(WebinarOnServer("b", (), None, ())))
    assert state.remote.webinar == "b"


def test_one_question_at_a_time():
    state, _ = play(IDLE, events.WebinarOpened("a"))
    assert reduce(state, events.RefreshRequested(), 0) == (state, ())
    state, _ = play(state, events.RefreshFailed(OFFLINE))
    assert state.refresh_error is OFFLINE
    _, effects = play(state, events.RefreshRequested())
    assert kinds(effects) == ["StartRefresh"]


def test_sessions_on_this_computer_keep_it_awake():
    hosting = replace(IDLE, connection=LOCAL, local_hosting=RUNNING)
    sessions = (object(),)
    _, effects = play(hosting, events.Refreshed(WebinarOnServer("", (), None, (), sessions)))
    assert effects == [events.UpdateKeepAwake(sessions)]
    _, effects = play(IDLE, events.Refreshed(WebinarOnServer("", (), None, (), sessions)))
    assert effects == [], "they are on a server elsewhere"


def test_a_download_leaves_the_list_and_is_exchanged():
    listed = replace(IDLE, remote_only=(SimpleNamespace(id="a"), SimpleNamespace(id="b")))
    state, _ = play(listed, events.DownloadStarted("a"))
    assert state.downloads == {"a"}
    state, effects = play(state, events.DownloadEnded("a"), events.Downloaded("a"))
    assert state.downloads == frozenset()
    assert [each.id for each in state.remote_only] == ["b"]
    assert "StartSync" in kinds(effects)


def test_a_cancelled_exchange_waits_for_its_next_turn():
    state, effects = play(IDLE, events.SyncRequested(), events.SyncEnded(is_cancelled=True))
    assert state.phase == "idle"
    assert effects[-1] == events.SetTimer(60_000)


@pytest.mark.parametrize(
    "event",
    [events.SyncRequested(), events.RefreshRequested(), events.TimerFired(), report(), events.NetworkRestored()],
)
def test_nothing_is_asked_once_the_application_closes(event):
    state, effects = play(replace(IDLE, webinar_id="w"), events.ShutDown())
    assert kinds(effects) == ["CancelTimer", "UpdateKeepAwake"]
    after, effects = reduce(state, event, 0)
    assert (after.phase, effects) == ("off", ())
