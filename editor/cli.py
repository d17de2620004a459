"""`matinee` without a window: the same core, for the terminal and for other programs.

Answers go to standard output (JSON with `--json`), everything else to standard error. Exit codes: 0 done · 1 it could
not be done, and why is said in a sentence · 2 the words were wrong · 3 `check` found errors.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from editor import sentences, timetext
from editor.document import Document
from editor.errors import Known
from editor.interchange import reference
from editor.schedule import build, compare, edits, operations, plans, rules, stage, wire
from editor.schedule.model import AnySegment, Webinar, kind_of
from editor.workspace import Workspace

FAILED = 1
USAGE = 2
FOUND_ERRORS = 3

program = typer.Typer(
    name="matinee",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Design automated webinars offline: the same core as the editor's, without a window.",
)

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", envvar="MATINEE_LIBRARY", metavar="DIR", help="The library; your own unless given."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
WebinarArgument = Annotated[str, typer.Argument(metavar="WEBINAR", help="Its id, the beginning of it, or its title.")]
TimeOption = Annotated[str, typer.Option("--at", metavar="TIME", help="A position: 0:12:03, 12:03, 723s, 12m.")]


# ------------------------------------------------------------------------------------------------- webinars


@program.command("list")
def list_webinars(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the webinars of the library."""
    with Workspace(library) as workspace:
        cards = workspace.library.cards()
    if as_json:
        _answer(cards)
        return
    for card in cards:
        when = f"{card.start} {card.zone}" if card.start else "not planned yet"
        typer.echo(f"{card.id}  {timetext.write(card.length_ms, exact=False)}  {when}  {card.title}")


