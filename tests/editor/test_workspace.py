import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

import editor
from editor.errors import KnownError
from editor.schedule import operations as ops
from editor.schedule import serialization
from editor.schedule.model import Cta, Webinar
from editor.workspace import Workspace

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "library", now=lambda: NOON) as workspace:
        yield workspace


def run_python(text: str, *arguments: object, **environment: str) -> str:
    """Return what a Python process of its own prints."""
    child_environment = {name: value for name, value in os.environ.items() if name != "MATINEE_LIBRARY"}
    child_environment |= {"PYTHONPATH": str(Path(editor.__file__).parents[1]), **environment}
    command = [sys.executable, "-c", text, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=child_environment).stdout.strip()


# ----------------------------------------------------------------------------------------- opening nothing


def test_making_a_workspace_imports_nothing_heavy_and_makes_no_folder(tmp_path: Path) -> None:
    output = run_python(
        """
import sys
from pathlib import Path
from editor.workspace import Workspace
Workspace(Path(sys.argv[1]))
heavy = ("sqlalchemy", "alembic", "sqlite3", "av", "vlc", "PIL", "pypdfium2", "ffmpeg", "requests", "pysubs2")
print([name for name in heavy if name in sys.modules], Path(sys.argv[1]).exists())
""",
        tmp_path / "library",
    )
    assert output == "[] False"


def test_the_library_is_where_the_environment_says_else_in_the_persons_data(tmp_path: Path) -> None:
    script = "from editor.workspace import Workspace; print(Workspace().root)"
    assert run_python(script, MATINEE_LIBRARY=str(tmp_path / "mine")) == str(tmp_path / "mine")
    home = run_python(script, XDG_DATA_HOME=str(tmp_path / "data"), HOME=str(tmp_path))
    assert Path(home).name == "matinee"
    assert tmp_path in Path(home).parents


