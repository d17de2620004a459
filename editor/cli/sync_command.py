"""The command `matinee sync`: exchange versions and notes with the server."""

from typing import TYPE_CHECKING, Annotated

import typer

from editor.cli.options import JsonOption, LibraryOption, print_json, print_line
from editor.errors import KnownError, messages
from editor.workspace import Workspace

if TYPE_CHECKING:
    from editor.sync.library_sync import SyncItem, SyncReport

STATE_TEXT = {
    "same": "up to date",
    "pushed": "sent to the server",
    "pulled": "received a colleague's version",
    "merged": "merged with a colleague's changes",
    "apart": "conflicts with a colleague's changes; choose a version in the window",
    "refused": "not synced",
}


def sync(
    fetch_missing: Annotated[
        bool, typer.Option("--fetch", help="Also download webinars that are only on the server.")
    ] = False,
    accept_restored: Annotated[
        bool, typer.Option("--accept", help="Accept a server that was restored from a backup.")
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send saved versions and notes to the server you are signed in to, and get your colleagues'."""
    from editor.sync.library_sync import accept_restored_hosting, fetch_webinar, sync_library

    with Workspace(library) as workspace:
        webinar_sync = workspace.open_sync()
        try:
            if accept_restored:
                accept_restored_hosting(webinar_sync)
            report = sync_library(webinar_sync)
            if report.was_restored:
                raise KnownError("sync.went_back", address=webinar_sync.client.base_url)
            downloaded = [fetch_webinar(webinar_sync, card.id) for card in report.remote_only] if fetch_missing else []
        finally:
            webinar_sync.client.close()
    if as_json:
        print_json(_report_to_json(report) | {"fetched": [version.webinar for version in downloaded]})
    else:
        for item in report.items:
            print_line(f"“{item.title}”: {STATE_TEXT[item.state]}.")
            if item.notice is not None:
                print_line(messages.format_message(item.notice.code, item.notice.facts), error=item.state == "refused")
        for card in report.remote_only:
            print_line(
                f"“{card.title}”: {'downloaded' if fetch_missing else 'only on the server (--fetch downloads it)'}."
            )
        if not report.items and not report.remote_only:
            print_line("There is nothing to sync: no version is saved here, and nothing is on the server.")
    if any(item.state in {"apart", "refused"} for item in report.items):
        raise typer.Exit(1)


def _report_to_json(report: "SyncReport") -> dict[str, object]:
    return {
        "epoch": report.epoch,
        "items": [_item_to_json(item) for item in report.items],
        "elsewhere": [{"id": card.id, "title": card.title} for card in report.remote_only],
    }


def _item_to_json(item: "SyncItem") -> dict[str, object]:
    notice = None if item.notice is None else {"code": item.notice.code, "facts": item.notice.facts}
    version = None if item.version is None else item.version.hash
    return {"id": item.webinar, "title": item.title, "state": item.state, "version": version, "known": notice}
