"""The API's version, and the schema as it is told: with what is served beside the framework.

Paths stay as they are within a version; fields are added with defaults. Every answer below `/api` names the version in
`Matinee-Api`. A client may name the one that it was made for in the same header: one that we do not speak yet is
refused as such, before anything is read into the request.
"""

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from editor.errors import Known
from editor.protocol.api import API, API_HEADER
from hosting.problems import STATUS, refuse, register

register({"api.newer": 406})
NAME = API_HEADER.lower().encode()
SPOKEN = str(API).encode()
FRAMEWORK = {400, 404, 405, 408, 413, 415, 431}
"""What is refused before a handler is asked."""


def statuses() -> list[int]:
    """With which statuses failures are told."""
    return sorted(FRAMEWORK | set(STATUS.values()))


def versioned(application: ASGIApp) -> ASGIApp:
    """The application, whose answers below `/api` say which version of the API they are of."""

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith("/api/"):
            await application(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (NAME, SPOKEN)]}
            await send(message)

        asked = dict(scope["headers"]).get(NAME, SPOKEN)
        if asked.isdigit() and len(asked) < 10 and int(asked) <= API:
            await application(scope, receive, named)
        else:
            await refuse(Known("api.newer", asked=asked.decode("latin-1")[:20], speaks=API), named)

    return told


class Told(JsonRenderPlugin):
    """The schema as JSON, with the paths that the framework does not know of."""

    def __init__(self, beside: dict[str, Any]) -> None:
        super().__init__(path="/openapi.json")
        self._beside = beside

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The whole schema."""
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        failures = {str(status): {"description": "A problem", "content": problem} for status in statuses()}
        paths = dict(openapi_schema["paths"])
        for path, (operation, answers) in self._beside.items():
            paths[path] = {"get": operation | {"responses": answers | failures}}
        return super().render(request, {**openapi_schema, "paths": paths})
