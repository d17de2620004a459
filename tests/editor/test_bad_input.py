"""Whatever comes in, through the front door: strange names, full and read-only and missing disks, clocks that run
backwards, webinars of no size and of the largest, files from tomorrow, two programs at once. A sentence each time, and
nothing lost. (Damaged files and damaged libraries are tried in their own rooms.)
"""

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image as Picture

from editor.errors import Known
from editor.schedule import wire
from editor.schedule.model import HOUR, LONGEST_MS, Cta, Image, Media, Webinar
from editor.schedule.operations import Add, AddMarker, Delete, Plan
from editor.sentences import SENTENCES
from editor.workspace import Workspace

ROOT = Path(__file__).parents[2]
SHA = "c" * 64


def ctas(count: int, name: str = "c") -> list[dict]:
    return [
        {"kind": "cta", "id": f"{name}{n}", "offer": f"{name}{n}", "start_ms": n * 2_000, "length_ms": 1_500}
        for n in range(count)
    ]


@pytest.fixture
def asked(tmp_path):
    """A list of edits as a file."""

    def written(*edits, name="edits.json"):
        path = tmp_path / name
        path.write_text(json.dumps(edits), "utf-8")
        return path

    return written


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "agenda.png"
    Picture.new("RGB", (64, 36), "teal").save(path)
    return path


@pytest.fixture
def webinar(answer, picture):
    """A webinar with a picture and an offer on it."""
    made = answer("new", "Onboarding")["id"]
    answer("import", made, picture)
    return made


