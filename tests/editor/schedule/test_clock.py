"""The room clock: examples of sessions, and properties of all sequences of events."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import KnownError
from editor.schedule.clock import (
    RESUME_AFTER_MS,
    AnyClockEvent,
    Ended,
    Extended,
    Held,
    Resumed,
    Skipped,
    Started,
    replay_events,
)

MINUTE = 60_000
START = 1_800_000_000_000
LENGTH = 60 * MINUTE


def at(minutes):
    return START + minutes * MINUTE


def clock(*events):
    return replay_events((Started(at_ms=START), *events), length_ms=LENGTH)


def read(minutes, *events):
    return clock(*events).read(at(minutes))


def get_error_code(event, *before):
    with pytest.raises(KnownError) as error_info:
        clock(*before).apply_event(event)
    return error_info.value.code


# -------------------------------------------------------------------------------------------------- stories


def test_a_session_without_interventions():
    assert [(read(m).position_ms // MINUTE, read(m).phase) for m in (-10, 0, 59, 60, 90)] == [
        (-10, "waiting"),
        (0, "running"),
        (59, "running"),
        (60, "over"),
        (60, "over"),
    ]
    assert read(-10).over_ms == read(30).over_ms == at(60)
    assert read(60).over_ms is None


def test_a_hold_stops_the_position_and_a_resume_goes_on_from_there():
    events = (Held(at_ms=at(10), note="One moment"), Resumed(at_ms=at(13)))
    held = read(12, *events[:1])
    assert (held.position_ms, held.phase, held.note) == (10 * MINUTE, "held", "One moment")
    assert (held.resumes_ms, held.over_ms) == (at(25), at(75))
    after = read(14, *events)
    assert (after.position_ms, after.phase, after.note, after.resumes_ms) == (11 * MINUTE, "running", "", None)
    assert after.over_ms == at(63)


def test_a_hold_resumes_by_itself():
    held = clock(Held(at_ms=at(10)))
    assert held.read(at(25) - 1).phase == "held"
    after = held.read(at(25))
    assert (after.phase, after.position_ms, after.generation) == ("running", 10 * MINUTE, 3)
    assert held.read(at(26)).position_ms == 11 * MINUTE
    assert get_error_code(Resumed(at_ms=at(26)), Held(at_ms=at(10))) == "clock.not_held"


def test_how_long_a_hold_lasts_can_be_set():
    held = replay_events((Started(at_ms=START), Held(at_ms=at(10))), length_ms=LENGTH, resume_after_ms=MINUTE)
    assert held.read(at(11)).phase == "running"
    assert RESUME_AFTER_MS == 15 * MINUTE


def test_skipping_goes_forward_and_back():
    forward = Skipped(at_ms=at(10), to_ms=30 * MINUTE)
    back = Skipped(at_ms=at(12), to_ms=MINUTE)
    assert read(11, forward).position_ms == 31 * MINUTE
    assert read(13, forward, back).position_ms == 2 * MINUTE


def test_skipping_while_held_stays_held_and_resumes_when_it_would_have():
    held = clock(Held(at_ms=at(10), note="n"), Skipped(at_ms=at(12), to_ms=40 * MINUTE))
    assert (held.read(at(13)).position_ms, held.read(at(13)).phase) == (40 * MINUTE, "held")
    assert held.read(at(13)).note == "n"
    assert held.read(at(26)).position_ms == 41 * MINUTE


def test_an_extension_keeps_the_closing_card_up():
    extended = Extended(at_ms=at(50), by_ms=5 * MINUTE)
    closing = read(62, extended)
    assert (closing.phase, closing.position_ms, closing.over_ms) == ("closing", 62 * MINUTE, at(65))
    assert (read(65, extended).phase, read(65, extended).position_ms) == ("over", 65 * MINUTE)


def test_an_extension_can_be_given_before_the_start_and_again_on_the_closing_card():
    both = (Extended(at_ms=at(-5), by_ms=5 * MINUTE), Extended(at_ms=at(64), by_ms=10 * MINUTE))
    assert read(0, *both[:1]).position_ms == 0
    assert read(74, *both).phase == "closing"
    assert read(75, *both).phase == "over"


def test_what_is_unused_of_an_extension_can_be_taken_back():
    given_ = Extended(at_ms=at(50), by_ms=15 * MINUTE)
    back = Extended(at_ms=at(63), by_ms=-15 * MINUTE)
    assert (read(63, given_, back).phase, read(63, given_, back).position_ms) == ("over", 63 * MINUTE)
    assert read(66, given_, Extended(at_ms=at(52), by_ms=-10 * MINUTE)).phase == "over"
    assert get_error_code(Extended(at_ms=at(10), by_ms=-MINUTE)) == "clock.unused"


def test_skipping_back_from_the_closing_card_plays_on():
    events = (Extended(at_ms=at(50), by_ms=15 * MINUTE), Skipped(at_ms=at(62), to_ms=10 * MINUTE))
    assert (read(63, *events).phase, read(63, *events).position_ms) == ("running", 11 * MINUTE)
    assert read(113, *events).phase == "closing"


def test_ended_is_final():
    end = Ended(at_ms=at(20))
    assert (read(50, end).phase, read(50, end).position_ms) == ("over", 20 * MINUTE)
    assert get_error_code(Skipped(at_ms=at(21), to_ms=0), end) == "clock.over"
    assert get_error_code(Extended(at_ms=at(21), by_ms=MINUTE), end) == "clock.over"


@pytest.mark.parametrize(
    ("event", "before", "code"),
    [
        (Started(at_ms=at(1)), (), "clock.begun"),
        (Held(at_ms=at(-1)), (), "clock.waiting"),
        (Skipped(at_ms=at(-1), to_ms=0), (), "clock.waiting"),
        (Ended(at_ms=at(-1)), (), "clock.waiting"),
        (Held(at_ms=at(3)), (Held(at_ms=at(2)),), "clock.held"),
        (Resumed(at_ms=at(3)), (), "clock.not_held"),
        (Held(at_ms=at(61)), (Extended(at_ms=at(2), by_ms=5 * MINUTE),), "clock.closing"),
        (Skipped(at_ms=at(3), to_ms=LENGTH + 1), (), "clock.past_end"),
        (Held(at_ms=at(60)), (), "clock.over"),
    ],
)
def test_events_that_make_no_sense_are_refused(event, before, code):
    assert get_error_code(event, *before) == code


def test_a_log_begins_with_a_start():
    for log in ((), (Held(at_ms=START),)):
        with pytest.raises(KnownError, match=r"clock\.waiting"):
            replay_events(log, length_ms=LENGTH)


def test_a_clock_that_was_set_back_waits_and_does_not_repeat():
    late = clock(Held(at_ms=at(20)), Resumed(at_ms=at(10)))
    assert late.read(at(10)).position_ms == 20 * MINUTE
    assert late.read(at(21)).position_ms == 21 * MINUTE


def test_each_event_raises_the_generation():
    events = (Held(at_ms=at(1)), Resumed(at_ms=at(2)), Skipped(at_ms=at(3), to_ms=0), Extended(at_ms=at(4), by_ms=1))
    assert [clock(*events[:n]).read(at(5)).generation for n in range(5)] == [1, 2, 3, 4, 5]


def test_a_log_survives_its_writing():
    log = [Started(at_ms=START), Held(at_ms=at(1), note="n"), Resumed(at_ms=at(2)), Ended(at_ms=at(3))]
    written = msgspec.json.encode(log)
    assert msgspec.json.decode(written, type=list[AnyClockEvent]) == log


# ------------------------------------------------------------------------------------------ every evening there is


unhurried = settings(deadline=None)
"""Without a deadline, so that a busy machine does not fail the test."""

waits = st.integers(0, 20 * MINUTE)
moves = st.one_of(
    st.builds(Held, at_ms=waits, note=st.sampled_from(["", "One moment"])),
    st.builds(Resumed, at_ms=waits),
    st.builds(Skipped, at_ms=waits, to_ms=st.integers(0, LENGTH)),
    st.builds(Extended, at_ms=waits, by_ms=st.sampled_from([-10 * MINUTE, 5 * MINUTE, 15 * MINUTE])),
    st.builds(Ended, at_ms=waits),
)


@st.composite
def logs(draw):
    """Draw a log in which every event was accepted, each some time after the one before."""
    log = [Started(at_ms=START)]
    now = START - 5 * MINUTE
    for move in draw(st.lists(moves, max_size=12)):
        now += move.at_ms
        event = msgspec.structs.replace(move, at_ms=now)
        try:
            replay_events(log, length_ms=LENGTH).apply_event(event)
        except KnownError:
            continue
        log.append(event)
    return log


@unhurried
@given(logs())
def test_a_position_goes_back_only_by_skipping(log):
    times = sorted({e.at_ms + more for e in log for more in (-1, 0, 1, 7 * MINUTE, 40 * MINUTE)})
    for index in range(1, len(log) + 1):
        so_far = replay_events(log[:index], length_ms=LENGTH)
        positions = [so_far.read(time).position_ms for time in times]
        assert positions == sorted(positions)
        if index < len(log) and not isinstance(log[index], Skipped):
            at_ms = log[index].at_ms
            assert so_far.apply_event(log[index]).read(at_ms).position_ms == so_far.read(at_ms).position_ms


@unhurried
@given(logs(), st.integers(0, 3 * LENGTH))
def test_replaying_a_part_and_then_the_rest_equals_the_whole(log, later):
    whole = replay_events(log, length_ms=LENGTH)
    for index in range(1, len(log) + 1):
        clock_ = replay_events(log[:index], length_ms=LENGTH)
        for event in log[index:]:
            clock_ = clock_.apply_event(event)
        assert clock_ == whole
        assert clock_.read(START + later) == whole.read(START + later)


@unhurried
@given(logs(), waits, st.integers(0, RESUME_AFTER_MS - 1))
def test_a_hold_freezes_and_a_resume_goes_on(log, wait, lasted):
    clock_ = replay_events(log, length_ms=LENGTH)
    held_at = max(log[-1].at_ms, START) + wait
    if clock_.read(held_at).phase != "running":
        return
    held = clock_.apply_event(Held(at_ms=held_at))
    position = clock_.read(held_at).position_ms
    assert {held.read(held_at + part).position_ms for part in (0, lasted // 2, lasted)} == {position}
    resumed = held.apply_event(Resumed(at_ms=held_at + lasted))
    left_ms = LENGTH + held.extension_ms - position
    assert resumed.read(held_at + lasted + left_ms - 1).position_ms == position + left_ms - 1
    assert resumed.read(held_at + lasted).over_ms == held_at + lasted + left_ms


@unhurried
@given(logs(), st.integers(-10 * MINUTE, 3 * LENGTH))
def test_a_reading_says_when_the_session_is_over(log, later):
    clock_ = replay_events(log, length_ms=LENGTH)
    reading = clock_.read(START + later)
    if reading.over_ms is None:
        assert reading.phase == "over"
    else:
        assert clock_.read(reading.over_ms - 1).phase != "over"
        assert clock_.read(reading.over_ms).phase == "over"


@unhurried
@given(logs())
def test_every_event_begins_a_new_generation(log):
    seen = [replay_events(log[:index], length_ms=LENGTH).generation for index in range(1, len(log) + 1)]
    assert seen == sorted(set(seen))
