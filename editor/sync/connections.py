"""The connection of a library to its hosting, and the secrets for it.

Address and e-mail are stored as JSON beside the library, for they are not secret. The token is in the system's keyring;
where a machine has none, in a file beside the library that only its owner may read.
"""

import json
from contextlib import suppress
from pathlib import Path

import keyring
import msgspec
from keyring.errors import KeyringError

from editor.atomic_file import write_atomically

KEYRING_SERVICE = "matinee"


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """Which hosting a library syncs with, and with whose account there: an immutable record, stored by `Connections`.

    An empty `address` means the hosting on this computer. The token is not in it.
    """

    address: str = ""
    """Empty for the hosting on this computer, whose port may be another at each start."""
    email: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the hosting is the one on this computer."""
        return not self.address

    @property
    def name(self) -> str:
        """The name under which the library stores its sync state: e-mail and address, or "here" for the local hosting.

        So the port of the local hosting does not matter.
        """
        return f"{self.email} {self.address}" if self.address else "here"


class SecretStore:
    """Passwords and tokens of one library, by name: in the system's keyring, or where there is none in `secrets.json`.

    Args:
        root: The library's folder.
    """

    def __init__(self, root: Path) -> None:
        self._file = root / "secrets.json"
        self._root = root

    def get(self, name: str) -> str:
        """Return the secret of a name, from the keyring, else from the file; empty where there is none to be read."""
        try:
            secret = keyring.get_password(KEYRING_SERVICE, self._make_user_name(name))
        except KeyringError:
            secret = None
        return secret or self._load_file().get(name, "")

    def set(self, name: str, secret: str) -> None:
        """Store a secret under a name, in place of the one there was, in the keyring or else in the file.

        Raises:
            OSError: There is no keyring, and the file cannot be written.
        """
        try:
            keyring.set_password(KEYRING_SERVICE, self._make_user_name(name), secret)
        except KeyringError:
            self._write_file({**self._load_file(), name: secret})

    def delete(self, name: str) -> None:
        """Delete a secret, wherever it is stored; nothing happens where there is none.

        Raises:
            OSError: It is in the file, which cannot be written.
        """
        with suppress(KeyringError):  # it was never there, or there is no keyring: then it is in the file
            keyring.delete_password(KEYRING_SERVICE, self._make_user_name(name))
        secrets = self._load_file()
        if secrets.pop(name, None) is not None:
            self._write_file(secrets)

    def _make_user_name(self, name: str) -> str:
        return f"{name} ({self._root})"

    def _load_file(self) -> dict[str, str]:
        try:
            content = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write_file(self, secrets: dict[str, str]) -> None:
        write_atomically(self._file, json.dumps(secrets).encode())


class Connections:
    """The store of a library's one connection to a hosting, if it has one: its file `hosting-account.json`.

    Args:
        root: The library's folder.
        secrets: Stores the token.
    """

    def __init__(self, root: Path, secrets: SecretStore) -> None:
        self._file = root / "hosting-account.json"
        self._secrets = secrets

    def load(self) -> Connection | None:
        """Load the connection; None where none is set up, or its file is damaged (one signs in again)."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Connection)
        except (OSError, msgspec.DecodeError):
            return None

    def load_token(self, connection: Connection) -> str:
        """Return the token for a remote hosting; empty where it is lost, so that one has to sign in again."""
        return self._secrets.get(_get_token_name(connection))

    def save(self, connection: Connection, token: str = "") -> None:
        """Store a connection in place of the one there was, and its token in the secrets.

        Args:
            connection: The connection.
            token: The token; an empty one leaves what is stored.

        Raises:
            OSError: It cannot be written.
        """
        if token:
            self._secrets.set(_get_token_name(connection), token)
        write_atomically(self._file, msgspec.json.format(msgspec.json.encode(connection)))

    def delete(self) -> None:
        """Delete the connection and its token here; on the hosting the token stays valid (see `ApiClient.sign_out`).

        Raises:
            OSError: A file cannot be written or deleted.
        """
        connection = self.load()
        if connection is not None and not connection.is_local:
            self._secrets.delete(_get_token_name(connection))
        self._file.unlink(missing_ok=True)


def _get_token_name(connection: Connection) -> str:
    return f"token {connection.email} {connection.address}"
