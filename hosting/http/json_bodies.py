"""What is required of a request's body before a handler receives it as JSON: its content type, and UTF-8.

The framework looks at neither. It would take text/plain for JSON, and answer a body that is not UTF-8 as a bug.
"""

from typing import Any

from litestar import Request

from editor.errors import KnownError

JSON_TYPE = "application/json"
BODY_PARAMETER = "data"
"""The parameter of a handler that the framework fills with the decoded body."""


async def require_json_body(request: Request[Any, Any, Any]) -> None:
    """Refuse a body that is no JSON in UTF-8, before every handler that takes JSON; others read theirs themselves.

    A request without the header is taken for JSON, as all that such a handler accepts is.

    Raises:
        KnownError: ``request.type``: the header Content-Type names another type. ``request.invalid``: the body is not
            UTF-8.
    """
    if BODY_PARAMETER not in request.route_handler.parsed_fn_signature.parameters:
        return
    content_type = request.headers.get("content-type", JSON_TYPE).partition(";")[0].strip().lower()
    if content_type != JSON_TYPE:
        raise KnownError("request.type")
    try:
        (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise KnownError("request.invalid", reason="the body is not UTF-8") from error
