"""WebVTT cut to what may be read now: cues outside the windows are left out, with whatever else the file holds."""

import re

from hosting.delivery.gate import Windows

_TIMES = re.compile(r"^\s*((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})(?:\s.*)?$", re.ASCII)


def cut(text: str, windows: Windows) -> str:
    """The cues that are on screen at any time within the windows, as they were written.

    Notes, styles and regions are dropped: they are no part of what is shown at a time.
    """
    kept = ["WEBVTT"]
    blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    for block in blocks:
        lines = block.strip("\n").split("\n")
        index = next((index for index, line in enumerate(lines[:2]) if _TIMES.match(line)), None)
        if index is None:
            continue
        found = _TIMES.match(lines[index])
        assert found is not None
        begin, end = _ms(found[1]), _ms(found[2])
        if any(begin < to and from_ < end for from_, to in windows):
            kept.append("\n".join(lines[index:]))
    return "\n\n".join(kept) + "\n"


def _ms(text: str) -> int:
    *hours, minutes, seconds = text.split(":")
    whole, thousandths = seconds.split(".")
    return ((int(hours[0]) if hours else 0) * 3_600 + int(minutes) * 60 + int(whole)) * 1_000 + int(thousandths)
