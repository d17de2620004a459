"""Cleaning what people write: names, messages, answers, notes.

What cannot be seen makes two different names look the same, and a message look empty; many marks over one letter cover
the lines around it. Letters of every language, and emoji made of several characters, stay as they were written.
"""

import re
import unicodedata

MAX_MARKS = 5
"""How many combining marks one character may carry. Pointed and accented Hebrew, the densest writing in use, has 5."""

_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Characters that change the direction of writing, with which one text can be made to look like another."""


def _list_chars(*ranges: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


_INVISIBLE = _list_chars(
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # grapheme joiner
    (0x115F, 0x1160),  # fillers of Hangul
    (0x17B4, 0x17B5),  # inherent vowels of Khmer
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200B),  # space without width
    (0x2060, 0x206F),  # word joiner, invisible operators
    (0x3164, 0x3164),  # filler of Hangul
    (0xFFA0, 0xFFA0),  # filler of Hangul, half width
    (0xFFF0, 0xFFFC),  # annotation controls, place of an object
    (0x1BCA0, 0x1BCA3),  # shorthand controls
    (0x1D159, 0x1D159),  # empty note head
    (0x1D173, 0x1D17A),  # musical controls
    (0xE0000, 0xE00FF),  # tags
    (0xE01F0, 0xE0FFF),  # reserved for what is not shown
)
"""Characters that are never shown (Unicode's Default_Ignorable_Code_Point and some letters without a shape), except
those which mean something beside another character: joiners and variation selectors."""
_BLANKS = frozenset("\u2800\U00013441\U00013442")
"""Characters with a width and without a shape: empty Braille cells, blanks of hieroglyphs."""
_JOINERS = frozenset("\u200c\u200d")
_SELECTORS = _list_chars((0x180B, 0x180D), (0x180F, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""Characters that choose a shape of the one before."""
_KEYCAPS = frozenset("0123456789#*")
"""The characters of ASCII that a selector may follow: with it, they are emoji."""
_FLAG_TAGS = re.compile("(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
"""The tags that make a black flag the flag of a part of a country, such as Wales."""


def normalize_text(text: str) -> str:
    """Return a text as it is stored: Unicode NFC, line breaks as LF, tabs as spaces, trimmed; "" if nothing shows.

    Other control characters, those that change the direction of writing and those that are not shown are removed, and
    so are the combining marks of a character beyond `MAX_MARKS`. Its length is not limited.
    """
    for line_break in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(line_break, "\n")
    text = text.replace("\t", " ")
    text = unicodedata.normalize("NFC", text)
    flags = {at for match in _FLAG_TAGS.finditer(text) for at in range(*match.span())}
    shown = _remove_idle("".join(char for at, char in enumerate(text) if at in flags or _is_kept(char)))
    # What was removed may have stood between a letter and its accent, which are one character now.
    normalized = _limit_marks(unicodedata.normalize("NFC", shown)).strip()
    return normalized if has_visible_text(normalized) else ""


def has_visible_text(text: str) -> bool:
    """Return whether anything of a text can be seen: a letter, digit, sign or picture; marks alone do not count."""
    return any(_has_shape(char) for char in text)


def _has_shape(char: str) -> bool:
    if char in _BLANKS or char in _INVISIBLE:
        return False
    category = unicodedata.category(char)
    if category == "Cn":
        # A letter or an emoji that is younger than this Python's tables, unless it is one that is never assigned.
        return ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF
    return category[0] in "LNPS"


def _is_kept(char: str) -> bool:
    """Return whether a character is kept, whatever stands beside it."""
    if char == "\n":
        return True
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTION_CONTROLS and char not in _INVISIBLE


def _remove_idle(text: str) -> str:
    """Remove joiners and selectors that change nothing where they stand."""
    kept: list[str] = []
    for char in text:
        if char in _JOINERS or char in _SELECTORS:
            before = kept[-1] if kept else " "
            stands_alone = before.isspace() or before in _JOINERS
            is_idle = before.isascii() and not (char in _SELECTORS and before in _KEYCAPS)
            if stands_alone or is_idle or (char in _SELECTORS and before in _SELECTORS):
                continue
        kept.append(char)
    return "".join(kept)


def _limit_marks(text: str) -> str:
    """Remove the combining marks of each character beyond `MAX_MARKS`."""
    kept: list[str] = []
    marks = 0
    for char in text:
        # Joiners may stand among marks, and do not begin a new character.
        if unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
        elif char not in _JOINERS:
            marks = 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)
