"""Sending files by tus 1.0: in pieces, each with its checksum, going on at the byte where an upload stands.

Source: https://tus.io/protocols/resumable-upload.
"""

import base64
import hashlib
from pathlib import Path

from editor.errors import Known
from editor.progress import Progress
from editor.protocol.manifest import File
from editor.sync.client import Client

PIECE = 4 * 1024 * 1024
"""Bytes sent at a time; what is lost by a broken connection is less than that."""
TRIES = 5
"""How often in a row a piece may arrive damaged, or the offset be another, before we give up."""
_TUS = {"Tus-Resumable": "1.0.0"}


def send(client: Client, path: Path, file: File, progress: Progress) -> None:
    """Send a file; returns when the hosting has verified it.

    Args:
        client: the hosting, signed in.
        path: where the content is.
        file: its hash and size.
        progress: told bytes; its cancel ends the sending, which can be taken up again later.

    Raises:
        Known: ``sync.*``, ``upload.*``, ``media.gone``.
        Cancelled: the sending was given up.
    """
    metadata = f"sha256 {base64.b64encode(file.sha256.encode()).decode()}"
    headers = {**_TUS, "Upload-Length": str(file.size), "Upload-Metadata": metadata}
    place = client.call("POST", "/api/uploads", headers=headers).headers["Location"]
    at, failed = _offset(client, place), 0
    try:
        with path.open("rb") as content:
            while True:
                progress.report(at, file.size)
                if at >= file.size:
                    break
                content.seek(at)
                piece = content.read(PIECE)
                if not piece:
                    raise Known("media.gone", name=path.name)
                try:
                    at = _patch(client, place, at, piece)
                    failed = 0
                except Known as known:
                    failed += 1
                    if known.code not in {"upload.checksum", "upload.offset"} or failed >= TRIES:
                        raise
                    at = _offset(client, place)
    except OSError as error:
        raise Known("media.gone", name=path.name) from error


def _offset(client: Client, place: str) -> int:
    return int(client.call("HEAD", place, headers=_TUS).headers["Upload-Offset"])


def _patch(client: Client, place: str, at: int, piece: bytes) -> int:
    checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    headers = {
        **_TUS,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(at),
        "Upload-Checksum": f"sha256 {checksum}",
    }
    return int(client.call("PATCH", place, data=piece, headers=headers).headers["Upload-Offset"])
