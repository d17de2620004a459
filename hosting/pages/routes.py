"""The pages over HTTP: nothing of other hosts, nothing inline, and nothing that changes is cached."""

from contextlib import suppress
from typing import Any

from litestar import Response, get

from editor.errors import Known
from hosting.house import House
from hosting.pages.preview import with_preview
from hosting.pages.service import OWN, POLICY, WEB, part
from hosting.problems import register
from hosting.sessions import links, visiting
from hosting.sessions.desk import desk_of

register({"page.unknown": 404})

HTML = "text/html"


@get("/w/{slug:str}", include_in_schema=False, sync_to_thread=True)
def get_room(slug: str, house: House) -> Response[Any]:
    """The attendee's page, with what a link to it shows; whether there is such an event the page asks itself."""
    found = part(WEB, "index.html")
    if found is not None:
        with suppress(Known):  # no such event, or a database that is busy: the page says so in its own words
            with house.db.read() as connection:
                state = desk_of(house).rooms.state_of(connection, links.session_of(connection, slug))
                told = visiting.landing(house, state, house.now())
            found = with_preview(found[0], told, house.link(f"/w/{slug}")), found[1]
    return _page(found)


@get("/first-owner", include_in_schema=False, sync_to_thread=True)
def get_first_owner() -> Response[Any]:
    """Where the one-time link leads: make the first account. The key is behind the "#" and is sent to nobody."""
    return _page(part(OWN, "first-owner.html"))


@get("/assets/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_asset(name: str) -> Response[Any]:
    """A part of the attendee's page. Its name holds a hash of what it is."""
    return _part(part(WEB / "assets", name), "public, max-age=31536000, immutable")


@get("/pages/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_own(name: str) -> Response[Any]:
    """A part of the hosting's own pages."""
    return _part(part(OWN, name), "no-cache")


def _page(found: tuple[bytes, str] | None) -> Response[Any]:
    if found is not None:
        return Response(found[0], media_type=HTML, headers={"Cache-Control": "no-cache", **POLICY})
    body, _ = part(OWN, "not-built.html") or (b"", HTML)
    return Response(body, status_code=503, media_type=HTML, headers={"Cache-Control": "no-store", **POLICY})


def _part(found: tuple[bytes, str] | None, keep: str) -> Response[Any]:
    if found is None:
        raise Known("page.unknown")
    return Response(found[0], media_type=found[1], headers={"Cache-Control": keep, **POLICY})


PAGES = (get_room, get_first_owner, get_asset, get_own)
