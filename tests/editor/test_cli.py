"""The command line as another program would use it: real processes, a real library, real media."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image as Picture

from editor.cli import main
from editor.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def webinar(run_json):
    return run_json("new", "Onboarding", "--zone", "Europe/Paris", "--start", "2031-12-01T18:00:00")["id"]


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "an “agenda”\n🎬.png"
    Picture.new("RGB", (64, 36), "teal").save(path)
    return path


def edits_file(tmp_path, edits):
    path = tmp_path / "edits.json"
    path.write_text(json.dumps(edits))
    return path


def test_a_webinar_from_nothing_to_a_version(run_json, webinar, picture, tmp_path):
    added = run_json("import", webinar, picture)
    assert len(added["created"]) == 1
    cta = {"kind": "cta", "id": "c1", "start_ms": 2_000, "length_ms": 5_000, "offer": "o", "label": "Book", "link": "x"}
    result = run_json("edit", webinar, edits_file(tmp_path, [{"op": "add", "segments": [cta]}]))
    assert result[0]["created"] == ["c1"]
    stage = run_json("stage", webinar, "--at", "0:00:03")
    assert (stage["phase"], stage["segment"]) == ("playing", added["created"][0])
    assert stage["offers"][0]["left_ms"] == 4_000
    version = run_json("save", webinar, "--note", "the first")
    assert [each["hash"] for each in run_json("versions", webinar)] == [version["hash"]]
    run_json("edit", webinar, edits_file(tmp_path, [{"op": "delete", "segments": ["c1"]}]))
    assert run_json("versions", webinar, "--compare", version["hash"][:10]) != []
    run_json("versions", webinar, "--restore", version["hash"][:10])
    assert run_json("versions", webinar, "--compare", version["hash"][:10]) == []


def test_a_list_of_edits_is_carried_out_whole_or_not_at_all(run_json, webinar, tmp_path):
    before = run_json("show", webinar)
    edits = [{"op": "add_marker", "at_ms": 5}, {"op": "delete", "segments": ["nobody"]}]
    failed = run_json("edit", webinar, edits_file(tmp_path, edits), code=1)
    assert failed["error"]["code"] == "refused.unknown"
    assert failed["error"]["sentence"]
    assert run_json("show", webinar) == before


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
def test_edits_that_are_none_are_refused_with_a_sentence(run_cli, webinar, tmp_path, body):
    path = tmp_path / "edits.json"
    path.write_bytes(body)
    code, out, err = run_cli("edit", webinar, path)
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
    process = subprocess.run(
        command, input=b'[{"op":"add_marker","at_ms":1000}]', capture_output=True, check=True, cwd=ROOT, env=os.environ
    )
    assert len(json.loads(process.stdout)[0]["created"]) == 1


def test_check_tells_errors_by_its_exit_code(run_cli, webinar):
    code, out, _ = run_cli("check", webinar)
    assert code == 3
    assert "error" in out


def test_a_bundle_carries_a_webinar_to_another_library(run_cli, run_json, webinar, picture, tmp_path):
    run_json("import", webinar, picture)
    bundle = tmp_path / "talk.matinee"
    assert run_cli("export", webinar, bundle, "--media")[0] == 0
    picture.unlink()
    other = tmp_path / "other"
    code, out, err = run_cli("load", bundle, library=other)
    assert code == 0, err
    _, checked, _ = run_cli("check", out.strip(), "--json", library=other)
    assert "problem.media_missing" not in {each["code"] for each in json.loads(checked)}
    _, document, _ = run_cli("show", out.strip(), "--json", library=other)
    assert json.loads(document)["programme"] == run_json("show", webinar)["programme"]


def test_what_has_moved_is_found_by_its_content(run_json, webinar, picture, tmp_path):
    run_json("import", webinar, picture)
    (tmp_path / "elsewhere").mkdir()
    moved = picture.rename(tmp_path / "elsewhere" / "renamed.bin")
    result = run_json("relink", webinar, tmp_path / "elsewhere")
    assert list(result["found"].values()) == [str(moved)]
    assert result["missing"] == []


# --------------------------------------------------------------------------------------------------- shelves


def test_what_is_put_away_is_brought_back(run_json, webinar):
    assert run_json("archive", webinar)["archived"]
    assert run_json("list") == []
    assert [card["id"] for card in run_json("list", "--archived")] == [webinar]
    assert run_json("show", "Onboarding", code=1)["error"]["code"] == "cli.put_away"
    run_json("restore", "Onboarding")
    assert run_json("delete", "Onboarding")["deleted"]
    assert [card["id"] for card in run_json("list", "--deleted")] == [webinar]
    run_json("restore", webinar[:8])
    assert [card["id"] for card in run_json("list")] == [webinar]
    assert run_json("restore", webinar, code=1)["error"]["code"] == "cli.not_put_away"


def test_a_copy_keeps_plan_and_notes_under_a_name_of_its_own(run_json, webinar, picture):
    segment = run_json("import", webinar, picture)["created"][0]
    run_json("notes", webinar, segment, "smile")
    copied = run_json("duplicate", "Onboarding")["id"]
    named = run_json("duplicate", webinar, "--title", "Next week")["id"]
    assert {card["title"] for card in run_json("list")} == {"Onboarding", "Onboarding (copy)", "Next week"}
    assert run_json("show", copied)["start"] == "2031-12-01T18:00:00"
    assert run_json("notes", named) == {segment: "smile"}


def test_two_of_one_name_are_told_apart_by_their_ids(run_json, webinar):
    run_json("duplicate", webinar, "--title", "Onboarding")
    assert run_json("show", "Onboarding", code=1)["error"]["code"] == "cli.several"
    assert run_json("show", webinar)["id"] == webinar


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--zone", "Mars/Olympus"), "start.zone"),
        (("--start", "2031-02-30T18:00:00"), "start.invalid"),
        (("--start", "tomorrow"), "start.invalid"),
        (("--template", "nobody"), "cli.no_webinar"),
    ],
)
def test_a_webinar_that_cannot_be_planned_so_is_not_made(run_json, options, code):
    assert run_json("new", "Someday", *options, code=1)["error"]["code"] == code
    assert run_json("list") == []


def test_a_new_webinar_may_begin_with_what_another_has(run_json, webinar, picture):
    run_json("import", webinar, picture)
    webinar_id = run_json("new", "Again", "--template", "Onboarding", "--start", "2032-01-05T09:00:00")["id"]
    document = run_json("show", webinar_id)
    assert (document["start"], len(document["programme"])) == ("2032-01-05T09:00:00", 1)


# ------------------------------------------------------------------------------------------ subtitles and notes


@pytest.fixture(scope="module")
def recording_folder(tmp_path_factory):
    """Provide what a meeting tool leaves: a video, its subtitles and its chat, side by side."""
    folder = tmp_path_factory.mktemp("recorded")
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x36:rate=10:duration=3"]
    command += ["-f", "lavfi", "-i", "sine=duration=3", "-shortest", str(folder / "call_1280x720.mp4")]
    subprocess.run(command, check=True)
    (folder / "call.en.srt").write_text("1\n00:00:00,500 --> 00:00:02,000\nHello\n")
    (folder / "call.txt").write_text("18:00 Ann: hello all")
    (folder / "extra.fr.vtt").write_text("WEBVTT\n\n00:00.500 --> 00:02.000\nBonjour\n")
    return folder


def test_a_recording_brings_its_subtitles_and_its_chat(run_json, webinar, recording_folder):
    run_json("import", webinar, recording_folder / "call_1280x720.mp4", "--recording")
    document = run_json("show", webinar)
    (segment,) = document["programme"]
    assert segment["kind"] == "recording"
    (media,) = document["media"].values()
    assert [track["language"] for track in media["captions"]] == ["en"]
    assert segment["captions"] == media["captions"][0]["sha256"]
    assert run_json("notes", webinar) == {segment["id"]: "18:00 Ann: hello all"}


def test_subtitles_are_attached_and_shown_where_none_were(run_cli, run_json, webinar, recording_folder, picture):
    run_json("import", webinar, recording_folder / "call_1280x720.mp4", picture)
    result = run_json("captions", webinar, "call_1280x720.mp4", recording_folder / "extra.fr.vtt")
    document = run_json("show", webinar)
    assert [track["language"] for track in result["media"]["captions"]] == ["fr"]
    assert document["programme"][0]["captions"] == result["media"]["captions"][0]["sha256"]
    again = run_json(
        "captions", webinar, result["media"]["sha256"][:10], recording_folder / "call.en.srt", "--language", "en-GB"
    )
    assert [track["language"] for track in again["media"]["captions"]] == ["fr", "en-GB"]
    assert again["changed"] == []
    for name, file, code in [
        ("nobody.mp4", "call.en.srt", "cli.no_media"),
        ("call_1280x720.mp4", "call_1280x720.mp4", "media.captions_kind"),
        ("call_1280x720.mp4", "call.txt", "media.captions_unreadable"),
        (document["programme"][1]["media"], "call.en.srt", "cli.no_captions"),
    ]:
        assert run_json("captions", webinar, name, recording_folder / file, code=1)["error"]["code"] == code
    assert (
        "“call.txt” is not a valid subtitle file: line 1"
        in run_cli("captions", webinar, "call_1280x720.mp4", recording_folder / "call.txt")[2]
    )


def test_notes_are_kept_beside_a_segment_and_taken_away(run_cli, run_json, webinar, picture):
    segment = run_json("import", webinar, picture)["created"][0]
    assert run_json("notes", webinar, segment[:6], "breathe\nand smile") == {segment: "breathe\nand smile"}
    assert "breathe and smile" in run_cli("notes", webinar)[1]
    assert run_json("versions", webinar) == []
    assert run_json("notes", webinar, segment, "") == {}
    assert run_json("notes", webinar, "nobody", "x", code=1)["error"]["code"] == "cli.no_segment"
    assert run_cli("notes", webinar, segment)[0] == 2


# ------------------------------------------------------------------------------------------------------- copies


def test_a_copy_of_the_library_is_listed_and_put_back(run_cli, run_json, webinar, tmp_path):
    assert run_json("copies") == []
    (copy,) = run_json("copies", "--make")
    assert run_json("copies", "--make") == [copy]
    run_json("new", "After the copy")
    library = tmp_path / "library" / "library.db"
    library.write_bytes(library.read_bytes()[:50_000])
    assert run_json("list", code=1)["error"]["code"] == "library.damaged"
    assert copy["name"] in run_cli("copies")[1]
    assert run_json("restore-copy", "yesterday", code=1)["error"]["code"] == "cli.no_copy"
    reply = run_json("restore-copy", copy["name"])
    assert reply["copy"] == copy["file"]
    assert (Path(reply["aside"]) / "library.db").stat().st_size == 50_000
    assert [card["title"] for card in run_json("list")] == ["Onboarding"]


# ------------------------------------------------------------------------------------------- words and failures


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
def test_wrong_words_get_a_sentence(run_cli, words, code):
    exit_code, out, err = run_cli(*words)
    assert exit_code == code
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


def test_a_time_that_is_none_is_refused(run_cli, webinar):
    code, _, err = run_cli("stage", webinar, "--at", "soon")
    assert code == 1
    assert "soon" in err


def test_an_unreadable_file_is_refused_by_name(run_cli, webinar, tmp_path):
    empty = tmp_path / "empty.mp4"
    empty.write_bytes(b"")
    code, _, err = run_cli("import", webinar, empty)
    assert code == 1
    assert "empty.mp4" in err


@pytest.mark.parametrize("word", COMMANDS)
def test_every_command_has_help_and_the_options_of_all(word, capfd):
    assert main([word, "--help"]) == 0
    help_text = capfd.readouterr().out
    assert "Usage" in help_text
    if word != "operations":
        assert "--library" in help_text
        assert "--json" in help_text


def test_the_reference_of_edits_is_up_to_date(capfd):
    assert main(["operations"]) == 0
    printed = capfd.readouterr().out
    assert printed == (ROOT / "docs" / "edits.md").read_text("utf-8"), "run: ./matinee operations > docs/edits.md"


def test_wrong_words_are_answered_in_json_too(run_json):
    assert run_json("dance", code=2)["error"]["code"] == "cli.usage"
    assert run_json("import", "x", code=2)["error"]["sentence"]
    assert run_json("versions", "x", "--compare", "1", "--restore", "2", code=2)["error"]["sentence"]
    assert run_json("import", "x", "y", "--mode", "sideways", code=2)["error"]["sentence"]


def test_a_slip_in_a_field_is_no_other_edit(run_json, webinar, picture, tmp_path):
    segment = run_json("import", webinar, picture)["created"][0]
    before = run_json("show", webinar)
    cta = {"kind": "cta", "id": "c", "start_ms": 0, "length_ms": 5_000, "offer": "o", "lable": "Book"}
    for edit, named in [
        ({"op": "move", "segments": [segment], "delta_ms": 5, "modus": "insert"}, "modus"),
        ({"op": "add", "segments": [cta]}, "segments.lable"),
    ]:
        reply = run_json("edit", webinar, edits_file(tmp_path, [edit]), code=1)
        assert reply["error"]["code"] == "cli.bad_edits"
        assert named in reply["error"]["sentence"]
    assert run_json("show", webinar) == before


def test_a_reader_that_has_enough_is_no_failure(webinar, tmp_path):
    command = [sys.executable, "-m", "editor.cli", "operations"]
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    os.close(writing)
    assert (process.returncode, process.stderr) == (1, b"")


def test_answers_reach_a_terminal_without_the_letters(run_json, run_cli, tmp_path):
    webinar_id = run_json("new", "Fête \N{PARTY POPPER}")["id"]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for more in ((), ("--json",)):
        command = [
            sys.executable,
            "-m",
            "editor.cli",
            "show",
            webinar_id,
            "--library",
            str(tmp_path / "library"),
            *more,
        ]
        process = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=plain)
        assert b"F" in process.stdout
    assert json.loads(process.stdout)["title"] == "Fête \N{PARTY POPPER}"


def test_media_are_prepared_without_a_window_and_once(run_json, webinar, picture, tmp_path):
    run_json("import", webinar, picture)
    first = run_json("prepare", webinar)
    assert [(each["kind"], len(each["stills"])) for each in first] == [("image", 1)]
    written_at = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("step-*.json")}
    assert run_json("prepare", webinar) == first
    assert written_at
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("step-*.json")} == written_at
