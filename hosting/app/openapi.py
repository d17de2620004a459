"""The version of the API, and its OpenAPI schema with the endpoints that are served beside the framework.

Within a version paths stay, and fields are only added, with defaults. Every response below `/api` names the version in
the header `Matinee-Api`. A client may send the version that it was made for in the same header; a newer one than ours
is refused before the request is read.
"""

from collections.abc import Sequence
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from editor.errors import KnownError
from editor.errors.messages import ERRORS
from editor.protocol.api import API_HEADER, API_VERSION
from hosting.app.modules import StreamEndpoint
from hosting.http.problem_details import send_problem

VERSION_HEADER = API_HEADER.lower().encode()
SPOKEN_VERSION = str(API_VERSION).encode()


def list_error_statuses() -> list[int]:
    """Return the HTTP statuses of all errors that a client may cause, in ascending order; 500 is left out."""
    return sorted({spec.status for spec in ERRORS.values() if spec.status is not None} - {500})


def with_api_version(application: ASGIApp) -> ASGIApp:
    """Wrap an application so that its responses below `/api` name the API's version, and newer clients are refused.

    A request that asks for a newer version, or for none that is a number, gets ``api.newer`` without reaching the
    application. Other paths are unchanged.
    """

    async def versioned_application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith("/api/"):
            await application(scope, receive, send)
            return

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (VERSION_HEADER, SPOKEN_VERSION)]}
            await send(message)

        requested_version = dict(scope["headers"]).get(VERSION_HEADER, SPOKEN_VERSION)
        if requested_version.isdigit() and len(requested_version) < 10 and int(requested_version) <= API_VERSION:
            await application(scope, receive, send_with_version)
        else:
            await send_problem(
                KnownError("api.newer", asked=requested_version.decode("latin-1")[:20], speaks=API_VERSION),
                send_with_version,
            )

    return versioned_application


class OpenApiPlugin(JsonRenderPlugin):
    """Litestar plugin that serves the API's schema as JSON at `/openapi.json`.

    Args:
        streams: The endpoints beside the framework, which it adds to the schema.
    """

    def __init__(self, streams: Sequence[StreamEndpoint]) -> None:
        super().__init__(path="/openapi.json")
        self._streams = streams

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the framework's schema as JSON in UTF-8, with the stream endpoints and their error responses added."""
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
        failures = {str(status): {"description": "A problem", "content": problem} for status in list_error_statuses()}
        paths = dict(openapi_schema["paths"])
        for stream in self._streams:
            for path, (operation, responses) in stream.schema.items():
                paths[path] = {"get": operation | {"responses": responses | failures}}
        return super().render(request, {**openapi_schema, "paths": paths})
