"""The table of modules: what each brings to the application. A new module is added here and nowhere else."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import Receive, Scope, Send

from hosting.accounts import authentication as account_authentication
from hosting.accounts import routes as accounts
from hosting.attendees import authentication as attendee_authentication
from hosting.delivery import routes as delivery
from hosting.media import routes as media
from hosting.pages import routes as pages
from hosting.responses import routes as responses
from hosting.sessions.attendee import event_stream
from hosting.sessions.attendee import routes as attendee_sessions
from hosting.sessions.engine import lifespan as session_engine
from hosting.sessions.engine.log_writer import LogWriter
from hosting.sessions.organizer import routes as organizer_sessions
from hosting.webinars import routes as webinars

StreamApplication = Callable[[Scope, Receive, Send], Awaitable[None]]
"""A plain ASGI application, which answers past the framework."""


@dataclass(frozen=True, kw_only=True)
class StreamEndpoint:
    """One ASGI application, and its paths, served beside the framework because its responses stay open; immutable.

    `make_application` is called once for each hosting, with its `LogWriter`.
    """

    matches: Callable[[str], bool]
    """Whether a request's path is this endpoint's."""
    make_application: Callable[[LogWriter], StreamApplication]
    schema: Mapping[str, Any]
    """By path: the OpenAPI operation, and its answers beside problems."""


@dataclass(frozen=True, kw_only=True)
class HostingModule:
    """What one module of the hosting brings to the application: handlers, dependencies, streams, a lifespan.

    It is an immutable declaration; `MODULES` has that of every module.
    """

    api: Sequence[HTTPRouteHandler] = ()
    """Handlers below `/api`."""
    pages: Sequence[HTTPRouteHandler] = ()
    """Handlers of what browsers and players open; the API's schema leaves them out."""
    dependencies: Mapping[str, Provide] = field(default_factory=dict)
    """What handlers of all modules may declare as a parameter, by its name."""
    streams: Sequence[StreamEndpoint] = ()
    lifespan: Callable[[LogWriter], AbstractAsyncContextManager[None]] | None = None
    """Runs for as long as the hosting does."""
    before_shutdown: Callable[[LogWriter], None] | None = None
    """Called on the event loop before the server waits for open requests to end."""


MODULES = (
    HostingModule(api=accounts.API, dependencies=account_authentication.DEPENDENCIES),
    HostingModule(api=webinars.API),
    HostingModule(api=media.API),
    HostingModule(pages=delivery.PAGES, lifespan=delivery.lifespan),
    HostingModule(pages=pages.PAGES),
    HostingModule(dependencies=attendee_authentication.DEPENDENCIES),
    HostingModule(lifespan=session_engine.lifespan, before_shutdown=session_engine.before_shutdown),
    HostingModule(
        api=attendee_sessions.API,
        pages=attendee_sessions.PAGES,
        streams=(
            StreamEndpoint(
                matches=event_stream.is_stream_path,
                make_application=event_stream.make_stream_application,
                schema=event_stream.STREAM_SCHEMA,
            ),
        ),
    ),
    HostingModule(api=organizer_sessions.API),
    HostingModule(api=responses.API),
)


def collect_api_handlers() -> list[HTTPRouteHandler]:
    """Return the handlers of all modules that belong below `/api`."""
    return [handler for module in MODULES for handler in module.api]


def collect_page_handlers() -> list[HTTPRouteHandler]:
    """Return the handlers of all modules for what browsers and players open; the API's schema leaves them out."""
    return [handler for module in MODULES for handler in module.pages]


def collect_dependencies() -> dict[str, Provide]:
    """Return the providers of what the handlers of all modules may declare as a parameter, by its name."""
    return {name: provider for module in MODULES for name, provider in module.dependencies.items()}


def collect_streams() -> list[StreamEndpoint]:
    """Return the endpoints of all modules that are served beside the framework; the first that matches answers."""
    return [stream for module in MODULES for stream in module.streams]


def notify_stopping(log_writer: LogWriter) -> None:
    """Tell all modules that the server is about to stop, so that they end what would keep a request open for good.

    Call it on the event loop's thread, before the server waits for open requests.
    """
    for module in MODULES:
        if module.before_shutdown is not None:
            module.before_shutdown(log_writer)


@asynccontextmanager
async def run_modules(log_writer: LogWriter) -> AsyncIterator[None]:
    """Run the lifespans of all modules, in the order of `MODULES`, within the block; they end in the reverse order."""
    async with AsyncExitStack() as stack:
        for module in MODULES:
            if module.lifespan is not None:
                await stack.enter_async_context(module.lifespan(log_writer))
        yield
