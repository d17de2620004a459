import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event

from editor.errors import KnownError
from editor.library.store import Library
from editor.schedule import serialization


def rename_webinar(webinar, title: str):
    return msgspec.structs.replace(webinar, title=title)


def test_a_draft_comes_back_as_it_was_stored(library, webinar) -> None:
    original = webinar(title="“Ünïcode” \n <b>'\"; DROP TABLE webinars; -- 🎬 עברית")
    assert library.create(original) == 1
    draft = library.load_draft("w")
    assert draft.webinar == original
    assert draft.rev == 1
    assert draft.unknown == ()
    assert draft.body == serialization.encode(original)


def test_each_edit_raises_the_revision_and_is_there_after_reopening(library, make_library, root, webinar) -> None:
    original = webinar()
    rev = library.create(original)
    for n in range(5):
        original = rename_webinar(original, f"title {n}")
        rev = library.store_draft(original, rev)
    assert rev == 6
    library.close()
    draft = make_library(root).load_draft("w")
    assert (draft.webinar, draft.rev) == (original, 6)


def test_a_draft_is_not_written_over_another_programs(library, make_library, root, webinar) -> None:
    original = webinar()
    rev = library.create(original)
    other = make_library(root)
    other.store_draft(rename_webinar(original, "theirs"), rev)
    with pytest.raises(KnownError) as error_info:
        library.store_draft(rename_webinar(original, "mine"), rev)
    assert error_info.value.code == "library.stale"
    assert error_info.value.facts == {"id": "w", "title": "theirs"}
    assert library.load_draft("w").webinar.title == "theirs"


def test_webinars_and_versions_that_are_not_there_are_named(library, webinar) -> None:
    for call in (
        lambda: library.load_draft("no"),
        lambda: library.load_summary("no"),
        lambda: library.save_version("no"),
        lambda: library.store_draft(webinar("no"), 1),
        lambda: library.set_archived("no", True),
        lambda: library.set_note("no", "s0", "x"),
        lambda: library.duplicate("no", "copy"),
    ):
        with pytest.raises(KnownError) as error_info:
            call()
        assert error_info.value.code == "library.no_webinar"
        assert error_info.value.facts["id"] == "no"
    with pytest.raises(KnownError, match=r"library\.no_version"):
        library.load_version("0" * 64)


def test_a_webinar_is_not_made_twice(library, webinar) -> None:
    library.create(webinar())
    with pytest.raises(KnownError, match=r"library\.exists"):
        library.create(webinar(title="again"))
    assert library.load_draft("w").webinar.title == "Welcome"


# -------------------------------------------------------------------------------------------------- cards


def test_a_card_tells_what_a_list_needs(library, webinar, clock) -> None:
    library.create(webinar(start="2026-12-24T18:00:00", zone="Europe/Paris", room="on_demand"))
    library.save_version("w", "first")
    card = library.load_summary("w")
    assert (card.title, card.start, card.zone, card.room) == (
        "Welcome",
        "2026-12-24T18:00:00",
        "Europe/Paris",
        "on_demand",
    )
    assert (card.length_ms, card.rev, card.versions, card.unsaved) == (5_500, 1, 1, False)
    assert (card.archived, card.deleted, card.template) == (False, False, False)
    assert card.edited_at == clock.time


def test_cards_are_told_without_decoding_a_draft(library, root, webinar) -> None:
    library.create(webinar())
    library.create(webinar("other", segments=0, title="Other"))
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = x'00'")
    connection.close()
    assert [card.title for card in library.list_webinars()] == ["Other", "Welcome"]
    assert [card.length_ms for card in library.list_webinars()] == [0, 5_500]


def test_what_was_edited_last_comes_first_even_when_the_clock_goes_backwards(library, webinar, clock) -> None:
    library.create(webinar("a", title="a"))
    library.create(webinar("b", title="b"))
    clock.advance(days=-400)
    assert library.store_draft(webinar("a", title="a, later"), 1) == 2
    clock.advance(days=-400)
    version_one = library.save_version("a")
    library.store_draft(webinar("a", title="a, latest"), 2)
    clock.advance(days=-400)
    version_two = library.save_version("a")
    assert [card.id for card in library.list_webinars()] == ["a", "b"]
    assert version_two.saved_at < version_one.saved_at
    assert library.list_versions("a") == (version_two, version_one)
    assert version_two.parents == (version_one.hash,)


