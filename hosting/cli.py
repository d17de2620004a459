"""The command `matinee-host`: run the server, create the owner's account, back up and restore."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from editor.errors import KnownError
from editor.errors.messages import format_message
from hosting import settings as settings_module

program = typer.Typer(
    name="matinee-host",
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The Matinee server: stores webinars and runs their sessions at the scheduled time.",
)
HELP_OPTIONS = {"--help"}
DataOption = Annotated[
    str | None, typer.Option("--data", metavar="DIR", help="The data folder: database, media, backups.")
]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="A settings file (TOML).")]


@program.command()
def serve(
    data: DataOption = None,
    config: ConfigOption = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The public address that attendees use.")] = None,
    until_eof: Annotated[
        bool,
        typer.Option(
            "--until-eof", help="Stop when standard input ends, that is, when the program that started the server ends."
        ),
    ] = False,
) -> None:
    """Run the server until it receives SIGTERM or SIGINT."""
    from hosting.server import uvicorn_runner

    if until_eof:
        threading.Thread(target=_stop_at_eof, daemon=True).start()
    settings = settings_module.load_settings(config, data=data, host=host, port=port, base_url=base_url)
    uvicorn_runner.run(settings)


def _stop_at_eof() -> None:
    """Wait for the end of standard input, then shut down as on SIGTERM."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


@program.command()
def owner(
    email: Annotated[str, typer.Argument(help="The owner's e-mail address.")],
    data: DataOption = None,
    config: ConfigOption = None,
    password: Annotated[
        str | None,
        typer.Option(envvar="MATINEE_OWNER_PASSWORD", help="At least ten characters; asked for if not given."),
    ] = None,
    name: Annotated[str, typer.Option(help="The owner's display name.")] = "",
    create: Annotated[
        bool, typer.Option("--create", help="Create the server's data if the data folder has none yet.")
    ] = False,
) -> None:
    """Create an account that can organize webinars."""
    from hosting.accounts import service
    from hosting.context import read_server_time
    from hosting.db.data_folder import has_database
    from hosting.db.database import HostingDatabase

    folder = settings_module.load_settings(config, data=data).data_folder
    if not create and not has_database(folder):
        raise KnownError("hosting.not_created", path=str(folder))
    chosen_password = password or typer.prompt(
        "Password (at least ten characters)", hide_input=True, confirmation_prompt=True
    )
    database = HostingDatabase(folder)
    try:
        with database.write() as connection:
            account = service.create_account(connection, email, chosen_password, name, read_server_time())
    finally:
        database.close()
    typer.echo(f"Account created: {account.email} can now sign in.")


@program.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The backup file to write.")],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a backup of the database. The server may keep running; media files are backed up separately."""
    from hosting.db import backups

    backups.create_backup(settings_module.load_settings(config, data=data).data_folder, file)
    typer.echo(str(file))


@program.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup file to restore.")],
    data: DataOption = None,
    config: ConfigOption = None,
) -> None:
    """Replace the database by a backup and keep the previous one. Stop the server first."""
    from hosting.db import backups

    previous_folder = backups.restore_backup(settings_module.load_settings(config, data=data).data_folder, file)
    typer.echo(f"Restored.{f' The previous database is in {previous_folder}.' if previous_folder else ''}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line of `matinee-host` and return the exit code; a foreseen error is printed as a sentence.

    Args:
        arguments: The words after the program's name; None means those of this process. Without a command among
            them, or with options before it, they are those of `serve`.

    Returns:
        0 done, 1 failed, 2 wrong arguments, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in HELP_OPTIONS):
        words.insert(0, "serve")
    try:
        code = program(words, standalone_mode=False)
    except KnownError as failure:
        typer.echo(format_message(failure.code, failure.facts), err=True)
        return 1
    except typer.TyperException as wrong:
        typer.echo(f"{wrong} (see `matinee-host --help`)", err=True)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0


def run() -> None:
    """Run the command line of this process and exit with its code; the console script `matinee-host`."""
    sys.exit(main())


if __name__ == "__main__":
    run()
