"""The command line: the table of all commands, and the one place that turns errors into sentences."""

import functools
import io
import itertools
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import typer
from typer.core import TyperGroup
from typer.main import get_group

from editor.cli import (
    edit_commands,
    inspect_commands,
    prepare_command,
    sync_command,
    version_commands,
    webinar_commands,
)
from editor.cli.options import print_error, print_json
from editor.errors import KnownError

FAILED = 1
USAGE = 2
INTERRUPTED = 130

COMMANDS: dict[str, Callable[..., None]] = {
    "list": webinar_commands.list_webinars,
    "new": webinar_commands.create_webinar,
    "duplicate": webinar_commands.duplicate,
    "archive": webinar_commands.archive,
    "delete": webinar_commands.delete,
    "restore": webinar_commands.restore,
    "import": edit_commands.import_files,
    "captions": edit_commands.attach_captions,
    "edit": edit_commands.edit,
    "notes": edit_commands.manage_notes,
    "relink": edit_commands.relink,
    "operations": edit_commands.print_operations,
    "show": inspect_commands.show,
    "check": inspect_commands.check,
    "stage": inspect_commands.show_stage,
    "save": version_commands.save,
    "versions": version_commands.manage_versions,
    "export": version_commands.export_bundle,
    "load": version_commands.import_bundle,
    "copies": version_commands.list_backups,
    "restore-copy": version_commands.restore_backup,
    "prepare": prepare_command.prepare,
    "sync": sync_command.sync,
}


@functools.cache
def build_commands() -> TyperGroup:
    """Build the parser of all commands; cached, because that takes a while."""
    application = typer.Typer(
        name="matinee",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Design automated webinars offline: the same core as the editor's, without a window.",
    )
    for name, command in COMMANDS.items():
        application.command(name)(command)
    return get_group(application)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return the exit code; no traceback reaches the terminal.

    Args:
        arguments: The words after the program's name; None means those of this process.

    Returns:
        0 done, 1 failed, 2 wrong arguments, 3 `check` found errors, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in itertools.takewhile(lambda word: word != "--", words)
    try:
        code = build_commands()(words, prog_name="matinee", standalone_mode=False)
    except typer.Exit as exit_request:
        return exit_request.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as usage_error:
        _print_usage_error(usage_error, as_json=as_json)
        return USAGE
    except BrokenPipeError:
        # The reader of our output has closed it (`matinee list | head`). The interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KnownError as failure:
        print_error(failure.code, failure.facts, as_json=as_json)
        return FAILED
    except OSError as failure:
        facts = {"path": str(failure.filename or ""), "reason": failure.strerror or str(failure)}
        print_error("cli.unreadable", facts, as_json=as_json)
        return FAILED
    except Exception:  # noqa: BLE001 - the one funnel for bugs
        # A bug of ours: the terminal gets one sentence, and the traceback goes where a report can be made from it.
        print_error("cli.bug", {"path": str(_save_traceback())}, as_json=as_json)
        return FAILED
    return code if isinstance(code, int) else 0


def _print_usage_error(usage_error: typer.TyperException, *, as_json: bool) -> None:
    message = f"{usage_error} (`matinee --help` lists the commands)"
    if as_json:
        print_json({"error": {"code": "cli.usage", "sentence": message, "facts": {}}})
    else:
        typer.echo(message, err=True)


def _save_traceback() -> Path:
    handle, path = tempfile.mkstemp(prefix="matinee-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
        traceback.print_exc(file=log)
    return Path(path)


def run() -> None:
    """Run the command line of this process and exit with its code; the console script `matinee`."""
    # A file's name may be no text, and a terminal may lack letters: neither may keep an answer back.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main())
