"""Cuts WebVTT captions to what is allowed now: only cues within the windows are kept."""

import re

from hosting.delivery.gate import Windows

_CUE_TIMING = re.compile(r"^\s*((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})(?:\s.*)?$", re.ASCII)


def cut_captions(text: str, windows: Windows) -> str:
    """Return the cues of a WebVTT text that are shown at any time within the windows, as a WebVTT text.

    Notes, styles, regions and the names of cues are dropped, because they could reveal text that is still to come.
    Where no cue is within them, the text has the heading alone.

    Args:
        text: A WebVTT file.
        windows: Half-open spans of the media in milliseconds.
    """
    visible_blocks = ["WEBVTT"]
    blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    for block in blocks:
        lines = block.strip("\n").split("\n")
        index = next((index for index, line in enumerate(lines[:2]) if _CUE_TIMING.match(line)), None)
        if index is None:
            continue
        match = _CUE_TIMING.match(lines[index])
        assert match is not None
        begin, end = _parse_ms(match[1]), _parse_ms(match[2])
        if any(begin < to and from_ < end for from_, to in windows):
            visible_blocks.append("\n".join(lines[index:]))
    return "\n\n".join(visible_blocks) + "\n"


def _parse_ms(text: str) -> int:
    *hours, minutes, seconds = text.split(":")
    whole_seconds, thousandths = seconds.split(".")
    return ((int(hours[0]) if hours else 0) * 3_600 + int(minutes) * 60 + int(whole_seconds)) * 1_000 + int(thousandths)
