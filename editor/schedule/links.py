"""Which links a call to action may open: the one rule for the editor, the checks before publishing and the server."""

import re
from urllib.parse import urlsplit

from editor.schedule.model import Cta, Webinar

_PHONE_NUMBER = re.compile(r"\+?[0-9().-]*[0-9]{2}[0-9().-]*(;[a-z0-9-]+(=[A-Za-z0-9().+-]+)?)*", re.ASCII)
"""A telephone number and its parameters (RFC 3966), e.g. +33-1-23-45;ext=6."""


def is_usable_link(link: str) -> bool:
    """Return whether a browser can follow a link: a web address (http, https), mail address or telephone number.

    A mail address needs a name and a domain with a dot, a telephone number two digits. The host of a web address has a
    dot, is an IPv6 address or "localhost". A link with white space or without a scheme is not usable, nor is one of any
    other scheme, such as `javascript:`. Nothing is requested.
    """
    if any(char.isspace() or not char.isprintable() for char in link):
        return False
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        name, at, domain = parts.path.partition("@")
        return bool(name and at and "." in domain)
    if parts.scheme == "tel":
        return bool(_PHONE_NUMBER.fullmatch(parts.path))
    return parts.scheme in {"http", "https"} and ("." in host.strip(".") or ":" in host or host == "localhost")


def find_unusable_link(webinar: Webinar) -> str | None:
    """Return the first link of a call to action that no browser may follow; None if all are usable or missing."""
    links = (segment.link for segment in webinar.interactions if isinstance(segment, Cta))
    return next((link for link in links if link.strip() and not is_usable_link(link)), None)
