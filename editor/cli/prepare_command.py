"""The command `matinee prepare`: encode a webinar's media for publishing."""

import sys

from editor.cli.options import JsonOption, LibraryOption, WebinarArgument, find_webinar_id, print_json, print_line
from editor.progress import Progress, RemainingTimeEstimator
from editor.time_format import format_time
from editor.workspace import Workspace


def prepare(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Prepare every media of a webinar for the server; what is prepared already is not made again."""
    from editor.media.prepare.preparation import prepare as prepare_media

    with Workspace(library) as workspace:
        media_by_hash = workspace.library.load_draft(find_webinar_id(workspace, webinar)).webinar.media
        manifests = []
        for media in media_by_hash.values():
            manifests.append(prepare_media(workspace.catalog, media, _make_progress(media.name)))
            if not as_json:
                rungs = ", ".join(rung.name for rung in manifests[-1].rungs)
                stills = len(manifests[-1].stills)
                print_line(f"{media.name}: {rungs or f'{stills} pictures'}")
    if as_json:
        print_json(manifests)


def _make_progress(name: str) -> Progress:
    """Make a progress that prints percent and remaining time, where standard error is a terminal."""
    last_text = ""

    def print_progress(done: int, total: int) -> None:
        nonlocal last_text
        percent = 100 * done // total if total else 0
        remaining_ms = pace.estimate_remaining_ms(done, total)
        text = f"{name}: {percent} %" + (
            f", {format_time(remaining_ms, exact=False)} left" if remaining_ms and percent < 100 else ""
        )
        if text != last_text and sys.stderr.isatty():
            sys.stderr.write("\r" + text.ljust(len(last_text)) + ("\n" if percent == 100 else ""))
            last_text = text

    progress = Progress(print_progress)
    pace = RemainingTimeEstimator(progress)
    return progress
