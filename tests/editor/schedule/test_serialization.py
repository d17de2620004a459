"""Serialization: golden files of each format, refused documents, and a schema that is up to date."""

import json
import time
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from editor.errors import KnownError
from editor.schedule import serialization
from editor.schedule.compare import compare
from editor.schedule.merge import merge
from editor.schedule.model import FORMAT, Cta, Image, Media, Survey, Video, Webinar

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "wire"
CANONICAL = (GOLDEN / "format-2.json").read_bytes()
FORMAT_1 = (GOLDEN / "format-1.json").read_bytes()
LATER_DAY = (GOLDEN / "format-1-of-a-later-day.json").read_bytes()
SCHEMA = ROOT / "resources" / "schema" / "webinar.schema.json"
TALK = "a" * 64


def get_error(body):
    with pytest.raises(KnownError) as error_info:
        serialization.decode(body)
    return error_info.value


def make_body(**fields):
    """Return the golden webinar as JSON, with fields replaced."""
    return json.dumps(json.loads(CANONICAL) | fields).encode()


# ----------------------------------------------------------------------------------------------------- golden


def test_the_golden_file_is_read_and_written_back_byte_for_byte():
    opened = serialization.decode(CANONICAL)
    assert opened.unknown == ()
    assert serialization.encode(opened.webinar) == CANONICAL
    assert opened.webinar.title == "Soirée d’ouverture 🎬"
    assert [type(segment).__name__ for segment in opened.webinar.segments] == [
        "Audio",
        "Video",
        "Image",
        "Presentation",
        "Recording",
        "Cta",
        "Survey",
    ]


def test_canonical_is_sorted_compact_and_says_its_format():
    raw = json.loads(CANONICAL)
    assert raw["format"] == FORMAT
    assert json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == CANONICAL


def test_the_order_of_keys_and_space_and_said_defaults_do_not_matter():
    raw = json.loads(CANONICAL)
    loose = json.dumps(dict(reversed(raw.items())) | {"room": "automated"}, indent=4).encode()
    opened = serialization.decode(loose)
    assert opened.unknown == ()
    assert serialization.encode(opened.webinar) == CANONICAL


def test_an_identity_is_of_the_bytes_and_the_versions_before():
    assert (
        serialization.hash_version(FORMAT_1, ()) == "8ba1e1e6a684e26f0cefe8be786b6c96a3f3244f1d59656ce83d379624216173"
    )
    merged = serialization.hash_version(FORMAT_1, ("a" * 64, "b" * 64))
    assert merged == "7c21c2e2123e8599f551d946aca4d1d7f9a0b223f38b37b77de170df7d06895a"
    assert merged == serialization.hash_version(FORMAT_1, ("b" * 64, "a" * 64))


# ----------------------------------------------------------------------------------------------- of a later day


def test_unknown_fields_and_kinds_are_named_and_left_out():
    opened = serialization.decode(LATER_DAY)
    names = ("date", "drawing", "media.frame_rate", "programme.zoom", "quiz", "theme", "whiteboard")
    assert opened.unknown == names
    assert opened.webinar == serialization.decode(FORMAT_1).webinar


def test_format_1_is_read_whole_and_written_in_the_present_format():
    opened = serialization.decode(FORMAT_1)
    assert opened.unknown == ()
    assert serialization.encode(opened.webinar) == serialization.to_current_format(FORMAT_1)
    assert json.loads(FORMAT_1) | {"format": FORMAT} == json.loads(serialization.encode(opened.webinar))
    assert serialization.decode(serialization.encode(opened.webinar)) == opened


def test_a_document_of_format_1_and_its_upgrade_are_equal_values():
    old = serialization.decode(FORMAT_1).webinar
    upgraded = serialization.decode(serialization.to_current_format(FORMAT_1)).webinar
    assert compare(old, upgraded) == ()
    edited = replace(upgraded, title="Other")
    merged = merge(old, edited, upgraded)
    assert (merged.webinar, merged.conflicts) == (edited, ())


def test_only_an_older_document_is_encoded_to_be_compared():
    assert serialization.to_current_format(CANONICAL) is CANONICAL
    assert serialization.to_current_format(LATER_DAY) is LATER_DAY, "what is unknown could not be written again"
    with pytest.raises(KnownError, match=r"wire\.broken"):
        serialization.to_current_format(b"{")


def test_a_newer_format_is_refused_however_it_looks():
    error = get_error(b'{"format":7,"lanes":[{"what":"ever"}]}')
    assert (error.code, error.facts) == ("wire.newer", {"format": 7, "known": FORMAT})
    assert get_error(make_body(format=FORMAT + 1)).code == "wire.newer"


