"""Commands that change a webinar: import, subtitles, edits, notes, relinking media."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer

from editor import time_format
from editor.cli.options import (
    JsonOption,
    LibraryOption,
    WebinarArgument,
    find_webinar_id,
    match_id,
    parse_mode,
    parse_time,
    print_json,
    print_line,
)
from editor.document import Document
from editor.errors import KnownError
from editor.interchange import edit_reference
from editor.schedule import edits, operations, segment_factory, serialization
from editor.schedule.model import Media, Timed
from editor.workspace import Workspace

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MAX_BYTES = 64 * 1024 * 1024
"""Of a list of edits; one that adds 10,000 segments has two million."""


def import_files(
    webinar: WebinarArgument,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Videos, sounds, images, PDFs or presentations.")
    ],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Where the first one begins; by default at the end.")
    ] = None,
    mode: Annotated[str, typer.Option(help="normal, insert or overwrite.")] = "normal",
    recording: Annotated[
        bool,
        typer.Option(
            "--recording",
            help="The videos are recordings of another tool; import the subtitles and chat files beside them.",
        ),
    ] = False,
    bin_only: Annotated[bool, typer.Option("--bin-only", help="Add them to the media bin only.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import files and place them on the programme, one after another: all of them, or none."""
    placement = parse_mode(mode)
    with Workspace(library) as workspace:
        document = workspace.open(find_webinar_id(workspace, webinar))
        begin = parse_time(at) if at is not None else _get_programme_end(document)
        imported = [_import_file(workspace, path.absolute(), recording=recording) for path in files]
        media = tuple(each for each, _ in imported)
        operation: operations.AnyOperation
        if bin_only:
            operation = operations.AddMedia(media=media)
        else:
            segments = segment_factory.make_sequence(
                media, begin, segment_factory.SegmentDefaults.from_settings(workspace.settings), recording=recording
            )
            operation = operations.Add(segments=segments, media=media, mode=placement)
            chats = {segment.id: chat for segment, (_, chat) in zip(segments, imported, strict=True) if chat}
        edited = _apply(document, (operation,))[0]
        if not bin_only:
            for segment_id, chat in chats.items():
                workspace.library.set_note(document.webinar.id, segment_id, chat)
    if as_json:
        print_json({"media": media, **_to_plain_result(edited)})
        return
    for each in media:
        print_line(f"{each.sha256[:12]}  {each.kind}  {time_format.format_time(each.duration_ms)}  {each.name}")


def attach_captions(
    webinar: WebinarArgument,
    media: Annotated[str, typer.Argument(metavar="MEDIA", help="The name of the file, or the beginning of its hash.")],
    file: Annotated[Path, typer.Argument(help="Subtitles: .srt or .vtt.")],
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language: en, fr, pt-BR …; by default from the file name.")
    ] = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Attach subtitles to a video or a sound; segments that play it without subtitles show them."""
    if language and not LANGUAGE.fullmatch(language):
        raise typer.BadParameter("This is not a language tag, such as en, fr or pt-BR.", param_hint="--language")
    with Workspace(library) as workspace:
        document = workspace.open(find_webinar_id(workspace, webinar))
        media_by_hash = document.webinar.media
        chosen = match_id(media, {sha256: each.name for sha256, each in media_by_hash.items()})
        if chosen is None:
            raise KnownError("cli.no_media", name=media)
        if media_by_hash[chosen].kind not in {"video", "audio"}:
            raise KnownError("cli.no_captions", name=media_by_hash[chosen].name)
        updated = workspace.catalog.attach_captions(media_by_hash[chosen], file.absolute(), language)
        track = updated.captions[-1]
        edits_to_show = [
            operations.ChangeSegment(segment=msgspec.structs.replace(segment, captions=track.sha256))
            for segment in document.webinar.programme
            if isinstance(segment, Timed) and segment.media == chosen and segment.captions is None
        ]
        results = _apply(document, (operations.AddMedia(media=(updated,)), *edits_to_show))
    changed = tuple(segment for each in results for segment in each.changed)
    if as_json:
        print_json({"media": updated, "changed": changed})
        return
    print_line(f"{track.sha256[:12]}  {track.language or 'unknown language'}  {track.name}  shown by {len(changed)}")


def edit(
    webinar: WebinarArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON list of edits; - reads standard input.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Carry out a JSON list of edits, all or nothing; `matinee operations` describes them."""
    if file == "-":
        requested = _read_operations(sys.stdin.buffer)
    else:
        with Path(file).open("rb") as source:
            requested = _read_operations(source)
    with Workspace(library) as workspace:
        document = workspace.open(find_webinar_id(workspace, webinar))
        results = _apply(document, requested)
    if as_json:
        print_json([_to_plain_result(each) for each in results])
        return
    for operation, each in zip(requested, results, strict=True):
        summary = ", ".join(f"{name} {len(ids)}" for name, ids in _to_plain_result(each).items() if ids)
        print_line(f"{operation.__struct_config__.tag}: {summary or 'done'}")


