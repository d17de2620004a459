"""Preflight: finds what stands in the way of publishing, as codes with facts and, where there is one, a fix.

A problem never stops the editing. Its severity says what it means for publishing:

* **error**: the webinar cannot be published (nothing to play, no start, longer than the plan allows, a button without
  a link).
* **warning**: it can be published, and attendees would notice (a gap, no freeze frame, an offer over an empty stage).
* **hint**: it could be better.

A **fix** is an operation like any other (`editor.schedule.operations`): it goes through the same `apply`, is one undo
step, is refused by a locked lane, and afterwards the problem is gone. Where only the user knows the answer (who
moderates, where a button leads) there is no fix, only "Show".

`find_problems` is the only call, and `PreflightInputs` the only input, of the command line, the preflight panel and the
publish dialog. What depends on other sessions (two events at a time) is asked of `editor.schedule.account_limits` when
a session is planned.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, assert_never

import msgspec
from msgspec.structs import replace

from editor.errors import KnownError
from editor.schedule.account_limits import AccountLimits
from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.feature_support import find_unsupported_features
from editor.schedule.kinds import VideoSegment
from editor.schedule.links import is_usable_link
from editor.schedule.media_use import find_media_users
from editor.schedule.model import (
    MAX_WEBINAR_MS,
    MIN_SEGMENT_MS,
    SECOND,
    AnySegment,
    Cta,
    Image,
    Presentation,
    ProgrammeSegment,
    Survey,
    Timed,
    Webinar,
)
from editor.schedule.operations import (
    AnyOperation,
    ChangeProperties,
    ChangeSegment,
    CloseGap,
    Lengths,
    Resize,
    SetLengths,
)
from editor.schedule.preflight_inputs import PreflightInputs
from editor.schedule.question_kinds import QUESTION_TRAITS
from editor.schedule.segment_titles import get_segment_title
from editor.schedule.start_time import load_zone, resolve_start

TOLERATED_GAP_MS = 2 * SECOND
"""The longest gap that is no problem."""
START_PROBLEMS = frozenset(
    {"problem.no_start", "problem.start_past", "problem.start_missing", "problem.start_invalid", "problem.zone"}
)
"""Codes of the problems that a private test does not have, because it begins at once."""

Severity = Literal["error", "warning", "hint"]
ProblemFacts = dict[str, str | int]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A reason why a webinar cannot be published (error), should not be yet (warning), or could be better (hint).

    It is immutable. `segment` is the id of the segment it is about; None where it is about none.
    `editor.errors.messages` has the sentence for `code` and `facts`.
    """

    code: str
    facts: ProblemFacts
    severity: Severity
    segment: str | None = None
    """The segment it is about, if it is about one."""
    at_ms: int | None = None
    """The position to look at, in ms; None where it is about the webinar's settings."""
    fix: AnyOperation | None = None
    """An edit that removes the problem."""


def find_problems(inputs: PreflightInputs) -> tuple[Problem, ...]:
    """Return every problem of a webinar: those of its settings first, then the others by position.

    Problems are returned, not raised; nothing is read but the inputs. A webinar without problems gives an empty tuple.
    """
    webinar = inputs.webinar
    property_problems = (
        *_check_start(webinar, inputs.now),
        *_check_available_until(webinar, inputs.now),
        *_check_people(inputs),
        *_check_length(webinar, inputs.limits),
        *_check_features(webinar),
    )
    placed_problems = [
        *_check_programme(webinar, inputs.hold_ms),
        *_check_after_end(webinar),
        *_check_media(inputs),
        *_check_captions(webinar),
        *_check_offers(webinar),
    ]
    placed_problems.sort(key=lambda problem: -1 if problem.at_ms is None else problem.at_ms)
    return (*property_problems, *placed_problems)


