"""What is dragged from the bin: the media, the part of it and as what, in the mime type the timeline takes."""

import msgspec

MIME = "application/x-matinee-media"


class Parcel(msgspec.Struct, frozen=True):
    """One media on its way to the timeline."""

    sha256: str
    in_ms: int | None = None
    out_ms: int | None = None
    recording: bool = False


def pack(parcels: tuple[Parcel, ...]) -> bytes:
    """JSON: one object, or a list of them where several are dragged."""
    return msgspec.json.encode(parcels[0] if len(parcels) == 1 else parcels)


def unpack(data: bytes) -> tuple[Parcel, ...]:
    """The media of a drag; none where the data is not ours."""
    try:
        found = msgspec.json.decode(data, type=Parcel | tuple[Parcel, ...])
    except msgspec.MsgspecError:
        return ()
    return found if isinstance(found, tuple) else (found,)
