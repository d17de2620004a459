"""How a webinar compares with the server, as its card on Home shows it."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from editor.library.records import WebinarSummary
    from editor.sync.library_sync import SyncItem

SyncBadge = Literal["", "synced", "ahead", "apart", "refused"]
"""How a webinar compares with the server; empty where that is not known."""


def find_badge(item: "SyncItem | None", summary: "WebinarSummary") -> SyncBadge:
    """Return how a webinar compared with the server in the last exchange.

    Args:
        item: what that exchange did with the webinar; None if it was not part of one, which gives "".
        summary: the webinar as the library lists it now; "ahead" means that it has versions saved since.
    """
    if item is None:
        return ""
    if item.state == "apart":
        return "apart"
    if item.state == "refused":
        return "refused"
    return "ahead" if item.version is not None and item.version.ordinal < summary.versions else "synced"
