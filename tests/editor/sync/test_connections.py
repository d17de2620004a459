"""The connection to a hosting: how it is stored, and where its secrets are kept."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from editor.sync.connections import Connection, Connections, SecretStore


class MemoryKeyring(KeyringBackend):
    """A keyring like the system's, that ends with the test."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.passwords = {}

    def get_password(self, service, username):
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self.passwords[service, username] = password

    def delete_password(self, service, username):
        if self.passwords.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture(params=[MemoryKeyring, NoKeyring])
def system_keyring(request):
    before = keyring.get_keyring()
    new_keyring = request.param()
    keyring.set_keyring(new_keyring)
    yield new_keyring
    keyring.set_keyring(before)


def test_an_account_and_its_token_come_back(system_keyring, tmp_path):
    account = Connection(address="https://webinars.example.org", email="ada@example.org")
    Connections(tmp_path, SecretStore(tmp_path)).save(account, "a token")

    again = Connections(tmp_path, SecretStore(tmp_path))
    assert again.load() == account
    assert again.load_token(account) == "a token"
    again.delete()
    assert again.load() is None
    assert again.load_token(account) == ""


def test_secrets_lie_in_no_file_where_there_is_a_keyring(tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    SecretStore(tmp_path).set("token", "sesame")
    keyring.set_keyring(before)

    assert not list(tmp_path.iterdir())


def test_without_a_keyring_the_file_is_for_its_owner_alone(tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    secrets = SecretStore(tmp_path)
    secrets.set("token", "sesame")
    secrets.set("other", "thyme")
    keyring.set_keyring(before)

    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (secrets.get("token"), secrets.get("other")) == ("sesame", "thyme")


def test_two_libraries_do_not_share_secrets(system_keyring, tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    SecretStore(tmp_path / "one").set("token", "sesame")

    assert SecretStore(tmp_path / "other").get("token") == ""


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"address": 3}', b"\xff\xfe"])
def test_a_damaged_file_means_signing_in_again(tmp_path, body):
    (tmp_path / "hosting-account.json").write_bytes(body)
    (tmp_path / "secrets.json").write_bytes(body)
    secrets = SecretStore(tmp_path)

    assert Connections(tmp_path, secrets).load() is None
    secrets.set("token", "sesame")
    assert secrets.get("token") == "sesame"