def manage_notes(
    webinar: WebinarArgument,
    segment: Annotated[str | None, typer.Argument(metavar="SEGMENT", help="The segment to write a note for.")] = None,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The note; '' removes it.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the presenters' notes, or write one for a segment. Notes make no new version."""
    with Workspace(library) as workspace:
        document = workspace.library.load_draft(find_webinar_id(workspace, webinar)).webinar
        if segment is not None:
            chosen = match_id(segment, {each.id: each.title for each in document.segments})
            if chosen is None:
                raise KnownError("cli.no_segment", name=segment)
            if text is None:
                raise typer.BadParameter("Give the text of the note.", param_hint="TEXT")
            workspace.library.set_note(document.id, chosen, text)
        texts = workspace.library.load_notes(document.id)
    if as_json:
        print_json(texts)
        return
    for each in document.segments:
        if each.id in texts:
            print_line(f"{each.id[:8]}  {each.title}: {texts[each.id]}")


def relink(
    webinar: WebinarArgument,
    places: Annotated[list[Path], typer.Argument(metavar="PLACE...", help="Files, or folders to search.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the missing media of a webinar by their content, whatever their names.

    The files stay where they are: the library remembers where that is. What is still missing is listed.
    """
    with Workspace(library) as workspace:
        media_by_hash = workspace.library.load_draft(find_webinar_id(workspace, webinar)).webinar.media
        missing = {sha256 for sha256 in media_by_hash if workspace.catalog.get_state(sha256) in {"missing", "hosted"}}
        located = workspace.catalog.relink([place.absolute() for place in places], missing)
    still_missing = sorted(missing - located.keys())
    if as_json:
        print_json({"found": located, "missing": still_missing})
        return
    for sha256, path in located.items():
        print_line(f"found    {media_by_hash[sha256].name}: {path}")
    for sha256 in still_missing:
        print_line(f"missing  {media_by_hash[sha256].name}")


def print_operations() -> None:
    """Print every edit operation with its fields, as Markdown (docs/edits.md)."""
    typer.echo(edit_reference.render_page(), nl=False)


# -------------------------------------------------------------------------------------------------- helpers


def _import_file(workspace: Workspace, path: Path, *, recording: bool) -> tuple[Media, str]:
    """Add a file to the catalog; of a recording, also its subtitles. Return the media and its chat as text."""
    media = workspace.catalog.add_file(path)
    if not recording or media.kind != "video":
        return media, ""
    from editor.media.sidecars import find_sidecars, read_chat

    sidecars = find_sidecars(path)
    for each in sidecars.captions:
        media = workspace.catalog.attach_captions(media, each)
    return media, read_chat(sidecars)


def _read_operations(source: BinaryIO) -> tuple[operations.AnyOperation, ...]:
    body = source.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise KnownError("cli.bad_edits", reason=f"more than {MAX_BYTES} bytes")
    try:
        requested = msgspec.json.decode(body, type=tuple[operations.AnyOperation, ...])
        unknown_names = tuple(serialization.find_unknown_fields(msgspec.json.decode(body), requested))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KnownError("cli.bad_edits", reason=str(error)) from error
    if unknown_names:
        # If an unknown field were ignored, a misspelled one would make an edit that does something else.
        raise KnownError("cli.bad_edits", reason=f"there is no field {unknown_names[0]}")
    return requested


def _apply(document: Document, requested: Sequence[operations.AnyOperation]) -> tuple[operations.EditResult, ...]:
    """Apply edits to the draft, in memory first: it is written once, and only if none is refused."""
    results = edits.apply_all(document.webinar, requested)
    if results and results[-1].webinar is not document.webinar:
        document.replace(results[-1].webinar, "edit")
    return results


def _get_programme_end(document: Document) -> int:
    return document.webinar.programme[-1].end_ms if document.webinar.programme else 0


def _to_plain_result(edited: operations.EditResult) -> dict[str, tuple[str, ...]]:
    return {name: getattr(edited, name) for name in ("moved", "trimmed", "created", "removed", "changed")}
