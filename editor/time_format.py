"""Positions and lengths as people write them: `0:08:46.200`, and back.

The same in the terminal, in the window's time fields and in the timeline's bubble; never through floats.
"""

import re

CLOCK_PATTERN = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,3}))?")
UNITS_PATTERN = re.compile(
    r"(?:(\d{1,3})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?\s*(?:(\d{1,6})(?:[.,](\d{1,3}))?\s*s)?\s*(?:(\d{1,9})\s*ms)?"
)


def format_time(ms: int, *, exact: bool = True) -> str:
    """`H:MM:SS.mmm`, or `H:MM:SS` where not `exact`; a difference keeps its sign."""
    hours, rest = divmod(abs(ms), 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, rest = divmod(rest, 1_000)
    sign = "−" if ms < 0 else ""
    return f"{sign}{hours}:{minutes:02}:{seconds:02}" + (f".{rest:03}" if exact else "")


def parse_time(text: str) -> int | None:
    """Milliseconds of `H:MM:SS.mmm`, `M:SS`, `S`, `90s`, `2m`, `1h 30m`, `250ms`; None where it is no time.

    A number alone is seconds; a comma does as well as a point.
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
