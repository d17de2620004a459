import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event

from editor.errors import Known
from editor.library.store import Library
from editor.schedule import wire


def renamed(webinar, title: str):
    return msgspec.structs.replace(webinar, title=title)


def test_a_draft_comes_back_as_it_was_stored(library, webinar) -> None:
    made = webinar(title="“Ünïcode” \n <b>'\"; DROP TABLE webinars; -- 🎬 עברית")
    assert library.create(made) == 1
    draft = library.draft("w")
    assert draft.webinar == made
    assert draft.rev == 1
    assert draft.unknown == ()
    assert draft.body == wire.encode(made)


def test_each_edit_raises_the_revision_and_is_there_after_reopening(library, opened, root, webinar) -> None:
    made = webinar()
    rev = library.create(made)
    for n in range(5):
        made = renamed(made, f"title {n}")
        rev = library.store_draft(made, rev)
    assert rev == 6
    library.close()
    draft = opened(root).draft("w")
    assert (draft.webinar, draft.rev) == (made, 6)


def test_a_draft_is_not_written_over_another_programs(library, opened, root, webinar) -> None:
    made = webinar()
    seen = library.create(made)
    other = opened(root)
    other.store_draft(renamed(made, "theirs"), seen)
    with pytest.raises(Known) as refused:
        library.store_draft(renamed(made, "mine"), seen)
    assert refused.value.code == "library.stale"
    assert refused.value.facts == {"id": "w", "title": "theirs"}
    assert library.draft("w").webinar.title == "theirs"


def test_webinars_and_versions_that_are_not_there_are_named(library, webinar) -> None:
    for asked in (
        lambda: library.draft("no"),
        lambda: library.card("no"),
        lambda: library.save("no"),
        lambda: library.store_draft(webinar("no"), 1),
        lambda: library.archive("no", True),
        lambda: library.set_note("no", "s0", "x"),
        lambda: library.duplicate("no", "copy"),
    ):
        with pytest.raises(Known) as missed:
            asked()
        assert missed.value.code == "library.no_webinar"
        assert missed.value.facts["id"] == "no"
    with pytest.raises(Known, match=r"library\.no_version"):
        library.version("0" * 64)


def test_a_webinar_is_not_made_twice(library, webinar) -> None:
    library.create(webinar())
    with pytest.raises(Known, match=r"library\.exists"):
        library.create(webinar(title="again"))
    assert library.draft("w").webinar.title == "Welcome"


# -------------------------------------------------------------------------------------------------- cards


def test_a_card_tells_what_a_list_needs(library, webinar, clock) -> None:
    library.create(webinar(start="2026-12-24T18:00:00", zone="Europe/Paris", room="on_demand"))
    library.save("w", "first")
    card = library.card("w")
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
    assert [card.title for card in library.cards()] == ["Other", "Welcome"]
    assert [card.length_ms for card in library.cards()] == [0, 5_500]


def test_what_was_edited_last_comes_first_even_when_the_clock_goes_backwards(library, webinar, clock) -> None:
    library.create(webinar("a", title="a"))
    library.create(webinar("b", title="b"))
    clock.go(days=-400)
    assert library.store_draft(webinar("a", title="a, later"), 1) == 2
    clock.go(days=-400)
    version_one = library.save("a")
    library.store_draft(webinar("a", title="a, latest"), 2)
    clock.go(days=-400)
    version_two = library.save("a")
    assert [card.id for card in library.cards()] == ["a", "b"]
    assert version_two.saved_at < version_one.saved_at
    assert library.versions("a") == (version_two, version_one)
    assert version_two.parents == (version_one.hash,)


def test_archive_template_and_delete_can_be_taken_back(library, webinar) -> None:
    for name in ("a", "b", "c"):
        library.create(webinar(name))
    library.archive("a", True)
    library.delete("b", True)
    library.set_template("c", True)
    assert [card.id for card in library.cards()] == ["c"]
    assert library.cards()[0].template
    assert [card.id for card in library.cards(archived=True)] == ["a"]
    assert [(card.id, card.deleted) for card in library.cards(deleted=True)] == [("b", True)]
    library.archive("a", False)
    library.delete("b", False)
    library.set_template("c", False)
    assert {card.id for card in library.cards()} == {"a", "b", "c"}
    assert not any(card.template or card.deleted or card.archived for card in library.cards())


