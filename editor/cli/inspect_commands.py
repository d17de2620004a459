"""Commands that inspect a webinar: its segments, its problems, the stage at a position."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from editor import time_format
from editor.cli.options import (
    JsonOption,
    LibraryOption,
    WebinarArgument,
    describe_segment,
    find_webinar_id,
    parse_time,
    print_json,
    print_line,
    to_plain,
)
from editor.errors import messages
from editor.schedule import preflight, serialization, stage
from editor.schedule.model import LANES
from editor.schedule.preflight_inputs import gather_preflight_inputs
from editor.workspace import Workspace

FOUND_ERRORS = 3
"""The exit code of `check` where something stands in the way of publishing."""

TimeOption = Annotated[str, typer.Option("--at", metavar="TIME", help="A position: 0:12:03, 12:03, 723s, 12m.")]


def show(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Show a webinar: its settings and the segments of its two lanes."""
    with Workspace(library) as workspace:
        draft = workspace.library.load_draft(find_webinar_id(workspace, webinar))
    document = draft.webinar
    if as_json:
        typer.echo(draft.body if draft.unknown else serialization.encode(document))
        return
    print_line(document.title)
    print_line(
        f"{document.start or 'no date yet'} {document.zone} · {document.room} · chat: {document.chat} · "
        f"{document.access}"
    )
    for lane in LANES:
        typer.echo(f"\n{lane}{' (locked)' if document.is_locked(lane) else ''}")
        for segment in document.get_lane(lane):
            print_line(f"  {describe_segment(segment, document)}")
    typer.echo(f"\nlength {time_format.format_time(document.length_ms)}")
    if draft.unknown:
        facts = {"title": document.title, "unknown": draft.unknown}
        print_line(messages.format_message("library.unknown", facts), error=True)


def check(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List what stands in the way of publishing. The exit code is 3 if there is an error among it."""
    with Workspace(library) as workspace:
        document = workspace.library.load_draft(find_webinar_id(workspace, webinar)).webinar
        inputs = gather_preflight_inputs(
            document,
            workspace.settings,
            now=datetime.now(UTC),
            get_media_state=workspace.catalog.get_state,
            hosting=workspace.find_hosting_facts(document),
        )
    problems = preflight.find_problems(inputs)
    if as_json:
        print_json(
            [{**to_plain(each), "sentence": messages.format_message(each.code, each.facts)} for each in problems]
        )
    else:
        for each in problems:
            where = f"{time_format.format_time(each.at_ms, exact=False)}  " if each.at_ms is not None else ""
            print_line(f"{each.severity}: {where}{messages.format_message(each.code, each.facts)}")
        if not problems:
            print_line("No problems found.")
    if any(each.severity == "error" for each in problems):
        raise typer.Exit(FOUND_ERRORS)


def show_stage(
    webinar: WebinarArgument, at: TimeOption, library: LibraryOption = None, as_json: JsonOption = False
) -> None:
    """Show what an attendee sees and hears at a position."""
    position = parse_time(at)
    with Workspace(library) as workspace:
        document = workspace.library.load_draft(find_webinar_id(workspace, webinar)).webinar
    state = stage.compute_stage(document, position)
    if as_json:
        print_json(state)
        return
    segment = document.find_segment(state.segment) if state.segment else None
    description = describe_segment(segment, document) if segment else "nothing"
    print_line(
        f"{time_format.format_time(position)}  {state.phase}: {description}{' (freeze frame)' if state.holding else ''}"
    )
    for offer in state.offers:
        above = document.find_segment(offer.segment)
        print_line(
            f"  on top: {describe_segment(above, document) if above else offer.segment}, "
            f"{time_format.format_time(offer.left_ms)} left"
        )
