"""Making what the hosting gives to attendees, without a window."""

import sys

from editor.cli.words import JsonOption, LibraryOption, WebinarArgument, answer, identify, tell
from editor.progress import Pace, Progress
from editor.timetext import write
from editor.workspace import Workspace


def prepare(webinar: WebinarArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Prepare every media of a webinar for the hosting; what is prepared already is not made again."""
    from editor.media.prepare import prepare as prepare_media

    with Workspace(library) as workspace:
        known = workspace.library.draft(identify(workspace, webinar)).webinar.media
        manifests = []
        for media in known.values():
            manifests.append(prepare_media(workspace.shelf, media, _progress(media.name)))
            if not as_json:
                rungs = ", ".join(rung.name for rung in manifests[-1].rungs)
                stills = len(manifests[-1].stills)
                tell(f"{media.name}: {rungs or f'{stills} pictures'}")
    if as_json:
        answer(manifests)


def _progress(name: str) -> Progress:
    """Tells a person at a terminal how far it is, and how long it will take yet."""
    shown = ""

    def listen(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 0
        left = pace.remaining_ms(done, total)
        text = f"{name}: {percent} %" + (f", {write(left, exact=False)} left" if left and percent < 100 else "")
        if text != shown and sys.stderr.isatty():
            sys.stderr.write("\r" + text.ljust(len(shown)) + ("\n" if percent == 100 else ""))
            shown = text

    progress = Progress(listen)
    pace = Pace(progress)
    return progress
