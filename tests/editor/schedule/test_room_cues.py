"""Cues of example sessions, each at the exact millisecond."""

import time

import msgspec
import pytest

from editor.schedule import room
from editor.schedule.clock import Ended, Extended, Held, Resumed, Skipped, Started
from editor.schedule.cues import CtaCue, StageCue, SurveyCue
from editor.schedule.model import Cta, Image, Media, Page, Presentation, Question, Survey, Video, Webinar
from editor.schedule.session_events import CuesIssued

START = 1_800_000_000_000
S = 1_000
TALK, SONG, PHOTO, SLIDES = (letter * 64 for letter in "abcd")


def at(seconds):
    return START + round(seconds * S)


def clock(webinar, *events, **settings):
    return room.make_clock(webinar, (Started(at_ms=START), *events), **settings)


def list_due(webinar, seconds, *events, **settings):
    """Return the due cues as (seconds from, seconds until, subject)."""
    return [summarize(cue) for cue in room.find_due_cues(webinar, clock(webinar, *events), at(seconds), **settings)]


def summarize(cue):
    until = None if cue.until is None else (cue.until - START) / S
    what = f"{cue.phase} {cue.show}" if isinstance(cue, StageCue) else cue.offer
    return ((cue.at - START) / S, until, what)


@pytest.fixture
def talk(make_webinar):
    """Make a talk of 100 s with a hold of 20 s, a gap of 30 s and 50 s more, and a call to action over 40-60 s."""
    return make_webinar("A:0-100~120 B:150-200", "x:40-60")


# ------------------------------------------------------------------------------------------------ the evening


def test_no_cue_is_due_long_before_the_waiting_room(talk):
    assert list_due(talk, -1861) == []
    assert list_due(talk, -1860) == [(-1800, 0, "waiting card")]
    assert list_due(talk, -10, waiting_ms=10 * S) == [(-10, 0, "waiting card"), (0, 100, "running video")]


def test_the_waiting_card_has_the_waiting_rooms_picture(talk):
    waiting, *_ = room.find_due_cues(msgspec.structs.replace(talk, waiting_picture=PHOTO), clock(talk), at(-100))
    assert (waiting.picture, waiting.position_ms) == (PHOTO, -1800 * S)


def test_stage_cues_are_due_a_minute_ahead_and_past_ones_are_not(talk):
    assert list_due(talk, -60.001) == [(-1800, 0, "waiting card")]
    assert list_due(talk, -60) == [(-1800, 0, "waiting card"), (0, 100, "running video")]
    assert list_due(talk, 0) == [(0, 100, "running video")]
    assert list_due(talk, 95) == [
        (0, 100, "running video"),
        (100, 120, "running frame"),
        (120, 150, "running card"),
        (150, 200, "running video"),
    ]
    assert list_due(talk, 199.999) == [(150, 200, "running video"), (200, None, "over card")]
    assert list_due(talk, 200) == list_due(talk, 90_000) == [(200, None, "over card")]


def test_an_offer_comes_when_it_opens_and_late_only_while_it_is_open(talk):
    assert "offer-x" not in str(list_due(talk, 39.999))
    assert list_due(talk, 40)[1] == list_due(talk, 59.999)[1] == (40, 60, "offer-x")
    assert "offer-x" not in str(list_due(talk, 60))


def test_what_was_issued_is_not_issued_again(talk):
    log = [room.make_cue_row(talk, clock(talk), at(seconds), issued=()) for seconds in (95,)]
    issued = room.collect_issued_keys(log)
    assert room.make_cue_row(talk, clock(talk), at(95), issued=issued) is None
    assert [summarize(cue) for cue in room.find_due_cues(talk, clock(talk), at(140), issued=issued)] == [
        (200, None, "over card")
    ]


def test_a_different_lead_and_a_server_clock_set_back(talk):
    assert list_due(talk, 98, lead_ms=2 * S) == [(0, 100, "running video"), (100, 120, "running frame")]
    held = Held(at_ms=at(10))
    assert list_due(talk, 5, held) == list_due(talk, 10, held) == [(10, None, "held frame")]
    later = Held(at_ms=at(150))
    assert list_due(talk, 5, later) == list_due(talk, 150, later) != [], "further back than the lead"


# -------------------------------------------------------------------------------------------------- stepping in


def test_a_hold_is_one_cue_without_an_end_and_open_offers_stay(talk):
    held = Held(at_ms=at(50), note="One moment")
    assert list_due(talk, 70, held) == [(50, None, "held frame"), (50, None, "offer-x")]
    stage = room.find_due_cues(talk, clock(talk, held), at(70))[0]
    assert (stage.note, stage.resumes, stage.media_ms) == ("One moment", at(50 + 900), 1050 * S)
    assert (stage.gains, stage.captions) == ((), None)