def test_archive_template_and_delete_can_be_taken_back(library, webinar) -> None:
    for name in ("a", "b", "c"):
        library.create(webinar(name))
    library.set_archived("a", True)
    library.set_deleted("b", True)
    library.set_template("c", True)
    assert [card.id for card in library.list_webinars()] == ["c"]
    assert library.list_webinars()[0].template
    assert [card.id for card in library.list_webinars(archived=True)] == ["a"]
    assert [(card.id, card.deleted) for card in library.list_webinars(deleted=True)] == [("b", True)]
    library.set_archived("a", False)
    library.set_deleted("b", False)
    library.set_template("c", False)
    assert {card.id for card in library.list_webinars()} == {"a", "b", "c"}
    assert not any(card.template or card.deleted or card.archived for card in library.list_webinars())


def test_flags_do_not_make_an_open_draft_stale(library, webinar) -> None:
    rev = library.create(webinar())
    library.set_archived("w", True)
    library.set_template("w", True)
    assert library.store_draft(webinar(title="goes on"), rev) == 2


# ----------------------------------------------------------------------------------------------- versions


def test_versions_are_a_chain_known_by_content_and_parents(library, webinar, clock) -> None:
    original = webinar()
    rev = library.create(original)
    first = library.save_version("w", "first draft")
    later = rename_webinar(original, "Later")
    library.store_draft(later, rev)
    clock.advance(hours=1)
    second = library.save_version("w", "second")
    assert first.hash == serialization.hash_version(serialization.encode(original), ())
    assert second.hash == serialization.hash_version(serialization.encode(later), (first.hash,))
    assert library.list_versions("w") == (second, first)
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert (first.number, second.number) == (None, None)
    assert (second.note, second.saved_at) == ("second", clock.time)
    assert library.load_version(first.hash) == original
    assert library.load_version(second.hash) == later


def test_saving_what_is_saved_gives_the_same_version_unless_there_is_more_to_note(library, webinar) -> None:
    library.create(webinar())
    first = library.save_version("w", "as sent to the speaker")
    assert library.save_version("w") == first
    assert library.save_version("w", "as sent to the speaker") == first
    version_with_note = library.save_version("w", "as shown")
    assert version_with_note.parents == (first.hash,)
    assert library.load_version(version_with_note.hash) == library.load_version(first.hash)


def test_unsaved_means_that_the_draft_differs_from_the_last_version(library, webinar) -> None:
    original = webinar()
    rev = library.create(original)
    assert library.load_summary("w").unsaved
    library.save_version("w")
    assert not library.load_summary("w").unsaved
    rev = library.store_draft(rename_webinar(original, "Another"), rev)
    assert library.load_summary("w").unsaved
    rev = library.store_draft(rename_webinar(original, "Welcomf"), rev)  # as long as the saved one
    assert library.load_summary("w").unsaved
    library.store_draft(original, rev)  # undone
    assert not library.load_summary("w").unsaved


def test_only_what_was_seen_is_saved(library, webinar) -> None:
    original = webinar()
    rev = library.create(original)
    library.store_draft(rename_webinar(original, "theirs"), rev)
    with pytest.raises(KnownError, match=r"library\.stale"):
        library.save_version("w", expected=original)
    assert library.list_versions("w") == ()
    assert library.save_version("w", expected=rename_webinar(original, "theirs")).ordinal == 1


def test_the_hour_of_a_save_is_kept_in_utc(library, webinar) -> None:
    library.create(webinar())
    saved = library.save_version("w", now=datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC))
    assert saved.saved_at == datetime(2026, 3, 1, 12, 0, 0, 999_000, tzinfo=UTC)
    assert library.list_versions("w") == (saved,)


def test_a_version_that_is_not_what_was_saved_is_damage(library, root, webinar) -> None:
    library.create(webinar())
    saved = library.save_version("w")
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE versions SET body = CAST(replace(body, 'Welcome', 'Farewell') AS BLOB)")
    connection.close()
    with pytest.raises(KnownError, match=r"library\.damaged"):
        library.load_version(saved.hash)


# ---------------------------------------------------------------------------------- duplicates and notes


