"""Golden tests of everything on people's disks and on the wire; no golden file has a name of a class in it.

Every struct that is written, sent or printed has a label in `tests/golden/table.py`. Examples of it are made from its
fields (`tests/golden/examples.py`), encoded, and compared with `tests/golden/structs/<area>.json`; what is in the
golden file must also decode to the same examples. A class may be renamed or moved freely: only imports change then.

Where a format is meant to change, `MATINEE_REGENERATE_GOLDEN=1` in the environment makes these tests write the golden
files anew instead; without it they only compare. The diff then says what changes for people who
have older files, or another version of the program on the other side.
"""

import importlib
import json
import pkgutil
import zipfile
from types import ModuleType
from typing import Any

import keyring
import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring

import editor.protocol
import editor.schedule
from editor.interchange import bundle
from editor.schedule import serialization
from editor.schedule.model import Webinar
from editor.settings import SETTINGS, Settings
from editor.sync.connections import Connection as KeptAccount
from editor.sync.connections import Connections, SecretStore
from editor.sync.local_hosting import LocalHosting
from hosting.sessions.engine.event_log import EncodedFrame
from tests.golden.examples import find_struct_types, make_examples
from tests.golden.golden_files import FOLDER, compare, compare_text
from tests.golden.table import IN_MEMORY, STRUCTS
from tests.golden.webinar import TALK, WORDS, whole_webinar

CLASSES = [cls for area in STRUCTS.values() for cls in area.values()]


def to_json(value: Any) -> Any:
    """Turn a value into what its JSON says, in the order of its keys."""
    return json.loads(msgspec.json.encode(value))


# ---------------------------------------------------------------------------------------------------- structs


@pytest.mark.parametrize("area", STRUCTS)
def test_json_of_structs_is_unchanged(area):
    compare(
        f"structs/{area}", {label: [to_json(one) for one in make_examples(cls)] for label, cls in STRUCTS[area].items()}
    )


@pytest.mark.parametrize("area", STRUCTS)
def test_golden_json_decodes_to_the_same_structs(area):
    golden = json.loads((FOLDER / "structs" / f"{area}.json").read_text("utf-8"))
    for label, cls in STRUCTS[area].items():
        decoded = [msgspec.json.decode(json.dumps(one), type=cls) for one in golden[label]]
        assert decoded == make_examples(cls), label


def test_tags_and_flags_of_structs_are_unchanged():
    def config(cls):
        struct = cls.__struct_config__
        flags = ("array_like", "omit_defaults", "forbid_unknown_fields")
        tag = {struct.tag_field: struct.tag} if struct.tag_field else {}
        return {"tag": tag, "flags": [name for name in flags if getattr(struct, name)]}

    compare("lists/tags", {f"{area}.{label}": config(cls) for area in STRUCTS for label, cls in STRUCTS[area].items()})


def find_structs(package: ModuleType) -> set[type[msgspec.Struct]]:
    """Find every struct that a package defines, in any of its modules."""
    names = [package.__name__, *(each.name for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))]
    modules = [importlib.import_module(name) for name in names]
    return {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__ == module.__name__
    }


def test_every_struct_of_protocol_and_schedule_has_a_golden_file():
    structs = find_structs(editor.protocol) | find_structs(editor.schedule)
    # What only others are made from has no JSON of its own.
    bases = {base for cls in CLASSES for base in cls.__mro__[1:]}
    missing = sorted(f"{cls.__module__}.{cls.__qualname__}" for cls in structs - {*CLASSES, *bases} - IN_MEMORY)
    assert not missing, (
        f"structs without a golden file: {missing}. Give each a label in tests/golden/table.py and run once with "
        "MATINEE_REGENERATE_GOLDEN=1; or, if it never leaves the process, add it to IN_MEMORY there."
    )


def test_every_struct_within_another_has_a_golden_file_too():
    inner = {part for cls in CLASSES for part in find_struct_types(cls)} - set(CLASSES)
    assert not inner, f"no golden file of their own: {sorted(map(str, inner))}; add them to tests/golden/table.py"


def test_no_struct_has_both_a_label_and_a_place_in_memory_only():
    assert not IN_MEMORY & set(CLASSES)
    assert len(CLASSES) == len(set(CLASSES))


# -------------------------------------------------------------------------------------------------- documents


