"""Operations on accounts: create, authenticate, issue and revoke tokens."""

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
"""Verified where there is no such account, so that the response time does not tell whether there is one."""


def has_accounts(connection: Connection) -> bool:
    """Return whether the database has any account; while it has none, the first is created with the one-time key."""
    return bool(connection.execute(select(func.count()).select_from(ACCOUNTS)).scalar_one())


def make_first_key(connection: Connection) -> str:
    """Return a new one-time key with which the first account can be created; earlier keys become invalid.

    Only its hash is stored, so the key cannot be shown again.

    Args:
        connection: A writing transaction.

    Raises:
        KnownError: ``account.owned``: there is an account already.
    """
    if has_accounts(connection):
        raise KnownError("account.owned")
    key = secrets.token_urlsafe(24)
    connection.execute(delete(FIRST_KEYS))
    connection.execute(insert(FIRST_KEYS).values(hash=hash_token(key)))
    return key


def consume_first_key(connection: Connection, key: str) -> None:
    """Check the one-time key of `make_first_key`, and delete it.

    Args:
        connection: The writing transaction that creates the account: if it is rolled back, the key stays valid.
        key: As the owner gave it.

    Raises:
        KnownError: ``account.owned`` (there is an account already), ``account.key`` (the key is wrong or used).
    """
    if has_accounts(connection):
        raise KnownError("account.owned")
    if connection.execute(delete(FIRST_KEYS).where(FIRST_KEYS.c.hash == hash_token(key))).rowcount != 1:
        raise KnownError("account.key")


def create_account(connection: Connection, email: str, password: str, name: str, now: int) -> Account:
    """Add an account to the database and return it; only a hash of the password is stored.

    Args:
        connection: A writing transaction.
        email: The address to sign in with; stored in lower case, and compared so.
        password: At least ten characters.
        name: The display name; may be empty.
        now: The server time in milliseconds.

    Raises:
        KnownError: ``account.email`` (without "@", or taken), ``account.password`` (too short).
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
    """Return the account of an e-mail address and its password; nothing is written, and no token is made.

    Hashing is slow on purpose, so call this in a reading transaction: a writing one would block all other writers.

    Raises:
        KnownError: ``account.wrong``; it does not tell whether the address or the password was wrong.
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
    """Return a new access token for an account. Only its hash is stored, so it cannot be shown again; it never expires.

    Args:
        connection: A writing transaction.
        account: Whose token it is.
        device: The name of the device that signs in, to tell tokens apart.
        now: The server time in milliseconds.
    """
    token = make_token()
    connection.execute(insert(TOKENS).values(hash=hash_token(token), account=account.id, device=device, made_at=now))
    return token


def require_account(connection: Connection, token: str) -> Account:
    """Return the account that an access token belongs to.

    Raises:
        KnownError: ``account.signed_out``: the token is unknown or revoked.
    """
    query = select(ACCOUNTS).join(TOKENS, TOKENS.c.account == ACCOUNTS.c.id).where(TOKENS.c.hash == hash_token(token))
    row = connection.execute(query).first()
    if row is None:
        raise KnownError("account.signed_out")
    return Account(id=row.id, email=row.email, name=row.name, plan=row.plan)


def revoke_token(connection: Connection, token: str) -> None:
    """Delete an access token, in a writing transaction, so that it becomes invalid; an unknown one is ignored."""
    connection.execute(delete(TOKENS).where(TOKENS.c.hash == hash_token(token)))
