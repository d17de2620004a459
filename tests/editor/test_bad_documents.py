"""Bad documents and edits through the command line: each gives a sentence, and nothing is lost.

Tried are webinars without a size and of the largest, files from the future, and lists of edits that are none.
"""

import json
import zipfile
from pathlib import Path

import pytest

from editor.schedule import serialization
from editor.schedule.model import FORMAT, HOUR, MAX_WEBINAR_MS, Image, Media, Webinar

SHA = "c" * 64


def make_ctas(count: int, name: str = "c") -> list[dict]:
    return [
        {"kind": "cta", "id": f"{name}{n}", "offer": f"{name}{n}", "start_ms": n * 2_000, "length_ms": 1_500}
        for n in range(count)
    ]


# ----------------------------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize("count", [0, 10_000])
def test_every_command_takes_nothing_and_ten_thousand(run_json, run_cli, write_edits, picture, tmp_path, count):
    webinar_id = run_json("new", "Long")["id"]
    if count:
        images = [
            {"kind": "image", "id": f"i{n}", "media": SHA, "start_ms": n * 2_000, "length_ms": 1_500}
            for n in range(count // 2)
        ]
        media = [{"sha256": SHA, "kind": "image", "name": "still.png"}]
        run_json(
            "edit", webinar_id, write_edits({"op": "add", "segments": images + make_ctas(count // 2), "media": media})
        )
    bundle = tmp_path / "long.matinee"
    for words in (
        ("list",),
        ("show", webinar_id),
        ("stage", webinar_id, "--at", "0:00:01"),
        ("stage", webinar_id, "--at", "23:59:59.999"),
        ("save", webinar_id),
        ("versions", webinar_id),
        ("versions", webinar_id, "--compare", run_json("save", webinar_id)["hash"]),
        ("import", webinar_id, picture),
        ("edit", webinar_id, write_edits({"op": "close_gaps"})) if count else ("edit", webinar_id, write_edits()),
        ("relink", webinar_id, tmp_path),
        ("notes", webinar_id),
        ("duplicate", webinar_id),
        ("export", webinar_id, bundle),
        ("load", bundle),
        ("archive", webinar_id),
        ("restore", webinar_id),
        ("copies", "--make"),
    ):
        assert run_cli(*words)[0] == 0, words
    problems = run_json("check", webinar_id, code=3)
    assert all(problem["sentence"] for problem in problems)
    document = run_json("show", webinar_id)
    assert len(document.get("programme", ())) + len(document.get("interactions", ())) == count + 1
    assert run_json("restore-copy")["copy"]


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_segment_may_end_at_24_hours_and_not_a_millisecond_later(run_json, write_edits, tmp_path, beyond):
    webinar_id = run_json("new", "A day")["id"]
    length = HOUR + beyond
    last = {"kind": "cta", "id": "last", "offer": "o", "start_ms": MAX_WEBINAR_MS - HOUR, "length_ms": length}
    picture = {"kind": "image", "id": "day", "media": SHA, "start_ms": beyond, "length_ms": MAX_WEBINAR_MS}
    for segment in (last, picture):
        edits = write_edits({"op": "add", "segments": [segment]})
        if beyond:
            assert run_json("edit", webinar_id, edits, code=1)["error"]["code"] == "refused.past_day"
        else:
            assert run_json("edit", webinar_id, edits)[0]["created"] == [segment["id"]]
            longer = {"op": "resize", "segment": segment["id"], "edge": "end", "delta_ms": 1, "exact": True}
            assert run_json("edit", webinar_id, write_edits(longer), code=1)["error"]["code"] == "refused.past_day"
            later = {"op": "move", "segments": [segment["id"]], "delta_ms": 1}
            assert run_json("edit", webinar_id, write_edits(later), code=1)["error"]["code"] == "refused.past_day"
    assert run_json("show", webinar_id).get("interactions", []) == ([] if beyond else [last])
    if not beyond:
        assert run_json("stage", webinar_id, "--at", "23:59:59.999")["phase"] == "playing"
        assert run_json("stage", webinar_id, "--at", "24:00:00")["phase"] == "ended"
        run_json("load", Path(run_json("export", webinar_id, tmp_path / "day.matinee")["file"]))


def test_a_bundle_that_runs_on_beyond_24_hours_is_refused(run_json, tmp_path):
    image = Image(id="i", media=SHA, start_ms=MAX_WEBINAR_MS - 1_000, length_ms=1_001)
    media = {SHA: Media(sha256=SHA, kind="image", name="still.png")}
    bundle = forge_bundle(tmp_path, serialization.encode(Webinar(id="w", programme=(image,), media=media)))
    failed = run_json("load", bundle, code=1)["error"]
    assert failed["code"] == "wire.invalid"
    assert "still.png" in failed["sentence"]
    assert run_json("list") == []


# ------------------------------------------------------------------------------------------------- tomorrow


def forge_bundle(folder: Path, body: bytes) -> Path:
    """Write a bundle around a document that another program may have written."""
    path = folder / "forged.matinee"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("bundle.json", '{"bundle":1}')
        bundle.writestr("webinar.json", body)
    return path


def make_varied_webinar(**fields: object) -> bytes:
    return json.dumps({**json.loads(serialization.encode(Webinar(id="w", title="Tomorrow"))), **fields}).encode()


def test_a_newer_format_is_refused_and_nothing_is_taken_in(run_json, tmp_path):
    failed = run_json("load", forge_bundle(tmp_path, make_varied_webinar(format=FORMAT + 1)), code=1)["error"]
    assert failed["code"] == "wire.newer"
    assert "Update" in failed["sentence"]
    assert run_json("list") == []


def test_what_is_unknown_is_looked_at_and_kept_byte_for_byte(run_cli, run_json, write_edits, tmp_path):
    body = make_varied_webinar(mood="calm", programme=[{"kind": "hologram", "id": "h", "start_ms": 0}])
    webinar_id = run_json("load", forge_bundle(tmp_path, body))["id"]
    assert run_json("show", webinar_id)["mood"] == "calm"
    code, out, err = run_cli("show", webinar_id)
    assert (code, "Tomorrow" in out, "hologram" in err) == (0, True, True)
    edits = write_edits({"op": "add_marker", "at_ms": 1})
    for words, named in [
        (("edit", webinar_id, edits), "document.read_only"),
        (("duplicate", webinar_id), "library.unknown"),
        (("export", webinar_id, tmp_path / "again.matinee"), "library.unknown"),
    ]:
        assert run_json(*words, code=1)["error"]["code"] == named
    assert run_json("show", webinar_id) == json.loads(body)


# -------------------------------------------------------------------------------------------- edits that are none

HOSTILE_EDITS = {
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


@pytest.mark.parametrize("body", HOSTILE_EDITS.values(), ids=HOSTILE_EDITS)
def test_hostile_edits_are_refused_in_words_and_change_nothing(run_json, webinar, tmp_path, body):
    before = run_json("show", webinar)
    path = tmp_path / "edits.json"
    path.write_text(body, "utf-8")
    failed = run_json("edit", webinar, path, code=1)["error"]
    assert failed["code"] == "cli.bad_edits"
    assert len(failed["sentence"]) < 500
    assert run_json("show", webinar) == before


@pytest.mark.parametrize("title", ["\x00", "\x1b[31m", "a\nb", "\u202e", "\ufffe", "🎬" * 10_000], ids=range(6))
def test_texts_of_any_kind_are_kept_as_they_are(run_json, run_cli, webinar, write_edits, title):
    run_json(
        "edit", webinar, write_edits({"op": "plan", "title": title}, {"op": "add_marker", "at_ms": 1, "title": title})
    )
    document = run_json("show", webinar)
    assert (document["title"], document["markers"][0]["title"]) == (title, title)
    assert run_json("list")[0]["title"] == title
    version = run_json("save", webinar, "--note", "as it is")["hash"]
    run_json("edit", webinar, write_edits({"op": "plan", "title": "plain"}))
    assert "plain" in run_cli("versions", webinar, "--compare", version)[1]


def test_a_list_too_long_to_read_is_refused(run_json, webinar, get_error_code):
    assert get_error_code(run_json("edit", webinar, "/dev/zero", code=1)) == "cli.bad_edits"


def test_numbers_no_reader_can_hold_are_refused_and_the_largest_are_kept(
    run_json, webinar, write_edits, get_error_code
):
    most = {"size": 2**53 - 1, "duration_ms": 2**31 - 1, "width": 2**31 - 1, "pages": 2**31 - 1}
    media = {"sha256": SHA, "kind": "video", "name": "long.mp4"}
    for name, value in most.items():
        beyond = write_edits({"op": "know_media", "media": [media | {name: value + 1}]})
        assert get_error_code(run_json("edit", webinar, beyond, code=1)) == "cli.bad_edits"
    beyond = write_edits({"op": "plan", "price": {"amount": 2**53}})
    assert get_error_code(run_json("edit", webinar, beyond, code=1)) == "cli.bad_edits"
    end = {"kind": "video", "id": "v", "start_ms": 60_000, "media": SHA, "in_ms": 2**31 - 2_001, "out_ms": 2**31 - 1}
    run_json("edit", webinar, write_edits({"op": "add", "segments": [end], "media": [media | most]}))
    document = run_json("show", webinar)
    assert (document["media"][SHA], document["programme"][1]) == (media | most, end)
    assert run_json("stage", webinar, "--at", "0:01:01")["media_ms"] == 2**31 - 1_001
    assert run_json("check", webinar, code=3)
