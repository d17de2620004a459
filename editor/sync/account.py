"""Which hosting this library goes to, and the secrets that open it.

Address and e-mail lie as JSON beside the library, for they are nobody's secret. The token is the system's to keep (its
keyring); where a machine has none, a file beside the library that only its owner may read.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

import keyring
import msgspec
from keyring.errors import KeyringError

SERVICE = "matinee"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Who one is on which hosting."""

    address: str = ""
    """Empty for the hosting on this computer, whose port may be another at each start."""
    email: str = ""

    @property
    def here(self) -> bool:
        """Whether it is the hosting on this computer."""
        return not self.address

    @property
    def name(self) -> str:
        """What the library remembers it by, whatever port the one on this computer has."""
        return f"{self.email} {self.address}" if self.address else "here"


class Secrets:
    """Passwords and tokens of one library, by name."""

    def __init__(self, root: Path) -> None:
        self._file = root / "secrets.json"
        self._root = root

    def get(self, name: str) -> str:
        """A secret; empty where there is none."""
        try:
            found = keyring.get_password(SERVICE, self._user(name))
        except KeyringError:
            found = None
        return found or self._filed().get(name, "")

    def keep(self, name: str, secret: str) -> None:
        """Keep a secret.

        Raises:
            OSError: there is no keyring, and the file cannot be written.
        """
        try:
            keyring.set_password(SERVICE, self._user(name), secret)
        except KeyringError:
            self._write({**self._filed(), name: secret})

    def forget(self, name: str) -> None:
        """Forget a secret, wherever it was kept."""
        with suppress(KeyringError):  # it was never there, or there is no keyring: then it is in the file
            keyring.delete_password(SERVICE, self._user(name))
        filed = self._filed()
        if filed.pop(name, None) is not None:
            self._write(filed)

    def _user(self, name: str) -> str:
        return f"{name} ({self._root})"

    def _filed(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, filed: dict[str, str]) -> None:
        aside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            json.dump(filed, out)
        aside.replace(self._file)


class Accounts:
    """The account this library goes to, if any."""

    def __init__(self, root: Path, secrets: Secrets) -> None:
        self._file = root / "hosting-account.json"
        self._secrets = secrets

    def read(self) -> Account | None:
        """Who one is; None while no hosting is set up (a damaged file counts as none: one signs in again)."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Account)
        except (OSError, msgspec.DecodeError):
            return None

    def token(self, account: Account) -> str:
        """The token of an account on a hosting elsewhere; empty where it is lost."""
        return self._secrets.get(_name(account))

    def keep(self, account: Account, token: str = "") -> None:
        """From now on it is this one.

        Raises:
            OSError: it cannot be written.
        """
        if token:
            self._secrets.keep(_name(account), token)
        aside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        aside.write_bytes(msgspec.json.format(msgspec.json.encode(account)))
        aside.replace(self._file)

    def forget(self) -> None:
        """No hosting is set up any more."""
        account = self.read()
        if account is not None and not account.here:
            self._secrets.forget(_name(account))
        self._file.unlink(missing_ok=True)


def _name(account: Account) -> str:
    return f"token {account.email} {account.address}"