def find_blocking_problems(inputs: PreflightInputs, *, is_test: bool = False) -> tuple[Problem, ...]:
    """Return the problems that forbid publishing: the errors among those of `find_problems`.

    Args:
        inputs: All that decides.
        is_test: Whether a private test is to be published, for which the errors of the start do not count, nor what
            only the attendees of a public session would miss.
    """
    errors = tuple(problem for problem in find_problems(inputs) if problem.severity == "error")
    if not is_test:
        return errors
    unsupported = find_unsupported_features(inputs.webinar, is_test=True)
    return tuple(
        problem
        for problem in errors
        if problem.code not in START_PROBLEMS
        and (problem.code != "publish.not_yet" or problem.facts["feature"] in unsupported)
    )


# ------------------------------------------------------------------------------------------- webinar settings


def _check_start(webinar: Webinar, now: datetime) -> Iterator[Problem]:
    automated = webinar.room == "automated"
    try:
        load_zone(webinar.zone)
        start = None if webinar.start is None else resolve_start(webinar.start, webinar.zone)
    except KnownError as error:
        code = "problem.zone" if error.code == "start.zone" else "problem.start_invalid"
        yield _make_property_problem(code, {"zone": webinar.zone, "start": _format_local_time(webinar.start)})
        return
    if start is None:
        if automated:  # on demand it is available as soon as it is published
            yield _make_property_problem("problem.no_start")
        return
    facts: ProblemFacts = {"start": _format_local_time(webinar.start), "zone": webinar.zone}
    if start.dst_problem == "missing":
        shifted = start.instant.astimezone(load_zone(webinar.zone)).replace(tzinfo=None).isoformat()
        yield _make_property_problem(
            "problem.start_missing",
            {**facts, "shifted": _format_local_time(shifted)},
            fix=ChangeProperties(start=shifted),
        )
    elif start.dst_problem == "twice":
        yield _make_property_problem("problem.start_twice", facts, severity="warning")
    if automated and start.instant <= now:
        yield _make_property_problem("problem.start_past", facts)


def _check_available_until(webinar: Webinar, now: datetime) -> Iterator[Problem]:
    if webinar.room != "on_demand" or webinar.available_until is None:
        return
    facts: ProblemFacts = {"until": _format_local_time(webinar.available_until), "zone": webinar.zone}
    try:
        until = resolve_start(webinar.available_until, webinar.zone).instant
        begins = now if webinar.start is None else max(now, resolve_start(webinar.start, webinar.zone).instant)
    except KnownError as error:
        if error.code == "start.invalid" and error.facts["start"] == webinar.available_until:
            yield _make_property_problem("problem.until_invalid", facts)
        return  # `_check_start` reports a wrong start or zone
    if until <= begins:
        yield _make_property_problem("problem.until_past", facts)


def _check_people(inputs: PreflightInputs) -> Iterator[Problem]:
    webinar = inputs.webinar
    if webinar.chat == "moderated" and not inputs.team:
        yield _make_property_problem("problem.no_moderator")
    if webinar.access == "paid" and (webinar.price is None or webinar.price.amount == 0):
        yield _make_property_problem("problem.no_price")


def _check_features(webinar: Webinar) -> Iterator[Problem]:
    for feature in find_unsupported_features(webinar):
        yield _make_property_problem("publish.not_yet", {"feature": feature})


def _check_length(webinar: Webinar, limits: AccountLimits) -> Iterator[Problem]:
    longest_ms = limits.longest_ms
    if longest_ms is None or webinar.room != "automated" or webinar.length_ms <= longest_ms:
        return
    length_ms = webinar.length_ms
    facts: ProblemFacts = {"length_ms": length_ms, "longest_ms": longest_ms, "over_ms": length_ms - longest_ms}
    yield _make_property_problem("problem.too_long", facts, fix=_make_shorter_holds(webinar, longest_ms))


def _make_shorter_holds(webinar: Webinar, longest_ms: int) -> AnyOperation | None:
    """Return the edit that shortens the holds, the last first, until the webinar fits; None where it cannot."""
    left_ms = webinar.length_ms - longest_ms
    lengths = []
    for segment in reversed(webinar.programme):
        if left_ms <= 0:
            break
        if isinstance(segment, Timed):
            cut_ms = min(left_ms, segment.hold_ms, segment.length_ms - MIN_SEGMENT_MS)
            if cut_ms > 0:
                lengths.append(Lengths(segment=segment.id, hold_ms=segment.hold_ms - cut_ms))
                left_ms -= cut_ms
    if left_ms > 0:
        return None
    fix = SetLengths(lengths=tuple(reversed(lengths)), mode="insert")
    try:  # an interaction may lie over what is cut and keep the webinar as long
        return fix if apply(webinar, replace(fix, unlock=True)).webinar.length_ms <= longest_ms else None
    except EditRefusedError:
        return None


