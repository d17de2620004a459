"""What an older program stored is compared as a value: opening and saving it again makes no new version."""

import sqlite3
from contextlib import closing

import msgspec
import pytest

from editor.errors import KnownError
from editor.schedule import serialization


def to_format_1(body):
    """Return a document without fades as a program of format 1 wrote it."""
    assert body.count(b'"format":2') == 1
    return body.replace(b'"format":2', b'"format":1')


def make_old_library(make_library, root, webinar):
    """Make a library whose draft, saved once, is of format 1, and return the hash of that version."""
    library = make_library(root)
    library.create(webinar())
    library.save_version("w", "first")
    library.close()
    body = to_format_1(serialization.encode(webinar()))
    version_hash = serialization.hash_version(body, ())
    with closing(sqlite3.connect(root / "library.db")) as connection, connection:
        connection.execute("UPDATE webinars SET body = ?", (body,))
        connection.execute("UPDATE versions SET body = ?, hash = ?, size = ?", (body, version_hash, len(body)))
    return version_hash


def test_a_library_of_format_1_comes_up_whole_and_keeps_its_bytes_and_hashes(make_library, root, webinar):
    old = make_old_library(make_library, root, webinar)
    library = make_library(root)
    draft = library.load_draft("w")
    assert (draft.webinar, draft.unknown) == (webinar(), ())
    assert draft.body == to_format_1(serialization.encode(webinar()))
    assert library.load_version(old) == webinar()
    assert not library.load_summary("w").unsaved


def test_saving_again_what_format_1_holds_makes_no_version(make_library, root, webinar):
    old = make_old_library(make_library, root, webinar)
    library = make_library(root)
    assert library.save_version("w", expected=library.load_draft("w").webinar).hash == old
    library.store_draft(webinar(title="Other"), 1)
    assert library.load_summary("w").unsaved
    library.store_draft(webinar(), 2)
    assert not library.load_summary("w").unsaved, "the edit was undone"
    assert library.save_version("w").hash == old
    assert len(library.list_versions("w")) == 1


def test_an_edit_of_what_format_1_holds_is_a_version_in_the_present_format(make_library, root, webinar):
    old = make_old_library(make_library, root, webinar)
    library = make_library(root)
    with pytest.raises(KnownError, match=r"library\.stale"):
        library.save_version("w", expected=webinar(title="Other"))
    library.store_draft(webinar(title="Other"), 1)
    saved = library.save_version("w")
    assert saved.parents == (old,)
    assert library.load_draft("w").body == serialization.encode(webinar(title="Other"))
    assert library.load_version(saved.hash) == msgspec.structs.replace(webinar(), title="Other")
    assert library.load_version(old) == webinar()
