"""Commands about whole webinars: list, create, duplicate, archive, delete and restore them."""

from typing import Annotated

import typer

from editor import time_format
from editor.cli.options import JsonOption, LibraryOption, WebinarArgument, find_webinar_id, print_json, print_line
from editor.library.records import RESTORABLE_FOR
from editor.workspace import Workspace

TitleOption = Annotated[str | None, typer.Option("--title", help="The title of the copy.")]


def list_webinars(
    archived: Annotated[bool, typer.Option("--archived", help="List the archived ones instead.")] = False,
    deleted: Annotated[
        bool,
        typer.Option("--deleted", help=f"List the deleted ones instead; they are kept for {RESTORABLE_FOR.days} days."),
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the webinars of the library, the last edited first."""
    with Workspace(library) as workspace:
        summaries = workspace.library.list_webinars(archived=archived, deleted=deleted)
    if as_json:
        print_json(summaries)
        return
    for summary in summaries:
        when = f"{summary.start} {summary.zone}" if summary.start else "no date yet"
        print_line(f"{summary.id}  {time_format.format_time(summary.length_ms, exact=False)}  {when}  {summary.title}")


def create_webinar(
    title: Annotated[str, typer.Argument(help="The title of the webinar.")],
    start: Annotated[str | None, typer.Option(help="Its local start: 2026-12-01T18:00:00.")] = None,
    zone: Annotated[str, typer.Option(help="Its IANA time zone.")] = "UTC",
    template: Annotated[str | None, typer.Option(metavar="WEBINAR", help="Start with a copy of this webinar.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Create a webinar and print its id."""
    with Workspace(library) as workspace:
        template_id = find_webinar_id(workspace, template) if template is not None else None
        webinar_id = workspace.create_webinar(title, zone=zone, start=start, template=template_id)
    _print_id(webinar_id, as_json=as_json)


def duplicate(
    webinar: WebinarArgument,
    title: TitleOption = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Duplicate a webinar, with its start and notes, and print the copy's id."""
    with Workspace(library) as workspace:
        original = workspace.library.load_summary(find_webinar_id(workspace, webinar))
        copy_id = workspace.duplicate(original.id, f"{original.title} (copy)" if title is None else title)
    _print_id(copy_id, as_json=as_json)


def archive(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Archive a webinar; `matinee restore` brings it back."""
    with Workspace(library) as workspace:
        webinar_id = find_webinar_id(workspace, webinar)
        workspace.library.set_archived(webinar_id, archived=True)
        _print_state(workspace, webinar_id, as_json=as_json)


def delete(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Delete a webinar; `matinee restore` brings it back with its notes while `matinee list --deleted` lists it."""
    with Workspace(library) as workspace:
        webinar_id = find_webinar_id(workspace, webinar)
        workspace.library.set_deleted(webinar_id, deleted=True)
        _print_state(workspace, webinar_id, as_json=as_json)


def restore(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Restore an archived or deleted webinar."""
    with Workspace(library) as workspace:
        webinar_id = find_webinar_id(workspace, webinar, is_put_away=True)
        workspace.library.set_deleted(webinar_id, deleted=False)
        workspace.library.set_archived(webinar_id, archived=False)
        _print_state(workspace, webinar_id, as_json=as_json)


def _print_id(webinar_id: str, *, as_json: bool) -> None:
    print_json({"id": webinar_id}) if as_json else print_line(webinar_id)


def _print_state(workspace: Workspace, webinar_id: str, *, as_json: bool) -> None:
    """Print whether a webinar is current, archived or deleted now."""
    summary = workspace.library.load_summary(webinar_id)
    if as_json:
        print_json(summary)
        return
    print_line(
        f"{summary.id}  {'deleted' if summary.deleted else 'archived' if summary.archived else 'current'}  "
        f"{summary.title}"
    )
