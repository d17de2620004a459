"""Every route of the API that takes JSON refuses what is no JSON, and what is not UTF-8, before its handler runs."""

import re
from typing import Any

import pytest


def list_json_routes(client: Any) -> list[tuple[str, str]]:
    """Return method and path of every operation whose body is JSON, from the API's own description."""
    schema = client.get("/schema/openapi.json").json()
    return [
        (method.upper(), re.sub(r"\{\w+\}", "x", path))
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]


def test_the_api_has_routes_that_take_json(client):
    paths = [path for _method, path in list_json_routes(client)]
    assert {"/api/sign-in", "/api/sessions", "/api/webinars/x"} <= set(paths)
    assert len(paths) >= 12


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "text/json",
        "application/xml",
        "",
    ],
)
def test_another_type_than_json_is_refused(client, team, content_type):
    for method, path in list_json_routes(client):
        answer = client.request(method, path, content=b"{}", headers=team | {"Content-Type": content_type})
        assert (answer.status_code, answer.json()["code"]) == (415, "request.type"), (method, path)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        b'{"email": "\xff"}',
        b'{"\xff": 1}',
        b'"\xc3\x28"',
        b"\xff\xfe{\x00}\x00",
        '{"name": "é"}'.encode("latin-1"),
        b'{"name": "\xed\xa0\x80"}',
    ],
)
def test_a_body_that_is_not_utf8_is_refused(client, team, body):
    for method, path in list_json_routes(client):
        for headers in ({"Content-Type": "application/json"}, {"Content-Type": "application/json; charset=utf-8"}, {}):
            answer = client.request(method, path, content=body, headers=team | headers)
            assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid"), (method, path)
