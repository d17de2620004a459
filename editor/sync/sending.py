"""Bringing a webinar's media to the hosting: first all that is not prepared is prepared, then all is uploaded.

What is there is neither prepared nor sent again. Whoever waits is told which media it is, how much of how much, and how
long it will still take.
"""

import time
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


Deed = Literal["prepare", "upload"]
TELL_EVERY_S = 0.1


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """What is being done about the media."""

    deed: Deed
    name: str
    """The media's file."""
    number: int
    count: int
    """It is media `number` of `count`, counted from 1."""
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


class _Telling:
    """One deed for several media, as it is told: often enough, and not more often."""

    def __init__(
        self, deed: Deed, media: list[Media], total: int, span: tuple[int, int], progress: Progress, on_doing: OnDoing
    ) -> None:
        self._deed: Deed = deed
        self._media = media
        self._total = total
        self._span = span
        self._progress = progress
        self._on_doing = on_doing
        self._pace = Pace(progress)
        self._told = (0, 0.0)

    def part(self, number: int, begin: int, size: int) -> Progress:
        """The progress of a part of one media's: `size` of the whole, of which `begin` are done."""

        def tell(done: int, total: int) -> None:
            self._tell(number, begin + size * done // max(total, 1))

        return Progress(tell, self._progress)

    def _tell(self, number: int, done: int) -> None:
        begin, end = self._span
        self._progress.report(begin + (end - begin) * done // max(self._total, 1), 1000)
        now = time.monotonic()
        if self._told[0] == number and now - self._told[1] < TELL_EVERY_S:
            return
        self._told = (number, now)
        self._on_doing(
            Doing(
                deed=self._deed,
                name=self._media[number].name,
                number=number + 1,
                count=len(self._media),
                done=done,
                total=self._total,
                remaining_ms=self._pace.remaining_ms(done, self._total),
            )
        )


def _prepare(missing: list[Media], prepared: Prepared, progress: Progress, on_doing: OnDoing) -> list[_Made]:
    costs = [_cost(media) for media in missing]
    telling = _Telling("prepare", missing, sum(costs), (0, 500), progress, on_doing)
    return [
        prepared(media, telling.part(number, sum(costs[:number]), costs[number]))
        for number, media in enumerate(missing)
    ]


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
    total, done = sum(file.size for files in owed for file in files), 0
    telling = _Telling("upload", missing, total, (500, 1000), progress, on_doing)
    for number, ((manifest, place), files) in enumerate(zip(made, owed, strict=True)):
        for file in files:
            _send(client, place(file.sha256), file, missing[number].name, telling.part(number, done, file.size), limit)
            done += file.size
        client.put_manifest(manifest)


def _owed(manifest: Manifest, there: set[str]) -> list[File]:
    """The files of a manifest that are not there; they count as there for the next."""
    files = list({file.sha256: file for file in files_of(manifest) if file.sha256 not in there}.values())
    there.update(file.sha256 for file in files)
    return files


def _send(client: Client, path: Path, file: File, name: str, progress: Progress, limit: upload.Limit) -> None:
    try:
        upload.send(client, path, file, progress, limit)
    except Known as known:
        if known.code == "upload.wrong_hash" and sha256_of(path) != file.sha256:
            # It was damaged here, not on its way: without it, preparing makes it anew the next time.
            path.unlink(missing_ok=True)
            raise Known("upload.damaged_here", name=name) from known
        raise


def _cost(media: Media) -> int:
    """About how much work preparing is, in no unit: an encoder's goes with time and size."""
    if media.kind in {"image", "presentation"}:
        return 200 * max(1, media.pages)
    return max(1_000, media.duration_ms) * (1 + min(media.width * media.height, 1920 * 1080) // 50_000)