def test_an_older_format_is_brought_up_step_by_step():
    """With a format 3, each upgrade takes a document of its number to the next."""
    steps = {
        1: lambda old: {**old, "title": old["name"]},
        2: lambda old: {name: value for name, value in old.items() if name != "name"},
    }
    oldest = {"format": 1, "id": "w", "name": "Welcome"}
    assert serialization.upgrade(oldest, steps, 3) == {"format": 3, "id": "w", "title": "Welcome"}
    assert serialization.upgrade({"format": 2, "id": "w", "name": "x", "title": "y"}, steps, 3) == {
        "format": 3,
        "id": "w",
        "title": "y",
    }
    assert oldest == {"format": 1, "id": "w", "name": "Welcome"}
    with pytest.raises(KnownError, match=r"wire\.newer"):
        serialization.upgrade({"format": 4}, steps, 3)


def test_there_is_an_upgrade_for_every_format_before_this_one():
    assert set(serialization.FORMAT_UPGRADES) == set(range(1, FORMAT))


# --------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize("body", [b"null", b"[]", b"3", b'"text"', b"{}", b'{"id":"w"}'])
def test_other_json_is_refused_as_no_webinar(body):
    assert get_error(body).code == "wire.foreign"


@pytest.mark.parametrize("number", ["0", "-1", "1.5", '"1"', "null", "true", "[1]"])
def test_a_format_that_there_is_not(number):
    error = get_error(f'{{"format":{number},"id":"w"}}'.encode())
    assert (error.code, error.facts["path"]) == ("wire.invalid", "format")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", 0),
        (b'{"format":1,"id":"w"', 20),
        (b'{"format":1,"id":"w"}x', 21),
        (b'{"format":1,"id":"\xff"}', 18),
        ('{"format":1,"id":"é" oops}'.encode(), 22),
        (b'\xef\xbb\xbf{"format":1,"id":"w"}', 0),
        (b'{"format":NaN}', 0),
        (b'{"format":-Infinity}', 0),
        (b'{"format":1,"id":"w","title":"\\ud800"}', 0),
        (b'{"format":1,"id":"w","title":"\\udc00\\ud800"}', 0),
        (b'{"format":1,"id":"w","theme":"\\ud800"}', 0),
        (b'{"format":' + b"9" * 5_000 + b"}", 0),
        (b"[" * 1_000_000, 0),
        (b'{"format":1,"id":"w","x":' * 100_000, 0),
        (CANONICAL[:1_000], 986),  # where the torn text began
    ],
)
def test_damaged_data_says_where(body, where):
    error = get_error(body)
    assert error.code == "wire.broken"
    assert error.facts == {"where": where, "size": len(body)}


@pytest.mark.parametrize("end", range(0, len(CANONICAL), 97))
def test_a_torn_file_is_refused_wherever_it_is_torn(end):
    assert get_error(CANONICAL[:end]).code == "wire.broken"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"chat": "open_mic"}, "chat"),
        ({"start": "tomorrow"}, "start"),
        ({"start": "2026-01-01T00:00:00\n"}, "start"),
        ({"start": "٢٠٢٦-٠١-٠١T00:00:00"}, "start"),
        ({"waiting_picture": "a" * 64 + "\n"}, "waiting_picture"),
        ({"price": {"amount": 1, "currency": "EUR\n"}}, "price.currency"),
        ({"id": ""}, "id"),
        ({"title": 3}, "title"),
        ({"title": True}, "title"),
        ({"markers": {}}, "markers"),
        ({"markers": [{"id": "m", "at_ms": 10**30}]}, "markers[0].at_ms"),
        ({"markers": [{"id": "m", "at_ms": 86_400_001}]}, "markers[0].at_ms"),
        ({"markers": [{"id": "m", "at_ms": 1.5}]}, "markers[0].at_ms"),
        ({"programme": [{"id": "s"}]}, "programme[0]"),
        ({"programme": [{"id": "s", "kind": 4}]}, "programme[0].kind"),
        ({"programme": [{"id": "s", "kind": "cta"}]}, "programme[0].kind"),
        ({"programme": [3]}, "programme[0]"),
        ({"programme": "x"}, "programme"),
        ({"media": [1]}, "media"),
        ({"interactions": [{"kind": "survey", "questions": 5}]}, "interactions[0]"),
    ],
)
def test_a_value_that_cannot_be_says_which(fields, path):
    error = get_error(make_body(**fields))
    assert error.code == "wire.invalid"
    assert str(error.facts["path"]).startswith(path)
    assert error.facts["reason"]


def test_a_webinar_that_lacks_a_field_is_wrong_as_a_whole():
    error = get_error(b'{"format":1}')
    assert (error.code, error.facts["path"]) == ("wire.invalid", "$")


def test_the_place_of_a_value_is_said_in_plain_words():
    assert get_error(make_body(price={"amount": 1, "currency": 3})).facts["path"] == "price.currency"


def test_a_number_without_end_is_a_value_that_cannot_be():
    assert get_error(b'{"format":1,"id":"w","title":1e400}').facts["path"] == "title"