def test_a_resume_issues_all_remaining_cues(talk):
    events = Held(at_ms=at(50)), Resumed(at_ms=at(70))
    assert list_due(talk, 70, *events) == [(70, 120, "running video"), (70, 80, "offer-x"), (120, 140, "running frame")]
    stage = room.find_due_cues(talk, clock(talk, *events), at(75))[0]
    assert (stage.at, stage.media_ms, stage.position_ms, stage.generation) == (at(70), 1050 * S, 50 * S, 3)


def test_a_hold_that_ends_by_itself_begins_a_generation(talk):
    now = clock(talk, Held(at_ms=at(50)), resume_after_ms=30 * S)
    assert room.find_next_wake_ms(talk, now, at(50)) == at(80)
    assert next(summarize(cue) for cue in room.find_due_cues(talk, now, at(79.999))) == (50, None, "held frame")
    resumed = room.find_due_cues(talk, now, at(85))
    assert summarize(resumed[0]) == (80, 130, "running video")
    assert {cue.generation for cue in resumed} == {3}


def test_a_new_generation_replaces_what_is_outstanding_and_only_its_first_row_says_so(talk):
    issued = room.collect_issued_keys([room.make_cue_row(talk, clock(talk), at(50))])
    assert not room.make_cue_row(talk, clock(talk), at(50)).replaces
    held = clock(talk, Held(at_ms=at(55)))
    row = room.make_cue_row(talk, held, at(55), issued=issued)
    assert row.replaces
    skipped = clock(talk, Skipped(at_ms=at(56), to_ms=90 * S))
    first = room.make_cue_row(talk, skipped, at(56), issued=issued)
    later = room.make_cue_row(talk, skipped, at(110), issued=issued | room.collect_issued_keys([first]))
    assert (first.replaces, later.replaces) == (True, False)


def test_skips_while_playing_and_while_held(talk):
    assert list_due(talk, 10, Skipped(at_ms=at(10), to_ms=130 * S)) == [
        (10, 30, "running card"),
        (30, 80, "running video"),
    ]
    held = Held(at_ms=at(10)), Skipped(at_ms=at(20), to_ms=160 * S)
    stage = room.find_due_cues(talk, clock(talk, *held), at(25))[0]
    assert (stage.at, stage.position_ms, stage.phase, stage.media_ms) == (at(20), 160 * S, "held", 1010 * S)


def test_an_extension_is_a_closing_card_and_a_skip_plays_again(talk):
    longer = Extended(at_ms=at(150), by_ms=60 * S)
    assert list_due(talk, 205, longer) == [(200, 260, "closing card"), (260, None, "over card")]
    back = list_due(talk, 210, longer, Skipped(at_ms=at(210), to_ms=190 * S))
    assert back == [(210, 220, "running video"), (220, 280, "closing card")]
    assert list_due(talk, 230, longer, Extended(at_ms=at(230), by_ms=-3600 * S)) == [(230, None, "over card")]
    waiting = list_due(talk, -30, Extended(at_ms=at(-40), by_ms=60 * S))
    assert waiting[0] == (-40, 0, "waiting card")


def test_the_end_closes_everything(talk):
    assert list_due(talk, 50, Ended(at_ms=at(50))) == [(50, None, "over card")]
    assert room.find_next_wake_ms(talk, clock(talk, Ended(at_ms=at(50))), at(50)) is None


def test_cues_of_a_replaced_generation_are_issued_again_if_it_returns(talk):
    first = room.make_cue_row(talk, clock(talk), at(-30))
    moved = CuesIssued(
        cues=room.find_due_cues(talk, room.make_clock(talk, [Started(at_ms=at(600))]), at(-20)), replaces=True
    )
    back = CuesIssued(cues=(), replaces=True)
    for log in ([first, moved, back], [first, moved], [first]):
        issued = room.collect_issued_keys(log)
        assert issued == room.collect_issued_keys(log[1:], room.collect_issued_keys(log[:1]))
        again = room.find_due_cues(talk, clock(talk), at(-10), issued=issued)
        assert [summarize(cue)[2] for cue in again] == ([] if log == [first] else ["waiting card", "running video"])


# ------------------------------------------------------------------------------------------------ waking up


def test_the_machine_says_when_to_ask_again(talk):
    def wakes(seconds, *events):
        woken = room.find_next_wake_ms(talk, clock(talk, *events), at(seconds))
        return None if woken is None else (woken - START) / S

    assert wakes(-4000) == -1860
    assert wakes(-1860) == -60
    assert wakes(-60) == 40
    assert wakes(40) == 60
    assert (wakes(60), wakes(90), wakes(140)) == (90, 140, None)
    assert wakes(10, Held(at_ms=at(5))) == 905