def test_a_duplicate_is_a_webinar_of_its_own_with_the_notes_and_without_the_versions(library, webinar) -> None:
    library.create(webinar(start="2026-12-24T18:00:00"))
    library.set_note("w", "s0", "breathe")
    library.save_version("w")
    copy = library.duplicate("w", "Second run")
    duplicate = library.load_draft(copy).webinar
    assert duplicate == msgspec.structs.replace(library.load_draft("w").webinar, id=copy, title="Second run")
    assert library.load_notes(copy) == {"s0": "breathe"}
    assert library.list_versions(copy) == ()
    library.store_draft(rename_webinar(duplicate, "Changed"), 1)
    library.set_note(copy, "s0", "smile")
    assert library.load_draft("w").webinar.title == "Welcome"
    assert library.load_notes("w") == {"s0": "breathe"}


def test_notes_lie_beside_the_webinar_and_make_no_version(library, webinar) -> None:
    rev = library.create(webinar())
    library.save_version("w")
    library.set_note("w", "s1", "pause here\n… and 🙂")
    library.set_note("w", "s2", "x")
    library.set_note("w", "s1", "pause longer")
    library.set_note("w", "s2", "")
    assert library.load_notes("w") == {"s1": "pause longer"}
    assert not library.load_summary("w").unsaved
    assert library.load_summary("w").rev == rev


# ---------------------------------------------------------------------------- what a newer program wrote


@pytest.fixture
def newer_webinar(library, root, webinar) -> bytes:
    """Return a draft with a field and a kind that this program does not know."""
    library.create(webinar())
    document = msgspec.json.decode(serialization.encode(webinar()))
    document["hologram"] = {"depth": 3}
    document["programme"].append({"kind": "hologram", "id": "h", "start_ms": 60_000})
    body = msgspec.json.encode(document)
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = ?", (body,))
    connection.close()
    return body


def test_what_is_unknown_in_a_draft_is_told_and_its_bytes_stay(library, newer_webinar) -> None:
    draft = library.load_draft("w")
    assert "hologram" in draft.unknown
    assert draft.body == newer_webinar
    with pytest.raises(KnownError) as error_info:
        library.duplicate("w", "copy")
    assert error_info.value.code == "library.unknown"
    saved = library.save_version("w", "kept as it is")
    with pytest.raises(KnownError, match=r"library\.unknown"):
        library.load_version(saved.hash)
    assert library.load_draft("w").body == newer_webinar


def test_a_draft_of_a_newer_format_is_refused_and_its_card_still_told(library, root, webinar) -> None:
    library.create(webinar())
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = ?", (b'{"format":999,"id":"w"}',))
    connection.close()
    with pytest.raises(KnownError, match=r"wire\.newer"):
        library.load_draft("w")
    assert library.list_webinars()[0].title == "Welcome"


def test_a_draft_that_is_no_webinar_is_damage(library, root, webinar) -> None:
    library.create(webinar())
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = x'7b00'")
    connection.close()
    with pytest.raises(KnownError) as error_info:
        library.load_draft("w")
    assert error_info.value.code == "library.damaged"
    assert error_info.value.facts["copies"] == str(root / "copies")


def test_a_new_webinar_keeps_the_bytes_it_came_in(library, newer_webinar) -> None:
    strange = newer_webinar.replace(b'"id":"w"', b'"id":"x"')
    decoded = serialization.decode(strange)
    library.create(decoded.webinar, body=strange, notes={"s0": "hello"})
    assert library.has_webinar("x")
    assert library.load_draft("x").body == strange
    assert library.load_notes("x") == {"s0": "hello"}


# ---------------------------------------------------------------------------------------------- statements


def test_an_edit_takes_one_short_transaction(library, webinar) -> None:
    rev = library.create(webinar())
    statements: list[str] = []
    event.listen(
        library._database._writer,
        "before_cursor_execute",
        lambda *arguments: statements.append(arguments[2].split(None, 2)[0]),
    )
    library.store_draft(webinar(title="one"), rev)
    assert statements == ["BEGIN", "PRAGMA", "SELECT", "UPDATE"]


def test_ten_thousand_segments_and_none(library, webinar) -> None:
    large, none = webinar("large", segments=10_000), webinar("none", segments=0)
    library.create(large)
    library.create(none)
    assert library.load_draft("large").webinar == large
    assert library.load_draft("none").webinar == none
    assert library.load_version(library.save_version("large").hash) == large


def test_a_library_has_a_home_whatever_its_name(make_library, tmp_path: Path, webinar) -> None:
    for name in ("with space", "quote'\"", "per%20cent", "q?mark#hash&x=1", "🎬 films", "שלום", "new\nline"):
        library: Library = make_library(tmp_path / name)
        library.create(webinar())
        assert (tmp_path / name / "library.db").is_file()
        assert library.make_daily_backup().parent == tmp_path / name / "copies"
