"""Versions from a hosting that were applied to a draft, and what undo and redo make of that.

After a version is applied, the draft continues from it. If that is undone, the draft continues from its former base:
otherwise the next save would claim to contain a colleague's work that it does not. Undo stores a draft like any other
edit, so an applied version keeps the hashes of the drafts before and after.
"""

import hashlib

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from editor.library.tables import lines, versions

_IS_APPLIED = lines.c.draft_after.is_not(None)
SELECT_APPLIED = select(lines).join(versions).where(versions.c.webinar == bindparam("id"), _IS_APPLIED)
"""A webinar's versions whose taking in can be undone."""
_UPDATE_LINE = update(lines).where(lines.c.version == bindparam("of")).values(line=bindparam("to"))


def mark_applied(connection: Connection, version_hash: str, body_before: bytes, body_after: bytes) -> None:
    """Record that a version was applied to the draft, which continues from it now.

    Args:
        connection: A writing transaction.
        version_hash: The version.
        body_before: The stored bytes of the draft before.
        body_after: The stored bytes of the draft that contains it. If they are the same, undo does not matter.
    """
    hashes = (None, None) if body_before == body_after else (_sha256(body_before), _sha256(body_after))
    columns = {"line": "own", "draft_before": hashes[0], "draft_after": hashes[1]}
    row = insert(lines).values(version=version_hash, **columns)
    connection.execute(row.on_conflict_do_update(index_elements=["version"], set_=columns))


def update_applied_lines(connection: Connection, webinar_id: str, body: bytes) -> None:
    """Update whether each applied version is in the draft, as undo and redo take it out and bring it back.

    A draft from before the version was applied does not contain it any more; one from after contains it again.

    Args:
        connection: The writing transaction that stores the draft.
        webinar_id: The webinar.
        body: The bytes of the draft being stored.
    """
    draft_hash = _sha256(body)
    for row in connection.execute(SELECT_APPLIED, {"id": webinar_id}).all():
        if row.line == "pulled" and row.draft_after == draft_hash:
            connection.execute(_UPDATE_LINE, {"of": row.version, "to": "own"})
        elif row.line == "own" and row.draft_before == draft_hash:
            connection.execute(_UPDATE_LINE, {"of": row.version, "to": "pulled"})


def clear_draft_hashes(connection: Connection, webinar_id: str) -> None:
    """Make the applied versions of a webinar permanent, in a writing transaction, because a version was saved.

    Undo then does not take them out of the draft any more (`update_applied_lines`).
    """
    version_hashes = select(versions.c.hash).where(versions.c.webinar == webinar_id)
    conditions = lines.c.version.in_(version_hashes), _IS_APPLIED
    connection.execute(update(lines).where(*conditions).values(draft_before=None, draft_after=None))


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
