"""What is kept: versions, bundles to give away, and the daily copies of the library."""

from pathlib import Path
from typing import Annotated

import typer

from editor import sentences
from editor.cli.words import JsonOption, LibraryOption, WebinarArgument, answer, identify, tell
from editor.errors import Known
from editor.workspace import Workspace


def save(
    webinar: WebinarArgument,
    note: Annotated[str, typer.Option(help="What this version is.")] = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an immutable version of the draft and print its hash."""
    with Workspace(library) as workspace:
        version = workspace.save(identify(workspace, webinar), note)
    answer(version) if as_json else tell(version.hash)


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
    if compared is not None and restored is not None:
        raise typer.BadParameter("Compare with a version, or go back to one.", param_hint="--compare, --restore")
    with Workspace(library) as workspace:
        identity = identify(workspace, webinar)
        kept = workspace.versions(identity)
        chosen = compared if restored is None else restored
        if chosen is not None:
            found = [each for each in kept if chosen and each.hash.startswith(chosen)]
            if len(found) != 1:
                raise Known("cli.no_version", name=chosen)
            kept = (found[0],)
        if restored is not None:
            workspace.restore(workspace.open(identity), kept[0].hash)
        if compared is not None:
            differences = workspace.compare(kept[0].hash, workspace.library.draft(identity).webinar)
            _compared([sentences.sentence(each.code, each.facts) for each in differences], as_json=as_json)
            return
    if as_json:
        answer(kept)
        return
    for each in kept:
        tell(f"{each.hash[:12]}  {each.saved_at:%Y-%m-%d %H:%M} UTC  {each.note}")


def _compared(changes: list[str], *, as_json: bool) -> None:
    if as_json:
        answer(changes)
        return
    for each in changes or ["Nothing changed."]:
        tell(each)


def export(
    webinar: WebinarArgument,
    file: Annotated[Path, typer.Argument(help="The bundle to write: NAME.matinee")],
    media: Annotated[bool, typer.Option("--media", help="Put the media into it, too.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a webinar into a .matinee bundle."""
    with Workspace(library) as workspace:
        missing = workspace.export(identify(workspace, webinar), file, with_media=media)
    if as_json:
        answer({"file": file, "size": file.stat().st_size, "missing": missing})
        return
    tell(str(file))
    if missing:
        tell(sentences.sentence("cli.left_out", {"count": len(missing)}), error=True)


def load(
    file: Annotated[Path, typer.Argument(help="A .matinee bundle.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a .matinee bundle into the library, as a webinar of its own, and print its id."""
    with Workspace(library) as workspace:
        made = workspace.load(file)
    answer({"id": made}) if as_json else tell(made)


def copies(
    make: Annotated[bool, typer.Option("--make", help="Make today's first, unless there is one.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the daily copies of the library, the newest first. The window makes one a day by itself."""
    with Workspace(library) as workspace:
        if make:
            workspace.library.daily_copy()
        found = workspace.copies()
    if as_json:
        answer([{"name": each.name, "file": each, "size": each.stat().st_size} for each in found])
        return
    for each in found:
        tell(f"{each.name}  {each.stat().st_size:>12,} bytes")


def restore_copy(
    copy: Annotated[
        str | None, typer.Argument(metavar="[COPY]", help="Which one, by its name; else the newest that is whole.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a daily copy in the library's place; what was there is moved aside, never deleted."""
    with Workspace(library) as workspace:
        chosen = None
        if copy is not None:
            chosen = next((each for each in workspace.copies() if copy in {each.name, str(each)}), None)
            if chosen is None:
                raise Known("cli.no_copy", name=copy)
        restored, aside = workspace.restore_copy(chosen)
    if as_json:
        answer({"copy": restored, "aside": aside})
        return
    tell(f"{restored.name} is the library now; what was in its place lies in {aside}")
