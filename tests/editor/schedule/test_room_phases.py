"""Phases of a session, grace periods, the furthest position, and replacement by a later version."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import KnownError
from editor.errors.messages import ERRORS
from editor.schedule import room
from editor.schedule.clock import Ended, Extended, Held, Resumed, Skipped, Started
from editor.schedule.model import Media, Survey, Video, Webinar

START = 1_800_000_000_000
S = 1_000


def at(seconds):
    return START + round(seconds * S)


def clock(webinar, *events, **settings):
    return room.make_clock(webinar, (Started(at_ms=START), *events), **settings)


@pytest.fixture
def talk(make_webinar):
    return make_webinar("A:0-100 B:150-200", "x:40-60")


# --------------------------------------------------------------------------------------------------- phases


def test_the_phases_of_an_evening(talk):
    def phase(seconds, *events, **more):
        return room.find_phase(clock(talk, *events), at(seconds), **more)

    assert [phase(seconds) for seconds in (-1800.001, -1800, -0.001, 0, 120, 199.999, 200, 99_999)] == [
        "planned",
        "waiting",
        "waiting",
        "running",
        "running",
        "running",
        "over",
        "over",
    ]
    assert [phase(seconds, waiting_ms=60 * S) for seconds in (-61, -60)] == ["planned", "waiting"]
    assert phase(50, Held(at_ms=at(20))) == "held"
    assert phase(220, Extended(at_ms=at(20), by_ms=60 * S)) == "closing"
    assert phase(-1800, Extended(at_ms=at(-2000), by_ms=60 * S)) == "waiting"
    assert phase(30, Ended(at_ms=at(20))) == "over"
    assert phase(30, cancelled=True) == phase(-9999, cancelled=True) == "cancelled"


def test_an_on_demand_room_runs_for_good(talk):
    assert [room.find_phase(clock(talk), at(seconds), on_demand=True) for seconds in (-9000, -10, 10, 99_999)] == [
        "planned",
        "waiting",
        "running",
        "running",
    ]


def test_when_it_was_over(talk):
    assert room.find_end_ms(clock(talk), at(199.999)) is None
    assert room.find_end_ms(clock(talk), at(5_000)) == at(200)
    assert room.find_end_ms(clock(talk, Ended(at_ms=at(20))), at(5_000)) == at(20)
    assert room.find_end_ms(clock(talk, Extended(at_ms=at(20), by_ms=60 * S)), at(5_000)) == at(260)
    held = clock(talk, Held(at_ms=at(20)), resume_after_ms=30 * S)
    assert room.find_end_ms(held, at(5_000)) == at(230)


def test_times_of_grace_after_the_end(talk):
    for grace_ms, seconds in ((room.MESSAGE_GRACE_MS, 30), (room.RESPONSE_GRACE_MS, 600), (room.REPLY_GRACE_MS, 900)):
        assert room.is_within_grace(clock(talk), at(50), grace_ms)
        assert room.is_within_grace(clock(talk), at(200 + seconds) - 1, grace_ms)
        assert not room.is_within_grace(clock(talk), at(200 + seconds), grace_ms)


# -------------------------------------------------------------------------------------------- how far it has come


def find_furthest(webinar, seconds, *events, **settings):
    log = (Started(at_ms=START), *events)
    return room.find_furthest_ms(log, room.make_clock(webinar, log, **settings), at(seconds)) / S


def test_the_furthest_position_survives_skipping_back(talk):
    assert find_furthest(talk, -10) == -10
    assert (find_furthest(talk, 50), find_furthest(talk, 500)) == (50, 200)
    skips = Skipped(at_ms=at(20), to_ms=160 * S), Skipped(at_ms=at(30), to_ms=10 * S)
    assert find_furthest(talk, 25, *skips[:1]) == 165
    assert (find_furthest(talk, 40, *skips), find_furthest(talk, 195, *skips)) == (170, 175)
    assert find_furthest(talk, 60, Held(at_ms=at(20)), resume_after_ms=30 * S) == 30
    held = Held(at_ms=at(20)), Skipped(at_ms=at(22), to_ms=90 * S), Skipped(at_ms=at(24), to_ms=0)
    assert find_furthest(talk, 25, *held) == 90
    assert find_furthest(talk, 230, Extended(at_ms=at(-5), by_ms=60 * S)) == 230


# ------------------------------------------------------------------------------------------------ replacing


def find_blocking(old, new, seconds, *events):
    log = (Started(at_ms=START), *events)
    session_clock = clock(old, *events)
    return room.find_blocking_segments(
        old, new, session_clock, at(seconds), reached_ms=room.find_furthest_ms(log, session_clock, at(seconds))
    )


def test_what_has_begun_or_begins_within_the_lead_must_be_the_same(make_webinar):
    old = make_webinar("A:0-100 B:150-200 C:300-400", "x:40-60 y:170-180")
    later = make_webinar("A:0-100 B:151-200 C:300-400", "x:40-60 y:170-180")
    assert find_blocking(old, old, 500) == ()
    assert find_blocking(old, later, -3600) == find_blocking(old, later, 89.999) == ()
    assert find_blocking(old, later, 90) == ("B",)
    without = make_webinar("A:0-100 B:150-200 C:300-400", "x:40-60")
    assert find_blocking(old, without, 109.999) == ()
    assert find_blocking(old, without, 110) == ("y",)
    added = make_webinar("A:0-100 D:110-140 B:150-200 C:300-400", "x:40-60 y:170-180")
    assert (find_blocking(old, added, 49.999), find_blocking(old, added, 50)) == ((), ("D",))
    assert find_blocking(old, make_webinar("A:0-50 B:60-90"), -61) == ()
    assert find_blocking(old, make_webinar("A:0-50 C:300-400"), -60) == ("A",)


def test_segments_reached_once_count_as_begun_after_skipping_back(make_webinar):
    old = make_webinar("A:0-100 B:150-200 C:300-400")
    new = make_webinar("A:0-100 B:150-190 C:300-400")
    back = Skipped(at_ms=at(5), to_ms=160 * S), Skipped(at_ms=at(10), to_ms=0)
    assert find_blocking(old, new, 20) == ()
    assert find_blocking(old, new, 20, *back) == ("B",)


def test_the_end_counts_as_well(make_webinar):
    old = make_webinar("A:0-100 B:150-200")
    longer = make_webinar("A:0-100 B:150-200 C:300-400")
    assert find_blocking(old, longer, 139) == ()
    assert find_blocking(old, longer, 140) == ("C",), "that it is over was told already"
    assert find_blocking(longer, old, 139) == ()
    assert find_blocking(longer, old, 140) == find_blocking(longer, old, 250) == ("C",)


PLANS = (
    "A:0-100 B:150-200 C:300-400", "A:0-100 B:150-200", "A:0-100 B:150-190 D:200-260 C:300-400", "A:0-100 C:110-300",
    "A:0-90", "A:0-100 B:150-200 C:320-400 E:400-500",
)  # fmt: skip
event_lists = st.lists(st.tuples(st.integers(1, 120), st.sampled_from(["hold", "resume", "skip", "extend", "end"]),
                                st.integers(0, 400)), max_size=5)  # fmt: skip


@given(st.sampled_from(PLANS), st.sampled_from(PLANS), event_lists, st.integers(-90, 60))
def test_an_allowed_version_swap_changes_no_cue_that_was_issued(old, new, events, later):
    old, new = plan(old), plan(new)
    log, now = [Started(at_ms=START)], START
    for wait, what, figure in events:
        now += wait * S
        event = {
            "hold": Held(at_ms=now), "resume": Resumed(at_ms=now), "end": Ended(at_ms=now),
            "skip": Skipped(at_ms=now, to_ms=figure * S), "extend": Extended(at_ms=now, by_ms=figure * S),
        }[what]  # fmt: skip
        try:
            room.make_clock(old, log).apply_event(event)
        except KnownError:
            continue
        log.append(event)
    now = max(START - 90 * S, now + later * S)
    before = room.make_clock(old, log)
    if room.find_blocking_segments(old, new, before, now, reached_ms=room.find_furthest_ms(log, before, now)):
        return
    after = room.make_clock(new, log)  # the log still makes sense
    assert msgspec.structs.replace(before.read(now), over_ms=0) == msgspec.structs.replace(after.read(now), over_ms=0)
    old_cues, new_cues = room.find_due_cues(old, before, now), room.find_due_cues(new, after, now)
    assert [describe_cue(cue) for cue in old_cues] == [describe_cue(cue) for cue in new_cues]


def plan(words):
    talk = Media(sha256="a" * 64, kind="video", name="talk.mp4", duration_ms=400 * S)
    segments = []
    for word in words.split():
        name, _, place = word.partition(":")
        start, _, end = place.partition("-")
        out_ms = (int(end) - int(start)) * S
        segments.append(Video(id=name, start_ms=int(start) * S, media=talk.sha256, out_ms=out_ms))
    return Webinar(id="w", programme=tuple(segments), media={talk.sha256: talk})


def describe_cue(cue):
    """Return a cue without its expected end, which a later version may move."""
    return msgspec.structs.replace(cue, until=None)


# ------------------------------------------------------------------------------------------------ the public view


def view(webinar, seconds, *events, **more):
    log = (Started(at_ms=START), *events)
    return room.make_public_view(
        webinar, log, room.make_clock(webinar, log), at(seconds), **{"chat": "moderated"} | more
    )


def test_the_public_view_of_each_phase(talk):
    webinar = msgspec.structs.replace(
        talk, title="An evening", description="Of talks", waiting_text="Soon", waiting_picture="e" * 64
    )
    planned = view(webinar, -4000)
    assert (planned.title, planned.description, planned.phase) == ("An evening", "Of talks", "planned")
    assert (planned.waiting_text, planned.waiting_picture, planned.cues, planned.chat_open) == ("", None, (), False)
    assert (planned.starts_at, planned.opens_at) == (START, at(-1800))
    waiting = view(webinar, -100)
    assert (waiting.waiting_text, waiting.waiting_picture, waiting.chat_open) == ("Soon", "e" * 64, True)
    running = view(webinar, 50)
    assert [len(running.cues), len(running.offers), running.generation] == [3, 1, 1]
    assert (running.on_demand, running.length_ms) == (False, None)
    assert view(webinar, 50, Held(at_ms=at(40))).generation == 2
    assert not view(webinar, 50, chat="none").chat_open
    assert [view(webinar, seconds).chat_open for seconds in (229.999, 230)] == [True, False]
    cancelled = view(webinar, 50, cancelled=True)
    assert (cancelled.phase, cancelled.cues, cancelled.offers, cancelled.chat_open) == ("cancelled", (), (), False)


def test_after_the_end_there_is_a_replay_or_a_card(talk):
    over = view(talk, 300)
    assert ([cue.phase for cue in over.cues], len(over.offers), over.on_demand) == (["over"], 1, False)
    replay = view(talk, 300, replay=True)
    assert (replay.on_demand, replay.length_ms, replay.cues) == (True, 200 * S, room.make_on_demand_cues(talk))
    assert not view(talk, 100, replay=True).on_demand


def test_an_on_demand_room_shows_everything_from_its_start_on(talk):
    alone = msgspec.structs.replace(talk, room="on_demand")
    assert (view(alone, -10).cues, view(alone, -10).length_ms) == ((), None)
    shown = view(alone, 5_000)
    assert (shown.phase, shown.on_demand, shown.cues) == ("running", True, room.make_on_demand_cues(alone))
    assert not shown.chat_open
    assert not view(alone, 50).chat_open


# ---------------------------------------------------------------------------------------- what may be answered


def may_take(webinar, seconds, offer, *events, **more):
    log = (Started(at_ms=START), *events)
    error = room.check_response_allowed(webinar, log, room.make_clock(webinar, log), at(seconds), offer, **more)
    assert error is None or error.code in ERRORS
    return error and error.code


def test_an_offer_is_taken_from_when_it_opens_until_ten_minutes_after_the_end(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20 s:30-40")
    assert may_take(webinar, 29.999, "offer-s") == "room.no_offer"
    assert may_take(webinar, 30, "offer-s") is None
    assert may_take(webinar, 99, "offer-s") is None
    assert may_take(webinar, 699.999, "offer-s") is None
    assert may_take(webinar, 700, "offer-s") == "room.offer_over"
    assert may_take(webinar, 700, "offer-s", replay=True) is None
    assert may_take(webinar, 50, "offer-z") == "room.no_offer"
    assert may_take(webinar, 60, "offer-s", Skipped(at_ms=at(5), to_ms=45 * S)) == "room.no_offer"
    assert may_take(webinar, 60, "offer-s", Skipped(at_ms=at(35), to_ms=0)) is None


def test_on_demand_an_offer_is_always_taken(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20", room="on_demand")
    assert may_take(webinar, -1, "offer-x") == "room.no_offer"
    assert may_take(webinar, 1, "offer-x") is None
    assert may_take(webinar, 90_000, "offer-x") is None
    assert may_take(webinar, 1, "offer-z") == "room.no_offer"


def test_in_a_replay_every_offer_of_the_webinar_is_taken_and_no_other(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20")
    skipped = Skipped(at_ms=at(5), to_ms=30 * S)
    assert may_take(webinar, 50_000, "offer-x", skipped, replay=True) is None
    assert may_take(webinar, 50_000, "offer-x", skipped) == "room.no_offer"
    assert may_take(webinar, 50_000, "offer-z", replay=True) == "room.no_offer"
    assert may_take(webinar, 5, "offer-x", replay=True) == "room.no_offer", "before the end it is no replay"


def test_an_offer_is_a_survey_or_a_call_to_action(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20 s:30-40")
    assert isinstance(room.find_survey(webinar, "offer-s"), Survey)
    assert room.find_survey(webinar, "offer-x") is None
    assert room.find_cta(webinar, "offer-x").id == "x"
    assert room.find_cta(webinar, "offer-s") is None
