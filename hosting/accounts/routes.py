"""The routes of accounts: sign in, sign out, create the first account."""

from litestar import Request, get, post
from litestar.datastructures import State

from editor.protocol.api import Account, FirstOwnerRequest, SignInRequest, SignInResult
from hosting.accounts import service
from hosting.accounts.authentication import CurrentAccount, require_bearer_token
from hosting.context import HostingContext


@post("/sign-in", status_code=200, sync_to_thread=True)
def sign_in(data: SignInRequest, context: HostingContext) -> SignInResult:
    """Handle `POST /api/sign-in`: create and return a new token for an account's e-mail address and password.

    Raises:
        KnownError: ``account.wrong``: no account has this address and password.
    """
    with context.db.read() as connection:
        account = service.authenticate(connection, data.email, data.password)
    with context.db.write() as connection:
        token = service.create_token(connection, account, data.device, context.now())
    return SignInResult(token=token, account=account)


@post("/first-owner", status_code=201, sync_to_thread=True)
def create_first_owner(data: FirstOwnerRequest, context: HostingContext) -> SignInResult:
    """Handle `POST /api/first-owner`: create the first account with the one-time key, and return a token for it.

    Raises:
        KnownError: The codes of `consume_first_key` and `create_account`; then the key stays valid.
    """
    with context.db.write() as connection:
        service.consume_first_key(connection, data.key)
        account = service.create_account(connection, data.email, data.password, data.name, context.now())
        token = service.create_token(connection, account, "first sign-in", context.now())
    return SignInResult(token=token, account=account)


@post("/sign-out", status_code=204, sync_to_thread=True)
def sign_out(request: Request[object, object, State], context: HostingContext) -> None:
    """Handle `POST /api/sign-out`: revoke the token that the request carries; an unknown one is ignored.

    Raises:
        KnownError: ``account.signed_out``: it carries none.
    """
    with context.db.write() as connection:
        service.revoke_token(connection, require_bearer_token(request))


@get("/me", sync_to_thread=False)
def get_me(account: CurrentAccount) -> Account:
    """Handle `GET /api/me`: return the account whose token the request carries.

    A request without a valid token is refused before (``account.signed_out``).
    """
    return account


API = (sign_in, create_first_owner, sign_out, get_me)
