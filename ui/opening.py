"""Opening a webinar in the library's thread: the draft, what was saved last, and which version that is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from editor.document import Document
from editor.schedule.model import Webinar

if TYPE_CHECKING:
    from editor.workspace import Workspace


@dataclass(frozen=True)
class Opened:
    """All that the window needs to show a webinar."""

    document: Document
    last_saved: Webinar | None
    """What the version holds that the draft goes on from; None before there is one."""
    version: int
    """The number of that version; 0 before there is one."""
    template: bool


def open_webinar(workspace: "Workspace", webinar_id: str) -> Opened:
    """Read a webinar.

    Raises:
        Known: ``library.*``, ``wire.newer``.
    """
    from editor.library.lines import newest_own

    document = workspace.open(webinar_id)
    own = newest_own(workspace.versions(webinar_id))
    card = workspace.library.card(webinar_id)
    return Opened(
        document=document,
        last_saved=workspace.last_saved(document) if own is not None else None,
        version=own.ordinal if own is not None else 0,
        template=card.template,
    )
