"""The pages over HTTP, with headers that forbid resources of other hosts and inline scripts."""

from contextlib import suppress
from typing import Any

from litestar import Request, Response, get

from editor.errors import KnownError
from editor.schedule import limits
from hosting.pages.link_preview import insert_link_preview
from hosting.pages.static_files import SECURITY_HEADERS, STATIC_FOLDER, TEMPLATE_FOLDER, WEB_FOLDER, find_file
from hosting.pages.template_renderer import choose_accepted_language, render_template
from hosting.sessions.attendee import views
from hosting.sessions.engine import permalinks
from hosting.sessions.engine.log_writer import LogWriter

HTML = "text/html"


@get("/w/{slug:str}", include_in_schema=False, sync_to_thread=True)
def get_room(slug: str, log_writer: LogWriter, request: Request[Any, Any, Any]) -> Response[Any]:
    """Handle `GET /w/{slug}`: serve the attendees' page, with the link preview of the event that the link leads to.

    Without such an event, or while the database is busy, the page is served all the same and says so itself. The status
    is 503 where the page was not built.
    """
    page_file = find_file(WEB_FOLDER, "index.html")
    if page_file is None:
        return _render_page("not-built.html", request, status=503)
    page, context = page_file[0], log_writer.context
    # Without such an event, or while the database is busy, the page says so itself.
    with suppress(KnownError), context.db.read() as connection:
        state = log_writer.states.load_for_record(connection, permalinks.require_session(connection, slug))
        landing = views.make_landing(context, state, context.now())
        page = insert_link_preview(page, landing, context.url_for(f"/w/{slug}"))
    return Response(page, media_type=HTML, headers={"Cache-Control": "no-cache", **SECURITY_HEADERS})


@get("/first-owner", include_in_schema=False, sync_to_thread=True)
def get_first_owner(request: Request[Any, Any, Any]) -> Response[Any]:
    """Handle `GET /first-owner`: serve the page that creates the first account, in the browser's language.

    Its one-time key is in the fragment of the page's address, which browsers do not send. It is served whether or not
    there is an account already.
    """
    return _render_page("first-owner.html", request, least=limits.MIN_PASSWORD_CHARS, **limits.as_dict())


@get("/assets/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_asset(name: str) -> Response[Any]:
    """Handle `GET /assets/{name}`: serve a file of the attendees' page, which browsers may keep for a year.

    Its name has a hash of its content.

    Raises:
        KnownError: ``page.unknown``: there is no such file, or its name or suffix is not allowed.
    """
    return _make_file_response(find_file(WEB_FOLDER / "assets", name), "public, max-age=31536000, immutable")


@get("/pages/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_static_file(name: str) -> Response[Any]:
    """Handle `GET /pages/{name}`: serve a file, such as a script or style, of the hosting's own pages.

    Raises:
        KnownError: ``page.unknown``: there is no such file, or its name or suffix is not allowed.
    """
    return _make_file_response(find_file(STATIC_FOLDER, name), "no-cache")


def _render_page(name: str, request: Request[Any, Any, Any], *, status: int = 200, **values: object) -> Response[Any]:
    template = find_file(TEMPLATE_FOLDER, name)
    assert template is not None
    language = choose_accepted_language(request.headers.get("accept-language", ""))
    body = render_template(template[0].decode(), language, {"language": language, **values})
    headers = {
        "Cache-Control": "no-store" if status != 200 else "no-cache",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return Response(body, status_code=status, media_type=HTML, headers={**headers, **SECURITY_HEADERS})


def _make_file_response(static_file: tuple[bytes, str] | None, cache_control: str) -> Response[Any]:
    if static_file is None:
        raise KnownError("page.unknown")
    return Response(
        static_file[0], media_type=static_file[1], headers={"Cache-Control": cache_control, **SECURITY_HEADERS}
    )


PAGES = (get_room, get_first_owner, get_asset, get_static_file)
