"""What a link to an event shows where it is pasted (OpenGraph): its title, its hour in its own zone, its description.

Only what the public page itself tells goes in. There is no picture: what there are of an event are its media, and those
are for who has entered.
"""

import re
from html import escape

from editor.protocol.api import Landing

TITLE_TAG = re.compile(r"<title>[^<]*</title>")
MAX_DESCRIPTION_LENGTH = 300
"""Characters of a description that are told; who shows previews cuts them shorter still."""
MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
CANCELLED_TEXT = {"en": "Cancelled", "fr": "Annulé"}


def insert_link_preview(page: bytes, landing: Landing, url: str) -> bytes:
    """A page whose head tells of an event."""
    head_html = render_head(landing, url)
    return TITLE_TAG.sub(lambda _: head_html, page.decode(), count=1).encode()


def render_head(landing: Landing, url: str) -> str:
    """The page's title and what stands beside it, each word of the organizer's as text and nothing else."""
    language = "fr" if landing.language.lower().startswith("fr") else "en"
    lines = [CANCELLED_TEXT[language]] if landing.phase == "cancelled" else []
    if landing.room == "automated":
        lines.append(f"{format_start(landing.start, language)} ({landing.zone})")
    text = " ".join(landing.description.split())
    if text:
        lines.append(text if len(text) <= MAX_DESCRIPTION_LENGTH else f"{text[: MAX_DESCRIPTION_LENGTH - 1]}…")
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
    """A local start as people write it."""
    date, _, time = start.partition("T")
    year, month, day = (int(part) for part in date.split("-"))
    name = MONTH_NAMES[language].split()[month - 1]
    if language == "fr":
        return f"{day if day > 1 else '1er'} {name} {year} à {time[:5]}"
    return f"{day} {name} {year}, {time[:5]}"
