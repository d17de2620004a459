"""Signing in and out. A handler that asks for `account` is for the team alone."""

from litestar import Request, get, post
from litestar.datastructures import State

from editor.protocol.api import Account, FirstOwnerRequest, SignInRequest, SignInResult
from hosting.accounts import service
from hosting.accounts.authentication import CurrentAccount, require_bearer_token
from hosting.context import HostingContext


@post("/sign-in", status_code=200, sync_to_thread=True)
def sign_in(data: SignInRequest, context: HostingContext) -> SignInResult:
    """Get a token for an address and its password."""
    with context.db.read() as connection:
        account = service.authenticate(connection, data.email, data.password)
    with context.db.write() as connection:
        token = service.create_token(connection, account, data.device, context.now())
    return SignInResult(token=token, account=account)


@post("/first-owner", status_code=201, sync_to_thread=True)
def create_first_owner(data: FirstOwnerRequest, context: HostingContext) -> SignInResult:
    """Make the first account with the one-time key."""
    with context.db.write() as connection:
        service.consume_first_key(connection, data.key)
        account = service.create_account(connection, data.email, data.password, data.name, context.now())
        token = service.create_token(connection, account, "first sign-in", context.now())
    return SignInResult(token=token, account=account)


@post("/sign-out", status_code=204, sync_to_thread=True)
def sign_out(request: Request[object, object, State], context: HostingContext) -> None:
    """Void the token this request carries."""
    with context.db.write() as connection:
        service.revoke_token(connection, require_bearer_token(request))


@get("/me", sync_to_thread=False)
def get_me(account: CurrentAccount) -> Account:
    """The account of the token."""
    return account


API = (sign_in, create_first_owner, sign_out, get_me)
