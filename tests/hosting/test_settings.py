"""Settings: their sources and precedence, and the errors of invalid ones."""

import re
from pathlib import Path

import msgspec
import pytest

from editor.errors import KnownError
from hosting.settings import HostingSettings, load_settings

DOCS = Path(__file__).parents[2] / "docs" / "hosting.md"


def test_overrides_win_over_the_environment_and_that_over_the_file(tmp_path: Path):
    file = tmp_path / "matinee.toml"
    file.write_text('data = "there"\nport = 1\nlead_ms = 5\nquota = 7\n')
    environment = {"MATINEE_HOST_PORT": "2", "MATINEE_HOST_LEAD_MS": "6", "HOME": "/"}
    found = load_settings(file, environment, port=3, host=None)
    assert (found.port, found.lead_ms, found.quota, found.host) == (3, 6, 7, "127.0.0.1")
    assert found.data_folder == Path("there").absolute()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("prot = 1", "prot"),
        ('port = "x"', "port"),
        ("port = 70000", "port"),
        ("port = -1", "port"),
        ("lead_ms = 0", "lead_ms"),
        ("heartbeat_ms = -10", "heartbeat_ms"),
        ("quota = -1", "quota"),
        ("host = 5", "host"),
    ],
)
def test_invalid_settings_are_named(tmp_path: Path, text: str, word: str):
    file = tmp_path / "matinee.toml"
    file.write_text(text)
    with pytest.raises(KnownError) as error_info:
        load_settings(file, {})
    assert error_info.value.code == "settings.invalid"
    assert word in str(error_info.value.facts["reason"])


@pytest.mark.parametrize("content", [b"port = [", b"\xff\xfe", None])
def test_an_unreadable_settings_file_is_reported(tmp_path: Path, content: bytes | None):
    file = tmp_path / "matinee.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(KnownError) as error_info:
        load_settings(file, {})
    assert error_info.value.code == "settings.unreadable"


def test_the_guide_describes_every_setting():
    table = DOCS.read_text("utf-8").partition("| setting |")[2].partition("\n\n")[0]
    first = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", first)) == set(msgspec.structs.asdict(HostingSettings()))
