"""Loads a webinar in the library's thread: the draft, what was saved last, and the number of that version."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from editor.document import Document
from editor.schedule.model import Webinar

if TYPE_CHECKING:
    from editor.workspace import Workspace


@dataclass(frozen=True)
class LoadedWebinar:
    """A webinar as `load_webinar` read it from the library: its draft and the version that the draft is based on.

    Immutable, but for `document`, which is used in the library's thread alone.
    """

    document: Document
    last_saved: Webinar | None
    """Content of the version the draft is based on; None before there is one."""
    version: int
    """Number of that version; 0 before there is one."""
    saved_at: datetime | None
    """When that version was saved (aware); None before there is one."""
    is_template: bool


def load_webinar(workspace: "Workspace", webinar_id: str) -> LoadedWebinar:
    """Read a webinar from the library; it blocks, and is called in the library's thread.

    Raises:
        KnownError: ``library.*``: the webinar cannot be read. ``wire.newer``: it was made with a newer Matinee.
    """
    from editor.library.ancestry import find_draft_base

    document = workspace.open(webinar_id)
    head = find_draft_base(workspace.list_versions(webinar_id))
    summary = workspace.library.load_summary(webinar_id)
    return LoadedWebinar(
        document=document,
        last_saved=workspace.load_last_saved(document) if head is not None else None,
        version=head.ordinal if head is not None else 0,
        saved_at=head.saved_at if head is not None else None,
        is_template=summary.template,
    )
