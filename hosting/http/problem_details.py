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

from editor.errors import KnownError
from editor.errors.messages import format_message
from editor.protocol.api import ProblemDetails

logger = logging.getLogger("hosting")

STATUS_BY_CODE = {
    "hosting.busy": 503,
    "hosting.full": 507,
    "account.signed_out": 401,
    "account.wrong": 401,
    "account.owned": 409,
    "account.key": 403,
    "room.not_yours": 403,
}
"""Codes that have a status of their own; nouns add theirs in `register`. Everything else is 400."""
RETRY_HEADERS = {503: {"Retry-After": "2"}}
"""What is told besides, by status: seconds after which to come again."""


def register_statuses(codes: dict[str, int]) -> None:
    """Say with which statuses a noun's codes are told."""
    STATUS_BY_CODE.update(codes)


def response_spec(body_type: Any, description: str, media_type: str = "application/json") -> ResponseSpec:
    """What a handler that gives a bare response answers, for the schema; None where there is no body."""
    return ResponseSpec(body_type, generate_examples=False, media_type=media_type, description=description)


def problem_response(code: str, status: int, facts: dict[str, object] | None = None) -> Response[ProblemDetails]:
    """The answer for one failure."""
    problem_facts = facts or {}
    body = ProblemDetails(title=format_message(code, problem_facts), status=status, code=code, facts=problem_facts)
    return Response(body, status_code=status, media_type="application/problem+json", headers=RETRY_HEADERS.get(status))


async def send_problem(error: KnownError, send: Send, status: int | None = None) -> None:
    """The same for what is served beside the framework."""
    status = status or STATUS_BY_CODE.get(error.code, 400)
    body = encode_problem(error.code, status, error.facts)
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", b"%d" % len(body))]
    headers += [
        (name.lower().encode(), header_value.encode()) for name, header_value in RETRY_HEADERS.get(status, {}).items()
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def encode_problem(code: str, status: int, facts: dict[str, object] | None = None) -> bytes:
    """A problem document."""
    problem_facts = facts or {}
    return msgspec.json.encode(
        ProblemDetails(title=format_message(code, problem_facts), status=status, code=code, facts=problem_facts)
    )


def handle_known_error(_request: Request[Any, Any, Any], error: KnownError) -> Response[ProblemDetails]:
    """A failure we foresaw."""
    return problem_response(error.code, STATUS_BY_CODE.get(error.code, 400), error.facts)


def handle_http_exception(_request: Request[Any, Any, Any], error: HTTPException) -> Response[ProblemDetails]:
    """What the framework refuses: no such path, wrong method, a body that is none."""
    if isinstance(error, ValidationException):
        extra = error.extra
        first = extra[0] if isinstance(extra, list) and extra else {}
        reason = str(first.get("message", error.detail)) if isinstance(first, dict) else str(first)
        return problem_response("request.invalid", 400, {"reason": reason})
    code = {
        400: "request.invalid",
        404: "request.unknown",
        405: "request.method",
        413: "request.too_large",
        415: "request.type",
    }.get(error.status_code, "request.refused")
    response = problem_response(code, error.status_code, {"reason": error.detail})
    response.headers.update(error.headers or {})
    return response


def handle_validation_error(_request: Request[Any, Any, Any], error: ValidationError) -> Response[ProblemDetails]:
    """A body whose structure is not the one asked for."""
    return problem_response("request.invalid", 400, {"reason": str(error)})


def handle_recursion_error(_request: Request[Any, Any, Any], _error: RecursionError) -> Response[ProblemDetails]:
    """A body that is nested deeper than can be read; nothing of ours calls itself."""
    return problem_response("request.invalid", 400, {"reason": "it is nested too deeply"})


def handle_unexpected_error(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """A bug of ours: logged whole, told in one sentence."""
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response("hosting.bug", 500)


EXCEPTION_HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    KnownError: handle_known_error,
    HTTPException: handle_http_exception,
    ValidationError: handle_validation_error,
    RecursionError: handle_recursion_error,
    Exception: handle_unexpected_error,
}
