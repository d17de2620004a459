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
from editor.protocol.api import API, API_HEADER, Now, Problem
from hosting import nouns
from hosting.api import Told, statuses, versioned
from hosting.guard import MOST_BODY, guarded
from hosting.house import House
from hosting.problems import HANDLERS, answers

WORKERS = 24
"""Threads for what blocks. Most of them wait: for the one writer, for the disk; who only reads needs one besides."""


@get("/healthz", include_in_schema=False, sync_to_thread=True)
def healthz(house: House) -> dict[str, str]:
    """Whether the database answers."""
    return {"status": "ok", "epoch": house.db.epoch(), "version": __version__}


@get("/api/now", cache=False, sync_to_thread=False)
def now(house: House) -> Now:
    """The server's clock, for pages that estimate it."""
    return Now(now=house.now())


def make_app(house: House) -> ASGIApp:
    """The application of one hosting."""

    def provide_house(state: State) -> House:
        return state["house"]  # type: ignore[no-any-return]

    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(WORKERS, "hosting"))
        async with nouns.running(house):
            yield

    for handler in (handlers := _handlers("api")):
        handler.responses = _errors() | (handler.responses or {})
    api = Router("/api", route_handlers=[*handlers])
    litestar = Litestar(
        route_handlers=[healthz, now, api, *_handlers("pages")],
        dependencies={"house": Provide(provide_house, sync_to_thread=False), **nouns.dependencies()},
        exception_handlers=HANDLERS,
        lifespan=[running],
        state=State({"house": house}),
        request_max_body_size=MOST_BODY,
        openapi_config=OpenAPIConfig(
            title="Matinee hosting",
            version=str(API),
            description=f"Of Matinee {__version__}. Answers name this version in `{API_HEADER}`; a client may too.",
            path="/schema",
            render_plugins=[Told(nouns.beside())],
        ),
        logging_config=None,
    )
    streams = nouns.streams(house)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            for owns, stream in streams:
                if owns(scope["path"]):
                    await stream(scope, receive, send)
                    return
        await litestar(scope, receive, send)

    return guarded(versioned(application), house.settings.idle_ms)


def _errors() -> dict[int, ResponseSpec]:
    """Every failure is a problem document; which statuses there are is the registered codes' to say."""
    told = answers(Problem, "A problem", "application/problem+json")
    return dict.fromkeys(statuses(), told)


def _handlers(part: str) -> Sequence[Any]:
    return nouns.handlers(part)