ON_A_FULL_DISK = """
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
def on_a_full_disk():
    """Run command lines, each given with its library, in a process that may write so many bytes to a file, no more."""

    def run(most, *commands):
        lines = [[word, "--library", str(library), "--json", *map(str, more)] for library, word, *more in commands]
        told = json.dumps([most, lines])
        done = subprocess.run(
            [sys.executable, "-c", ON_A_FULL_DISK], input=told, capture_output=True, text=True, check=True, cwd=ROOT
        )
        assert done.stderr == ""
        return json.loads(done.stdout)

    return run


def refused(told: dict) -> str:
    """The code of a refusal that is said in a sentence."""
    assert told["error"]["code"] in SENTENCES
    assert "{" not in told["error"]["sentence"]
    return told["error"]["code"]


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
def test_a_name_of_any_kind_goes_all_the_way_round(matinee, answer, tmp_path, name):
    file = tmp_path / f"{name}.png"
    Picture.new("RGB", (64, 36), "teal").save(file, "PNG")
    made = answer("new", "--", name)["id"]
    (media,) = answer("import", made, file)["media"]
    shown = answer("show", made)
    assert shown["title"] == name
    assert "\n" not in media["name"]
    assert "\x1b" not in media["name"]
    bundle = tmp_path / f"{name}.matinee"
    answer("export", made, bundle, "--media")
    other = tmp_path / "other"
    loaded = answer("load", bundle, library=other)["id"]
    assert answer("show", loaded, library=other) == shown
    assert "problem.media_missing" not in {each["code"] for each in answer("check", loaded, library=other, code=3)}
    for words in (("list",), ("show", made), ("check", made)):
        _, out, err = matinee(*words)
        assert "\x1b" not in out + err
    assert len(matinee("list")[1].splitlines()) == 1
    assert answer("show", "--", name)["id"] == made


def test_a_file_whose_name_is_no_text_goes_all_the_way_round(answer, tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/talk \xff\xfe.png"))
    Picture.new("RGB", (64, 36), "teal").save(file, "PNG")
    made = answer("new", "Talk")["id"]
    (media,) = answer("import", made, file)["media"]
    assert media["name"] == "talk \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.png"
    file = file.rename(Path(os.fsdecode(os.fsencode(tmp_path) + b"/moved \xff.png")))
    assert answer("relink", made, tmp_path)["found"] == {media["sha256"]: str(file)}
    bundle = file.with_suffix(".matinee")
    assert answer("export", made, bundle)["file"] == str(bundle)
    assert answer("load", bundle)["id"]
    assert refused(answer("load", file, code=1)) == "bundle.unreadable"
    assert refused(answer("import", made, file.with_suffix(".mp4"), code=1)) == "media.gone"
    assert refused(answer("edit", made, file, code=1)) == "cli.bad_edits"


def test_half_a_character_is_refused_before_anything_is_made(answer, webinar):
    half = os.fsdecode(b"caf\xe9")
    (segment,) = answer("show", webinar)["programme"]
    for words in (
        ("new", half),
        ("duplicate", webinar, "--title", half),
        ("save", webinar, "--note", half),
        ("notes", webinar, segment["id"], half),
    ):
        assert refused(answer(*words, code=1)) == "wire.text"
    assert len(answer("list")) == 1
    assert answer("versions", webinar) == []
    assert answer("notes", webinar) == {}


def test_a_library_may_lie_where_the_path_is_no_text(answer, tmp_path):
    for name in (b"caf\xe9", b"50% #1 ?x=y", b"line\nbreak"):
        library = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        made = answer("new", "Somewhere", library=library)["id"]
        (copy,) = answer("copies", "--make", library=library)
        assert Path(copy["file"]).parent.parent == library
        assert answer("show", made, library=library)["title"] == "Somewhere"
        assert answer("restore-copy", copy["name"], library=library)["copy"] == copy["file"]


def test_a_library_without_a_name_is_not_made_where_one_happens_to_be(answer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "empty" in answer("list", library="", code=2)["error"]["sentence"]
    assert list(tmp_path.iterdir()) == []


# ----------------------------------------------------------------------------------- disks that take nothing


def test_a_library_that_cannot_be_written_is_told_and_left_alone(place, answer, at_rest, ordinary_person, picture):
    library = place / "library"
    made = answer("new", "Onboarding", library=library)["id"]
    edits = place / "edits.json"
    edits.write_text('[{"op": "add_marker", "at_ms": 1}]')
    for path in (*library.rglob("*"), library):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = at_rest(library)
    for words in (("new", "x"), ("import", made, picture), ("edit", made, edits), ("save", made), ("delete", made)):
        with ordinary_person():
            failed = answer(*words, library=library, code=1)["error"]
        assert failed["code"] == "library.unwritable", words
        assert str(library) in failed["sentence"]
    assert at_rest(library) == before


def test_a_bundle_is_not_written_where_nothing_can_be(place, answer, ordinary_person):
    library = place / "library"
    made = answer("new", "Onboarding", library=library)["id"]
    (place / "shelf").mkdir(mode=0o555)
    for path in (library, *library.rglob("*")):
        path.chmod(0o777)
    with ordinary_person():
        failed = answer("export", made, place / "shelf" / "talk.matinee", library=library, code=1)["error"]
    assert failed["code"] == "bundle.unwritable"
    assert list((place / "shelf").iterdir()) == []


@pytest.mark.parametrize("most", [0, 2_000, 40_000])
def test_on_a_full_disk_every_command_leaves_what_was_there(on_a_full_disk, answer, asked, webinar, tmp_path, most):
    answer("save", webinar, "--note", "before")
    bundle = tmp_path / "talk.matinee"
    bundle.write_bytes(b"what stood there")
    film = tmp_path / "noise.png"
    Picture.effect_noise((320, 240), 100).save(film)
    assert film.stat().st_size > 40_000
    answer("import", webinar, film, "--bin-only")
    before = answer("show", webinar), answer("versions", webinar), answer("list")
    other = tmp_path / "other.png"
    Picture.new("RGB", (64, 36), "red").save(other)
    many = asked({"op": "add", "segments": ctas(2_000)})
    here = tmp_path / "library"
    commands = [
        (here, "edit", webinar, many),
        (here, "export", webinar, bundle, "--media"),
        (tmp_path / "nowhere", "new", "x"),
    ]
    if most < 40_000:  # below that, not even SQLite's index of its log can be made
        commands += [(here, "import", webinar, other), (here, "save", webinar, "--note", "after")]
    for (code, told), words in zip(on_a_full_disk(most, *commands), commands, strict=True):
        assert code == 1, words
        assert refused(told) in {"library.unwritable", "library.full", "media.unwritable", "bundle.unwritable"}, words
    assert bundle.read_bytes() == b"what stood there"
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]
    assert (answer("show", webinar), answer("versions", webinar), answer("list")) == before
    assert answer("import", webinar, other)["created"]


def test_a_drive_that_is_away_is_told_and_nothing_is_begun_anew(answer, asked, picture, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    library = stick / "library"
    made = answer("new", "Onboarding", library=library)["id"]
    edits = asked({"op": "add_marker", "at_ms": 1})
    away = stick.rename(tmp_path / "away")
    for words in (
        ("list",),
        ("new", "x"),
        ("show", made),
        ("import", made, picture),
        ("edit", made, edits),
        ("save", made),
    ):
        failed = answer(*words, library=library, code=1)["error"]
        assert failed["code"] == "library.gone"
        assert "Connect its drive" in failed["sentence"]
    assert not stick.exists()
    away.rename(stick)
    assert [card["id"] for card in answer("list", library=library)] == [made]


def test_an_edit_while_the_drive_is_away_can_be_made_when_it_is_back(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    with Workspace(stick / "library") as workspace:
        document = workspace.open(workspace.new("Onboarding", zone="UTC"))
        document.apply(AddMarker(at_ms=1_000, title="kept"))
        away = stick.rename(tmp_path / "away")
        for attempt in (
            lambda: document.apply(AddMarker(at_ms=2_000)),
            document.undo,
            lambda: workspace.save(document.webinar.id),
        ):
            with pytest.raises(Known) as told:
                attempt()
            assert told.value.code in {"library.gone", "library.unwritable"}
        away.rename(stick)
        workspace.reopen()
        assert [marker.title for marker in document.webinar.markers] == ["kept"]
        document.apply(AddMarker(at_ms=2_000, title="again"))
        assert workspace.library.draft(document.webinar.id).webinar == document.webinar


# ---------------------------------------------------------------------------------------------------- clocks


def test_a_clock_that_runs_backwards_loses_no_order(tmp_path):
    now = datetime(2031, 6, 1, 12, tzinfo=UTC)
    with Workspace(tmp_path / "library", now=lambda: now) as workspace:
        first = workspace.new("First", zone="UTC")
        second = workspace.new("Second", zone="UTC")
        document = workspace.open(first)
        notes = []
        for back in (0, 1, 400, 20_000):
            now = datetime(2031, 6, 1, 12, tzinfo=UTC) - timedelta(days=back)
            document.apply(AddMarker(at_ms=back, title=str(back)))
            workspace.save(first, f"{back} days back", seen=document.webinar)
            workspace.library.daily_copy()
            notes.insert(0, f"{back} days back")
        assert [version.note for version in workspace.versions(first)] == notes
        assert [card.id for card in workspace.library.cards()] == [first, second]
        assert workspace.last_saved(document) is document.webinar
        assert not workspace.library.card(first).unsaved
        assert len(workspace.copies()) == 4
        assert "1976" in workspace.copies()[0].name  # made last, whatever its day
        oldest = workspace.versions(first)[-1]
        workspace.restore(document, oldest.hash)
        assert [marker.title for marker in document.webinar.markers] == ["0"]
        workspace.library.delete(second, deleted=True)
        now += timedelta(days=1)
        workspace.library.daily_copy()
        assert workspace.library.has(second)  # deleted yesterday, in whatever year


# ----------------------------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize("count", [0, 10_000])
def test_every_command_takes_nothing_and_ten_thousand(answer, matinee, asked, picture, tmp_path, count):
    made = answer("new", "Long")["id"]
    if count:
        images = [
            {"kind": "image", "id": f"i{n}", "media": SHA, "start_ms": n * 2_000, "length_ms": 1_500}
            for n in range(count // 2)
        ]
        media = [{"sha256": SHA, "kind": "image", "name": "still.png"}]
        answer("edit", made, asked({"op": "add", "segments": images + ctas(count // 2), "media": media}))
    bundle = tmp_path / "long.matinee"
    for words in (
        ("list",),
        ("show", made),
        ("stage", made, "--at", "0:00:01"),
        ("stage", made, "--at", "23:59:59.999"),
        ("save", made),
        ("versions", made),
        ("versions", made, "--compare", answer("save", made)["hash"]),
        ("import", made, picture),
        ("edit", made, asked({"op": "close_gaps"})) if count else ("edit", made, asked()),
        ("relink", made, tmp_path),
        ("notes", made),
        ("duplicate", made),
        ("export", made, bundle),
        ("load", bundle),
        ("archive", made),
        ("restore", made),
        ("copies", "--make"),
    ):
        assert matinee(*words)[0] == 0, words
    problems = answer("check", made, code=3)
    assert all(problem["sentence"] for problem in problems)
    shown = answer("show", made)
    assert len(shown.get("programme", ())) + len(shown.get("interactions", ())) == count + 1
    assert answer("restore-copy")["copy"]


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_segment_may_end_at_24_hours_and_not_a_millisecond_later(answer, asked, tmp_path, beyond):
    made = answer("new", "A day")["id"]
    length = HOUR + beyond
    last = {"kind": "cta", "id": "last", "offer": "o", "start_ms": LONGEST_MS - HOUR, "length_ms": length}
    picture = {"kind": "image", "id": "day", "media": SHA, "start_ms": beyond, "length_ms": LONGEST_MS}
    for segment in (last, picture):
        edits = asked({"op": "add", "segments": [segment]})
        if beyond:
            assert answer("edit", made, edits, code=1)["error"]["code"] == "refused.past_day"
        else:
            assert answer("edit", made, edits)[0]["created"] == [segment["id"]]
            longer = {"op": "resize", "segment": segment["id"], "edge": "end", "delta_ms": 1, "exact": True}
            assert answer("edit", made, asked(longer), code=1)["error"]["code"] == "refused.past_day"
            later = {"op": "move", "segments": [segment["id"]], "delta_ms": 1}
            assert answer("edit", made, asked(later), code=1)["error"]["code"] == "refused.past_day"
    assert answer("show", made).get("interactions", []) == ([] if beyond else [last])
    if not beyond:
        assert answer("stage", made, "--at", "23:59:59.999")["phase"] == "playing"
        assert answer("stage", made, "--at", "24:00:00")["phase"] == "ended"
        answer("load", Path(answer("export", made, tmp_path / "day.matinee")["file"]))


def test_a_bundle_that_runs_on_beyond_24_hours_is_refused(answer, tmp_path):
    image = Image(id="i", media=SHA, start_ms=LONGEST_MS - 1_000, length_ms=1_001)
    media = {SHA: Media(sha256=SHA, kind="image", name="still.png")}
    bundle = forged(tmp_path, wire.encode(Webinar(id="w", programme=(image,), media=media)))
    failed = answer("load", bundle, code=1)["error"]
    assert failed["code"] == "wire.invalid"
    assert "still.png" in failed["sentence"]
    assert answer("list") == []


# ------------------------------------------------------------------------------------------------- tomorrow


def forged(folder: Path, body: bytes) -> Path:
    """A bundle around what another program may have written."""
    path = folder / "forged.matinee"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("bundle.json", '{"bundle":1}')
        bundle.writestr("webinar.json", body)
    return path


def varied(**fields: object) -> bytes:
    return json.dumps({**json.loads(wire.encode(Webinar(id="w", title="Tomorrow"))), **fields}).encode()


def test_a_newer_format_is_refused_and_nothing_is_taken_in(answer, tmp_path):
    failed = answer("load", forged(tmp_path, varied(format=2)), code=1)["error"]
    assert failed["code"] == "wire.newer"
    assert "Update" in failed["sentence"]
    assert answer("list") == []


def test_what_is_unknown_is_looked_at_and_kept_byte_for_byte(matinee, answer, asked, tmp_path):
    body = varied(mood="calm", programme=[{"kind": "hologram", "id": "h", "start_ms": 0}])
    made = answer("load", forged(tmp_path, body))["id"]
    assert answer("show", made)["mood"] == "calm"
    code, out, err = matinee("show", made)
    assert (code, "Tomorrow" in out, "hologram" in err) == (0, True, True)
    edits = asked({"op": "add_marker", "at_ms": 1})
    for words, named in [
        (("edit", made, edits), "document.read_only"),
        (("duplicate", made), "library.unknown"),
        (("export", made, tmp_path / "again.matinee"), "library.unknown"),
    ]:
        assert answer(*words, code=1)["error"]["code"] == named
    assert answer("show", made) == json.loads(body)


# ----------------------------------------------------------------------------------------- two at the same time


def test_of_edits_at_the_same_time_each_is_made_or_told_and_none_is_lost(answer, tmp_path):
    made = answer("new", "Shared")["id"]
    command = [sys.executable, "-m", "editor.cli", "edit", made, "-", "--json", "--library", str(tmp_path / "library")]
    programs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        for _ in range(3)
    ]
    for number, program in enumerate(programs):
        program.stdin.write(json.dumps([{"op": "add_marker", "at_ms": number, "title": f"{number}"}]).encode())
        program.stdin.flush()
    for program in programs:  # they have waited for the end of their input, and set out together
        program.stdin.close()
    kept = set()
    for number, program in enumerate(programs):
        out, err = program.stdout.read(), program.stderr.read()
        program.stdout.close()
        program.stderr.close()
        assert err == b""
        if program.wait() == 0:
            kept.add(str(number))
        else:
            assert refused(json.loads(out)) == "library.stale"
    assert {marker["title"] for marker in answer("show", made)["markers"]} == kept
    assert kept


def test_of_two_open_at_once_the_second_is_told_and_goes_on(tmp_path):
    with Workspace(tmp_path / "library") as one, Workspace(tmp_path / "library") as other:
        made = one.new("Shared", zone="UTC")
        mine, theirs = one.open(made), other.open(made)
        mine.apply(Add(segments=(Cta(id="c", offer="o", start_ms=0, length_ms=5_000),)))
        for attempt in (lambda: theirs.apply(Plan(title="Theirs")), lambda: other.save(made, seen=theirs.webinar)):
            with pytest.raises(Known, match=r"library\.stale"):
                attempt()
        assert theirs.reload() == mine.webinar
        theirs.apply(Plan(title="Theirs"))
        with pytest.raises(Known, match=r"library\.stale"):
            mine.apply(Delete(segments=("c",)))
        mine.reload()
        assert (mine.webinar.title, len(mine.webinar.interactions)) == ("Theirs", 1)


# -------------------------------------------------------------------------------------------- edits that are none

HOSTILE = {
    "a number without end": '[{"op":"add_marker","at_ms":1e999}]',
    "a huge number": '[{"op":"add_marker","at_ms":' + "9" * 400 + "}]",
    "just beyond 64 bits": '[{"op":"add_marker","at_ms":18446744073709551616}]',
    "a fraction": '[{"op":"add_marker","at_ms":1.5}]',
    "a number as text": '[{"op":"add_marker","at_ms":"1"}]',
    "true for a number": '[{"op":"add_marker","at_ms":true}]',
    "not a number": '[{"op":"add_marker","at_ms":NaN}]',
    "infinity": '[{"op":"add_marker","at_ms":Infinity}]',
    "before the beginning": '[{"op":"add_marker","at_ms":-1}]',
    "nested a thousand deep": "[" * 1_000 + "]" * 1_000,
    "nested a million deep": "[" * 1_000_000,
    "nested within an edit": '[{"op":"plan","title":' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}]",
    "no operation": "[{}]",
    "an operation that is none": '[{"op":"dance"}]',
    "an operation that is a list": '[{"op":["move"]}]',
    "a kind that is none": '[{"op":"add","segments":[{"kind":"hologram","id":"h","start_ms":0}]}]',
    "a kind of something else": '[{"op":"add","segments":[{"kind":"cta","id":"v","start_ms":0,"out_ms":5}]}]',
    "an id that is too long": '[{"op":"delete","segments":["' + "x" * 65 + '"]}]',
    "an id of nothing": '[{"op":"delete","segments":[""]}]',
    "half a character": '[{"op":"add_marker","at_ms":1,"title":"\\ud800"}]',
    "a raw control character": '[{"op":"add_marker","at_ms":1,"title":"\x01"}]',
    "a hash that is none": '[{"op":"forget_media","media":["../../etc/passwd"]}]',
    "a field too many": '[{"op":"add_marker","at_ms":1,"colour":"red"}]',
    "no list": '{"op":"add_marker","at_ms":1}',
    "nothing": "",
    "a byte order mark": "\ufeff[]",
    "two lists": "[][]",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_edits_are_refused_in_words_and_change_nothing(answer, webinar, tmp_path, body):
    before = answer("show", webinar)
    path = tmp_path / "edits.json"
    path.write_text(body, "utf-8")
    failed = answer("edit", webinar, path, code=1)["error"]
    assert failed["code"] == "cli.bad_edits"
    assert len(failed["sentence"]) < 500
    assert answer("show", webinar) == before


@pytest.mark.parametrize("title", ["\x00", "\x1b[31m", "a\nb", "\u202e", "\ufffe", "🎬" * 10_000], ids=range(6))
def test_texts_of_any_kind_are_kept_as_they_are(answer, matinee, webinar, asked, title):
    answer("edit", webinar, asked({"op": "plan", "title": title}, {"op": "add_marker", "at_ms": 1, "title": title}))
    shown = answer("show", webinar)
    assert (shown["title"], shown["markers"][0]["title"]) == (title, title)
    assert answer("list")[0]["title"] == title
    version = answer("save", webinar, "--note", "as it is")["hash"]
    answer("edit", webinar, asked({"op": "plan", "title": "plain"}))
    assert "plain" in matinee("versions", webinar, "--compare", version)[1]


def test_a_list_too_long_to_read_is_refused(answer, webinar):
    assert refused(answer("edit", webinar, "/dev/zero", code=1)) == "cli.bad_edits"


def test_numbers_no_reader_can_hold_are_refused_and_the_largest_are_kept(answer, webinar, asked):
    most = {"size": 2**53 - 1, "duration_ms": 2**31 - 1, "width": 2**31 - 1, "pages": 2**31 - 1}
    media = {"sha256": SHA, "kind": "video", "name": "long.mp4"}
    for name, value in most.items():
        beyond = asked({"op": "know_media", "media": [media | {name: value + 1}]})
        assert refused(answer("edit", webinar, beyond, code=1)) == "cli.bad_edits"
    beyond = asked({"op": "plan", "price": {"amount": 2**53}})
    assert refused(answer("edit", webinar, beyond, code=1)) == "cli.bad_edits"
    end = {"kind": "video", "id": "v", "start_ms": 60_000, "media": SHA, "in_ms": 2**31 - 2_001, "out_ms": 2**31 - 1}
    answer("edit", webinar, asked({"op": "add", "segments": [end], "media": [media | most]}))
    shown = answer("show", webinar)
    assert (shown["media"][SHA], shown["programme"][1]) == (media | most, end)
    assert answer("stage", webinar, "--at", "0:01:01")["media_ms"] == 2**31 - 1_001
    assert answer("check", webinar, code=3)
