"""Failures as the API tells them: RFC 9457 problem documents with our code, and the status each code is told with."""

import logging
from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import ResponseSpec
from litestar.types import Send
from msgspec import ValidationError

from editor.errors import Known
from editor.protocol.api import Problem
from editor.sentences import sentence

logger = logging.getLogger("hosting")

STATUS = {
    "hosting.busy": 503,
    "hosting.full": 507,
    "account.signed_out": 401,
    "account.wrong": 401,
    "account.owned": 409,
    "account.key": 403,
    "room.not_yours": 403,
}
"""Codes that have a status of their own; nouns add theirs in `register`. Everything else is 400."""
AGAIN = {503: {"Retry-After": "2"}}
"""What is told besides, by status: seconds after which to come again."""


def register(codes: dict[str, int]) -> None:
    """Say with which statuses a noun's codes are told."""
    STATUS.update(codes)


def answers(what: Any, description: str, media_type: str = "application/json") -> ResponseSpec:
    """What a handler that gives a bare response answers, for the schema; None where there is no body."""
    return ResponseSpec(what, generate_examples=False, media_type=media_type, description=description)


def problem(code: str, status: int, facts: dict[str, object] | None = None) -> Response[Problem]:
    """The answer for one failure."""
    told = facts or {}
    body = Problem(title=sentence(code, told), status=status, code=code, facts=told)
    return Response(body, status_code=status, media_type="application/problem+json", headers=AGAIN.get(status))


async def refuse(error: Known, send: Send, status: int | None = None) -> None:
    """The same for what is served beside the framework."""
    status = status or STATUS.get(error.code, 400)
    body = encoded(error.code, status, error.facts)
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", b"%d" % len(body))]
    headers += [(name.lower().encode(), told.encode()) for name, told in AGAIN.get(status, {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def encoded(code: str, status: int, facts: dict[str, object] | None = None) -> bytes:
    """A problem document."""
    told = facts or {}
    return msgspec.json.encode(Problem(title=sentence(code, told), status=status, code=code, facts=told))


def on_known(_request: Request[Any, Any, Any], error: Known) -> Response[Problem]:
    """A failure we foresaw."""
    return problem(error.code, STATUS.get(error.code, 400), error.facts)


def on_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """What the framework refuses: no such path, wrong method, a body that is none."""
    if isinstance(error, ValidationException):
        extra = error.extra
        first = extra[0] if isinstance(extra, list) and extra else {}
        reason = str(first.get("message", error.detail)) if isinstance(first, dict) else str(first)
        return problem("request.invalid", 400, {"reason": reason})
    code = {
        400: "request.invalid",
        404: "request.unknown",
        405: "request.method",
        413: "request.too_large",
        415: "request.type",
    }.get(error.status_code, "request.refused")
    answer = problem(code, error.status_code, {"reason": error.detail})
    answer.headers.update(error.headers or {})
    return answer


def on_invalid(_request: Request[Any, Any, Any], error: ValidationError) -> Response[Problem]:
    """A body whose structure is not the one asked for."""
    return problem("request.invalid", 400, {"reason": str(error)})


def on_nested(_request: Request[Any, Any, Any], _error: RecursionError) -> Response[Problem]:
    """A body that is nested deeper than can be read; nothing of ours calls itself."""
    return problem("request.invalid", 400, {"reason": "it is nested too deeply"})


def on_bug(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """A bug of ours: logged whole, told in one sentence."""
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem("hosting.bug", 500)


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    Known: on_known,
    HTTPException: on_http,
    ValidationError: on_invalid,
    RecursionError: on_nested,
    Exception: on_bug,
}
