"""The MIME type of a drag from the media bin to the timeline, and its payload."""

import msgspec

MEDIA_MIME_TYPE = "application/x-matinee-media"


class DragPayload(msgspec.Struct, frozen=True):
    """One dragged media: its hash, the marked range in milliseconds, and whether it is placed as a recording."""

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
