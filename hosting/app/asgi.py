"""The ASGI application: the nouns' routes under /api, the pages, and the event stream beside the framework."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

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
from hosting.http.connection_limits import MAX_BODY_BYTES, with_connection_limits
from hosting.http.problem_details import EXCEPTION_HANDLERS, response_spec

WORKER_THREADS = 24
"""Threads for what blocks. Most of them wait: for the one writer, for the disk; who only reads needs one besides."""


@get("/healthz", include_in_schema=False, sync_to_thread=True)
def healthz(context: HostingContext) -> dict[str, str]:
    """Whether the database answers."""
    return {"status": "ok", "epoch": context.db.load_epoch(), "version": __version__}


@get("/api/now", cache=False, sync_to_thread=False)
def get_now(context: HostingContext) -> ServerTime:
    """The server's clock, for pages that estimate it."""
    return ServerTime(now=context.now())


def make_app(context: HostingContext) -> ASGIApp:
    """The application of one hosting."""

    def provide_context(state: State) -> HostingContext:
        return state["context"]  # type: ignore[no-any-return]

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(WORKER_THREADS, "hosting"))
        async with modules.run_modules(context):
            yield

    for handler in (handlers := _collect_handlers("api")):
        handler.responses = _make_error_responses() | (handler.responses or {})
    api = Router("/api", route_handlers=[*handlers])
    litestar = Litestar(
        route_handlers=[healthz, get_now, api, *_collect_handlers("pages")],
        dependencies={"context": Provide(provide_context, sync_to_thread=False), **modules.collect_dependencies()},
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=[lifespan],
        state=State({"context": context}),
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=OpenAPIConfig(
            title="Matinee hosting",
            version=str(API_VERSION),
            description=f"Of Matinee {__version__}. Answers name this version in `{API_HEADER}`; a client may too.",
            path="/schema",
            render_plugins=[OpenApiPlugin(modules.collect_stream_schemas())],
        ),
        logging_config=None,
    )
    streams = modules.make_stream_applications(context)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            for is_stream_path, stream in streams:
                if is_stream_path(scope["path"]):
                    await stream(scope, receive, send)
                    return
        await litestar(scope, receive, send)

    return with_connection_limits(with_api_version(application), context.settings.idle_ms)


def _make_error_responses() -> dict[int, ResponseSpec]:
    """Every failure is a problem document; which statuses there are is the registered codes' to say."""
    error_response = response_spec(ProblemDetails, "A problem", "application/problem+json")
    return dict.fromkeys(list_error_statuses(), error_response)


def _collect_handlers(kind: str) -> Sequence[Any]:
    return modules.collect_handlers(kind)
