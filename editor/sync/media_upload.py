"""Upload of a webinar's media: first all missing media are prepared, then all missing files are sent.

What the hosting has is neither prepared nor sent again; a file that several media share is sent once.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from editor.errors import KnownError
from editor.media.content_hash import hash_file
from editor.progress import Progress, RemainingTimeEstimator
from editor.protocol.manifest import Manifest, PreparedFile, list_files
from editor.schedule.model import Media, Webinar
from editor.sync import tus_client
from editor.sync.client import ApiClient

PrepareMedia = Callable[[Media, Progress], tuple[Manifest, Callable[[str], Path]]]
"""Gives what was prepared of a media (preparing it if need be), and where each of its files is by its hash."""


TransferStage = Literal["prepare", "upload"]
REPORT_INTERVAL_S = 0.1


class TransferStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How far preparing or uploading the media of one webinar is, for people: an immutable report of `upload_media`.

    It is about media `number` of `count`, from 1; `done` of `total` are bytes of an upload, or steps without a unit;
    `remaining_ms` is None while it is unknown.
    """

    stage: TransferStage
    name: str
    """The media's file."""
    number: int
    count: int
    """It is media `number` of `count`, counted from 1."""
    done: int
    total: int
    """Of all of them: bytes of an upload; what preparing counts has no unit."""
    remaining_ms: int | None = None
    """How long this stage will still take, all media together; None while it is unknown."""


OnTransfer = Callable[[TransferStatus], None]


def upload_media(
    client: ApiClient,
    webinar: Webinar,
    prepare: PrepareMedia,
    progress: Progress,
    rate_limit: tus_client.RateLimit = tus_client.UNLIMITED,
    on_transfer: OnTransfer = lambda _doing: None,
) -> None:
    """Prepare and upload everything that a webinar needs and the hosting lacks.

    Args:
        client: The hosting, signed in.
        webinar: Whose media, all of them, whether a segment plays them or not.
        prepare: Gives what is prepared of a media.
        progress: Receives thousandths: up to 500 while preparing, up to 1000 while uploading.
        rate_limit: How fast uploads may go.
        on_transfer: Called in this thread with what is being done, at most ten times a second for a media.

    Raises:
        KnownError: ``sync.*``, ``upload.*``, ``manifest.*``, ``media.gone`` and what preparing raises.
            ``upload.damaged_here``: a prepared file was damaged on this computer and is deleted; the next call makes it
            anew.
        CancelledError: The progress was cancelled; what arrived stays there.
    """
    hashes = tuple(sorted(webinar.media))
    available = set(client.find_available_media(hashes).manifests)
    missing = [webinar.media[sha256] for sha256 in hashes if sha256 not in available]
    prepared_media = _prepare_media(missing, prepare, progress, on_transfer)
    _upload_files(client, missing, prepared_media, progress, rate_limit, on_transfer)
    progress.report(1000, 1000)


_PreparedMedia = tuple[Manifest, Callable[[str], Path]]


class _TransferReporter:
    """Reports the progress of one stage over several media, at most every `REPORT_INTERVAL_S`."""

    def __init__(
        self,
        stage: TransferStage,
        media: list[Media],
        total: int,
        span: tuple[int, int],
        progress: Progress,
        on_transfer: OnTransfer,
    ) -> None:
        self._stage: TransferStage = stage
        self._media = media
        self._total = total
        self._span = span
        self._progress = progress
        self._on_transfer = on_transfer
        self._pace = RemainingTimeEstimator(progress)
        self._last_report = (0, 0.0)

    def make_progress(self, number: int, begin: int, size: int) -> Progress:
        """Return the progress of one part of the stage.

        Args:
            number: Which media it belongs to, from 0.
            begin: How much of the stage is done before it.
            size: How much of the stage it is.
        """

        def report(done: int, total: int) -> None:
            self._report(number, begin + size * done // max(total, 1))

        return Progress(report, self._progress)

    def _report(self, number: int, done: int) -> None:
        begin, end = self._span
        self._progress.report(begin + (end - begin) * done // max(self._total, 1), 1000)
        now = time.monotonic()
        if self._last_report[0] == number and now - self._last_report[1] < REPORT_INTERVAL_S:
            return
        self._last_report = (number, now)
        self._on_transfer(
            TransferStatus(
                stage=self._stage,
                name=self._media[number].name,
                number=number + 1,
                count=len(self._media),
                done=done,
                total=self._total,
                remaining_ms=self._pace.estimate_remaining_ms(done, self._total),
            )
        )


def _prepare_media(
    missing: list[Media], prepare: PrepareMedia, progress: Progress, on_transfer: OnTransfer
) -> list[_PreparedMedia]:
    costs = [_estimate_cost(media) for media in missing]
    reporter = _TransferReporter("prepare", missing, sum(costs), (0, 500), progress, on_transfer)
    return [
        prepare(media, reporter.make_progress(number, sum(costs[:number]), costs[number]))
        for number, media in enumerate(missing)
    ]


def _upload_files(
    client: ApiClient,
    missing: list[Media],
    prepared_media: list[_PreparedMedia],
    progress: Progress,
    rate_limit: tus_client.RateLimit,
    on_transfer: OnTransfer,
) -> None:
    hashes = {file.sha256 for manifest, _ in prepared_media for file in list_files(manifest)}
    available = set(client.find_available_media(tuple(sorted(hashes))).files) if hashes else set()
    missing_files = [_find_missing_files(manifest, available) for manifest, _ in prepared_media]
    total, done = sum(file.size for files in missing_files for file in files), 0
    reporter = _TransferReporter("upload", missing, total, (500, 1000), progress, on_transfer)
    for number, ((manifest, find_file), files) in enumerate(zip(prepared_media, missing_files, strict=True)):
        for file in files:
            _upload_file(
                client,
                find_file(file.sha256),
                file,
                missing[number].name,
                reporter.make_progress(number, done, file.size),
                rate_limit,
            )
            done += file.size
        client.put_manifest(manifest)


def _find_missing_files(manifest: Manifest, available: set[str]) -> list[PreparedFile]:
    """Return the files of a manifest that are missing, and add them to `available` for the next manifests."""
    files = list({file.sha256: file for file in list_files(manifest) if file.sha256 not in available}.values())
    available.update(file.sha256 for file in files)
    return files


def _upload_file(
    client: ApiClient, path: Path, file: PreparedFile, name: str, progress: Progress, rate_limit: tus_client.RateLimit
) -> None:
    try:
        tus_client.upload_file(client, path, file, progress, rate_limit)
    except KnownError as known:
        if known.code == "upload.wrong_hash" and hash_file(path) != file.sha256:
            # It was damaged here, not on its way: without it, preparing makes it anew the next time.
            path.unlink(missing_ok=True)
            raise KnownError("upload.damaged_here", name=name) from known
        raise


def _estimate_cost(media: Media) -> int:
    """Estimate how much work preparing a media is, without a unit: an encoder's grows with time and size."""
    if media.kind in {"image", "presentation"}:
        return 200 * max(1, media.pages)
    return max(1_000, media.duration_ms) * (1 + min(media.width * media.height, 1920 * 1080) // 50_000)
