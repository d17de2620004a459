"""Bad input through the command line gives a sentence each time, and loses nothing.

Tried are strange names, disks that are full, read-only or missing, clocks that run backwards, two programs at once.
`test_bad_documents` tries documents and edits; damaged files and libraries have tests of their own.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image as Picture

from editor.errors import KnownError
from editor.schedule.model import Cta
from editor.schedule.operations import Add, AddMarker, ChangeProperties, Delete
from editor.workspace import Workspace

ROOT = Path(__file__).parents[2]
SHA = "c" * 64


FULL_DISK_SCRIPT = """
import contextlib, io, json, resource, sys
from editor.cli import main
most, commands = json.load(sys.stdin)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
results = []
for words in commands:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main(words)
    results.append([code, json.loads(out.getvalue())])
print(json.dumps(results))
"""


@pytest.fixture
def run_on_full_disk():
    """Run command lines, each given with its library, in a process that may write so many bytes to a file, no more."""

    def run(most, *commands):
        lines = [[word, "--library", str(library), "--json", *map(str, more)] for library, word, *more in commands]
        payload = json.dumps([most, lines])
        process = subprocess.run(
            [sys.executable, "-c", FULL_DISK_SCRIPT],
            input=payload,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert process.stderr == ""
        return json.loads(process.stdout)

    return run


# ---------------------------------------------------------------------------------------------------- names

NAMES = {
    "spaces": "  two  words ",
    "quotes": 'it\'s “quoted” "twice" `and` $HOME; rm -rf *',
    "line breaks": "one\ntwo\r\nthree\ttabbed",
    "emoji": "🎬 👩🏽‍🏫 🇫🇷",
    "right to left": "مرحبا שלום",
    "turned": "abc\u202efdp.exe",
    "a terminal's orders": "\x1b[2J\x1b]0;title\x07\x00"[:-1],
    "long": "é" * 120,
    "a flag": "--json",
    "a dot": "..",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_any_kind_goes_all_the_way_round(run_cli, run_json, tmp_path, name):
    file = tmp_path / f"{name}.png"
    Picture.new("RGB", (64, 36), "teal").save(file, "PNG")
    webinar_id = run_json("new", "--", name)["id"]
    (media,) = run_json("import", webinar_id, file)["media"]
    document = run_json("show", webinar_id)
    assert document["title"] == name
    assert "\n" not in media["name"]
    assert "\x1b" not in media["name"]
    bundle = tmp_path / f"{name}.matinee"
    run_json("export", webinar_id, bundle, "--media")
    other = tmp_path / "other"
    loaded = run_json("load", bundle, library=other)["id"]
    assert run_json("show", loaded, library=other) == document
    assert "problem.media_missing" not in {each["code"] for each in run_json("check", loaded, library=other, code=3)}
    for words in (("list",), ("show", webinar_id), ("check", webinar_id)):
        _, out, err = run_cli(*words)
        assert "\x1b" not in out + err
    assert len(run_cli("list")[1].splitlines()) == 1
    assert run_json("show", "--", name)["id"] == webinar_id


def test_a_file_whose_name_is_no_text_goes_all_the_way_round(run_json, tmp_path, get_error_code):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/talk \xff\xfe.png"))
    Picture.new("RGB", (64, 36), "teal").save(file, "PNG")
    webinar_id = run_json("new", "Talk")["id"]
    (media,) = run_json("import", webinar_id, file)["media"]
    assert media["name"] == "talk \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.png"
    file = file.rename(Path(os.fsdecode(os.fsencode(tmp_path) + b"/moved \xff.png")))
    assert run_json("relink", webinar_id, tmp_path)["found"] == {media["sha256"]: str(file)}
    bundle = file.with_suffix(".matinee")
    assert run_json("export", webinar_id, bundle)["file"] == str(bundle)
    assert run_json("load", bundle)["id"]
    assert get_error_code(run_json("load", file, code=1)) == "bundle.unreadable"
    assert get_error_code(run_json("import", webinar_id, file.with_suffix(".mp4"), code=1)) == "media.gone"
    assert get_error_code(run_json("edit", webinar_id, file, code=1)) == "cli.bad_edits"


def test_half_a_character_is_refused_before_anything_is_made(run_json, webinar, get_error_code):
    half = os.fsdecode(b"caf\xe9")
    (segment,) = run_json("show", webinar)["programme"]
    for words in (
        ("new", half),
        ("duplicate", webinar, "--title", half),
        ("save", webinar, "--note", half),
        ("notes", webinar, segment["id"], half),
    ):
        assert get_error_code(run_json(*words, code=1)) == "wire.text"
    assert len(run_json("list")) == 1
    assert run_json("versions", webinar) == []
    assert run_json("notes", webinar) == {}


def test_a_library_may_lie_where_the_path_is_no_text(run_json, tmp_path):
    for name in (b"caf\xe9", b"50% #1 ?x=y", b"line\nbreak"):
        library = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        webinar_id = run_json("new", "Somewhere", library=library)["id"]
        (copy,) = run_json("copies", "--make", library=library)
        assert Path(copy["file"]).parent.parent == library
        assert run_json("show", webinar_id, library=library)["title"] == "Somewhere"
        assert run_json("restore-copy", copy["name"], library=library)["copy"] == copy["file"]


def test_a_library_without_a_name_is_not_made_where_one_happens_to_be(run_json, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "empty" in run_json("list", library="", code=2)["error"]["sentence"]
    assert list(tmp_path.iterdir()) == []


# ----------------------------------------------------------------------------------- disks that take nothing


def test_a_library_that_cannot_be_written_is_told_and_left_alone(place, run_json, hash_files, drop_privileges, picture):
    library = place / "library"
    webinar_id = run_json("new", "Onboarding", library=library)["id"]
    edits = place / "edits.json"
    edits.write_text('[{"op": "add_marker", "at_ms": 1}]')
    for path in (*library.rglob("*"), library):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = hash_files(library)
    for words in (
        ("new", "x"),
        ("import", webinar_id, picture),
        ("edit", webinar_id, edits),
        ("save", webinar_id),
        ("delete", webinar_id),
    ):
        with drop_privileges():
            failed = run_json(*words, library=library, code=1)["error"]
        assert failed["code"] == "library.unwritable", words
        assert str(library) in failed["sentence"]
    assert hash_files(library) == before


def test_a_bundle_is_not_written_where_nothing_can_be(place, run_json, drop_privileges):
    library = place / "library"
    webinar_id = run_json("new", "Onboarding", library=library)["id"]
    (place / "read-only").mkdir(mode=0o555)
    for path in (library, *library.rglob("*")):
        path.chmod(0o777)
    with drop_privileges():
        failed = run_json("export", webinar_id, place / "read-only" / "talk.matinee", library=library, code=1)["error"]
    assert failed["code"] == "bundle.unwritable"
    assert list((place / "read-only").iterdir()) == []


@pytest.mark.parametrize("most", [0, 2_000, 40_000])
def test_on_a_full_disk_every_command_leaves_what_was_there(
    run_on_full_disk, run_json, write_edits, webinar, tmp_path, most, get_error_code
):
    run_json("save", webinar, "--note", "before")
    bundle = tmp_path / "talk.matinee"
    bundle.write_bytes(b"what stood there")
    film = tmp_path / "noise.png"
    Picture.effect_noise((320, 240), 100).save(film)
    assert film.stat().st_size > 40_000
    run_json("import", webinar, film, "--bin-only")
    before = run_json("show", webinar), run_json("versions", webinar), run_json("list")
    other = tmp_path / "other.png"
    Picture.new("RGB", (64, 36), "red").save(other)
    ctas = [
        {"kind": "cta", "id": f"c{n}", "offer": f"c{n}", "start_ms": n * 2_000, "length_ms": 1_500}
        for n in range(2_000)
    ]
    many = write_edits({"op": "add", "segments": ctas})
    library = tmp_path / "library"
    commands = [
        (library, "edit", webinar, many),
        (library, "export", webinar, bundle, "--media"),
        (tmp_path / "nowhere", "new", "x"),
    ]
    if most < 40_000:  # below that, not even SQLite's index of its log can be made
        commands += [(library, "import", webinar, other), (library, "save", webinar, "--note", "after")]
    for (code, reply), words in zip(run_on_full_disk(most, *commands), commands, strict=True):
        assert code == 1, words
        assert get_error_code(reply) in {
            "library.unwritable",
            "library.full",
            "media.unwritable",
            "bundle.unwritable",
        }, words
    assert bundle.read_bytes() == b"what stood there"
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]
    assert (run_json("show", webinar), run_json("versions", webinar), run_json("list")) == before
    assert run_json("import", webinar, other)["created"]


def test_a_drive_that_is_away_is_told_and_nothing_is_begun_anew(run_json, write_edits, picture, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    library = stick / "library"
    webinar_id = run_json("new", "Onboarding", library=library)["id"]
    edits = write_edits({"op": "add_marker", "at_ms": 1})
    away = stick.rename(tmp_path / "away")
    for words in (
        ("list",),
        ("new", "x"),
        ("show", webinar_id),
        ("import", webinar_id, picture),
        ("edit", webinar_id, edits),
        ("save", webinar_id),
    ):
        failed = run_json(*words, library=library, code=1)["error"]
        assert failed["code"] == "library.gone"
        assert "Connect its drive" in failed["sentence"]
    assert not stick.exists()
    away.rename(stick)
    assert [card["id"] for card in run_json("list", library=library)] == [webinar_id]


def test_an_edit_while_the_drive_is_away_can_be_made_when_it_is_back(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    with Workspace(stick / "library") as workspace:
        document = workspace.open(workspace.create_webinar("Onboarding", zone="UTC"))
        document.apply(AddMarker(at_ms=1_000, title="kept"))
        away = stick.rename(tmp_path / "away")
        for attempt in (
            lambda: document.apply(AddMarker(at_ms=2_000)),
            document.undo,
            lambda: workspace.save_version(document.webinar.id),
        ):
            with pytest.raises(KnownError) as error_info:
                attempt()
            assert error_info.value.code in {"library.gone", "library.unwritable"}
        away.rename(stick)
        workspace.reopen()
        assert [marker.title for marker in document.webinar.markers] == ["kept"]
        document.apply(AddMarker(at_ms=2_000, title="again"))
        assert workspace.library.load_draft(document.webinar.id).webinar == document.webinar


# ---------------------------------------------------------------------------------------------------- clocks


def test_a_clock_that_runs_backwards_loses_no_order(tmp_path):
    now = datetime(2031, 6, 1, 12, tzinfo=UTC)
    with Workspace(tmp_path / "library", now=lambda: now) as workspace:
        first = workspace.create_webinar("First", zone="UTC")
        second = workspace.create_webinar("Second", zone="UTC")
        document = workspace.open(first)
        notes = []
        for back in (0, 1, 400, 20_000):
            now = datetime(2031, 6, 1, 12, tzinfo=UTC) - timedelta(days=back)
            document.apply(AddMarker(at_ms=back, title=str(back)))
            workspace.save_version(first, f"{back} days back", expected=document.webinar)
            workspace.library.make_daily_backup()
            notes.insert(0, f"{back} days back")
        assert [version.note for version in workspace.list_versions(first)] == notes
        assert [card.id for card in workspace.library.list_webinars()] == [first, second]
        assert workspace.load_last_saved(document) is document.webinar
        assert not workspace.library.load_summary(first).unsaved
        assert len(workspace.list_backups()) == 4
        assert "1976" in workspace.list_backups()[0].name  # made last, whatever its day
        oldest = workspace.list_versions(first)[-1]
        workspace.restore_version(document, oldest.hash)
        assert [marker.title for marker in document.webinar.markers] == ["0"]
        workspace.library.set_deleted(second, deleted=True)
        now += timedelta(days=1)
        workspace.library.make_daily_backup()
        assert workspace.library.has_webinar(second)  # deleted yesterday, in whatever year


# ----------------------------------------------------------------------------------------- two at the same time


def test_of_edits_at_the_same_time_each_is_made_or_told_and_none_is_lost(run_json, tmp_path, get_error_code):
    webinar_id = run_json("new", "Shared")["id"]
    command = [
        sys.executable,
        "-m",
        "editor.cli",
        "edit",
        webinar_id,
        "-",
        "--json",
        "--library",
        str(tmp_path / "library"),
    ]
    programs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        for _ in range(3)
    ]
    for number, program in enumerate(programs):
        program.stdin.write(json.dumps([{"op": "add_marker", "at_ms": number, "title": f"{number}"}]).encode())
        program.stdin.flush()
    for program in programs:  # they have waited for the end of their input, and set out together
        program.stdin.close()
    accepted = set()
    for number, program in enumerate(programs):
        out, err = program.stdout.read(), program.stderr.read()
        program.stdout.close()
        program.stderr.close()
        assert err == b""
        if program.wait() == 0:
            accepted.add(str(number))
        else:
            assert get_error_code(json.loads(out)) == "library.stale"
    assert {marker["title"] for marker in run_json("show", webinar_id)["markers"]} == accepted
    assert accepted


def test_of_two_open_at_once_the_second_is_told_and_goes_on(tmp_path):
    with Workspace(tmp_path / "library") as one, Workspace(tmp_path / "library") as other:
        webinar_id = one.create_webinar("Shared", zone="UTC")
        mine, theirs = one.open(webinar_id), other.open(webinar_id)
        mine.apply(Add(segments=(Cta(id="c", offer="o", start_ms=0, length_ms=5_000),)))
        for attempt in (
            lambda: theirs.apply(ChangeProperties(title="Theirs")),
            lambda: other.save_version(webinar_id, expected=theirs.webinar),
        ):
            with pytest.raises(KnownError, match=r"library\.stale"):
                attempt()
        assert theirs.reload() == mine.webinar
        theirs.apply(ChangeProperties(title="Theirs"))
        with pytest.raises(KnownError, match=r"library\.stale"):
            mine.apply(Delete(segments=("c",)))
        mine.reload()
        assert (mine.webinar.title, len(mine.webinar.interactions)) == ("Theirs", 1)
