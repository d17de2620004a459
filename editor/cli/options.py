"""Options and helpers that the commands share: finding a webinar, parsing times, printing answers."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

import msgspec
import typer

from editor import time_format
from editor.errors import KnownError, messages
from editor.media.files import to_one_line
from editor.schedule.kinds import kind_of
from editor.schedule.model import AnySegment, Webinar
from editor.schedule.operations import PlacementMode
from editor.schedule.segment_titles import get_segment_title
from editor.workspace import LIBRARY_VARIABLE, Workspace


def _parse_folder(text: str) -> Path:
    if not text:  # a variable of a script that is not set; the folder one happens to be in is not meant
        raise typer.BadParameter("The folder name is empty.")
    return Path(text)


LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        envvar=LIBRARY_VARIABLE,
        metavar="DIR",
        parser=_parse_folder,
        help="The folder of the library; by default your own.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
WebinarArgument = Annotated[
    str, typer.Argument(metavar="WEBINAR", help="The id of the webinar, the beginning of it, or the title.")
]


# ------------------------------------------------------------------------------------------------- what is meant


def find_webinar_id(workspace: Workspace, name: str, *, is_put_away: bool = False) -> str:
    """Return the id of the webinar with an id, the beginning of an id, or a title.

    Args:
        workspace: Its library is opened and searched.
        name: What was typed.
        is_put_away: Look among the archived and deleted ones instead of the current ones.

    Raises:
        KnownError: ``cli.no_webinar`` (none matches), ``cli.several`` (more than one does); ``cli.put_away`` where it
            is archived or deleted, ``cli.not_put_away`` where that was looked for and it is not.
    """
    library = workspace.library
    current = library.list_webinars()
    archived_or_deleted = (*library.list_webinars(archived=True), *library.list_webinars(deleted=True))
    webinar_id = match_id(name, {card.id: card.title for card in (archived_or_deleted if is_put_away else current)})
    if webinar_id is not None:
        return webinar_id
    elsewhere = match_id(name, {card.id: card.title for card in (current if is_put_away else archived_or_deleted)})
    if elsewhere is not None:
        raise KnownError(
            "cli.not_put_away" if is_put_away else "cli.put_away", name=library.load_summary(elsewhere).title
        )
    raise KnownError("cli.no_webinar", name=name)


def match_id(name: str, titles: Mapping[str, str]) -> str | None:
    """Return the id that a name means: an id, else a title, else the beginning of an id; None for none.

    Args:
        name: What was typed.
        titles: The titles of all candidates by id.

    Raises:
        KnownError: ``cli.several``: more than one matches.
    """
    matches = [each for each in titles if each == name] or [each for each, title in titles.items() if title == name]
    matches = matches or [each for each in titles if name and each.startswith(name)]
    if len(matches) > 1:
        raise KnownError("cli.several", name=name, ids=tuple(each[:12] for each in matches))
    return matches[0] if matches else None


def parse_time(text: str) -> int:
    """Return the milliseconds of a time that a person typed, as `editor.time_format.parse_time` reads it.

    Raises:
        KnownError: ``cli.bad_time``: the text is no time.
    """
    time_ms = time_format.parse_time(text)
    if time_ms is None:
        raise KnownError("cli.bad_time", text=text)
    return time_ms


def parse_mode(text: str) -> PlacementMode:
    """Return the placement mode of a name that was typed: "normal", "insert" or "overwrite".

    Raises:
        typer.BadParameter: There is none of that name.
    """
    for mode in get_args(PlacementMode):
        if mode == text:
            return mode  # type: ignore[no-any-return]
    raise typer.BadParameter("The mode is normal, insert or overwrite.", param_hint="--mode")


# ----------------------------------------------------------------------------------------------------- answering


def print_line(text: str, *, error: bool = False) -> None:
    """Print one line of text to standard output, or with `error` to standard error.

    Titles and names come from files and other people: line breaks and control characters, which could drive a terminal,
    become blanks.
    """
    typer.echo(to_one_line(text), err=error)


def to_plain(value: object) -> Any:
    """Convert a value to what JSON can hold: structs become dicts, tuples lists; paths and other types become text."""
    return msgspec.to_builtins(value, enc_hook=str)


def print_json(value: object) -> None:
    """Print a value to standard output as indented JSON; structs become objects, paths text."""
    plain_value = to_plain(value)
    text = json.dumps(plain_value, indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        # A path that is no text, or a terminal that has not the letters: escaped, they arrive all the same.
        text = json.dumps(plain_value, indent=2)
    typer.echo(text)


def print_error(code: str, facts: Mapping[str, object], *, as_json: bool) -> None:
    """Print an error: its sentence to standard error, or as JSON to standard output.

    Args:
        code: The error's code.
        facts: The error's facts, which its sentence is filled with.
        as_json: Print an object of code, sentence and facts instead of the sentence.
    """
    sentence = messages.format_message(code, facts)
    if as_json:
        print_json({"error": {"code": code, "sentence": sentence, "facts": facts}})
    else:
        print_line(sentence, error=True)


def describe_segment(segment: AnySegment, webinar: Webinar) -> str:
    """Return a segment as one line: the first 8 characters of its id, begin and end (`H:MM:SS.mmm`), kind and title.

    The facts about media in `webinar` name a segment without a title, by its file (`get_segment_title`).
    """
    span = f"{time_format.format_time(segment.start_ms)} – {time_format.format_time(segment.end_ms)}"
    return f"{segment.id[:8]}  {span}  {kind_of(segment)}  {get_segment_title(segment, webinar.media)}"
