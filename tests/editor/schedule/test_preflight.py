"""Preflight: each problem is found where it is and nowhere else, and its fix removes it."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from editor.errors.messages import ERRORS, format_message
from editor.schedule.account_limits import LIMITS_BY_PLAN
from editor.schedule.edits import apply
from editor.schedule.links import is_usable_link
from editor.schedule.model import (
    Audio,
    CaptionTrack,
    Cta,
    Image,
    Media,
    Moderator,
    Page,
    Presentation,
    Price,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.preflight import find_blocking_problems, find_problems
from editor.schedule.preflight_inputs import HostingFacts, PreflightInputs

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TALK, SONG, PHOTO, SLIDES, FRENCH, ENGLISH = (letter * 64 for letter in "abcdef")
MINUTE = 60_000
CAPTIONS = (
    CaptionTrack(sha256=ENGLISH, language="en-GB", name="talk.en.srt"),
    CaptionTrack(sha256=FRENCH, language="fr", name="talk.fr.srt"),
)
MEDIA = {
    TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=3_600_000, has_audio=True, captions=CAPTIONS),
    SONG: Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=70_000, has_audio=True),
    PHOTO: Media(sha256=PHOTO, kind="image", name="photo.jpg"),
    SLIDES: Media(sha256=SLIDES, kind="presentation", name="slides.pdf", pages=9),
}


def video(start_ms=0, **fields):
    defaults = {"id": f"v{start_ms}", "media": TALK, "out_ms": 10_000, "hold_ms": 5_000, "captions": ENGLISH} | fields
    return Video(start_ms=start_ms, **defaults)


def cta(start_ms=1_000, **fields):
    defaults = {"id": "c", "offer": "o", "length_ms": 5_000, "label": "Buy", "link": "https://example.org"} | fields
    return Cta(start_ms=start_ms, **defaults)


def webinar(*programme, **fields):
    defaults = {"start": "2026-12-01T18:00:00", "zone": "Europe/Paris", "media": MEDIA} | fields
    return Webinar(id="w", programme=programme or (video(),), **defaults)


def make_inputs(one, *, plan="automated", media=None, hold_ms=5_000, hosting=None):
    return PreflightInputs(
        webinar=one,
        team=one.moderators,
        media=dict.fromkeys(MEDIA, "ready") if media is None else media,
        hosting=HostingFacts() if hosting is None else hosting,
        limits=LIMITS_BY_PLAN[plan],
        hold_ms=hold_ms,
        now=NOW,
    )


def run_preflight(one, **more):
    problems = find_problems(make_inputs(one, **more))
    for problem in problems:
        assert problem.code in ERRORS
        assert "?" not in format_message(problem.code, problem.facts).replace("?x", "")
    return problems


def codes(one, **more):
    return [problem.code.removeprefix("problem.") for problem in run_preflight(one, **more)]


def get_only(one, code, **more):
    problems = [problem for problem in run_preflight(one, **more) if problem.code.removeprefix("problem.") == code]
    assert len(problems) == 1, codes(one, **more)
    return problems[0]


def apply_fix(one, code, **more):
    """Return the webinar after the fix of its only problem with a code, after checking that the problem is gone."""
    after = apply(one, get_only(one, code, **more).fix).webinar
    assert code not in codes(after, **more)
    return after


def test_a_webinar_that_is_in_order_has_no_problem():
    assert codes(webinar(video(), video(15_000), interactions=(cta(),))) == []


# ------------------------------------------------------------------------------------------------------ the plan


def test_an_empty_programme():
    assert codes(Webinar(id="w", start="2026-12-01T18:00:00")) == ["empty"]
    assert codes(Webinar(id="w", start="2026-12-01T18:00:00", interactions=(cta(),))) == ["empty"]


def test_a_start_that_is_missing_matters_to_an_automated_room_alone():
    assert get_only(webinar(start=None), "no_start").severity == "error"
    assert codes(webinar(start=None, room="on_demand")) == []


@pytest.mark.parametrize(("start", "past"), [("2026-11-01T12:59:59", True), ("2026-11-01T13:00:00", True)])
def test_a_start_in_the_past(start, past):
    assert ("start_past" in codes(webinar(start=start))) is past  # it is 13:00 in Paris
    assert codes(webinar(start="2026-11-01T13:00:01")) == []
    assert codes(webinar(start=start, room="on_demand")) == []


def test_an_hour_that_does_not_exist_is_fixed_by_shifting_it():
    after = apply_fix(webinar(start="2027-03-28T02:30:00"), "start_missing")
    assert after.start == "2027-03-28T03:30:00"


def test_an_hour_that_exists_twice_is_a_warning():
    problem = get_only(webinar(start="2027-10-31T02:30:00"), "start_twice")
    assert (problem.severity, problem.fix, problem.at_ms) == ("warning", None, None)


def test_days_and_zones_that_there_are_not():
    assert codes(webinar(start="2027-02-30T10:00:00")) == ["start_invalid"]
    assert codes(webinar(zone="Mars/Olympus")) == ["zone"]
    assert codes(webinar(zone="Mars/Olympus", start=None)) == ["zone"]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-12-24T00:00:00", []),
        ("2026-12-01T18:00:00", ["until_past"]),
        ("2026-11-31T18:00:00", ["until_invalid"]),
        (None, []),
    ],
)
def test_on_demand_access_ends_after_it_begins(until, expected):
    assert codes(webinar(room="on_demand", available_until=until)) == expected
    assert codes(webinar(available_until=until)) == []


def test_a_moderated_chat_needs_a_moderator():
    assert get_only(webinar(chat="moderated"), "no_moderator").severity == "error"
    assert codes(webinar(chat="moderated", moderators=(Moderator(name="Zoë", email="z@example.org"),))) == []
    assert codes(webinar(chat="answer_later")) == []


def test_paid_access_needs_a_price_and_is_not_published_yet():
    assert codes(webinar(access="paid")) == ["no_price", "publish.not_yet"]
    assert codes(webinar(access="paid", price=Price(amount=0))) == ["no_price", "publish.not_yet"]
    problem = get_only(webinar(access="paid", price=Price(amount=100)), "publish.not_yet")
    assert (problem.severity, problem.facts, problem.segment) == ("error", {"feature": "paid"}, None)
    assert "paid access" in format_message(problem.code, problem.facts)
    assert codes(webinar(price=Price(amount=100))) == []


def test_a_paid_webinar_can_be_tried_in_a_private_test():
    inputs = make_inputs(webinar(access="paid", price=Price(amount=100)))
    assert [problem.code for problem in find_blocking_problems(inputs)] == ["publish.not_yet"]
    assert find_blocking_problems(inputs, is_test=True) == ()


# ------------------------------------------------------------------------------------------------------- the length


def test_a_trial_lasts_fifteen_minutes_and_the_fix_shortens_the_buffer():
    long = webinar(video(out_ms=15 * MINUTE - 2_000))
    assert codes(long) == []
    problem = get_only(long, "too_long", plan="trial")
    assert problem.facts == {"length_ms": 903_000, "longest_ms": 900_000, "over_ms": 3_000}
    after = apply_fix(long, "too_long", plan="trial")
    assert after.length_ms == 15 * MINUTE
    assert after.programme[0].hold_ms == 2_000


def test_exactly_fifteen_minutes_are_allowed_and_on_demand_is_not_bound():
    assert codes(webinar(video(out_ms=15 * MINUTE - 5_000)), plan="trial") == []
    assert codes(webinar(video(out_ms=30 * MINUTE), room="on_demand"), plan="trial") == []


def test_the_fix_takes_from_several_buffers_the_last_first():
    parts = (video(out_ms=10 * MINUTE), video(10 * MINUTE + 5_000, out_ms=5 * MINUTE - 2_000, hold_ms=4_000))
    after = apply_fix(webinar(*parts), "too_long", plan="trial")
    assert [segment.hold_ms for segment in after.programme] == [2_000, 0]
    assert after.length_ms == 15 * MINUTE


def test_there_is_no_fix_where_the_buffers_do_not_suffice():
    assert get_only(webinar(video(out_ms=16 * MINUTE)), "too_long", plan="trial").fix is None


def test_there_is_no_fix_where_an_interaction_keeps_the_length_up():
    late = webinar(video(out_ms=15 * MINUTE - 2_000), interactions=(cta(14 * MINUTE, length_ms=63_000),))
    assert get_only(late, "too_long", plan="trial").fix is None


def test_a_part_that_is_all_buffer_keeps_its_second():
    parts = (video(out_ms=15 * MINUTE - 500, hold_ms=0), video(899_500, in_ms=10_000, hold_ms=1_500))
    assert get_only(webinar(*parts), "too_long", plan="trial").fix is None


# ---------------------------------------------------------------------------------------------------- the programme


@pytest.mark.parametrize(("gap_ms", "is_problem"), [(2_000, False), (2_001, True)])
def test_gaps_over_two_seconds_are_problems_and_their_fix_closes_them(gap_ms, is_problem):
    one = webinar(video(), video(15_000 + gap_ms), video(32_000 + gap_ms, hold_ms=5_000), interactions=(cta(),))
    assert codes(one) == (["gap"] if is_problem else [])
    if is_problem:
        problem = get_only(one, "gap")
        assert (problem.at_ms, problem.severity, problem.facts["length_ms"]) == (15_000, "warning", gap_ms)
        assert apply_fix(one, "gap").programme[1].start_ms == 15_000


def test_a_gap_at_the_beginning_is_a_gap():
    assert apply_fix(webinar(video(3_000)), "gap").programme[0].start_ms == 0


def test_the_fix_of_a_missing_hold_adds_one_and_moves_later_segments():
    one = webinar(video(hold_ms=0), video(10_000), interactions=(cta(12_000),))
    after = apply_fix(one, "no_hold")
    assert [segment.start_ms for segment in after.segments] == [0, 15_000, 17_000]
    assert after.programme[0].hold_ms == 5_000


def test_where_there_is_a_gap_the_buffer_fills_it():
    after = apply_fix(webinar(video(hold_ms=0), video(15_500)), "no_hold")
    assert [segment.start_ms for segment in after.programme] == [0, 15_500]


def test_the_buffer_is_the_one_of_the_settings_and_none_is_asked_for_where_there_is_none():
    one = webinar(Recording(id="r", start_ms=0, media=TALK, out_ms=10_000, captions=ENGLISH))
    assert apply_fix(one, "no_hold", hold_ms=9_000).programme[0].hold_ms == 9_000
    assert codes(one, hold_ms=0) == []


def test_halves_that_play_on_need_no_buffer_between_them():
    halves = (video(hold_ms=0), video(10_000, in_ms=10_000, out_ms=20_000))
    assert codes(webinar(*halves)) == []
    assert codes(webinar(halves[0], video(10_000, in_ms=10_001, out_ms=20_000))) == ["no_hold"]


def test_sound_and_pictures_need_no_buffer():
    song = Audio(id="a", start_ms=0, media=SONG, out_ms=70_000, muted=True)
    assert codes(webinar(song, Image(id="i", start_ms=70_000, media=PHOTO, length_ms=5_000))) == []


def test_at_the_end_of_the_day_there_is_no_room_for_a_buffer():
    last = video(86_390_000, hold_ms=0)
    assert get_only(webinar(Image(id="i", start_ms=0, media=PHOTO, length_ms=86_390_000), last), "no_hold").fix is None


@pytest.mark.parametrize(
    "last",
    [
        video(),
        Image(id="i", start_ms=0, media=PHOTO, length_ms=15_000),
        Presentation(id="p", start_ms=0, media=SLIDES, pages=(Page(page=0, length_ms=15_000),), out_ms=15_000),
        Audio(id="a", start_ms=0, media=SONG, out_ms=15_000, muted=True),
    ],
    ids=["video", "image", "presentation", "audio"],
)
def test_after_the_end_the_last_picture_can_stay(last):
    one = webinar(last, interactions=(cta(16_000),))
    problem = get_only(one, "after_end")
    assert (problem.severity, problem.segment, problem.at_ms) == ("warning", "c", 16_000)
    assert problem.facts["beyond_ms"] == 6_000
    after = apply_fix(one, "after_end")
    assert after.programme[0].end_ms == 21_000
    if isinstance(last, Video | Audio):
        assert after.programme[0].out_ms == last.out_ms


def test_an_interaction_that_only_ends_later_is_a_hint():
    assert get_only(webinar(interactions=(cta(12_000),)), "after_end").severity == "hint"
    assert codes(webinar(interactions=(cta(10_000),))) == []


# ------------------------------------------------------------------------------------------------------------ media


def test_a_missing_media_is_one_problem_for_all_its_segments():
    one = webinar(video(), video(15_000), Image(id="i", start_ms=30_000, media=PHOTO, length_ms=1_000))
    problem = get_only(one, "media_missing", media={PHOTO: "ready"})
    assert problem.facts == {"name": "talk.mp4", "media": TALK, "count": 2}
    assert (problem.severity, problem.segment, problem.at_ms) == ("error", "v0", 0)


def test_media_that_is_not_prepared_is_a_warning():
    assert get_only(webinar(), "media_unprepared", media={TALK: "unprepared"}).severity == "warning"


def test_pictures_of_audio_sounds_of_pages_and_the_waiting_room_count_too():
    pages = (Page(page=0, length_ms=10_000),)
    one = webinar(
        Audio(id="a", start_ms=0, media=SONG, out_ms=10_000, muted=True, picture=PHOTO),
        Presentation(id="p", start_ms=10_000, media=SLIDES, pages=pages, out_ms=10_000, audio=TALK),
        waiting_picture=FRENCH,
    )
    problems = [p for p in run_preflight(one, media={}) if p.code == "problem.media_missing"]
    assert [p.facts["name"] for p in problems] == [FRENCH[:12], "song.mp3", "photo.jpg", "slides.pdf", "talk.mp4"]
    assert [p.segment for p in problems] == [None, "a", "a", "p", "p"]


def test_captions_that_there_are_are_switched_on_in_the_webinars_language():
    one = webinar(video(captions=None), language="fr")
    assert get_only(one, "captions_off").severity == "hint"
    assert apply_fix(one, "captions_off").programme[0].captions == FRENCH
    assert apply_fix(replace(one, language="de"), "captions_off").programme[0].captions == ENGLISH


def test_captions_that_there_are_not_are_asked_for_once_a_media():
    silent = {**MEDIA, TALK: replace(MEDIA[TALK], captions=())}
    problem = get_only(webinar(video(captions=None), video(15_000, captions=None), media=silent), "no_captions")
    assert (problem.severity, problem.fix, problem.segment) == ("hint", None, "v0")
    mute = {**silent, TALK: replace(silent[TALK], has_audio=False)}
    assert codes(webinar(video(captions=None), media=mute)) == []
    assert codes(webinar(video(captions=None, muted=True), media=silent)) == []


# ----------------------------------------------------------------------------------------------------- interactions


def test_a_button_needs_a_link_and_words():
    assert get_only(webinar(interactions=(cta(link=" "),)), "cta_no_link").severity == "error"
    assert get_only(webinar(interactions=(cta(label=""),)), "cta_no_label").severity == "warning"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://exämple.org/ü",
        "https://[::1]/",
        "mailto:a@example.org",
        "http://localhost:5173/x",
        "tel:+33-1-23-45-67-89",
        "tel:112",
        "tel:7042;phone-context=example.org",
        "MAILTO:a@example.org?subject=Hello",
    ],
)
def test_links_that_lead_somewhere(link):
    assert is_usable_link(link)
    assert codes(webinar(interactions=(cta(link=link),))) == []


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://",
        "https://shop",
        "https://exa mple.org",
        "https://example.org/\n",
        "ftp://example.org",
        "https://[::1",
        "https://example.org:99999",
        "mailto:nobody",
        "data:text/html,x",
        "https://.",
        "\u202ehttps://example.org",
        "JavaScript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://example.org/x",
        "tel:",
        "tel:+",
        "tel:call-me",
        "intent://example.org#Intent;end",
        "//example.org",
    ],
)
def test_links_that_do_not(link):
    assert not is_usable_link(link)
    assert get_only(webinar(interactions=(cta(link=link),)), "cta_bad_link").fix is None or link.endswith("\n")


@pytest.mark.parametrize("link", ["example.org/page", "  https://example.org/page\n", "www.example.org/page"])
def test_a_link_that_only_lacks_its_beginning_is_mended(link):
    after = apply_fix(webinar(interactions=(cta(link=link),)), "cta_bad_link")
    assert after.interactions[0].link in {"https://example.org/page", "https://www.example.org/page"}


def survey(*questions):
    return webinar(interactions=(Survey(id="s", start_ms=0, length_ms=5_000, offer="o", questions=questions),))


def test_a_survey_needs_questions_with_words_and_choices():
    assert codes(survey()) == ["survey_empty"]
    assert codes(survey(Question(id="q", kind="text", text=" "))) == ["question_empty"]
    assert codes(survey(Question(id="q", text="Which?", choices=("One", " ", "One ")))) == ["question_choices"]
    assert codes(survey(Question(id="q", text="Which?", choices=("One", "Two")))) == []
    assert codes(survey(Question(id="q", kind="rating", text="How?"))) == []
    second = get_only(
        survey(Question(id="q", kind="text", text="?x"), Question(id="r", kind="multiple", text="A")),
        "question_choices",
    )
    assert second.facts["number"] == 2


# ------------------------------------------------------------------------------------------------------------ order


def test_problems_of_settings_come_first_then_those_by_position():
    one = webinar(
        video(3_000, hold_ms=0, captions=None),
        chat="moderated",
        interactions=(cta(link=""), cta(50_000, id="d", link="")),
    )
    listed = run_preflight(one)
    assert listed[0].code == "problem.no_moderator"
    positions = [problem.at_ms for problem in listed[1:]]
    assert positions == sorted(positions)


def test_every_fix_removes_its_problem_and_leaves_the_webinar_sound():
    one = webinar(
        video(3_000, hold_ms=0, captions=None),
        video(13_000, hold_ms=0, in_ms=100, captions=None),
        start="2027-03-28T02:30:00",
        interactions=(cta(link="example.org"), cta(50_000, id="d", link="www.example.org")),
    )
    fixed_webinar = one
    for _ in range(20):
        fixes = [problem.fix for problem in run_preflight(fixed_webinar) if problem.fix is not None]
        if not fixes:
            break
        fixed_webinar = apply(fixed_webinar, fixes[0]).webinar
    assert codes(fixed_webinar) == []


def test_ten_thousand_segments_are_looked_through_without_a_pause():
    parts = tuple(video(at * 15_000, id=f"v{at}", hold_ms=0) for at in range(5_000))
    offers = tuple(cta(at * 15_000, id=f"c{at}", offer=f"o{at}", link="") for at in range(5_000))
    problems = run_preflight(webinar(*parts, interactions=offers))
    assert len(problems) == 15_000 - 1
