"""The head of an event's page, from which other programs make a preview of a link (OpenGraph).

It holds the title, the start in the event's own zone and the description: only what the public page itself shows.
There is no picture, because the only pictures of an event are its media, and those are for people who have entered.
"""

import re
from html import escape

from editor.languages import choose_language, load_page_texts
from editor.protocol.api import Landing
from editor.schedule.limits import MAX_PREVIEW_CHARS

TITLE_TAG = re.compile(r"<title>[^<]*</title>")


def insert_link_preview(page: bytes, landing: Landing, url: str) -> bytes:
    """Return the attendees' page with the title and the metadata of an event in place of its title element.

    Args:
        page: HTML in UTF-8; without a title element it is returned unchanged.
        landing: What the event's landing page shows.
        url: The public address of that page.
    """
    head_html = render_head(landing, url)
    return TITLE_TAG.sub(lambda _: head_html, page.decode(), count=1).encode()


def render_head(landing: Landing, url: str) -> str:
    """Return the title and the metadata of an event as HTML; texts of the organizer cannot become markup.

    Args:
        landing: What the event's landing page shows.
        url: The public address of that page.
    """
    language = choose_language([landing.language])
    lines = [load_page_texts(language)["preview.cancelled"]] if landing.phase == "cancelled" else []
    if landing.room == "automated":
        lines.append(f"{format_start(landing.start, language)} ({landing.zone})")
    text = " ".join(landing.description.split())
    if text:
        lines.append(text if len(text) <= MAX_PREVIEW_CHARS else f"{text[: MAX_PREVIEW_CHARS - 1]}…")
    open_graph = {
        "og:type": "website",
        "og:site_name": "Matinee",
        "og:title": landing.title,
        "og:description": " · ".join(lines),
        "og:url": url,
    }
    named_metas = {"description": open_graph["og:description"], "twitter:card": "summary"}
    if landing.test:
        named_metas["robots"] = "noindex"
    metas = [f'<meta property="{name}" content="{escape(value)}">' for name, value in open_graph.items() if value]
    metas += [f'<meta name="{name}" content="{escape(value)}">' for name, value in named_metas.items() if value]
    return "\n    ".join([f"<title>{escape(landing.title)}</title>", *metas])


def format_start(start: str, language: str) -> str:
    """Return a local date and time as people write it, for example "1 January 2027, 20:00".

    Args:
        start: ISO 8601 without a zone, for example "2027-01-01T20:00:00".
        language: one of `editor.languages.list_languages`.
    """
    texts = load_page_texts(language)
    date, _, time = start.partition("T")
    year, month, day = (int(part) for part in date.split("-"))
    return texts["preview.start"].format(
        day=texts["preview.first_day"] if day == 1 else day,
        month=texts[f"preview.month_{month}"],
        year=year,
        time=time[:5],
    )
