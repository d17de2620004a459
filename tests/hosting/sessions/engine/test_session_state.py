import msgspec
import pytest

from editor.protocol.api import Session
from editor.schedule.model import Price
from hosting.sessions.engine.session_state import SessionRecord, to_columns, to_record
from hosting.sessions.engine.tables import SESSIONS


@pytest.fixture
def record() -> SessionRecord:
    return SessionRecord(
        id="s1",
        account="a1",
        webinar="w1",
        version="0" * 64,
        number=3,
        title="Stars",
        slug="stars",
        start="2026-12-01T18:00",
        zone="Europe/Paris",
        starts_at=1_796_144_400_000,
        length_ms=60_000,
        room="automated",
        chat="moderated",
        chat_now="moderated",
        price=Price(amount=500, currency="EUR"),
        test=False,
        replay=True,
        waiting_ms=1_800_000,
        state="planned",
        floor=0,
        sequence=2,
    )


def test_the_record_has_exactly_the_columns_of_the_table():
    assert list(SessionRecord.__struct_fields__) == [column.name for column in SESSIONS.columns]


def test_a_record_comes_back_from_its_columns(record):
    columns = to_columns(record)
    assert isinstance(columns["price"], bytes)
    assert to_record(columns) == record
    free = msgspec.structs.replace(record, price=None)
    assert to_record(to_columns(free)) == free


def test_the_api_gives_all_of_a_record_but_four_inner_fields():
    stored = {field.name: field.type for field in msgspec.structs.fields(SessionRecord)}
    shared = set(stored) & set(Session.__struct_fields__)
    assert shared == set(stored) - {"account", "length_ms", "floor", "sequence"}