@program.command()
def new(
    title: Annotated[str, typer.Argument(help="What the webinar is called.")],
    start: Annotated[str | None, typer.Option(help="Its local start: 2026-12-01T18:00:00.")] = None,
    zone: Annotated[str, typer.Option(help="Its IANA time zone.")] = "UTC",
    template: Annotated[str | None, typer.Option(metavar="WEBINAR", help="Begin with a copy of this one.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a webinar and print its id."""
    with Workspace(library) as workspace:
        copied = _identify(workspace, template) if template else None
        made = workspace.new(title, zone=zone, template=copied)
        if start is not None:
            workspace.open(made).apply(operations.Plan(start=start))
    _answer({"id": made}) if as_json else typer.echo(made)


@program.command("import")
def import_files(
    webinar: WebinarArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Media of any kind Matinee reads.")],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Where the first one begins; else after the end.")
    ] = None,
    mode: Annotated[str, typer.Option(help="normal, insert or overwrite.")] = "normal",
    recording: Annotated[bool, typer.Option("--recording", help="Videos come from another tool.")] = False,
    bin_only: Annotated[bool, typer.Option("--bin-only", help="Make them known, and place nothing.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take files in and lay them on the programme, one after another: all of them, or none."""
    with Workspace(library) as workspace:
        document = workspace.open(_identify(workspace, webinar))
        media = tuple(workspace.shelf.take(path.absolute()) for path in files)
        operation: operations.AnyOperation
        if bin_only:
            operation = operations.KnowMedia(media=media)
        else:
            begin = _time(at) if at is not None else _end(document.webinar)
            segments = build.sequence(media, begin, build.Defaults.of(workspace.settings), recording=recording)
            operation = operations.Add(segments=segments, media=media, mode=_mode(mode))
        edited = _apply(document, (operation,))[0]
    if as_json:
        _answer({"media": media, **_told(edited)})
        return
    for each in media:
        typer.echo(f"{each.sha256[:12]}  {each.kind}  {timetext.write(each.duration_ms)}  {each.name}")


@program.command()
def edit(
    webinar: WebinarArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON list of edits; - reads standard input.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Carry out a JSON list of edits, all or nothing; `matinee operations` tells what there is."""
    body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        asked = msgspec.json.decode(body, type=tuple[operations.AnyOperation, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Known("cli.bad_edits", reason=str(error)) from error
    with Workspace(library) as workspace:
        document = workspace.open(_identify(workspace, webinar))
        done = _apply(document, asked)
    if as_json:
        _answer([_told(each) for each in done])
        return
    for operation, each in zip(asked, done, strict=True):
        told = ", ".join(f"{name} {len(ids)}" for name, ids in _told(each).items() if ids)
        typer.echo(f"{operation.__struct_config__.tag}: {told or 'done'}")


@program.command()
def show(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Show a webinar: its plan and what lies on its two lanes."""
    with Workspace(library) as workspace:
        found = workspace.library.draft(_identify(workspace, webinar)).webinar
    if as_json:
        typer.echo(wire.encode(found).decode())
        return
    typer.echo(found.title)
    typer.echo(f"{found.start or 'not planned yet'} {found.zone} · {found.room} · chat: {found.chat} · {found.access}")
    for lane in ("programme", "interactions"):
        typer.echo(f"\n{lane}")
        for segment in found.lane(lane):
            typer.echo(f"  {_line(segment)}")
    typer.echo(f"\nlength {timetext.write(found.length_ms)}")


@program.command()
def check(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Say what stands in the way of publishing. Exit code 3 when there is an error among it."""
    with Workspace(library) as workspace:
        found = workspace.library.draft(_identify(workspace, webinar)).webinar
        states = {sha256: workspace.shelf.state(sha256) for sha256 in found.media}
        terms = plans.TERMS[workspace.settings["plan"]]
    problems = rules.preflight(found, terms=terms, now=datetime.now(UTC), media=states)
    if as_json:
        _answer([{**_plain(each), "sentence": sentences.sentence(each.code, each.facts)} for each in problems])
    else:
        for each in problems:
            where = f"{timetext.write(each.at_ms, exact=False)}  " if each.at_ms is not None else ""
            typer.echo(f"{each.severity}: {where}{sentences.sentence(each.code, each.facts)}")
        if not problems:
            typer.echo("Nothing stands in the way.")
    if any(each.severity == "error" for each in problems):
        raise typer.Exit(FOUND_ERRORS)


@program.command("stage")
def stage_command(
    webinar: WebinarArgument, at: TimeOption, library: LibraryOption = None, as_json: JsonOption = False
) -> None:
    """Say what an attendee sees and hears at a position."""
    position = _time(at)
    with Workspace(library) as workspace:
        found = workspace.library.draft(_identify(workspace, webinar)).webinar
    shown = stage.stage_at(found, position)
    if as_json:
        _answer(shown)
        return
    segment = found.find(shown.segment) if shown.segment else None
    what = _line(segment) if segment else "nothing"
    typer.echo(f"{timetext.write(position)}  {shown.phase}: {what}{' (held)' if shown.holding else ''}")
    for offer in shown.offers:
        above = found.find(offer.segment)
        typer.echo(f"  on top: {_line(above) if above else offer.segment}, {timetext.write(offer.left_ms)} left")


# ------------------------------------------------------------------------------------------------- versions


@program.command()
def save(
    webinar: WebinarArgument,
    note: Annotated[str, typer.Option(help="What this version is.")] = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an immutable version of the draft and print its hash."""
    with Workspace(library) as workspace:
        version = workspace.save(_identify(workspace, webinar), note)
    _answer(version) if as_json else typer.echo(version.hash)


@program.command()
def versions(
    webinar: WebinarArgument,
    compared: Annotated[
        str | None, typer.Option("--compare", metavar="VERSION", help="Say what the draft changed since then.")
    ] = None,
    restored: Annotated[
        str | None, typer.Option("--restore", metavar="VERSION", help="Make this version the draft again.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List a webinar's versions, the newest first; compare the draft with one, or go back to one."""
    with Workspace(library) as workspace:
        identity = _identify(workspace, webinar)
        kept = workspace.library.versions(identity)
        chosen = compared or restored
        found = tuple(each for each in kept if chosen is not None and each.hash.startswith(chosen))
        if chosen is not None and len(found) != 1:
            raise Known("cli.no_version", name=chosen)
        if restored is not None:
            workspace.restore(workspace.open(identity), found[0].hash)
            kept = found
        differences: tuple[compare.Difference, ...] = ()
        if compared is not None:
            draft = workspace.library.draft(identity).webinar
            differences = compare.compare(workspace.library.version(found[0].hash), draft)
    if compared is not None:
        told = [sentences.sentence(each.code, each.facts) for each in differences]
        _answer(told) if as_json else typer.echo("\n".join(told) or "Nothing changed.")
    elif as_json:
        _answer(kept)
    else:
        for each in kept:
            typer.echo(f"{each.hash[:12]}  {each.saved_at:%Y-%m-%d %H:%M} UTC  {each.note}")


# ---------------------------------------------------------------------------------------------------- files


@program.command()
def export(
    webinar: WebinarArgument,
    file: Annotated[Path, typer.Argument(help="The bundle to write: NAME.matinee")],
    media: Annotated[bool, typer.Option("--media", help="Put the media into it, too.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a webinar into a .matinee bundle."""
    with Workspace(library) as workspace:
        workspace.export(_identify(workspace, webinar), file, with_media=media)
    _answer({"file": str(file), "size": file.stat().st_size}) if as_json else typer.echo(str(file))


@program.command()
def load(
    file: Annotated[Path, typer.Argument(help="A .matinee bundle.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a .matinee bundle into the library, as a webinar of its own, and print its id."""
    with Workspace(library) as workspace:
        made = workspace.load(file)
    _answer({"id": made}) if as_json else typer.echo(made)


@program.command()
def relink(
    webinar: WebinarArgument,
    places: Annotated[list[Path], typer.Argument(metavar="PLACE...", help="Files, or folders to look through.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the media a webinar misses, by their content, under whatever name."""
    with Workspace(library) as workspace:
        known = workspace.library.draft(_identify(workspace, webinar)).webinar.media
        missing = {sha256 for sha256 in known if workspace.shelf.state(sha256) == "missing"}
        found = workspace.shelf.relink([place.absolute() for place in places], missing)
    if as_json:
        _answer(
            {"found": {sha256: str(path) for sha256, path in found.items()}, "missing": sorted(missing - set(found))}
        )
        return
    for sha256, path in found.items():
        typer.echo(f"found    {known[sha256].name}: {path}")
    for sha256 in sorted(missing - set(found)):
        typer.echo(f"missing  {known[sha256].name}")


@program.command("operations")
def operations_command() -> None:
    """Print every edit operation with its fields, as Markdown (docs/edits.md)."""
    typer.echo(reference.page(), nl=False)


# -------------------------------------------------------------------------------------------------- helpers


def _identify(workspace: Workspace, name: str) -> str:
    cards = workspace.library.cards()
    found = [card.id for card in cards if card.id == name] or [card.id for card in cards if card.title == name]
    found = found or [card.id for card in cards if name and card.id.startswith(name)]
    if not found:
        raise Known("cli.no_webinar", name=name)
    if len(found) > 1:
        raise Known("cli.several", name=name, ids=tuple(each[:12] for each in found))
    return found[0]


def _apply(document: Document, asked: Sequence[operations.AnyOperation]) -> tuple[operations.Edited, ...]:
    """Try all of it on the value first: the draft is written once, when nothing was refused."""
    done = edits.apply_all(document.webinar, asked)
    if done:
        document.replace(done[-1].webinar, "edit")
    return done


def _time(text: str) -> int:
    found = timetext.read(text)
    if found is None:
        raise Known("cli.bad_time", text=text)
    return found


def _mode(text: str) -> operations.Mode:
    if text not in {"normal", "insert", "overwrite"}:
        raise typer.BadParameter("The mode is normal, insert or overwrite.", param_hint="--mode")
    return text  # type: ignore[return-value]


def _end(webinar: Webinar) -> int:
    return webinar.programme[-1].end_ms if webinar.programme else 0


def _line(segment: AnySegment) -> str:
    span = f"{timetext.write(segment.start_ms)} – {timetext.write(segment.end_ms)}"
    return f"{segment.id[:8]}  {span}  {kind_of(segment)}  {segment.title}"


def _told(edited: operations.Edited) -> dict[str, tuple[str, ...]]:
    return {name: getattr(edited, name) for name in ("moved", "trimmed", "created", "removed")}


def _plain(value: object) -> Any:
    return msgspec.to_builtins(value, enc_hook=str)


def _answer(value: object) -> None:
    typer.echo(msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode())


def _fail(code: str, facts: Mapping[str, object], *, as_json: bool) -> int:
    told = sentences.sentence(code, facts)
    if as_json:
        _answer({"error": {"code": code, "sentence": told, "facts": facts}})
    else:
        typer.echo(told, err=True)
    return FAILED


# --------------------------------------------------------------------------------------------------- running


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and return the exit code; no traceback ever reaches the terminal."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = program(given, prog_name="matinee", standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return FAILED
    except Known as failure:
        return _fail(failure.code, failure.facts, as_json="--json" in given)
    except typer.TyperException as wrong:
        typer.echo(f"{wrong} (`matinee --help` lists the commands)", err=True)
        return USAGE
    except OSError as failure:
        facts = {"path": str(failure.filename or ""), "reason": failure.strerror or str(failure)}
        return _fail("cli.unreadable", facts, as_json="--json" in given)
    except Exception:  # noqa: BLE001 - the one funnel for bugs
        # A bug of ours: the terminal gets one sentence, and the traceback goes where a report can be made from it.
        return _fail("cli.bug", {"path": str(_keep_traceback())}, as_json="--json" in given)
    return code if isinstance(code, int) else 0


def _keep_traceback() -> Path:
    handle, path = tempfile.mkstemp(prefix="matinee-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        traceback.print_exc(file=log)
    return Path(path)


def run() -> None:
    """The console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
