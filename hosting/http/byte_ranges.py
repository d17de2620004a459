"""Byte ranges of files (RFC 9110 §14): one range a request, read from the disk piece by piece."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from litestar import Response
from litestar.response import Stream

from editor.errors import KnownError

PIECE_BYTES = 256 * 1024
UNTRUSTED_FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Keep browsers from running an uploaded file as a page or script, wherever it is opened."""


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the half-open span of bytes that a `Range` header asks for; None for the whole file.

    Several ranges, a unit other than bytes, or a malformed header mean the whole file. An end beyond the file is cut to
    its size.

    Args:
        header: The header's value; None where the request has none.
        size: The size of the file in bytes.

    Raises:
        ValueError: The range cannot be satisfied: it begins beyond the file, or is empty (status 416).
    """
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (header or "").strip(), re.ASCII)
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        begin, end = max(0, size - int(match[2])), size
    else:
        begin, end = int(match[1]), min(size, int(match[2]) + 1) if match[2] else size
        if match[2] and int(match[2]) < begin:
            return None
    if begin >= size or begin >= end:
        raise ValueError(header)
    return begin, end


def make_range_response(
    path: Path,
    headers: Mapping[str, str],
    media_type: str,
    *,
    etag: str,
    limit_end: Callable[[int, int, bool], int] = lambda _begin, end, _rest: end,
) -> Response[Any]:
    """Return the response for a file that never changes: 200, 206 for one range, 304 or 416.

    Several ranges, another unit, or an `If-Range` with another ETag give the whole file. Browsers may keep it for a
    year, and do not run it as a page or script (`UNTRUSTED_FILE_HEADERS`).

    Args:
        path: The file.
        headers: Of the request; looked up by lower-case names.
        media_type: Of the file.
        etag: The file's hash, without quotes; also the fact `sha256` of the error.
        limit_end: Called with the bytes `[begin, end)`, the whole file too, before any is served or a 304 is returned,
            and with whether the request asked for all the rest (``bytes=N-``). Returns the end to serve: `end`, or less
            in the latter case, which a 206 response may answer in part (RFC 9110 §15.3.7). It may raise to refuse the
            range. Not called for a 416.

    Raises:
        KnownError: ``media.not_here``: the database has the file and the disk has not (a backup without its media).
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise KnownError("media.not_here", sha256=etag) from error
    response_headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{etag}"',
        "Cache-Control": "private, max-age=31536000, immutable",
        **UNTRUSTED_FILE_HEADERS,
    }
    range_header = headers.get("range")
    if range_header is not None and headers.get("if-range", response_headers["ETag"]) != response_headers["ETag"]:
        range_header = None
    try:
        span = parse_range(range_header, size)
    except ValueError:
        return Response(None, status_code=416, headers={**response_headers, "Content-Range": f"bytes */{size}"})
    begin, end = span or (0, size)
    end = limit_end(begin, end, span is not None and str(range_header).strip().endswith("-"))
    if _matches_etag(headers.get("if-none-match"), response_headers["ETag"]):
        return Response(None, status_code=304, headers=response_headers)
    response_headers["Content-Length"] = str(end - begin)
    if span is not None:
        response_headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    return Stream(
        iterate_span(path, begin, end),
        status_code=206 if span is not None else 200,
        media_type=media_type,
        headers=response_headers,
    )


def iterate_span(path: Path, begin: int, end: int) -> Iterator[bytes]:
    """Yield the bytes `[begin, end)` of a file in pieces of up to `PIECE_BYTES`; stop early if the file is shorter.

    The file is opened at the first step, so an `OSError` comes then.
    """
    with path.open("rb") as file:
        file.seek(begin)
        while begin < end and (piece := file.read(min(PIECE_BYTES, end - begin))):
            begin += len(piece)
            yield piece


def _matches_etag(header: str | None, etag: str) -> bool:
    """Return whether an `If-None-Match` header names this content."""
    names = {name.strip().removeprefix("W/") for name in (header or "").split(",")}
    return etag in names or "*" in names