# ------------------------------------------------------------------------------------------------ contents


def test_an_offer_says_all_that_its_page_needs():
    cta = Cta(id="c", start_ms=0, length_ms=S, offer="o", title="Buy", text="now", label="Go", link="https://a.example")
    question = Question(id="q", kind="rating", text="How was it?", scale=3, required=True)
    survey = Survey(id="s", start_ms=S, length_ms=S, offer="p", title="Tell us", questions=(question,))
    first, second = room.make_on_demand_cues(Webinar(id="w", interactions=(cta, survey)))[1:3]
    assert isinstance(first, CtaCue)
    assert (first.title, first.text, first.label, first.link, first.look) == (
        "Buy",
        "now",
        "Go",
        "https://a.example",
        "banner",
    )
    assert isinstance(second, SurveyCue)
    cue_question = second.questions[0]
    assert (cue_question.id, cue_question.kind, cue_question.text, cue_question.scale, cue_question.required) == (
        "q",
        "rating",
        "How was it?",
        3,
        True,
    )


def test_halves_of_a_split_offer_are_one_cue_and_apart_they_are_two(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20 y:20-35 z:50-60")
    halves = tuple(msgspec.structs.replace(one, offer="o") for one in webinar.interactions)
    webinar = msgspec.structs.replace(webinar, interactions=halves)
    assert list_due(webinar, 25)[1] == (10, 35, "o")
    assert list_due(webinar, 50)[1] == (50, 60, "o")
    assert (
        room.find_next_wake_ms(webinar, clock(webinar), at(10)) - START
    ) / S == 40  # not at 20, where the halves touch


def test_two_pages_of_one_number_are_one_cue_whenever_one_asks():
    pages = tuple(Page(page=page, length_ms=10 * S) for page in (1, 1, 2))
    slides = Presentation(id="p", start_ms=5 * S, media=SLIDES, pages=pages, in_ms=2 * S, out_ms=30 * S)
    webinar = Webinar(id="w", programme=(slides,))
    for seconds in (6, 14, 20):
        assert list_due(webinar, seconds, lead_ms=0)[0] == (5, 23, "running page")
    shown = room.find_due_cues(webinar, clock(webinar), at(25))[0]
    assert (shown.page, shown.media_ms, shown.at) == (2, 20 * S, at(23))


def test_the_sound_under_slides_runs_out_by_itself():
    slides = Presentation(
        id="p",
        start_ms=0,
        media=SLIDES,
        pages=(Page(page=0, length_ms=60 * S),),
        in_ms=5 * S,
        out_ms=60 * S,
        audio=SONG,
        fade_out_ms=10 * S,
    )
    song = Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=30 * S)
    webinar = Webinar(id="w", programme=(slides,), media={SONG: song})
    sounding, silent, _ = room.find_due_cues(webinar, clock(webinar), START)
    assert (sounding.until, sounding.audio, sounding.audio_ms) == (at(25), SONG, 5 * S)
    assert sounding.gains == ((START, 1000),)
    assert (silent.at, silent.show, silent.audio, silent.gains) == (at(25), "page", None, ())


def test_fades_are_points_in_server_time_also_when_one_comes_into_the_middle_of_one():
    video = Video(id="v", start_ms=0, media=TALK, out_ms=20 * S, volume=50, fade_in_ms=4 * S, fade_out_ms=10 * S)
    webinar = Webinar(id="w", programme=(video,))
    cue = room.find_due_cues(webinar, clock(webinar), START)[0]
    assert cue.gains == ((at(0), 0), (at(4), 500), (at(10), 500), (at(20), 0))
    skipped = room.find_due_cues(webinar, clock(webinar, Skipped(at_ms=at(1), to_ms=15 * S)), at(1))[0]
    assert skipped.gains == ((at(1), 250), (at(6), 0))
    muted = Webinar(id="w", programme=(msgspec.structs.replace(video, muted=True),))
    assert room.find_due_cues(muted, clock(muted), START)[0].gains == ()


def test_fades_go_on_over_the_turn_of_a_page():
    slides = Presentation(
        id="p",
        start_ms=0,
        media=SLIDES,
        pages=tuple(Page(page=page, length_ms=10 * S) for page in range(3)),
        out_ms=30 * S,
        audio=SONG,
        fade_in_ms=16 * S,
        fade_out_ms=12 * S,
    )
    cues = room.make_on_demand_cues(Webinar(id="w", programme=(slides,)))
    assert [cue.gains for cue in cues[:3]] == [
        ((0, 0), (10 * S, 625)),
        ((10 * S, 625), (16 * S, 1000), (18 * S, 1000), (20 * S, 833)),
        ((20 * S, 833), (30 * S, 0)),
    ]


