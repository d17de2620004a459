"""The chat's rules: which messages are accepted, who receives them, and in which form."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors.messages import ERRORS
from editor.schedule import room
from editor.schedule.clock import Started
from editor.schedule.cues import StageCue
from editor.schedule.room import Delivery
from editor.schedule.session_events import (
    AttendeeEntered,
    ChatMessageModerated,
    ChatMessageSent,
    ChatModeChanged,
    ClockChanged,
    CuesIssued,
    OfferClicked,
    QuestionAnswered,
    TroubleReported,
)

NOW = 1_800_000_000_000
MESSAGE = ChatMessageSent(message="m", person="ann", name="Ann", text="Hello", position_ms=5_000)


def find_refusal_code(*arguments, **options):
    error = room.check_message_allowed(*arguments, **options)
    assert error is None or error.code in ERRORS
    return None if error is None else error.code


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
        assert find_refusal_code(mode, phase, NOW, (), "Hello") == expected
    assert find_refusal_code("none", phase, NOW, (), "Hello") == (
        "room.cancelled" if phase == "cancelled" else "room.chat_off"
    )


def test_messages_on_their_way_at_the_end_are_accepted_for_thirty_seconds():
    assert find_refusal_code("moderated", "over", NOW + 29_999, (), "Hello", over_ms=NOW) is None
    assert find_refusal_code("moderated", "over", NOW + 30_000, (), "Hello", over_ms=NOW) == "room.chat_over"


def test_three_messages_in_ten_seconds():
    assert find_refusal_code("moderated", "running", NOW, (NOW - 1, NOW - 2), "Hello") is None
    error = room.check_message_allowed("moderated", "running", NOW, (NOW - 9_999, NOW - 1, NOW - 2), "Hello")
    assert (error.code, error.facts) == ("room.fast", {"most": 3, "wait_ms": 1})
    assert find_refusal_code("moderated", "running", NOW, (NOW - 10_000, NOW - 1, NOW - 2), "Hello") is None
    assert (
        find_refusal_code("moderated", "running", NOW, (NOW + 500,) * 3, "Hello") == "room.fast"
    )  # the clock was set back
    many = room.check_message_allowed("moderated", "running", NOW, (NOW - 9_000, NOW - 3, NOW - 2, NOW - 1), "Hello")
    assert many.facts["wait_ms"] == 9_997


@given(st.lists(st.integers(0, 60_000), max_size=40))
def test_never_more_than_three_within_any_ten_seconds(tries):
    sent_at = []
    for now in sorted(tries):
        error = room.check_message_allowed("moderated", "running", now, sent_at, "Hello")
        if error is None:
            sent_at.append(now)
        else:
            assert (
                room.check_message_allowed("moderated", "running", now + error.facts["wait_ms"], sent_at, "Hello")
                is None
            )
    for first, fourth in zip(sent_at, sent_at[3:], strict=False):
        assert fourth - first >= 10_000


def test_a_message_is_a_thousand_characters_of_plain_text():
    assert find_refusal_code("moderated", "running", NOW, (), "x" * 1_000) is None
    error = room.check_message_allowed("moderated", "running", NOW, (), "x" * 1_001)
    assert (error.code, error.facts) == ("room.long", {"most": 1_000, "has": 1_001})
    assert find_refusal_code("moderated", "running", NOW, (), " \n\x00 ") == "room.empty"
    assert find_refusal_code("moderated", "running", NOW, (), " " * 5_000 + "x") is None


def test_control_characters_are_removed_and_people_s_own_letters_are_not():
    assert room.normalize_text("a\x00b\x1b[31mc\x7f\x9f") == "ab[31mc"
    assert room.normalize_text("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree four"
    assert room.normalize_text("safe\u202egnp.exe\u2066\ufeff") == "safegnp.exe"
    assert room.normalize_text("\ud800x") == "x"
    assert room.normalize_text("e\u0301") == "é"
    for text in ("👩‍💻", "مرحبا", "日本語", "<b>not bold</b>"):
        assert room.normalize_text(text) == text


@given(st.text())
def test_plain_text_is_plain_already(text):
    assert room.normalize_text(room.normalize_text(text)) == room.normalize_text(text)
    msgspec.json.encode(room.normalize_text(text))


# ---------------------------------------------------------------------------------------------- switching it


def test_switching_on_a_chat_that_was_not_planned_makes_it_moderated():
    assert room.switch_chat_mode("none", on=True) == room.switch_chat_mode("moderated", on=True) == "moderated"
    assert room.switch_chat_mode("moderated", on=False) == "none"
    assert room.switch_chat_mode("answer_later", on=True) == "answer_later", (
        "what was said to the team never turns public"
    )


# ------------------------------------------------------------------------------------------------ who sees it


def test_a_message_goes_to_its_author_and_the_team_and_waits():
    for mode in ("moderated", "answer_later"):
        bold = msgspec.structs.replace(MESSAGE, waits=False)
        assert room.make_deliveries(bold, mode) == (Delivery("ann", MESSAGE), Delivery("team", MESSAGE))


def test_an_approved_message_is_public():
    decision = ChatMessageModerated(message="m", approved=True)
    shown = msgspec.structs.replace(MESSAGE, waits=False)
    assert room.make_deliveries(decision, "moderated", message=MESSAGE) == (
        Delivery("team", decision),
        Delivery("public", shown),
    )
    assert room.make_deliveries(decision, "moderated", message=MESSAGE, previously_approved=False)[1:] == (
        Delivery("public", shown),
    )
    assert room.make_deliveries(decision, "moderated", message=MESSAGE, previously_approved=True) == (
        Delivery("team", decision),
    )


def test_a_rejected_message_is_the_team_s_to_know_and_one_taken_back_is_everybody_s():
    decision = ChatMessageModerated(message="m", approved=False)
    assert room.make_deliveries(decision, "moderated", message=MESSAGE) == (Delivery("team", decision),)
    assert room.make_deliveries(decision, "moderated", message=MESSAGE, previously_approved=False) == (
        Delivery("team", decision),
    )
    deliveries = room.make_deliveries(decision, "moderated", message=MESSAGE, previously_approved=True)
    assert deliveries == (Delivery("team", decision), Delivery("public", decision))


def test_where_it_is_answered_later_nothing_is_ever_public():
    for approved, before in itertools.product((True, False), (None, True, False)):
        decision = ChatMessageModerated(message="m", approved=approved)
        for mode in ("answer_later", "none"):
            assert room.make_deliveries(decision, mode, message=MESSAGE, previously_approved=before) == (
                Delivery("team", decision),
            )


def test_every_other_row_has_its_audience():
    stage = StageCue(generation=1, at=0, until=None, phase="over", position_ms=0, show="card")
    for row in (CuesIssued(cues=(stage,)), ChatModeChanged(mode="none")):
        assert room.make_deliveries(row, "moderated") == (Delivery("public", row),)
    team = (
        ClockChanged(event=Started(at_ms=0), by="owner"),
        AttendeeEntered(person="ann", name="Ann"),
        TroubleReported(person="ann", text="", seen=""),
    )
    for row in team:
        assert room.make_deliveries(row, "moderated") == (Delivery("team", row),)
    for row in (OfferClicked(person="ann", offer="o"), QuestionAnswered(person="ann", offer="o", question="q")):
        assert room.make_deliveries(row, "moderated") == (Delivery("ann", row), Delivery("team", row))


def test_a_person_who_joins_sees_approved_and_own_messages():
    messages = [msgspec.structs.replace(MESSAGE, message=name, person=who) for name, who in ("1a", "2b", "3a", "4b")]
    decisions = {"1": True, "2": False, "4": True}

    def seen(audience):
        return [(one.message, one.waits) for one in room.select_messages(audience, messages, decisions)]

    assert seen("a") == [("1", False), ("3", True), ("4", False)]
    assert seen("b") == [("1", False), ("2", True), ("4", False)]
    assert seen("c") == seen("public") == [("1", False), ("4", False)]
    assert seen("team") == [("1", False), ("2", True), ("3", True), ("4", False)]


conversations = st.lists(st.tuples(st.sampled_from("ab"), st.lists(st.booleans(), max_size=3)), max_size=6)


@given(conversations, st.sampled_from(["moderated", "answer_later"]))
def test_present_and_late_attendees_see_the_same_messages(conversation, mode):
    """A page that applies the rows it receives has the messages of a snapshot, and no waiting message of others."""
    pages = {"a": {}, "b": {}, "c": {}}
    sent_messages, last_decisions = [], {}

    def send(deliveries):
        for audience, row in ((one.audience, one.row) for one in deliveries):
            for who, page in pages.items():
                if audience not in ("public", who):
                    continue
                if isinstance(row, ChatMessageSent):
                    page[row.message] = row
                    assert row.person == who or not row.waits
                elif isinstance(row, ChatMessageModerated):
                    message = page[row.message]
                    if message.person == who:
                        page[row.message] = msgspec.structs.replace(message, waits=True)
                    else:
                        del page[row.message]

    for number, (person, decisions) in enumerate(conversation):
        message = msgspec.structs.replace(MESSAGE, message=f"m{number}", person=person)
        sent_messages.append(message)
        send(room.make_deliveries(message, mode))
        for approved in decisions:
            row = ChatMessageModerated(message=message.message, approved=approved)
            send(
                room.make_deliveries(
                    row, mode, message=message, previously_approved=last_decisions.get(message.message)
                )
            )
            if mode == "moderated":
                last_decisions[message.message] = approved
    for who, page in pages.items():
        snapshot = room.select_messages(who, sent_messages, last_decisions)
        assert sorted(page.values(), key=lambda one: one.message) == list(snapshot)
