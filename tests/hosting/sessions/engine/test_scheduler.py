"""The scheduler issues what is due in every session, whatever happens to one of them."""

import msgspec
import pytest

from editor.errors import KnownError
from editor.protocol.api import CreateSessionRequest, PushRequest
from editor.schedule.room import PUBLIC
from hosting.accounts import service as accounts
from hosting.sessions.engine import cue_issuer, event_log
from hosting.sessions.engine.scheduler import RETRY_DELAY_MS, Scheduler
from hosting.sessions.organizer import service as sessions
from hosting.webinars import service as webinars
from tests.hosting.hosting_fixtures import OWNER, compute_version_hash, make_push_body
from tests.hosting.session_fixtures import make_webinar


@pytest.fixture
def two_sessions(context):
    """Two private tests, which begin in five seconds. No application runs, so no other scheduler takes part."""
    webinar, now = make_webinar(), context.now()
    push_request = msgspec.json.decode(make_push_body(webinar), type=PushRequest)
    request = CreateSessionRequest(webinar=webinar.id, version=compute_version_hash(webinar), test=True)
    with context.db.write() as connection:
        account = accounts.create_account(connection, OWNER["email"], OWNER["password"], "", now)
        webinars.push(connection, account.id, webinar.id, 0, push_request, context.epoch, now)
        waiting_ms = context.settings.waiting_ms
        return [sessions.publish(connection, account, request, now, waiting_ms=waiting_ms) for _ in range(2)]


def count_cue_rows(context, session):
    with context.db.read() as connection:
        return len(event_log.load_rows(connection, session, "cued", PUBLIC))


@pytest.mark.parametrize("failing", [0, 1])
@pytest.mark.parametrize("error", [RuntimeError("broken"), KnownError("hosting.busy")])
def test_an_error_in_one_session_does_not_stop_the_others(
    context, clock, log_writer, two_sessions, monkeypatch, expected_logs, failing, error
):
    find_due_cues = cue_issuer.find_due_cues

    def find_or_fail(state, now, issued_keys, lead_ms):
        if state.record.id == two_sessions[failing]:
            raise error
        return find_due_cues(state, now, issued_keys, lead_ms)

    expected_logs.append("session failed" if isinstance(error, RuntimeError) else "session postponed")
    scheduler = Scheduler(context, log_writer)
    with monkeypatch.context() as patched:
        patched.setattr(cue_issuer, "find_due_cues", find_or_fail)
        wake = scheduler.tick(clock())
    healthy = two_sessions[1 - failing]
    assert count_cue_rows(context, healthy) == 1
    assert count_cue_rows(context, two_sessions[failing]) == 0
    assert wake == clock() + RETRY_DELAY_MS, "what failed is tried again soon"
    clock.advance(RETRY_DELAY_MS)
    scheduler.tick(clock())
    assert count_cue_rows(context, two_sessions[failing]) == 1, "and works once the cause is gone"
    assert count_cue_rows(context, healthy) == 1
