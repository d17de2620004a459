"""Making accounts, signing in, and telling whose a token is."""

import secrets
import uuid

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, delete, func, insert, select

from editor.errors import KnownError
from editor.protocol.api import Account
from hosting.accounts.tables import ACCOUNTS, FIRST_KEYS, TOKENS
from hosting.accounts.tokens import hash_token, make_token

_hasher = PasswordHasher()
_DUMMY_HASH = _hasher.hash("nobody")
"""Checked where there is no such account, so that the answer takes as long."""


def has_accounts(connection: Connection) -> bool:
    """Whether there is an account at all."""
    return bool(connection.execute(select(func.count()).select_from(ACCOUNTS)).scalar_one())


def make_first_key(connection: Connection) -> str:
    """A new one-time key for the first account; the ones before it are void.

    Raises:
        Known: ``account.owned``.
    """
    if has_accounts(connection):
        raise KnownError("account.owned")
    key = secrets.token_urlsafe(24)
    connection.execute(delete(FIRST_KEYS))
    connection.execute(insert(FIRST_KEYS).values(hash=hash_token(key)))
    return key


def consume_first_key(connection: Connection, key: str) -> None:
    """Use up the one-time key.

    Raises:
        Known: ``account.owned``, ``account.key``.
    """
    if has_accounts(connection):
        raise KnownError("account.owned")
    if connection.execute(delete(FIRST_KEYS).where(FIRST_KEYS.c.hash == hash_token(key))).rowcount != 1:
        raise KnownError("account.key")


def create_account(connection: Connection, email: str, password: str, name: str, now: int) -> Account:
    """Make an account.

    Raises:
        Known: ``account.email`` (none, or taken), ``account.password`` (fewer than ten characters).
    """
    email = email.strip().lower()
    if "@" not in email or connection.execute(select(ACCOUNTS.c.id).where(ACCOUNTS.c.email == email)).first():
        raise KnownError("account.email", email=email)
    if len(password) < 10:
        raise KnownError("account.password", least=10)
    account = Account(id=uuid.uuid4().hex, email=email, name=name)
    connection.execute(
        insert(ACCOUNTS).values(
            id=account.id, email=email, name=name, password=_hasher.hash(password), plan=account.plan, made_at=now
        )
    )
    return account


def authenticate(connection: Connection, email: str, password: str) -> Account:
    """The account of an address and its password. Hashing is slow by design: read first, write after.

    Raises:
        Known: ``account.wrong``, which does not tell which of the two it was.
    """
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.email == email.strip().lower())).first()
    try:
        _hasher.verify(row.password if row else _DUMMY_HASH, password)
    except (VerifyMismatchError, InvalidHashError) as error:
        raise KnownError("account.wrong") from error
    if row is None:
        raise KnownError("account.wrong")
    return Account(id=row.id, email=row.email, name=row.name, plan=row.plan)


def create_token(connection: Connection, account: Account, device: str, now: int) -> str:
    """A new token for a device; it is shown this once."""
    token = make_token()
    connection.execute(insert(TOKENS).values(hash=hash_token(token), account=account.id, device=device, made_at=now))
    return token


def require_account(connection: Connection, token: str) -> Account:
    """Whose a token is.

    Raises:
        Known: ``account.signed_out``.
    """
    query = select(ACCOUNTS).join(TOKENS, TOKENS.c.account == ACCOUNTS.c.id).where(TOKENS.c.hash == hash_token(token))
    row = connection.execute(query).first()
    if row is None:
        raise KnownError("account.signed_out")
    return Account(id=row.id, email=row.email, name=row.name, plan=row.plan)


def revoke_token(connection: Connection, token: str) -> None:
    """Sign out; a token that is unknown is signed out already."""
    connection.execute(delete(TOKENS).where(TOKENS.c.hash == hash_token(token)))
