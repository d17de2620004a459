"""The list of nouns: what each brings to the application. A new noun is added here and nowhere else."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from litestar.di import Provide
from litestar.types import Receive, Scope, Send

from hosting.accounts import routes as accounts
from hosting.answers import routes as answers
from hosting.delivery import routes as delivery
from hosting.house import House
from hosting.media import routes as media
from hosting.pages import routes as pages
from hosting.registration import routes as registration
from hosting.sessions import routes as sessions
from hosting.webinars import routes as webinars

NOUNS: tuple[Any, ...] = (accounts, webinars, media, delivery, pages, registration, sessions, answers)
"""Modules. Each may have `API` and `PAGES` (route handlers), `DEPENDENCIES`, `running(house)` (an async context for
as long as the hosting runs), `stopping(house)` (called on the loop before the server waits for requests to end) and
`STREAM` (a test of the path, a plain ASGI application made from the house, and what the schema tells of it)."""

Stream = tuple[Callable[[str], bool], Callable[[Scope, Receive, Send], Awaitable[None]]]


def handlers(part: str) -> Sequence[Any]:
    """All route handlers of one part of the application: `api` or `pages`."""
    return [handler for noun in NOUNS for handler in getattr(noun, part.upper(), ())]


def dependencies() -> dict[str, Provide]:
    """What handlers may ask for by name."""
    found: dict[str, Provide] = {}
    for noun in NOUNS:
        found |= getattr(noun, "DEPENDENCIES", {})
    return found


def streams(house: House) -> list[Stream]:
    """What is served beside the framework."""
    return [(noun.STREAM[0], noun.STREAM[1](house)) for noun in NOUNS if hasattr(noun, "STREAM")]


def beside() -> dict[str, Any]:
    """What the API's schema tells of what is served beside the framework."""
    return {path: told for noun in NOUNS if hasattr(noun, "STREAM") for path, told in noun.STREAM[2].items()}


def stopping(house: House) -> None:
    """The server is about to stop: whatever would keep a request open for good ends here."""
    for noun in NOUNS:
        if hasattr(noun, "stopping"):
            noun.stopping(house)


@asynccontextmanager
async def running(house: House) -> AsyncIterator[None]:
    """Everything that runs while the hosting does."""
    async with AsyncExitStack() as stack:
        for noun in NOUNS:
            if hasattr(noun, "running"):
                await stack.enter_async_context(noun.running(house))
        yield
