"""What changes a webinar: files laid on the programme, subtitles, lists of edits, notes, media found again."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer

from editor import timetext
from editor.cli.words import (
    JsonOption,
    LibraryOption,
    WebinarArgument,
    answer,
    identify,
    one_of,
    read_mode,
    read_time,
    tell,
)
from editor.document import Document
from editor.errors import Known
from editor.interchange import reference
from editor.schedule import build, edits, operations, wire
from editor.schedule.model import TIMED, Media
from editor.workspace import Workspace

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MOST_BYTES = 64 * 1024 * 1024
"""Of a list of edits; one that adds 10,000 segments has two million."""


def import_files(
    webinar: WebinarArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Media of any kind Matinee reads.")],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Where the first one begins; else after the end.")
    ] = None,
    mode: Annotated[str, typer.Option(help="normal, insert or overwrite.")] = "normal",
    recording: Annotated[
        bool,
        typer.Option(
            "--recording", help="Videos come from another tool; the subtitles and the chat beside them come along."
        ),
    ] = False,
    bin_only: Annotated[bool, typer.Option("--bin-only", help="Make them known, and place nothing.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take files in and lay them on the programme, one after another: all of them, or none."""
    placing = read_mode(mode)
    with Workspace(library) as workspace:
        document = workspace.open(identify(workspace, webinar))
        begin = read_time(at) if at is not None else _end(document)
        taken = [_taken(workspace, path.absolute(), recording=recording) for path in files]
        media = tuple(each for each, _ in taken)
        operation: operations.AnyOperation
        if bin_only:
            operation = operations.KnowMedia(media=media)
        else:
            segments = build.sequence(media, begin, build.Defaults.of(workspace.settings), recording=recording)
            operation = operations.Add(segments=segments, media=media, mode=placing)
            chats = {segment.id: chat for segment, (_, chat) in zip(segments, taken, strict=True) if chat}
        edited = _apply(document, (operation,))[0]
        if not bin_only:
            for segment_id, chat in chats.items():
                workspace.library.set_note(document.webinar.id, segment_id, chat)
    if as_json:
        answer({"media": media, **_told(edited)})
        return
    for each in media:
        tell(f"{each.sha256[:12]}  {each.kind}  {timetext.write(each.duration_ms)}  {each.name}")


