"""Bringing the library and its hosting together, without a window."""

from typing import TYPE_CHECKING, Annotated

import typer

from editor import sentences
from editor.cli.words import JsonOption, LibraryOption, answer, tell
from editor.errors import Known
from editor.workspace import Workspace

if TYPE_CHECKING:
    from editor.sync.exchange import Item, Report

DONE = {
    "same": "the same on both sides",
    "pushed": "sent",
    "pulled": "a colleague's version has come",
    "merged": "a colleague's changes and yours were put together",
    "apart": "changed on both sides in ways that do not go together; choose in the window which holds",
    "refused": "not synced",
}


def sync(
    fetched: Annotated[bool, typer.Option("--fetch", help="Get what is on the hosting alone, too.")] = False,
    accepted: Annotated[
        bool, typer.Option("--accept", help="Go on with a hosting that was restored from a backup.")
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring saved versions and notes to the hosting one is signed in to, and what colleagues did back."""
    from editor.sync.exchange import accept, exchange, fetch

    with Workspace(library) as workspace:
        hosting = workspace.hosting()
        try:
            if accepted:
                accept(hosting)
            report = exchange(hosting)
            if report.went_back:
                raise Known("sync.went_back", address=hosting.client.base_url)
            got = [fetch(hosting, card.id) for card in report.elsewhere] if fetched else []
        finally:
            hosting.client.close()
    if as_json:
        answer(_plain(report) | {"fetched": [version.webinar for version in got]})
    else:
        for item in report.items:
            tell(f"“{item.title}”: {DONE[item.state]}.")
            if item.known is not None:
                tell(sentences.sentence(item.known.code, item.known.facts), error=item.state == "refused")
        for card in report.elsewhere:
            tell(f"“{card.title}”: {'fetched' if fetched else 'only on the hosting (--fetch gets it)'}.")
        if not report.items and not report.elsewhere:
            tell("There is nothing to sync: no version is saved here, and nothing is on the hosting.")
    if any(item.state in {"apart", "refused"} for item in report.items):
        raise typer.Exit(1)


def _plain(report: "Report") -> dict[str, object]:
    return {
        "epoch": report.epoch,
        "items": [_told(item) for item in report.items],
        "elsewhere": [{"id": card.id, "title": card.title} for card in report.elsewhere],
    }


def _told(item: "Item") -> dict[str, object]:
    known = None if item.known is None else {"code": item.known.code, "facts": item.known.facts}
    version = None if item.version is None else item.version.hash
    return {"id": item.webinar, "title": item.title, "state": item.state, "version": version, "known": known}