def test_a_webinar_with_nothing_in_it_is_over_when_it_begins():
    nothing = Webinar(id="w")
    assert list_due(nothing, -1) == [(-1800, 0, "waiting card"), (0, None, "over card")]
    assert [summarize(cue)[2] for cue in room.make_on_demand_cues(nothing)] == ["over card"]


def test_an_offer_without_a_programme_is_shown_over_the_card(make_webinar):
    webinar = make_webinar("", "x:10-20")
    assert list_due(webinar, 15) == [(0, 20, "running card"), (10, 20, "offer-x"), (20, None, "over card")]


# ----------------------------------------------------------------------------------------------- offers so far


def list_past_offers(webinar, seconds, *events):
    started = (Started(at_ms=START), *events)
    return [
        summarize(cue)
        for cue in room.collect_past_offers(webinar, started, room.make_clock(webinar, started), at(seconds))
    ]


def test_late_joiners_see_the_offers_so_far_in_order(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20 s:30-40 y:60-70")
    assert list_past_offers(webinar, -5) == list_past_offers(webinar, 9.999) == []
    assert list_past_offers(webinar, 10) == [(10, 20, "offer-x")]
    assert list_past_offers(webinar, 50) == [(10, 20, "offer-x"), (30, 40, "offer-s")]
    assert len(list_past_offers(webinar, 5000)) == 3


def test_skipped_offers_are_left_out_and_repeated_ones_count_once(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20 s:30-40 y:60-70")
    events = Skipped(at_ms=at(5), to_ms=35 * S), Skipped(at_ms=at(20), to_ms=25 * S)
    assert list_past_offers(webinar, 40, *events) == [(5, 35, "offer-s")]
    assert list_past_offers(webinar, 22, *events) == [(5, 10, "offer-s")]
    assert list_past_offers(webinar, 40, Skipped(at_ms=at(15), to_ms=80 * S)) == [(10, 15, "offer-x")]


def test_an_offer_that_is_held_open_has_no_end_until_it_goes_on(make_webinar):
    webinar = make_webinar("A:0-100", "x:10-20 s:30-40 y:60-70")
    held = Held(at_ms=at(15))
    assert list_past_offers(webinar, 500, held) == [(10, None, "offer-x")]
    assert list_past_offers(webinar, 500, held, Resumed(at_ms=at(400))) == [
        (10, 405, "offer-x"),
        (415, 425, "offer-s"),
        (445, 455, "offer-y"),
    ]
    assert list_past_offers(webinar, 500, held, Ended(at_ms=at(400))) == [(10, 400, "offer-x")]


# ----------------------------------------------------------------------------------------------------- on demand


def test_an_on_demand_room_has_a_programme_of_positions_and_no_cues_of_its_own(talk):
    alone = msgspec.structs.replace(talk, room="on_demand")
    assert room.find_due_cues(alone, clock(alone), at(50)) == ()
    assert room.make_cue_row(alone, clock(alone), at(50)) is None
    assert room.find_next_wake_ms(alone, clock(alone), at(-50)) is None
    programme = room.make_on_demand_cues(alone)
    assert [(cue.at, cue.until) for cue in programme if isinstance(cue, StageCue)] == [
        (0, 100 * S),
        (100 * S, 120 * S),
        (120 * S, 150 * S),
        (150 * S, 200 * S),
        (200 * S, None),
    ]
    assert room.find_stage_cue(alone, 130 * S).show == "card"
    assert room.find_stage_cue(alone, 999 * S).phase == "over"


# ------------------------------------------------------------------------------------------------------- speed


def test_a_day_of_ten_thousand_segments_costs_a_bisection():
    programme = tuple(Image(id=f"i{n}", start_ms=n * 8 * S, length_ms=8 * S, media=PHOTO) for n in range(10_000))
    interactions = tuple(Cta(id=f"c{n}", offer=f"o{n}", start_ms=n * 8 * S, length_ms=4 * S) for n in range(10_000))
    webinar = Webinar(id="w", programme=programme, interactions=interactions)
    now = clock(webinar)
    started_at = time.process_time()
    for n in range(100):
        room.find_due_cues(webinar, now, at(79_000 + n))
        room.find_next_wake_ms(webinar, now, at(79_000 + n))
    assert (time.process_time() - started_at) / 100 < 0.02  # measured 0.5 ms; a walk from the beginning costs 40 ms
    row = CuesIssued(cues=room.find_current_cues(webinar, now, at(79_000)))
    assert len(row.cues) == 9
