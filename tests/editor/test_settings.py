"""Settings are declared once, survive a damaged file, and the page about them is current."""

import json
from pathlib import Path

import pytest

from editor.interchange import settings_reference
from editor.settings import SETTINGS, Settings

ROOT = Path(__file__).parents[2]


def test_the_page_about_settings_is_current():
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert settings_reference.render_page() == written, (
        "run: python -m editor.interchange.settings_reference > docs/settings.md"
    )


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_declared_whole(name):
    spec = SETTINGS[name]
    assert spec.is_valid(spec.default)
    assert all(spec.is_valid(preset) for preset in spec.presets)
    assert spec.label
    assert not spec.label.endswith(".")
    assert spec.description.endswith(".")


@pytest.mark.parametrize(
    ("name", "value", "valid"),
    [
        ("preview_volume", 0, True),
        ("preview_volume", 100, True),
        ("preview_volume", 101, False),
        ("preview_volume", -1, False),
        ("preview_volume", True, False),
        ("preview_volume", "50", False),
        ("snap", False, True),
        ("snap", 0, False),
        ("theme", "dark", True),
        ("theme", "pink", False),
        ("window", {"geometry": "…"}, True),
    ],
)
def test_a_value_has_the_type_and_the_range_of_its_setting(name, value, valid):
    assert SETTINGS[name].is_valid(value) is valid


def test_what_cannot_be_is_not_set(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(ValueError, match="theme"):
        settings["theme"] = "pink"
    assert settings["theme"] == "system"
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"theme": "pink", "preview_volume": 101}'])
def test_a_damaged_file_falls_back_to_the_defaults(tmp_path, content):
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings = Settings(file)
    assert {name: settings[name] for name in SETTINGS} == {name: spec.default for name, spec in SETTINGS.items()}


def test_what_a_newer_program_has_stored_is_kept(tmp_path):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"from_the_future": 1}), "utf-8")
    Settings(file)["theme"] = "dark"
    assert json.loads(file.read_text("utf-8")) == {"from_the_future": 1, "theme": "dark"}


def test_listeners_hear_of_changes_alone():
    settings = Settings(None)
    changes = []
    unsubscribe = settings.subscribe(changes.append)
    settings["snap"] = True
    settings["snap"] = False
    unsubscribe()
    settings["snap"] = True
    assert changes == ["snap"]
