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
