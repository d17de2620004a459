"""Settings, markers and locks; and operations as values: several at once, as JSON, and the table of handlers."""

import re
from pathlib import Path

import msgspec
import pytest

from editor.errors import messages
from editor.schedule import edits
from editor.schedule import operations as ops
from editor.schedule.model import Marker, Moderator, Price

S = 1000


def test_settings_that_are_given_change_and_the_others_stay(make_webinar, apply_op):
    webinar = make_webinar("A:0-10")
    edited = apply_op(
        webinar,
        ops.ChangeProperties(
            title="Spring",
            start="2026-03-29T02:30:00",
            zone="Europe/Paris",
            chat="moderated",
            moderators=(Moderator(name="Ada", email="ada@example.org"),),
            access="paid",
            price=Price(amount=1900),
        ),
    )
    planned = edited.webinar
    assert (planned.title, planned.zone, planned.chat, planned.room) == (
        "Spring",
        "Europe/Paris",
        "moderated",
        "automated",
    )
    assert planned.programme is webinar.programme
    cleared = apply_op(planned, ops.ChangeProperties(start=None, price=None)).webinar
    assert (cleared.start, cleared.price, cleared.title) == (None, None, "Spring")


def test_settings_equal_to_the_present_ones_change_nothing(make_webinar, apply_op):
    webinar = make_webinar("A:0-10", title="Spring")
    assert apply_op(webinar, ops.ChangeProperties(title="Spring")).webinar is webinar
    assert apply_op(webinar, ops.ChangeProperties()).webinar is webinar


def test_a_plan_needs_a_real_date_and_zone(make_webinar, get_refusal):
    assert get_refusal(make_webinar(), ops.ChangeProperties(start="2026-02-30T10:00:00")).facts == {
        "date": "2026-02-30T10:00:00"
    }
    assert (
        get_refusal(make_webinar(), ops.ChangeProperties(available_until="2026-13-01T10:00:00")).code == "refused.date"
    )
    assert get_refusal(make_webinar(), ops.ChangeProperties(start="tomorrow")).code == "refused.date"
    assert get_refusal(make_webinar(), ops.ChangeProperties(start="2026-02-03")).code == "refused.values"
    for zone in ("Europe/Atlantis", "", "../../etc/passwd", "Europe", "/usr/share/zoneinfo/Europe/Paris"):
        assert get_refusal(make_webinar(), ops.ChangeProperties(zone=zone)).facts == {"zone": zone}


def test_a_value_that_cannot_be_is_refused(make_webinar, get_refusal):
    assert get_refusal(make_webinar(), ops.ChangeProperties(chat="loud")).code == "refused.values"
    assert get_refusal(make_webinar(), ops.ChangeProperties(waiting_picture="me.png")).code == "refused.values"


def test_the_waiting_picture_is_made_known(make_webinar, apply_op, media):
    picture = msgspec.structs.replace(media["image"], sha256="9" * 64)
    edited = apply_op(make_webinar(), ops.ChangeProperties(waiting_picture=picture.sha256, media=(picture,)))
    assert edited.webinar.media[picture.sha256] == picture


def test_a_locked_lane_does_not_mind_the_plan(make_webinar, apply_op):
    assert apply_op(make_webinar("A:0-10", programme_locked=True), ops.ChangeProperties(title="x")).webinar.title == "x"


def test_markers_are_added_in_order_changed_and_removed(make_webinar, apply_op, get_refusal):
    webinar = apply_op(make_webinar("A:0-10", markers="m:20"), ops.AddMarker(at_ms=5 * S, title="intro")).webinar
    assert webinar.markers == (Marker(id="n1", at_ms=5 * S, title="intro"), Marker(id="m", at_ms=20 * S))
    edited = apply_op(webinar, ops.ChangeMarker(marker="n1", at_ms=30 * S))
    assert [one.id for one in edited.webinar.markers] == ["m", "n1"]
    assert edited.moved == ("n1",)
    edited = apply_op(webinar, ops.ChangeMarker(marker="n1", title="welcome"))
    assert (edited.changed, edited.webinar.markers[0].title) == (("n1",), "welcome")
    assert apply_op(webinar, ops.ChangeMarker(marker="n1", title="intro")).webinar is webinar
    assert apply_op(webinar, ops.RemoveMarker(marker="m")).removed == ("m",)
    for op in (ops.ChangeMarker(marker="q", at_ms=0), ops.RemoveMarker(marker="q")):
        assert get_refusal(webinar, op).facts == {"id": "q"}


def test_lanes_are_locked_and_unlocked(make_webinar, apply_op):
    webinar = make_webinar("A:0-10")
    for lane in ("programme", "interactions"):
        locked = apply_op(webinar, ops.Lock(lane=lane)).webinar
        assert locked.is_locked(lane)
        assert apply_op(locked, ops.Lock(lane=lane)).webinar is locked
        assert apply_op(locked, ops.Lock(lane=lane, locked=False)).webinar == webinar


def test_several_operations_are_all_or_none(make_webinar, describe):
    webinar = make_webinar("A:0-10 B:10-20")
    done = edits.apply_all(webinar, [ops.Delete(segments=("A",)), ops.Move(segments=("B",), delta_ms=-10 * S)])
    assert [describe(one.webinar) for one in done] == ["B:10-20", "B:0-10"]
    with pytest.raises(edits.EditRefusedError) as error_info:
        edits.apply_all(webinar, [ops.Delete(segments=("A",)), ops.Delete(segments=("A",))])
    assert error_info.value.facts == {"id": "A", "index": 1}
    assert edits.apply_all(webinar, []) == ()


def test_every_operation_has_a_handler():
    assert set(edits._HANDLERS) == set(ops.AnyOperation.__args__)


def test_operations_are_read_from_json(make_webinar, apply_op, describe):
    read = msgspec.json.decode(
        b'[{"op": "move", "segments": ["A"], "delta_ms": 5000}, {"op": "plan", "title": "x", "price": null}]',
        type=list[ops.AnyOperation],
    )
    assert read == [ops.Move(segments=("A",), delta_ms=5 * S), ops.ChangeProperties(title="x", price=None)]
    assert describe(apply_op(make_webinar("A:0-10"), read[0]).webinar) == "A:5-15"


def test_every_refusal_has_its_sentence():
    """Each code in the package has a sentence."""
    package = Path(edits.__file__).parent
    text = "".join(path.read_text("utf-8") for path in package.glob("*.py"))
    codes = set(re.findall(r'"(refused\.\w+)"', text))
    invariants = (package.parent / "invariants.py").read_text("utf-8")
    codes |= set(re.findall(r'KnownError\(\s*"(broken\.\w+)"', invariants))
    assert codes
    assert codes <= messages.ERRORS.keys()
