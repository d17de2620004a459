"""Bringing a webinar's media to the hosting: first all that is not prepared is prepared, then all is uploaded.

What is there is neither prepared nor sent again. Whoever waits is told which media it is, how much of how much, and how
long it will still take.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from editor.errors import Known
from editor.media.digest import sha256_of
from editor.progress import Pace, Progress
from editor.protocol.manifest import File, Manifest, files_of
from editor.schedule.model import Media, Webinar
from editor.sync import upload
from editor.sync.client import Client

Prepared = Callable[[Media, Progress], tuple[Manifest, Callable[[str], Path]]]
"""Gives what was prepared of a media (preparing it if need be), and where each of its files is by its hash."""


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """What is being done about the media."""

    deed: Literal["prepare", "upload"]
    name: str
    """The media's file."""
    number: int
    count: int
    """This is the so-and-so-manieth of so many."""
    done: int
    total: int
    """Of all of them: bytes of an upload; what preparing counts has no unit."""
    remaining_ms: int | None = None
    """How long this deed will still take, all media together; None while nobody can say."""


OnDoing = Callable[[Doing], None]


def send_media(
    client: Client,
    webinar: Webinar,
    prepared: Prepared,
    progress: Progress,
    limit: upload.Limit = upload.UNLIMITED,
    on_doing: OnDoing = lambda _doing: None,
) -> None:
    """Bring everything a webinar needs to the hosting.

    Args:
        client: the hosting, signed in.
        webinar: whose media.
        prepared: gives what is prepared.
        progress: told thousandths.
        limit: how fast uploads may go.
        on_doing: told, in this thread, what is being done.

    Raises:
        Known: ``sync.*``, ``upload.*``, and what preparing raises.
        Cancelled: the progress was cancelled; what arrived stays.
    """
    wanted = tuple(sorted(webinar.media))
    there = set(client.have(wanted).manifests)
    missing = [webinar.media[sha256] for sha256 in wanted if sha256 not in there]
    made = _prepare(missing, prepared, progress, on_doing)
    _upload(client, missing, made, progress, limit, on_doing)
    progress.report(1000, 1000)


_Made = tuple[Manifest, Callable[[str], Path]]


def _prepare(missing: list[Media], prepared: Prepared, progress: Progress, on_doing: OnDoing) -> list[_Made]:
    made: list[_Made] = []
    costs = [_cost(media) for media in missing]
    total, before = sum(costs), 0
    pace = Pace(progress)
    for number, (media, cost) in enumerate(zip(missing, costs, strict=True), 1):

        def told(
            part: int, parts: int, media: Media = media, number: int = number, cost: int = cost, before: int = before
        ) -> None:
            done = before + cost * part // max(parts, 1)
            progress.report(500 * done // total, 1000)
            left = pace.remaining_ms(done, total)
            on_doing(
                Doing(
                    deed="prepare",
                    name=media.name,
                    number=number,
                    count=len(missing),
                    done=done,
                    total=total,
                    remaining_ms=left,
                )
            )

        made.append(prepared(media, Progress(told, progress)))
        before += cost
    return made


def _upload(
    client: Client,
    missing: list[Media],
    made: list[_Made],
    progress: Progress,
    limit: upload.Limit,
    on_doing: OnDoing,
) -> None:
    wanted = {file.sha256 for manifest, _ in made for file in files_of(manifest)}
    there = set(client.have(tuple(sorted(wanted))).files) if wanted else set()
    owed = [_owed(manifest, there) for manifest, _ in made]
    total, before = sum(file.size for files in owed for file in files), 0
    pace = Pace(progress)
    for number, (media, (manifest, place), files) in enumerate(zip(missing, made, owed, strict=True), 1):
        for file in files:

            def told(sent: int, _size: int, media: Media = media, number: int = number, before: int = before) -> None:
                done = before + sent
                progress.report(500 + 500 * done // max(total, 1), 1000)
                left = pace.remaining_ms(done, total)
                on_doing(
                    Doing(
                        deed="upload",
                        name=media.name,
                        number=number,
                        count=len(missing),
                        done=done,
                        total=total,
                        remaining_ms=left,
                    )
                )

            _send(client, place(file.sha256), file, Progress(told, progress), limit)
            before += file.size
        client.put_manifest(manifest)


def _owed(manifest: Manifest, there: set[str]) -> list[File]:
    """The files of a manifest that are not there; they count as there for the next."""
    files = list({file.sha256: file for file in files_of(manifest) if file.sha256 not in there}.values())
    there.update(file.sha256 for file in files)
    return files


def _send(client: Client, path: Path, file: File, progress: Progress, limit: upload.Limit) -> None:
    try:
        upload.send(client, path, file, progress, limit)
    except Known as known:
        if known.code == "upload.wrong_hash" and sha256_of(path) != file.sha256:
            # It was damaged here, not on its way: without it, preparing makes it anew the next time.
            path.unlink(missing_ok=True)
            raise Known("upload.damaged_here", name=path.name) from known
        raise


def _cost(media: Media) -> int:
    """About how much work preparing is, in no unit: an encoder's goes with time and size."""
    if media.kind in {"image", "presentation"}:
        return 200 * max(1, media.pages)
    return max(1_000, media.duration_ms) * (1 + min(media.width * media.height, 1920 * 1080) // 50_000)
