"""Byte ranges of files (RFC 9110 §14): one range a request, told by its exact bytes, read a piece at a time."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from litestar import Response
from litestar.response import Stream

PIECE = 256 * 1024


def parse(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the byte behind the last; None for the whole file.

    Raises:
        ValueError: a range that cannot be satisfied. Several ranges, or none we know, give the whole file.
    """
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (header or "").strip(), re.ASCII)
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        begin, end = max(0, size - int(found[2])), size
    else:
        begin, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
    if begin >= size or begin >= end:
        raise ValueError(header)
    return begin, end


def ranged(path: Path, header: str | None, media_type: str, *, etag: str) -> Response[Any]:
    """The answer for a file that never changes."""
    size = path.stat().st_size
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{etag}"',
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    try:
        span = parse(header, size)
    except ValueError:
        return Response(None, status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    begin, end = span or (0, size)
    headers["Content-Length"] = str(end - begin)
    if span is not None:
        headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    return Stream(
        pieces(path, begin, end), status_code=206 if span is not None else 200, media_type=media_type, headers=headers
    )


def pieces(path: Path, begin: int, end: int) -> Iterator[bytes]:
    """The bytes of a span, a piece at a time."""
    with path.open("rb") as file:
        file.seek(begin)
        while begin < end and (piece := file.read(min(PIECE, end - begin))):
            begin += len(piece)
            yield piece