@pytest.mark.parametrize(
    "twice",
    [
        b'{"format":1,"format":1,"id":"w"}',
        b'{"format":1,"id":"w","id":"v"}',
        b'{"format":1,"id":"w","markers":[{"id":"m","at_ms":1,"at_ms":2}]}',
    ],
)
def test_a_name_that_is_there_twice_is_refused(twice):
    error = get_error(twice)
    assert (error.code, error.facts["path"] in {"format", "id", "at_ms"}) == ("wire.invalid", True)


@pytest.mark.parametrize(
    ("webinar", "path", "reason"),
    [
        (
            Webinar(
                id="w",
                programme=(
                    Image(id="a", start_ms=0, media=TALK, length_ms=5_000),
                    Image(id="b", start_ms=4_999, media=TALK, length_ms=5_000, title="Late"),
                ),
            ),
            "Late",
            "overlap",
        ),
        (Webinar(id="w", programme=(Image(id="a", start_ms=0, media=TALK, length_ms=999),)), "image", "short"),
        (
            Webinar(
                id="w",
                programme=(Video(id="a", start_ms=0, media=TALK, out_ms=9_000),),
                media={TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=8_000)},
            ),
            "talk.mp4",
            "points",
        ),
        (
            Webinar(
                id="w",
                interactions=tuple(Cta(id="a", start_ms=at, length_ms=1_000, offer="o") for at in (0, 1_000)),
            ),
            "cta",
            "same id",
        ),
        (Webinar(id="w", programme=(Image(id="a", start_ms=86_399_000, media=TALK, length_ms=2_000),)), "", "past day"),
    ],
)
def test_a_webinar_that_breaks_a_rule_of_the_timeline_is_refused(webinar, path, reason):
    error = get_error(serialization.encode(webinar))
    assert error.code == "wire.invalid"
    assert path in str(error.facts["path"])
    assert error.facts["reason"] == reason


def test_half_a_character_is_refused_before_anything_is_written():
    with pytest.raises(KnownError) as error_info:
        serialization.encode(Webinar(id="w", title="bad \udcff name"))
    assert (error_info.value.code, error_info.value.facts) == ("wire.text", {"text": "bad ? name"})


def test_a_text_is_checked_before_it_is_stored():
    assert serialization.require_encodable("naïve 🎬") == "naïve 🎬"
    with pytest.raises(KnownError) as error_info:
        serialization.require_encodable("bad \ud83d name")
    assert (error_info.value.code, error_info.value.facts) == ("wire.text", {"text": "bad ? name"})


def test_names_of_all_sorts_come_back():
    for name in ("", " ", 'quote " back \\ slash', "line\nbreak\ttab\0nul", "עברית", "👩‍👩‍👧", "a\u202eb", "\ufffe"):
        webinar = Webinar(
            id="w", title=name, interactions=(Survey(id="s", start_ms=0, length_ms=1_000, offer=name or "o"),)
        )
        assert serialization.decode(serialization.encode(webinar)) == serialization.DecodedDocument(webinar)


# ------------------------------------------------------------------------------------------------------ schema


def test_the_schema_in_the_resources_is_fresh():
    """Mend it by ``python -m editor.schedule.serialization > resources/schema/webinar.schema.json``."""
    assert SCHEMA.read_text("utf-8") == serialization.make_schema_text()


def test_the_schema_accepts_encoded_webinars_and_unknown_fields():
    validator = jsonschema.Draft202012Validator(serialization.make_schema())
    validator.check_schema(serialization.make_schema())
    validator.validate(json.loads(CANONICAL))
    validator.validate({"format": 1, "id": "w"})
    validator.validate({"format": 1, "id": "w", "theme": {}})
    for bad in ({"id": "w"}, {"format": 1}, {"format": 1, "id": "w", "markers": [{"id": "m", "at_ms": -1}]}):
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(bad)


# ------------------------------------------------------------------------------------------------------- speed


def test_ten_thousand_segments_are_written_and_read_in_milliseconds():
    programme = tuple(
        Video(id=f"v{n:031}", start_ms=n * 8_000, media=TALK, out_ms=5_000, title=f"Part {n}") for n in range(5_000)
    )
    interactions = tuple(
        Cta(id=f"c{n:031}", offer=f"o{n:031}", start_ms=n * 8_000, length_ms=3_000) for n in range(5_000)
    )
    large = Webinar(id="w", programme=programme, interactions=interactions)
    body = serialization.encode(large)
    assert best_of(lambda: serialization.encode(large)) < 0.030
    assert best_of(lambda: serialization.decode(body)) < 0.300
    assert serialization.decode(body).webinar == large


def best_of(work):
    times = []
    for _ in range(5):
        started_at = time.process_time()
        work()
        times.append(time.process_time() - started_at)
    return min(times)
