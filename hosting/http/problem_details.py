"""Errors as the API sends them: problem documents (RFC 9457) with the error's code and facts.

Status and sentence of each code are in the table of `editor.errors.messages`.
"""

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
from editor.errors.messages import find_status, format_message
from editor.protocol.api import ProblemDetails

logger = logging.getLogger(__name__)

RETRY_HEADERS = {503: {"Retry-After": "2"}}
"""Headers that responses of a status carry besides: seconds after which to try again."""


def describe_response(body_type: Any, description: str, media_type: str = "application/json") -> ResponseSpec:
    """Return the description, for the API's schema, of the response of a handler that returns a bare `Response`.

    Args:
        body_type: The type of the body, or None where there is no body.
        description: What the schema says about it.
        media_type: The body's media type.
    """
    return ResponseSpec(body_type, generate_examples=False, media_type=media_type, description=description)


def make_problem(code: str, facts: dict[str, object] | None = None, status: int | None = None) -> ProblemDetails:
    """Return the problem document of an error.

    Args:
        code: The error's code.
        facts: The error's facts, which the document carries and its title is filled with; None for none.
        status: The HTTP status, where it is not the one that the table of errors has. A code without one has
            `editor.errors.messages.DEFAULT_STATUS`.
    """
    facts = facts or {}
    return ProblemDetails(title=format_message(code, facts), status=status or find_status(code), code=code, facts=facts)


def make_problem_response(
    code: str, facts: dict[str, object] | None = None, status: int | None = None
) -> Response[ProblemDetails]:
    """Return the response whose body is the problem document of an error, with `RETRY_HEADERS` for a 503.

    Args:
        code: The error's code.
        facts: The error's facts; None for none.
        status: The HTTP status, where it is not the one that the table of errors has.
    """
    problem = make_problem(code, facts, status)
    return Response(
        problem,
        status_code=problem.status,
        media_type="application/problem+json",
        headers=RETRY_HEADERS.get(problem.status),
    )


async def send_problem(error: KnownError, send: Send) -> None:
    """Send an error as the whole response of a plain ASGI application; nothing may have been sent before."""
    problem = make_problem(error.code, error.facts)
    body = msgspec.json.encode(problem)
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", b"%d" % len(body))]
    retry_headers = RETRY_HEADERS.get(problem.status, {})
    headers += [(name.lower().encode(), header_value.encode()) for name, header_value in retry_headers.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def encode_problem(code: str, facts: dict[str, object] | None = None) -> bytes:
    """Return the problem document of an error as JSON in UTF-8, for a response written without the framework.

    Args:
        code: The error's code.
        facts: The error's facts; None for none.
    """
    return msgspec.json.encode(make_problem(code, facts))


def handle_known_error(_request: Request[Any, Any, Any], error: KnownError) -> Response[ProblemDetails]:
    """Return the response to a foreseen error: the status of its code, and its facts."""
    return make_problem_response(error.code, error.facts)


def handle_http_exception(_request: Request[Any, Any, Any], error: HTTPException) -> Response[ProblemDetails]:
    """Return the response to what the framework refuses: an unknown path, a wrong method, an unreadable body.

    The code is one of ``request.…``, with the framework's `reason`; its status and headers stay.
    """
    if isinstance(error, ValidationException):
        extra = error.extra
        first = extra[0] if isinstance(extra, list) and extra else {}
        reason = str(first.get("message", error.detail)) if isinstance(first, dict) else str(first)
        return make_problem_response("request.invalid", {"reason": reason})
    code = {
        400: "request.invalid",
        404: "request.unknown",
        405: "request.method",
        413: "request.too_large",
        415: "request.type",
    }.get(error.status_code, "request.refused")
    response = make_problem_response(code, {"reason": error.detail}, error.status_code)
    response.headers.update(error.headers or {})
    return response


def handle_validation_error(_request: Request[Any, Any, Any], error: ValidationError) -> Response[ProblemDetails]:
    """Return the response to a body that does not have the required structure: ``request.invalid`` with `reason`."""
    return make_problem_response("request.invalid", {"reason": str(error)})


def handle_recursion_error(_request: Request[Any, Any, Any], _error: RecursionError) -> Response[ProblemDetails]:
    """Return ``request.invalid`` for a body that is nested too deeply to be read; our own code is not recursive."""
    return make_problem_response("request.invalid", {"reason": "it is nested too deeply"})


def handle_unexpected_error(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    """Log a bug with its traceback, and return the response ``hosting.bug`` (500), which tells nothing about it."""
    facts = {"method": request.method, "path": request.url.path}
    logger.error("request failed", exc_info=error, extra={"facts": facts})
    return make_problem_response("hosting.bug")


EXCEPTION_HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    KnownError: handle_known_error,
    HTTPException: handle_http_exception,
    ValidationError: handle_validation_error,
    RecursionError: handle_recursion_error,
    Exception: handle_unexpected_error,
}
