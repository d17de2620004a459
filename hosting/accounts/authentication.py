"""Authentication of the team: a handler that declares `account: CurrentAccount` requires a valid account token."""

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from editor.errors import KnownError
from editor.protocol.api import Account
from hosting.accounts import service
from hosting.context import HostingContext
from hosting.http.bearer import parse_bearer_token

CurrentAccount = NamedDependency[SkipValidation[Account]]
"""The account whose token the request carries."""


def require_bearer_token(request: Request[object, object, State]) -> str:
    """Return the token of a request's `Authorization: Bearer` header; whether it is valid is not checked.

    Raises:
        KnownError: ``account.signed_out``: it carries none.
    """
    token = parse_bearer_token(request.headers.get("authorization", ""))
    if token is None:
        raise KnownError("account.signed_out")
    return token


def provide_account(request: Request[object, object, State], context: HostingContext) -> Account:
    """Return the account of the request's token, for handlers with a parameter `account`; it reads the database.

    Raises:
        KnownError: ``account.signed_out``: there is no token, or it is unknown or revoked.
    """
    token = require_bearer_token(request)
    with context.db.read() as connection:
        return service.require_account(connection, token)


DEPENDENCIES = {"account": Provide(provide_account, sync_to_thread=True)}
