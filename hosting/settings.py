"""The hosting's settings: from a TOML file, then from the environment (`MATINEE_HOST_PORT` and so on), then given."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from editor.errors import Known
from editor.schedule.model import MINUTE, SECOND

PREFIX = "MATINEE_HOST_"
Port = Annotated[int, Meta(ge=0, le=65_535)]
Length = Annotated[int, Meta(ge=1)]
Size = Annotated[int, Meta(ge=0)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be set; lengths in milliseconds, sizes in bytes."""

    data: str = "hosting-data"
    """The folder of the database, the media and the backups."""
    host: str = "127.0.0.1"
    port: Port = 8788
    """0 takes a free one."""
    base_url: str = ""
    """Under which address attendees reach this hosting; that of the request where it is empty."""
    lead_ms: Length = MINUTE
    """How far ahead of the room clock media are given out."""
    waiting_ms: Length = 30 * MINUTE
    """How long before the start the waiting room opens, unless the session says otherwise."""
    resume_after_ms: Length = 15 * MINUTE
    """After how long a hold ends by itself."""
    heartbeat_ms: Length = 10 * SECOND
    """How often a stream that has nothing to say says so."""
    idle_ms: Length = 30 * SECOND
    """How long a sender, or the reader of an answer, may stand still."""
    busy_ms: Length = 10 * SECOND
    """How long a request waits for the database, before it is told to come again."""
    upload_most: Size = 50 * 2**30
    """The largest file."""
    reserve: Size = 256 * 2**20
    """Bytes of the disk that uploads leave free, for the database."""
    quota: Size = 500 * 2**30
    """Bytes of media an account may keep."""

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return Path(self.data).expanduser().absolute()


def read(file: Path | None, environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The settings in force. What is given (and not None) wins over the environment, and that over the file.

    Raises:
        Known: ``settings.unreadable`` or ``settings.invalid`` with `reason`.
    """
    found: dict[str, object] = {}
    if file is not None:
        try:
            found |= tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise Known("settings.unreadable", path=str(file), reason=str(error)) from error
    for name, value in (os.environ if environment is None else environment).items():
        if name.startswith(PREFIX):
            found[name.removeprefix(PREFIX).lower()] = value
    found |= {name: value for name, value in given.items() if value is not None}
    try:
        return msgspec.convert(found, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise Known("settings.invalid", reason=str(error)) from error