def test_the_default_folder_is_made_with_all_its_parents(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("MATINEE_LIBRARY", str(tmp_path / "new" / "deep" / "library"))
    with Workspace() as workspace:
        assert workspace.library.list_webinars() == ()
    assert (tmp_path / "new" / "deep" / "library" / "library.db").is_file()


def test_a_default_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("MATINEE_LIBRARY", str(tmp_path / "file" / "library"))
    with pytest.raises(KnownError, match=r"library\.unwritable"), Workspace() as workspace:
        workspace.library.list_webinars()


def test_a_library_that_was_refused_is_tried_again_when_asked_again(tmp_path: Path) -> None:
    root = tmp_path / "stick" / "library"
    with Workspace(root) as workspace:
        with pytest.raises(KnownError, match=r"library\.gone"):
            workspace.library.list_webinars()
        root.parent.mkdir()  # connected
        assert workspace.library.list_webinars() == ()


# ------------------------------------------------------------------------------------- editing and saving


def test_a_webinar_is_made_edited_saved_compared_and_restored(workspace: Workspace) -> None:
    name = workspace.create_webinar("Welcome", zone="Europe/Paris")
    document = workspace.open(name)
    assert (document.webinar.title, document.webinar.zone) == ("Welcome", "Europe/Paris")
    document.apply(ops.Add(segments=(Cta(id="c", offer="o", start_ms=0, length_ms=30_000, title="Buy"),)))
    first = workspace.save_version(name, "with the offer", expected=document.webinar)
    assert (first.saved_at, first.note) == (NOON, "with the offer")
    assert workspace.load_last_saved(document) is document.webinar
    document.apply(ops.Delete(segments=("c",)))
    assert workspace.load_last_saved(document) == workspace.load_version(first.hash) != document.webinar
    second = workspace.save_version(name)
    assert workspace.list_versions(name) == (second, first)
    assert len(workspace.compare(first.hash, second.hash)) == 1
    assert workspace.compare(second.hash, document.webinar) == ()

    step = workspace.restore_version(document, first.hash)
    assert (step.op_tag, step.facts) == ("restore", {"ordinal": 1, "note": "with the offer"})
    assert document.webinar == workspace.load_version(first.hash)
    assert workspace.library.load_summary(name).unsaved
    document.undo()
    assert workspace.library.load_draft(name).webinar == workspace.load_version(second.hash)
    assert len(workspace.list_versions(name)) == 2


def test_a_webinar_never_saved_has_no_last_version(workspace: Workspace) -> None:
    assert workspace.load_last_saved(workspace.open(workspace.create_webinar("x", zone="UTC"))) is None


def test_a_version_of_another_webinar_is_not_restored(workspace: Workspace) -> None:
    one, other = workspace.create_webinar("one", zone="UTC"), workspace.create_webinar("other", zone="UTC")
    saved = workspace.save_version(other)
    document = workspace.open(one)
    with pytest.raises(KnownError, match=r"library\.no_version"):
        workspace.restore_version(document, saved.hash)
    assert document.webinar.title == "one"


def test_edits_outlive_the_program_and_steps_do_not(tmp_path: Path) -> None:
    with Workspace(tmp_path / "library") as workspace:
        name = workspace.create_webinar("one", zone="UTC")
        document = workspace.open(name)
        document.apply(ops.ChangeProperties(title="two"))
        document.apply(ops.ChangeProperties(title="three"))
        document.undo()
    with Workspace(tmp_path / "library") as workspace:
        document = workspace.open(name)
        assert document.webinar.title == "two"
        assert (document.next_undo, document.next_redo) == (None, None)


def test_a_template_makes_webinars_of_their_own(workspace: Workspace) -> None:
    template = workspace.create_webinar("Monthly demo", zone="UTC")
    document = workspace.open(template)
    document.apply(ops.ChangeProperties(start="2026-12-24T18:00:00", description="Every month"))
    workspace.library.set_template(template, True)
    january = workspace.library.load_draft(
        workspace.create_webinar("January", zone="Europe/Paris", template=template)
    ).webinar
    assert (january.title, january.zone, january.start, january.description) == (
        "January",
        "Europe/Paris",
        None,
        "Every month",
    )
    assert not workspace.library.load_summary(january.id).template
    copy = workspace.library.load_draft(workspace.duplicate(template, "Copy")).webinar
    assert (copy.title, copy.start) == ("Copy", "2026-12-24T18:00:00")


def test_open_documents_go_on_after_the_library_was_opened_anew(workspace: Workspace) -> None:
    document = workspace.open(workspace.create_webinar("one", zone="UTC"))
    workspace.library.make_daily_backup()
    workspace.reopen()
    document.apply(ops.ChangeProperties(title="two"))
    assert workspace.library.load_draft(document.webinar.id).webinar.title == "two"


def test_a_copy_put_back_makes_what_was_open_stale_and_reload_mends_it(workspace: Workspace) -> None:
    document = workspace.open(workspace.create_webinar("one", zone="UTC"))
    workspace.library.make_daily_backup()
    document.apply(ops.ChangeProperties(title="after the copy"))
    copy, aside = workspace.restore_backup()
    assert copy == workspace.list_backups()[0]
    assert (aside / "library.db").is_file()
    with pytest.raises(KnownError, match=r"library\.stale"):
        document.apply(ops.ChangeProperties(title="more"))
    assert document.reload().title == "one"
    document.apply(ops.ChangeProperties(title="more"))


def test_a_damaged_library_is_mended_with_a_copy(workspace: Workspace) -> None:
    name = workspace.create_webinar("one", zone="UTC")
    workspace.library.make_daily_backup()
    workspace.close()
    (workspace.root / "library.db").write_bytes(b"garbage")
    with pytest.raises(KnownError) as error_info:
        workspace.open(name)
    assert error_info.value.code == "library.damaged"
    assert error_info.value.facts["copies"] == str(workspace.list_backups()[0].parent)
    _, aside = workspace.restore_backup(workspace.list_backups()[0])
    assert workspace.open(name).webinar.title == "one"
    assert (aside / "library.db").read_bytes() == b"garbage"


def test_the_settings_say_how_many_copies_are_kept(workspace: Workspace) -> None:
    workspace.create_webinar("one", zone="UTC")
    workspace.settings["daily_copies"] = 1
    workspace.reopen()
    workspace.library.make_daily_backup(datetime(2026, 12, 1, tzinfo=UTC))
    workspace.library.make_daily_backup(datetime(2026, 12, 2, tzinfo=UTC))
    assert [path.name for path in (workspace.root / "copies").iterdir()] == ["library-00002-2026-12-02.db"]


# ------------------------------------------------------------------------------------- from a newer program


def test_a_webinar_with_things_from_tomorrow_opens_to_be_looked_at_and_stays_byte_for_byte(
    workspace: Workspace,
) -> None:
    name = workspace.create_webinar("Tomorrow", zone="UTC")
    document = msgspec.json.decode(workspace.library.load_draft(name).body)
    document["hologram"] = [1, 2]
    body = msgspec.json.encode(document)
    with sqlite3.connect(workspace.library.path) as connection:
        connection.execute("UPDATE webinars SET body = ?", (body,))
    connection.close()
    opened_document = workspace.open(name)
    assert opened_document.is_read_only
    assert opened_document.unknown == ("hologram",)
    with pytest.raises(KnownError) as error_info:
        opened_document.apply(ops.ChangeProperties(title="x"))
    assert error_info.value.code == "document.read_only"
    with pytest.raises(KnownError, match=r"library\.unknown"):
        workspace.export_bundle(name, workspace.root / "x.matinee")
    assert workspace.library.load_draft(name).body == body


# ------------------------------------------------------------------------------------------------- bundles


@pytest.fixture
def webinar_with_media(workspace: Workspace, tmp_path: Path) -> tuple[str, Path]:
    """Create a webinar of one picture and a note; return its id and the picture's file."""
    picture = tmp_path / "picture.png"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48", "-frames:v", "1", str(picture)], check=True
    )
    media = workspace.catalog.add_file(picture)
    name = workspace.create_webinar("Bundled", zone="UTC")
    workspace.open(name).apply(ops.AddMedia(media=(media,)))
    workspace.library.set_note(name, "s", "a note")
    return name, picture


