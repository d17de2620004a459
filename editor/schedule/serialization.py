"""Serialization of webinars: canonical JSON with a format number, the same bytes for the same webinar.

Canonical means: UTF-8, sorted keys, no white space, defaults left out, and the number of the format as ``format``. Two
programs that hold the same webinar write the same bytes, so a version is identified by a hash of them.

Decoding is careful, because the bytes come from disks, bundles and other programs:

* A canonical document is recognised by encoding it again; then no further checks for unknown fields are needed.
* A **newer format** is refused. An older one is upgraded, by one function of `FORMAT_UPGRADES` for each step.
* **Fields and kinds** that this program does not know, in a format that it does, are listed in
  `DecodedDocument.unknown`: the caller opens the webinar read-only and keeps the raw bytes, because the unknown parts
  are not in the decoded webinar.
* Everything else is refused with its place: no JSON (`wire.broken`), no webinar (`wire.foreign`), a value out of its
  range or a webinar that breaks a rule of the timeline (`wire.invalid`).

``python -m editor.schedule.serialization`` prints the JSON Schema that is kept in
``resources/schema/webinar.schema.json``.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, NoReturn

import msgspec
from msgspec import Meta

from editor.errors import KnownError
from editor.schedule.invariants import find_violations
from editor.schedule.model import FORMAT, KINDS, MEDIA_KINDS, QUESTION_KINDS, Webinar
from editor.schedule.segment_titles import get_segment_title

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


def _upgrade_to_2(document: dict[str, Any]) -> dict[str, Any]:
    """Upgrade a document of format 1: fades have offsets since, which are 0 in every document from before."""
    return document


FORMAT_UPGRADES: dict[int, Upgrade] = {1: _upgrade_to_2}
"""The upgrade from each format number to the next, for all numbers below `model.FORMAT`."""


class WebinarDocument(Webinar, frozen=True, kw_only=True):
    """A webinar with the number of its wire format (`format`): the struct that the stored JSON is decoded to."""

    format: Annotated[int, Meta(ge=1)]


class _FormatNumber(msgspec.Struct, frozen=True):
    """The number of a document's format alone, which is read faster than the whole."""

    format: int


class DecodedDocument(msgspec.Struct, frozen=True):
    """The immutable result of `decode`: a webinar, and what this program does not know of its document.

    `unknown` has the paths of fields, and kinds, sorted. They are not in `webinar`: where there are any, keep the raw
    bytes and open the webinar read-only.
    """

    webinar: Webinar
    unknown: tuple[str, ...] = ()


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(WebinarDocument)


def encode(webinar: Webinar) -> bytes:
    """Encode a webinar as canonical JSON in UTF-8; the rules of the timeline are not checked.

    Raises:
        KnownError: `wire.text`, a text contains a lone surrogate, which UTF-8 cannot encode.
    """
    fields = {name: getattr(webinar, name) for name in Webinar.__struct_fields__}
    try:
        return _encoder.encode(WebinarDocument(format=FORMAT, **fields))
    except UnicodeEncodeError as error:
        raise KnownError("wire.text", text=_shorten(error.object)) from error


