"""Which hosting it is, and where its secrets are."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from editor.sync.account import Account, Accounts, Secrets


class Memory(KeyringBackend):
    """A keyring like the system's, that ends with the test."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture(params=[Memory, NoKeyring])
def system(request):
    before = keyring.get_keyring()
    made = request.param()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_an_account_and_its_token_come_back(system, tmp_path):
    account = Account(address="https://webinars.example.org", email="ada@example.org")
    Accounts(tmp_path, Secrets(tmp_path)).keep(account, "a token")

    again = Accounts(tmp_path, Secrets(tmp_path))
    assert again.read() == account
    assert again.token(account) == "a token"
    again.forget()
    assert again.read() is None
    assert again.token(account) == ""


def test_secrets_lie_in_no_file_where_there_is_a_keyring(tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    Secrets(tmp_path).keep("token", "sesame")
    keyring.set_keyring(before)

    assert not list(tmp_path.iterdir())


def test_without_a_keyring_the_file_is_for_its_owner_alone(tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    secrets = Secrets(tmp_path)
    secrets.keep("token", "sesame")
    secrets.keep("other", "thyme")
    keyring.set_keyring(before)

    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (secrets.get("token"), secrets.get("other")) == ("sesame", "thyme")


def test_two_libraries_do_not_share_secrets(system, tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    Secrets(tmp_path / "one").keep("token", "sesame")

    assert Secrets(tmp_path / "other").get("token") == ""


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"address": 3}', b"\xff\xfe"])
def test_a_damaged_file_means_signing_in_again(tmp_path, body):
    (tmp_path / "hosting-account.json").write_bytes(body)
    (tmp_path / "secrets.json").write_bytes(body)
    secrets = Secrets(tmp_path)

    assert Accounts(tmp_path, secrets).read() is None
    secrets.keep("token", "sesame")
    assert secrets.get("token") == "sesame"
