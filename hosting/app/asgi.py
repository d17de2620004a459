"""The ASGI application: the modules' routes under /api, the pages, and the event stream beside the framework."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from litestar import Litestar, Router, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.types import ASGIApp, Receive, Scope, Send

from editor import __version__
from editor.protocol.api import API_HEADER, API_VERSION, ProblemDetails, ServerTime
from hosting.app import modules
from hosting.app.openapi import OpenApiPlugin, list_error_statuses, with_api_version
from hosting.context import HostingContext
from hosting.http.body_limits import MAX_BODY_BYTES
from hosting.http.connection_limits import with_connection_limits
from hosting.http.json_bodies import require_json_body
from hosting.http.problem_details import EXCEPTION_HANDLERS, describe_response
from hosting.sessions.engine.log_writer import LogWriter

WORKER_THREADS = 24
"""Threads for calls that block. Most of them wait for the one writer or for the disk; a reader needs one of its own."""


@get("/healthz", include_in_schema=False, sync_to_thread=True)
def healthz(context: HostingContext) -> dict[str, str]:
    """Handle `GET /healthz` for monitors: return status, epoch and program version once the database has answered.

    Raises:
        KnownError: ``hosting.busy``, ``hosting.full``: it does not answer.
    """
    return {"status": "ok", "epoch": context.db.load_epoch(), "version": __version__}


@get("/api/now", cache=False, sync_to_thread=False)
def get_now(context: HostingContext) -> ServerTime:
    """Handle `GET /api/now`: return the server's time, from which pages estimate how far their own clock is off."""
    return ServerTime(now=context.now())


def make_app(log_writer: LogWriter) -> ASGIApp:
    """Build the ASGI application of one hosting: all routes, with the API's version and the limits of connections.

    Serve it with `LimitedProtocol`, which event streams need. The hub and the scheduler run for its lifespan.

    Args:
        log_writer: The hosting's, with the context that handlers receive.
    """

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(WORKER_THREADS, "hosting"))
        async with modules.run_modules(log_writer):
            yield

    api_handlers = modules.collect_api_handlers()
    for handler in api_handlers:
        handler.responses = _make_error_responses() | dict(handler.responses or {})
    streams = modules.collect_streams()
    litestar = Litestar(
        route_handlers=[
            healthz,
            get_now,
            Router("/api", route_handlers=api_handlers, before_request=require_json_body),
            *modules.collect_page_handlers(),
        ],
        dependencies={
            "context": Provide(_provide_context, sync_to_thread=False),
            "log_writer": Provide(_provide_log_writer, sync_to_thread=False),
            **modules.collect_dependencies(),
        },
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=[lifespan],
        state=State({"log_writer": log_writer}),
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=OpenAPIConfig(
            title="Matinee hosting",
            version=str(API_VERSION),
            description=f"Of Matinee {__version__}. Answers name this version in `{API_HEADER}`; a client may too.",
            path="/schema",
            render_plugins=[OpenApiPlugin(streams)],
        ),
        logging_config=None,
    )
    stream_applications = [(stream.matches, stream.make_application(log_writer)) for stream in streams]

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            for matches, stream_application in stream_applications:
                if matches(scope["path"]):
                    await stream_application(scope, receive, send)
                    return
        await litestar(scope, receive, send)

    return with_connection_limits(with_api_version(application), log_writer.context.settings.idle_ms)


def _provide_log_writer(state: State) -> LogWriter:
    log_writer = state["log_writer"]
    assert isinstance(log_writer, LogWriter)
    return log_writer


def _provide_context(state: State) -> HostingContext:
    return _provide_log_writer(state).context


def _make_error_responses() -> dict[int, ResponseSpec]:
    """Return the answers that every handler shares: a problem document for each status that an error code has."""
    error_response = describe_response(ProblemDetails, "A problem", "application/problem+json")
    return dict.fromkeys(list_error_statuses(), error_response)
