"""Commands about versions, bundles and the daily backups of the library."""

from pathlib import Path
from typing import Annotated

import typer

from editor.cli.options import JsonOption, LibraryOption, WebinarArgument, find_webinar_id, print_json, print_line
from editor.errors import KnownError, messages
from editor.workspace import Workspace


def save(
    webinar: WebinarArgument,
    note: Annotated[str, typer.Option(help="A note about this version.")] = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save the draft as a version and print its hash."""
    with Workspace(library) as workspace:
        version = workspace.save_version(find_webinar_id(workspace, webinar), note)
    print_json(version) if as_json else print_line(version.hash)


def manage_versions(
    webinar: WebinarArgument,
    compare_with: Annotated[
        str | None,
        typer.Option("--compare", metavar="VERSION", help="Show what has changed in the draft since this version."),
    ] = None,
    restore_to: Annotated[
        str | None, typer.Option("--restore", metavar="VERSION", help="Make this version the draft again.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List a webinar's versions, newest first; compare the draft with one, or restore one."""
    if compare_with is not None and restore_to is not None:
        raise typer.BadParameter("Use either --compare or --restore.", param_hint="--compare, --restore")
    with Workspace(library) as workspace:
        webinar_id = find_webinar_id(workspace, webinar)
        listed = workspace.list_versions(webinar_id)
        chosen = compare_with if restore_to is None else restore_to
        if chosen is not None:
            matches = [each for each in listed if chosen and each.hash.startswith(chosen)]
            if len(matches) != 1:
                raise KnownError("cli.no_version", name=chosen)
            listed = (matches[0],)
        if restore_to is not None:
            workspace.restore_version(workspace.open(webinar_id), listed[0].hash)
        if compare_with is not None:
            differences = workspace.compare(listed[0].hash, workspace.library.load_draft(webinar_id).webinar)
            _print_changes([messages.format_message(each.code, each.facts) for each in differences], as_json=as_json)
            return
    if as_json:
        print_json(listed)
        return
    for each in listed:
        print_line(f"{each.hash[:12]}  {each.saved_at:%Y-%m-%d %H:%M} UTC  {each.note}")


def _print_changes(changes: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(changes)
        return
    for each in changes or ["Nothing changed."]:
        print_line(each)


def export_bundle(
    webinar: WebinarArgument,
    file: Annotated[Path, typer.Argument(help="The bundle to write: NAME.matinee")],
    media: Annotated[bool, typer.Option("--media", help="Include the media.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Export a webinar's draft and notes as a .matinee bundle.

    A file that is there is replaced once the bundle is complete. Captions are always included.
    """
    with Workspace(library) as workspace:
        missing = workspace.export_bundle(find_webinar_id(workspace, webinar), file, with_media=media)
    if as_json:
        print_json({"file": file, "size": file.stat().st_size, "missing": missing})
        return
    print_line(str(file))
    if missing:
        print_line(messages.format_message("cli.left_out", {"count": len(missing)}), error=True)


def import_bundle(
    file: Annotated[Path, typer.Argument(help="A .matinee bundle.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a .matinee bundle with its media as a new webinar and print its id."""
    with Workspace(library) as workspace:
        webinar_id = workspace.import_bundle(file)
    print_json({"id": webinar_id}) if as_json else print_line(webinar_id)


def list_backups(
    make: Annotated[bool, typer.Option("--make", help="Make today's backup first, unless there is one.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the daily backups of the library, newest first. The window makes one a day."""
    with Workspace(library) as workspace:
        if make:
            workspace.library.make_daily_backup()
        backups = workspace.list_backups()
    if as_json:
        print_json([{"name": each.name, "file": each, "size": each.stat().st_size} for each in backups])
        return
    for each in backups:
        print_line(f"{each.name}  {each.stat().st_size:>12,} bytes")


def restore_backup(
    copy: Annotated[
        str | None, typer.Argument(metavar="[COPY]", help="The name of the backup; by default the newest intact one.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Restore the library from a daily backup; the present one is moved aside, never deleted."""
    with Workspace(library) as workspace:
        chosen = None
        if copy is not None:
            chosen = next((each for each in workspace.list_backups() if copy in {each.name, str(each)}), None)
            if chosen is None:
                raise KnownError("cli.no_copy", name=copy)
        restored, aside_folder = workspace.restore_backup(chosen)
    if as_json:
        print_json({"copy": restored, "aside": aside_folder})
        return
    print_line(f"{restored.name} is the library now. The former one was moved to {aside_folder}")
