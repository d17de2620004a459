"""What the commands share: their options, how a webinar or a time is named, how they answer."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

import msgspec
import typer

from editor import sentences, timetext
from editor.errors import Known
from editor.media.files import one_line
from editor.schedule.model import AnySegment, Webinar, kind_of
from editor.schedule.names import name_of
from editor.schedule.operations import Mode
from editor.workspace import VARIABLE, Workspace


def _folder(text: str) -> Path:
    if not text:  # a variable of a script that is not set; the folder one happens to be in is not meant
        raise typer.BadParameter("The name of the folder is empty.")
    return Path(text)


LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library", envvar=VARIABLE, metavar="DIR", parser=_folder, help="The library; your own unless given."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
WebinarArgument = Annotated[str, typer.Argument(metavar="WEBINAR", help="Its id, the beginning of it, or its title.")]


# ------------------------------------------------------------------------------------------------- what is meant


def identify(workspace: Workspace, name: str, *, put_away: bool = False) -> str:
    """The id of the webinar that is meant by an id, the beginning of one, or a title.

    Args:
        workspace: Where to look.
        name: What was typed.
        put_away: Look among the archived and deleted ones instead of the current ones.

    Raises:
        Known: ``cli.no_webinar``, ``cli.several``; ``cli.put_away`` where it is archived or deleted,
            ``cli.not_put_away`` where that was looked for and it is not.
    """
    library = workspace.library
    current = library.cards()
    away = (*library.cards(archived=True), *library.cards(deleted=True))
    found = one_of(name, {card.id: card.title for card in (away if put_away else current)})
    if found is not None:
        return found
    elsewhere = one_of(name, {card.id: card.title for card in (current if put_away else away)})
    if elsewhere is not None:
        raise Known("cli.not_put_away" if put_away else "cli.put_away", name=library.card(elsewhere).title)
    raise Known("cli.no_webinar", name=name)


def one_of(name: str, named: Mapping[str, str]) -> str | None:
    """Which of several things, by id and title, is meant: by its id, else its title, else the beginning of its id.

    Raises:
        Known: ``cli.several``.
    """
    found = [each for each in named if each == name] or [each for each, title in named.items() if title == name]
    found = found or [each for each in named if name and each.startswith(name)]
    if len(found) > 1:
        raise Known("cli.several", name=name, ids=tuple(each[:12] for each in found))
    return found[0] if found else None


def read_time(text: str) -> int:
    """The milliseconds of a time as people write it.

    Raises:
        Known: ``cli.bad_time``.
    """
    found = timetext.read(text)
    if found is None:
        raise Known("cli.bad_time", text=text)
    return found


def read_mode(text: str) -> Mode:
    """A placement mode by its name.

    Raises:
        typer.BadParameter: There is none of that name.
    """
    for mode in get_args(Mode):
        if mode == text:
            return mode  # type: ignore[no-any-return]
    raise typer.BadParameter("The mode is normal, insert or overwrite.", param_hint="--mode")


# ----------------------------------------------------------------------------------------------------- answering


def tell(text: str, *, error: bool = False) -> None:
    """Print one line. Titles and names come from files and other people: line breaks and control characters in them,
    with which a terminal can be made to do things, become blanks.
    """
    typer.echo(one_line(text), err=error)


def plain(value: object) -> Any:
    """A value as JSON has it; what JSON has not (paths) as text."""
    return msgspec.to_builtins(value, enc_hook=str)


def answer(value: object) -> None:
    """Print a value as JSON."""
    found = plain(value)
    text = json.dumps(found, indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        # A path that is no text, or a terminal that has not the letters: escaped, they arrive all the same.
        text = json.dumps(found, indent=2)
    typer.echo(text)


def fail(code: str, facts: Mapping[str, object], *, as_json: bool) -> None:
    """Say why it could not be done."""
    said = sentences.sentence(code, facts)
    if as_json:
        answer({"error": {"code": code, "sentence": said, "facts": facts}})
    else:
        tell(said, error=True)


def described(segment: AnySegment, webinar: Webinar) -> str:
    """A segment as one line: its id, place, kind and name."""
    span = f"{timetext.write(segment.start_ms)} – {timetext.write(segment.end_ms)}"
    return f"{segment.id[:8]}  {span}  {kind_of(segment)}  {name_of(segment, webinar.media)}"