# ------------------------------------------------------------------------------------------------- the programme


def _check_programme(webinar: Webinar, hold_ms: int) -> Iterator[Problem]:
    programme = webinar.programme
    if not programme:
        yield Problem(code="problem.empty", facts={}, severity="error", at_ms=0)
        return
    free_from_ms = 0
    for segment in programme:
        if segment.start_ms - free_from_ms > TOLERATED_GAP_MS:
            yield Problem(
                code="problem.gap",
                facts={
                    "from_ms": free_from_ms,
                    "to_ms": segment.start_ms,
                    "length_ms": segment.start_ms - free_from_ms,
                },
                severity="warning",
                at_ms=free_from_ms,
                fix=CloseGap(lane="programme", at_ms=free_from_ms),
            )
        free_from_ms = segment.end_ms
    if hold_ms > 0:
        followed: tuple[ProgrammeSegment | None, ...] = (*programme[1:], None)
        for segment, following in zip(programme, followed, strict=True):
            if isinstance(segment, VideoSegment) and not segment.hold_ms and not _is_continued(segment, following):
                fix = _make_hold_fix(webinar, segment, following, hold_ms)
                yield _make_segment_problem(webinar, segment, "problem.no_hold", "warning", fix)


def _is_continued(segment: VideoSegment, following: ProgrammeSegment | None) -> bool:
    """Return whether the next segment plays on where this one stops, so that the border is invisible."""
    return (
        isinstance(following, VideoSegment)
        and following.media == segment.media
        and following.start_ms == segment.end_ms
        and following.in_ms == segment.out_ms
    )


def _make_hold_fix(
    webinar: Webinar, segment: VideoSegment, following: ProgrammeSegment | None, hold_ms: int
) -> AnyOperation | None:
    room_ms = (MAX_WEBINAR_MS if following is None else following.start_ms) - segment.end_ms
    if room_ms < hold_ms and webinar.length_ms + hold_ms > MAX_WEBINAR_MS:
        return None
    # Where there is a gap, the hold fills it; else what follows makes room.
    mode: Literal["normal", "insert"] = "normal" if room_ms >= hold_ms else "insert"
    return SetLengths(lengths=(Lengths(segment=segment.id, hold_ms=hold_ms),), mode=mode)


def _check_after_end(webinar: Webinar) -> Iterator[Problem]:
    if not webinar.programme:
        return
    last = webinar.programme[-1]
    for offer in webinar.interactions:
        beyond_ms = offer.end_ms - last.end_ms
        if beyond_ms > 0:
            severity: Severity = "warning" if offer.start_ms >= last.end_ms else "hint"
            fix = _make_longer_end(last, beyond_ms)
            yield _make_segment_problem(
                webinar, offer, "problem.after_end", severity, fix, beyond_ms=beyond_ms, end_ms=last.end_ms
            )


def _make_longer_end(last: ProgrammeSegment, by_ms: int) -> AnyOperation:
    """Return the edit that shows the last segment for `by_ms` longer."""
    if isinstance(last, Presentation):
        return Resize(segment=last.id, edge="end", delta_ms=by_ms, exact=True)
    if isinstance(last, Image):
        return SetLengths(lengths=(Lengths(segment=last.id, play_ms=last.length_ms + by_ms),))
    if isinstance(last, Timed):
        return SetLengths(lengths=(Lengths(segment=last.id, hold_ms=last.hold_ms + by_ms),))
    assert_never(last)


# ------------------------------------------------------------------------------------------------------- media


