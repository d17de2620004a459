"""Whether a draft is equal to a saved version: compared by value, since one may be stored in an older format.

Stored bytes are never rewritten, because a version is named by the hash of its bytes. What an older program saved is
therefore encoded in the current format for a comparison.
"""

import hashlib
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from editor.errors import KnownError
from editor.library.db_errors import make_damaged_error
from editor.library.tables import versions
from editor.schedule import serialization


class DraftComparison:
    """The comparison of drafts with the latest versions of their webinars, for the library in one file.

    Args:
        path: The library's file, named by errors.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._upgraded_hashes: dict[str, str] = {}
        """By a version's hash: the SHA-256 of its document in the current format; empty if it has that format."""

    def to_current_format(self, body: bytes, webinar_id: str) -> bytes:
        """Return a stored document in the current format, or as it is where this program does not know all of it.

        Raises:
            KnownError: ``wire.newer`` where a later program wrote it; ``library.damaged`` where it is no webinar.
        """
        try:
            return serialization.to_current_format(body)
        except KnownError as error:
            if error.code == "wire.newer":
                raise
            raise make_damaged_error(self._path, f"webinar {webinar_id}") from error

    def is_same(self, connection: Connection, body: bytes, latest: RowMapping | None) -> bool:
        """Return whether a draft is equal to the latest version; False where there is none.

        A version of an older format is read and encoded once; afterwards its hash is remembered.

        Args:
            connection: A transaction.
            body: The draft's document, in the current format.
            latest: The version, without its document.

        Raises:
            KnownError: As `to_current_format`.
        """
        if latest is None:
            return False
        # Lengths are compared first, because hashing 2 MB takes 1 ms.
        if latest["size"] == len(body):
            version_hash = serialization.hash_version(body, tuple(latest["parents"].split()))
            if version_hash == latest["hash"]:
                return True
        upgraded_hash = self._find_upgraded_hash(connection, latest)
        return bool(upgraded_hash) and hashlib.sha256(body).hexdigest() == upgraded_hash

    def _find_upgraded_hash(self, connection: Connection, latest: RowMapping) -> str:
        version_hash = latest["hash"]
        if version_hash not in self._upgraded_hashes:
            query = select(versions.c.body).where(versions.c.hash == version_hash)
            stored = bytes(connection.execute(query).scalar_one())
            current = self.to_current_format(stored, latest["webinar"])
            self._upgraded_hashes[version_hash] = "" if current == stored else hashlib.sha256(current).hexdigest()
        return self._upgraded_hashes[version_hash]
