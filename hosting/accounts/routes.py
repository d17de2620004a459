"""Signing in and out. A handler that asks for `account` is for the team alone."""

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from editor.errors import Known
from editor.protocol.api import Account, FirstOwner, SignedIn, SignIn
from hosting.accounts import service
from hosting.house import House

Team = NamedDependency[SkipValidation[Account]]
"""The account of whoever asks."""


def bearer(request: Request[object, object, State]) -> str:
    """The token a request carries.

    Raises:
        Known: ``account.signed_out``: none.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Known("account.signed_out")
    return token.strip()


def provide_account(request: Request[object, object, State], house: House) -> Account:
    """Whose token it is."""
    token = bearer(request)
    with house.db.read() as connection:
        return service.account_of(connection, token)


@post("/sign-in", status_code=200, sync_to_thread=True)
def sign_in(data: SignIn, house: House) -> SignedIn:
    """Get a token for an address and its password."""
    with house.db.read() as connection:
        account = service.check(connection, data.email, data.password)
    with house.db.write() as connection:
        token = service.make_token(connection, account, data.device, house.now())
    return SignedIn(token=token, account=account)


@post("/first-owner", status_code=201, sync_to_thread=True)
def first_owner(data: FirstOwner, house: House) -> SignedIn:
    """Make the first account with the one-time key."""
    with house.db.write() as connection:
        service.take_first_key(connection, data.key)
        account = service.make(connection, data.email, data.password, data.name, house.now())
        token = service.make_token(connection, account, "first sign-in", house.now())
    return SignedIn(token=token, account=account)


@post("/sign-out", status_code=204, sync_to_thread=True)
def sign_out(request: Request[object, object, State], house: House) -> None:
    """Void the token this request carries."""
    with house.db.write() as connection:
        service.forget_token(connection, bearer(request))


@get("/me", sync_to_thread=False)
def me(account: Team) -> Account:
    """The account of the token."""
    return account


API = (sign_in, first_owner, sign_out, me)
DEPENDENCIES = {"account": Provide(provide_account, sync_to_thread=True)}