def test_a_bundle_brings_a_webinar_its_notes_and_its_media_to_another_library(
    workspace: Workspace, webinar_with_media: tuple[str, Path], tmp_path: Path
) -> None:
    name, picture = webinar_with_media
    sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert workspace.export_bundle(name, tmp_path / "whole.matinee", with_media=True) == ()
    with Workspace(tmp_path / "elsewhere") as other:
        webinar_id = other.import_bundle(tmp_path / "whole.matinee")
        assert webinar_id == name
        assert other.library.load_draft(webinar_id).webinar == workspace.library.load_draft(name).webinar
        assert other.library.load_notes(webinar_id) == {"s": "a note"}
        media_path = other.catalog.find_path(sha256)
        assert media_path is not None
        assert media_path.read_bytes() == picture.read_bytes()
        assert other.catalog.get_state(sha256) == "ready"
        again = other.import_bundle(tmp_path / "whole.matinee")
        assert again != webinar_id
        assert {card.id for card in other.library.list_webinars()} == {webinar_id, again}


def test_a_bundle_tells_which_media_could_not_go_along(
    workspace: Workspace, webinar_with_media: tuple[str, Path], tmp_path: Path
) -> None:
    name, picture = webinar_with_media
    sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()
    picture.unlink()
    assert workspace.export_bundle(name, tmp_path / "without.matinee", with_media=True) == (sha256,)
    with Workspace(tmp_path / "elsewhere") as other:
        other.import_bundle(tmp_path / "without.matinee")
        assert other.catalog.get_state(sha256) == "missing"


def test_captions_go_along_always(workspace: Workspace, webinar_with_media: tuple[str, Path], tmp_path: Path) -> None:
    name, picture = webinar_with_media
    subtitles = tmp_path / "talk.en.srt"
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n", "utf-8")
    document = workspace.open(name)
    media = next(iter(document.webinar.media.values()))
    document.apply(ops.AddMedia(media=(workspace.catalog.attach_captions(media, subtitles),)))
    workspace.export_bundle(name, tmp_path / "captioned.matinee")
    with Workspace(tmp_path / "elsewhere") as other:
        other.import_bundle(tmp_path / "captioned.matinee")
        track = document.webinar.media[media.sha256].captions[0]
        assert [cue.text for cue in other.catalog.load_cues(track.sha256)] == ["Hello"]
    assert picture.exists()


def test_a_bundle_from_tomorrow_is_kept_as_it_is_and_not_taken_twice(workspace: Workspace, tmp_path: Path) -> None:
    import zipfile

    body = serialization.encode(Webinar(id="t", title="Tomorrow")).replace(b'"title"', b'"hologram":1,"title"')
    with zipfile.ZipFile(tmp_path / "t.matinee", "w") as bundle:
        bundle.writestr("bundle.json", b'{"bundle":1}')
        bundle.writestr("webinar.json", body)
        bundle.writestr("notes.json", b"{}")
    assert workspace.import_bundle(tmp_path / "t.matinee") == "t"
    assert workspace.open("t").is_read_only
    assert workspace.library.load_draft("t").body == body
    with pytest.raises(KnownError, match=r"library\.exists"):
        workspace.import_bundle(tmp_path / "t.matinee")
