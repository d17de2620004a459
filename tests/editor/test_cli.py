"""The command line as another program would use it: real processes, a real library, real media."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image as Picture

from editor.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def matinee(tmp_path, capfd):
    """Run a command line in a library of its own; gives exit code, output and what was said beside it."""

    def run(*words, library=tmp_path / "library"):
        capfd.readouterr()
        code = main([*map(str, words), "--library", str(library)])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def answer(matinee):
    """Run with --json and give what was answered."""

    def run(*words, code=0):
        ended, out, err = matinee(*words, "--json")
        assert ended == code, (out, err)
        return json.loads(out)

    return run


@pytest.fixture
def webinar(answer):
    return answer("new", "Onboarding", "--zone", "Europe/Paris", "--start", "2031-12-01T18:00:00")["id"]


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "an “agenda”\n🎬.png"
    Picture.new("RGB", (64, 36), "teal").save(path)
    return path


def edits_file(tmp_path, edits):
    path = tmp_path / "edits.json"
    path.write_text(json.dumps(edits))
    return path


def test_a_webinar_from_nothing_to_a_version(answer, webinar, picture, tmp_path):
    added = answer("import", webinar, picture)
    assert len(added["created"]) == 1
    cta = {"kind": "cta", "id": "c1", "start_ms": 2_000, "length_ms": 5_000, "offer": "o", "label": "Book", "link": "x"}
    done = answer("edit", webinar, edits_file(tmp_path, [{"op": "add", "segments": [cta]}]))
    assert done[0]["created"] == ["c1"]
    shown = answer("stage", webinar, "--at", "0:00:03")
    assert (shown["phase"], shown["segment"]) == ("playing", added["created"][0])
    assert shown["offers"][0]["left_ms"] == 4_000
    version = answer("save", webinar, "--note", "the first")
    assert [each["hash"] for each in answer("versions", webinar)] == [version["hash"]]
    answer("edit", webinar, edits_file(tmp_path, [{"op": "delete", "segments": ["c1"]}]))
    assert answer("versions", webinar, "--compare", version["hash"][:10]) != []
    answer("versions", webinar, "--restore", version["hash"][:10])
    assert answer("versions", webinar, "--compare", version["hash"][:10]) == []


def test_a_list_of_edits_is_carried_out_whole_or_not_at_all(answer, webinar, tmp_path):
    before = answer("show", webinar)
    edits = [{"op": "add_marker", "at_ms": 5}, {"op": "delete", "segments": ["nobody"]}]
    failed = answer("edit", webinar, edits_file(tmp_path, edits), code=1)
    assert failed["error"]["code"] == "refused.unknown"
    assert failed["error"]["sentence"]
    assert answer("show", webinar) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[{}]",
        b'[{"op":"dance"}]',
        b'[{"op":"delete"}]',
        b'[{"op":"move","segments":[],"delta_ms":1.5}]',
        b"\xff",
    ],
)
def test_edits_that_are_none_are_refused_with_a_sentence(matinee, webinar, tmp_path, body):
    path = tmp_path / "edits.json"
    path.write_bytes(body)
    code, out, err = matinee("edit", webinar, path)
    assert (code, out) == (1, "")
    assert "docs/edits.md" in err
    assert "Traceback" not in err


def test_edits_can_be_piped_in(webinar, tmp_path):
    command = [
        sys.executable,
        "-m",
        "editor.cli",
        "edit",
        webinar,
        "-",
        "--json",
        "--library",
        str(tmp_path / "library"),
    ]
    done = subprocess.run(
        command, input=b'[{"op":"add_marker","at_ms":1000}]', capture_output=True, check=True, cwd=ROOT, env=os.environ
    )
    assert len(json.loads(done.stdout)[0]["created"]) == 1


def test_check_tells_errors_by_its_exit_code(matinee, webinar):
    code, out, _ = matinee("check", webinar)
    assert code == 3
    assert "error" in out


def test_a_bundle_carries_a_webinar_to_another_library(matinee, answer, webinar, picture, tmp_path):
    answer("import", webinar, picture)
    bundle = tmp_path / "talk.matinee"
    assert matinee("export", webinar, bundle, "--media")[0] == 0
    picture.unlink()
    other = tmp_path / "other"
    code, out, err = matinee("load", bundle, library=other)
    assert code == 0, err
    _, checked, _ = matinee("check", out.strip(), "--json", library=other)
    assert "problem.media_missing" not in {each["code"] for each in json.loads(checked)}
    _, shown, _ = matinee("show", out.strip(), "--json", library=other)
    assert json.loads(shown)["programme"] == answer("show", webinar)["programme"]


def test_what_has_moved_is_found_by_its_content(answer, webinar, picture, tmp_path):
    answer("import", webinar, picture)
    (tmp_path / "elsewhere").mkdir()
    moved = picture.rename(tmp_path / "elsewhere" / "renamed.bin")
    found = answer("relink", webinar, tmp_path / "elsewhere")
    assert list(found["found"].values()) == [str(moved)]
    assert found["missing"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("dance",), 2),
        (("new",), 2),
        (("import", "x"), 2),
        (("show", "nobody"), 1),
        (("stage", "nobody", "--at", "1"), 1),
        (("edit", "nobody", "/no/such/file"), 1),
        (("load", "/no/such/file"), 1),
    ],
)
def test_wrong_words_get_a_sentence(matinee, words, code):
    ended, out, err = matinee(*words)
    assert ended == code
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


def test_a_time_that_is_none_is_refused(matinee, webinar):
    code, _, err = matinee("stage", webinar, "--at", "soon")
    assert code == 1
    assert "soon" in err


def test_an_unreadable_file_is_refused_by_name(matinee, webinar, tmp_path):
    empty = tmp_path / "empty.mp4"
    empty.write_bytes(b"")
    code, _, err = matinee("import", webinar, empty)
    assert code == 1
    assert "empty.mp4" in err


@pytest.mark.parametrize(
    "word",
    [
        "list",
        "new",
        "import",
        "edit",
        "show",
        "check",
        "stage",
        "save",
        "versions",
        "export",
        "load",
        "relink",
        "operations",
    ],
)
def test_every_command_has_help(word, capfd):
    assert main([word, "--help"]) == 0
    assert "Usage" in capfd.readouterr().out


def test_the_reference_of_edits_is_up_to_date(capfd):
    assert main(["operations"]) == 0
    printed = capfd.readouterr().out
    assert printed == (ROOT / "docs" / "edits.md").read_text("utf-8"), "run: ./matinee operations > docs/edits.md"
