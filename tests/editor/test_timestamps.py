from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from editor.timestamps import to_datetime, to_timestamp_ms


@given(st.integers(-(10**12), 250_000_000_000_000))
def test_a_timestamp_survives_the_way_there_and_back(timestamp_ms):
    assert to_timestamp_ms(to_datetime(timestamp_ms)) == timestamp_ms


def test_dates_of_any_zone_are_one_instant():
    date = datetime(2026, 12, 1, 18, tzinfo=timezone(timedelta(hours=1)))
    assert to_timestamp_ms(date) == 1_796_144_400_000
    assert to_datetime(1_796_144_400_000) == datetime(2026, 12, 1, 17, tzinfo=UTC)


def test_what_is_finer_than_a_millisecond_is_cut_off():
    assert to_timestamp_ms(datetime(1970, 1, 1, microsecond=1_999, tzinfo=UTC)) == 1
