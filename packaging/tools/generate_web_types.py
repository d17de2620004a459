"""Generates the TypeScript types of the API for the pages: `.venv/bin/python packaging/tools/generate_web_types.py`.

Which routes the pages may call, and with which bodies, comes from the OpenAPI schema that the hosting serves. The types
themselves come from the JSON Schema that msgspec makes of the structs in `editor/protocol`, which keeps tags of unions,
tuples and optional fields. The limits come from the same structs and from the rules of the chat.
"""

import json
import re
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from editor.errors.messages import ERRORS  # noqa: E402 - found only once the root is on the path
from editor.protocol import api, stream_events  # noqa: E402
from editor.schedule.room import chat, phases  # noqa: E402
from hosting.app.asgi import make_app  # noqa: E402
from hosting.context import HostingContext  # noqa: E402
from hosting.db.database import HostingDatabase  # noqa: E402
from hosting.sessions.engine.log_writer import LogWriter  # noqa: E402
from hosting.settings import HostingSettings  # noqa: E402

OUTPUT = ROOT / "hosting" / "web" / "src" / "live" / "generated.ts"
ROUTE_PREFIXES = ("/api/now", "/api/w/", "/api/room/")
"""The part of the API that attendees' pages call."""
ERROR_PREFIXES = ("link.", "person.", "room.")
"""The codes of errors that attendees' requests can fail with."""
LIMITS = {
    "MAX_MESSAGES_PER_WINDOW": (
        "The largest number of chat messages of one person within `MESSAGE_WINDOW_MS`.",
        chat.MAX_MESSAGES_PER_WINDOW,
    ),
    "MESSAGE_WINDOW_MS": ("The time in which chat messages of one person are counted.", chat.MESSAGE_WINDOW_MS),
    "MESSAGE_GRACE_MS": (
        "How long after the end of an event its attendees can still send messages.",
        phases.MESSAGE_GRACE_MS,
    ),
    "REPLY_GRACE_MS": ("How long after the end of an event replies of the team still arrive.", phases.REPLY_GRACE_MS),
}
HEADER = """\
/**
 * The types and limits of the API that these pages call.
 *
 * Generated from `editor/protocol` and the hosting's OpenAPI schema by `packaging/tools/generate_web_types.py`; a test
 * fails while this file differs from what the tool makes.
 */
"""
LINE_LENGTH = 120

Schema = dict[str, Any]


def main() -> int:
    """Write the file, and say whether it has changed."""
    text = generate()
    is_changed = not OUTPUT.exists() or OUTPUT.read_text("utf-8") != text
    OUTPUT.write_text(text, "utf-8")
    print(f"{OUTPUT.relative_to(ROOT)}: {'changed' if is_changed else 'unchanged'}")
    return 0


def generate() -> str:
    """Return the whole file."""
    routes = select_routes(load_openapi_schema())
    types = [find_struct(name) for route in routes.values() for name in route.values() if name not in {"string", ""}]
    roots = sorted({*types, api.ProblemDetails}, key=lambda struct: struct.__name__)
    _, components = msgspec.json.schema_components(roots, ref_template="{name}")
    request_names = sorted({route["body"] for route in routes.values()} - {""})
    parts = [
        HEADER,
        *(render_interface(name, components[name]) for name in sorted(components)),
        render_routes(routes),
        render_error_codes(code for code in sorted(ERRORS) if code.startswith(ERROR_PREFIXES)),
        render_max_lengths(request_names, components),
        *(f"/** {comment} */\nexport const {name} = {value:_};\n" for name, (comment, value) in LIMITS.items()),
    ]
    return "\n".join(parts)


def load_openapi_schema() -> Schema:
    """Return the OpenAPI schema as an empty hosting serves it."""
    from litestar.testing import TestClient

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # Litestar warns of what its next major version will change; the project is pinned to this one.
        warnings.simplefilter("ignore", DeprecationWarning)
        database = HostingDatabase(Path(folder))
        try:
            context = HostingContext(settings=HostingSettings(data=folder), db=database, epoch=database.load_epoch())
            with TestClient(make_app(LogWriter(context))) as client:
                schema: Schema = client.get("/schema/openapi.json").json()
        finally:
            database.close()
    return schema


