"""Golden lists of the names that people, their files and other programs know: `tests/golden/lists`.

As with the structs (`tests/golden/test_golden.py`), `MATINEE_REGENERATE_GOLDEN=1` writes the files anew where a list is
meant to change. What is collected from sources is found by what was imported, so renamed classes are found, too.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from litestar.testing import TestClient
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.dialects.sqlite import dialect
from typer.main import get_command

import demo
import editor
import hosting
import ui
from editor.cli.app import build_commands
from editor.errors import KnownError
from editor.errors.messages import ERRORS
from editor.library import backups, tables
from editor.schedule.edits.errors import EditRefusedError
from editor.settings import SETTINGS
from editor.workspace import LIBRARY_VARIABLE
from hosting import settings as hosting_settings
from hosting.app import modules
from hosting.app.asgi import healthz, make_app
from hosting.app.tables import METADATA
from hosting.cli import program
from hosting.context import HostingContext
from hosting.db import database
from hosting.sessions.engine.log_writer import LogWriter
from tests.golden.golden_files import compare

SQLITE = dialect()


# ----------------------------------------------------------------------------------------------- command lines


def describe_parameter(parameter: Any) -> dict[str, Any]:
    """Describe a parameter as it is typed; its name in our sources is left out, for it may change."""
    argument = parameter.param_type_name == "argument"
    facts = {
        "names": [] if argument else [*parameter.opts, *parameter.secondary_opts],
        "shown_as": parameter.metavar,
        "takes": getattr(parameter.type_descriptor.annotation, "__name__", ""),
        "required": parameter.required,
        "several": parameter.multiple or parameter.nargs != 1,
        "default": parameter.default if isinstance(parameter.default, bool | int | str | None) else "",
        "variable": parameter.envvar,
    }
    return {name: value for name, value in facts.items() if value not in (None, False, [], "")}


@pytest.mark.parametrize(("name", "group"), [("editor", build_commands), ("hosting", lambda: get_command(program))])
def test_commands_and_options_are_unchanged(name, group):
    lists = {
        word: [describe_parameter(one) for one in command.params] for word, command in sorted(group().commands.items())
    }
    compare(f"lists/commands-{name}", lists)


# ---------------------------------------------------------------------------------------------------- settings


def test_settings_of_the_editor_are_unchanged():
    compare(
        "lists/settings-editor",
        {
            name: {
                "default": spec.default,
                "least": spec.minimum,
                "most": spec.maximum,
                "choices": list(spec.choices),
            }
            for name, spec in SETTINGS.items()
        },
    )


def test_settings_of_the_hosting_are_unchanged(tmp_path):
    fields = msgspec.structs.fields(hosting_settings.HostingSettings)
    variables = {f"{hosting_settings.ENVIRONMENT_PREFIX}{field.encode_name.upper()}": field.default for field in fields}
    compare(
        "lists/settings-hosting",
        {
            "keys": {field.encode_name: field.default for field in fields},
            "variables": variables,
            "library": LIBRARY_VARIABLE,
        },
    )

    others = {field.encode_name: "x" if isinstance(field.default, str) else field.default + 1 for field in fields}
    file = tmp_path / "hosting.toml"
    file.write_text("".join(f"{key} = {value!r}\n" for key, value in others.items()), "utf-8")
    by_file = hosting_settings.load_settings(file, {})
    assert msgspec.to_builtins(by_file) == others
    by_variable = {f"{hosting_settings.ENVIRONMENT_PREFIX}{key.upper()}": str(value) for key, value in others.items()}
    assert hosting_settings.load_settings(None, by_variable) == by_file


# ---------------------------------------------------------------------------------------------------- databases


def table_to_json(table: Table) -> dict[str, Any]:
    """Turn everything SQLAlchemy knows of a table into plain values."""
    columns = {
        column.name: {
            "type": column.type.compile(dialect=SQLITE),
            "nullable": column.nullable,
            "default": None if column.default is None else str(column.default.arg),
            "server_default": None if column.server_default is None else str(column.server_default.arg),
        }
        for column in table.columns
    }
    indexes = [
        {
            "name": index.name,
            "columns": [column.name for column in index.columns],
            "unique": index.unique,
            "where": None if (where := index.dialect_options["sqlite"]["where"]) is None else str(where),
        }
        for index in table.indexes
    ]
    constraints = [{"kind": find_kind(one), "name": one.name, **constraint_to_json(one)} for one in table.constraints]
    return {
        **{f"column {name}": facts for name, facts in columns.items()},
        "indexes": sorted(indexes, key=str),
        "constraints": sorted(constraints, key=str),
    }


def find_kind(constraint: Any) -> str:
    kinds = {
        PrimaryKeyConstraint: "primary key",
        ForeignKeyConstraint: "foreign key",
        UniqueConstraint: "unique",
        CheckConstraint: "check",
    }
    return kinds[type(constraint)]


def constraint_to_json(constraint: Any) -> dict[str, Any]:
    if isinstance(constraint, CheckConstraint):
        return {"text": str(constraint.sqltext)}
    facts: dict[str, Any] = {"columns": [column.name for column in constraint.columns]}
    if isinstance(constraint, ForeignKeyConstraint):
        targets = [element.target_fullname for element in constraint.elements]
        facts |= {"targets": targets, "ondelete": constraint.ondelete, "onupdate": constraint.onupdate}
    return facts


def flatten(metadata: MetaData) -> dict[str, Any]:
    """Turn all tables into one flat object, with an entry for each column."""
    tables_by_name = sorted(metadata.tables.items())
    return {f"{name}: {what}": facts for name, table in tables_by_name for what, facts in table_to_json(table).items()}


def list_revisions(place: str) -> list[str]:
    """List the migrations of a database, the newest first."""
    config = Config()
    config.set_main_option("script_location", place)
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def test_tables_of_the_library_are_unchanged():
    about = {
        "file": backups.LIBRARY_FILE,
        "application_id": tables.APPLICATION_ID,
        "schema": tables.SCHEMA,
        "head": tables.HEAD,
    }
    about["migrations"] = list_revisions(f"{Path(tables.__file__).parent}/migrations")
    compare("lists/tables-library", {"library": about, **flatten(tables.METADATA)})


def test_tables_of_the_hosting_are_unchanged():
    about = {
        "file": database.DATABASE_FILE,
        "migrations": list_revisions(f"{Path(hosting.__file__).parent}/db/migrations"),
    }
    compare("lists/tables-hosting", {"hosting": about, **flatten(METADATA)})


# ------------------------------------------------------------------------------------------------------- errors


def find_calls(*packages: Any) -> Iterator[ast.Call]:
    """Yield every call in the sources of packages."""
    for package in packages:
        for file in sorted(Path(package.__file__).parent.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield node


def find_facts_by_code() -> dict[str, set[str]]:
    """Find with which facts each code is raised, where the code is written out."""
    # Two arguments of a refused edit are no facts by themselves: one becomes `nearest_ms`, the other stays an object.
    renamed = {"nearest": {"nearest_ms"}, "alternative": set()}
    names = {cls.__name__ for cls in (KnownError, EditRefusedError)}
    facts: dict[str, set[str]] = defaultdict(set)
    for call in find_calls(editor, hosting, ui, demo):
        name_of_call = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name_of_call in names and call.args and isinstance(code := call.args[0], ast.Constant):
            facts[code.value] |= {
                fact for word in call.keywords if word.arg for fact in renamed.get(word.arg, {word.arg})
            }
    return facts


def test_codes_of_errors_their_facts_and_statuses_are_unchanged():
    facts = find_facts_by_code()
    assert facts, "no error is raised by a written code any more: this test looks for the wrong thing"
    codes = sorted({*ERRORS, *facts})
    compare(
        "lists/errors",
        {
            code: {
                "sentence": code in ERRORS,
                "status": ERRORS[code].status if code in ERRORS else None,
                "facts": sorted(facts.get(code, ())),
            }
            for code in codes
        },
    )


# ------------------------------------------------------------------------------------------------------- routes


@pytest.fixture
def schema(tmp_path):
    """The OpenAPI schema as the hosting serves it."""
    settings = hosting_settings.HostingSettings(data=str(tmp_path))
    opened = database.HostingDatabase(tmp_path)
    with TestClient(
        make_app(LogWriter(HostingContext(settings=settings, db=opened, epoch=opened.load_epoch())))
    ) as client:
        yield client.get("/schema/openapi.json").json()
    opened.close()


def list_media_types(message: dict[str, Any]) -> list[str]:
    """List the media types of a request or a response."""
    return sorted(message.get("content", {}))


# Litestar warns of what its next major version will change; we are pinned to this one.
@pytest.mark.filterwarnings("ignore:.*will stop working in Litestar 3:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:.*using deprecated inferred style:DeprecationWarning")
def test_routes_of_the_api_are_unchanged(schema):
    routes = {}
    for path, methods in sorted(schema["paths"].items()):
        for method, operation in methods.items():
            parameters = sorted(operation.get("parameters", ()), key=lambda one: (one["in"], one["name"]))
            routes[f"{method.upper()} {path}"] = {
                "parameters": [[one["in"], one["name"], bool(one.get("required"))] for one in parameters],
                "body": list_media_types(operation.get("requestBody", {})),
                "answers": {
                    code: list_media_types(response)
                    for code, response in operation["responses"].items()
                    if code < "400"
                },
            }
    compare("lists/routes", routes)


def test_paths_of_the_pages_are_unchanged():
    """Those of the attendees' pages and media, which the schema leaves out."""
    handlers = [healthz, *modules.collect_page_handlers()]
    pages = [[method, path] for each in handlers for path in each.paths for method in each.http_methods]
    # What a part of a path is called in our sources is not visible outside.
    compare("lists/pages", sorted([method, re.sub(r"\{\w+:", "{", path)] for method, path in pages))