def captions(
    webinar: WebinarArgument,
    media: Annotated[str, typer.Argument(metavar="MEDIA", help="Its file's name, or the beginning of its hash.")],
    file: Annotated[Path, typer.Argument(help="Subtitles: .srt or .vtt.")],
    language: Annotated[
        str, typer.Option(metavar="TAG", help="Their language: en, fr, pt-BR; else as the file's name says.")
    ] = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Attach subtitles to a video or a sound. What plays it and shows none yet shows them from now on."""
    if language and not LANGUAGE.fullmatch(language):
        raise typer.BadParameter("That is no tag of a language, such as en, fr or pt-BR.", param_hint="--language")
    with Workspace(library) as workspace:
        document = workspace.open(identify(workspace, webinar))
        known = document.webinar.media
        chosen = one_of(media, {sha256: each.name for sha256, each in known.items()})
        if chosen is None:
            raise Known("cli.no_media", name=media)
        if known[chosen].kind not in {"video", "audio"}:
            raise Known("cli.no_captions", name=known[chosen].name)
        better = workspace.shelf.attach_captions(known[chosen], file.absolute(), language)
        track = better.captions[-1]
        shown = [
            operations.Put(segment=msgspec.structs.replace(segment, captions=track.sha256))
            for segment in document.webinar.programme
            if isinstance(segment, TIMED) and segment.media == chosen and segment.captions is None
        ]
        done = _apply(document, (operations.KnowMedia(media=(better,)), *shown))
    changed = tuple(segment for each in done for segment in each.changed)
    if as_json:
        answer({"media": better, "changed": changed})
        return
    tell(f"{track.sha256[:12]}  {track.language or 'language not said'}  {track.name}  shown by {len(changed)}")


def edit(
    webinar: WebinarArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON list of edits; - reads standard input.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Carry out a JSON list of edits, all or nothing; `matinee operations` tells what there is."""
    if file == "-":
        asked = _decoded(sys.stdin.buffer)
    else:
        with Path(file).open("rb") as source:
            asked = _decoded(source)
    with Workspace(library) as workspace:
        document = workspace.open(identify(workspace, webinar))
        done = _apply(document, asked)
    if as_json:
        answer([_told(each) for each in done])
        return
    for operation, each in zip(asked, done, strict=True):
        told = ", ".join(f"{name} {len(ids)}" for name, ids in _told(each).items() if ids)
        tell(f"{operation.__struct_config__.tag}: {told or 'done'}")


def notes(
    webinar: WebinarArgument,
    segment: Annotated[str | None, typer.Argument(metavar="SEGMENT", help="Note something beside this one.")] = None,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What is noted; '' removes the note.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the presenters' notes, or note something beside a segment. Notes make no new version."""
    with Workspace(library) as workspace:
        found = workspace.library.draft(identify(workspace, webinar)).webinar
        if segment is not None:
            chosen = one_of(segment, {each.id: each.title for each in found.segments})
            if chosen is None:
                raise Known("cli.no_segment", name=segment)
            if text is None:
                raise typer.BadParameter("What is to be noted?", param_hint="TEXT")
            workspace.library.set_note(found.id, chosen, text)
        kept = workspace.library.notes(found.id)
    if as_json:
        answer(kept)
        return
    for each in found.segments:
        if each.id in kept:
            tell(f"{each.id[:8]}  {each.title}: {kept[each.id]}")


def relink(
    webinar: WebinarArgument,
    places: Annotated[list[Path], typer.Argument(metavar="PLACE...", help="Files, or folders to look through.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the media a webinar misses, by their content, under whatever name."""
    with Workspace(library) as workspace:
        known = workspace.library.draft(identify(workspace, webinar)).webinar.media
        missing = {sha256 for sha256 in known if workspace.shelf.state(sha256) in {"missing", "hosted"}}
        found = workspace.shelf.relink([place.absolute() for place in places], missing)
    lost = sorted(missing - found.keys())
    if as_json:
        answer({"found": found, "missing": lost})
        return
    for sha256, path in found.items():
        tell(f"found    {known[sha256].name}: {path}")
    for sha256 in lost:
        tell(f"missing  {known[sha256].name}")


def operations_page() -> None:
    """Print every edit operation with its fields, as Markdown (docs/edits.md)."""
    typer.echo(reference.page(), nl=False)


# -------------------------------------------------------------------------------------------------- helpers


def _taken(workspace: Workspace, path: Path, *, recording: bool) -> tuple[Media, str]:
    """A file made known; of a recording with the subtitles beside it attached, and with what its chat says."""
    media = workspace.shelf.take(path)
    if not recording or media.kind != "video":
        return media, ""
    from editor.media.companions import chat_of, companions

    beside = companions(path)
    for each in beside.captions:
        media = workspace.shelf.attach_captions(media, each)
    return media, chat_of(beside)


def _decoded(source: BinaryIO) -> tuple[operations.AnyOperation, ...]:
    body = source.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Known("cli.bad_edits", reason=f"more than {MOST_BYTES} bytes")
    try:
        asked = msgspec.json.decode(body, type=tuple[operations.AnyOperation, ...])
        strange = tuple(wire.unknown_fields(msgspec.json.decode(body), asked))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Known("cli.bad_edits", reason=str(error)) from error
    if strange:
        # Left out without a word, a field with a slip of the pen would be an edit that does something else.
        raise Known("cli.bad_edits", reason=f"there is no field {strange[0]}")
    return asked


def _apply(document: Document, asked: Sequence[operations.AnyOperation]) -> tuple[operations.Edited, ...]:
    """Try all of it on the value first: the draft is written once, when nothing was refused."""
    done = edits.apply_all(document.webinar, asked)
    if done and done[-1].webinar is not document.webinar:
        document.replace(done[-1].webinar, "edit")
    return done


def _end(document: Document) -> int:
    return document.webinar.programme[-1].end_ms if document.webinar.programme else 0


def _told(edited: operations.Edited) -> dict[str, tuple[str, ...]]:
    return {name: getattr(edited, name) for name in ("moved", "trimmed", "created", "removed", "changed")}
