"""A hosting of version 0.1 with data of every kind, restored from its golden dump.

The dump was made by the routes of version 0.1 with a manual clock, and no program of today can make it again. It has
two accounts with tokens, seven webinars (one deleted, one of the second account under the same id as one of the
first), versions, notes, media, an unfinished upload, and a session of every state with log rows of every kind. The
media's files are not part of it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from hosting.db.data_folder import DATABASE_FILE

DUMP = Path(__file__).parents[1] / "golden" / "hosting_0_1.sql"
MADE_UNTIL = 1_790_000_252_000
"""The server time at which version 0.1 was stopped, in milliseconds since the epoch."""
OWNER = {"email": "owner@example.org", "password": "correct horse"}
OWNER_ID = "ecde2b6f797331ce1a2add07e546ffdb"
SECOND_OWNER = {"email": "bea@example.org", "password": "another horse"}
SECOND_OWNER_ID = "ff8eef7afcd7edd25fadd990eabfbded"
FIRST_TOKEN = "version-0-1-secret-0004-xxxxxxxxxxxxxxxxxxx"
"""The owner's first token, from creating the account."""
LAPTOP_TOKEN = "version-0-1-secret-0005-xxxxxxxxxxxxxxxxxxx"
"""The owner's second token, of the device "laptop"."""
SECOND_OWNER_TOKEN = "version-0-1-secret-0007-xxxxxxxxxxxxxxxxxxx"
ATTENDEE_TOKEN = "version-0-1-secret-0021-xxxxxxxxxxxxxxxxxxx"
"""Anna's, an attendee of the session `OVER`."""
OVER = "9ec55404b44b8230e19528d6677bafd3"
"""Ran to its end, with rows of every kind: offers, clicks, answers, messages, decisions, trouble, controls."""
ENDED = "bcb9cc87708724240b7ddd74ae168edf"
"""Ended by the team."""
PLANNED = "e25a0418b8cf5caf904f269e07b64343"
"""Planned, then rescheduled, then given another version."""
CANCELLED = "fa0ed0a4ada642338fc2375d878f5658"
PAID = "3bb4f7f50164153da9ff811889831080"
"""Planned, of a paid webinar, which nobody can enter."""
ON_DEMAND = "f6cc85443b506e42f344de031433cf6b"
ANSWERED_LATER = "3efda3b977f634565518038da7742608"
"""Ended, with a message that waits for an answer."""
SECOND_OWNERS_SESSION = "d613c4cc408854da809c1062fe8cd5ba"
ENDED_BY_CLOCK = "0e18104d98f119ebac861e9f477705a1"
"""Stored as over although it runs: the machine's clock was 20 minutes ahead for 6 s."""
HELD = "085b1bb939145c385a84765f030319a0"
RUNNING = "793542c0b84290d70e7c42575c345181"


def restore_version_0_1(folder: Path) -> None:
    """Write the database of version 0.1 to a data folder, as that version left it: it is not migrated yet."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection:
        connection.executescript(DUMP.read_text("utf-8"))


def restore_first_revision(folder: Path) -> None:
    """Write the same data to a data folder as the first revision of the database has them, so that they are migrated.

    Version 0.1 ended with the second revision, which added a column.
    """
    restore_version_0_1(folder)
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection:
        connection.execute("ALTER TABLE webinar DROP COLUMN version")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
