"""The API's version, and the schema as it is told: with what is served beside the framework.

Paths stay as they are within a version; fields are added with defaults. Every answer below `/api` names the version in
`Matinee-Api`. A client may name the one that it was made for in the same header: one that we do not speak yet is
refused as such, before anything is read into the request.
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
    """List the HTTP statuses of all errors that a client may cause, in order."""
    return sorted({spec.status for spec in ERRORS.values() if spec.status is not None} - {500})


def with_api_version(application: ASGIApp) -> ASGIApp:
    """The application, whose answers below `/api` say which version of the API they are of."""

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
    """The schema as JSON, with the paths that the framework does not know of."""

    def __init__(self, streams: Sequence[StreamEndpoint]) -> None:
        super().__init__(path="/openapi.json")
        self._streams = streams

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The whole schema."""
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
        failures = {str(status): {"description": "A problem", "content": problem} for status in list_error_statuses()}
        paths = dict(openapi_schema["paths"])
        for stream in self._streams:
            for path, (operation, responses) in stream.schema.items():
                paths[path] = {"get": operation | {"responses": responses | failures}}
        return super().render(request, {**openapi_schema, "paths": paths})