def test_document_of_a_whole_webinar_is_unchanged():
    webinar = whole_webinar()
    compare_text("files/webinar.json", serialization.encode(webinar).decode())
    assert serialization.decode((FOLDER / "files" / "webinar.json").read_bytes()) == serialization.DecodedDocument(
        webinar
    )


def test_the_whole_webinar_sets_every_field_of_every_part():
    unset = {
        (cls, field.name): field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        for cls in find_struct_types(Webinar)
        for field in msgspec.structs.fields(cls)
    }
    webinar = whole_webinar()
    queue: list[object] = [webinar, *webinar.media.values()]
    while queue:
        value = queue.pop()
        if isinstance(value, tuple):
            queue += value
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                part = getattr(value, name)
                queue.append(part)
                if (type(value), name) in unset and part != unset[type(value), name]:
                    del unset[type(value), name]
    assert not unset, f"set these in tests/golden/webinar.py: {sorted(map(str, unset))}"


def test_entries_of_a_bundle_are_unchanged(tmp_path):
    file, talk, words = tmp_path / "one.matinee", tmp_path / "talk.mp4", tmp_path / "talk.srt"
    talk.write_bytes(b"talk")
    words.write_bytes(b"words")
    bundle.write(file, whole_webinar(), {"s2": "Smile – é", "s1": "Breathe"}, {TALK: talk, WORDS: words})
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name).decode() for name in archive.namelist()}
    compare("files/bundle", entries)


def test_a_frame_of_the_event_stream_is_the_frame_of_the_protocol():
    frames = STRUCTS["frames"]["frame"]
    for frame in make_examples(frames):
        raw = msgspec.Raw(msgspec.json.encode(frame.row))
        encoded = EncodedFrame(
            frame.epoch, frame.session, frame.audience, frame.seq, frame.prev, frame.at, raw
        ).to_event()
        assert encoded == b"data: " + msgspec.json.encode(frame) + b"\n\n"


# ------------------------------------------------------------------------------------- files beside the library


def test_settings_file_is_unchanged(tmp_path):
    def other_than_default(setting):
        default = setting.default
        if isinstance(default, bool):
            return not default
        if isinstance(default, int):
            return default + 1 if setting.is_valid(default + 1) else default - 1
        return {"what": "ever – é"} if isinstance(default, dict) else list(setting.choices)[-1]

    file = tmp_path / "settings.json"
    settings = Settings(file)
    values = {name: other_than_default(setting) for name, setting in SETTINGS.items()}
    for name, value in values.items():
        settings[name] = value
    compare_text("files/settings.json", file.read_text("utf-8"))
    again = Settings(FOLDER / "files" / "settings.json")
    assert {name: again[name] for name in SETTINGS} == values


@pytest.fixture
def no_keyring():
    """Secrets lie in a file, as where the system has no keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


def test_files_of_account_and_secrets_are_unchanged(tmp_path, no_keyring):
    secrets = SecretStore(tmp_path)
    account = KeptAccount(address="https://host.example.org", email="ann@example.org")
    Connections(tmp_path, secrets).save(account, "a token")
    secrets.set("password here", "a password")
    files = sorted(tmp_path.iterdir())
    compare("files/account", {file.name: file.read_text("utf-8") for file in files})

    for name, text in json.loads((FOLDER / "files" / "account.json").read_text("utf-8")).items():
        (tmp_path / name).write_text(text, "utf-8")
    again = Connections(tmp_path, SecretStore(tmp_path))
    assert again.load() == account
    assert again.load_token(account) == "a token"
    assert SecretStore(tmp_path).get("password here") == "a password"


def test_file_of_the_hosting_on_this_computer_is_unchanged(tmp_path, no_keyring):
    here = LocalHosting(tmp_path, SecretStore(tmp_path), find_address=lambda: None)
    assert not here.is_autostarted
    # The first of its golden examples has all fields set.
    golden = json.loads((FOLDER / "structs" / "files.json").read_text("utf-8"))["hosting_here"][0]
    (tmp_path / "hosting-here.json").write_text(json.dumps(golden), "utf-8")
    assert here.is_autostarted
    here.stop()
    assert json.loads((tmp_path / "hosting-here.json").read_text("utf-8")) == golden | {"wanted": False}
