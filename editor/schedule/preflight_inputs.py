"""All that decides what stands in the way of publishing a webinar, as one value.

The command line, the preflight panel and the publish dialog give the same answer because they give the same inputs:
`gather_preflight_inputs` makes them, and `editor.schedule.preflight.find_problems` reads nothing else.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from editor.schedule.account_limits import LIMITS_BY_PLAN, AccountLimits
from editor.schedule.media_use import find_required_media
from editor.schedule.model import Moderator, Webinar

MediaState = Literal["ready", "hosted", "missing", "unprepared"]
"""Whether a media can be used on this computer: its file is here, only the server's prepared copy of it is, neither is,
or the file is here but has to be converted first (slides that are not a PDF yet).
"""


class HostingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the library is connected to a server, and which of the media that are missing here the server has.

    An immutable record, filled by `Workspace.find_hosting_facts`, which asks the server; the defaults stand for no
    server. `has_media` is by SHA-256; a media that is not named was not asked for.
    """

    is_set_up: bool = False
    """The library is connected to a server, whether it answers just now or not."""
    has_media: Mapping[str, bool] = {}
    """By SHA-256: whether the server has all that was prepared of a media. One that is not named was not asked for."""


class PreflightInputs(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides whether a webinar can be published: the only input of `preflight.find_problems`.

    An immutable record, made by `gather_preflight_inputs`: the webinar, the team, the state of its media here and on
    the server, the plan's limits, the freeze frame of new videos (ms), and the present.
    """

    webinar: Webinar
    team: tuple[Moderator, ...]
    """The people who are named to moderate the chat."""
    media: Mapping[str, MediaState]
    """By SHA-256, the state of each media on this computer; one that is not named is missing."""
    hosting: HostingFacts = HostingFacts()
    limits: AccountLimits
    """What the account's plan allows."""
    hold_ms: int
    """The freeze frame that new videos get, in milliseconds; with 0 its absence is no problem."""
    now: datetime
    """The present, with a time zone."""


class PublishSettings(Protocol):
    """Anything that gives settings by name, such as `editor.settings.Settings`; read are "plan" and "video_hold_ms"."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the setting's value."""


def gather_preflight_inputs(
    webinar: Webinar,
    settings: PublishSettings,
    *,
    now: datetime,
    get_media_state: Callable[[str], MediaState],
    hosting: HostingFacts,
) -> PreflightInputs:
    """Return what decides whether a webinar can be published; nothing is sent to a server.

    A media in use whose facts the webinar lacks is asked for too.

    Args:
        webinar: The webinar, or a version of it.
        settings: The settings of this library; they name the account's plan and the freeze frame of new videos.
        now: The present, with a time zone.
        get_media_state: Gives the state of a media (SHA-256) on this computer.
        hosting: What is known of the server.
    """
    return PreflightInputs(
        webinar=webinar,
        team=webinar.moderators,
        media={sha256: get_media_state(sha256) for sha256 in find_required_media(webinar)},
        hosting=hosting,
        limits=LIMITS_BY_PLAN[settings["plan"]],
        hold_ms=settings["video_hold_ms"],
        now=now,
    )
