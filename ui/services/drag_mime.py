"""What is dragged from the bin: the media, the part of it and as what, in the mime type the timeline takes."""

import msgspec

MEDIA_MIME_TYPE = "application/x-matinee-media"


class DragPayload(msgspec.Struct, frozen=True):
    """One media on its way to the timeline."""

    sha256: str
    in_ms: int | None = None
    out_ms: int | None = None
    recording: bool = False


def encode_payloads(payloads: tuple[DragPayload, ...]) -> bytes:
    """JSON: one object, or a list of them where several are dragged."""
    return msgspec.json.encode(payloads[0] if len(payloads) == 1 else payloads)


def decode_payloads(data: bytes) -> tuple[DragPayload, ...]:
    """The media of a drag; none where the data is not ours."""
    try:
        decoded = msgspec.json.decode(data, type=DragPayload | tuple[DragPayload, ...])
    except msgspec.MsgspecError:
        return ()
    return decoded if isinstance(decoded, tuple) else (decoded,)
