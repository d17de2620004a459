"""What a plan allows: lengths, and events at a time."""

from datetime import UTC, datetime, timedelta

from editor.schedule.account_limits import LIMITS_BY_PLAN, AccountLimits, SessionSpan, find_overlapping

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
HOUR = 3_600_000
ONE, TWO = LIMITS_BY_PLAN["automated"], AccountLimits("automated", None, parallel=2)


def span(name, hours, length_ms=HOUR, room="automated"):
    return SessionSpan(name, START + timedelta(hours=hours), length_ms, room)


def names(planned, others, terms=ONE):
    return [one.session for one in find_overlapping(planned, others, terms)]


def test_a_trial_lasts_a_quarter_of_an_hour_and_a_paid_plan_what_the_day_allows():
    assert LIMITS_BY_PLAN["trial"].longest_ms == 15 * 60_000
    assert LIMITS_BY_PLAN["automated"].longest_ms is None
    assert {terms.parallel for terms in LIMITS_BY_PLAN.values()} == {1}


def test_one_event_at_a_time():
    assert names(span("new", 0), [span("before", -0.5), span("after", 0.5), span("far", 5)]) == ["before", "after"]


def test_one_may_begin_as_another_ends():
    assert names(span("new", 0), [span("before", -1), span("after", 1)]) == []


def test_a_millisecond_is_an_overlap():
    assert names(span("new", 0), [span("before", -1, HOUR + 1)]) == ["before"]


def test_the_session_itself_and_what_is_on_demand_do_not_count():
    assert names(span("new", 0), [span("new", 0.2), span("library", 0, room="on_demand")]) == []
    assert names(span("new", 0, room="on_demand"), [span("old", 0)]) == []


def test_the_add_on_allows_more_at_a_time():
    one, two = span("one", -0.5), span("two", 0.25)
    assert names(span("new", 0), [one], TWO) == []
    assert names(span("new", 0), [one, two], TWO) == ["one", "two"]


def test_with_the_add_on_two_in_turn_are_no_two_at_a_time():
    assert names(span("new", 0), [span("one", -0.5), span("two", 0.5)], TWO) == []
