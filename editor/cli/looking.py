"""What is asked of a webinar: what lies on it, what stands in its way, what is on stage at a position."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from editor import sentences, timetext
from editor.cli.words import (
    JsonOption,
    LibraryOption,
    WebinarArgument,
    answer,
    described,
    identify,
    plain,
    read_time,
    tell,
)
from editor.schedule import plans, rules, stage, wire
from editor.schedule.model import LANES
from editor.workspace import Workspace

FOUND_ERRORS = 3
"""The exit code of `check` where something stands in the way of publishing."""

TimeOption = Annotated[str, typer.Option("--at", metavar="TIME", help="A position: 0:12:03, 12:03, 723s, 12m.")]


def show(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Show a webinar: its plan and what lies on its two lanes."""
    with Workspace(library) as workspace:
        draft = workspace.library.draft(identify(workspace, webinar))
    found = draft.webinar
    if as_json:
        typer.echo(draft.body if draft.unknown else wire.encode(found))
        return
    tell(found.title)
    tell(f"{found.start or 'not planned yet'} {found.zone} · {found.room} · chat: {found.chat} · {found.access}")
    for lane in LANES:
        typer.echo(f"\n{lane}{' (locked)' if found.locked(lane) else ''}")
        for segment in found.lane(lane):
            tell(f"  {described(segment, found)}")
    typer.echo(f"\nlength {timetext.write(found.length_ms)}")
    if draft.unknown:
        facts = {"title": found.title, "unknown": draft.unknown}
        tell(sentences.sentence("library.unknown", facts), error=True)


def check(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Say what stands in the way of publishing. Exit code 3 when there is an error among it."""
    with Workspace(library) as workspace:
        found = workspace.library.draft(identify(workspace, webinar)).webinar
        states = {sha256: workspace.shelf.state(sha256) for sha256 in found.media}
        terms = plans.TERMS[workspace.settings["plan"]]
    problems = rules.preflight(found, terms=terms, now=datetime.now(UTC), media=states)
    if as_json:
        answer([{**plain(each), "sentence": sentences.sentence(each.code, each.facts)} for each in problems])
    else:
        for each in problems:
            where = f"{timetext.write(each.at_ms, exact=False)}  " if each.at_ms is not None else ""
            tell(f"{each.severity}: {where}{sentences.sentence(each.code, each.facts)}")
        if not problems:
            tell("Nothing stands in the way.")
    if any(each.severity == "error" for each in problems):
        raise typer.Exit(FOUND_ERRORS)


def stage_at(
    webinar: WebinarArgument, at: TimeOption, library: LibraryOption = None, as_json: JsonOption = False
) -> None:
    """Say what an attendee sees and hears at a position."""
    position = read_time(at)
    with Workspace(library) as workspace:
        found = workspace.library.draft(identify(workspace, webinar)).webinar
    shown = stage.stage_at(found, position)
    if as_json:
        answer(shown)
        return
    segment = found.find(shown.segment) if shown.segment else None
    what = described(segment, found) if segment else "nothing"
    tell(f"{timetext.write(position)}  {shown.phase}: {what}{' (held)' if shown.holding else ''}")
    for offer in shown.offers:
        above = found.find(offer.segment)
        tell(f"  on top: {described(above, found) if above else offer.segment}, {timetext.write(offer.left_ms)} left")
