"""Starts in zones: hours that exist twice or not at all, and times of day across these."""

from datetime import UTC, datetime

import pytest

from editor.errors import KnownError
from editor.schedule.model import Webinar
from editor.schedule.start_time import ResolvedStart, compute_time_of_day, resolve_start


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-12-01T18:00:00", "Europe/Paris", "2026-12-01T17:00:00"),
        ("2026-07-01T18:00:00", "Europe/Paris", "2026-07-01T16:00:00"),
        ("2026-07-01T18:00:00", "America/New_York", "2026-07-01T22:00:00"),
        ("2026-07-01T18:00:00", "Asia/Kathmandu", "2026-07-01T12:15:00"),
        ("2026-07-01T18:00:00", "UTC", "2026-07-01T18:00:00"),
    ],
)
def test_a_local_start_is_one_instant(local, zone, instant):
    assert resolve_start(local, zone) == ResolvedStart(utc(instant))
    assert resolve_start(local, zone).instant.tzinfo is UTC


@pytest.mark.parametrize(
    ("local", "zone", "first"),
    [
        ("2026-10-25T02:30:00", "Europe/Paris", "2026-10-25T00:30:00"),
        ("2026-10-25T02:00:00", "Europe/Paris", "2026-10-25T00:00:00"),
        ("2026-11-01T01:59:59", "America/New_York", "2026-11-01T05:59:59"),
        ("2026-04-05T01:45:00", "Australia/Lord_Howe", "2026-04-04T14:45:00"),  # it goes back by half an hour
    ],
)
def test_the_hour_that_exists_twice_means_the_first(local, zone, first):
    assert resolve_start(local, zone) == ResolvedStart(utc(first), "twice")


@pytest.mark.parametrize("local", ["2026-10-25T01:59:59", "2026-10-25T03:00:00"])
def test_hours_around_the_one_that_exists_twice_have_no_problem(local):
    assert resolve_start(local, "Europe/Paris").dst_problem is None


@pytest.mark.parametrize(
    ("local", "zone", "shifted"),
    [
        ("2026-03-29T02:30:00", "Europe/Paris", "2026-03-29T01:30:00"),  # read there as 03:30
        ("2026-03-29T02:00:00", "Europe/Paris", "2026-03-29T01:00:00"),
        ("2026-03-08T02:59:59", "America/New_York", "2026-03-08T07:59:59"),
        ("2011-12-30T12:00:00", "Pacific/Apia", "2011-12-30T22:00:00"),  # a whole day that was left out
    ],
)
def test_an_hour_that_does_not_exist_is_reported_and_shifted_on_request(local, zone, shifted):
    assert resolve_start(local, zone) == ResolvedStart(utc(shifted), "missing")
    assert resolve_start(local, zone, shift=True) == ResolvedStart(utc(shifted))


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "/etc/hosts", "x" * 5_000, "a\0b"])
def test_a_zone_that_there_is_not_is_a_known_failure(zone):
    with pytest.raises(KnownError) as error_info:
        resolve_start("2026-01-01T00:00:00", zone)
    assert error_info.value.code == "start.zone"


@pytest.mark.parametrize(
    "local",
    [
        "2026-02-30T10:00:00",
        "2026-01-01T25:00:00",
        "0000-01-01T00:00:00",
        "2026-01-01",
        "2026-01-01T10:00:00+02:00",
        "2026-01-01T10:00:00\n",
        "٢٠٢٦-01-01T10:00:00",
        "tomorrow",
        "0001-01-01T00:00:00",  # in Paris an instant before the calendar
    ],
)
def test_a_day_that_there_is_not_is_a_known_failure(local):
    with pytest.raises(KnownError) as error_info:
        resolve_start(local, "Asia/Tokyo")
    assert error_info.value.code == "start.invalid"


def test_the_ruler_shows_the_events_own_clock():
    webinar = Webinar(id="w", start="2026-12-01T19:00:00", zone="Europe/Paris")
    assert f"{compute_time_of_day(webinar, 750_000):%H:%M:%S}" == "19:12:30"


def test_the_clock_is_right_across_a_change_in_spring():
    webinar = Webinar(id="w", start="2026-03-29T01:30:00", zone="Europe/Paris")
    shown = [f"{compute_time_of_day(webinar, minutes * 60_000):%H:%M}" for minutes in (0, 29, 30, 60)]
    assert shown == ["01:30", "01:59", "03:00", "03:30"]


def test_the_clock_is_right_across_a_change_in_autumn():
    webinar = Webinar(id="w", start="2026-10-25T02:30:00", zone="Europe/Paris")
    shown = [f"{compute_time_of_day(webinar, minutes * 60_000):%H:%M %z}" for minutes in (0, 30, 60, 90)]
    assert shown == ["02:30 +0200", "02:00 +0100", "02:30 +0100", "03:00 +0100"]


def test_without_a_start_or_a_zone_there_is_no_clock():
    assert compute_time_of_day(Webinar(id="w"), 0) is None
    assert compute_time_of_day(Webinar(id="w", start="2026-12-01T19:00:00", zone="Mars/Olympus"), 0) is None
    assert compute_time_of_day(Webinar(id="w", start="2026-02-30T19:00:00"), 0) is None
    assert compute_time_of_day(Webinar(id="w", start="9999-12-31T23:59:59"), 86_400_000) is None
