"""The library's shelves: what webinars there are, new ones, copies, putting them away and bringing them back."""

from typing import Annotated

import typer

from editor import timetext
from editor.cli.words import JsonOption, LibraryOption, WebinarArgument, answer, identify, tell
from editor.workspace import Workspace

TitleOption = Annotated[str | None, typer.Option("--title", help="What the copy is called.")]


def list_webinars(
    archived: Annotated[bool, typer.Option("--archived", help="Those that are archived instead.")] = False,
    deleted: Annotated[
        bool, typer.Option("--deleted", help="Those that are deleted instead; they are kept for 30 days.")
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the webinars of the library, the one edited last first."""
    with Workspace(library) as workspace:
        cards = workspace.library.cards(archived=archived, deleted=deleted)
    if as_json:
        answer(cards)
        return
    for card in cards:
        when = f"{card.start} {card.zone}" if card.start else "not planned yet"
        tell(f"{card.id}  {timetext.write(card.length_ms, exact=False)}  {when}  {card.title}")


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
        copied = identify(workspace, template) if template is not None else None
        made = workspace.new(title, zone=zone, start=start, template=copied)
    _made(made, as_json=as_json)


def duplicate(
    webinar: WebinarArgument,
    title: TitleOption = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy a webinar, its start and notes too, and print the copy's id."""
    with Workspace(library) as workspace:
        original = workspace.library.card(identify(workspace, webinar))
        made = workspace.duplicate(original.id, f"{original.title} (copy)" if title is None else title)
    _made(made, as_json=as_json)


def archive(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Put a webinar away; `matinee restore` brings it back."""
    with Workspace(library) as workspace:
        identity = identify(workspace, webinar)
        workspace.library.archive(identity, archived=True)
        _put(workspace, identity, as_json=as_json)


def delete(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Delete a webinar; for 30 days, `matinee restore` brings it back with its versions and notes."""
    with Workspace(library) as workspace:
        identity = identify(workspace, webinar)
        workspace.library.delete(identity, deleted=True)
        _put(workspace, identity, as_json=as_json)


def restore(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Bring an archived or deleted webinar back."""
    with Workspace(library) as workspace:
        identity = identify(workspace, webinar, put_away=True)
        workspace.library.delete(identity, deleted=False)
        workspace.library.archive(identity, archived=False)
        _put(workspace, identity, as_json=as_json)


def _made(identity: str, *, as_json: bool) -> None:
    answer({"id": identity}) if as_json else tell(identity)


def _put(workspace: Workspace, identity: str, *, as_json: bool) -> None:
    """Answer with the webinar as it is on its shelf now."""
    card = workspace.library.card(identity)
    if as_json:
        answer(card)
        return
    tell(f"{card.id}  {'deleted' if card.deleted else 'archived' if card.archived else 'current'}  {card.title}")