def test_flags_do_not_make_an_open_draft_stale(library, webinar) -> None:
    rev = library.create(webinar())
    library.archive("w", True)
    library.set_template("w", True)
    assert library.store_draft(webinar(title="goes on"), rev) == 2


# ----------------------------------------------------------------------------------------------- versions


def test_versions_are_a_chain_known_by_content_and_parents(library, webinar, clock) -> None:
    made = webinar()
    rev = library.create(made)
    first = library.save("w", "first draft")
    later = renamed(made, "Later")
    library.store_draft(later, rev)
    clock.go(hours=1)
    second = library.save("w", "second")
    assert first.hash == wire.identity(wire.encode(made), ())
    assert second.hash == wire.identity(wire.encode(later), (first.hash,))
    assert library.versions("w") == (second, first)
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert (first.number, second.number) == (None, None)
    assert (second.note, second.saved_at) == ("second", clock.time)
    assert library.version(first.hash) == made
    assert library.version(second.hash) == later


def test_saving_what_is_saved_gives_the_same_version_unless_there_is_more_to_note(library, webinar) -> None:
    library.create(webinar())
    first = library.save("w", "as sent to the speaker")
    assert library.save("w") == first
    assert library.save("w", "as sent to the speaker") == first
    noted = library.save("w", "as shown")
    assert noted.parents == (first.hash,)
    assert library.version(noted.hash) == library.version(first.hash)


def test_unsaved_means_that_the_draft_differs_from_the_last_version(library, webinar) -> None:
    made = webinar()
    rev = library.create(made)
    assert library.card("w").unsaved
    library.save("w")
    assert not library.card("w").unsaved
    rev = library.store_draft(renamed(made, "Another"), rev)
    assert library.card("w").unsaved
    rev = library.store_draft(renamed(made, "Welcomf"), rev)  # as long as the saved one
    assert library.card("w").unsaved
    library.store_draft(made, rev)  # undone
    assert not library.card("w").unsaved


def test_only_what_was_seen_is_saved(library, webinar) -> None:
    made = webinar()
    rev = library.create(made)
    library.store_draft(renamed(made, "theirs"), rev)
    with pytest.raises(Known, match=r"library\.stale"):
        library.save("w", seen=made)
    assert library.versions("w") == ()
    assert library.save("w", seen=renamed(made, "theirs")).ordinal == 1


def test_the_hour_of_a_save_is_kept_in_utc(library, webinar) -> None:
    library.create(webinar())
    saved = library.save("w", now=datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC))
    assert saved.saved_at == datetime(2026, 3, 1, 12, 0, 0, 999_000, tzinfo=UTC)
    assert library.versions("w") == (saved,)


def test_a_version_that_is_not_what_was_saved_is_damage(library, root, webinar) -> None:
    library.create(webinar())
    saved = library.save("w")
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE versions SET body = CAST(replace(body, 'Welcome', 'Farewell') AS BLOB)")
    connection.close()
    with pytest.raises(Known, match=r"library\.damaged"):
        library.version(saved.hash)


# ---------------------------------------------------------------------------------- duplicates and notes


def test_a_duplicate_is_a_webinar_of_its_own_with_the_notes_and_without_the_versions(library, webinar) -> None:
    library.create(webinar(start="2026-12-24T18:00:00"))
    library.set_note("w", "s0", "breathe")
    library.save("w")
    copy = library.duplicate("w", "Second run")
    found = library.draft(copy).webinar
    assert found == msgspec.structs.replace(library.draft("w").webinar, id=copy, title="Second run")
    assert library.notes(copy) == {"s0": "breathe"}
    assert library.versions(copy) == ()
    library.store_draft(renamed(found, "Changed"), 1)
    library.set_note(copy, "s0", "smile")
    assert library.draft("w").webinar.title == "Welcome"
    assert library.notes("w") == {"s0": "breathe"}


