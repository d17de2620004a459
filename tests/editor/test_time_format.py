import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import time_format


@given(st.integers(0, 86_400_000))
def test_what_is_written_is_read_back(ms):
    assert time_format.parse_time(time_format.format_time(ms)) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:08:46.200", 526_200),
        ("8:46", 526_000),
        ("90", 90_000),
        ("1,5", 1_500),
        ("90s", 90_000),
        ("2m", 120_000),
        ("1h 30m", 5_400_000),
        ("1 min 5 s", 65_000),
        ("250ms", 250),
        (" 0:00:01.05 ", 1_050),
        ("٣", 3_000),
    ],
)
def test_people_write_times_in_many_ways(text, ms):
    assert time_format.parse_time(text) == ms


@pytest.mark.parametrize("text", ["", "soon", "1:2:3:4", "-5", "1.2345", "1e3", "5 6", "h"])
def test_what_is_no_time_is_none(text):
    assert time_format.parse_time(text) is None


def test_a_difference_keeps_its_sign():
    assert time_format.format_time(-1_500) == "−0:00:01.500"
    assert time_format.format_time(61_999, exact=False) == "0:01:01"


@pytest.mark.parametrize(("decimals", "text"), [(0, "10:01:01"), (1, "10:01:01.9"), (3, "10:01:01.987")])
def test_a_position_has_as_many_decimals_as_asked_for(decimals, text):
    assert time_format.format_position(36_061_987, decimals) == text


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0:00"), (59_499, "0:59"), (59_500, "1:00"), (730_000, "12:10"), (3_723_000, "1:02:03")]
)
def test_whole_seconds_are_rounded(ms, text):
    assert time_format.format_whole_seconds(ms) == text


@pytest.mark.parametrize(("ms", "text"), [(0, "00:00:00.000"), (86_399_999, "23:59:59.999")])
def test_a_webvtt_time_has_two_digits_of_hours(ms, text):
    assert time_format.format_webvtt_time(ms) == text