def _check_media(inputs: PreflightInputs) -> Iterator[Problem]:
    """Find media that cannot be published: one problem for each, because one relink mends all its segments."""
    hosting = inputs.hosting
    for sha, users in find_media_users(inputs.webinar).items():
        state = inputs.media.get(sha, "missing")
        if state in {"ready", "hosted"} or hosting.has_media.get(sha):
            continue  # what the server has can be published without its file
        # A server that was not asked yet may have it; publishing itself finds out.
        is_error = state == "missing" and not (hosting.is_set_up and sha not in hosting.has_media)
        first = users[0]
        known = inputs.webinar.media.get(sha)
        yield Problem(
            code=f"problem.media_{state}",
            facts={"name": known.name if known is not None else sha[:12], "media": sha, "count": len(users)},
            severity="error" if is_error else "warning",
            segment=None if first is None else first.id,
            at_ms=None if first is None else first.start_ms,
        )


def _check_captions(webinar: Webinar) -> Iterator[Problem]:
    reported: set[str] = set()
    for segment in webinar.programme:
        known = webinar.media.get(segment.media)
        if known is None or not known.has_audio or not isinstance(segment, Timed) or segment.muted:
            continue
        if any(track.sha256 == segment.captions for track in known.captions):
            continue
        if known.captions:
            own = [track for track in known.captions if track.language[:2].lower() == webinar.language[:2].lower()]
            track = (own or list(known.captions))[0]
            fix = ChangeSegment(segment=replace(segment, captions=track.sha256))
            yield _make_segment_problem(webinar, segment, "problem.captions_off", "hint", fix, name=track.name)
        elif known.sha256 not in reported:
            reported.add(known.sha256)
            yield _make_segment_problem(webinar, segment, "problem.no_captions", "hint")


# ------------------------------------------------------------------------------------------------- interactions


def _check_offers(webinar: Webinar) -> Iterator[Problem]:
    for segment in webinar.interactions:
        if isinstance(segment, Cta):
            yield from _check_cta(webinar, segment)
        elif isinstance(segment, Survey):
            yield from _check_survey(webinar, segment)
        else:
            assert_never(segment)


def _check_cta(webinar: Webinar, segment: Cta) -> Iterator[Problem]:
    if not segment.label.strip():
        yield _make_segment_problem(webinar, segment, "problem.cta_no_label", "warning")
    if not segment.link.strip():
        yield _make_segment_problem(webinar, segment, "problem.cta_no_link", "error")
    elif not is_usable_link(segment.link):
        corrected = segment.link.strip()
        corrected = corrected if "://" in corrected else f"https://{corrected}"
        fix = ChangeSegment(segment=replace(segment, link=corrected)) if is_usable_link(corrected) else None
        yield _make_segment_problem(webinar, segment, "problem.cta_bad_link", "error", fix, link=segment.link)


def _check_survey(webinar: Webinar, segment: Survey) -> Iterator[Problem]:
    if not segment.questions:
        yield _make_segment_problem(webinar, segment, "problem.survey_empty", "error")
    for number, question in enumerate(segment.questions, start=1):
        if not question.text.strip():
            yield _make_segment_problem(webinar, segment, "problem.question_empty", "error", number=number)
        if QUESTION_TRAITS[question.kind].has_choices:
            choices = {choice.strip() for choice in question.choices} - {""}
            if len(choices) < 2:
                yield _make_segment_problem(webinar, segment, "problem.question_choices", "error", number=number)


# ---------------------------------------------------------------------------------------------------- problems


def _make_property_problem(
    code: str, facts: ProblemFacts | None = None, *, severity: Severity = "error", fix: AnyOperation | None = None
) -> Problem:
    return Problem(code=code, facts=facts or {}, severity=severity, fix=fix)


def _make_segment_problem(
    webinar: Webinar,
    segment: AnySegment,
    code: str,
    severity: Severity,
    fix: AnyOperation | None = None,
    **facts: str | int,
) -> Problem:
    facts = {"title": get_segment_title(segment, webinar.media), "at_ms": segment.start_ms, **facts}
    return Problem(code=code, facts=facts, severity=severity, segment=segment.id, at_ms=segment.start_ms, fix=fix)


def _format_local_time(local: str | None) -> str:
    return "" if local is None else local.replace("T", " ")