def test_notes_lie_beside_the_webinar_and_make_no_version(library, webinar) -> None:
    rev = library.create(webinar())
    library.save("w")
    library.set_note("w", "s1", "pause here\n… and 🙂")
    library.set_note("w", "s2", "x")
    library.set_note("w", "s1", "pause longer")
    library.set_note("w", "s2", "")
    assert library.notes("w") == {"s1": "pause longer"}
    assert not library.card("w").unsaved
    assert library.card("w").rev == rev


# ---------------------------------------------------------------------------- what a newer program wrote


@pytest.fixture
def from_tomorrow(library, root, webinar) -> bytes:
    """A draft with a field and a kind that this program does not know."""
    library.create(webinar())
    document = msgspec.json.decode(wire.encode(webinar()))
    document["hologram"] = {"depth": 3}
    document["programme"].append({"kind": "hologram", "id": "h", "start_ms": 60_000})
    body = msgspec.json.encode(document)
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = ?", (body,))
    connection.close()
    return body


def test_what_is_unknown_in_a_draft_is_told_and_its_bytes_stay(library, from_tomorrow) -> None:
    draft = library.draft("w")
    assert "hologram" in draft.unknown
    assert draft.body == from_tomorrow
    with pytest.raises(Known) as refused:
        library.duplicate("w", "copy")
    assert refused.value.code == "library.unknown"
    saved = library.save("w", "kept as it is")
    with pytest.raises(Known, match=r"library\.unknown"):
        library.version(saved.hash)
    assert library.draft("w").body == from_tomorrow


def test_a_draft_of_a_newer_format_is_refused_and_its_card_still_told(library, root, webinar) -> None:
    library.create(webinar())
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = ?", (b'{"format":999,"id":"w"}',))
    connection.close()
    with pytest.raises(Known, match=r"wire\.newer"):
        library.draft("w")
    assert library.cards()[0].title == "Welcome"


def test_a_draft_that_is_no_webinar_is_damage(library, root, webinar) -> None:
    library.create(webinar())
    with sqlite3.connect(root / "library.db") as connection:
        connection.execute("UPDATE webinars SET body = x'7b00'")
    connection.close()
    with pytest.raises(Known) as refused:
        library.draft("w")
    assert refused.value.code == "library.damaged"
    assert refused.value.facts["copies"] == str(root / "copies")


def test_a_new_webinar_keeps_the_bytes_it_came_in(library, from_tomorrow) -> None:
    strange = from_tomorrow.replace(b'"id":"w"', b'"id":"x"')
    opened = wire.decode(strange)
    library.create(opened.webinar, body=strange, notes={"s0": "hello"})
    assert library.has("x")
    assert library.draft("x").body == strange
    assert library.notes("x") == {"s0": "hello"}


# ---------------------------------------------------------------------------------------------- statements


def test_an_edit_takes_one_short_transaction(library, webinar) -> None:
    rev = library.create(webinar())
    said: list[str] = []
    event.listen(
        library._database._writer, "before_cursor_execute", lambda *given: said.append(given[2].split(None, 2)[0])
    )
    library.store_draft(webinar(title="one"), rev)
    assert said == ["BEGIN", "PRAGMA", "SELECT", "UPDATE"]


def test_ten_thousand_segments_and_none(library, webinar) -> None:
    large, none = webinar("large", segments=10_000), webinar("none", segments=0)
    library.create(large)
    library.create(none)
    assert library.draft("large").webinar == large
    assert library.draft("none").webinar == none
    assert library.version(library.save("large").hash) == large


def test_a_library_has_a_home_whatever_its_name(opened, tmp_path: Path, webinar) -> None:
    for name in ("with space", "quote'\"", "per%20cent", "q?mark#hash&x=1", "🎬 films", "שלום", "new\nline"):
        library: Library = opened(tmp_path / name)
        library.create(webinar())
        assert (tmp_path / name / "library.db").is_file()
        assert library.daily_copy().parent == tmp_path / name / "copies"