def select_routes(openapi: Schema) -> dict[str, dict[str, str]]:
    """Return the routes that the pages call.

    Returns:
        For each `METHOD /path/{parameter}` the name of the struct of its `body` ("" where there is none) and of its
        `response` ("string" where it is no JSON).
    """
    routes = {}
    for path, operations in sorted(openapi["paths"].items()):
        if not path.startswith(ROUTE_PREFIXES):
            continue
        for method, operation in sorted(operations.items()):
            responses = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
            routes[f"{method.upper()} {path}"] = {
                "body": find_json_type(operation.get("requestBody", {})) or "",
                "response": find_json_type(responses[0]) or "string",
            }
    return routes


def find_json_type(message: Schema) -> str | None:
    """Return the name of the struct that a request or a response of OpenAPI holds as JSON, if it holds one."""
    reference = message.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    return reference.rpartition("/")[2] or None


def find_struct(name: str) -> type[msgspec.Struct]:
    """Return the struct of the protocol that has a name."""
    struct: type[msgspec.Struct] = getattr(api, name, None) or getattr(stream_events, name)
    return struct


# ------------------------------------------------------------------------------------------------ TypeScript


def render_interface(name: str, schema: Schema) -> str:
    """Render a struct; fields that have a default value in Python may be missing in JSON."""
    required = set(schema.get("required", ()))
    lines = [f"export interface {name} {{"]
    for field, field_schema in schema["properties"].items():
        lines += render_field(f"{field}{'' if field in required else '?'}: ", field_schema)
    return "\n".join([*lines, "}", ""])


def render_field(start: str, schema: Schema) -> list[str]:
    """Render a field on one line, or a union that is longer than a line on a line for each of its members."""
    rendered = render_type(schema)
    line = f"  {start}{rendered};"
    if len(line) <= LINE_LENGTH:
        return [line]
    *members, last = rendered.split(" | ")
    return [f"  {start.rstrip()}", *(f"    | {member}" for member in members), f"    | {last};"]


def render_type(schema: Schema) -> str:
    """Render a JSON Schema as a type."""
    if "$ref" in schema:
        return str(schema["$ref"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(render_type(member) for member in schema["anyOf"])
    match schema.get("type"):
        case "integer" | "number":
            return "number"
        case "string" | "boolean" | "null" as name:
            return str(name)
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(render_type(item) for item in schema['prefixItems'])}]"
        case "array":
            item = render_type(schema["items"])
            return f"({item})[]" if " | " in item else f"{item}[]"
        case "object":
            values = schema.get("additionalProperties") or {}
            return f"Record<string, {render_type(values)}>"
        case _:
            return "unknown"


def render_routes(routes: Mapping[str, Mapping[str, str]]) -> str:
    """Render the routes as a table of types."""
    lines = ["/** The body and the response of each route that these pages call. */", "export interface ApiRoutes {"]
    for route, types in routes.items():
        lines.append(f'  "{route}": {{ body: {types["body"] or "undefined"}; response: {types["response"]} }};')
    return "\n".join([*lines, "}", ""])


def render_error_codes(codes: Iterable[str]) -> str:
    """Render the codes of problem documents (RFC 9457) as a union."""
    lines = ["/** The code of an error that a request of these pages can fail with. */", "export type ErrorCode ="]
    return "\n".join([*lines, *(f'  | "{code}"' for code in codes)]) + ";\n"


def render_max_lengths(request_names: Iterable[str], components: Mapping[str, Schema]) -> str:
    """Render how many characters the texts of requests may have; identities are no texts."""
    lines = [
        "/** The largest number of characters of each text that these pages send. */",
        "export const MAX_LENGTHS = {",
    ]
    for name in request_names:
        limits = {
            field: schema["maxLength"]
            for field, schema in components[name]["properties"].items()
            if "maxLength" in schema and not re.fullmatch(r"id|offer|question", field)
        }
        if limits:
            lines.append(f"  {name}: {{ {', '.join(f'{field}: {most:_}' for field, most in limits.items())} }},")
    return "\n".join([*lines, "} as const;", ""])


if __name__ == "__main__":
    sys.exit(main())