def require_encodable(text: str) -> str:
    """Return a text unchanged if it can be encoded as UTF-8; its length is not checked.

    Raises:
        KnownError: `wire.text`, the text contains a lone surrogate.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise KnownError("wire.text", text=_shorten(text)) from error
    return text


def decode(body: bytes) -> DecodedDocument:
    """Decode a webinar from JSON of any known format, canonical or not, and check the rules of the timeline.

    Segments, questions and media of unknown kinds are left out of the webinar and listed in `unknown`.

    Raises:
        KnownError: `wire.newer` (`format`, `known`): a newer program wrote it. `wire.broken` (`where` in bytes,
            `size`): it is no JSON in UTF-8. `wire.foreign`: it is no webinar. `wire.invalid` (`path`, `reason`): a
            value is out of its range, or a rule of the timeline is broken (`path` then names the segment).
    """
    try:
        document = _decoder.decode(body)
        is_canonical = document.format == FORMAT and _encoder.encode(document) == body
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        is_canonical = False  # `_decode_leniently` finds the reason
    decoded = DecodedDocument(_to_webinar(document)) if is_canonical else _decode_leniently(body)
    violations = find_violations(decoded.webinar)
    if violations:
        raise _to_invalid_error(decoded.webinar, violations[0])
    return decoded


def to_current_format(body: bytes) -> bytes:
    """Return a stored document in the current format, to be compared with others as a value.

    The same bytes are returned where they have that format already, and where this program does not know all of the
    document, which it could not write again.

    Raises:
        KnownError: As `decode`, for a document of an older format.
    """
    try:
        if msgspec.json.decode(body, type=_FormatNumber).format == FORMAT:
            return body
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass  # `decode` says what is wrong
    decoded = decode(body)
    return body if decoded.unknown else encode(decoded.webinar)


def hash_version(body: bytes, parents: tuple[str, ...]) -> str:
    """Return the hash that identifies a version: the SHA-256 of its bytes and its parents' hashes, in hex.

    The order of the parents is irrelevant: the same merge made on two computers is the same version.

    Args:
        body: The webinar as `encode` returns it.
        parents: The hashes of the parent versions, in hex (else ValueError); empty for the first version.
    """
    sha = hashlib.sha256(len(body).to_bytes(8, "big"))
    sha.update(body)
    for parent in sorted(parents):
        sha.update(bytes.fromhex(parent))
    return sha.hexdigest()


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema of an encoded webinar. Other fields are allowed: a newer program may write them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Generated from editor/schedule/model.py; format {FORMAT}.",
        **msgspec.json.schema(WebinarDocument),
    }


def make_schema_text() -> str:
    """Return the JSON Schema as the text of ``resources/schema/webinar.schema.json``."""
    return json.dumps(make_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def upgrade(
    document: dict[str, Any], upgrades: Mapping[int, Upgrade] = FORMAT_UPGRADES, current: int = FORMAT
) -> dict[str, Any]:
    """Upgrade a document, as parsed from JSON, to the current format; return the same object if it has that format.

    Raises:
        KnownError: `wire.newer`, `wire.foreign` (it does not say its format), `wire.invalid` (no format has that
            number).
    """
    if "format" not in document:
        raise KnownError("wire.foreign")
    found = document["format"]
    if type(found) is not int or found < 1:
        raise KnownError("wire.invalid", path="format", reason=f"there is no format {_shorten(repr(found))}")
    if found > current:
        raise KnownError("wire.newer", format=found, known=current)
    for number in range(found, current):
        document = {**upgrades[number](document), "format": number + 1}
    return document


def find_unknown_fields(raw: Any, known: Any, path: str = "") -> Iterator[str]:
    """Yield the paths ("programme.blur") of names in plain values that the struct decoded from them lacks.

    Args:
        raw: The values as parsed from JSON.
        known: What msgspec decoded from `raw`.
        path: What all paths begin with; empty, or ending in a dot.
    """
    if isinstance(known, msgspec.Struct):
        tag = known.__struct_config__.tag_field
        for name, value in raw.items():
            if name in known.__struct_fields__:
                yield from find_unknown_fields(value, getattr(known, name), f"{path}{name}.")
            elif name != tag:
                yield f"{path}{name}"
    elif isinstance(known, tuple):
        for value, known_value in zip(raw, known, strict=True):
            yield from find_unknown_fields(value, known_value, path)
    elif isinstance(known, dict):
        for key, value in raw.items():
            yield from find_unknown_fields(value, known[key], path)


# --------------------------------------------------------------------------------------- lenient decoding


def _decode_leniently(body: bytes) -> DecodedDocument:
    raw = _parse(body)
    if not isinstance(raw, dict):
        raise KnownError("wire.foreign")
    raw = upgrade(raw)
    unknown = _drop_unknown_kinds(raw)
    try:
        document = msgspec.convert(raw, WebinarDocument)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        raise KnownError("wire.invalid", path=path.replace("`", "").removeprefix("$.") or "$", reason=reason) from error
    unknown.update(find_unknown_fields(raw, document))
    return DecodedDocument(_to_webinar(document), tuple(sorted(unknown)))


def _to_webinar(document: WebinarDocument) -> Webinar:
    return Webinar(**{name: getattr(document, name) for name in Webinar.__struct_fields__})


def _to_invalid_error(webinar: Webinar, violation: KnownError) -> KnownError:
    """Convert a broken rule of the timeline to an error about a file, with the segment's title as its place."""
    item_id = str(violation.facts.get("segment") or violation.facts.get("id") or violation.facts.get("marker") or "")
    segment = webinar.find_segment(item_id)
    item_name = item_id if segment is None else get_segment_title(segment, webinar.media)
    return KnownError("wire.invalid", path=item_name, reason=violation.code.removeprefix("broken.").replace("_", " "))


def _parse(body: bytes) -> Any:
    """Parse JSON, and refuse documents that two readers could understand differently."""

    def raise_broken(where: int) -> NoReturn:
        raise KnownError("wire.broken", where=where, size=len(body))

    def reject_duplicate_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise KnownError("wire.invalid", path=_shorten(twice), reason="the name is there twice")
        return found

    def reject_constant(_name: str) -> NoReturn:
        raise ValueError

    try:
        text = body.decode()
        raw = json.loads(text, object_pairs_hook=reject_duplicate_names, parse_constant=reject_constant)
        msgspec.json.encode(raw)  # finds lone surrogates, which JSON escapes can contain
    except json.JSONDecodeError as error:
        raise_broken(len(text[: error.pos].encode()))
    except UnicodeDecodeError as error:
        raise_broken(error.start)
    except (ValueError, OverflowError, RecursionError):  # lone surrogates, NaN, too long numbers, nesting too deep
        raise_broken(0)
    return raw


def _drop_unknown_kinds(raw: dict[str, Any]) -> set[str]:
    """Remove segments, questions and media of unknown kinds in place, and return these kinds."""
    unknown_kinds: set[str] = set()

    def is_known(value: Any, kinds: tuple[str, ...]) -> bool:
        kind = value.get("kind") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind in kinds:
            return True  # no kind at all is an invalid document, refused later
        unknown_kinds.add(kind)
        return False

    for lane in ("programme", "interactions"):
        if isinstance(raw.get(lane), list):
            raw[lane] = [segment for segment in raw[lane] if is_known(segment, KINDS)]
            for segment in raw[lane]:
                if isinstance(segment, dict) and isinstance(segment.get("questions"), list):
                    segment["questions"] = [one for one in segment["questions"] if is_known(one, QUESTION_KINDS)]
    if isinstance(raw.get("media"), dict):
        raw["media"] = {sha: media for sha, media in raw["media"].items() if is_known(media, MEDIA_KINDS)}
    return unknown_kinds


def _shorten(text: str) -> str:
    """Shorten an arbitrary text so that it fits into a sentence."""
    return text[:80].encode(errors="replace").decode()


if __name__ == "__main__":
    sys.stdout.write(make_schema_text())
