"""The pages over HTTP: nothing of other hosts, nothing inline, and nothing that changes is cached."""

from contextlib import suppress
from typing import Any

from litestar import Response, get

from editor.errors import KnownError
from hosting.context import HostingContext
from hosting.pages.link_preview import insert_link_preview
from hosting.pages.static_files import SECURITY_HEADERS, STATIC_FOLDER, WEB_FOLDER, find_file
from hosting.sessions.attendee import views
from hosting.sessions.engine import permalinks
from hosting.sessions.engine.log_writer import get_log_writer

HTML = "text/html"


@get("/w/{slug:str}", include_in_schema=False, sync_to_thread=True)
def get_room(slug: str, context: HostingContext) -> Response[Any]:
    """The attendee's page, with what a link to it shows; whether there is such an event the page asks itself."""
    page_file = find_file(WEB_FOLDER, "index.html")
    if page_file is not None:
        with suppress(KnownError):  # no such event, or a database that is busy: the page says so in its own words
            with context.db.read() as connection:
                state = get_log_writer(context).states.load_for_record(
                    connection, permalinks.require_session(connection, slug)
                )
                landing = views.make_landing(context, state, context.now())
            page_file = insert_link_preview(page_file[0], landing, context.url_for(f"/w/{slug}")), page_file[1]
    return _make_page_response(page_file)


@get("/first-owner", include_in_schema=False, sync_to_thread=True)
def get_first_owner() -> Response[Any]:
    """Where the one-time link leads: make the first account. The key is behind the "#" and is sent to nobody."""
    return _make_page_response(find_file(STATIC_FOLDER, "first-owner.html"))


@get("/assets/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_asset(name: str) -> Response[Any]:
    """A part of the attendee's page. Its name holds a hash of what it is."""
    return _make_file_response(find_file(WEB_FOLDER / "assets", name), "public, max-age=31536000, immutable")


@get("/pages/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_static_file(name: str) -> Response[Any]:
    """A part of the hosting's own pages."""
    return _make_file_response(find_file(STATIC_FOLDER, name), "no-cache")


def _make_page_response(page_file: tuple[bytes, str] | None) -> Response[Any]:
    if page_file is not None:
        return Response(page_file[0], media_type=HTML, headers={"Cache-Control": "no-cache", **SECURITY_HEADERS})
    body, _ = find_file(STATIC_FOLDER, "not-built.html") or (b"", HTML)
    return Response(body, status_code=503, media_type=HTML, headers={"Cache-Control": "no-store", **SECURITY_HEADERS})


def _make_file_response(static_file: tuple[bytes, str] | None, cache_control: str) -> Response[Any]:
    if static_file is None:
        raise KnownError("page.unknown")
    return Response(
        static_file[0], media_type=static_file[1], headers={"Cache-Control": cache_control, **SECURITY_HEADERS}
    )


PAGES = (get_room, get_first_owner, get_asset, get_static_file)
