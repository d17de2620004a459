"""The list of nouns: what each brings to the application. A new noun is added here and nowhere else."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from litestar.di import Provide
from litestar.types import Receive, Scope, Send

from hosting.accounts import routes as accounts
from hosting.attendees import routes as registration
from hosting.context import HostingContext
from hosting.delivery import routes as delivery
from hosting.media import routes as media
from hosting.pages import routes as pages
from hosting.responses import routes as answers
from hosting.sessions.organizer import routes as sessions
from hosting.webinars import routes as webinars

MODULES: tuple[Any, ...] = (accounts, webinars, media, delivery, pages, registration, sessions, answers)
"""Modules. Each may have `API` and `PAGES` (route handlers), `DEPENDENCIES`, `lifespan(context)` (an async context for
as long as the hosting runs), `before_shutdown(context)` (called on the loop before the server waits for requests to
end) and
`STREAM` (a test of the path, a plain ASGI application made from the context, and what the schema tells of it)."""

StreamApplication = tuple[Callable[[str], bool], Callable[[Scope, Receive, Send], Awaitable[None]]]


def collect_handlers(kind: str) -> Sequence[Any]:
    """All route handlers of one part of the application: `api` or `pages`."""
    return [handler for module in MODULES for handler in getattr(module, kind.upper(), ())]


def collect_dependencies() -> dict[str, Provide]:
    """What handlers may ask for by name."""
    providers: dict[str, Provide] = {}
    for module in MODULES:
        providers |= getattr(module, "DEPENDENCIES", {})
    return providers


def make_stream_applications(context: HostingContext) -> list[StreamApplication]:
    """What is served beside the framework."""
    return [(module.STREAM[0], module.STREAM[1](context)) for module in MODULES if hasattr(module, "STREAM")]


def collect_stream_schemas() -> dict[str, Any]:
    """What the API's schema tells of what is served beside the framework."""
    return {
        path: schema for module in MODULES if hasattr(module, "STREAM") for path, schema in module.STREAM[2].items()
    }


def notify_stopping(context: HostingContext) -> None:
    """The server is about to stop: whatever would keep a request open for good ends here."""
    for module in MODULES:
        if hasattr(module, "before_shutdown"):
            module.before_shutdown(context)


@asynccontextmanager
async def run_modules(context: HostingContext) -> AsyncIterator[None]:
    """Everything that runs while the hosting does."""
    async with AsyncExitStack() as stack:
        for module in MODULES:
            if hasattr(module, "lifespan"):
                await stack.enter_async_context(module.lifespan(context))
        yield
