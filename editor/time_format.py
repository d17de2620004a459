"""Positions and lengths as text, such as `0:08:46.200`, and back; in integers throughout, never through floats.

The terminal, the window's time fields, the timeline and subtitle files all use these.
"""

import re

CLOCK_PATTERN = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,3}))?")
UNITS_PATTERN = re.compile(
    r"(?:(\d{1,3})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?\s*(?:(\d{1,6})(?:[.,](\d{1,3}))?\s*s)?\s*(?:(\d{1,9})\s*ms)?"
)


def format_time(ms: int, *, exact: bool = True) -> str:
    """Return milliseconds as `H:MM:SS.mmm`, or cut off as `H:MM:SS` where not `exact`; negative ones begin with "−"."""
    return ("−" if ms < 0 else "") + format_position(abs(ms), 3 if exact else 0)


def format_position(ms: int, decimals: int) -> str:
    """Return milliseconds, 0 or more, as `H:MM:SS` with 0 to 3 decimals of a second; finer ones are cut off."""
    hours, rest = divmod(ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, rest = divmod(rest, 1_000)
    text = f"{hours}:{minutes:02}:{seconds:02}"
    return f"{text}.{rest:03}"[: len(text) + 1 + decimals] if decimals else text


def format_whole_seconds(ms: int) -> str:
    """Return milliseconds, 0 or more, rounded half up to seconds, as `M:SS`, or from an hour on as `H:MM:SS`."""
    minutes, seconds = divmod((ms + 500) // 1_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def format_webvtt_time(ms: int) -> str:
    """Return milliseconds, 0 or more, as a WebVTT timestamp: `HH:MM:SS.mmm`."""
    return format_position(ms, 3).rjust(12, "0")


def parse_time(text: str) -> int | None:
    """Return the milliseconds of a time that a person typed, or None where it is none.

    `H:MM:SS.mmm`, `M:SS`, `S`, `90s`, `2m`, `1h 30m` and `250ms` are read. A number alone is seconds; the decimal
    mark may be a point or a comma, with at most three decimals. Minutes and seconds may be 60 or more (`90:00`); blanks
    around and capital letters do not matter. Negative times are not read.
    """
    text = text.strip().lower()
    if not text:
        return None
    if match := CLOCK_PATTERN.fullmatch(text):
        hours, minutes, seconds, thousandths = match.groups()
    elif match := UNITS_PATTERN.fullmatch(text):
        hours, minutes, seconds, thousandths, millis = match.groups()
        if millis is not None:
            return _to_ms(hours, minutes, seconds, thousandths) + int(millis)
    else:
        return None
    return _to_ms(hours, minutes, seconds, thousandths)


def _to_ms(hours: str | None, minutes: str | None, seconds: str | None, thousandths: str | None) -> int:
    seconds_total = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return seconds_total * 1000 + int((thousandths or "0").ljust(3, "0"))
