"""A document as a patch of one that the other side has: copied byte ranges, and texts between them.

Moving one of 10,000 segments changes some hundred bytes of two million. The documents are cut where a segment begins;
a piece that is in the base is sent as a range of it, wherever it stands now, and everything else as text. The receiver
checks the result against the hash of the document and trusts nothing else in the patch.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from editor.errors import KnownError
from editor.schedule.model import Sha256

MAX_PIECES = 20_000
"""With more pieces than this the whole document is no larger than the patch."""
_SPLIT_MARK = b"{"
_RANGE_COST = 16
"""About how many bytes a range takes as JSON; a shorter piece is cheaper as text."""

ByteOffset = Annotated[int, Meta(ge=0, le=2**40)]
ByteRange = tuple[ByteOffset, ByteOffset]
"""Where in the base it begins, and how many bytes it has."""


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a patch of the version with the hash `base`: pieces to join in order, byte ranges and texts."""

    base: Sha256
    pieces: Annotated[tuple[ByteRange | str, ...], Meta(max_length=MAX_PIECES)]


def make(base: str, old: bytes, new: bytes) -> Patch | None:
    """Return the patch that turns `old` into `new`; None where it would not save a quarter of the whole document.

    Args:
        base: The hash of the version that `old` is the document of.
        old: The bytes that the other side has.
        new: The bytes of the new document, in UTF-8.
    """
    pieces: list[ByteRange | str] = []
    text_bytes = 0
    for piece in _trim_pieces(old, new):
        if isinstance(piece, bytes):
            text_bytes += len(piece)
            pieces.append(piece.decode())
        else:
            pieces.append(piece)
    if len(pieces) > MAX_PIECES or text_bytes + _RANGE_COST * len(pieces) > len(new) * 3 // 4:
        return None
    return Patch(base=base, pieces=tuple(pieces))


def apply(patch: Patch, old: bytes, max_bytes: int) -> bytes:
    """Return the document that a patch makes of the bytes of its base; nothing is written.

    Args:
        patch: From anywhere; nothing in it is trusted.
        old: The bytes of the version that the patch names as its base; whether they are is not checked.
        max_bytes: How many bytes the document may have.

    Raises:
        KnownError: ``patch.outside`` (a range that is not in the base), ``patch.large``, ``patch.torn`` (the document
            is no UTF-8).
    """
    total = 0
    for piece in patch.pieces:
        if isinstance(piece, str):
            total += len(piece)
        else:
            begin, length = piece
            if begin + length > len(old):
                raise KnownError("patch.outside", at=begin, size=len(old))
            total += length
        if total > max_bytes:
            raise KnownError("patch.large", most=max_bytes)
    try:
        result = b"".join(
            piece.encode() if isinstance(piece, str) else old[piece[0] : piece[0] + piece[1]] for piece in patch.pieces
        )
        result.decode()
    except UnicodeError as error:
        raise KnownError("patch.torn") from error
    if len(result) > max_bytes:
        raise KnownError("patch.large", most=max_bytes)
    return result


def _match_pieces(old: bytes, new: bytes) -> Iterator[ByteRange | bytes]:
    """Ranges of the old and bytes of the new that are the new one together; no two ranges follow on each other."""
    offset_by_part: dict[bytes, int] = {}
    offset = 0
    for part in _split_at_braces(old):
        offset_by_part.setdefault(part, offset)
        offset += len(part)
    copied: ByteRange | None = None
    text: list[bytes] = []
    for part in _split_at_braces(new):
        if copied is not None and old.startswith(part, copied[0] + copied[1]):
            copied = (copied[0], copied[1] + len(part))
            continue
        found = offset_by_part.get(part) if len(part) > _RANGE_COST else None
        if found is None:
            if copied is not None:
                yield copied
                copied = None
            text.append(part)
            continue
        if text:
            yield b"".join(text)
            text = []
        if copied is not None:
            yield copied
        copied = (found, len(part))
    if copied is not None:
        yield copied
    if text:
        yield b"".join(text)


def _split_at_braces(document: bytes) -> Iterator[bytes]:
    """Split a document into pieces that begin at each brace."""
    begin = 0
    while begin < len(document):
        end = document.find(_SPLIT_MARK, begin) + 1 or len(document)
        yield document[begin:end]
        begin = end


def _trim_pieces(old: bytes, new: bytes) -> Iterator[ByteRange | bytes]:
    """As `_matched`, and a text says no more than what differs from what stood in its place."""
    pieces = list(_match_pieces(old, new))
    for number, piece in enumerate(pieces):
        if not isinstance(piece, bytes):
            yield piece
            continue
        before = pieces[number - 1] if number else (0, 0)
        after = pieces[number + 1] if number + 1 < len(pieces) else (len(old), 0)
        assert isinstance(before, tuple)
        assert isinstance(after, tuple)
        begin, end = before[0] + before[1], after[0]
        gap = old[begin:end] if begin < end else b""
        head = _count_common_prefix(piece, gap)
        tail = min(_count_common_prefix(piece[::-1], gap[::-1]), len(piece) - head, len(gap) - head)
        # A character's bytes stay together: ranges and texts end where one ends.
        while 0 < head < len(piece) and piece[head] & 0xC0 == 0x80:
            head -= 1
        while 0 < tail < len(piece) and piece[-tail] & 0xC0 == 0x80:
            tail -= 1
        if head > _RANGE_COST:
            yield (begin, head)
        else:
            head = 0
        if tail <= _RANGE_COST:
            tail = 0
        if head + tail < len(piece):
            yield piece[head : len(piece) - tail]
        if tail:
            yield (end - tail, tail)


def _count_common_prefix(one: bytes, other: bytes) -> int:
    """How many bytes two begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
