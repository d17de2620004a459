"""The chat's rules: who may say what, who sees it, and in which form."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.schedule import room
from editor.schedule.clock import Started
from editor.schedule.cues import StageCue
from editor.schedule.log import Answered, Arrived, ChatSet, Clicked, Clocked, Cued, Decided, Said, Troubled
from editor.schedule.room import Told
from editor.sentences import SENTENCES

NOW = 1_800_000_000_000
SAID = Said(message="m", person="ann", name="Ann", text="Hello", position_ms=5_000)


def code(*asked, **more):
    refused = room.may_say(*asked, **more)
    assert refused is None or refused.code in SENTENCES
    return None if refused is None else refused.code


# ----------------------------------------------------------------------------------------------- who may speak


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("planned", "room.not_open"),
        ("waiting", None),
        ("running", None),
        ("held", None),
        ("closing", None),
        ("over", "room.chat_over"),
        ("cancelled", "room.cancelled"),
    ],
)
def test_the_chat_is_open_from_the_waiting_room_to_the_end(phase, expected):
    for mode in ("moderated", "answer_later"):
        assert code(mode, phase, NOW, (), "Hello") == expected
    assert code("none", phase, NOW, (), "Hello") == ("room.cancelled" if phase == "cancelled" else "room.chat_off")


def test_what_was_in_flight_at_the_end_is_taken_for_thirty_seconds():
    assert code("moderated", "over", NOW + 29_999, (), "Hello", over_ms=NOW) is None
    assert code("moderated", "over", NOW + 30_000, (), "Hello", over_ms=NOW) == "room.chat_over"


def test_three_messages_in_ten_seconds():
    assert code("moderated", "running", NOW, (NOW - 1, NOW - 2), "Hello") is None
    refused = room.may_say("moderated", "running", NOW, (NOW - 9_999, NOW - 1, NOW - 2), "Hello")
    assert (refused.code, refused.facts) == ("room.fast", {"most": 3, "wait_ms": 1})
    assert code("moderated", "running", NOW, (NOW - 10_000, NOW - 1, NOW - 2), "Hello") is None
    assert code("moderated", "running", NOW, (NOW + 500,) * 3, "Hello") == "room.fast"  # the clock was set back
    many = room.may_say("moderated", "running", NOW, (NOW - 9_000, NOW - 3, NOW - 2, NOW - 1), "Hello")
    assert many.facts["wait_ms"] == 9_997


@given(st.lists(st.integers(0, 60_000), max_size=40))
def test_never_more_than_three_within_any_ten_seconds(tries):
    taken = []
    for now in sorted(tries):
        refused = room.may_say("moderated", "running", now, taken, "Hello")
        if refused is None:
            taken.append(now)
        else:
            assert room.may_say("moderated", "running", now + refused.facts["wait_ms"], taken, "Hello") is None
    for first, fourth in zip(taken, taken[3:], strict=False):
        assert fourth - first >= 10_000


def test_a_message_is_a_thousand_characters_of_plain_text():
    assert code("moderated", "running", NOW, (), "x" * 1_000) is None
    refused = room.may_say("moderated", "running", NOW, (), "x" * 1_001)
    assert (refused.code, refused.facts) == ("room.long", {"most": 1_000, "has": 1_001})
    assert code("moderated", "running", NOW, (), " \n\x00 ") == "room.empty"
    assert code("moderated", "running", NOW, (), " " * 5_000 + "x") is None


def test_control_characters_are_removed_and_people_s_own_letters_are_not():
    assert room.plain("a\x00b\x1b[31mc\x7f\x9f") == "ab[31mc"
    assert room.plain("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree four"
    assert room.plain("safe\u202egnp.exe\u2066\ufeff") == "safegnp.exe"
    assert room.plain("\ud800x") == "x"
    assert room.plain("e\u0301") == "é"
    for text in ("👩‍💻", "مرحبا", "日本語", "<b>not bold</b>"):
        assert room.plain(text) == text


@given(st.text())
def test_plain_text_is_plain_already(text):
    assert room.plain(room.plain(text)) == room.plain(text)
    msgspec.json.encode(room.plain(text))


# ---------------------------------------------------------------------------------------------- switching it


def test_switching_on_a_chat_that_was_not_planned_makes_it_moderated():
    assert room.switched("none", on=True) == room.switched("moderated", on=True) == "moderated"
    assert room.switched("moderated", on=False) == "none"
    assert room.switched("answer_later", on=True) == "answer_later", "what was said to the team never turns public"


# ------------------------------------------------------------------------------------------------ who sees it


def test_a_message_goes_to_its_author_and_the_team_and_waits():
    for mode in ("moderated", "answer_later"):
        bold = msgspec.structs.replace(SAID, waits=False)
        assert room.audience_of(bold, mode) == (Told("ann", SAID), Told("team", SAID))


def test_an_approved_message_is_public():
    decided = Decided(message="m", approved=True)
    shown = msgspec.structs.replace(SAID, waits=False)
    assert room.audience_of(decided, "moderated", said=SAID) == (Told("team", decided), Told("public", shown))
    assert room.audience_of(decided, "moderated", said=SAID, before=False)[1:] == (Told("public", shown),)
    assert room.audience_of(decided, "moderated", said=SAID, before=True) == (Told("team", decided),)


def test_a_rejected_message_is_the_team_s_to_know_and_one_taken_back_is_everybody_s():
    decided = Decided(message="m", approved=False)
    assert room.audience_of(decided, "moderated", said=SAID) == (Told("team", decided),)
    assert room.audience_of(decided, "moderated", said=SAID, before=False) == (Told("team", decided),)
    taken_back = room.audience_of(decided, "moderated", said=SAID, before=True)
    assert taken_back == (Told("team", decided), Told("public", decided))


def test_where_it_is_answered_later_nothing_is_ever_public():
    for approved, before in itertools.product((True, False), (None, True, False)):
        decided = Decided(message="m", approved=approved)
        for mode in ("answer_later", "none"):
            assert room.audience_of(decided, mode, said=SAID, before=before) == (Told("team", decided),)


def test_every_other_row_has_its_audience():
    stage = StageCue(generation=1, at=0, until=None, phase="over", position_ms=0, show="card")
    for row in (Cued(cues=(stage,)), ChatSet(mode="none")):
        assert room.audience_of(row, "moderated") == (Told("public", row),)
    team = (
        Clocked(event=Started(at_ms=0), by="owner"),
        Arrived(person="ann", name="Ann"),
        Troubled(person="ann", text="", seen=""),
    )
    for row in team:
        assert room.audience_of(row, "moderated") == (Told("team", row),)
    for row in (Clicked(person="ann", offer="o"), Answered(person="ann", offer="o", question="q")):
        assert room.audience_of(row, "moderated") == (Told("ann", row), Told("team", row))


def test_who_joins_sees_what_was_approved_and_their_own():
    said = [msgspec.structs.replace(SAID, message=name, person=who) for name, who in ("1a", "2b", "3a", "4b")]
    decided = {"1": True, "2": False, "4": True}

    def seen(audience):
        return [(one.message, one.waits) for one in room.messages_for(audience, said, decided)]

    assert seen("a") == [("1", False), ("3", True), ("4", False)]
    assert seen("b") == [("1", False), ("2", True), ("4", False)]
    assert seen("c") == seen("public") == [("1", False), ("4", False)]
    assert seen("team") == [("1", False), ("2", True), ("3", True), ("4", False)]


messages = st.lists(st.tuples(st.sampled_from("ab"), st.lists(st.booleans(), max_size=3)), max_size=6)


@given(messages, st.sampled_from(["moderated", "answer_later"]))
def test_whoever_was_there_and_whoever_comes_later_see_the_same(story, mode):
    """Rows as they are sent, applied by a page, come to what a snapshot says; nobody else's message waits there."""
    pages = {"a": {}, "b": {}, "c": {}}
    said, decided = [], {}

    def send(told):
        for audience, row in ((one.audience, one.row) for one in told):
            for who, page in pages.items():
                if audience not in ("public", who):
                    continue
                if isinstance(row, Said):
                    page[row.message] = row
                    assert row.person == who or not row.waits
                elif isinstance(row, Decided):
                    gone = page[row.message]
                    if gone.person == who:
                        page[row.message] = msgspec.structs.replace(gone, waits=True)
                    else:
                        del page[row.message]

    for number, (person, decisions) in enumerate(story):
        message = msgspec.structs.replace(SAID, message=f"m{number}", person=person)
        said.append(message)
        send(room.audience_of(message, mode))
        for approved in decisions:
            row = Decided(message=message.message, approved=approved)
            send(room.audience_of(row, mode, said=message, before=decided.get(message.message)))
            if mode == "moderated":
                decided[message.message] = approved
    for who, page in pages.items():
        snapshot = room.messages_for(who, said, decided)
        assert sorted(page.values(), key=lambda one: one.message) == list(snapshot)
