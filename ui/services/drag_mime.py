"""The MIME type of a drag from the media bin to the timeline, and its payload."""

import msgspec

MEDIA_MIME_TYPE = "application/x-matinee-media"


class DragPayload(msgspec.Struct, frozen=True):
    """One media that is dragged from the bin to the timeline; immutable.

    Attributes:
        sha256: the media's hash.
        in_ms: the marked in-point, in milliseconds of the media; None where none is marked.
        out_ms: the marked out-point, in milliseconds of the media; None where none is marked.
        recording: whether the media is placed as a segment of the kind "recording", not "video".
    """

    sha256: str
    in_ms: int | None = None
    out_ms: int | None = None
    recording: bool = False


def encode_payloads(payloads: tuple[DragPayload, ...]) -> bytes:
    """Encode payloads as JSON: one object, or a list where several media are dragged."""
    return msgspec.json.encode(payloads[0] if len(payloads) == 1 else payloads)


def decode_payloads(data: bytes) -> tuple[DragPayload, ...]:
    """Decode the payloads of a drag; empty where the data is malformed."""
    try:
        decoded = msgspec.json.decode(data, type=DragPayload | tuple[DragPayload, ...])
    except msgspec.MsgspecError:
        return ()
    return decoded if isinstance(decoded, tuple) else (decoded,)
